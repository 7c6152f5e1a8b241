"""Fields of the change forms: choose a thing by its words, several by a line each, a reason."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms.models import fields_for_model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verband.bodies.change.finding import Chosen, Find
from verband.ui.forms import DayField

MANY_LINES = 40
LONGEST = 200  # characters of the words to search by
HIGHEST = 100_000_000  # no number of people or votes is higher


class ThingInput(forms.Widget):
    """Words to search by and, once something was found, the matches to choose from.

    ``shown`` are the matches; the picked key counts only for the words it was shown with.
    """

    template_name = "bodies/change/thing_input.html"

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Chosen] = []

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str, str]:
        """What was typed, what was picked, and for which words it was offered."""
        return (
            str(data.get(name, "")).replace("\0", "").strip()[:LONGEST],
            str(data.get(f"{name}_pick", "")),
            str(data.get(f"{name}_words", "")),
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether the field was not on the form that was sent."""
        return name not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """What the template draws."""
        context = super().get_context(name, None, attrs)
        if isinstance(value, Chosen):
            self.shown, value = self.shown or [value], (value.label, value.key, value.label)
        words, picked, _offered = value or ("", "", "")
        context["widget"].update(words=words, picked=picked, shown=self.shown)
        return context


class ThingField(forms.Field):
    """One person, organisation or body, found by words; the answer is a ``Chosen``.

    One match is taken at once; of several one is chosen; nothing typed is lost.
    """

    widget = ThingInput

    def __init__(self, *, find: Find, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Type a word or two. If more fits, you choose next."))
        super().__init__(template_name="bodies/change/thing_field.html", **kwargs)
        self.find = find
        self.day: date | None = None

    def clean(self, value: Any) -> Chosen | None:
        """The thing that was chosen.

        Raises:
            ValidationError: nothing was typed, nothing fits, or more fits and none was chosen.
        """
        words, picked, offered = value if isinstance(value, tuple) else ("", "", "")
        if not words:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        found = self.find(words, self.day or date.max)
        if picked and words == offered and picked not in {one.key for one in found}:
            found = [one for one in self.find(picked, self.day or date.max) if one.key == picked]
        self.widget.shown = found
        if not found:
            sentence = gettext("Nothing in the register fits “%(words)s”. Try another word.")
            raise ValidationError(sentence % {"words": words}, code="nothing")
        if picked and words == offered:
            chosen = next((one for one in found if one.key == picked), None)
            if chosen is not None:
                return chosen
        if len(found) == 1:
            return found[0]
        exact = [one for one in found if one.label.lower() == words.lower()]
        if len(exact) == 1:
            return exact[0]
        raise ValidationError(gettext("Choose whom or what you mean below."), code="choose")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another thing was chosen than the one that was shown."""
        words, picked, offered = data if isinstance(data, tuple) else ("", "", "")
        if not isinstance(initial, Chosen):
            return bool(words)
        return bool(words != initial.label or (words == offered and picked != initial.key))


class ThingsField(forms.CharField):
    """Several things, one on each line; the answer is a list of ``Chosen``."""

    def __init__(self, *, find: Find, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(**kwargs)
        self.find = find
        self.day: date | None = None

    def clean(self, value: Any) -> Any:
        """The things, in the order of the lines, each once.

        Raises:
            ValidationError: every line that fits nothing, or more than one thing.
        """
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MANY_LINES:
            raise ValidationError(gettext("Give at most forty lines."), code="many")
        found: dict[str, Chosen] = {}
        wrong: list[str] = []
        for line in lines:
            one = self._one(line, wrong)
            if one is not None:
                found[one.key] = one
        if wrong:
            raise ValidationError([ValidationError(text, code="line") for text in wrong])
        return list(found.values())

    def _one(self, line: str, wrong: list[str]) -> Chosen | None:
        fits = self.find(line, self.day or date.max)
        exact = [one for one in fits if line.lower() in (one.label.lower(), one.key.lower())]
        if len(fits) == 1 or len(exact) == 1:
            return (exact or fits)[0]
        if not fits:
            wrong.append(gettext("Nothing in the register fits “%(words)s”.") % {"words": line})
        else:
            names = "; ".join(f"{one.label} ({one.key})" for one in (exact or fits))
            told = gettext("“%(words)s” may be %(names)s. Write the name or the key in full.")
            wrong.append(told % {"words": line, "names": names})
        return None


def reason_field() -> forms.CharField:
    """Why: every correction and ending is explained."""
    return forms.CharField(
        label=_("Reason"),
        help_text=_("Your reason becomes part of the register."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": _("Write why. Your reason becomes part of the register.")},
    )


def first_day(**kwargs: Any) -> DayField:
    """The first day on which something holds."""
    kwargs.setdefault("label", _("From"))
    return DayField(**kwargs)


def first_day_no_longer(**kwargs: Any) -> DayField:
    """The day on which something no longer holds."""
    kwargs.setdefault("label", _("Until"))
    kwargs.setdefault("help_text", _("The first day that no longer counts."))
    return DayField(**kwargs)


def model_fields(model: type[models.Model], names: Iterable[str]) -> dict[str, forms.Field]:
    """Fields for columns of a model, with its words and limits; days as we type them."""
    made: dict[str, forms.Field] = fields_for_model(
        model, fields=list(names), formfield_callback=_one_field
    )
    return made


def _one_field(column: Any, **kwargs: Any) -> forms.Field | None:
    if column.name == "valid_from":
        return first_day(required=False, help_text=_("Empty: since before the register begins."))
    if column.name == "valid_until":
        return first_day_no_longer(
            required=False, help_text=_("The first day that no longer counts. Empty: no end known.")
        )
    if isinstance(column, models.DateField):
        return DayField(label=_capital(column), required=not column.blank)
    field: forms.Field | None = column.formfield(**kwargs)
    if isinstance(field, forms.IntegerField) and not isinstance(field, forms.DecimalField):
        field.max_value = HIGHEST
        field.validators.append(MaxValueValidator(HIGHEST))
    if field is None:
        return None
    if isinstance(field, forms.TypedChoiceField):
        listed: list[tuple[Any, Any]] = list(field.choices)  # type: ignore[arg-type]
        field.choices = [(value, label if value else "–") for value, label in listed]
    bounds = [v for v in column.validators if isinstance(v, (MinValueValidator, MaxValueValidator))]
    field.validators.extend(bounds)
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs["rows"] = 3
    return field


def _capital(column: Any) -> str:
    words = str(column.verbose_name)
    return words[:1].upper() + words[1:]
