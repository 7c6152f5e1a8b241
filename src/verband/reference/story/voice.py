"""The members' voice in the story: rules of the vote, consultations, and who said what.

The questions, votes and reasons are fiction; the articles are placeholders until the statutes stand
in the register. Ballots are cast by whoever holds the vote: the secretary when a member named
nobody.
"""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import UUID

from verband.consultations.kinds import QuestionForm, StepKind
from verband.consultations.models import Consultation, RollLine, VotingRule
from verband.consultations.queries.standing import questions_of
from verband.consultations.use_cases.casting import answer_question, cast_ballot
from verband.consultations.use_cases.opening import close_vote, open_vote, publish_result
from verband.consultations.use_cases.preparing import (
    give_argument,
    prepare_consultation,
    withdraw_consultation,
)
from verband.consultations.use_cases.rules import enter_rule
from verband.kernel.clock import zone
from verband.members.models import Function
from verband.people.models import Account
from verband.reference.story.accounts import OPENED
from verband.reference.story.assembly import plan_assemblies
from verband.reference.story.cast import Cast
from verband.reference.story.organisations import Places
from verband.reference.story.outcomes import plan_outcomes
from verband.reference.story.scribe import BEGIN, SEED, Scribe
from verband.reference.story.statements import plan_statements
from verband.reference.story.tables import Tables
from verband.reference.story.voice_rules import RULES
from verband.reference.story.voice_texts import PAPERS, REASONS, Paper
from verband.reference.story.voters import Hand, hands_of, let_in, plan_proxies, plan_voters

ACCOUNTS = OPENED + timedelta(days=3)
OPENING = time(9)  # when a consultation opens that was planned
SILENT = 0.04  # share that abstains
GIVES_REASON = 0.35
STILL_TO_ANSWER = ("groot@verband.example", "klein@verband.example")  # the demo's aldermen


@dataclass(frozen=True)
class Voice:
    """What the steps share. A seed for each paper leaves the ballots of the others as they are."""

    scribe: Scribe
    places: Places
    tables: Tables
    cast: Cast
    paper: Paper
    chance: random.Random

    def token(self) -> UUID:
        """A token from the seed, so that the story is the same each time."""
        return UUID(int=self.chance.getrandbits(128), version=4)


def plan_voice(scribe: Scribe, places: Places, tables: Tables, cast: Cast) -> None:
    """Rules, who votes, each consultation that opens by the demo's day, and the assemblies."""
    scribe.plan(BEGIN, "voting rules", partial(_rules, scribe))
    secretaries = cast.all_on(Function.SECRETARY, ACCOUNTS)
    some = [
        *cast.all_on(Function.ALDERMAN, ACCOUNTS)[::4],
        *cast.all_on(Function.MAYOR, ACCOUNTS)[::9],
    ]
    for player in [*secretaries, *some]:
        scribe.plan(ACCOUNTS, "accounts", partial(let_in, scribe, player))
    plan_voters(scribe, places, cast)
    for paper in PAPERS:
        if paper.prepared <= scribe.today:
            chance = random.Random(f"{SEED} {paper.key}")  # noqa: S311 - a seed makes the story the same
            _plan(Voice(scribe, places, tables, cast, paper, chance))
    plan_outcomes(scribe, places, tables)
    plan_assemblies(scribe, places, tables, cast)
    plan_statements(scribe, tables)


def _rules(scribe: Scribe) -> None:
    for key, kind, name, name_en, asks in RULES:
        scribe.tell(
            enter_rule, key=key, kind=kind, name=name, name_en=name_en, valid_from=None, **asks
        )


def _plan(voice: Voice) -> None:
    """Opened on the first day, answered evenly over the days, closed and published on the last."""
    scribe, paper = voice.scribe, voice.paper
    scribe.plan(paper.prepared, "consultations", partial(_prepare, voice))
    if paper.opens > scribe.today:
        return
    scribe.plan(paper.opens, "consultations", partial(_open, voice))
    plan_proxies(scribe, voice.places, paper.key)
    if paper.withdrawn is not None:
        scribe.plan(paper.withdrawn, "consultations", partial(_withdraw, scribe, paper))
        return
    length = (paper.closes - paper.opens).days
    for place in range(length):
        day = paper.opens + timedelta(days=place)
        if day <= scribe.today:
            scribe.plan(day, "votes", partial(_answer, voice, day, place, length))
    if paper.closes < scribe.today:
        scribe.plan(paper.closes + timedelta(days=1), "consultations", partial(_end, scribe, paper))


