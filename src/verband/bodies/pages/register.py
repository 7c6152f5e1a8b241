"""The register of bodies and networks: who exists, for what, who is liaison, what ends."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.kinds import BodyKind, CoverKind
from verband.bodies.queries.names import name_of, purpose_of
from verband.bodies.queries.register import NETWORKS, Line, Register, register_on
from verband.core.period import add_months
from verband.members.queries import sort_key
from verband.ui.component import Component, Link
from verband.ui.components.bars import PeriodBar
from verband.ui.components.filters import (
    Choice,
    ChoiceField,
    Count,
    FilterCounts,
    FilterForm,
    SearchField,
)
from verband.ui.components.ledger import Column, Ledger, Pager, Row
from verband.ui.components.words import EmptyState, Gap, Tag
from verband.ui.page import Page
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
TABLES = (BodyKind.TABLE, BodyKind.DELEGATION)


@dataclass(frozen=True)
class RegisterPage(Page):
    """All bodies and networks of a day."""

    counts: FilterCounts | None = None
    form: FilterForm | None = None
    ledger: Ledger | None = None


def attention() -> dict[str, tuple[str, Callable[[Line, date], bool]]]:
    """The numbers that filter: what asks attention, in words."""
    return {
        "ends-soon": (_("ends within 6 months"), lambda line, on: line.ends_within(on)),
        "without-end": (
            _("no end date"),
            lambda line, _on: line.term.valid_until is None,
        ),
        "without-liaison": (_("without liaison"), lambda line, _on: line.lacks_liaison),
        "one-sided": (_("not mutual"), lambda line, _on: line.is_one_sided),
        "without-goal": (_("goal not stated"), lambda line, _on: line.lacks_goal),
    }


def register_page(request: Any, only: str = "") -> RegisterPage:
    """The page for a request; ``only`` is the filter of a list with its own address."""
    reading: Reading = request.reading
    query = Query.of(request)
    register = register_on(reading.day, reading.known)
    shown = only or query.get("show")
    found = _sorted(
        [line for line in register.lines if _matches(line, register, query, shown)], query
    )
    pager = Pager.of(query, total=len(found), per_page=100)
    return RegisterPage(
        title=_title(only),
        reading=reading,
        lead=_lead(register, reading),
        crumbs=(Link(_("Register"), reading.link(reverse("bodies"))),) if only else (),
        counts=_counts(register, reading, shown),
        form=_form(register, query, request.path),
        ledger=_ledger(found[pager.slice], register, reading, query, pager, _empty(query, reading)),
    )


def _title(only: str) -> str:
    return {
        "ends-soon": _("What ends within six months"),
        "without-end": _("What has no end date"),
        "without-liaison": _("Who has no liaison"),
    }.get(only) or _("Networks and bodies")


def _lead(register: Register, reading: Reading) -> str:
    standing = register.standing
    asks = sum(any(test(line, reading.day) for _w, test in _urgent().values()) for line in standing)
    words = (
        _("On %(day)s %(count)s stood in the register.")
        if reading.is_past
        else _("On %(day)s %(count)s would stand in the register.")
        if reading.is_future
        else _("Who sits at which table, for what and until when. %(count)s are in the register.")
    )
    told = words % {"day": day(reading.day), "count": number(len(standing))}
    ask = ngettext("%(count)s asks attention.", "%(count)s ask attention.", asks)
    return f"{told} {ask % {'count': number(asks)}}"


def _urgent() -> dict[str, tuple[str, Callable[[Line, date], bool]]]:
    return {name: pair for name, pair in attention().items() if name != "without-end"}


def _matches(line: Line, register: Register, query: Query, shown: str) -> bool:
    test = attention().get(shown)
    if test is not None and not (line.is_on(register.day) and test[1](line, register.day)):
        return False
    if query.get("kind") and line.fact.kind != query.get("kind"):
        return False
    if query.get("ministry") and query.get("ministry") not in {
        str(c.ministry_id) for c in line.covers
    }:
        return False
    if query.get("field") and query.get("field") not in {c.label for c in line.covers}:
        return False
    return _says(line, query.get("q"))


def _says(line: Line, words: str) -> bool:
    said = " ".join(
        (
            line.fact.name,
            line.fact.name_en,
            line.fact.abbreviation,
            line.fact.purpose,
            line.fact.purpose_en,
            *(cover.label for cover in line.covers),
        )
    )
    bare = sort_key(said)
    return all(sort_key(word) in bare for word in words.split())


def _sorted(lines: list[Line], query: Query) -> list[Line]:
    keys: dict[str, Callable[[Line], Any]] = {
        "name": lambda line: sort_key(name_of(line.fact)),
        "next": lambda line: _next(line)[0] or date.max,
        "end": lambda line: line.term.valid_until or date.max,
    }
    asked = query.get("sort")
    key = keys.get(asked.lstrip("-"))
    if key is None:
        return sorted(lines, key=lambda line: (_group(line)[0], sort_key(name_of(line.fact))))
    return sorted(lines, key=lambda line: (key(line), line.fact.body_id), reverse=asked[0] == "-")


def _group(line: Line) -> tuple[int, str]:
    kind = line.fact.kind
    groups: tuple[tuple[bool, str], ...] = (
        (kind in OWN, _("Association, assembly and board")),
        (line.term.is_temporary, _("Temporary")),
        (kind in (BodyKind.STANDING_COMMITTEE, BodyKind.COLLEGE), _("Standing committees")),
        (kind in (BodyKind.ADVISORY_COMMITTEE, BodyKind.SUBCOMMITTEE), _("Advisory committees")),
        (kind in TABLES, _("Tables with other governments")),
        (kind == BodyKind.MUNICIPAL_NETWORK, _("Networks of municipalities")),
        (kind == BodyKind.PROVINCIAL_BRANCH, _("Provincial branches")),
        (
            kind in (BodyKind.AFFILIATED, BodyKind.PROFESSIONAL_NETWORK),
            _("Affiliated associations and professional networks"),
        ),
        (kind in (BodyKind.PARTNER, BodyKind.KNOWLEDGE), _("Partners and knowledge")),
        (True, _("Programmes, companies and funds")),
    )
    return next((i, name) for i, (holds, name) in enumerate(groups) if holds)


def _counts(register: Register, reading: Reading, shown: str) -> FilterCounts:
    base = reverse("bodies")
    standing = register.standing
    counts = [Count(len(standing), _("all"), reading.link(base), chosen=not shown)]
    for name, (words, test) in attention().items():
        total = sum(test(line, reading.day) for line in standing)
        link = reading.link(f"{base}?show={name}")
        counts.append(Count(total, words, link, chosen=shown == name))
    return FilterCounts(_("What asks attention"), tuple(counts))


def _form(register: Register, query: Query, action: str) -> FilterForm:
    kinds = sorted({line.fact.kind for line in register.lines})
    labels = dict(BodyKind.choices)
    fields = sorted(
        {c.label for line in register.lines for c in line.covers if c.kind != CoverKind.MINISTRY}
    )
    ministries = sorted(register.ministries.items(), key=lambda pair: sort_key(pair[1]))
    return FilterForm(
        action,
        (
            SearchField("q", _("Search by name, purpose or subject"), query.get("q")),
            ChoiceField(
                "kind",
                _("Kind"),
                (
                    Choice("", _("All kinds")),
                    *(Choice(kind, capfirst(str(labels[kind]))) for kind in kinds),
                ),
                query.get("kind"),
            ),
            ChoiceField(
                "ministry",
                _("Ministry"),
                (
                    Choice("", _("All ministries")),
                    *(Choice(str(pk), name) for pk, name in ministries),
                ),
                query.get("ministry"),
            ),
            ChoiceField(
                "field",
                _("Task field"),
                (Choice("", _("All task fields")), *(Choice(f, capfirst(f)) for f in fields)),
                query.get("field"),
            ),
        ),
        query.kept("q", "kind", "ministry", "field", "page"),
    )


def _empty(query: Query, reading: Reading) -> EmptyState:
    """Nothing on this day; say on which other day there is something."""
    sentence = _("Nothing found on %(day)s.") % {"day": day(reading.day)}
    for other in (add_months(reading.today, -12), reading.today, add_months(reading.today, 12)):
        if other == reading.day:
            continue
        register = register_on(other, reading.known)
        count = sum(_matches(line, register, query, query.get("show")) for line in register.lines)
        if count:
            words = _("On other days there is: %(count)s on %(day)s.")
            told = words % {"count": number(count), "day": day(other)}
            link = reading.on(other).link(query.with_(on=None, page=None))
            return EmptyState(f"{sentence} {told}", link, _("Read that day"))
    return EmptyState(sentence, query.path, _("Show everything"))


def _ledger(
    lines: Iterable[Line],
    register: Register,
    reading: Reading,
    query: Query,
    pager: Pager,
    empty: EmptyState,
) -> Ledger:
    shown = list(lines)
    grouped = not query.get("sort")
    return Ledger(
        caption=_("Bodies and networks on %(day)s") % {"day": day(reading.day)},
        columns=(
            Column(_("Name"), sort="name"),
            Column(_("Purpose")),
            Column(_("Liaison")),
            Column(_("Mutual")),
            Column(_("Next"), sort="next"),
            Column(_("State"), sort="end"),
            Column(_("Period"), kind="period"),
        ),
        rows=tuple(
            Row(_cells(line, register, reading), group=_group(line)[1] if grouped else "")
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


def _cells(line: Line, register: Register, reading: Reading) -> tuple[object, ...]:
    fact = line.fact
    return (
        Link(name_of(fact), reading.link(reverse("body", args=[fact.body.key])), under_name(line)),
        purpose_of(fact) or (Gap(_("not stated")) if line.lacks_goal else None),
        _liaison(line, register),
        mutual(line),
        _next(line)[1],
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


def _liaison(line: Line, register: Register) -> object:
    carried = [fact for fact in line.ties.liaisons if fact.person_id in register.people]
    if carried:
        return str(register.people[carried[0].person_id or 0])
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


def _next(line: Line) -> tuple[date | None, object]:
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
