"""Forms for the rules of the vote: what the statutes ask, checked by the rules of the core."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from verband.bodies.change.fields import first_day, reason_field
from verband.bodies.change.forms.base import ChangeForm, ChangeFromForm, CorrectForm
from verband.consultations.forms.bounds import (
    BoundsField,
    ThresholdsField,
    bound_lines,
    stored_bounds,
    stored_thresholds,
)
from verband.consultations.models import VotingRuleFact
from verband.consultations.use_cases.rules import (
    BindsTooFar,
    SecretAndWeighted,
    UnlikelyTerm,
    WeighsOtherwise,
    refuse_rule,
)
from verband.core.errors import DomainError
from verband.core.voting.rules import (
    BadRuleField,
    NoMajority,
    Rule,
    SilenceIsNotConsent,
    UnknownTie,
    majority,
    quorum,
)
from verband.ui.wording import sentence

COUNTS = (
    ("nothing", _("for nothing")),
    ("cast", _("as a vote cast")),
    ("against", _("against")),
)
TIES = (
    ("rejected", _("it is rejected")),
    ("casting_vote", _("the chair decides")),
    ("lot", _("the lot decides")),
    ("held_over", _("it comes back in a next meeting")),
)
# What becomes the rule of the core, stored as one.
INNER = (
    *("majorities", "quorums", "second_majorities", "second_quorums", "abstention", "blank"),
    *("invalid", "absence", "tie", "acclamation", "split"),
)
DIVISIONS = (
    ("size", _("size")),
    ("province", _("province")),
    ("network", _("network")),
)


def counting(label: Any, *, absent: bool = False) -> forms.ChoiceField:
    """What something counts for; silence never counts in favour."""
    choices = [c for c in COUNTS if not absent or c[0] != "cast"]
    return forms.ChoiceField(label=label, choices=choices, initial="nothing")


class RuleForm(ChangeForm):
    """What one rule asks. Every refusal of the core stands at its own field."""

    COLUMNS = (
        (
            VotingRuleFact,
            (
                *("kind", "name", "name_en", "article", "binding", "weighing", "election"),
                *("is_secret", "shows_interim", "may_change", "needs_ratification"),
                *("naming_hours", "objection_days", "proxy_members", "proxy_votes"),
            ),
        ),
    )
    PARTS = (
        (_("The rule"), ("key", "kind", "name", "name_en", "article", "valid_from", "day")),
        (_("Who votes and how"), ("weighing", "is_secret", "election", "split")),
        (
            _("When it is adopted"),
            (
                *("majorities", "quorums", "abstention", "blank", "invalid", "absence", "tie"),
                *("acclamation", "second_majorities", "second_quorums"),
            ),
        ),
        (
            _("Until it closes"),
            ("may_change", "shows_interim", "naming_hours", "proxy_members", "proxy_votes"),
        ),
        (_("What it binds"), ("binding", "needs_ratification", "objection_days")),
        (_("Where members differ"), ("dimensions", "thresholds")),
        (_("Why this changes"), ("reason",)),
    )
    ORDER = tuple(name for _title, names in PARTS for name in names)

    majorities = BoundsField(
        read=majority,
        label=_("Majority"),
        help_text=_(
            "One on each line; all must be reached. The article after a semicolon. For example:"
            " votes > 1/2 of valid; art. 14 lid 2. Or: members >= 2/3 of cast. Count votes, members"
            " or inhabitants; of valid (for and against), cast, present or all."
        ),
        error_messages={"required": _("Write which majority is needed.")},
    )
    quorums = BoundsField(
        read=quorum,
        label=_("Quorum"),
        required=False,
        help_text=_(
            "One on each line. For example: votes cast >= 1/2 of all; art. 9 lid 1. Or: members"
            " present > 1/2 of all. Or a number: members >= 25."
        ),
    )
    abstention = counting(_("Abstaining counts"))
    blank = counting(_("A blank ballot counts"))
    invalid = counting(_("An invalid ballot counts"))
    absence = counting(_("Not voting counts"), absent=True)
    tie = forms.ChoiceField(
        label=_("When for and against are equal"), choices=TIES, initial="rejected"
    )
    acclamation = forms.BooleanField(
        label=_("May be adopted by acclamation when nobody asks for a vote"), required=False
    )
    split = forms.BooleanField(label=_("A member may divide its votes"), required=False)
    second_majorities = BoundsField(
        read=majority,
        label=_("Majority in a second meeting after a missed quorum"),
        required=False,
        help_text=_("Empty: there is no second meeting with a rule of its own."),
    )
    second_quorums = BoundsField(
        read=quorum, label=_("Quorum in that second meeting"), required=False
    )
    dimensions = forms.MultipleChoiceField(
        label=_("Divisions by which is looked whether members differ"),
        choices=DIVISIONS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        initial=[name for name, _words in DIVISIONS],
    )
    thresholds = ThresholdsField(
        label=_("Thresholds of difference"),
        required=False,
        help_text=_(
            "Empty: the proposal of the reckoning itself. Else first a version, then one on each"
            " line. For example: version: board 2018-02, and below it opposing_load: 1/4."
        ),
    )

    FIELD_OF: ClassVar[dict[type[DomainError], str]] = {
        BindsTooFar: "binding",
        SecretAndWeighted: "is_secret",
        WeighsOtherwise: "weighing",
        NoMajority: "majorities",
        UnknownTie: "tie",
    }

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of this form under a heading each; what it lacks is left out."""
        found = [
            (str(title), [self[n] for n in names if n in self.fields])
            for title, names in self.PARTS
        ]
        return [(title, fields) for title, fields in found if fields]

    @classmethod
    def first(cls, about: Any, today: date) -> dict[str, Any]:
        """What stands in the form when it is opened: the rule as it is known."""
        found = super().first(about, today)
        if about is None:
            return found
        rule = Rule.from_mapping(about.rule)
        stored = rule.as_mapping()
        names = ("abstention", "blank", "invalid", "absence", "tie", "acclamation", "split")
        found |= {name: stored[name] for name in names}
        second = stored["second_call"] or {}
        found |= {
            "majorities": bound_lines(stored["majorities"]),
            "quorums": bound_lines(stored["quorums"]),
            "second_majorities": bound_lines(second.get("majorities")),
            "second_quorums": bound_lines(second.get("quorums")),
            "dimensions": about.dimensions,
            "thresholds": "\n".join(f"{k}: {v}" for k, v in about.thresholds.items()),
        }
        return found

    def clean(self) -> dict[str, Any]:
        """Ask the core, and put each refusal at its field."""
        given = super().clean()
        if self.errors:
            return given
        try:
            refuse_rule({**self._kind(), **self._values(given)}, self.today or date.max)
        except DomainError as refusal:
            self.add_error(self._field(refusal), sentence(refusal))
        return given

    def _kind(self) -> dict[str, Any]:
        return {} if self.about is None else {"kind": self.about.kind}

    def _field(self, refusal: DomainError) -> str | None:
        if isinstance(refusal, (SilenceIsNotConsent, BadRuleField, UnlikelyTerm)):
            told = refusal.params
            name = str(told.get("what") or told.get("field") or told.get("name"))
        else:
            name = self.FIELD_OF.get(type(refusal), "")
        return name if name in self.fields else None

    def arguments(self) -> dict[str, Any]:
        """The values as the use case wants them: the rule of the core as one."""
        return self._values(super().arguments())

    def _values(self, given: dict[str, Any]) -> dict[str, Any]:
        kept = {name: value for name, value in given.items() if name not in INNER}
        kept["thresholds"] = stored_thresholds(given["thresholds"])
        called = {"name": given["name"], "article": given["article"], **_silences(given)}
        second = None
        if given["second_majorities"]:
            second = {
                **called,
                "majorities": stored_bounds(given["second_majorities"]),
                "quorums": stored_bounds(given["second_quorums"]),
            }
        kept["rule"] = {
            **called,
            "majorities": stored_bounds(given["majorities"]),
            "quorums": stored_bounds(given["quorums"]),
            "acclamation": given["acclamation"],
            "split": given["split"],
            "second_call": second,
        }
        return kept


def _silences(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in ("abstention", "blank", "invalid", "absence", "tie")}


class EnterRuleForm(RuleForm):
    """A rule that was not in the register."""

    key = forms.SlugField(
        label=_("Key"),
        max_length=60,
        help_text=_("A short name for its address, as: gewone-meerderheid."),
    )
    valid_from = first_day(
        label=_("In force from"),
        required=False,
        help_text=_("Empty: since before the register begins."),
    )


class _Standing(RuleForm):
    """A rule that stands in the register keeps its kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"]


class ChangeRuleForm(_Standing, ChangeFromForm):
    """From a day on the statutes ask something else."""

    reason = reason_field()


class CorrectRuleForm(_Standing, CorrectForm):
    """The rule was entered wrongly."""
