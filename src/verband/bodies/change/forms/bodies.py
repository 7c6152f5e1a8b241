"""Forms about bodies: set up, describe, prolong, end; their goals and what they cover."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verband.bodies.change.fields import ThingField, first_day_no_longer, reason_field
from verband.bodies.change.finding import find_bodies, organisations
from verband.bodies.change.forms.base import (
    ChangeForm,
    ChangeFromForm,
    CorrectForm,
    EndForm,
    SourceForm,
)
from verband.bodies.kinds import CoverKind
from verband.bodies.models import BodyFact, BodyTerm, Coverage, GoalFact
from verband.members.models import OrganisationKind
from verband.ui.forms import DayField

RESERVED = frozenset({"new", "ends-soon", "without-end", "without-liaison"})
PERIOD = ("valid_from", "valid_until")
NAME = ("name", "name_en", "abbreviation", "purpose", "purpose_en")
WORKING = ("support", "deciding", "our_role", "intensity", "interests", "member_count")
TERM = ("is_temporary", "review_on", "decision", "after_end")


def a_parent() -> ThingField:
    """The body that this one belongs to."""
    return ThingField(find=find_bodies, label=gettext_lazy("Belongs to"), required=False)


class BodyForm(SourceForm):
    """A new body or network."""

    COLUMNS = ((BodyFact, ("kind", *NAME, *WORKING, *PERIOD)), (BodyTerm, TERM))
    REQUIRED = ("valid_from",)
    ORDER = ("kind", "name", "purpose", *PERIOD, *TERM, "parent", *NAME, *WORKING, "key")

    parent = a_parent()
    key = forms.SlugField(
        label=gettext_lazy("Key in the address"),
        help_text=gettext_lazy(
            "Small letters, digits and hyphens. Empty: made from the abbreviation or the name."
        ),
        max_length=80,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a key that another page has."""
        given = super().clean()
        made = slugify(given.get("abbreviation") or given.get("name") or "")[:80]
        given["key"] = given.get("key") or made
        if given["key"] in RESERVED or ("name" in given and not given["key"]):
            self.add_error("key", _("Choose another key: this one cannot be an address."))
        return given


class ChangeBodyForm(ChangeFromForm):
    """From a day on the body is called, or works, otherwise."""

    COLUMNS = ((BodyFact, ("kind", *NAME, *WORKING)),)
    ORDER = ("day", "kind", *NAME, "parent")

    parent = a_parent()


class CorrectBodyForm(CorrectForm):
    """The description was never so."""

    COLUMNS = ((BodyFact, ("kind", *NAME, *WORKING, *PERIOD)),)
    ORDER = ("kind", *NAME, "parent", *WORKING, *PERIOD)

    parent = a_parent()


class CorrectTermForm(CorrectForm):
    """The period, the review or the decision was never so."""

    COLUMNS = ((BodyTerm, (*PERIOD, *TERM)),)


class ProlongForm(ChangeForm):
    """A temporary body goes on, by a decision and with a reason."""

    ORDER = ("until", "review_on", "decision", "reason")

    until = first_day_no_longer(label=gettext_lazy("New end"))
    review_on = DayField(
        label=gettext_lazy("Review on"),
        required=False,
        help_text=gettext_lazy("Empty: the review stays on the day that was planned."),
    )
    decision = forms.CharField(label=gettext_lazy("By decision"), max_length=200)
    reason = reason_field()


class EndBodyForm(EndForm):
    """When the body ends, why, and where its work goes."""

    after_end = forms.CharField(
        label=gettext_lazy("Where the work goes afterwards"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


GOAL = ("text", "measure", "due_on", "state")


class GoalForm(SourceForm):
    """A new concrete goal."""

    COLUMNS = ((GoalFact, (*GOAL, *PERIOD)),)
    REQUIRED = ("valid_from",)


class ChangeGoalForm(ChangeFromForm):
    """From a day on the goal reads otherwise, is reached, or is dropped."""

    COLUMNS = ((GoalFact, GOAL),)
    ORDER = ("day",)


class CoverForm(SourceForm):
    """The body covers a ministry, a task field or a theme."""

    COLUMNS = ((Coverage, ("kind", "label", *PERIOD)),)
    ORDER = ("kind", "ministry", "label", *PERIOD)

    ministry = ThingField(
        find=organisations(OrganisationKind.MINISTRY),
        label=gettext_lazy("Ministry"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a ministry and a label together, and neither."""
        given = super().clean()
        if given.get("kind") == CoverKind.MINISTRY:
            if "ministry" in given and not given["ministry"]:
                self.add_error("ministry", _("Choose a ministry."))
            given["label"] = ""
        elif given.get("kind"):
            if "label" in given and not given["label"]:
                self.add_error("label", _("Write which task field or theme."))
            given["ministry"] = None
        return given
