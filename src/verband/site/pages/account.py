"""Who somebody is in the register today, and what that allows."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.queries.names import name_of
from verband.site.pages.authority import because
from verband.site.queries.standing import Ground, Standing, given_to, standing_on
from verband.site.use_case_words import app_in_words, in_words
from verband.ui.component import Link
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.words import EmptyState, Fact, Facts, Tag
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.scale import TimeScale
from verband.ui.wording import day


@dataclass(frozen=True)
class MyAccountPage(Page):
    """Roles, offices and seats of whoever is signed in."""

    facts: Facts | None = None
    standing: Ledger | None = None
    allowed: Ledger | None = None
    administration: tuple[Link, ...] = ()


def my_account_page(request: Any) -> MyAccountPage:
    """The page for a request of somebody who is signed in; always as of today."""
    reading: Reading = request.reading
    standing = standing_on(request.actor, reading.today)
    given = given_to(standing, reading.today, reading.now)
    query = Query.of(request)
    return MyAccountPage(
        title=capfirst(standing.called.label),
        reading=reading,
        kind=_("Your account"),
        lead=_lead(standing, given),
        facts=_facts(standing, reading),
        standing=_standing(standing, reading, query),
        allowed=_allowed(given, reading, query),
        administration=_administration(given),
    )


def _administration(given: dict[str, list[Ground]]) -> tuple[Link, ...]:
    """The way to what only administrators and keepers of the register see."""
    files = (
        Link(_("Take in a file"), reverse("import")),
        Link(_("What the clock and the mail did"), reverse("health")),
    )
    if "people.open_account" not in given:
        return files if "bodies.import_members" in given else ()
    return (
        *files,
        Link(_("Accounts of everybody"), reverse("accounts")),
        Link(_("Signing in with the member's own provider"), reverse("providers")),
    )


def _lead(standing: Standing, given: dict[str, list[Ground]]) -> str:
    if not given:
        return _("You may read everything. The register gives you nothing to change today.")
    count = len(given)
    words = ngettext(
        "The register gives you %(count)s act today.",
        "The register gives you %(count)s acts today.",
        count,
    )
    return words % {"count": count}


def _facts(standing: Standing, reading: Reading) -> Facts:
    called = standing.called
    person = Link(capfirst(called.label), reading.link(reverse("person", args=[called.key])))
    told: list[tuple[str, object]] = [
        (_("In the register"), person),
        (_("Name"), called.name),
        (_("You sign in with"), standing.account.email),
    ]
    return Facts(tuple(Fact(term, value) for term, value in told if value))


def _standing(standing: Standing, reading: Reading, query: Query) -> Ledger:
    rows: list[tuple[object, object, Any, str]] = [
        (capfirst(str(role.get_kind_display())), _("the association"), role.period, _("Roles"))
        for role in standing.roles
    ]
    for office in standing.offices:
        thing = office.office.organisation
        place = standing.places.get(thing.pk)
        href = reading.link(reverse("organisation", args=[thing.key])) if place else ""
        words = capfirst(str(office.office.get_function_display()))
        name = name_of(place) if place else thing.key
        rows.append((words, Link(name, href), office.period, _("Offices")))
    for seat in standing.seats:
        href = reading.link(reverse("body", args=[seat.body.body.key]))
        role = seat.fact.title or str(seat.fact.get_role_display())
        rows.append(
            (capfirst(role), Link(name_of(seat.body), href), seat.tenure.period, _("Seats"))
        )
    return Ledger(
        caption=_("Roles, offices and seats on %(day)s") % {"day": day(reading.today)},
        columns=(
            Column(_("As")),
            Column(_("Where")),
            Column(_("State")),
            Column(_("Period"), kind="period"),
        ),
        rows=tuple(
            Row((what, where, Tag.of(term, reading.today), term), group=group)
            for what, where, term, group in rows
        ),
        empty=EmptyState(_("You hold no role, office or seat today.")),
        name="standing",
        query=query,
        scale=TimeScale.around(reading.today, (term for _w, _p, term, _g in rows)),
        day=reading.today,
        dense=True,
    )


def _allowed(given: dict[str, list[Ground]], reading: Reading, query: Query) -> Ledger | None:
    if not given:
        return None
    ordered = sorted(given, key=lambda name: (name.partition(".")[0], in_words(name)))
    return Ledger(
        caption=_("What you may do today, and why"),
        columns=(Column(_("What")), Column(_("Because you act"))),
        rows=tuple(
            Row(
                (in_words(name), because(given[name], reading)),
                group=app_in_words(name.partition(".")[0]),
            )
            for name in ordered
        ),
        name="allowed",
        query=query,
    )
