"""The roll, the ballots, and their exact count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from verband.core.errors import DomainError
from verband.core.voting.rules import Base, Rule, Unit

UNITS: tuple[Unit, ...] = ("members", "votes", "inhabitants")
SILENT_CHOICES = ("abstain", "blank", "invalid")


class EmptyRoll(DomainError):
    """Nobody may vote."""

    code = "empty_roll"
    template = "The roll holds no member."


class DoubleMember(DomainError):
    """A member stands twice on the roll."""

    code = "double_member"
    template = "%(member)s stands twice on the roll."


class BadWeight(DomainError):
    """Votes and inhabitants are whole numbers, never negative."""

    code = "bad_weight"
    template = "The %(what)s of %(member)s must be a whole number of 0 or more, not %(value)s."


class UnknownVoter(DomainError):
    """A ballot, a presence or a proxy names someone who is not on the roll."""

    code = "unknown_voter"
    template = "%(member)s does not stand on the roll."


class NotPresent(DomainError):
    """A vote in a meeting by a member that is not there."""

    code = "not_present"
    template = "%(member)s cast a ballot but is not present or represented."


class VotedTwice(DomainError):
    """One member, one ballot, unless its votes are split."""

    code = "voted_twice"
    template = "%(member)s voted twice."


class SplitNotAllowed(DomainError):
    """The rule does not let a member divide its votes."""

    code = "split_not_allowed"
    template = "%(member)s divides its votes, which the rule “%(rule)s” does not allow."


class SplitTooLarge(DomainError):
    """The parts of a divided vote exceed the whole."""

    code = "split_too_large"
    template = "%(member)s casts %(cast)s votes but has %(votes)s."


class UnknownChoice(DomainError):
    """A ballot says something that is not on the paper."""

    code = "unknown_choice"
    template = "%(member)s chose “%(choice)s”; the ballot offers: %(choices)s."


class InhabitantsMissing(DomainError):
    """The rule measures inhabitants and a figure is missing."""

    code = "inhabitants_missing"
    template = "The rule counts inhabitants and those of %(member)s are unknown."


@dataclass(frozen=True, slots=True)
class Elector:
    """A member on the roll: its votes, and its inhabitants when they matter.

    Raises: ``BadWeight``.
    """

    member: str
    votes: int
    inhabitants: int | None = None

    def __post_init__(self) -> None:
        for what, value in (("votes", self.votes), ("inhabitants", self.inhabitants)):
            if value is None and what == "inhabitants":
                continue
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise BadWeight(what=what, member=self.member, value=value)


class Roll:
    """Who may vote, frozen for one vote, and who is present.

    ``present`` is the set of members in the hall, represented ones included; ``None`` for a written
    consultation, in which present is who casts a ballot.

    Raises: ``EmptyRoll``, ``DoubleMember``, ``UnknownVoter``.

    >>> roll = Roll([Elector("A", 3), Elector("B", 1)], present={"A"})
    >>> roll.total("votes"), roll.total("votes", roll.present)
    (4, 3)
    """

    def __init__(self, electors: Iterable[Elector], present: Iterable[str] | None = None) -> None:
        self.electors: dict[str, Elector] = {}
        for elector in electors:
            if elector.member in self.electors:
                raise DoubleMember(member=elector.member)
            self.electors[elector.member] = elector
        if not self.electors:
            raise EmptyRoll()
        self.present = None if present is None else frozenset(present)
        for member in sorted(self.present or ()):
            self.elector(member)

    @classmethod
    def from_votes(cls, votes: Mapping[str, int], present: Iterable[str] | None = None) -> "Roll":
        """A roll of members and their votes, without inhabitants."""
        return cls((Elector(member, number) for member, number in votes.items()), present)

    def elector(self, member: str) -> Elector:
        """Who this is. Raises: ``UnknownVoter``."""
        try:
            return self.electors[member]
        except KeyError:
            raise UnknownVoter(member=member) from None

    def weight(self, member: str, unit: Unit) -> int:
        """What a member weighs in a unit. Raises: ``InhabitantsMissing``, ``UnknownVoter``."""
        elector = self.elector(member)
        if unit == "members":
            return 1
        if unit == "votes":
            return elector.votes
        if elector.inhabitants is None:
            raise InhabitantsMissing(member=member)
        return elector.inhabitants

    def total(self, unit: Unit, members: Iterable[str] | None = None) -> int:
        """What these members, or all, weigh together."""
        return sum(self.weight(m, unit) for m in (self.electors if members is None else members))


@dataclass(frozen=True, slots=True)
class Ballot:
    """A member's choice; ``votes`` only when the member divides its votes over several ballots."""

    member: str
    choice: str
    votes: int | None = None


