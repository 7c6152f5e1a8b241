"""Choose a team: the problem as data, the choice, and why it is this one and no other."""
