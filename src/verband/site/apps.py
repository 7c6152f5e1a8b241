"""The site as a Django app."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Settings, root addresses, navigation, home, management commands."""

    name = "verband.site"
    label = "site"
