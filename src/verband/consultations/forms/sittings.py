"""Forms of a sitting: planning it, a show of hands, the lot that was drawn."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from verband.consultations.forms.fields import MomentField
from verband.consultations.kinds import QuestionForm
from verband.consultations.models import Consultation, Question, VotingRule
from verband.ui.forms import Option

ABSENT = "-"  # the member did not vote
COMMON = ""  # as all others
CALLS = ((1, _("first meeting")), (2, _("second meeting, after a first one without a quorum")))


class SittingForm(forms.Form):
    """When and where a sitting is."""

    title = forms.CharField(label=_("Title"), max_length=200)
    starts_at = MomentField(label=_("Starts"), help_text=_("As 29-11-2017 10:00 (Dutch time)."))
    ends_at = MomentField(label=_("Ends"), required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    video = forms.URLField(
        label=_("Address of the video"), required=False, assume_scheme="https", max_length=200
    )
    call = forms.TypedChoiceField(
        label=_("Call"), choices=CALLS, coerce=int, widget=forms.RadioSelect, initial=1
    )


class NewSittingForm(SittingForm):
    """The same, with the number by which the sitting is found."""

    key = forms.SlugField(
        label=_("Address"),
        max_length=60,
        help_text=_("Letters, digits and hyphens, for example alv-2017-11."),
    )
    field_order = ("title", "key")


class HandsForm(forms.Form):
    """All present vote alike on each question, except those that are named."""

    def __init__(
        self,
        *args: Any,
        questions: Sequence[tuple[str, str, Sequence[tuple[str, str]]]] = (),
        members: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.members = questions, members
        for key, _text, choices in questions:
            self.fields[f"common-{key}"] = forms.ChoiceField(
                label=_("All present vote"),
                choices=[(code, Option(label)) for code, label in choices],
                widget=forms.RadioSelect,
            )
            other = [(COMMON, _("as all others")), *choices, (ABSENT, _("did not vote"))]
            for member, name in members:
                field = forms.ChoiceField(label=name, choices=other, required=False)
                self.fields[f"m-{key}-{member}"] = field

    def groups(self) -> Iterator[tuple[str, forms.BoundField, list[forms.BoundField]]]:
        """For each question its text, what all voted, and the members."""
        for key, text, _choices in self.questions:
            fields = [self[f"m-{key}-{member}"] for member, _name in self.members]
            yield text, self[f"common-{key}"], fields

    def arguments(self) -> dict[str, Any]:
        """The answers of all, and the exceptions; who is absent once did not vote."""
        data = self.cleaned_data
        keys = [key for key, _text, _choices in self.questions]
        common = {key: data[f"common-{key}"] for key in keys}
        exceptions = {}
        for member, _name in self.members:
            said = {key: data[f"m-{key}-{member}"] for key in keys}
            if any(answer != COMMON for answer in said.values()):
                absent = ABSENT in said.values()
                own = {key: answer or common[key] for key, answer in said.items()}
                exceptions[member] = {} if absent else own
        return {"answers": common, "exceptions": exceptions}


class VoteForm(forms.Form):
    """A vote of a sitting: a motion, an amendment to one, or an election."""

    title = forms.CharField(label=_("Title"), max_length=200)
    form = forms.ChoiceField(
        label=_("What can be chosen"),
        widget=forms.RadioSelect,
        initial=QuestionForm.YES_NO,
        choices=[
            (one.value, Option(capfirst(one.label)))
            for one in (QuestionForm.YES_NO, QuestionForm.THREE_WAY, QuestionForm.PERSONS)
        ],
    )
    text = forms.CharField(label=_("Question"), max_length=300)
    explanation = forms.CharField(
        label=_("Explanation"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    rule = forms.ChoiceField(label=_("Rule"), widget=forms.RadioSelect)
    order = forms.IntegerField(
        label=_("Place in the order"),
        min_value=1,
        max_value=999,
        help_text=_("Amendments come before their motion, the one that changes most first."),
    )
    amends = forms.ChoiceField(label=_("Amends"), required=False)
    ratifies = forms.ChoiceField(label=_("Ratifies"), required=False)
    candidates = forms.CharField(
        label=_("Candidates"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        help_text=_("For an election: one on each line, by function."),
    )
    seats = forms.IntegerField(
        label=_("Seats to fill"), min_value=1, max_value=99, initial=1, required=False
    )

    def __init__(
        self,
        *args: Any,
        rules: Sequence[tuple[str, Option]] = (),
        motions: Sequence[tuple[str, str]] = (),
        ratifiable: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"] = forms.ChoiceField(
            label=_("Rule"),
            widget=forms.RadioSelect,
            choices=list(rules),
        )
        offered = {"amends": (_("Amends"), motions), "ratifies": (_("Ratifies"), ratifiable)}
        for name, (label, things) in offered.items():
            if not things:
                del self.fields[name]
                continue
            choices = [("", _("nothing")), *things]
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)

    def clean(self) -> dict[str, Any]:
        """An election has candidates, each once.

        Raises:
            ValidationError: there are none, or one stands there twice.
        """
        data = super().clean() or {}
        names = candidates_in(data.get("candidates", ""))
        if data.get("form") == QuestionForm.PERSONS:
            if not names:
                self.add_error("candidates", _("Name the candidates, one on each line."))
            if len(set(names)) < len(names):
                self.add_error("candidates", _("Name each candidate once."))
        return data

    def arguments(self) -> dict[str, Any]:
        """The vote, with its one question."""
        data = self.cleaned_data
        question: dict[str, Any] = {"form": data["form"], "text": data["text"]}
        if data["form"] == QuestionForm.PERSONS:
            question |= {"options": options_of(data["candidates"]), "seats": data["seats"] or 1}
        if data.get("amends"):
            question["amends"] = Question.objects.get(pk=data["amends"])
        ratifies = data.get("ratifies")
        return {
            "title": data["title"],
            "explanation": data["explanation"],
            "rule": VotingRule.objects.get(key=data["rule"]),
            "order": data["order"],
            "ratifies": Consultation.objects.get(key=ratifies) if ratifies else None,
            "questions": [question],
        }


def candidates_in(text: str) -> list[str]:
    """The candidates, one on each line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def options_of(text: str) -> list[dict[str, str]]:
    """The candidates as options of a question, with a code each."""
    return [
        {"code": f"c{place}", "label": name} for place, name in enumerate(candidates_in(text), 1)
    ]


