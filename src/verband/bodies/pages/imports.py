"""The pages on which a file is taken in: choose it, look at the differences, say yes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from verband.bodies.imports.kinds import KINDS, Kind
from verband.bodies.imports.plan import Difference, Plan
from verband.bodies.models import PendingImport
from verband.bodies.pages.import_columns import columns_of
from verband.core.errors import DomainError, FileRefused
from verband.ui.component import Link
from verband.ui.components.errors import ErrorSummary, Mend
from verband.ui.components.ledger import Column, Ledger, Pager, Row
from verband.ui.components.words import EmptyState, Fact, Facts, Figure, Figures, Tag, shown
from verband.ui.forms import DayField, Option
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.wording import day, moment, number

SHOWN = 500  # errors on one page; whoever has more sees the pattern
CHANGE, CORRECTION = "change", "correction"


class ImportForm(forms.Form):
    """Which file, and how it is meant."""

    kind = forms.ChoiceField(
        label=_l("What is in the file"),
        choices=[(kind.name, kind.label) for kind in KINDS.values()],
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_l("File"),
        help_text=_l("CSV or XLSX. The first row holds the names of the columns."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
    meaning = forms.ChoiceField(
        label=_l("When the file differs from the register"),
        initial=CHANGE,
        choices=[
            (
                CHANGE,
                Option(
                    _l("something changed"),
                    _l("What differs holds from the day in the row on, and not before."),
                ),
            ),
            (
                CORRECTION,
                Option(
                    _l("the register was wrong"),
                    _l("What differs is corrected for all days; what we knew stays readable."),
                ),
            ),
        ],
        widget=forms.RadioSelect,
    )
    day = DayField(
        label=_l("Day for rows without a day of their own"),
        help_text=_l("For example 30-10-2017."),
    )
    reason = forms.CharField(
        label=_l("Reason of a correction"),
        help_text=_l("How do we know that the register was wrong?"),
        required=False,
        max_length=300,
    )
    complete = forms.BooleanField(
        label=_l("This file is complete"),
        help_text=_l(
            "What runs on that day and is not in the file, ends on that day: memberships, offices"
            " at the organisations in the file, or seats held in the bodies in the file."
        ),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A correction needs a reason."""
        given = super().clean() or {}
        if given.get("meaning") == CORRECTION and not given.get("reason"):
            self.add_error("reason", _("Fill in why the register was wrong."))
        if given.get("meaning") == CHANGE:
            given["reason"] = ""
        return given


@dataclass(frozen=True, kw_only=True)
class ImportPage(Page):
    """Choose a file; below it which columns each kind of file has."""

    form: ImportForm
    errors: ErrorSummary | None = None
    wrong: Ledger | None = None
    columns: tuple[tuple[str, Ledger], ...] = ()


@dataclass(frozen=True, kw_only=True)
class ImportCheckPage(Page):
    """What the file would change; nothing has changed yet."""

    given: Facts
    counts: Figures
    differences: Ledger
    errors: ErrorSummary | None = None
    wrong: Ledger | None = None
    fingerprint: str = ""
    back: str = ""


def import_page(request: Any, form: ImportForm, refusal: DomainError | None = None) -> ImportPage:
    """The form, with what is wrong when a file was refused."""
    return ImportPage(
        title=_("Take in a file"),
        reading=request.reading,
        lead=_("First you see what would change. Nothing changes before you say yes."),
        crumbs=(Link(_("My account"), reverse("my_account")),),
        form=form,
        errors=_summary(form, refusal),
        wrong=_wrong_rows(refusal),
        columns=tuple((str(kind.label), columns_of(kind)) for kind in KINDS.values()),
    )


def import_check_page(
    request: Any, pending: PendingImport, plan: Plan | None, refusal: DomainError | None = None
) -> ImportCheckPage:
    """The differences; ``plan`` is ``None`` when the file no longer fits the register."""
    kind = KINDS[pending.kind]
    query = Query.of(request)
    found = plan.differences if plan else []
    pager = Pager.of(query, total=len(found))
    return ImportCheckPage(
        title=_title(plan),
        reading=request.reading,
        crumbs=(Link(_("Take in a file"), reverse("import")),),
        given=_given(pending, kind),
        counts=_counts(plan),
        differences=Ledger(
            caption=_("Differences between %(file)s and the register")
            % {"file": pending.file_name},
            columns=(
                Column(_("Row")),
                Column(_("About")),
                Column(_("State")),
                Column(_("In the register")),
                Column(_("In the file")),
            ),
            rows=tuple(_difference(kind, it) for it in found[pager.slice]),
            name="differences",
            query=query,
            pager=pager,
            empty=EmptyState(_("There are no differences.")),
        ),
        errors=ErrorSummary(_("Nothing was taken in."), _mends(refusal)) if refusal else None,
        wrong=_wrong_rows(refusal),
        fingerprint=plan.fingerprint if plan and found else "",
        back=reverse("import"),
    )


