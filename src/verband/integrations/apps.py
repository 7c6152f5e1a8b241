"""Integrations as a Django app."""

from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    """The HTTP interface, exports, the catalogue of data sets."""

    name = "verband.integrations"
    label = "integrations"
