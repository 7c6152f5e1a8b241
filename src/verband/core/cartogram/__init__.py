"""One hexagon per member, near its true place: the cartogram of the association."""
