"""``./verband manage found_register``: the first administrator of an empty register."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from verband.core.errors import DomainError
from verband.kernel import clock
from verband.kernel.permissions import FOUNDING
from verband.people.use_cases import found_register


class Command(BaseCommand):
    """Once, in an empty register; everyone after that is added by someone who may."""

    help = "Makes the first administrator of an empty register."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who it is."""
        parser.add_argument("email", help="the address to sign in with")
        parser.add_argument("summary", help='what the person does, as "administrator, bureau"')

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the administrator, or say why not."""
        now = clock.now()
        try:
            found_register(
                actor=FOUNDING,
                now=now,
                email=options["email"],
                summary=options["summary"],
                day=clock.local_day(now),
            )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{options['email']} may sign in.")
