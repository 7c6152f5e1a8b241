"""The app that holds the templates, the static files and the components."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """``verband.ui``, without tables."""

    name = "verband.ui"
    label = "ui"
