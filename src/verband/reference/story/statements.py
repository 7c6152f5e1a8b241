"""Two rounds of statements in the story: one of autumn 2017 that is published, one that is open.

Statements, votes and reasons are fiction. How much people agree differs by the size of their
municipality, so that something is carried by all and something divides.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from verband.consultations.kinds import ConsultationKind
from verband.consultations.models import Consultation, Invitation, Moderation, Statement, VotingRule
from verband.consultations.use_cases.moderating import (
    admit_statement,
    merge_statement,
    park_statement,
    put_statement,
)
from verband.consultations.use_cases.opening import close_vote, open_vote, publish_result
from verband.consultations.use_cases.preparing import prepare_consultation
from verband.consultations.use_cases.statements import (
    Opinion,
    propose_statement,
    vote_on_statement,
)
from verband.kernel.clock import zone
from verband.people.models import Account
from verband.reference.story.scribe import SEED, Scribe
from verband.reference.story.statements_texts import ROUNDS, Round
from verband.reference.story.tables import Tables

LEFT_OUT = ("groot@verband.example", "klein@verband.example", "stemmer@verband.example")
PASSES = 0.12


@dataclass(frozen=True)
class Person:
    """Somebody who takes part, with the size of the municipality: 0 small, 1 middle, 2 large."""

    account: Account
    size: int


def plan_statements(scribe: Scribe, tables: Tables) -> None:
    """Each round that opens by the demo's day: opened, voted on, moderated, closed, published."""
    for one in ROUNDS:
        if one.opens > scribe.today:
            continue
        chance = random.Random(f"{SEED} {one.key}")  # noqa: S311 - a seed makes the story the same
        scribe.plan(one.opens, "statements", partial(_open, scribe, tables, one))
        later = one.opens + timedelta(days=2)
        if later <= scribe.today:
            scribe.plan(later, "statements", partial(_take_part, scribe, one, chance))
        if one.closes < scribe.today:
            scribe.plan(one.closes + timedelta(days=1), "statements", partial(_end, scribe, one))


def _open(scribe: Scribe, tables: Tables, one: Round) -> None:
    consultation = scribe.tell(
        prepare_consultation,
        body=tables.bodies[one.body],
        kind=ConsultationKind.STATEMENTS,
        key=one.key,
        rule=VotingRule.objects.get(key="stellingen"),
        title=one.title,
        explanation=one.explanation,
        audience={"of": "members", "functions": [one.function]},
        closes_at=datetime.combine(one.closes, time(17), tzinfo=zone()),
    )
    for text in one.statements:
        scribe.tell(put_statement, consultation=consultation, text=text)
    scribe.tell(open_vote, consultation=consultation)


def _take_part(scribe: Scribe, one: Round, chance: random.Random) -> None:
    consultation = Consultation.objects.get(key=one.key)
    people = _people(consultation, one.people, chance)
    shares: dict[str, Sequence[float]] = dict(one.statements)
    for added, person in zip(one.added, people, strict=False):
        made = scribe.tell_as(
            person.account, propose_statement, consultation=consultation, text=added.text
        )
        if added.shares:
            shares[added.text] = added.shares
            scribe.tell(admit_statement, statement=made)
    _vote(scribe, consultation, one, people, shares, chance)
    _handle(scribe, consultation, one)


def _people(consultation: Consultation, most: int, chance: random.Random) -> list[Person]:
    """Some of those who were asked and can sign in, of every size of municipality."""
    accounts = {account.person_id: account for account in Account.objects.filter(is_active=True)}
    sizes = dict(consultation.roll.values_list("member_id", "inhabitants"))
    asked = Invitation.objects.filter(consultation=consultation).order_by("person__key")
    by_size: dict[int, list[Person]] = {0: [], 1: [], 2: []}
    for person, member in asked.values_list("person_id", "member_id"):
        account = accounts.get(person)
        if account is None or account.email in LEFT_OUT:
            continue  # the demo's own people have still to take part
        inhabitants = sizes.get(member) or 0
        size = 0 if inhabitants < 20_000 else 1 if inhabitants < 100_000 else 2
        by_size[size].append(Person(account, size))
    found: list[Person] = []
    for size, share in ((0, 0.4), (1, 0.35), (2, 0.25)):
        wanted = min(round(most * share), len(by_size[size]))
        found += chance.sample(by_size[size], wanted)
    chance.shuffle(found)
    return found


def _handle(scribe: Scribe, consultation: Consultation, one: Round) -> None:
    """Park and merge, once some have voted: those votes go along."""
    made = {it.text: it for it in Statement.objects.filter(consultation=consultation)}
    stands = {
        it.statement_id: it.pk for it in Moderation.objects.filter(statement__in=made.values())
    }
    for added in one.added:
        statement = made[added.text]
        given = {
            "statement": statement,
            "reason": added.reason,
            "seen": stands.get(statement.pk, 0),
        }
        if added.became == "parked":
            scribe.tell(park_statement, **given)
        elif added.became == "merged":
            scribe.tell(merge_statement, into=made[added.into], **given)


def _vote(
    scribe: Scribe,
    consultation: Consultation,
    one: Round,
    people: Sequence[Person],
    shares: Mapping[str, Sequence[float]],
    chance: random.Random,
) -> None:
    rows = Statement.objects.filter(consultation=consultation, text__in=shares).order_by("pk")
    statements = list(rows.select_related("consultation"))
    for person in people:
        for statement in chance.sample(statements, min(one.each, len(statements))):
            if statement.author_id == person.account.person_id:
                continue
            agrees = chance.random() < shares[statement.text][person.size]
            passes = chance.random() < PASSES
            choice = "pass" if passes else "agree" if agrees else "disagree"
            scribe.tell_as(
                person.account, vote_on_statement, statement=statement, opinion=Opinion(choice)
            )


def _end(scribe: Scribe, one: Round) -> None:
    consultation = Consultation.objects.get(key=one.key)
    scribe.tell(close_vote, consultation=consultation)
    scribe.tell(publish_result, consultation=consultation)
