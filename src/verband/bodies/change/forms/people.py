"""Forms about people: who is in the register, and how they are called."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verband.bodies.change.fields import first_day
from verband.bodies.change.forms.base import ChangeForm, ChangeFromForm, CorrectForm, SourceForm
from verband.people.models import PersonFact


class _Called(ChangeForm):
    """A person is known by a name, by a function, or by both."""

    def clean(self) -> dict[str, Any]:
        """Refuse a person of whom nothing is known."""
        given = super().clean()
        if not given.get("name") and not given.get("summary"):
            self.add_error("summary", _("Fill in a name, or what the person is known as."))
        return given


class PersonForm(_Called, SourceForm):
    """A new person."""

    COLUMNS = ((PersonFact, ("summary", "name", "gender")),)
    ORDER = ("summary", "name", "gender", "day", "key")

    day = first_day(
        required=False,
        label=gettext_lazy("Known since"),
        help_text=gettext_lazy("Empty: since before the register begins."),
    )
    key = forms.SlugField(
        label=gettext_lazy("Key in the address"),
        help_text=gettext_lazy("Says nothing about the person. Empty: the register makes one."),
        max_length=60,
        required=False,
    )

    def arguments(self) -> dict[str, Any]:
        """With a key that says nothing when none was given."""
        found = super().arguments()
        return {**found, "key": found["key"] or f"p-{secrets.token_hex(5)}"}


class RenamePersonForm(_Called, ChangeFromForm):
    """From a day on a person is called otherwise."""

    COLUMNS = ((PersonFact, ("summary", "name")),)
    ORDER = ("day",)


class CorrectPersonForm(_Called, CorrectForm):
    """A person was never called so."""

    COLUMNS = ((PersonFact, ("summary", "name", "gender")),)
