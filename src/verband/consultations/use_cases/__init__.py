"""Every change about consultations."""
