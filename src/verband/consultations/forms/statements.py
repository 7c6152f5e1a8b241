"""Forms of a deliberation: put a statement, and say why one is parked, merged or judged anew."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from verband.consultations.queries.statements import Put
from verband.consultations.use_cases.statements import MOST_LETTERS

LONGEST_REASON = 300


class PutForm(forms.Form):
    """A statement on behalf of whoever asks."""

    text = forms.CharField(
        label=_("Statement"),
        help_text=_("One thought in at most 140 characters, to agree or disagree with."),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WhyForm(forms.Form):
    """Why, and what the moderator saw standing."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The author and everybody else can read it."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why. The author and everybody else can read it.")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def arguments(self) -> dict[str, Any]:
        """The values as the use case wants them."""
        return {**self.cleaned_data, "seen": self.cleaned_data.get("seen") or 0}


class MergeForm(WhyForm):
    """Into which statement, and why."""

    field_order = ("into", "reason", "seen")

    def __init__(self, *args: Any, puts: Iterable[Put] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.puts = {str(one.statement.pk): one for one in puts}
        self.fields["into"] = forms.ChoiceField(
            label=_("Into"),
            help_text=_("The statement that stands for both. Votes move along."),
            choices=[(pk, f"{one.number}. {one.statement.text}") for pk, one in self.puts.items()],
            error_messages={"required": _("Choose a statement.")},
        )
        self.order_fields(self.field_order)

    def arguments(self) -> dict[str, Any]:
        """The values as the use case wants them."""
        values = super().arguments()
        return {**values, "into": self.puts[values["into"]].statement}
