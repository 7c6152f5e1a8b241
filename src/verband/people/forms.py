"""Forms about accounts and roles."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from verband.people.models import RoleKind
from verband.ui.forms import DayField


class OpenAccountForm(forms.Form):
    """The address with which somebody signs in."""

    email = forms.EmailField(
        label=_("Mail address"),
        max_length=254,
        help_text=_("The code to sign in goes here. Take the address of the person's own work."),
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea({"rows": 3}),
        max_length=1000,
        help_text=_("Your reason becomes part of the register."),
    )


class NothingForm(forms.Form):
    """Nothing to fill in: only whether it is right."""


class GiveRoleForm(forms.Form):
    """A role and its days."""

    kind = forms.ChoiceField(label=_("Role"), choices=RoleKind.choices, widget=forms.RadioSelect)
    start = DayField(label=_("First day"))
    last = DayField(label=_("Last day"), required=False)

    def arguments(self) -> dict[str, Any]:
        """The last day still counts."""
        last = self.cleaned_data["last"]
        return {
            "kind": RoleKind(self.cleaned_data["kind"]),
            "valid_from": self.cleaned_data["start"],
            "valid_until": last + timedelta(days=1) if last else None,
        }


class EndRoleForm(forms.Form):
    """The last day of a role."""

    last = DayField(
        label=_("Last day"),
        help_text=_("The role gives access on this day, and no longer afterwards."),
    )

    def arguments(self) -> dict[str, Any]:
        """The day after it is the first without."""
        return {"day": self.cleaned_data["last"] + timedelta(days=1)}
