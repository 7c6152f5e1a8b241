"""Members as a Django app."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Organisations and what is true of them."""

    name = "verband.members"
    label = "members"
