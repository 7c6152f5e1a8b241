"""Which bodies, matters, practices and people are like this text, and by which words."""
