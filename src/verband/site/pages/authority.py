"""Who may do what, as the use cases themselves declare it; and what it gives whoever reads."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.models import Body
from verband.core.period import Period
from verband.kernel.permissions import labels
from verband.site.pages.lines import Line, Lines
from verband.site.queries.standing import Ground, Standing, given_to, standing_on, use_cases
from verband.site.use_case_words import app_in_words, in_words
from verband.ui.component import Link
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.wording import number, period

ORDER = ("bodies", "members", "people")


@dataclass(frozen=True)
class AuthorityPage(Page):
    """Every use case with its grounds."""

    ledger: Ledger | None = None
    sign_in: Link | None = None


def authority_page(request: Any) -> AuthorityPage:
    """The page for a request; authority is always that of today."""
    reading: Reading = request.reading
    standing = standing_on(request.actor, reading.today) if request.actor else None
    given = given_to(standing, reading.today, reading.now) if standing else {}
    return AuthorityPage(
        title=_title(standing, given),
        reading=reading,
        lead=_(
            "Everything that changes the register is listed here, with whoever may do it. The same"
            " rules are checked each time, against the roles, offices and seats of that day."
        ),
        ledger=_ledger(standing, given, reading, Query.of(request)),
        sign_in=None
        if standing
        else Link(
            _("Sign in to see what the register gives you today"),
            f"{reverse('account_login')}?next={reverse('authority')}",
        ),
    )


def _title(standing: Standing | None, given: dict[str, list[Ground]]) -> str:
    if standing is None:
        return _("Who may do what")
    total = len(use_cases())
    words = ngettext(
        "The register gives you %(count)s of the %(total)s acts today",
        "The register gives you %(count)s of the %(total)s acts today",
        len(given),
    )
    return words % {"count": number(len(given)), "total": number(total)}


def _ledger(
    standing: Standing | None, given: dict[str, list[Ground]], reading: Reading, query: Query
) -> Ledger:
    def place(name: str) -> tuple[int, str]:
        app = name.partition(".")[0]
        return (ORDER.index(app) if app in ORDER else len(ORDER), app)

    ordered = sorted(use_cases(), key=lambda it: (place(it.name), in_words(it.name)))
    mine = (Column(_("You, today")),) if standing else ()
    return Ledger(
        caption=_("Acts and who may do them"),
        columns=(Column(_("What")), Column(_("Who may")), *mine),
        rows=tuple(
            Row(
                (
                    in_words(it.name),
                    ", ".join(labels(it.allowed)),
                    *((because(given.get(it.name, ()), reading),) if standing else ()),
                ),
                group=app_in_words(it.name.partition(".")[0]),
            )
            for it in ordered
        ),
        name="authority",
        query=query,
    )


def because(grounds: Any, reading: Reading) -> object:
    """Why somebody may: role, office or seat, where, and for how long."""
    lines = tuple(Line(*_words(ground, reading)) for ground in grounds)
    return Lines(lines) if lines else _("no")


def _words(ground: Ground, reading: Reading) -> tuple[str, Link | None]:
    words = {"why": ground.why, "period": period(ground.period)}
    if ground.period == Period():
        return _("as %(why)s") % words, None
    told = _("as %(why)s (%(period)s)") % words
    if ground.where is None:
        return told, None
    page = "body" if isinstance(ground.where, Body) else "organisation"
    return (
        _("%(told)s in") % {"told": told},
        Link(ground.name, reading.link(reverse(page, args=[ground.where.key]))),
    )
