"""Signing in: a code by mail, a passkey, or the provider of the member itself. No passwords."""
