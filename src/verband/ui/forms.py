"""Forms in the house style: label, description, error and control in one field template."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from verband.core.errors import DomainError
from verband.ui.reading import parse_day
from verband.ui.wording import sentence, typed


class Renderer(TemplatesSetting):
    """Draws every form and field with our templates (setting ``FORM_RENDERER``)."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"


@dataclass(frozen=True)
class Option:
    """The words of a radio option: what it is called, and what it means."""

    label: Any
    description: Any = ""

    def __str__(self) -> str:
        return str(self.label)


class DayInput(forms.TextInput):
    """A short text that shows a day as 30-10-2017."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "class": "vb-short", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """The day as people type it; what was typed wrongly stays as it was."""
        return typed(value) if isinstance(value, date) else super().format_value(value)


class DayField(forms.Field):
    """A day, typed as 30-10-2017."""

    widget = DayInput
    default_error_messages = {"required": _("Fill in a day, as 30-10-2017.")}

    def to_python(self, value: Any) -> date | None:
        """The day; refused in the words of the register when it cannot be read."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return parse_day(str(value))
        except DomainError as refusal:
            raise forms.ValidationError(sentence(refusal), code=refusal.code) from refusal


def first_control(field: forms.BoundField) -> str:
    """The id that an error links to: the control, or the first option of a group."""
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.auto_id)
