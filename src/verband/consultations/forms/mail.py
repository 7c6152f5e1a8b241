"""Which mail somebody wants."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from verband.consultations.kinds import NoticeKind


class MailChoiceForm(forms.Form):
    """Mail that asks nothing; mail that asks something cannot be chosen away."""

    published = forms.BooleanField(
        label=_("The result of what I was asked"),
        required=False,
        help_text=_("One mail, when a result is published."),
    )
    digest = forms.BooleanField(
        label=_("The daily digest"),
        required=False,
        help_text=_("On weekdays at seven, when something happened that asks nothing of you."),
    )

    def arguments(self) -> dict[str, Any]:
        """The choice for each kind of mail."""
        kinds = (NoticeKind.PUBLISHED, NoticeKind.DIGEST)
        return {"choices": {kind.value: self.cleaned_data[kind.value] for kind in kinds}}
