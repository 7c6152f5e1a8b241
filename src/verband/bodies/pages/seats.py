"""The seats of a body as a swimlane with its table, and its municipalities as a ledger."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.kinds import SeatRole
from verband.bodies.models import Tenure
from verband.bodies.queries.body import BodyOnDay
from verband.bodies.queries.names import name_of
from verband.bodies.queries.seats import SeatHistory
from verband.core.period import Period
from verband.members.queries import sort_key
from verband.ui.component import Link
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.swimlane import Lane, Mark, Sitting, Swimlane
from verband.ui.components.words import EmptyState, Tag
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.scale import TimeScale
from verband.ui.wording import day_short, number

ORDER = [role.value for role in SeatRole]
FIRST = (SeatRole.CHAIR, SeatRole.VICE_CHAIR, SeatRole.LINKING_PIN)


@dataclass(frozen=True)
class SeatsSection:
    """Seats of people as a swimlane, seats of municipalities as a ledger; either may be absent."""

    swimlane: Swimlane | None
    count: str
    municipalities: Ledger | None
    municipalities_count: str


def seats_section(found: BodyOnDay, reading: Reading, query: Query) -> SeatsSection:
    """The seats of a body for its page."""
    held_by_members = [s for s in found.seats if any(t.organisation_id for t in s.tenures)]
    by_people = [s for s in found.seats if s not in held_by_members]
    return SeatsSection(
        _swimlane(found, by_people, reading, query) if by_people else None,
        _count(by_people, reading.day),
        _municipalities(found, held_by_members, reading, query) if held_by_members else None,
        _members_count(held_by_members, reading.day),
    )


def _rank(seat: SeatHistory) -> tuple[int, int]:
    role = seat.fact.role
    first = FIRST.index(SeatRole(role)) if role in FIRST else len(FIRST)
    last = len(ORDER) if role == SeatRole.SECRETARY else 0
    return first + last, seat.fact.seat.number


def _swimlane(
    found: BodyOnDay, seats: list[SeatHistory], reading: Reading, query: Query
) -> Swimlane:
    ordered = sorted(seats, key=_rank)
    lanes = tuple(
        Lane(seat_title(seat, found), tuple(_sittings(seat, found, reading))) for seat in ordered
    )
    filled = sum(seat.holder_on(reading.day) is not None for seat in seats)
    summary = _(
        "%(all)s seats. On %(day)s %(some)s of them are held. The same is in the table below."
    ) % {"all": len(seats), "some": filled, "day": day_short(reading.day)}
    return Swimlane(
        title=_("Who sat when"),
        summary=summary,
        lanes=lanes,
        scale=_scale(found, seats, reading.day),
        day=reading.day,
        marks=_marks(found),
        name="seats",
        query=query,
    )


def _scale(found: BodyOnDay, seats: list[SeatHistory], on: date) -> TimeScale:
    """Months around a short life; years around a long one."""
    exists = found.exists
    if exists.start is not None and exists.until is not None and (exists.days or 0) <= 550:
        first = min(exists.start, on if (exists.start - on).days < 200 else exists.start)
        begin = date(first.year, max(first.month - 2, 1), 1)
        end = exists.until
        return TimeScale(begin, date(end.year + (end.month == 12), end.month % 12 + 1, 1))
    return TimeScale.around(on, (t.period for seat in seats for t in seat.tenures))


def _marks(found: BodyOnDay) -> tuple[Mark, ...]:
    term, marks = found.term, []
    if term.review_on is not None:
        marks.append(Mark(term.review_on, _("review %(day)s") % {"day": _short(term.review_on)}))
    if term.valid_until is not None:
        marks.append(Mark(term.valid_until, _("end %(day)s") % {"day": _short(term.valid_until)}))
    return tuple(marks)


def _short(day: date) -> str:
    return day_short(day).rsplit(" ", 1)[0]


def seat_title(seat: SeatHistory, found: BodyOnDay) -> str:
    """What the seat is called: its title, else its role and on whose behalf."""
    fact = seat.fact
    if fact.title:
        return str(fact.title)
    words = capfirst(str(fact.get_role_display()))
    behalf = found.bodies.get(fact.on_behalf_of_body_id or 0)
    if behalf is not None:
        words += f", {name_of(behalf)}"
    if not fact.is_voting and fact.role == SeatRole.MEMBER:
        words += f" ({_('does not vote')})"
    return words


def _sittings(seat: SeatHistory, found: BodyOnDay, reading: Reading) -> list[Sitting]:
    told = [
        Sitting(tenure.period, _who(tenure, found), href=_href(tenure, found, reading))
        for tenure in seat.tenures
    ]
    begins = min((t.valid_from for t in seat.tenures if t.valid_from), default=None)
    for gap in seat.empty:
        if begins is None or gap.start is None or gap.start < begins:
            continue  # before the first known holder we do not know that the seat was empty
        told.append(Sitting(gap, _empty_words(gap, reading.day), empty=True))
    if not seat.tenures:
        told.append(Sitting(seat.exists, _("empty"), empty=True))
    return sorted(told, key=lambda sitting: sitting.period.start or date.min)


def _empty_words(gap: Period, on: date) -> str:
    if gap.start is not None and on in gap:
        return _("empty since %(day)s") % {"day": _short(gap.start)}
    return _("empty")


def _who(tenure: Tenure, found: BodyOnDay) -> str:
    words = found.names.holder(tenure)
    if tenure.acting:
        words += f" ({_('acting')})"
    if tenure.holds_over:
        words += f" ({_('holds over')})"
    instant = found.corrected.get(("bodies_tenure", tenure.pk))
    if instant is not None:
        words += f" ({_('corrected on %(day)s') % {'day': day_short(instant.date())}})"
    return words


def _href(tenure: Tenure, found: BodyOnDay, reading: Reading) -> str:
    if tenure.person_id is None:
        return ""
    return reading.link(reverse("person", args=[found.names.people[tenure.person_id].key]))


def _count(seats: list[SeatHistory], on: date) -> str:
    standing = [seat for seat in seats if on in seat.exists]
    filled = sum(seat.holder_on(on) is not None for seat in standing)
    words = ngettext(
        "%(count)s seat, %(filled)s held, %(empty)s empty",
        "%(count)s seats, %(filled)s held, %(empty)s empty",
        len(standing),
    )
    return words % {"count": len(standing), "filled": filled, "empty": len(standing) - filled}


def _members_count(seats: list[SeatHistory], on: date) -> str:
    count = sum(seat.holder_on(on) is not None for seat in seats)
    words = ngettext("%(count)s municipality", "%(count)s municipalities", count)
    return words % {"count": number(count)}


def _municipalities(
    found: BodyOnDay, seats: list[SeatHistory], reading: Reading, query: Query
) -> Ledger:
    tenures = [t for seat in seats for t in seat.tenures]
    tenures.sort(key=lambda t: (sort_key(found.names.holder(t)), t.valid_from or date.min))
    return Ledger(
        caption=_("Municipalities in this network"),
        columns=(
            Column(_("Municipality")),
            Column(_("Certainty")),
            Column(_("State")),
            Column(_("Period"), kind="period"),
        ),
        rows=tuple(Row(_member_cells(tenure, found, reading)) for tenure in tenures),
        empty=EmptyState(_("No municipality is known.")),
        name="municipalities",
        query=query,
        scale=TimeScale.around(reading.day, (t.period for t in tenures)),
        day=reading.day,
        dense=True,
    )


def _member_cells(tenure: Tenure, found: BodyOnDay, reading: Reading) -> tuple[object, ...]:
    fact = found.names.organisations.get(tenure.organisation_id or 0)
    key = fact.organisation.key if fact else ""
    href = reading.link(reverse("organisation", args=[key])) if key else ""
    certainty = str(tenure.get_certainty_display())
    return (
        Link(found.names.holder(tenure), href),
        certainty if tenure.certainty == "certain" else Tag(certainty, "gap"),
        Tag.of(tenure.period, reading.day),
        tenure.period,
    )
