"""Forms about consultations: what is filled in, in words."""
