"""Forms with which a vote is led: mostly a reason and a button."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from verband.bodies.change.fields import reason_field
from verband.consultations.forms.fields import MomentField
from verband.consultations.pages.choice_words import choice_label
from verband.consultations.queries.count import QuestionCount


class PressForm(forms.Form):
    """Nothing to fill in: what follows is read, then confirmed."""


class ReasonForm(forms.Form):
    """Why."""

    reason = reason_field()


class ExtendForm(forms.Form):
    """Until when, and why."""

    closes_at = MomentField(
        label=_("Closes"), help_text=_("Later than announced, as 31-10-2017 10:00 (Dutch time).")
    )
    reason = reason_field()


class HoldOverForm(forms.Form):
    """Why nothing is decided now, and when it comes back."""

    until = forms.CharField(
        label=_("Comes back"),
        max_length=200,
        required=False,
        help_text=_("For example: the assembly of 7 June 2018."),
    )
    reason = reason_field()


class PublishForm(forms.Form):
    """How the chair or the lot settled what was tied; nothing to fill in when nothing was."""

    def __init__(self, *args: Any, tied: Sequence[QuestionCount] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in tied:
            sides = [(code, choice_label(one.asked, code)) for code in one.sides]
            self.fields[f"tie_{one.asked.key}"] = forms.ChoiceField(
                label=one.asked.fact.text,
                help_text=_("For and against are equal. How did the chair or the lot decide?"),
                choices=sides,
                widget=forms.RadioSelect,
            )

    def arguments(self) -> dict[str, Any]:
        """The values as the use case wants them."""
        ties = {name.removeprefix("tie_"): value for name, value in self.cleaned_data.items()}
        return {"ties": ties or None}
