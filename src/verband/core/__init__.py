"""The part that computes: no Django, no database, no clock, no unseeded chance."""
