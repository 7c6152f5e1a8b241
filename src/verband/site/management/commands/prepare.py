"""``./verband manage prepare``: tables, cache and static files, ready for this version."""

from typing import Any

from django.core.management import BaseCommand, CommandParser, call_command


class Command(BaseCommand):
    """After every change of version, before the web server starts. Safe to run again."""

    help = "Migrates, makes the cache table, collects the static files."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--static-only", action="store_true", help="leave the database alone")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the three, in that order."""
        verbosity = options["verbosity"]
        if not options["static_only"]:
            call_command("migrate", interactive=False, verbosity=verbosity)
            call_command("createcachetable", verbosity=verbosity)
        call_command("collectstatic", interactive=False, clear=True, verbosity=verbosity)
