"""Take in a file of members, inhabitants, offices or seats, or only show what differs."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from verband.bodies.imports.kinds import KINDS
from verband.bodies.imports.plan import Plan, Terms
from verband.bodies.imports.refusals import NothingNew
from verband.bodies.imports.running import plan_import, read_file
from verband.bodies.use_cases import imports
from verband.core.errors import DomainError, FileRefused
from verband.kernel.clock import local_day, now
from verband.kernel.use_case import REGISTER
from verband.people.models import Account
from verband.ui.reading import parse_day


class Command(BaseCommand):
    """``./verband import members FILE.csv --dry-run``."""

    help = "Take in a CSV or XLSX file, or only show what differs from the register."

    def add_arguments(self, parser: CommandParser) -> None:
        """The kind, the file, how it is meant, and in whose name."""
        parser.add_argument("kind", choices=list(KINDS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only show what differs")
        parser.add_argument("--as", dest="account", help="mail address of who keeps the register")
        parser.add_argument(
            "--day", help="day for rows without one, as 2017-12-31 (default: today)"
        )
        parser.add_argument("--reason", default="", help="correct the register, for this reason")
        parser.add_argument("--complete", action="store_true", help="end what is not in the file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show the differences; without --dry-run write them."""
        instant = now()
        with override("en"):
            try:
                self._handle(instant, options)
            except FileRefused as refused:
                lines = [str(error) for error in refused.errors]
                raise CommandError("\n".join([*lines, "Nothing was taken in."])) from refused
            except NothingNew as nothing:
                self.stdout.write(str(nothing))
            except DomainError as refusal:
                raise CommandError(str(refusal)) from refusal

    def _handle(self, instant: datetime, options: dict[str, Any]) -> None:
        kind, path = options["kind"], options["file"]
        account = None if options["dry_run"] else _account(options["account"])
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} cannot be opened: {error.strerror}.") from error
        day = parse_day(options["day"]) if options["day"] else local_day(instant)
        terms = Terms(day, options["reason"], options["complete"])
        rows = read_file(kind, path.name, content, terms)
        if account is None:
            self._show(plan_import(kind, rows, terms))
            return
        done: imports.TakenIn = REGISTER[KINDS[kind].use_case](
            actor=account,
            now=instant,
            rows=rows,
            file_name=path.name,
            sha256=hashlib.sha256(content).hexdigest(),
            day=terms.day,
            reason=terms.reason,
            complete=terms.complete,
        )
        self.stdout.write(
            f"Taken in: {done.new} new, {done.changed} changed, {done.ended} ended,"
            f" {done.same} the same."
        )

    def _show(self, plan: Plan) -> None:
        for found in plan.differences:
            line = "not in the file" if found.line is None else f"row {found.line}"
            values = "; ".join(
                f"{name}: {'' if old is None else old} -> {new}" for name, old, new in found.values
            )
            self.stdout.write(f"{line}: {found.verb} {found.what}: {values}")
        counts = ", ".join(f"{plan.count(verb)} {verb}" for verb in ("new", "changed", "ended"))
        self.stdout.write(f"{counts}, {plan.same} the same. Nothing was written.")


def _account(email: str | None) -> Account:
    found = Account.objects.filter(email__iexact=email or "", is_active=True).first()
    if found is None:
        raise CommandError("Say in whose name: --as MAIL of an account that keeps the register.")
    return found
