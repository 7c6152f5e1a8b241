"""Open data and the connections with other systems."""
