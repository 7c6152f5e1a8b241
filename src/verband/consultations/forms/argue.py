"""A reason of a member for or against."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from verband.consultations.kinds import Side
from verband.consultations.models import RollLine
from verband.consultations.queries.standing import Asked


class ArgueForm(forms.Form):
    """Side and text; the question and the municipality when there is something to choose.

    The view reads the municipality itself, because who may do it depends on it.
    """

    side = forms.ChoiceField(
        label=_("On which side"),
        choices=[
            (Side.FOR, _("For")),
            (Side.AGAINST, _("Against")),
            (Side.NEITHER, _("Neither: a remark")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for, against or neither.")},
    )
    text = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Everybody reads this with your municipality and your function. Do not name persons."
        ),
        error_messages={"required": _("Write the reason.")},
    )

    def __init__(
        self, *args: Any, questions: Sequence[Asked], lines: Sequence[RollLine], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {asked.key: asked.question for asked in questions}
        if len(questions) > 1:
            self.fields["question"] = forms.ChoiceField(
                label=_("About which question"),
                required=False,
                choices=[("", _("The whole consultation"))]
                + [(asked.key, f"{asked.key}. {asked.fact.text}") for asked in questions],
            )
        if len(lines) > 1:
            self.fields["member"] = forms.ChoiceField(
                label=_("On behalf of"),
                choices=[(line.member.key, line.name) for line in lines],
            )
        self.order_fields(["member", "question", "side", "text"])

    def arguments(self) -> Mapping[str, Any]:
        """What the use case gets."""
        given = self.cleaned_data
        return {
            "side": given["side"],
            "text": given["text"].strip(),
            "question": self.questions.get(given.get("question", "")),
        }
