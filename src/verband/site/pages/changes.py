"""What changed between two days, in the world and, apart from it, in the register."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from verband.bodies.queries.changes import Change, Mended, changes_between, corrections_between
from verband.bodies.queries.words import Named, thing_named
from verband.core.errors import DomainError
from verband.core.period import Period, add_months
from verband.kernel.clock import local_day, start_of
from verband.kernel.history import count_corrections, count_events
from verband.kernel.two_times import ThingModel
from verband.site.pages.lines import grouped, lines_of, link_to
from verband.ui.component import Link
from verband.ui.components.errors import ErrorSummary, Mend
from verband.ui.components.ledger import Column, Ledger, Pager, Row
from verband.ui.components.words import EmptyState
from verband.ui.forms import DayField
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading, reading_of, register_begins
from verband.ui.wording import day, number, sentence, typed

MONTHS = 3  # how far back a reader looks who asks nothing
PER_PAGE = 50
MOST_IN_FILE = 20_000


class TwoDays(forms.Form):
    """From a day until a day, both days of the register."""

    def __init__(self, data: Any, now: datetime) -> None:
        super().__init__(data)
        self.now = now
        self.fields["from"] = DayField(label=_l("After"))
        self.fields["until"] = DayField(label=_l("Until and with"))

    def clean(self) -> dict[str, Any]:
        """Both days lie within the register, in their order."""
        given: dict[str, Any] = super().clean() or {}
        for name in ("from", "until"):
            if given.get(name) is not None:
                try:
                    reading_of({"on": given[name].isoformat()}, self.now)
                except DomainError as refusal:
                    self.add_error(name, sentence(refusal))
        start, until = given.get("from"), given.get("until")
        if start is not None and until is not None and until <= start:
            words = _("Choose a day after %(day)s: the second day comes after the first.")
            self.add_error("until", words % {"day": day(start)})
        return given


@dataclass(frozen=True)
class ChangesPage(Page):
    """Changes and corrections between two days."""

    form: TwoDays | None = None
    errors: ErrorSummary | None = None
    kept: tuple[tuple[str, str], ...] = ()
    spans: tuple[Link, ...] = ()
    changes: Ledger | None = None
    corrections: Ledger | None = None
    corrections_count: str = ""
    more_corrections: Link | None = None
    whole: Link | None = None


@dataclass(frozen=True)
class Asked:
    """What a reader asks: between which days, of which thing, changes or corrections only."""

    start: date
    until: date
    thing: ThingModel | None
    only: str

    @property
    def period(self) -> Period:
        """The days after ``start`` until and with ``until``."""
        one = timedelta(days=1)
        return Period(self.start + one, self.until + one)

    def instants(self, known: datetime | None) -> tuple[datetime, datetime]:
        """The instants of those days, as far as the knowledge goes that is read."""
        first, last = (start_of(d) for d in (self.period.start, self.period.until) if d)
        if known is None:
            return first, last
        return first, max(first, min(last, known + timedelta(microseconds=1)))


def changes_page(
    request: Any, thing: ThingModel | None = None, *, sees_reasons: bool = False
) -> ChangesPage:
    """The page for a request; ``sees_reasons``: why something was corrected is shown too."""
    reading: Reading = request.reading
    query = Query.of(request)
    form = TwoDays(_asked_days(query, reading), reading.now)
    kept = query.kept("from", "until", "page", "format", "table")
    if not form.is_valid():
        found = ErrorSummary.of(form)
        return _refused(form, found.mends if found else (), reading, kept)
    asked = Asked(form.cleaned_data["from"], form.cleaned_data["until"], thing, query.get("only"))
    return _page(asked, form, reading, query, kept, sees_reasons)


def _refused(
    form: TwoDays, mends: tuple[Mend, ...], reading: Reading, kept: tuple[tuple[str, str], ...]
) -> ChangesPage:
    return ChangesPage(
        title=_("What changed between two days"),
        reading=reading,
        form=form,
        errors=ErrorSummary(_("These days cannot be read. Correct this first."), mends),
        kept=kept,
    )


def _asked_days(query: Query, reading: Reading) -> dict[str, str]:
    until = query.get("until") or typed(reading.day)
    start = query.get("from")
    if not start:
        try:
            last = reading_of({"on": until}, reading.now).day
        except DomainError:
            last = reading.day
        start = typed(max(add_months(last, -MONTHS), register_begins()))
    return {"from": start, "until": until}


def _page(
    asked: Asked,
    form: TwoDays,
    reading: Reading,
    query: Query,
    kept: tuple[tuple[str, str], ...],
    sees_reasons: bool,
) -> ChangesPage:
    named = thing_named(asked.thing, asked.until, reading.known) if asked.thing else None
    total = count_events(asked.period, reading.known, asked.thing)
    mended = count_corrections(*asked.instants(reading.known), asked.thing)
    if query.format and max(total, mended) > MOST_IN_FILE:
        words = _("A file holds at most %(count)s changes. Choose fewer days.")
        mend = Mend(words % {"count": number(MOST_IN_FILE)}, "#id_from")
        return _refused(form, (mend,), reading, kept)
    alone = asked.only == "corrections"
    table = query.get("table") if query.format else ""
    every = query.with_(only="corrections", page=None)
    return ChangesPage(
        title=_title(total, named),
        reading=reading,
        lead=_("From %(start)s until and with %(until)s.")
        % {"start": day(asked.start + timedelta(days=1)), "until": day(asked.until)},
        crumbs=(link_to(named, reading),) if named else (),
        form=form,
        kept=kept,
        spans=_spans(asked, query),
        changes=None if alone or table == "corrections" else _changes(asked, total, reading, query),
        corrections=None
        if table == "changes"
        else _corrections(asked, mended, reading, query, sees_reasons),
        corrections_count=ngettext("%(count)s correction", "%(count)s corrections", mended)
        % {"count": number(mended)},
        more_corrections=Link(_("All corrections"), every)
        if mended > PER_PAGE and not alone
        else None,
        whole=Link(_("Back to what changed in the world"), query.with_(only=None, page=None))
        if alone
        else None,
    )


def _title(total: int, named: Named | None) -> str:
    if not total:
        words = _("Nothing changed at %(name)s") if named else _("Nothing changed")
        return words % {"name": named.label if named else ""}
    if named is None:
        words = ngettext("%(count)s thing changed", "%(count)s things changed", total)
        return words % {"count": number(total)}
    words = ngettext(
        "%(count)s thing changed at %(name)s", "%(count)s things changed at %(name)s", total
    )
    return words % {"count": number(total), "name": named.label}


def _spans(asked: Asked, query: Query) -> tuple[Link, ...]:
    """The same until-day with other lengths, and the stretch just before."""

    def link(label: str, start: date, until: date) -> Link:
        first = max(start, register_begins())
        return Link(
            label, query.with_(**{"from": typed(first), "until": typed(until), "page": None})
        )

    length = asked.until - asked.start
    spans = [
        link(_("One month"), add_months(asked.until, -1), asked.until),
        link(_("Three months"), add_months(asked.until, -3), asked.until),
        link(_("One year"), add_months(asked.until, -12), asked.until),
    ]
    if asked.start > register_begins():
        spans.append(link(_("The stretch before this"), asked.start - length, asked.start))
    return tuple(spans)


def _changes(asked: Asked, total: int, reading: Reading, query: Query) -> Ledger:
    pager = Pager.of(query, total=total, per_page=PER_PAGE)
    found = changes_between(asked.period, reading.known, asked.thing, pager.slice)
    as_file = bool(query.format)
    head = (Column(_("Day")),) if as_file else ()
    return Ledger(
        caption=_("What began, ended or became otherwise"),
        columns=(*head, Column(_("About")), Column(_("What changed"))),
        rows=tuple(_rows(found, reading, as_file)),
        empty=EmptyState(
            _("Nothing changed between these days."),
            query.with_(**{"from": typed(register_begins()), "page": None}),
            _("Look from the beginning of the register"),
        ),
        name="changes",
        query=query,
        pager=pager,
    )


def _rows(found: list[Change], reading: Reading, as_file: bool) -> list[Row]:
    if as_file:
        return [
            Row((c.day, group.about.label, lines_of(group, reading)))
            for group in grouped(found)
            for c in group.changes[:1]
        ]
    return [
        Row(
            (link_to(group.about, reading), lines_of(group, reading)),
            group=day(group.changes[0].day),
        )
        for group in grouped(found)
    ]


def _corrections(
    asked: Asked, total: int, reading: Reading, query: Query, sees_reasons: bool
) -> Ledger:
    alone = asked.only == "corrections"
    pager = Pager.of(query, total=total, per_page=PER_PAGE) if alone or query.format else None
    since, until = asked.instants(reading.known)
    part = pager.slice if pager else slice(0, PER_PAGE)
    found = corrections_between(since, until, asked.until, reading.known, asked.thing, part)
    reason = (Column(_("Reason")),) if sees_reasons else ()
    return Ledger(
        caption=_("What was put right in the register"),
        columns=(
            Column(_("About")),
            Column(_("Correction")),
            Column(_("Recorded on")),
            Column(_("By")),
            *reason,
            Column(_("Before")),
        ),
        rows=tuple(Row(_mended_cells(m, reading, sees_reasons)) for m in found),
        empty=EmptyState(_("Nothing was put right between these days.")),
        name="corrections",
        query=query,
        pager=pager,
    )


def _mended_cells(mended: Mended, reading: Reading, sees_reasons: bool) -> tuple[object, ...]:
    told = mended.told
    text: object = (f"{told.text} ", link_to(told.where, reading)) if told.where else told.text
    before = Reading(reading.today, reading.now, reading.day, mended.before)
    seen_before = link_to(told.about, before)
    reason = (mended.reason,) if sees_reasons else ()
    return (
        link_to(told.about, reading),
        text,
        local_day(mended.at),
        mended.by,
        *reason,
        Link(_("as known before"), seen_before.href) if seen_before.href else "",
    )
