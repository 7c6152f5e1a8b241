"""Rules: which quorum and which majority, of what, and what silence counts for.

A rule is data that a clerk can copy from the statutes, with the article. Silence is never consent:
an abstention, a blank or invalid ballot and an absence can count for nothing, as a vote cast, or
against; there is no way to write down that they count in favour.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any, Literal, get_args

from verband.core.errors import DomainError

Unit = Literal["members", "votes", "inhabitants"]
Base = Literal["all", "present", "cast", "valid"]
Treatment = Literal["nothing", "cast", "against"]
Tie = Literal["rejected", "casting_vote", "lot", "held_over"]


class UnreadableBound(DomainError):
    """A quorum or majority is not written as one."""

    code = "unreadable_bound"
    template = "“%(text)s” is not a %(kind)s; write for example “%(example)s”."


class ImpossiblePart(DomainError):
    """A part that every vote, or no vote, could reach."""

    code = "impossible_part"
    template = "“%(bound)s %(part)s” cannot be asked: the part must lie above 0 and be reachable."


class SilenceIsNotConsent(DomainError):
    """Abstaining, a blank ballot or staying away would count in favour."""

    code = "silence_is_not_consent"
    template = "A rule cannot count %(what)s as “%(as_)s”; choose %(choices)s."


class UnknownTie(DomainError):
    """A tie is settled in one of four ways."""

    code = "unknown_tie"
    template = "“%(tie)s” does not settle a tie; choose %(choices)s."


class NoMajority(DomainError):
    """A rule without a majority decides nothing."""

    code = "no_majority"
    template = "The rule “%(rule)s” names no majority."


class UnknownRuleField(DomainError):
    """A stored rule has a field that no rule has."""

    code = "unknown_rule_field"
    template = "A rule has no field “%(field)s”; it has: %(known)s."


class BadRuleField(DomainError):
    """A stored rule has a field of the wrong kind."""

    code = "bad_rule_field"
    template = "The field “%(field)s” of a rule must be %(expected)s."


def _bound_words(strict: bool) -> str:
    return "more than" if strict else "at least"


@dataclass(frozen=True, kw_only=True)
class Quorum:
    """Who must be there before anything can be decided.

    What ``counts`` (those present, or those who cast a ballot, or a valid one) must reach ``part``
    of ``of`` (all on the roll, or those present), measured in ``unit``; or must reach ``number``
    when the statutes name a number. ``strict`` asks for more than that, otherwise exactly that is
    enough. In a written consultation present is who took part.

    Raises: ``ImpossiblePart``.

    >>> print(Quorum(unit="members", part=Fraction(1, 2), strict=True))
    members present > 1/2 of all
    """

    unit: Unit
    part: Fraction = Fraction(0)
    number: int = 0
    strict: bool
    counts: Literal["present", "cast", "valid"] = "present"
    of: Literal["all", "present"] = "all"
    article: str = ""

    def __post_init__(self) -> None:
        reachable = 0 < self.part < 1 or (self.part == 1 and not self.strict)
        pointless = self.counts == "present" and self.of == "present"
        if bool(self.number) == bool(self.part) or self.number < 0 or pointless:
            raise ImpossiblePart(bound=_bound_words(self.strict), part=self.part or self.number)
        if self.part and not reachable:
            raise ImpossiblePart(bound=_bound_words(self.strict), part=self.part)

    def __str__(self) -> str:
        sign = ">" if self.strict else ">="
        of = f"{self.part} of {self.of}" if self.part else str(self.number)
        return f"{self.unit} {self.counts} {sign} {of}"


@dataclass(frozen=True, kw_only=True)
class Majority:
    """Which part of which base must be in favour, measured in members, votes or inhabitants.

    ``of``: ``valid`` is for and against; ``cast`` adds what the rule counts as cast; ``present``
    and ``all`` do not depend on who voted. ``strict`` asks for more than the part.

    Raises: ``ImpossiblePart``.

    >>> print(Majority(unit="votes", part=Fraction(2, 3), strict=False, of="cast"))
    votes >= 2/3 of cast
    """

    unit: Unit
    part: Fraction
    strict: bool
    of: Base = "valid"
    article: str = ""

    def __post_init__(self) -> None:
        if not 0 < self.part <= 1 or (self.part == 1 and self.strict):
            raise ImpossiblePart(bound=_bound_words(self.strict), part=self.part)

    def __str__(self) -> str:
        return f"{self.unit} {'>' if self.strict else '>='} {self.part} of {self.of}"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """How one kind of question is decided.

    ``majorities``: all of them must be reached (one, a double, a triple majority). ``quorums``:
    likewise. ``abstention``, ``blank``, ``invalid``: count for ``nothing``, as ``cast`` (they make
    the base of votes cast larger), or ``against``. ``absence``, of who casts no ballot: ``nothing``
    or ``against``. ``tie``: what happens when for and against are equal and nothing else is wrong.
    ``split``: a member may divide its votes. ``acclamation``: may be adopted without a vote when
    nobody asks for one. ``second_call``: the rule of a second meeting after a missed quorum.
    ``article``: where it is written.

    Raises: ``NoMajority``, ``SilenceIsNotConsent``, ``UnknownTie``.

    >>> rule = Rule(name="ordinary", majorities=(majority("votes > 1/2 of valid"),), article="12")
    >>> rule == Rule.from_mapping(rule.as_mapping())
    True
    """

    name: str
    majorities: tuple[Majority, ...]
    quorums: tuple[Quorum, ...] = ()
    abstention: Treatment = "nothing"
    blank: Treatment = "nothing"
    invalid: Treatment = "nothing"
    absence: Treatment = "nothing"
    tie: Tie = "rejected"
    split: bool = False
    acclamation: bool = False
    second_call: "Rule | None" = None
    article: str = ""

    def __post_init__(self) -> None:
        if not self.majorities:
            raise NoMajority(rule=self.name)
        for what in ("abstention", "blank", "invalid", "absence"):
            allowed = ("nothing", "against") if what == "absence" else get_args(Treatment)
            if getattr(self, what) not in allowed:
                raise SilenceIsNotConsent(
                    what=what, as_=getattr(self, what), choices=" or ".join(allowed)
                )
        if self.tie not in get_args(Tie):
            raise UnknownTie(tie=self.tie, choices=", ".join(get_args(Tie)))

    @property
    def units(self) -> set[Unit]:
        """The units this rule measures in."""
        return {bound.unit for bound in self.majorities} | {bound.unit for bound in self.quorums}

    def as_mapping(self) -> dict[str, Any]:
        """The rule as plain data, ready for JSON."""
        data = {part.name: getattr(self, part.name) for part in fields(self)}
        return data | {
            "majorities": [_stored(bound) for bound in self.majorities],
            "quorums": [_stored(bound) for bound in self.quorums],
            "second_call": self.second_call.as_mapping() if self.second_call else None,
        }

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> "Rule":
        """A rule from stored data; bounds are text (see ``majority``) or text with an article.

        Raises: ``UnknownRuleField``, ``BadRuleField``, ``UnreadableBound``, and what a rule
        refuses.
        """
        known = [part.name for part in fields(cls)]
        for name, value in data.items():
            if name not in known:
                raise UnknownRuleField(field=name, known=", ".join(known))
            kind, expected = KINDS[name]
            if not isinstance(value, kind):
                raise BadRuleField(field=name, expected=expected)
        second = data.get("second_call")
        return cls(
            **{"name": "", **data}
            | {
                "majorities": tuple(majority(*_text(b)) for b in data.get("majorities", ())),
                "quorums": tuple(quorum(*_text(b)) for b in data.get("quorums", ())),
                "second_call": cls.from_mapping(second) if second else None,
            }
        )


# What a stored field must be; every other field is text.
KINDS: Mapping[str, tuple[tuple[type, ...], str]] = {
    part.name: ((str,), "text") for part in fields(Rule)
} | {
    "majorities": ((list, tuple), "a list"),
    "quorums": ((list, tuple), "a list"),
    "split": ((bool,), "true or false"),
    "acclamation": ((bool,), "true or false"),
    "second_call": ((Mapping, type(None)), "an object"),
}


def _stored(bound: Quorum | Majority) -> str | dict[str, str]:
    return {"bound": str(bound), "article": bound.article} if bound.article else str(bound)


def _text(stored: Any) -> Sequence[str]:
    if isinstance(stored, Mapping):
        return str(stored.get("bound", "")), str(stored.get("article", ""))
    return (str(stored),)


BOUND = re.compile(
    r"(?P<unit>members|votes|inhabitants)(?:\s+(?P<counts>present|cast|valid))?"
    r"\s*(?P<sign>>=|>)\s*(?P<above>\d{1,18})(?:\s*/\s*(?P<below>[1-9]\d{0,17}))?"
    r"(?:\s+of\s+(?P<of>all|present|cast|valid))?"
)


def majority(text: str, article: str = "") -> Majority:
    """A majority as it is written in files and options.

    Raises: ``UnreadableBound``, ``ImpossiblePart``.

    >>> majority("members > 1/2 of all").strict
    True
    """
    found = BOUND.fullmatch(text.strip())
    if found is None or found["counts"]:
        example = "votes > 1/2 of valid"
        raise UnreadableBound(text=text, kind="majority", example=example)
    return Majority(
        unit=_unit(found["unit"]),
        part=Fraction(int(found["above"]), int(found["below"] or 1)),
        strict=found["sign"] == ">",
        of=_base(found["of"] or "valid"),
        article=article,
    )


def quorum(text: str, article: str = "") -> Quorum:
    """A quorum as it is written in files and options.

    Raises: ``UnreadableBound``, ``ImpossiblePart``.

    >>> quorum("votes present >= 1/2 of all").part, quorum("members >= 25").number
    (Fraction(1, 2), 25)
    """
    found = BOUND.fullmatch(text.strip())
    if found is None or found["of"] in {"cast", "valid"}:
        example = "members present > 1/2 of all"
        raise UnreadableBound(text=text, kind="quorum", example=example)
    is_number = found["of"] is None and found["below"] is None
    amount = Fraction(int(found["above"]), int(found["below"] or 1))
    counts = found["counts"] or "present"
    return Quorum(
        unit=_unit(found["unit"]),
        part=Fraction(0) if is_number else amount,
        number=int(amount) if is_number else 0,
        strict=found["sign"] == ">",
        counts="cast" if counts == "cast" else "valid" if counts == "valid" else "present",
        of="present" if found["of"] == "present" else "all",
        article=article,
    )


def _unit(word: str) -> Unit:
    return next(unit for unit in get_args(Unit) if unit == word)


def _base(word: str) -> Base:
    return next(base for base in get_args(Base) if base == word)
