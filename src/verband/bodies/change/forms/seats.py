"""Forms about seats, who holds them, and the links between bodies."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verband.bodies.change.fields import ThingField
from verband.bodies.change.finding import find_bodies, find_people, organisations
from verband.bodies.change.forms.base import ChangeFromForm, CorrectForm, SourceForm
from verband.bodies.models import Body, Link, LinkFact, Seat, SeatFact, Tenure

PERIOD = ("valid_from", "valid_until")
SEAT = ("role", "title", "is_voting", "profile")
BEHALF = ("on_behalf_of", "on_behalf_of_body")
TENURE = ("acting", "holds_over", "decision")


def an_organisation(label: Any) -> ThingField:
    """Any organisation, or none."""
    return ThingField(find=organisations(), label=label, required=False)


def a_body(label: Any) -> ThingField:
    """Any body, or none."""
    return ThingField(find=find_bodies, label=label, required=False)


def a_person(label: Any, **more: Any) -> ThingField:
    """Any person, or none."""
    return ThingField(find=find_people, label=label, required=False, **more)


class SeatForm(SourceForm):
    """A new seat in a body (``about``)."""

    COLUMNS = ((SeatFact, (*SEAT, *PERIOD)),)
    ORDER = ("role", "title", *PERIOD, *BEHALF, "is_voting", "substitute_of", "profile")

    on_behalf_of = an_organisation(gettext_lazy("On behalf of an organisation"))
    on_behalf_of_body = a_body(gettext_lazy("On behalf of a network"))
    substitute_of = forms.ChoiceField(label=gettext_lazy("Substitute of"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats_by_number(self.about, self.today)
        told = [(str(pk), words) for pk, words in self.seats.items()]
        cast(Any, self.fields["substitute_of"]).choices = [("", _("of nobody")), *told]

    def arguments(self) -> dict[str, Any]:
        """The seat itself instead of its number."""
        found = super().arguments()
        chosen = found.pop("substitute_of")
        return {**found, "substitute_of": Seat.objects.get(pk=chosen) if chosen else None}


def seats_by_number(body: Body, day: date | None) -> dict[int, str]:
    """The seats of a body on a day: number, and title or role. One query."""
    facts = SeatFact.objects.filter(seat__body=body).known(None)
    if day is not None:
        facts = facts.at(day)
    listed = facts.select_related("seat").order_by("seat__number")
    return {fact.seat_id: f"{fact.seat.number}. {fact}" for fact in listed}


class ChangeSeatForm(ChangeFromForm):
    """From a day on the seat has another role, title or profile."""

    COLUMNS = ((SeatFact, SEAT),)
    ORDER = ("day", "role", "title", *BEHALF)

    on_behalf_of = an_organisation(gettext_lazy("On behalf of an organisation"))
    on_behalf_of_body = a_body(gettext_lazy("On behalf of a network"))


class SeatSomeoneForm(SourceForm):
    """A person, or an organisation, takes a seat."""

    COLUMNS = ((Tenure, (*PERIOD, *TENURE)),)
    REQUIRED = ("valid_from",)
    ORDER = ("person", "organisation", *PERIOD, *TENURE)

    person = a_person(
        gettext_lazy("Person"),
        help_text=gettext_lazy("Type a function and a municipality, or a name."),
    )
    organisation = an_organisation(gettext_lazy("Or an organisation"))

    @classmethod
    def first(cls, about: Any, today: date) -> dict[str, Any]:
        """From today on."""
        return {"valid_from": today}

    def clean(self) -> dict[str, Any]:
        """Refuse a seat for nobody, and for two."""
        given = super().clean()
        both_read = "person" in given and "organisation" in given
        if both_read and bool(given["person"]) == bool(given["organisation"]):
            self.add_error("person", _("Choose a person or an organisation, and not both."))
        return given


class CorrectTenureForm(CorrectForm):
    """Somebody else held the seat, or in another period."""

    COLUMNS = ((Tenure, (*PERIOD, *TENURE)),)
    ORDER = ("person", "organisation", *PERIOD)

    person = ThingField(find=find_people, label=gettext_lazy("Person"))
    organisation = ThingField(find=organisations(), label=gettext_lazy("Organisation"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held_by_person = self.about is not None and self.about.person_id is not None
        del self.fields["organisation" if held_by_person else "person"]


class LinkForm(SourceForm):
    """A new link from a body (``about``) to another."""

    COLUMNS = ((Link, ("kind",)), (LinkFact, ("note", *PERIOD)))
    REQUIRED = ("valid_from",)
    ORDER = ("kind", "to_body", "person", *PERIOD)

    to_body = ThingField(find=find_bodies, label=gettext_lazy("To which body or network"))
    person = a_person(gettext_lazy("Carried by"))


class CorrectLinkForm(CorrectForm):
    """The link was never so."""

    COLUMNS = ((LinkFact, ("note", *PERIOD)),)
    ORDER = ("person", *PERIOD)

    person = a_person(gettext_lazy("Carried by"))
