"""Keep search in step by hand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from verband.search.index import rebuild, sync


class Command(BaseCommand):
    """``./verband manage search sync`` and ``./verband manage search rebuild``."""

    help = "Bring search in step with the register, or make it anew."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do."""
        parser.add_argument("what", choices=("sync", "rebuild"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how many audit lines were looked at."""
        lines = rebuild() if options["what"] == "rebuild" else sync()
        self.stdout.write(f"{lines} audit lines looked at.")
