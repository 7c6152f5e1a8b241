"""People as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, association-wide roles, accounts."""

    name = "verband.people"
    label = "people"
