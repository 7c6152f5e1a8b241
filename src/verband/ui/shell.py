"""What stands around every page: navigation, who acts, the ribbon, languages, the footer.

``verband.ui`` knows no addresses. A callable named in ``VERBAND_SHELL`` (a dotted path) is asked
once per request for the ``ShellFacts``; ``verband.site`` supplies it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from verband.kernel import clock
from verband.ui import wording
from verband.ui.component import Component, Link
from verband.ui.components.time import OtherDayBar, TimeRibbon, page_on
from verband.ui.reading import Reading, register_begins
from verband.ui.scale import TimeScale

YEARS_AHEAD = 4
# The day itself, and what belongs to the rows of one day only.
NOT_KEPT = frozenset({"on", "known", "page", "format"})


@dataclass(frozen=True)
class NavItem:
    """A place in the navigation; ``icon`` names a drawing in ``ui/icon.html`` (bottom bar).

    ``also``: the beginnings of other addresses that belong to this place.
    """

    label: str
    href: str
    icon: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShellFacts:
    """What the site tells the shell. Addresses without the day: the shell adds it."""

    nav: tuple[NavItem, ...] = ()
    bar: tuple[NavItem, ...] = ()
    home: str = "/"
    search: str = ""
    actor: NavItem | None = None
    changes: Mapping[date, int] = field(default_factory=dict)
    previous: date | None = None
    next: date | None = None
    day_fact: str = ""
    compare: str = ""
    footer: str = ""
    footer_links: tuple[Link, ...] = ()
    languages: bool = True


@dataclass(frozen=True)
class Place:
    """A navigation item as the page draws it."""

    label: str
    href: str
    icon: str = ""
    current: str = ""


@dataclass(frozen=True)
class LanguageSwitch(Component):
    """The other language, as a button that remembers the choice."""

    code: str
    label: str
    next: str


@dataclass(frozen=True)
class Shell:
    """The frame of a page."""

    reading: Reading
    ribbon: TimeRibbon
    then: OtherDayBar | None
    nav: tuple[Place, ...]
    bar: tuple[Place, ...]
    home: str
    search: str
    actor: Place | None
    language: LanguageSwitch | None
    footer: str
    footer_links: tuple[Link, ...]


def context(request: HttpRequest) -> dict[str, Any]:
    """Template context processor: ``shell``, made when a template asks for it."""
    return {"shell": SimpleLazyObject(lambda: shell_of(request))}


def shell_of(request: Any) -> Shell:
    """The shell of this request, from what the site tells."""
    name: str = getattr(settings, "VERBAND_SHELL", "")
    provider: Callable[[HttpRequest], ShellFacts] | None = import_string(name) if name else None
    reading = reading_on(request)
    return assemble(request, reading, provider(request) if provider else ShellFacts())


def reading_on(request: Any) -> Reading:
    """The reading of the request; of today when no middleware has set it (an early error)."""
    found: Reading | None = getattr(request, "reading", None)
    if found is not None:
        return found
    now = clock.now()
    return Reading(clock.local_day(now), now, clock.local_day(now))


def assemble(request: Any, reading: Reading, facts: ShellFacts) -> Shell:
    """The shell from the facts: links keep the day, the current place is marked."""
    kept = tuple(
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name not in NOT_KEPT
    )
    now_here = Reading(reading.today, reading.now, reading.today)
    then = None
    if not reading.changes_allowed:
        then = OtherDayBar(
            reading=reading,
            back=page_on(now_here, request.path, kept),
            fact=facts.day_fact,
            compare=reading.link(facts.compare) if facts.compare else "",
        )
    return Shell(
        reading=reading,
        ribbon=_ribbon(request, reading, facts, kept),
        then=then,
        nav=places(facts.nav, request.path, reading, facts.home),
        bar=places(facts.bar, request.path, reading, facts.home),
        home=reading.link(facts.home),
        search=reading.link(facts.search) if facts.search else "",
        actor=places((facts.actor,), request.path, reading)[0] if facts.actor else None,
        language=_language(request) if facts.languages else None,
        footer=facts.footer,
        footer_links=tuple(Link(it.label, reading.link(it.href)) for it in facts.footer_links),
    )


def places(
    items: tuple[NavItem, ...], path: str, reading: Reading, home: str = "/"
) -> tuple[Place, ...]:
    """The items with the day in their links; the longest address that leads here is current.

    Everything lies under ``home``: that one is current on the page itself only.
    """
    leading = [
        (len(start), it.href)
        for it in items
        for start in (it.href, *it.also)
        if start == path or (start != home and path.startswith(start))
    ]
    here = max(leading, default=(0, None))[1]
    return tuple(
        Place(
            label=it.label,
            href=it.href if it.href.startswith("#") else reading.link(it.href),
            icon=it.icon,
            current=("page" if it.href == path else "true") if it.href == here else "",
        )
        for it in items
    )


def _ribbon(
    request: Any, reading: Reading, facts: ShellFacts, kept: tuple[tuple[str, str], ...]
) -> TimeRibbon:
    wrong = getattr(request, "wrong_day", None)
    last = max(reading.day.year, reading.today.year + YEARS_AHEAD)
    return TimeRibbon(
        reading=reading,
        scale=TimeScale(register_begins(), date(last + 1, 1, 1)),
        path=request.path,
        changes=facts.changes,
        previous=facts.previous,
        next=facts.next,
        kept=kept,
        typed=(request.GET.get("on") or request.GET.get("known") or "")[:40] if wrong else "",
    )


def _language(request: Any) -> LanguageSwitch:
    code, label = ("nl", "Nederlands") if wording.language() == "en" else ("en", "English")
    return LanguageSwitch(code=code, label=label, next=request.get_full_path())
