"""The rules of the vote: entering them from the statutes, and changing them from a day on."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from verband.consultations.kinds import Binding, ConsultationKind, Weighing
from verband.consultations.models import VotingRule, VotingRuleFact
from verband.consultations.permissions import keeps_rules
from verband.consultations.queries.numbers import RESERVED
from verband.consultations.queries.reach import signatures_on
from verband.consultations.use_cases.preparing import ReservedNumber
from verband.core.divergence.thresholds import adopted
from verband.core.errors import DomainError
from verband.core.voting.rules import Rule
from verband.kernel.clock import local_day
from verband.kernel.permissions import Actor
from verband.kernel.two_times import add_thing, change, correct, record
from verband.kernel.use_case import use_case

BY_PERSONS = (ConsultationKind.FLASH, ConsultationKind.STATEMENTS)
DIMENSIONS = ("size", "province", "network")
LONGEST = {"naming_hours": 24 * 365, "objection_days": 365}
BINDS: dict[str, tuple[str, ...]] = {
    ConsultationKind.FLASH: (Binding.ADVICE,),
    ConsultationKind.STATEMENTS: (Binding.ADVICE,),
    ConsultationKind.CONSULTATION: (Binding.ADVICE, Binding.POSITION),
    ConsultationKind.ASSEMBLY: (Binding.ADVICE, Binding.POSITION, Binding.DECISION),
}


class BindsTooFar(DomainError):
    """A kind of question cannot bind that far."""

    code = "binds_too_far"
    template = "A %(kind)s cannot bind as a %(binding)s. Choose another kind, or let it advise."


class SecretAndWeighted(DomainError):
    """A weight that few members have is a signature.

    Source: k-anonymity, see ``verband.core.voting.secrecy``.
    """

    code = "secret_and_weighted"
    template = (
        "A vote cannot be secret and weighted: %(unique)s of %(members)s members have a number of"
        " votes that nobody else has, and by that number everybody could see how they voted. Give"
        " each member one vote, or let the vote be by name, or ask in secret only who agrees and"
        " decide by name."
    )


class WeighsOtherwise(DomainError):
    """People answer for themselves, or members vote."""

    code = "weighs_otherwise"
    template = (
        "In a %(kind)s the weighing “%(weighing)s” is not possible. Flash questions and statements"
        " are answered by persons; in the others members vote."
    )


class UnlikelyTerm(DomainError):
    """A number of hours or days that is a slip of the keyboard."""

    code = "unlikely_term"
    template = "%(number)s is too long for a term; give at most %(most)s."


class UnknownDimension(DomainError):
    """There is no such division of the members."""

    code = "unknown_dimension"
    template = "Members are not divided by “%(dimension)s”. Choose from: size, province, network."


def refuse_rule(values: Mapping[str, Any], day: date) -> None:
    """Refuse a rule that cannot be kept; ``day`` tells whose votes would be signatures.

    Raises: ``BindsTooFar``, ``SecretAndWeighted``, ``WeighsOtherwise``, ``UnknownDimension``, what
    a rule of the core and its thresholds refuse.
    """
    Rule.from_mapping(values["rule"])
    kind, weighing = ConsultationKind(values["kind"]), Weighing(values["weighing"])
    if values["binding"] not in BINDS[kind]:
        raise BindsTooFar(kind=kind.label, binding=Binding(values["binding"]).label)
    if (kind in BY_PERSONS) != (weighing == Weighing.PERSONS):
        raise WeighsOtherwise(kind=kind.label, weighing=weighing.label)
    if values.get("is_secret") and weighing == Weighing.VOTES:
        found = signatures_on(day)
        members = sum(found.classes.values())
        raise SecretAndWeighted(unique=len(found.unique), members=members)
    for name, most in LONGEST.items():
        if values.get(name, 0) > most:
            raise UnlikelyTerm(number=values[name], most=most, name=name)
    for dimension in values.get("dimensions", ()):
        if dimension not in DIMENSIONS:
            raise UnknownDimension(dimension=dimension)
    if values.get("thresholds"):
        adopted(values["thresholds"])


@use_case(allowed=keeps_rules)
def enter_rule(
    *,
    actor: Actor,
    now: datetime,
    key: str,
    kind: str,
    name: str,
    article: str,
    rule: dict[str, Any],
    binding: str,
    weighing: str,
    valid_from: date | None,
    dimensions: Sequence[str] = DIMENSIONS,
    **values: Any,
) -> VotingRule:
    """Enter a rule from the statutes.

    Raises:
        BindsTooFar, SecretAndWeighted: what the kind or the weights do not allow.
    """
    kept: dict[str, Any] = {
        "kind": kind,
        "name": name,
        "article": article,
        "rule": rule,
        "binding": binding,
        "weighing": weighing,
        "dimensions": list(dimensions),
        **values,
    }
    refuse_rule(kept, local_day(now))
    if key in RESERVED:
        raise ReservedNumber(key=key)
    thing = add_thing(VotingRule(key=key), now=now)
    record(VotingRuleFact(voting_rule=thing, valid_from=valid_from, **kept), now=now)
    return thing


def _kept(fact: VotingRuleFact, values: dict[str, Any], day: date) -> dict[str, Any]:
    names = ["kind", "rule", "binding", "weighing", "is_secret", "dimensions", "thresholds"]
    names += LONGEST
    refuse_rule({name: values.get(name, getattr(fact, name)) for name in names}, day)
    return values


@use_case(allowed=keeps_rules)
def change_rule(
    *, actor: Actor, now: datetime, fact: VotingRuleFact, day: date, reason: str, **values: Any
) -> VotingRuleFact:
    """From a day on the rule reads otherwise; open votes keep the rule they opened with.

    Raises:
        EndOutsidePeriod, what ``refuse_rule`` refuses.
    """
    return change(fact, day=day, now=now, **_kept(fact, values, local_day(now)))


@use_case(allowed=keeps_rules)
def correct_rule(
    *, actor: Actor, now: datetime, fact: VotingRuleFact, reason: str, **values: Any
) -> VotingRuleFact:
    """The rule was entered wrongly."""
    return correct(fact, now=now, **_kept(fact, values, local_day(now)))
