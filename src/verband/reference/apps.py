"""The reference association as a Django app."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """Data files and the story told from them."""

    name = "verband.reference"
    label = "reference"
