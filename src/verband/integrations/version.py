"""Where the interface stands and which version it is."""

API_VERSION = "1.0.0"
ROOT = "/api/v1"
