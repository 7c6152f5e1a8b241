"""The rules of the vote: entering them from the statutes, and changing them from a day on."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from verband.consultations.kinds import Binding, ConsultationKind, Weighing
from verband.consultations.models import VotingRule, VotingRuleFact
from verband.consultations.permissions import keeps_rules
from verband.core.errors import DomainError
from verband.core.voting.rules import Rule
from verband.kernel.permissions import Actor
from verband.kernel.two_times import add_thing, change, correct, record
from verband.kernel.use_case import use_case

DIMENSIONS = ("size", "province", "network")
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
    """A weight that few members have is a signature."""

    code = "secret_and_weighted"
    template = (
        "A vote cannot be secret and weighted: a number of votes that only one member has tells how"
        " it voted. Let each member have one vote, or let the vote be by name."
    )


class UnknownDimension(DomainError):
    """There is no such division of the members."""

    code = "unknown_dimension"
    template = "Members are not divided by “%(dimension)s”. Choose from: size, province, network."


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """The values of a rule that can be kept.

    Raises: ``BindsTooFar``, ``SecretAndWeighted``, ``UnknownDimension``, what a rule refuses.
    """
    Rule.from_mapping(values["rule"])
    if values["binding"] not in BINDS[values["kind"]]:
        raise BindsTooFar(
            kind=ConsultationKind(values["kind"]).label, binding=Binding(values["binding"]).label
        )
    if values.get("is_secret") and values["weighing"] == Weighing.VOTES:
        raise SecretAndWeighted
    for dimension in values.get("dimensions", ()):
        if dimension not in DIMENSIONS:
            raise UnknownDimension(dimension=dimension)
    return values


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
    kept = _checked(
        {
            "kind": kind,
            "name": name,
            "article": article,
            "rule": rule,
            "binding": binding,
            "weighing": weighing,
            "dimensions": list(dimensions),
            **values,
        }
    )
    thing = add_thing(VotingRule(key=key), now=now)
    record(VotingRuleFact(voting_rule=thing, valid_from=valid_from, **kept), now=now)
    return thing


def _kept(fact: VotingRuleFact, values: dict[str, Any]) -> dict[str, Any]:
    names = ("kind", "rule", "binding", "weighing", "is_secret", "dimensions")
    _checked({name: values.get(name, getattr(fact, name)) for name in names})
    return values


@use_case(allowed=keeps_rules)
def change_rule(
    *, actor: Actor, now: datetime, fact: VotingRuleFact, day: date, reason: str, **values: Any
) -> VotingRuleFact:
    """From a day on the rule reads otherwise; open votes keep the rule they opened with."""
    return change(fact, day=day, now=now, **_kept(fact, values))


@use_case(allowed=keeps_rules)
def correct_rule(
    *, actor: Actor, now: datetime, fact: VotingRuleFact, reason: str, **values: Any
) -> VotingRuleFact:
    """The rule was entered wrongly."""
    return correct(fact, now=now, **_kept(fact, values))
