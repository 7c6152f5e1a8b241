"""Get the thing, hand over, done: one module for each area of the members' voice."""
