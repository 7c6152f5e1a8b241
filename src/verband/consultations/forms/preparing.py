"""Forms with which a question to the members is prepared."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verband.bodies.kinds import BodyKind
from verband.bodies.models import BodyFact
from verband.bodies.queries.names import name_of
from verband.consultations.forms.fields import (
    AnswersField,
    AudienceField,
    FunctionsField,
    MomentField,
    as_lines,
    audience_of,
    options_of,
    tomorrow_at_ten,
)
from verband.consultations.kinds import ConsultationKind, QuestionForm
from verband.consultations.models import VotingRuleFact
from verband.consultations.pages.rule_words import rule_words, summary
from verband.consultations.queries.reach import as_frozen
from verband.ui.forms import Option
from verband.ui.wording import language

LONG = 5_000


def text_field(label: Any, **kwargs: Any) -> forms.CharField:
    """A text of some lines that may stay empty."""
    kwargs.setdefault("required", False)
    rows = kwargs.pop("rows", 4)
    return forms.CharField(
        label=label, max_length=LONG, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
    )


def rule_option(fact: VotingRuleFact) -> Option:
    """A rule to choose, with what it asks."""
    name = fact.name_en if language() == "en" and fact.name_en else fact.name
    first, _second = summary(rule_words(as_frozen(fact)))
    told = first or str(fact.get_weighing_display())
    return Option(f"{name} ({fact.article})", told)


class AskForm(forms.Form):
    """What every question to the members has: who asks, whom, by which rule, and when.

    ``bodies``: for which the person may ask; ``rules``: those in force on that day. Where there is
    only one, it is chosen already and shown.
    """

    ORDER: ClassVar[tuple[str, ...]] = ()
    TUCKED: ClassVar[tuple[str, ...]] = ()  # what may stay as it is, folded away

    audience = AudienceField()
    opens_at = MomentField(
        label=_("Opens"),
        required=False,
        help_text=_("Empty: as soon as you confirm. Else as 31-10-2017 10:00 (Dutch time)."),
    )
    closes_at = MomentField(label=_("Closes"), help_text=_("As 31-10-2017 10:00 (Dutch time)."))
    rule = forms.ChoiceField(label=_("Rule"), widget=forms.RadioSelect)
    body = forms.ChoiceField(label=_("Asked by"))

    def __init__(
        self,
        *args: Any,
        kind: str,
        now: datetime,
        bodies: list[BodyFact],
        rules: list[VotingRuleFact],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.now = kind, now
        self.bodies = {fact.body.key: fact.body for fact in bodies}
        self.rules = {fact.voting_rule.key: fact.voting_rule for fact in rules}
        named = [(fact.body.key, capfirst(name_of(fact))) for fact in bodies]
        self._choose("body", named, _("Choose who asks."))
        board = next((f.body.key for f in bodies if f.kind == BodyKind.BOARD), None)
        if board is not None:
            self.initial.setdefault("body", board)
        offered = [(fact.voting_rule.key, rule_option(fact)) for fact in rules]
        self._choose("rule", offered, _("Choose the rule by which is decided."))
        audience: Any = self.fields["audience"]
        audience.offer(now.date())
        self.order_fields(self.ORDER or None)

    def _choose(self, name: str, choices: list[tuple[str, Any]], missing: Any) -> None:
        field: Any = self.fields[name]
        field.error_messages["required"] = missing
        if len(choices) == 1:
            field.initial = choices[0][0]
            self.initial.setdefault(name, choices[0][0])
        elif not isinstance(field.widget, forms.RadioSelect):
            choices = [("", "–"), *choices]
        field.choices = choices

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What must be looked at."""
        return [field for field in self if field.name not in self._tucked()]

    @property
    def tucked_fields(self) -> list[forms.BoundField]:
        """What is filled in already, or may stay empty."""
        return [field for field in self if field.name in self._tucked()]

    @property
    def tucked_wrong(self) -> bool:
        """Whether something that is folded away must be mended."""
        return any(field.errors for field in self.tucked_fields)

    def _tucked(self) -> set[str]:
        open_choice = {name for name in ("rule", "body") if not self.initial.get(name)}
        return set(self.TUCKED) - open_choice

    def clean(self) -> dict[str, Any]:
        """Refuse a closing time that leaves no time to answer, beside it."""
        given = super().clean() or self.cleaned_data
        opens, closes = given.get("opens_at") or self.now, given.get("closes_at")
        if closes is not None and closes <= opens:
            told = gettext("The vote must close after it opens. Choose a later closing time.")
            self.add_error("closes_at", told)
        if given.get("opens_at") is not None and given["opens_at"] < self.now:
            told = gettext("This moment has passed. Leave it empty to open now.")
            self.add_error("opens_at", told)
        return given

    def arguments(self) -> dict[str, Any]:
        """The values as the use case wants them."""
        given = dict(self.cleaned_data)
        given["audience"] = _asked(given)
        given["body"] = self.bodies[given["body"]]
        given["rule"] = self.rules[given["rule"]]
        return {**given, "kind": self.kind}


