"""Search as a Django app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """A table derived from the register, kept in step with it."""

    name = "verband.search"
    label = "search"