def _prepare(voice: Voice) -> None:
    paper = voice.paper
    opens = datetime.combine(paper.opens, OPENING, tzinfo=zone())
    voice.scribe.tell(
        prepare_consultation,
        body=voice.tables.bodies[paper.body],
        kind=paper.kind,
        key=paper.key,
        rule=VotingRule.objects.get(key=paper.rule),
        title=paper.title,
        explanation=paper.explanation,
        audience=paper.audience,
        opens_at=opens if paper.opens > paper.prepared else None,
        closes_at=datetime.combine(paper.closes, paper.at, tzinfo=zone()),
        questions=paper.questions,
    )


def _open(voice: Voice) -> None:
    scribe, paper = voice.scribe, voice.paper
    consultation = Consultation.objects.get(key=paper.key)
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


def _withdraw(scribe: Scribe, paper: Paper) -> None:
    consultation = Consultation.objects.get(key=paper.key)
    scribe.tell(withdraw_consultation, consultation=consultation, reason=paper.why_withdrawn)


def _answer(voice: Voice, day: date, place: int, length: int) -> None:
    """The part of the members, or of the people, whose turn this day is."""
    paper = voice.paper
    consultation = Consultation.objects.get(key=paper.key)
    lines = list(
        RollLine.objects.filter(consultation=consultation)
        .order_by("member__key")
        .select_related("member")
    )
    if paper.kind == "flash":
        _answer_flash(voice, consultation, {line.member_id: line for line in lines})
        return
    turn = [line for line in lines[place::length] if voice.chance.random() <= paper.turnout]
    hands = hands_of(consultation, turn, day)
    forms = {asked.key: asked.question.form for asked in questions_of(consultation)}
    for line in turn:
        hand = hands.get(line.member_id)
        if hand is not None and not _waits(voice, hand):
            _cast(voice, consultation, line, hand, forms)


def _waits(voice: Voice, hand: Hand) -> bool:
    """Whether it is left to the demo's authorised voter: what is open on the demo's day."""
    is_open = voice.paper.closes >= voice.scribe.today
    return is_open and hand.account.email == "stemmer@verband.example"


def _cast(
    voice: Voice, consultation: Consultation, line: RollLine, hand: Hand, forms: dict[str, str]
) -> None:
    answers = {key: _choice(voice, line, form) for key, form in forms.items()}
    answers |= hand.instruction
    leaning = answers["1"] if answers["1"] in REASONS else ""
    says = bool(leaning) and voice.chance.random() < GIVES_REASON
    voice.scribe.tell_as(
        hand.account,
        cast_ballot,
        consultation=consultation,
        member=line.member,
        by_member=hand.by,
        answers=answers,
        reason=voice.chance.choice(REASONS[leaning]) if says else "",
        token=voice.token(),
    )


def _answer_flash(voice: Voice, consultation: Consultation, lines: dict[int, RollLine]) -> None:
    accounts = {one.person_id: one for one in Account.objects.select_related("person")}
    for invitation in consultation.invitations.order_by("person__key"):
        account = accounts.get(invitation.person_id)
        kept = account is None or account.email in STILL_TO_ANSWER
        if account is None or kept or voice.chance.random() > voice.paper.turnout:
            continue
        yes = voice.chance.random() < _share(voice.paper, lines[invitation.member_id or 0])
        voice.scribe.tell_as(
            account,
            answer_question,
            consultation=consultation,
            choice="yes" if yes else voice.chance.choice(("no", "later")),
            token=voice.token(),
        )


def _choice(voice: Voice, line: RollLine, form: str) -> str:
    if voice.chance.random() < SILENT:
        return "abstain"
    carried = voice.chance.random() < _share(voice.paper, line)
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
