"""The first page: what asks attention, what ends, what changed; for whoever reads."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.pages.register import attention
from verband.bodies.queries.changes import changes_between
from verband.bodies.queries.names import name_of
from verband.bodies.queries.register import register_on
from verband.bodies.queries.seats import SeatHeld
from verband.core.period import Period, add_months
from verband.kernel.history import Things, count_events
from verband.members.models import OrganisationFact, OrganisationKind
from verband.site.pages.asked import AskedBlock, asked_block
from verband.site.pages.lines import grouped, in_short, lines_of, link_to
from verband.site.pages.spelled import spelled
from verband.site.queries.standing import Standing, standing_on
from verband.site.queries.today import Ending, Table, Today, concerned, tables_of, today_on
from verband.ui.component import Link
from verband.ui.components.filters import Count, FilterCounts
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.lists import Dated, DatedList
from verband.ui.components.time import Clock
from verband.ui.components.words import EmptyState, Tag, ends_soon
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading, register_begins
from verband.ui.scale import TimeScale
from verband.ui.wording import day as in_full
from verband.ui.wording import number, typed, weekday

MONTHS = 3  # how far back the first page looks
MOST = 8  # of a list on the first page


@dataclass(frozen=True)
class HomePage(Page):
    """Today, or another day."""

    asked: DatedList | None = None
    counts: FilterCounts | None = None
    gaps: FilterCounts | None = None
    tables: Ledger | None = None
    tables_title: str = ""
    mine: DatedList | None = None
    ending: DatedList | None = None
    ending_more: Link | None = None
    changed: DatedList | None = field(default=None)
    changed_title: str = ""
    changed_more: Link | None = None


def home_page(request: Any) -> HomePage:
    """The page for a request."""
    reading: Reading = request.reading
    today = today_on(reading.day, reading.known)
    standing = standing_on(request.actor, reading.day) if request.actor else None
    place = standing.municipality if standing else None
    asked = _asked(request, standing, place)
    if standing and place and place.organisation.kind == OrganisationKind.MUNICIPALITY:
        return _for_member(reading, Query.of(request), today, standing, place, asked)
    gaps = _gaps(reading) if standing and standing.roles else None
    changed = _Changed.of(reading, None)
    return HomePage(
        title=asked.title or (_gaps_title(gaps) if gaps else _title(today)),
        reading=reading,
        lead=asked.lead or _lead(today, reading),
        asked=asked.listed,
        counts=_counts(today, changed, reading),
        gaps=gaps,
        mine=_mine(standing, reading) if standing else None,
        ending=_ending(today.ending[:MOST], reading),
        ending_more=Link(_("Everything that ends soon"), reading.link(reverse("ends_soon"))),
        changed=changed.listed,
        changed_title=changed.title,
        changed_more=changed.more,
    )


def _asked(request: Any, standing: Standing | None, place: OrganisationFact | None) -> AskedBlock:
    """What is asked of whoever reads; of an official also that nothing is."""
    is_official = standing is not None and bool(standing.offices)
    return asked_block(request, name_of(place) if place else "", is_official=is_official)


def _for_member(
    reading: Reading,
    query: Query,
    today: Today,
    standing: Standing,
    place: OrganisationFact,
    asked: AskedBlock,
) -> HomePage:
    tables = tables_of(place, reading.day, reading.known)
    changed = _Changed.of(reading, concerned(place, tables, reading.day))
    return HomePage(
        title=asked.title or _member_title(today, tables, place, reading),
        reading=reading,
        lead=asked.lead or _lead(today, reading),
        asked=asked.listed,
        tables=_tables(tables, place, reading, query),
        tables_title=_("Tables where %(name)s sits") % {"name": name_of(place)},
        mine=_mine(standing, reading),
        ending=_ending(_own(today, tables, reading), reading),
        ending_more=Link(_("Everything that ends soon"), reading.link(reverse("ends_soon"))),
        changed=changed.listed,
        changed_title=changed.title,
        changed_more=changed.more,
    )


def _soon(count: int) -> str:
    if not count:
        return _("nothing ends within half a year")
    words = ngettext("%(count)s ends within half a year", "%(count)s end within half a year", count)
    return words % {"count": spelled(count)}


def _title(today: Today) -> str:
    words = ngettext(
        "%(members)s municipalities at %(bodies)s table; %(ending)s",
        "%(members)s municipalities at %(bodies)s tables; %(ending)s",
        today.bodies,
    )
    return words % {
        "members": number(today.members),
        "bodies": number(today.bodies),
        "ending": _soon(len(today.ending)),
    }


def _member_title(
    today: Today, tables: list[Table], place: OrganisationFact, reading: Reading
) -> str:
    running = [t.seat for t in tables if reading.day in t.seat.tenure.period]
    bodies = {seat.body.body_id for seat in running}
    ending = {s.body.body_id for s in running if ends_soon(s.tenure.period, reading.day)}
    ending |= bodies & {it.term.body_id for it in today.ending}
    words = ngettext(
        "%(name)s sits at %(count)s table; %(ending)s",
        "%(name)s sits at %(count)s tables; %(ending)s",
        len(bodies),
    )
    return words % {
        "name": name_of(place),
        "count": spelled(len(bodies)),
        "ending": _soon(len(ending)),
    }


def _lead(today: Today, reading: Reading) -> str:
    if not today.bodies and not today.members:
        return _("Nothing is entered in the register for this day yet.")
    return _("Who sits at which table, for what and until when, on %(day)s.") % {
        "day": in_full(reading.day)
    }


def _counts(today: Today, changed: "_Changed", reading: Reading) -> FilterCounts:
    return FilterCounts(
        _("The association in numbers"),
        (
            Count(today.members, _("members"), reading.link(reverse("members"))),
            Count(today.bodies, _("bodies and networks"), reading.link(reverse("bodies"))),
            Count(len(today.ending), _("end soon"), reading.link(reverse("ends_soon"))),
            Count(changed.total, _("changes in three months"), changed.more.href),
        ),
    )


def _gaps(reading: Reading) -> FilterCounts:
    """What the register lacks, for those who keep it."""
    standing = register_on(reading.day, reading.known).standing
    base = reverse("bodies")
    return FilterCounts(
        _("What asks attention"),
        tuple(
            Count(
                sum(test(line, reading.day) for line in standing),
                words,
                reading.link(f"{base}?show={name}"),
            )
            for name, (words, test) in attention().items()
            if name != "ends-soon"  # that number stands among those of the association
        ),
    )


def _gaps_title(gaps: FilterCounts) -> str:
    asking = sum(1 for count in gaps.counts if count.number)
    words = ngettext(
        "%(count)s kind of gap asks attention", "%(count)s kinds of gap ask attention", asking
    )
    return capfirst(words % {"count": spelled(asking)})


def _tables(tables: list[Table], place: OrganisationFact, reading: Reading, query: Query) -> Ledger:
    return Ledger(
        caption=_("Tables where %(name)s sits") % {"name": name_of(place)},
        columns=(
            Column(_("Table")),
            Column(_("Function")),
            Column(_("State")),
            Column(_("Period"), kind="period"),
        ),
        rows=tuple(Row(_table_cells(table, reading)) for table in tables),
        empty=EmptyState(
            _("%(name)s sits at no table on this day.") % {"name": name_of(place)},
            reading.link(reverse("bodies")),
            _("See all tables"),
        ),
        name="tables",
        query=query,
        scale=TimeScale.around(reading.day, (t.seat.tenure.period for t in tables)),
        day=reading.day,
        dense=True,
    )


def _table_cells(table: Table, reading: Reading) -> tuple[object, ...]:
    seat, holder = table.seat, table.holder
    body = Link(
        name_of(seat.body),
        reading.link(reverse("body", args=[seat.body.body.key])),
        str(seat.body.get_kind_display()),
    )
    role = seat.fact.title or str(seat.fact.get_role_display())
    if holder is None:
        return (body, role, Tag.of(seat.tenure.period, reading.day), seat.tenure.period)
    person = Link(holder.label, reading.link(reverse("person", args=[holder.key])), role)
    return (body, person, Tag.of(seat.tenure.period, reading.day), seat.tenure.period)


def _mine(standing: Standing, reading: Reading) -> DatedList | None:
    ending = [s for s in standing.seats if ends_soon(s.tenure.period, reading.day)]
    ending.sort(key=lambda seat: seat.tenure.valid_until or date.max)
    return DatedList(tuple(_my_seat(seat, reading) for seat in ending)) if ending else None


def _my_seat(seat: SeatHeld, reading: Reading) -> Dated:
    role = seat.fact.title or str(seat.fact.get_role_display())
    until = seat.tenure.valid_until
    return Dated(
        Clock.on(until, reading.day, seat.tenure.valid_from) if until else "",
        name_of(seat.body),
        _("Your seat as %(role)s ends on %(day)s.")
        % {"role": role, "day": in_full(until) if until else ""},
        reading.link(reverse("body", args=[seat.body.body.key])),
    )


def _own(today: Today, tables: list[Table], reading: Reading) -> list[Ending]:
    mine = {t.seat.body.body_id for t in tables if reading.day in t.seat.tenure.period}
    return [ending for ending in today.ending if ending.term.body_id in mine]


def _ending(ending: Sequence[Ending], reading: Reading) -> DatedList:
    return DatedList(
        tuple(
            Dated(
                Clock.on(it.day, reading.day, it.term.valid_from),
                it.name,
                it.term.after_end
                or _("Ends on %(day)s. Where the work goes is not stated yet.")
                % {"day": in_full(it.day)},
                reading.link(reverse("body", args=[it.term.body.key])),
            )
            for it in ending
        ),
        empty=EmptyState(_("Nothing ends within half a year.")),
    )


@dataclass(frozen=True)
class _Changed:
    """What changed in the last months, the first few of it."""

    title: str
    total: int
    listed: DatedList
    more: Link

    @classmethod
    def of(cls, reading: Reading, things: Things) -> "_Changed":
        since = max(add_months(reading.day, -MONTHS), register_begins())
        one = timedelta(days=1)
        period = Period(since + one, reading.day + one) if since < reading.day else None
        total = count_events(period, reading.known, things) if period else 0
        path = reverse("changes")
        if things is None:
            path += f"?from={typed(since)}&until={typed(reading.day)}"
        found = changes_between(period, reading.known, things, slice(0, 60)) if period else []
        words = ngettext("All %(count)s change", "All %(count)s changes", total)
        return cls(
            _("Changed since %(day)s") % {"day": weekday(since)},
            total,
            DatedList(
                tuple(_changed(group, reading) for group in grouped(in_short(found))[:MOST]),
                "narrow",
                EmptyState(_("Nothing changed since then.")),
            ),
            Link(
                words % {"count": number(total)} if things is None else _("All changes"),
                reading.link(path),
            ),
        )


def _changed(group: Any, reading: Reading) -> Dated:
    text = (link_to(group.about, reading), " ", lines_of(group, reading))
    return Dated(weekday(group.changes[0].day), text=text)
