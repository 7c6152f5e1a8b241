"""What every change form has: what it is about, the day, and values as the use case wants them."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verband.bodies.change.fields import (
    ThingField,
    ThingsField,
    first_day_no_longer,
    model_fields,
    reason_field,
)
from verband.bodies.change.finding import Chosen, as_chosen
from verband.core.errors import DomainError
from verband.core.period import Period
from verband.kernel.two_times import Certainty
from verband.ui.forms import DayField
from verband.ui.wording import sentence


class ChangeForm(forms.Form):
    """A form about one thing or fact (``about``) on a day (``today``).

    ``COLUMNS`` of models become fields with the model's own words; those in ``REQUIRED`` must be
    filled in; ``ORDER`` is the order on the page.
    """

    COLUMNS: ClassVar[tuple[tuple[type[models.Model], tuple[str, ...]], ...]] = ()
    REQUIRED: ClassVar[tuple[str, ...]] = ()
    ORDER: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, about: Any = None, today: date | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.about, self.today = about, today
        columns: dict[str, forms.Field] = {}
        for model, names in self.COLUMNS:
            columns.update(model_fields(model, names))
        self.fields = {**columns, **self.fields}
        for name in self.REQUIRED:
            self.fields[name].required = True
            self.fields[name].help_text = ""
        self.order_fields(self.ORDER or None)
        for field in self.fields.values():
            if isinstance(field, (ThingField, ThingsField)):
                field.day = today

    @classmethod
    def first(cls, about: Any, today: date) -> dict[str, Any]:
        """What stands in the form when it is opened: the fact as it is known now."""
        names = [name for _model, columns in cls.COLUMNS for name in columns]
        found = {name: getattr(about, name) for name in names if hasattr(about, name)}
        for name, field in cls.base_fields.items():
            if isinstance(field, ThingField) and hasattr(about, name):
                found[name] = as_chosen(getattr(about, name), today)
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse an end that does not lie after the start, beside the end."""
        given = super().clean() or self.cleaned_data
        if "valid_from" in given and "valid_until" in given:
            try:
                Period(given["valid_from"], given["valid_until"])
            except DomainError as refusal:
                self.add_error("valid_until", sentence(refusal))
        return given

    def arguments(self) -> dict[str, Any]:
        """The values as keywords of the use case: things instead of choices."""
        return {name: _plain(value) for name, value in self.cleaned_data.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Chosen):
        return value.thing
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


class SourceForm(ChangeForm):
    """A new fact says where it comes from and how sure that is."""

    source = forms.CharField(label=gettext_lazy("Source"), max_length=300, required=False)
    certainty = forms.ChoiceField(
        label=gettext_lazy("Certainty"),
        choices=Certainty.choices,
        initial=Certainty.CERTAIN,
    )


class EndForm(ChangeForm):
    """When something ends, and why."""

    day = first_day_no_longer(label=gettext_lazy("Ends on"))
    reason = reason_field()

    @classmethod
    def first(cls, about: Any, today: date) -> dict[str, Any]:
        """Today, unless it begins later or has ended."""
        period = getattr(about, "period", Period())
        return {"day": today} if today in period and today != period.start else {}


class CorrectForm(ChangeForm):
    """It was never so: everything as it should have read, and how we know."""

    reason = reason_field()

    def clean(self) -> dict[str, Any]:
        """Refuse a correction that corrects nothing."""
        given = super().clean()
        if not self.errors and not set(self.changed_data) - {"reason"}:
            self.add_error(None, _("Nothing reads otherwise than it did. Correct something."))
        return given


class ChangeFromForm(ChangeForm):
    """From a day on it reads otherwise; before that day it stays as it was."""

    day = DayField(
        label=gettext_lazy("From which day"),
        help_text=gettext_lazy("Before this day everything stays as it was."),
    )

    @classmethod
    def first(cls, about: Any, today: date) -> dict[str, Any]:
        """The fact as it is, from today on."""
        return {**super().first(about, today), "day": today}

    def clean(self) -> dict[str, Any]:
        """Refuse a change that changes nothing."""
        given = super().clean()
        if not self.errors and not set(self.changed_data) - {"day"}:
            self.add_error(None, _("Nothing reads otherwise than it did. Change something."))
        return given


class WithdrawForm(ChangeForm):
    """It was never so, and nothing takes its place."""

    reason = reason_field()
