"""Load the reference association into an empty register."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from verband.reference.story import load


class Command(BaseCommand):
    """``./verband manage load_story --today 2017-10-30``."""

    help = "Load the reference association into an empty register."

    def add_arguments(self, parser: CommandParser) -> None:
        """The demo's day."""
        parser.add_argument("--today", type=date.fromisoformat, default=date(2017, 10, 30))

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell the story, with a line for every subject that is finished."""
        with connection.cursor() as cursor:  # losing the last second of a load is no loss
            cursor.execute("SET synchronous_commit = off")
        load(self._progress, options["today"])

    def _progress(self, subject: str, done: int, total: int) -> None:
        if done == total:
            self.stdout.write(f"{subject}: {total}")
