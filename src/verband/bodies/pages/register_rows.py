"""One line of the register of bodies: what a reader sees of it at a glance."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from verband.bodies.kinds import BodyKind
from verband.bodies.queries.names import name_of, purpose_of
from verband.bodies.queries.register import NETWORKS, Line, liaisons_called
from verband.members.people_labels import Called
from verband.ui.component import Component, Link
from verband.ui.components.bars import PeriodBar
from verband.ui.components.ledger import Column, Ledger, Pager, Row
from verband.ui.components.words import EmptyState, Gap, Tag
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.scale import TimeScale
from verband.ui.wording import day, day_short, number

OWN = (
    BodyKind.ASSOCIATION,
    BodyKind.GENERAL_ASSEMBLY,
    BodyKind.BOARD,
    BodyKind.EXECUTIVE,
    BodyKind.BUREAU,
)
GROUPED = (
    (BodyKind.STANDING_COMMITTEE, BodyKind.COLLEGE),
    (BodyKind.ADVISORY_COMMITTEE, BodyKind.SUBCOMMITTEE),
    (BodyKind.TABLE, BodyKind.DELEGATION),
    (BodyKind.MUNICIPAL_NETWORK,),
    (BodyKind.PROVINCIAL_BRANCH,),
    (BodyKind.AFFILIATED, BodyKind.PROFESSIONAL_NETWORK),
    (BodyKind.PARTNER, BodyKind.KNOWLEDGE),
)


def register_ledger(
    lines: Iterable[Line],
    reading: Reading,
    query: Query,
    pager: Pager,
    empty: EmptyState | None,
) -> Ledger:
    shown = list(lines)
    people = liaisons_called(shown, reading.day, reading.known)
    grouped, groups = not query.get("sort"), group_names()
    return Ledger(
        caption=_("Bodies and networks on %(day)s") % {"day": day(reading.day)},
        columns=(
            Column(_("Name"), sort="name"),
            Column(_("Purpose")),
            Column(_("Liaison")),
            Column(_("Mutual")),
            Column(pgettext("the next thing to happen", "Next"), sort="next"),
            Column(_("State"), sort="end"),
            Column(_("Period"), kind="period"),
        ),
        rows=tuple(
            Row(_cells(line, people, reading), group=groups[group_of(line)] if grouped else "")
            for line in shown
        ),
        empty=empty,
        name="bodies",
        query=query,
        scale=TimeScale.around(reading.day, (line.term.period for line in shown)),
        day=reading.day,
        pager=pager,
        dense=True,
    )


def group_of(line: Line) -> int:
    """The place of the group in which a body is shown."""
    kind = line.fact.kind
    if kind in OWN:
        return 0
    if line.term.is_temporary:
        return 1
    return next((i for i, kinds in enumerate(GROUPED, start=2) if kind in kinds), 9)


def group_names() -> tuple[str, ...]:
    """The groups in words, in their order."""
    return (
        _("Association, assembly and board"),
        _("Temporary"),
        _("Standing committees"),
        _("Advisory committees"),
        _("Tables with other governments"),
        _("Networks of municipalities"),
        _("Provincial branches"),
        _("Affiliated associations and professional networks"),
        _("Partners and knowledge"),
        _("Programmes, companies and funds"),
    )


def _cells(line: Line, people: Mapping[int, Called], reading: Reading) -> tuple[object, ...]:
    fact = line.fact
    return (
        Link(name_of(fact), reading.link(reverse("body", args=[fact.key])), under_name(line)),
        purpose_of(fact) or (Gap(_("not stated")) if line.lacks_goal else None),
        _liaison(line, people),
        mutual(line),
        next_of(line)[1],
        state(line, reading.day),
        PeriodBar(line.term.period, review=line.term.review_on),
    )


def under_name(line: Line) -> str:
    """The quiet line under a name: the kind, and how many municipalities are known."""
    kind = str(line.fact.get_kind_display())
    stated = line.fact.member_count
    if not line.municipalities:
        return kind
    if stated and stated != line.municipalities:
        return _("%(known)s known members, %(stated)s stated") % {
            "known": number(line.municipalities),
            "stated": number(stated),
        }
    words = ngettext("%(count)s municipality", "%(count)s municipalities", line.municipalities)
    return words % {"count": number(line.municipalities)}


def _liaison(line: Line, people: Mapping[int, Called]) -> object:
    carrier = people.get(line.carrier or 0)
    if carrier is not None:
        return str(carrier)
    return Gap(_("none")) if line.needs_liaison else None


def mutual(line: Line) -> object:
    """Whether decision lists go both ways, in a word or as so many of so many."""
    if not line.shares_lists:
        return _("n/a")
    counterparts = len(line.ties.counterparts)
    if not counterparts:
        return Gap(_("none"))
    shared = len(line.ties.mutual)
    if line.fact.kind in NETWORKS and counterparts == 1:
        return _("both ways") if shared else Gap(_("one way"))
    words = _("%(some)s of %(all)s") % {"some": shared, "all": counterparts}
    return words if shared == counterparts else Gap(words)


def next_of(line: Line) -> tuple[date | None, object]:
    term, known = line.term, []
    if term.review_on is not None:
        known.append((term.review_on, _("review %(day)s")))
    if term.valid_until is not None:
        known.append((term.valid_until, _("ends %(day)s")))
    if line.joining is not None:
        words = ngettext(
            "%(count)s member joins on %(day)s",
            "%(count)s members join on %(day)s",
            line.joining[1],
        )
        known.append((line.joining[0], words.replace("%(count)s", str(line.joining[1]))))
    if not known:
        return None, _("nothing planned")
    first = min(known)
    return first[0], first[1] % {"day": day_short(first[0])}


def state(line: Line, on: date) -> Component:
    """The state in one word: a gap first, else whether it runs, ends or begins."""
    period = Tag.of(line.term.period, on)
    if period.state != "now":
        return period
    if line.lacks_liaison:
        return Tag(_("without liaison"), "gap")
    if line.is_one_sided:
        return Tag(_("not mutual"), "gap")
    return period
