"""The forms of the register, by what they change."""
