"""Forms about organisations, membership, inhabitants and the voting key."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verband.bodies.change.fields import HIGHEST, ThingField, first_day
from verband.bodies.change.finding import organisations
from verband.bodies.change.forms.base import ChangeForm, ChangeFromForm, CorrectForm, SourceForm
from verband.kernel.two_times import Certainty
from verband.members.models import (
    Membership,
    Organisation,
    OrganisationFact,
    OrganisationKind,
    VotingKeyFact,
)

RESERVED = frozenset({"new", "successions"})
PERIOD = ("valid_from", "valid_until")
PLACE = ("latitude", "longitude")
KEY_HINT = gettext_lazy("Small letters, digits and hyphens. Empty: made from the code or the name.")


def a_province() -> ThingField:
    """The province in which a municipality lies."""
    return ThingField(
        find=organisations(OrganisationKind.PROVINCE),
        label=gettext_lazy("Province"),
        required=False,
    )


class OrganisationForm(SourceForm):
    """A new organisation."""

    COLUMNS = (
        (Organisation, ("kind", "code")),
        (OrganisationFact, ("name", "name_en", "abbreviation", *PLACE, "purpose", *PERIOD)),
    )
    ORDER = (
        *("kind", "name", "code", "province", "is_member", *PERIOD),
        *("abbreviation", "name_en", "purpose", *PLACE, "key"),
    )

    province = a_province()
    is_member = forms.BooleanField(
        label=gettext_lazy("Is a member of the association in that period"), required=False
    )
    key = forms.SlugField(
        label=gettext_lazy("Key in the address"), help_text=KEY_HINT, max_length=80, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a key that another page has."""
        given = super().clean()
        given["key"] = given.get("key") or slugify(given.get("code") or given.get("name") or "")
        if given["key"] in RESERVED or ("name" in given and not given["key"]):
            self.add_error("key", _("Choose another key: this one cannot be an address."))
        return given


class ChangeOrganisationForm(ChangeFromForm):
    """From a day on the organisation is called, or lies, otherwise."""

    COLUMNS = ((OrganisationFact, ("name", "name_en", "abbreviation", "purpose", *PLACE)),)
    ORDER = ("day", "name", "province")

    province = a_province()


class CorrectOrganisationForm(CorrectForm):
    """The particulars were never so."""

    COLUMNS = ((OrganisationFact, ("name", "name_en", "abbreviation", "purpose", *PLACE, *PERIOD)),)
    ORDER = ("name", "province", *PERIOD)

    province = a_province()


class AdmitForm(SourceForm):
    """An organisation becomes a member."""

    COLUMNS = ((Membership, PERIOD),)
    REQUIRED = ("valid_from",)


class CorrectMembershipForm(CorrectForm):
    """The membership was never in that period."""

    COLUMNS = ((Membership, PERIOD),)


class PopulationForm(ChangeForm):
    """How many people live there on a reference date."""

    ORDER = ("reference_date", "inhabitants", "source", "certainty")

    reference_date = first_day(
        label=gettext_lazy("Reference date"),
        help_text=gettext_lazy("The figure applies from this day until a later one does."),
    )
    inhabitants = forms.IntegerField(
        label=gettext_lazy("Inhabitants"), min_value=0, max_value=HIGHEST
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300)
    certainty = forms.ChoiceField(
        label=gettext_lazy("Certainty"), choices=Certainty.choices, initial=Certainty.CERTAIN
    )


class CorrectPopulationForm(CorrectForm):
    """The figure was wrong, or a definitive one takes the place of a provisional one."""

    ORDER = ("inhabitants", "source", "certainty")

    inhabitants = forms.IntegerField(
        label=gettext_lazy("Inhabitants"), min_value=0, max_value=HIGHEST
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300)
    certainty = forms.ChoiceField(label=gettext_lazy("Certainty"), choices=Certainty.choices)

    @classmethod
    def first(cls, about: Any, today: Any) -> dict[str, Any]:
        """The figure as it is known now."""
        return {
            "inhabitants": about.inhabitants,
            "source": about.source,
            "certainty": about.certainty,
        }


KEY = ("per", "rounding", "minimum", "cap", "article", "note")


class VotingKeyForm(SourceForm):
    """From a day on another key makes votes of inhabitants."""

    COLUMNS = ((VotingKeyFact, ("valid_from", *KEY)),)
    REQUIRED = ("valid_from",)
    ORDER = ("valid_from", *KEY)

    def clean(self) -> dict[str, Any]:
        """Refuse a highest number of votes below the lowest."""
        return cap_not_below_minimum(self, super().clean())


class CorrectVotingKeyForm(CorrectForm):
    """The statutes never read as the register said."""

    COLUMNS = ((VotingKeyFact, KEY),)

    def clean(self) -> dict[str, Any]:
        """Refuse a highest number of votes below the lowest."""
        return cap_not_below_minimum(self, super().clean())


def cap_not_below_minimum(form: forms.Form, given: dict[str, Any]) -> dict[str, Any]:
    """Refuse a key of which nobody can have a number of votes."""
    cap, minimum = given.get("cap"), given.get("minimum")
    if cap is not None and minimum is not None and cap < minimum:
        form.add_error("cap", _("At most cannot be lower than at least."))
    return given
