"""The reference association: the VNG of 2017, its figures, their sources, and its story."""
