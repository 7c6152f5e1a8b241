"""Consultations as a Django app."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """What the members are asked, and what they say."""

    name = "verband.consultations"
    label = "consult"  # short: names of indexes hold at most 30 characters