class LotForm(forms.Form):
    """The order in which people drew the names."""

    def __init__(
        self, *args: Any, candidates: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, len(candidates) + 1):
            self.fields[f"place-{place}"] = forms.ChoiceField(
                label=_("Drawn as number %(place)s") % {"place": place},
                choices=[("", "–"), *candidates],
            )

    def clean(self) -> dict[str, Any]:
        """Every name once.

        Raises:
            ValidationError: a name was chosen twice.
        """
        data = super().clean() or {}
        names = [data[name] for name in self.fields if data.get(name)]
        if len(set(names)) < len(names):
            raise ValidationError(_("Choose each name once."), code="twice")
        return data

    def arguments(self) -> dict[str, Any]:
        """The names in the order drawn."""
        return {"order": [self.cleaned_data[name] for name in self.fields]}


class TieForm(forms.Form):
    """How the chair or the lot settled each tie."""

    def __init__(
        self,
        *args: Any,
        ties: Sequence[tuple[str, str, Sequence[tuple[str, str]]]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for key, text, choices in ties:
            self.fields[f"tie-{key}"] = forms.ChoiceField(
                label=text,
                widget=forms.RadioSelect,
                choices=[(code, Option(label)) for code, label in choices],
            )

    def arguments(self) -> dict[str, Any]:
        """The choice for each question."""
        given = self.cleaned_data.items()
        return {"ties": {name.removeprefix("tie-"): choice for name, choice in given}}
