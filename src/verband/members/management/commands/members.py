"""Members, inhabitants and votes on a day, for people and for programs."""

import csv
import json
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from verband.kernel.clock import local_day, now, zone
from verband.members.queries import Member, members_on, names_on


class Command(BaseCommand):
    """``./verband members --on 2017-12-31 --format json``."""

    help = "Members of the association on a day, with inhabitants and votes."

    def add_arguments(self, parser: CommandParser) -> None:
        """The day, the knowledge, the form."""
        parser.add_argument("--on", help="the day, as 2017-12-31 (default: today)")
        parser.add_argument("--known", help="as known at this day or instant (default: now)")
        parser.add_argument("--format", choices=("table", "json", "csv"), default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the members of the day."""
        day = _day(options["on"]) if options["on"] else local_day(now())
        known = _instant(options["known"]) if options["known"] else None
        members = members_on(day, known)
        provinces = names_on(
            {m.fact.province_id for m in members if m.fact.province_id}, day, known
        )
        names = {pk: fact.name for pk, fact in provinces.items()}
        rows = [_row(member, names) for member in members]
        {"json": self._json, "csv": self._csv, "table": self._table}[options["format"]](day, rows)

    def _json(self, day: date, rows: list[dict[str, Any]]) -> None:
        answer = {"on": day.isoformat(), **_totals(rows), "rows": rows}
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))

    def _csv(self, day: date, rows: list[dict[str, Any]]) -> None:
        fields = list(rows[0]) if rows else ["code"]
        writer = csv.DictWriter(self.stdout, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)

    def _table(self, day: date, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            people = "–" if row["population"] is None else f"{row['population']:>9}"
            votes = "–" if row["votes"] is None else row["votes"]
            self.stdout.write(f"{row['code']:<8} {row['name']:<32} {people:>9} {votes:>4}")
        totals = _totals(rows)
        self.stdout.write(
            f"{day.isoformat()}: {totals['members']} members,"
            f" {totals['population']} inhabitants, {totals['votes']} votes"
        )


def _totals(rows: list[dict[str, Any]]) -> dict[str, int]:
    return {
        "members": len(rows),
        "population": sum(row["population"] or 0 for row in rows),
        "votes": sum(row["votes"] or 0 for row in rows),
    }


def _row(member: Member, provinces: dict[int, str]) -> dict[str, Any]:
    figure = member.inhabitants
    return {
        "code": member.organisation.code,
        "name": member.fact.name,
        "province": provinces.get(member.fact.province_id or 0, ""),
        "population": figure.number,
        "reference_date": figure.reference_date.isoformat() if figure.reference_date else None,
        "basis": figure.basis.value,
        "certainty": figure.certainty,
        "source": figure.source,
        "votes": member.votes,
    }


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text} is not a day. Write it as 2017-12-31.") from error


def _instant(text: str) -> datetime:
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text} is not a day or an instant. Write 2017-12-31.") from error
    if len(text) <= len("2017-12-31"):
        read = read.replace(hour=23, minute=59, second=59, microsecond=999_999)
    return read if read.tzinfo else read.replace(tzinfo=zone())
