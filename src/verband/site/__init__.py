"""Settings, root addresses, navigation, home."""
