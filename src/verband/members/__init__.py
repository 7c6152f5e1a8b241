"""Organisations, membership of the association, population, votes, offices at members."""
