"""People, what they are called, the roles they hold for the whole association, their accounts."""
