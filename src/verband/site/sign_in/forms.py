"""The two fields of signing in by mail."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """The mail address, and nothing else."""

    login = forms.EmailField(
        label=_("Mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "autocapitalize": "none"}),
    )

    def clean_login(self) -> str:
        """Addresses are compared without regard to case."""
        return str(self.cleaned_data["login"]).strip().lower()


class CodeForm(ConfirmLoginCodeForm):
    """The code of the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("Code")
        field.widget = forms.TextInput(
            {
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "vb-short",
                "maxlength": 20,
            }
        )
