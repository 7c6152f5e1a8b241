"""The members' voice in the story: rules of the vote, consultations, and who said what.

The questions, votes and reasons are fiction; the articles are placeholders until the statutes stand
in the register. Ballots are cast by the secretaries, as when a member names nobody.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from verband.consultations.kinds import QuestionForm, StepKind
from verband.consultations.models import Consultation, RollLine, VotingRule
from verband.consultations.queries.standing import questions_of
from verband.consultations.use_cases.casting import answer_question, cast_ballot
from verband.consultations.use_cases.opening import close_vote, open_vote, publish_result
from verband.consultations.use_cases.preparing import give_argument, prepare_consultation
from verband.consultations.use_cases.rules import enter_rule
from verband.kernel.clock import zone
from verband.members.models import Function, OfficeFact
from verband.people.models import Account
from verband.people.use_cases import open_account
from verband.reference.story.accounts import OPENED
from verband.reference.story.cast import Cast, Player
from verband.reference.story.organisations import Places
from verband.reference.story.scribe import BEGIN, SEED, Scribe
from verband.reference.story.tables import Tables
from verband.reference.story.voice_texts import PAPERS, REASONS, RULES, Paper

ACCOUNTS = OPENED + timedelta(days=3)
SILENT = 0.04  # share that abstains
GIVES_REASON = 0.35


@dataclass
class Voice:
    """What the steps share. A seed of its own leaves the other chapters as they are."""

    scribe: Scribe
    places: Places
    tables: Tables
    cast: Cast
    chance: random.Random = field(default_factory=lambda: random.Random(SEED + 1))  # noqa: S311 - a seed makes the story the same

    def token(self) -> UUID:
        """A token from the seed, so that the story is the same each time."""
        return UUID(int=self.chance.getrandbits(128), version=4)


def plan_voice(scribe: Scribe, places: Places, tables: Tables, cast: Cast) -> None:
    """Rules, accounts of those who vote, and each consultation that opens by the demo's day."""
    voice = Voice(scribe, places, tables, cast)
    scribe.plan(BEGIN, "voting rules", partial(_rules, scribe))
    secretaries = cast.all_on(Function.SECRETARY, ACCOUNTS)
    some = [
        *cast.all_on(Function.ALDERMAN, ACCOUNTS)[::4],
        *cast.all_on(Function.MAYOR, ACCOUNTS)[::9],
    ]
    for player in [*secretaries, *some]:
        scribe.plan(ACCOUNTS, "accounts", partial(_let_in, scribe, player))
    for paper in PAPERS:
        if paper.opens <= scribe.today:
            _plan(voice, paper)


def _rules(scribe: Scribe) -> None:
    for key, kind, name, name_en, asks in RULES:
        scribe.tell(
            enter_rule, key=key, kind=kind, name=name, name_en=name_en, valid_from=None, **asks
        )


def _let_in(scribe: Scribe, player: Player) -> None:
    person = player.told
    if not Account.objects.filter(person=person).exists():
        scribe.tell(open_account, person=person, email=f"{person.key}@verband.example")


def _plan(voice: Voice, paper: Paper) -> None:
    """Opened on the first day, answered evenly over the days, closed and published on the last."""
    scribe = voice.scribe
    scribe.plan(paper.opens, "consultations", partial(_open, voice, paper))
    length = (paper.closes - paper.opens).days
    for place in range(length):
        day = paper.opens + timedelta(days=place)
        if day <= scribe.today:
            scribe.plan(day, "votes", partial(_answer, voice, paper, place, length))
    if paper.closes < scribe.today:
        scribe.plan(paper.closes + timedelta(days=1), "consultations", partial(_end, scribe, paper))


