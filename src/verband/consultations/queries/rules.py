"""Which rules are in force on a day, and how a rule read before and will read."""

from datetime import date, datetime

from verband.consultations.kinds import ConsultationKind
from verband.consultations.models import Consultation, VotingRule, VotingRuleFact


def rules_on(
    day: date, known: datetime | None = None, kind: str | None = None
) -> list[VotingRuleFact]:
    """The rules in force on a day, by kind and name. One query."""
    facts = VotingRuleFact.objects.at(day).known(known).select_related("voting_rule")
    if kind is not None:
        facts = facts.filter(kind=kind)
    order = list(ConsultationKind)
    return sorted(
        facts, key=lambda f: (order.index(ConsultationKind(f.kind)), f.name, f.voting_rule.key)
    )


def history_of(rule: VotingRule, known: datetime | None = None) -> list[VotingRuleFact]:
    """Every text of a rule, the latest first. One query."""
    facts = VotingRuleFact.objects.filter(voting_rule=rule).known(known)
    return sorted(facts, key=lambda f: (f.valid_from or date.min, f.pk), reverse=True)


def decided_by(rule: VotingRule) -> list[Consultation]:
    """The consultations that follow a rule, the latest first. One query."""
    return list(Consultation.objects.filter(rule=rule).order_by("-recorded_from", "-pk")[:50])
