"""Bodies and networks of every kind, their seats, who sat when, and the links between them."""
