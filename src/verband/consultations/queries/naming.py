"""Who votes for members, and until when that can still be changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from verband.consultations.kinds import ConsultationKind, State, StepKind
from verband.consultations.models import Consultation, Designation, RollLine
from verband.consultations.queries.standing import (
    Standing,
    naming_deadlines,
    standing_of,
    standings_of,
)
from verband.consultations.voters import Voters, voters_of
from verband.members.models import Function, OfficeFact, Organisation
from verband.members.people_labels import Called, people_called

BY_MEMBERS = (ConsultationKind.CONSULTATION, ConsultationKind.ASSEMBLY)
ENDED = (StepKind.CLOSED, StepKind.WITHDRAWN, StepKind.HELD_OVER, StepKind.ACCLAIMED)


@dataclass(frozen=True)
class Deadline:
    """A vote that is planned or open, and until when members name who votes in it."""

    standing: Standing
    until: datetime | None

    def has_passed(self, now: datetime) -> bool:
        """Whether nobody can be named for it any more."""
        return self.until is not None and now >= self.until


def deadlines(now: datetime, member: Organisation | None = None) -> list[Deadline]:
    """The votes by members that are planned or open, the first to close first.

    Of one member: only those on whose roll it stands, and those that have no roll yet. Six
    queries at most.
    """
    asked = Consultation.objects.filter(kind__in=BY_MEMBERS).exclude(steps__kind__in=ENDED)
    if member is not None:
        lines = RollLine.objects.filter(member=member).values("consultation")
        asked = asked.filter(Q(pk__in=lines) | ~Q(steps__kind=StepKind.OPENED))
    standings = [s for s in standings_of(asked.distinct()) if s.state(now) in RUNNING]
    until = naming_deadlines(standings)
    found = [Deadline(one, until[one.consultation.pk]) for one in standings]
    return sorted(
        found, key=lambda d: (d.until is None, d.until or now, d.standing.consultation.pk)
    )


RUNNING = (State.PLANNED, State.OPEN)


def deadline_of(consultation: Consultation) -> Deadline:
    """One vote, and until when members name who votes in it. Four queries."""
    standing = standing_of(consultation)
    return Deadline(standing, naming_deadlines([standing])[consultation.pk])


@dataclass(frozen=True)
class Holder:
    """Who holds the vote of a member on a day, in words."""

    voters: Voters
    called: Mapping[int, Called]

    @property
    def person_ids(self) -> tuple[int, ...]:
        """Who votes: the voter, else the substitute, else the secretaries."""
        for naming in (self.voters.named, self.voters.substitute):
            if naming is not None:
                return (naming.person_id,)
        return self.voters.secretaries

    @property
    def is_named(self) -> bool:
        """Whether somebody who was named holds it."""
        return self.voters.named is not None or self.voters.substitute is not None

    @property
    def words(self) -> str:
        """Whoever holds it, in words; empty when nobody does."""
        return ", ".join(str(self.called[pk]) for pk in self.person_ids if pk in self.called)


def holders(
    consultation: Consultation | None, members: Iterable[int], day: date
) -> dict[int, Holder]:
    """Who holds the vote of each of these members. Ten queries at most, whatever the number."""
    voters = voters_of(consultation, members, day)
    people: set[int] = set()
    for one in voters.values():
        people.update(one.secretaries)
        people.update(n.person_id for n in (one.named, one.substitute) if n is not None)
    called = people_called(people, day)
    return {pk: Holder(one, called) for pk, one in voters.items()}


def namings_of(member: Organisation, known: datetime | None = None) -> list[Designation]:
    """Every naming of a member that was ever in force, the latest first. One query."""
    rows = Designation.objects.filter(member=member).known(known).select_related("consultation")
    return sorted(rows, key=lambda row: (row.valid_from or date.min, row.pk), reverse=True)


def officials_of(member: Organisation, day: date) -> list[Called]:
    """Who holds an office at a member on a day, in the order of their functions. Five queries."""
    terms = OfficeFact.objects.at(day).known(None).filter(office__organisation=member)
    held = list(terms.values_list("office__person_id", "office__function"))
    order = list(Function.values)
    people = dict.fromkeys(pk for pk, _f in sorted(held, key=lambda r: (order.index(r[1]), r[0])))
    called = people_called(people, day)
    return [called[pk] for pk in people if pk in called]
