"""How Verband looks: pages, components, the day that is read, forms, the shell."""