def _open(voice: Voice, paper: Paper) -> None:
    scribe = voice.scribe
    consultation = scribe.tell(
        prepare_consultation,
        body=voice.tables.bodies[paper.body],
        kind=paper.kind,
        key=paper.key,
        rule=VotingRule.objects.get(key=paper.rule),
        title=paper.title,
        explanation=paper.explanation,
        audience=paper.audience,
        closes_at=datetime.combine(paper.closes, paper.at, tzinfo=zone()),
        questions=paper.questions,
    )
    scribe.tell(open_vote, consultation=consultation)
    for code, side, text in paper.arguments:
        player = voice.cast.at(code, Function.SECRETARY, paper.opens)
        if player is not None:
            account = Account.objects.get(person=player.told)
            member = voice.places.municipalities[code]
            scribe.tell_as(
                account,
                give_argument,
                consultation=consultation,
                member=member,
                side=side,
                text=text,
            )


def _answer(voice: Voice, paper: Paper, place: int, length: int) -> None:
    """The part of the members, or of the people, whose turn this day is."""
    consultation = Consultation.objects.get(key=paper.key)
    lines = list(RollLine.objects.filter(consultation=consultation).order_by("member__key"))
    if paper.kind == "flash":
        _answer_flash(voice, paper, consultation, {line.member_id: line for line in lines})
        return
    offices = OfficeFact.objects.at(paper.opens).known(None)
    offices = offices.filter(office__function=Function.SECRETARY)
    person_at = dict(offices.values_list("office__organisation_id", "office__person_id"))
    accounts = {account.person_id: account for account in Account.objects.all()}
    forms = {asked.key: asked.question.form for asked in questions_of(consultation)}
    for line in lines[place::length]:
        account = accounts.get(person_at.get(line.member_id, 0))
        if account is None or voice.chance.random() > paper.turnout or line.name == "Tilburg":
            continue  # the demo's authorised voter has still to vote
        answers = {key: _choice(voice, paper, line, form) for key, form in forms.items()}
        leaning = answers["1"] if answers["1"] in REASONS else ""
        says = bool(leaning) and voice.chance.random() < GIVES_REASON
        voice.scribe.tell_as(
            account,
            cast_ballot,
            consultation=consultation,
            member=line.member,
            answers=answers,
            reason=voice.chance.choice(REASONS[leaning]) if says else "",
            token=voice.token(),
        )


def _answer_flash(
    voice: Voice, paper: Paper, consultation: Consultation, lines: dict[int, RollLine]
) -> None:
    accounts = {account.person_id: account for account in Account.objects.all()}
    for invitation in consultation.invitations.order_by("person__key"):
        account = accounts.get(invitation.person_id)
        kept = account is None or account.email in (
            "groot@verband.example",
            "klein@verband.example",
        )
        if account is None or kept or voice.chance.random() > paper.turnout:
            continue  # the demo's aldermen have still to answer
        line = lines[invitation.member_id or 0]
        yes = voice.chance.random() < _share(paper, line)
        voice.scribe.tell_as(
            account,
            answer_question,
            consultation=consultation,
            choice="yes" if yes else voice.chance.choice(("no", "later")),
            token=voice.token(),
        )


def _choice(voice: Voice, paper: Paper, line: RollLine, form: str) -> str:
    if voice.chance.random() < SILENT:
        return "abstain"
    carried = voice.chance.random() < _share(paper, line)
    if form == QuestionForm.THREE_WAY:
        return "proposal" if carried else voice.chance.choice(("amended", "amended", "neither"))
    return "for" if carried else "against"


def _share(paper: Paper, line: RollLine) -> float:
    """A member's chance of a vote in favour, by its size."""
    inhabitants = line.inhabitants or 0
    return next(share for until, share in paper.leaning if inhabitants < until)


def _end(scribe: Scribe, paper: Paper) -> None:
    consultation = Consultation.objects.get(key=paper.key)
    if not consultation.steps.filter(kind=StepKind.CLOSED).exists():
        scribe.tell(close_vote, consultation=consultation)
    scribe.tell(publish_result, consultation=consultation)
