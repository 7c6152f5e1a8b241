"""Audit lines as people read them: all of them, or those about one thing."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.bodies.queries.changes import actors_called
from verband.bodies.queries.words import thing_named
from verband.kernel.audit import AuditLine
from verband.kernel.two_times import ThingModel
from verband.site.pages.given import Given
from verband.site.pages.lines import link_to
from verband.site.use_case_words import in_words
from verband.ui.component import Link
from verband.ui.components.ledger import Column, Ledger, Pager, Row
from verband.ui.components.words import EmptyState
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.wording import moment, number

PER_PAGE = 50


@dataclass(frozen=True)
class TrailPage(Page):
    """Audit lines, the latest first."""

    ledger: Ledger | None = None


def trail_page(request: Any, thing: ThingModel, *, details: bool) -> TrailPage:
    """What was done with one thing; ``details``: with what was given and why."""
    reading: Reading = request.reading
    named = thing_named(thing, reading.day, reading.known)
    subject = f"{thing._meta.db_table}:{thing.pk}"
    lines = AuditLine.objects.filter(subjects__contains=[subject])
    return TrailPage(
        title=_("What was done with %(name)s") % {"name": named.label},
        reading=reading,
        crumbs=(link_to(named, reading), _verification(reading)),
        lead=_lead(details),
        ledger=_ledger(request, lines, details=details),
    )


def all_lines_page(request: Any) -> TrailPage:
    """Every line, for whoever sees details."""
    reading: Reading = request.reading
    return TrailPage(
        title=_("Everything that was done"),
        reading=reading,
        crumbs=(_verification(reading),),
        lead=_lead(details=True),
        ledger=_ledger(request, AuditLine.objects.all(), details=True),
    )


def _verification(reading: Reading) -> Link:
    return Link(_("Verification"), reading.link(reverse("audit")))


def _lead(details: bool) -> str:
    if details:
        return _("You see what was given and why, because of your role for the association.")
    return _("Who did what and when is public. What was typed and why is seen by the auditor.")


def _ledger(request: Any, lines: QuerySet[AuditLine], *, details: bool) -> Ledger:
    reading: Reading = request.reading
    query = Query.of(request)
    if reading.known is not None:
        lines = lines.filter(at__lte=reading.known)
    pager = Pager.of(query, total=lines.count(), per_page=PER_PAGE)
    shown = list(lines.order_by("-pk").defer("salt", "subjects")[pager.slice])
    people = actors_called({line.actor for line in shown}, reading.day, reading.known)
    given = Given([line.details for line in shown], reading) if details else None
    return Ledger(
        caption=_("Audit lines, the latest first"),
        columns=(
            Column(_("Line"), kind="number"),
            Column(_("When")),
            Column(_("What")),
            Column(_("By")),
            Column(_("Rows")),
            *((Column(_("Given"), kind="quiet"),) if given else ()),
        ),
        rows=tuple(Row(_cells(line, people, reading, given)) for line in shown),
        empty=EmptyState(_("No audit line speaks of this.")),
        name="lines",
        query=query,
        pager=pager,
    )


def _cells(
    line: AuditLine, people: dict[str, str], reading: Reading, given: Given | None
) -> tuple[object, ...]:
    proof = f"{reverse('audit')}?line={line.pk}"
    return (
        Link(number(line.pk), reading.link(proof)),
        moment(line.at),
        in_words(line.use_case),
        people.get(line.actor, line.actor_label),
        written(line),
        *((given.words(line.details),) if given else ()),
    )


def written(line: AuditLine) -> str:
    """How many rows the line wrote and closed, per way."""
    counts = Counter(verb for _table, _pk, verb, _digest in line.record["rows"])
    words = {
        "added": ngettext("%(count)s new", "%(count)s new", counts["added"]),
        "ended": ngettext("%(count)s ended", "%(count)s ended", counts["ended"]),
        "changed": ngettext("%(count)s changed", "%(count)s changed", counts["changed"]),
        "corrected": ngettext("%(count)s corrected", "%(count)s corrected", counts["corrected"]),
        "withdrawn": ngettext("%(count)s withdrawn", "%(count)s withdrawn", counts["withdrawn"]),
    }
    told = [
        words[verb] % {"count": number(n)} for verb, n in sorted(counts.items()) if verb in words
    ]
    return ", ".join(told) or _("none")
