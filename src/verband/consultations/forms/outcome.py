"""Forms with which an owner states the outcome, and objections are made and answered."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verband.bodies.change.fields import ThingField, reason_field
from verband.bodies.change.finding import as_chosen, find_bodies
from verband.consultations.forms.preparing import LONG, text_field
from verband.consultations.kinds import Verdict
from verband.consultations.models import OutcomeStatement
from verband.ui.forms import DayField, Option
from verband.ui.reading import Reading

MEANINGS = {
    Verdict.POSITION: _("The association speaks for all members."),
    Verdict.RESERVATION: _("One position, with the members named that stand apart."),
    Verdict.PER_SEGMENT: _("The association tells for each group what it wants."),
    Verdict.NO_POSITION: _("The members want something different; the association says so."),
    Verdict.REJECTED: _("The members do not want this."),
    Verdict.UNDECIDED: _("There was no valid decision."),
}


class OutcomeForm(forms.Form):
    """What came of it. ``segments`` are (dimension, code, name) of whom a position can be told."""

    verdict = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect)
    why_other = text_field(
        _("Why the outcome differs from what is suggested"),
        help_text=_("Needed when you choose another outcome; it stands beside it for all to read."),
    )
    statement = text_field(_("What the association says"), required=True)
    reasons = text_field(_("Reasons"))
    next_steps = text_field(_("What happens now"))
    goes_to = ThingField(label=_("Goes on to"), find=find_bodies, required=False)
    review_on = DayField(label=_("Review on"), required=False)

    def __init__(
        self,
        *args: Any,
        reading: Reading,
        suggested: Verdict | None,
        segments: tuple[tuple[str, str, str], ...],
        outcome: OutcomeStatement | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.segments = segments
        self.fields["verdict"].choices = [  # type: ignore[attr-defined]
            (verdict.value, _option(verdict, suggested)) for verdict in Verdict
        ]
        self.fields["goes_to"].day = reading.day  # type: ignore[attr-defined]
        for place, (_dimension, _code, name) in enumerate(segments):
            self.fields[f"position_{place}"] = text_field(
                gettext("Position of %(segment)s") % {"segment": name}, rows=2
            )
        if outcome is not None:
            self.fields["reason"] = reason_field()
            self.initial = {**self._first(outcome, reading), **self.initial}
        elif suggested is not None:
            self.initial.setdefault("verdict", suggested.value)

    def _first(self, outcome: OutcomeStatement, reading: Reading) -> dict[str, Any]:
        names = ("verdict", "why_other", "statement", "reasons", "next_steps", "review_on")
        told = {(one["dimension"], one["segment"]): one["text"] for one in outcome.positions}
        positions = {
            f"position_{place}": told.get((dimension, code), "")
            for place, (dimension, code, _name) in enumerate(self.segments)
        }
        goes_to = as_chosen(outcome.goes_to, reading.day)
        return {name: getattr(outcome, name) for name in names} | positions | {"goes_to": goes_to}

    def arguments(self) -> dict[str, Any]:
        """What the use case asks."""
        values = dict(self.cleaned_data)
        positions = [
            {"dimension": dimension, "segment": code, "text": text}
            for place, (dimension, code, _name) in enumerate(self.segments)
            if (text := values.pop(f"position_{place}", "").strip())
        ]
        chosen = values.pop("goes_to")
        return {**values, "goes_to": chosen.thing if chosen else None, "positions": positions}


def _option(verdict: Verdict, suggested: Verdict | None) -> Option:
    words = capfirst(str(verdict.label))
    if verdict == suggested:
        words += f" ({gettext('suggested')})"
    return Option(words, MEANINGS[verdict])


class ObjectionForm(forms.Form):
    """What is wrong with the result."""

    text = forms.CharField(
        label=_("Objection"),
        help_text=_("Everybody can read it, with the name of your municipality."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=2_000,
        error_messages={"required": _("Write what is wrong with the result.")},
    )


class ObjectionAnswerForm(forms.Form):
    """Whether it is right, and why."""

    is_upheld = forms.TypedChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        choices=[
            ("no", Option(_("Not upheld"), _("The result stands."))),
            ("yes", Option(_("Upheld"), _("The result does not become final; vote again."))),
        ],
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 5})
    )
