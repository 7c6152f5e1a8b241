"""Bodies as a Django app."""

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """Bodies, seats, tenures, links."""

    name = "verband.bodies"
    label = "bodies"
