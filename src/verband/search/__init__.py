"""Search over organisations, bodies and people, as of any day and as known at any instant."""
