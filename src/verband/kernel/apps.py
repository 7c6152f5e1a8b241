"""The kernel as a Django app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KernelConfig(AppConfig):
    """Finds the use cases of every app, so that the register of use cases is whole."""

    name = "verband.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Import every ``use_cases`` module and every ``listeners`` module."""
        autodiscover_modules("use_cases", "listeners")
