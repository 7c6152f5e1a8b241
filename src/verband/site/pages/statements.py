"""Accessibility, privacy and open data: what the site promises, in plain words."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext as _

from verband.integrations.resources import RESOURCES
from verband.ui.component import Link
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.page import Page
from verband.ui.query import Query


@dataclass(frozen=True)
class Section:
    """A heading with its paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class StatementPage(Page):
    """Plain text in sections, and tables where there are any."""

    sections: tuple[Section, ...] = ()
    ledgers: tuple[Ledger, ...] = ()


def accessibility_page(request: Any) -> StatementPage:
    """How far everybody can use this site, and what to do when that fails."""
    return StatementPage(
        title=_("Everybody can use this register"),
        reading=request.reading,
        kind=_("Accessibility"),
        sections=(
            Section(
                _("What we aim for"),
                (
                    _("Every page should meet WCAG 2.2 at level AA, which EN 301 549 asks for."),
                    _(
                        "Each page is checked by machine, on a wide and on a narrow screen, in both"
                        " languages, before it is changed."
                    ),
                    _(
                        "A machine does not find everything. No independent audit has been done"
                        " yet, so this is our own statement."
                    ),
                ),
            ),
            Section(
                _("What you may count on"),
                (
                    _("Everything works by keyboard and without JavaScript."),
                    _("Every drawing has the same figures as a table beside it."),
                    _("No meaning is given by colour alone. Text may be enlarged to 400 percent."),
                    _("Pages can be printed, and every table downloads."),
                ),
            ),
            Section(
                _("When something does not work"),
                (
                    _(
                        "Tell the bureau which page and what went wrong. It is mended like any"
                        " other fault, and you hear when."
                    ),
                ),
            ),
        ),
    )


def privacy_page(request: Any) -> StatementPage:
    """Which data of people the register keeps, for what, and who sees them."""
    return StatementPage(
        title=_("Which data of people this register keeps"),
        reading=request.reading,
        kind=_("Privacy"),
        sections=(
            Section(
                _("People in the register"),
                (
                    _(
                        "People stand in the register because of a public function or a seat: by"
                        " function and organisation first, by name only where that is public."
                    ),
                    _(
                        "The register keeps which offices and seats they held from when until when."
                        " It keeps no home address, telephone number or date of birth."
                    ),
                    _(
                        "These data are public, as the work of the association is public. They"
                        " stay, because who decided what must remain known."
                    ),
                ),
            ),
            Section(
                _("People who sign in"),
                (
                    _(
                        "For signing in we keep a mail address, and a passkey if you make one."
                        " There are no passwords."
                    ),
                    _(
                        "What you do is written in an audit line: your account, your function, the"
                        " moment and what was changed. What you typed as a reason is seen by the"
                        " auditor and by those who keep the register."
                    ),
                    _(
                        "Wrong data about you? Ask the bureau. A correction keeps what was known"
                        " before, unless the law asks to erase it."
                    ),
                ),
            ),
            Section(
                _("Visitors"),
                (
                    _(
                        "Reading needs no account. There are no trackers, no advertisements and"
                        " nothing is loaded from elsewhere."
                    ),
                    _(
                        "Cookies are used only to keep you signed in, to protect forms and to"
                        " remember your language."
                    ),
                ),
            ),
        ),
    )


def open_data_page(request: Any) -> StatementPage:
    """What may be downloaded and reused, and where it came from."""
    return StatementPage(
        title=_("Everything here may be reused"),
        reading=request.reading,
        kind=_("Open data"),
        sections=(
            Section(
                pgettext("tables of data", "Tables"),
                (
                    _(
                        "Under every table stand its rows as CSV, XLSX and JSON: the same rows that"
                        " the page shows, for the day that you read."
                    ),
                    _(
                        "The address of a page keeps the day (on) and the knowledge (known). A link"
                        " with both days gives the same answer later."
                    ),
                    _("The licence of the data: %(address)s")
                    % {"address": settings.VERBAND_DATA_LICENCE},
                ),
            ),
            Section(
                _("For programs"),
                (
                    _(
                        "The interface for programs lies under /api/v1 and follows the Dutch API"
                        " design rules. People, organisations and memberships are also given as"
                        " Popolo."
                    ),
                ),
            ),
        ),
        ledgers=(_data_sets(request), _sources(Query.of(request))),
    )


def _data_sets(request: Any) -> Ledger:
    """What programs may ask for, with the address of each."""
    base = reverse("api")
    listed = [(gettext(resource.title), resource.name) for resource in RESOURCES]
    listed += [
        (_("People, organisations and memberships as Popolo"), "popolo.json"),
        (_("Catalogue of the data sets (DCAT)"), "catalog.jsonld"),
        (_("Description of the interface (OpenAPI)"), "openapi.json"),
    ]
    return Ledger(
        caption=_("Data sets for programs"),
        columns=(Column(_("What")), Column(_("Address"))),
        rows=tuple(
            Row((title, Link(f"{base}/{name}", request.reading.link(f"{base}/{name}"))))
            for title, name in listed
        ),
        name="sets",
        query=Query.of(request),
    )


def _sources(query: Query) -> Ledger:
    rows = (
        (
            _("Municipalities, their codes and mergers"),
            "CBS",
            _("Dutch municipalities per year; changes of municipalities"),
        ),
        (_("Inhabitants"), "CBS", _("population on 1 January")),
        (_("Places on the map"), "CBS, Kadaster", _("centroids of municipalities")),
        (
            _("Bodies and networks"),
            "VNG",
            _("the report De Vierde Dimensie (2017); what it does not state is marked"),
        ),
    )
    return Ledger(
        caption=_("Where the data come from"),
        columns=(Column(_("What")), Column(_("From")), Column(_("Which"))),
        rows=tuple(Row(row) for row in rows),
        name="sources",
        query=query,
    )
