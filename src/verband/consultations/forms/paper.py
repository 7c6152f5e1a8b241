"""The form of one question on the paper."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verband.bodies.change.fields import ThingField
from verband.bodies.change.finding import organisations
from verband.consultations.forms.fields import AnswersField, as_lines, options_of
from verband.consultations.forms.preparing import text_field
from verband.consultations.kinds import QuestionForm
from verband.consultations.models import QuestionFact
from verband.consultations.pages.choice_words import word_for
from verband.members.models import OrganisationKind


class PaperForm(forms.Form):
    """One question on the paper: for or against, between two texts, or a choice of answers.

    ``form``: how it is answered; ``fact``: as it reads now; ``amending``: an amendment names who
    proposes it.
    """

    def __init__(
        self,
        *args: Any,
        form: str,
        now: datetime,
        fact: QuestionFact | None = None,
        amending: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.form, self.fact = form, fact
        self.fields["text"] = forms.CharField(
            label=_("Question"),
            max_length=300,
            widget=forms.Textarea(attrs={"rows": 2}),
            error_messages={"required": _("Write the question.")},
        )
        self.fields["explanation"] = text_field(_("Explanation"))
        if form == QuestionForm.THREE_WAY:
            self.fields["proposal"] = text_field(_("Text of the board"), rows=3, required=True)
            self.fields["amended"] = text_field(_("Amended text"), rows=3, required=True)
        if form == QuestionForm.CHOICE:
            self.fields["answers"] = AnswersField()
        self.fields["advice"] = forms.ChoiceField(
            label=_("Advice of the board"), choices=self._advices(), required=False
        )
        self.fields["advice_reason"] = text_field(_("Why the board advises this"), rows=3)
        if amending:
            proposer = ThingField(
                label=_("Proposed by"), find=organisations(OrganisationKind.MUNICIPALITY)
            )
            proposer.day = now.date()
            self.fields["proposer"] = proposer
        if fact is not None:
            self.initial.update(self._first(fact))

    def _advices(self) -> list[tuple[str, str]]:
        none = ("", gettext("no advice"))
        if self.form == QuestionForm.CHOICE:
            told = gettext("answer %(number)s")
            return [none, *((str(n), told % {"number": n}) for n in range(1, 7))]
        codes = {
            QuestionForm.THREE_WAY: ("proposal", "amended", "neither"),
        }.get(QuestionForm(self.form), ("for", "against"))
        return [none, *((code, word_for(code)) for code in codes)]

    def _first(self, fact: QuestionFact) -> dict[str, Any]:
        found: dict[str, Any] = {
            name: getattr(fact, name) for name in ("text", "explanation", "advice", "advice_reason")
        }
        helps = {option["code"]: option.get("help", "") for option in fact.options}
        codes = [option["code"] for option in fact.options]
        if self.form == QuestionForm.THREE_WAY:
            found |= {name: helps.get(name, "") for name in ("proposal", "amended")}
        if self.form == QuestionForm.CHOICE:
            found["answers"] = as_lines(fact.options)
            found["advice"] = str(codes.index(fact.advice) + 1) if fact.advice in codes else ""
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse an advice for an answer that is not there, beside it."""
        given = super().clean() or self.cleaned_data
        lines, advice = given.get("answers"), given.get("advice")
        if lines is not None and advice and int(advice) > len(lines):
            self.add_error("advice", gettext("There is no such answer. Choose another."))
        return given

    def arguments(self) -> dict[str, Any]:
        """The values as the use case wants them."""
        given: dict[str, Any] = {
            name: value.replace("\r\n", "\n") if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
        }
        if self.form == QuestionForm.THREE_WAY:
            names = ("proposal", "amended")
            given["options"] = [{"code": name, "help": given.pop(name)} for name in names]
        elif self.form == QuestionForm.CHOICE:
            given["options"] = options_of(given.pop("answers"))
            if given["advice"]:
                given["advice"] = given["options"][int(given["advice"]) - 1]["code"]
        if "proposer" in given:
            given["proposer"] = given["proposer"].thing
        return given
