"""Forms with which a member says who votes for it, and lets another vote."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verband.bodies.change.fields import ThingField, first_day, first_day_no_longer, reason_field
from verband.bodies.change.finding import organisations
from verband.consultations.kinds import NamedBy, VoterRank
from verband.consultations.pages.choice_words import choices_of
from verband.consultations.queries.standing import Asked
from verband.members.models import OrganisationKind
from verband.members.people_labels import Called
from verband.people.models import Person
from verband.ui.forms import DayField

FEW = 6  # that can be read at once


class NameVoterForm(forms.Form):
    """Who votes, in which rank, how that was made known, and when it counts.

    ``officials``: who holds an office at the member; ``lasting``: for all votes, during a period.
    """

    rank = forms.ChoiceField(
        label=_("As"),
        choices=[(r.value, capfirst(str(r.label))) for r in VoterRank],
        widget=forms.RadioSelect,
        initial=VoterRank.VOTER,
    )
    person = forms.ChoiceField(
        label=_("Who"),
        error_messages={"required": _("Choose somebody who holds an office here.")},
    )
    valid_from = first_day(required=False, help_text=_("Empty: from today."))
    valid_until = first_day_no_longer(
        required=False, help_text=_("The first day that no longer counts. Empty: no end.")
    )
    how = forms.ChoiceField(label=_("Made known"), choices=NamedBy.choices, initial=NamedBy.FORM)
    decided_by = forms.CharField(
        label=_("Decided by"),
        max_length=200,
        required=False,
        help_text=_("For example: the executive, on 24 October 2017."),
    )

    def __init__(
        self,
        *args: Any,
        officials: list[Called],
        lasting: bool,
        by_bureau: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        listed = [(one.key, capfirst(str(one))) for one in officials]
        if len(listed) <= FEW:
            person.widget = forms.RadioSelect()
            person.choices = listed
        else:
            person.choices = [("", "–"), *listed]
        how: Any = self.fields["how"]
        if by_bureau:
            how.choices = [(NamedBy.LETTER.value, NamedBy.LETTER.label)]
            how.initial = NamedBy.LETTER
            self.fields["decided_by"].required = True
        if not lasting:
            del self.fields["valid_from"], self.fields["valid_until"]

    def arguments(self) -> dict[str, Any]:
        """The values as the use case wants them."""
        given = dict(self.cleaned_data)
        return {**given, "person": Person.objects.get(key=given["person"])}


class RevokeNamingForm(forms.Form):
    """From when on somebody no longer votes, and why."""

    day = DayField(label=_("From which day"), required=False, help_text=_("Empty: from today."))
    reason = reason_field()

    def __init__(self, *args: Any, lasting: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not lasting:
            del self.fields["day"]


class GiveProxyForm(forms.Form):
    """Which member votes for us, and how: for each question free, or as instructed."""

    holder = ThingField(
        label=_("Which municipality votes for you"),
        find=organisations(OrganisationKind.MUNICIPALITY),
    )

    def __init__(
        self, *args: Any, today: date, questions: list[Asked] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        holder: Any = self.fields["holder"]
        holder.day = today
        self.questions = questions or []
        for asked in self.questions:
            choices = [(choice.code, choice.label) for choice in choices_of(asked)]
            self.fields[f"instruction_{asked.key}"] = forms.ChoiceField(
                label=asked.fact.text,
                choices=[("", gettext("free: the holder chooses")), *choices],
                required=False,
            )

    def arguments(self) -> dict[str, Any]:
        """The values as the use case wants them."""
        given = self.cleaned_data
        told = {asked.key: given.get(f"instruction_{asked.key}") for asked in self.questions}
        return {
            "holder": given["holder"].thing,
            "instruction": {key: choice for key, choice in told.items() if choice},
        }


class RevokeProxyForm(forms.Form):
    """Nothing to fill in: what follows is read, then confirmed."""