def _title(plan: Plan | None) -> str:
    if plan is None:
        return _("The file does not fit the register")
    count = len(plan.differences)
    if not count:
        return _("The register already holds all of this")
    words = ngettext("%(count)s change to look at", "%(count)s changes to look at", count)
    return words % {"count": number(count)}


def _given(pending: PendingImport, kind: Kind) -> Facts:
    facts = [
        Fact(_("File"), pending.file_name),
        Fact(_("What is in the file"), str(kind.label)),
        Fact(_("Day for rows without a day"), day(pending.day)),
    ]
    if pending.reason:
        facts.append(Fact(_("Correction, because"), pending.reason))
    if pending.complete:
        facts.append(Fact(_("Complete"), _("what is not in the file ends")))
    facts.append(Fact(_("Kept until"), moment(pending.expires_at)))
    return Facts(tuple(facts))


def _counts(plan: Plan | None) -> Figures:
    if plan is None:
        return Figures(())
    return Figures(
        (
            Figure(_("new"), plan.count("new")),
            Figure(_("changed"), plan.count("changed")),
            Figure(_("ended"), plan.count("ended")),
            Figure(_("the same"), plan.same),
        )
    )


def _difference(kind: Kind, found: Difference) -> Row:
    words, state = {
        "new": (_("new"), "now"),
        "changed": (_("changed"), "past"),
        "ended": (_("ended"), "ending"),
    }[found.verb]
    old = [
        _told(kind, name, value) for name, value, _new in found.values if value not in (None, "")
    ]
    new = [_told(kind, name, value) for name, _old, value in found.values]
    line = _row(found.line) if found.line is not None else _("not in the file")
    return Row((line, found.what, Tag(words, state), "; ".join(old), "; ".join(new)))


def _row(line: int) -> str:
    return _("Row %(row)s") % {"row": number(line)}


def _told(kind: Kind, name: str, value: Any) -> str:
    """One value with the name of its column, in the reader's words."""
    field = kind.field({"valid_from": "from", "valid_until": "until"}.get(name, name))
    label = str(field.label) if field else _("membership")
    if field and field.kind == "choice" and value:
        return f"{label}: {dict(field.choices.choices).get(value, value)}"
    return f"{label}: {value if isinstance(value, Decimal) else shown(value)}"


def _summary(form: ImportForm, refusal: DomainError | None) -> ErrorSummary | None:
    """What must be mended above the form; the rows of a file stand in a table of their own."""
    if isinstance(refusal, FileRefused):
        return ErrorSummary(_("Nothing was taken in."), _mends(refusal))
    return ErrorSummary.of(form, refusal) if form.is_bound else None


def _mends(refusal: DomainError) -> tuple[Mend, ...]:
    if not isinstance(refusal, FileRefused):
        summary = ErrorSummary.of(forms.Form(), refusal)
        return summary.mends if summary else ()
    count = len(refusal.errors)
    words = ngettext(
        "%(count)s error in the file. Correct it and choose the file again.",
        "%(count)s errors in the file. Correct them and choose the file again.",
        count,
    )
    return (Mend(words % {"count": number(count)}, "#wrong"),)


def _wrong_rows(refusal: DomainError | None) -> Ledger | None:
    if not isinstance(refusal, FileRefused):
        return None
    errors = refusal.errors
    caption = _("What to correct, row by row")
    if len(errors) > SHOWN:
        caption = _("What to correct: the first %(shown)s of %(count)s errors")
        caption %= {"shown": number(SHOWN), "count": number(len(errors))}
    return Ledger(
        caption=caption,
        columns=(
            Column(_("Row")),
            Column(_("Column")),
            Column(_("What is wrong")),
            Column(_("What to do")),
        ),
        rows=tuple(
            Row(
                (
                    _row(error.params["row"]),
                    *(error.params[name] for name in ("field", "problem", "remedy")),
                )
            )
            for error in errors[:SHOWN]
        ),
    )


def differences_in(counts: Sequence[tuple[str, int]]) -> str:
    """The numbers of an import in one line, without the zeros."""
    return ", ".join(f"{number(count)} {words}" for words, count in counts if count)
