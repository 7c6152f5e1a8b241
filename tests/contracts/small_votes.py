"""One of everything that is asked of the members, for the tables of who may do what."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from verband.bodies.models import Body
from verband.consultations.kinds import (
    Binding,
    ConsultationKind,
    QuestionForm,
    Verdict,
    VoterRank,
    Weighing,
)
from verband.consultations.models import Consultation, VotingRule, VotingRuleFact
from verband.consultations.use_cases.casting import cast_ballot
from verband.consultations.use_cases.moderating import put_statement
from verband.consultations.use_cases.naming import name_voter
from verband.consultations.use_cases.objections import raise_objection
from verband.consultations.use_cases.opening import close_vote, open_vote, publish_result
from verband.consultations.use_cases.outcomes import state_outcome
from verband.consultations.use_cases.preparing import prepare_consultation
from verband.consultations.use_cases.proxies import give_proxy
from verband.consultations.use_cases.rules import enter_rule
from verband.consultations.use_cases.sittings import plan_sitting
from verband.members.models import Organisation
from verband.people.models import Account
from world import NOW, World

RULE = {
    "name": "ordinary majority",
    "majorities": [{"bound": "votes > 1/2 of valid", "article": "14"}],
}
OPENED, CLOSED = NOW - timedelta(days=6), NOW - timedelta(days=1)
LATER = NOW + timedelta(days=4)
TO_PEOPLE = (ConsultationKind.FLASH, ConsultationKind.STATEMENTS)


def votes_about(
    world: World, team: Body, chair: Account, voter: Account, tilburg: Organisation
) -> dict[str, Any]:
    """An open vote, one that was published, a flash question, statements: all by the team."""
    kinds = (ConsultationKind.CONSULTATION, *TO_PEOPLE)
    rules = {str(kind): _rule(world, kind) for kind in kinds}
    running = _opened(world, team, rules, "2017-1")
    past = _opened(world, team, rules, "2017-2", closes_at=CLOSED)
    question = past.questions.get()
    cast_ballot(
        actor=voter,
        now=OPENED,
        consultation=past,
        member=tilburg,
        answers={str(question.order): "for"},
        token=uuid4(),
    )
    world.do(close_vote, consultation=past, now=CLOSED)
    world.do(publish_result, consultation=past, now=CLOSED)
    outcome = state_outcome(
        actor=chair,
        now=NOW,
        question=question,
        verdict=Verdict.POSITION,
        statement="We do this.",
        reasons="The members want it.",
        positions=[],
        review_on=date(2018, 10, 1),
        goes_to=team,
        next_steps="The team works it out.",
        why_other="The difference is small.",
    )
    objection = raise_objection(
        actor=voter, now=NOW, consultation=past, member=tilburg, text="Count again."
    )
    deliberation = _opened(world, team, rules, "2017-d1", ConsultationKind.STATEMENTS)
    statement = put_statement(actor=chair, now=OPENED, consultation=deliberation, text="We share.")
    return {
        "deliberation": deliberation,
        "statement": statement,
        "into": statement,
        "consultation": running,
        "question": running.questions.get(),
        "member": tilburg,
        "published": past,
        "outcome": outcome,
        "objection": objection,
        "rule": rules[ConsultationKind.CONSULTATION],
        "flash": _opened(world, team, rules, "2017-s1", ConsultationKind.FLASH),
        "voter": voter.person,
        VotingRuleFact: VotingRuleFact.objects.known(None).order_by("pk").first(),
    }


def voters_about(
    world: World, team: Body, voter: Account, substitute: Account, members: list[Organisation]
) -> dict[str, Any]:
    """Who votes for a member: its substitute in general, and its proxy in a sitting."""
    sitting = world.do(
        plan_sitting,
        body=team,
        key="2017-11",
        title="Assembly",
        starts_at=NOW + timedelta(days=30),
        now=NOW,
    )
    member, holder = members
    proxy = give_proxy(actor=voter, now=NOW, member=member, holder=holder, sitting=sitting)
    designation, _ = (
        name_voter(
            actor=voter,
            now=NOW,
            member=member,
            rank=rank,
            person=somebody.person,
            decided_by="The college",
        )
        for rank, somebody in ((VoterRank.VOTER, voter), (VoterRank.SUBSTITUTE, substitute))
    )
    return {"sitting": sitting, "proxy": proxy, "designation": designation, "holder": holder}


def _rule(world: World, kind: str) -> VotingRule:
    to_people = kind in TO_PEOPLE
    made: VotingRule = world.do(
        enter_rule,
        key=f"rule-{kind}",
        kind=kind,
        name="ordinary majority",
        article="14",
        rule=RULE,
        binding=Binding.ADVICE if to_people else Binding.POSITION,
        weighing=Weighing.PERSONS if to_people else Weighing.VOTES,
        objection_days=20,
        valid_from=None,
    )
    return made


def _opened(
    world: World,
    team: Body,
    rules: dict[str, VotingRule],
    key: str,
    kind: str = ConsultationKind.CONSULTATION,
    closes_at: datetime = LATER,
) -> Consultation:
    asked: dict[str, Any] = {"form": QuestionForm.YES_NO, "text": "Do we do this?"}
    if kind == ConsultationKind.FLASH:
        options = [{"code": code} for code in ("yes", "no")]
        asked |= {"form": QuestionForm.CHOICE, "options": options}
    made: Consultation = world.do(
        prepare_consultation,
        body=team,
        kind=kind,
        rule=rules[kind],
        key=key,
        title=key,
        audience={"of": "members"},
        closes_at=closes_at,
        questions=[] if kind == ConsultationKind.STATEMENTS else [asked],
        now=OPENED,
    )
    world.do(open_vote, consultation=made, now=OPENED)
    return made
