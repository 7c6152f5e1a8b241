"""Everything behind ``./verband``: environment, database, processes. No Django at import time.

The modules that run before the environment exists (``__main__``, ``commands``, ``environment``,
``paths``, ``words``) use the standard library only.
"""
