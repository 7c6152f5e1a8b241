"""The register of bodies and networks: who exists, for what, who is liaison, what ends."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.kinds import BodyKind, CoverKind
from verband.bodies.pages.register_rows import group_of, next_of, register_ledger
from verband.bodies.queries.names import name_of
from verband.bodies.queries.register import Line, Register, register_on
from verband.core.period import add_months
from verband.members.queries import sort_key
from verband.ui.component import Link
from verband.ui.components.filters import (
    Choice,
    ChoiceField,
    Count,
    FilterCounts,
    FilterForm,
    SearchField,
)
from verband.ui.components.ledger import Ledger, Pager
from verband.ui.components.words import EmptyState
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.wording import day, number


@dataclass(frozen=True)
class RegisterPage(Page):
    """All bodies and networks of a day."""

    counts: FilterCounts | None = None
    form: FilterForm | None = None
    ledger: Ledger | None = None
    actions: tuple[Link, ...] = ()


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


def register_page(request: Any, only: str = "", actions: tuple[Link, ...] = ()) -> RegisterPage:
    """The page for a request; ``only`` is the filter of a list with its own address."""
    reading: Reading = request.reading
    query = Query.of(request)
    register = register_on(reading.day, reading.known)
    shown = only or query.get("show")
    found = _sorted(_matching(register, query, shown), query)
    pager = Pager.of(query, total=len(found), per_page=100)
    empty = None if found else _empty(query, reading)
    return RegisterPage(
        title=_title(only),
        reading=reading,
        lead=_lead(register, reading),
        crumbs=(Link(_("Register"), reading.link(reverse("bodies"))),) if only else (),
        counts=_counts(register, reading, shown),
        form=_form(register, query, request.path),
        ledger=register_ledger(found[pager.slice], reading, query, pager, empty),
        actions=actions,
    )


def _title(only: str) -> str:
    return {
        "ends-soon": _("What ends within six months"),
        "without-end": _("What has no end date"),
        "without-liaison": _("Who has no liaison"),
    }.get(only) or _("Networks and bodies")


def _lead(register: Register, reading: Reading) -> str:
    standing = register.standing
    tests = [test for name, (_words, test) in attention().items() if name != "without-end"]
    asks = sum(any(test(line, reading.day) for test in tests) for line in standing)
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


def _matching(register: Register, query: Query, shown: str) -> list[Line]:
    """The lines that the filters keep."""
    lines = list(register.lines)
    test = attention().get(shown)
    if test is not None:
        lines = [n for n in lines if n.is_on(register.day) and test[1](n, register.day)]
    if query.get("kind"):
        kind = query.get("kind")
        lines = [line for line in lines if line.fact.kind == kind]
    if query.get("ministry"):
        ministry = query.get("ministry")
        lines = [n for n in lines if ministry in {str(c.ministry_id) for c in n.covers}]
    if query.get("field"):
        field = query.get("field")
        lines = [line for line in lines if field in {c.label for c in line.covers}]
    words = query.get("q")
    return [line for line in lines if _says(line, words)] if words else lines


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
        "next": lambda line: next_of(line)[0] or date.max,
        "end": lambda line: line.term.valid_until or date.max,
    }
    asked = query.get("sort")
    key = keys.get(asked.lstrip("-"))
    if key is None:
        return sorted(lines, key=lambda line: (group_of(line), sort_key(name_of(line.fact))))
    return sorted(lines, key=lambda line: (key(line), line.fact.body_id), reverse=asked[0] == "-")


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
        count = len(_matching(register, query, query.get("show")))
        if count:
            words = _("On other days there is: %(count)s on %(day)s.")
            told = words % {"count": number(count), "day": day(other)}
            link = reading.on(other).link(query.with_(on=None, page=None))
            return EmptyState(f"{sentence} {told}", link, _("Read that day"))
    return EmptyState(sentence, query.path, _("Show everything"))
