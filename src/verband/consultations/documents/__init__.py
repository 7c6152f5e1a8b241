"""A published vote as a document: the decision as PDF, and the forms of other standards."""
