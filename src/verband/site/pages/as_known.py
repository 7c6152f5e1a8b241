"""The two times, explained, and a way to read any day as it was known on any other."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from verband.bodies.queries.changes import Mended, corrections_between
from verband.core.errors import DomainError
from verband.kernel.clock import local_day, start_of
from verband.site.pages.lines import link_to
from verband.ui.component import Link
from verband.ui.components.errors import ErrorSummary
from verband.ui.components.lists import Dated, DatedList
from verband.ui.components.words import EmptyState
from verband.ui.forms import DayField
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading, reading_of, register_begins
from verband.ui.wording import day, sentence, typed

EXAMPLES = 5


class BothTimes(forms.Form):
    """The day that is read, and the day on which it was known."""

    def __init__(self, data: Any, now: datetime, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.now = now
        self.fields["day"] = DayField(label=_l("The register of"))
        self.fields["seen"] = DayField(
            label=_l("As it was known on"),
            required=False,
            help_text=_l("Leave empty for all that is known now."),
        )

    def clean(self) -> dict[str, Any]:
        """Both are days of the register."""
        given: dict[str, Any] = super().clean() or {}
        for name in ("day", "seen"):
            if given.get(name) is not None:
                try:
                    reading_of({"on": given[name].isoformat()}, self.now)
                except DomainError as refusal:
                    self.add_error(name, sentence(refusal))
        return given


@dataclass(frozen=True)
class AsKnownPage(Page):
    """Two times in five sentences, a form, and lasting links as examples."""

    sentences: tuple[str, ...] = ()
    form: BothTimes | None = None
    errors: ErrorSummary | None = None
    chosen: tuple[Link, ...] = ()
    examples: DatedList | None = None


def as_known_page(request: Any) -> AsKnownPage:
    """The page for a request."""
    reading: Reading = request.reading
    query = Query.of(request)
    asked = bool(query.get("day") or query.get("seen"))
    shown = {"day": typed(reading.day), "seen": typed(reading.day)}
    form = BothTimes(request.GET if asked else None, reading.now, None if asked else shown)
    valid = asked and form.is_valid()
    errors = ErrorSummary.of(form) if asked and not valid else None
    return AsKnownPage(
        title=_("What was true, and when we knew it"),
        reading=reading,
        sentences=_sentences(),
        form=form,
        errors=ErrorSummary(_("These days cannot be read. Correct this first."), errors.mends)
        if errors
        else None,
        chosen=_chosen(form, reading) if valid else (),
        examples=_examples(reading),
    )


def _sentences() -> tuple[str, ...]:
    return (
        _("Every fact in this register has two times."),
        _("The first says on which days it was true: somebody sat at a table from March to June."),
        _("The second says when the register knew it: it was entered on 10 March."),
        _(
            "When something turns out to have been wrong it is corrected, and the old version stays"
            " readable with the day on which it was put right."
        ),
        _(
            "So you can read any day as it was, with what we know now, or with what we knew then;"
            " the address of the page keeps both days and never changes."
        ),
    )


def _chosen(form: BothTimes, reading: Reading) -> tuple[Link, ...]:
    seen = form.cleaned_data.get("seen")
    params = {"on": form.cleaned_data["day"].isoformat()}
    if seen is not None:
        params["known"] = seen.isoformat()
    query = urlencode(params)
    places = (
        (_("Networks and bodies"), "bodies"),
        (_("Members"), "members"),
        (_("Changes"), "changes"),
        (_("The first page"), "home"),
    )
    words = _("%(place)s of %(day)s")
    told = {"day": day(form.cleaned_data["day"])}
    if seen is not None:
        words = _("%(place)s of %(day)s, as known on %(seen)s")
        told["seen"] = day(seen)
    return tuple(
        Link(words % {**told, "place": label}, f"{reverse(name)}?{query}") for label, name in places
    )


def _examples(reading: Reading) -> DatedList:
    """The last corrections: each page as it was known before, and as it is known now."""
    until = reading.known or reading.now
    since = start_of(register_begins())
    found = corrections_between(
        since, max(until, since), reading.day, reading.known, part=slice(0, EXAMPLES)
    )
    return DatedList(
        tuple(_example(mended, reading) for mended in found),
        "tight",
        EmptyState(_("Nothing was ever corrected.")),
    )


def _example(mended: Mended, reading: Reading) -> Dated:
    told = mended.told
    then = Reading(reading.today, reading.now, reading.day, mended.before)
    before, now = link_to(told.about, then), link_to(told.about, reading)
    links: tuple[object, ...] = (
        told.text,
        " ",
        Link(_("before"), before.href),
        " ",
        Link(_("now"), now.href),
    )
    return Dated(local_day(mended.at), str(now.label), links if before.href else told.text)
