"""How many votes a member has, under which rule a question is decided, and what was decided."""
