"""Whom a question would reach: members, votes, people, and how many of them get a mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from verband.consultations.audience import Audience
from verband.consultations.kinds import Weighing
from verband.consultations.models import VotingRuleFact
from verband.consultations.queries.mail import people_of
from verband.consultations.queries.roll import people_asked, roll_on
from verband.consultations.voters import voters_of
from verband.core.voting.secrecy import Secrecy, secrecy
from verband.members.queries import members_on
from verband.people.models import Account


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a question reaches on a day. ``people``: who may answer; ``mails``: who gets a mail."""

    members: int
    votes: int
    people: int
    mails: int
    to_people: bool


def reach_of(audience: Mapping[str, Any], weighing: str, day: date) -> Reach:
    """Whom a question would reach if it opened on that day. Twenty queries at most.

    Raises: ``NobodyAsked``, ``VotesUnknown``, ``UnreadableAudience``.
    """
    asked = Audience.read(audience)
    entries = roll_on(day, asked, weighing)
    members = [entry.member_id for entry in entries]
    to_people = weighing == Weighing.PERSONS
    if to_people:
        people = {person for person, _member in people_asked(day, asked, members)}
    else:
        people = set()
        for voters in voters_of(None, members, day).values():
            people |= people_of(voters)
    mails = Account.objects.filter(person__in=people, is_active=True).count()
    votes = sum(entry.votes for entry in entries)
    return Reach(len(entries), votes, len(people), mails, to_people)


def signatures_on(day: date) -> Secrecy:
    """How many members have a number of votes that nobody else has, on a day. Four queries."""
    return secrecy({row.organisation.key: row.votes or 0 for row in members_on(day)})


def as_frozen(fact: VotingRuleFact) -> dict[str, Any]:
    """A rule with the names that it gets when a vote opens, for whoever tells it in words."""
    return {
        "rule": fact.rule,
        "rule_name": fact.name,
        "rule_name_en": fact.name_en,
        **{
            name: getattr(fact, name)
            for name in (
                "article",
                "binding",
                "weighing",
                "election",
                "is_secret",
                "shows_interim",
                "may_change",
                "needs_ratification",
                "naming_hours",
                "objection_days",
                "proxy_members",
                "proxy_votes",
                "dimensions",
                "thresholds",
            )
        },
    }
