"""Verband runs a networked association of local governments."""
