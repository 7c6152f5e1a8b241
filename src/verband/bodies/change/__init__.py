"""Forms with which people change the register: one per use case, with a check before it is done."""
