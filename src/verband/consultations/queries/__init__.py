"""Answers about consultations: how they stand, who may vote, what was counted."""