@dataclass(frozen=True)
class Tally:
    """The exact count, by unit. ``choices`` maps each choice to its amounts.

    ``options`` are the choices that say something; what the rule counts against is added to
    ``negative`` by ``amount`` and the bases. A divided vote counts as parts of a member.
    """

    rule: Rule
    options: tuple[str, ...]
    negative: str
    choices: Mapping[str, Mapping[Unit, Fraction]]
    all: Mapping[Unit, Fraction]
    present: Mapping[Unit, Fraction]

    def raw(self, unit: Unit, choices: Iterable[str]) -> Fraction:
        """What was literally cast for these choices."""
        return sum((self.choices[choice][unit] for choice in choices), Fraction(0))

    def silent(self, unit: Unit) -> Fraction:
        """Those on the roll who cast no ballot."""
        return self.all[unit] - self.raw(unit, self.choices)

    def _treated(self, unit: Unit, as_: str) -> Fraction:
        named = {
            "abstain": self.rule.abstention,
            "blank": self.rule.blank,
            "invalid": self.rule.invalid,
        }
        return self.raw(unit, [choice for choice, treated in named.items() if treated == as_])

    def amount(self, unit: Unit, option: str) -> Fraction:
        """What counts for an option, with what the rule counts against."""
        amount = self.raw(unit, [option])
        if option == self.negative:
            amount += self._treated(unit, "against") + self.absent_against(unit)
        return amount

    def absent_against(self, unit: Unit) -> Fraction:
        """What stays away and counts against."""
        return self.silent(unit) if self.rule.absence == "against" else Fraction(0)

    def base(self, unit: Unit, of: Base) -> Fraction:
        """The whole of which a majority asks a part."""
        if of == "all":
            return self.all[unit]
        if of == "present":
            return self.present[unit]
        return self.taking_part(unit, of) + self.absent_against(unit)

    def taking_part(self, unit: Unit, counts: Base) -> Fraction:
        """The base of those who really did it: the measure of a quorum."""
        if counts in ("all", "present"):
            return self.base(unit, counts)
        valid = self.raw(unit, self.options) + self._treated(unit, "against")
        return valid + (self._treated(unit, "cast") if counts == "cast" else 0)


def count(
    rule: Rule,
    roll: Roll,
    ballots: Iterable[Ballot],
    options: Sequence[str] = ("for", "against"),
    negative: str = "against",
) -> Tally:
    """The ballots counted in every unit the rule needs, exactly.

    Raises: ``UnknownVoter``, ``NotPresent``, ``UnknownChoice``, ``VotedTwice``,
    ``SplitNotAllowed``, ``SplitTooLarge``, ``InhabitantsMissing``.
    """
    choices = (*options, *SILENT_CHOICES)
    units = _units(rule, roll)
    whole: dict[str, dict[Unit, int]] = {choice: dict.fromkeys(units, 0) for choice in choices}
    part: dict[str, dict[Unit, Fraction]] = {
        choice: dict.fromkeys(units, Fraction(0)) for choice in choices
    }
    voted: dict[str, list[Ballot]] = {}
    for ballot in ballots:
        elector = roll.elector(ballot.member)
        if ballot.choice not in whole:
            offered = ", ".join(choices)
            raise UnknownChoice(member=ballot.member, choice=ballot.choice, choices=offered)
        if roll.present is not None and ballot.member not in roll.present:
            raise NotPresent(member=ballot.member)
        earlier = voted.setdefault(ballot.member, [])
        earlier.append(ballot)
        if ballot.votes is None and len(earlier) == 1:
            for unit in units:
                whole[ballot.choice][unit] += roll.weight(ballot.member, unit)
            continue
        share = _split_share(rule, elector, earlier)
        for unit in units:
            part[ballot.choice][unit] += share * roll.weight(ballot.member, unit)
    members = voted if roll.present is None else roll.present
    return Tally(
        rule=rule,
        options=tuple(options),
        negative=negative,
        choices={c: {u: whole[c][u] + part[c][u] for u in units} for c in choices},
        all={unit: Fraction(roll.total(unit)) for unit in units},
        present={unit: Fraction(roll.total(unit, members)) for unit in units},
    )


def _units(rule: Rule, roll: Roll) -> tuple[Unit, ...]:
    complete = all(elector.inhabitants is not None for elector in roll.electors.values())
    return UNITS if complete or "inhabitants" in rule.units else UNITS[:2]


def _split_share(rule: Rule, elector: Elector, ballots: Sequence[Ballot]) -> Fraction:
    """The part of the member that the newest of its ballots stands for."""
    if any(ballot.votes is None for ballot in ballots):
        raise VotedTwice(member=elector.member)
    newest = ballots[-1].votes or 0
    if not rule.split:
        raise SplitNotAllowed(member=elector.member, rule=rule.name)
    if newest < 0:
        raise BadWeight(what="votes cast", member=elector.member, value=newest)
    cast = sum(ballot.votes or 0 for ballot in ballots)
    if cast > elector.votes:
        raise SplitTooLarge(member=elector.member, cast=cast, votes=elector.votes)
    return Fraction(newest, elector.votes) if elector.votes else Fraction(0)
