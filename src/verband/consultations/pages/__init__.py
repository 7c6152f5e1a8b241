"""What the pages about consultations may see."""