def _asked(given: dict[str, Any]) -> dict[str, Any]:
    """The audience as data, with the functions that were chosen taken in."""
    functions = given.pop("functions", None)
    audience = audience_of(given["audience"])
    return {**audience, "functions": functions} if functions else audience


class FlashForm(AskForm):
    """A flash question, in one short form."""

    ORDER = ("question", "answers", "audience", "closes_at")
    TUCKED = ("functions", "opens_at", "rule", "body")

    question = forms.CharField(
        label=_("Question"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One question that can be answered in one tap."),
        error_messages={"required": _("Write the question.")},
    )
    answers = AnswersField()
    functions = FunctionsField()

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.initial.setdefault("audience", "members")
        self.initial.setdefault("closes_at", tomorrow_at_ten(now))
        known = [{"code": code} for code in ("yes", "no", "unknown")]
        self.initial.setdefault("answers", as_lines(known))
        closes: Any = self.fields["closes_at"]
        closes.help_text = _("Tomorrow at ten is offered. Change it as you need (Dutch time).")

    def arguments(self) -> dict[str, Any]:
        """One question, opened now or at its time."""
        given = super().arguments()
        text = " ".join(given.pop("question").split())
        asked = {
            "form": QuestionForm.CHOICE,
            "text": text,
            "options": options_of(given.pop("answers")),
        }
        return {
            **given,
            "title": text[:200],
            "questions": [asked],
            "opens_now": given["opens_at"] is None,
        }


class ConsultationForm(AskForm):
    """The particulars of a member consultation, or of statements; questions follow."""

    ORDER = (
        *("title", "explanation", "audience", "functions", "opens_at", "closes_at"),
        *("rule", "body", "key"),
    )

    title = forms.CharField(
        label=_("Title"), max_length=200, error_messages={"required": _("Write what it is about.")}
    )
    explanation = text_field(_("Explanation"), help_text=_("What members must know to answer."))
    functions = FunctionsField()
    key = forms.SlugField(label=_("Number"), max_length=60, required=False)

    def __init__(self, *args: Any, kind: str, number: str = "", **kwargs: Any) -> None:
        super().__init__(*args, kind=kind, **kwargs)
        if kind == ConsultationKind.CONSULTATION:
            del self.fields["functions"]
        key: Any = self.fields["key"]
        key.help_text = gettext("Empty: the next number, now %(number)s.") % {"number": number}
        opens: Any = self.fields["opens_at"]
        opens.help_text = _(
            "As 31-10-2017 10:00 (Dutch time). Empty: it stays a draft until you plan it."
        )
        self.initial.setdefault("audience", "members")


class ParticularsForm(ConsultationForm):
    """The particulars of a consultation that has not opened: rule, asker and number stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("rule", "body", "key"):
            del self.fields[name]

    def arguments(self) -> dict[str, Any]:
        """Only what reads otherwise may change."""
        given = dict(self.cleaned_data)
        given["audience"] = _asked(given)
        return given
