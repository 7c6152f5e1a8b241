"""Power: what a number of votes is worth, who can block, who pays against who decides."""
