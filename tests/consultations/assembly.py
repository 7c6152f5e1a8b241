"""A general meeting of the small association: a sitting, who is there, votes and elections."""

from datetime import timedelta
from typing import Any

from consultations.council import ORDINARY, Council, rule_for
from verband.consultations.kinds import ConsultationKind, QuestionForm, Weighing
from verband.consultations.models import Consultation, Sitting, VotingRule
from verband.consultations.use_cases.elections import Sealed, cast_secret_ballot
from verband.consultations.use_cases.opening import close_vote, open_vote
from verband.consultations.use_cases.sittings import mark_present, plan_sitting
from world import NOW

SOON = NOW + timedelta(minutes=5)
LATER = NOW + timedelta(minutes=10)
AFTER = NOW + timedelta(minutes=15)
CANDIDATES = ("anna", "bert", "cees")


def sitting_of(made: Council, present: int = 6, **values: Any) -> Sitting:
    """A sitting of the board's meeting, with the first so many members there."""
    values.setdefault("key", "alv-2017")
    values.setdefault("title", "Algemene ledenvergadering")
    values.setdefault("starts_at", NOW)
    sitting = plan_sitting(actor=made.secretary, now=NOW, body=made.board, **values)
    for member in made.members[:present]:
        mark_present(actor=made.secretary, now=NOW, sitting=sitting, member=member)
    return sitting


def motion(made: Council, sitting: Sitting, **values: Any) -> Consultation:
    """A vote for or against in a sitting, not yet open."""
    values.setdefault("closes_at", None)
    return made.prepare(ConsultationKind.ASSEMBLY, sitting=sitting, **values)


def opened(made: Council, consultation: Consultation) -> Consultation:
    """The same vote, open."""
    open_vote(actor=made.secretary, now=NOW, consultation=consultation)
    return consultation


def closed(made: Council, consultation: Consultation) -> Consultation:
    """The same vote, closed."""
    close_vote(actor=made.secretary, now=LATER, consultation=consultation)
    return consultation


def persons_rule(made: Council, election: str = "rounds", **values: Any) -> VotingRule:
    """A rule by which persons are elected: in secret, every member one vote."""
    values.setdefault("key", f"persons-{election}")
    values.setdefault("is_secret", True)
    values.setdefault("may_change", False)
    values.setdefault("weighing", Weighing.MEMBERS)
    values.setdefault("rule", {**ORDINARY, "quorums": []})
    return rule_for(made, ConsultationKind.ASSEMBLY, election=election, **values)


def election(
    made: Council, sitting: Sitting | None, rule: VotingRule, seats: int = 1, **values: Any
) -> Consultation:
    """An election of one or more persons from three, open."""
    question = {
        "form": QuestionForm.PERSONS,
        "text": "Wie kiest u in het bestuur?",
        "options": [{"code": code, "label": f"wethouder {code}"} for code in CANDIDATES],
        "seats": seats,
    }
    values.setdefault("questions", [question])
    return opened(made, motion(made, sitting, rule=rule, **values))


def put_in(made: Council, consultation: Consultation, place: int, *names: str, **more: Any) -> Any:
    """The secretary of a municipality puts a secret ballot in the box."""
    member = made.members[place]
    more.setdefault("actor", made.accounts[f"{member.key} secretary"])
    more.setdefault("now", SOON)
    return cast_secret_ballot(
        consultation=consultation, member=member, sealed=Sealed({"1": list(names)}), **more
    )
