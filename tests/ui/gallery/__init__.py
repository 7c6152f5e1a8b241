"""Every component in every state, for the eye and for the browser tests. Invented content."""
