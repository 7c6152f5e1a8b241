"""A small association that votes: six municipalities, a board with a secretary, two rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from verband.bodies.kinds import BodyKind, SeatRole
from verband.bodies.models import Body
from verband.consultations.kinds import Binding, ConsultationKind, QuestionForm, Weighing
from verband.consultations.models import Ballot, Consultation, VotingRule
from verband.consultations.use_cases.casting import cast_ballot
from verband.consultations.use_cases.opening import open_vote
from verband.consultations.use_cases.preparing import prepare_consultation
from verband.consultations.use_cases.rules import enter_rule
from verband.members.models import Function, Organisation
from verband.members.use_cases import set_voting_key
from verband.people.models import Account
from world import BEGIN, NOW, World, found

# Members and their inhabitants: 75, 50, 20, 9, 4 and 1 votes.
PLACES = {
    "gm0363": 800_000,
    "gm0344": 50_000,
    "gm0014": 20_000,
    "gm0009": 9_000,
    "gm0010": 4_000,
    "gm0088": 900,
}
ORDINARY = {
    "name": "member consultation",
    "majorities": [{"bound": "votes > 1/2 of valid", "article": "art. 14 lid 2"}],
    "quorums": [{"bound": "votes cast >= 1/2 of all", "article": "art. 9 lid 1"}],
}
CLOSES = NOW + timedelta(days=4)


@dataclass
class Council:
    """The world, what the tests name in it, and short ways to vote."""

    world: World
    board: Body
    secretary: Account
    members: list[Organisation]
    accounts: dict[str, Account]  # "gm0363 secretary", "gm0363 alderman"
    rules: dict[str, VotingRule] = field(default_factory=dict)

    def prepare(self, kind: str = ConsultationKind.CONSULTATION, **values: Any) -> Consultation:
        """A consultation of one question for or against, asked by the board, not yet open."""
        form = QuestionForm.CHOICE if kind == ConsultationKind.FLASH else QuestionForm.YES_NO
        options = [{"code": code} for code in ("yes", "no", "unknown")]
        question: dict[str, Any] = {"form": form, "text": "Stemt u in?"}
        values.setdefault(
            "questions", [question | ({"options": options} if form == "choice" else {})]
        )
        values.setdefault("key", f"2017-{Consultation.objects.count() + 1:02}")
        values.setdefault("title", "De inzet voor energie en klimaat")
        values.setdefault("audience", {"of": "members"})
        values.setdefault("closes_at", CLOSES)
        values.setdefault("rule", self.rules[kind])
        values.setdefault("now", NOW)
        return prepare_consultation(actor=self.secretary, body=self.board, kind=kind, **values)

    def opened(self, kind: str = ConsultationKind.CONSULTATION, **values: Any) -> Consultation:
        """A consultation that is open."""
        made = self.prepare(kind, **values)
        open_vote(actor=self.secretary, now=values.get("now", NOW), consultation=made)
        return made

    def cast(
        self, consultation: Consultation, place: int, choice: str = "for", **values: Any
    ) -> Ballot:
        """The secretary of a municipality, nobody being named, answers every question alike."""
        member = self.members[place]
        values.setdefault("actor", self.accounts[f"{member.key} secretary"])
        values.setdefault("now", NOW + timedelta(hours=1))
        values.setdefault("answers", {str(q.order): choice for q in consultation.questions.all()})
        values.setdefault("token", uuid4())
        return cast_ballot(consultation=consultation, member=member, **values)


def council(places: Mapping[str, int] | None = None) -> Council:
    """The association, with accounts for a secretary and an alderman of every member.

    ``places``: other members than these six, with their inhabitants.
    """
    world = found()
    world.do(
        set_voting_key,
        valid_from=None,
        per=1000,
        rounding="down",
        minimum=1,
        cap=75,
        article="art. 12",
    )
    members, accounts = [], {}
    for key, inhabitants in (places or PLACES).items():
        made = world.municipality(key, key, inhabitants)
        members.append(made)
        for function in (Function.SECRETARY, Function.ALDERMAN):
            office = world.official(f"{key}-{function}", made, function)
            accounts[f"{key} {function}"] = world.account(office.office.person)
    board = world.body("bestuur", BodyKind.BOARD)
    person = world.person("bestuurssecretaris", "bestuurssecretaris")
    world.tenure(world.seat(board, SeatRole.SECRETARY), person, BEGIN)
    made = Council(world, board, world.account(person), members, accounts)
    made.rules = {kind: rule_for(made, kind) for kind in ConsultationKind}
    return made


def rule_for(made: Council, kind: str, **values: Any) -> VotingRule:
    """A rule for a kind of question, in force since ever."""
    to_people = kind in (ConsultationKind.FLASH, ConsultationKind.STATEMENTS)
    bindings = {
        ConsultationKind.CONSULTATION: Binding.POSITION,
        ConsultationKind.ASSEMBLY: Binding.DECISION,
    }
    values.setdefault("key", f"rule-{kind}")
    values.setdefault("rule", ORDINARY)
    values.setdefault("binding", bindings.get(ConsultationKind(kind), Binding.ADVICE))
    values.setdefault("weighing", Weighing.PERSONS if to_people else Weighing.VOTES)
    return made.world.do(
        enter_rule,
        kind=kind,
        name=values.pop("name", "gewone meerderheid"),
        article="art. 14",
        valid_from=None,
        **values,
    )
