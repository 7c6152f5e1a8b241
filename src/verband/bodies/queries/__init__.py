"""Answers about bodies on a day, as known at an instant."""
