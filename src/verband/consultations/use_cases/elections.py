"""Elections of persons: the secret ballot, the lot that people draw, the next round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from verband.consultations.hall import refuse_absent
from verband.consultations.kinds import QuestionForm, StepKind
from verband.consultations.models import (
    Consultation,
    Participation,
    RollLine,
    SecretBallot,
    Step,
)
from verband.consultations.permissions import leads_the_vote, votes_for_member
from verband.consultations.queries.elections import elections_of
from verband.consultations.queries.standing import Asked, questions_of
from verband.consultations.use_cases.admission import NotOneOfThem, checked_names
from verband.consultations.use_cases.casting import (
    NoProxy,
    NotOnTheRoll,
    ProxyStands,
    refuse_unless_open,
)
from verband.consultations.use_cases.opening import NotClosed, locked
from verband.consultations.use_cases.preparing import prepare_consultation, take_step
from verband.consultations.voters import voters_of
from verband.core.errors import DomainError
from verband.kernel.clock import local_day
from verband.kernel.permissions import Actor
from verband.kernel.two_times import add_thing
from verband.kernel.use_case import use_case
from verband.members.models import Organisation


class NotSecret(DomainError):
    """A vote by name has another paper."""

    code = "not_secret"
    template = "This vote is by name, not secret. Open its page and vote there."


class NoLotNeeded(DomainError):
    """A lot decides only between equals."""

    code = "no_lot_needed"
    template = "No lot is needed here: the votes decide."


class NoNextRound(DomainError):
    """A next round follows when nobody was elected and the field narrows."""

    code = "no_next_round"
    template = "There is no next round: %(reason)s."


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a voter chose in secret; in words, and so in an audit line, it is not told.

    >>> str(Sealed({"1": ["a"]})), Sealed({"1": ["a"]})
    ('(secret)', Sealed())
    """

    choices: Mapping[str, Sequence[str]] = field(repr=False)

    def __str__(self) -> str:
        return "(secret)"


@use_case(allowed=votes_for_member)
def cast_secret_ballot(
    *,
    actor: Actor,
    now: datetime,
    consultation: Consultation,
    member: Organisation,
    sealed: Sealed,
    by_member: Organisation | None = None,
) -> Participation:
    """Vote in secret for a member, once. That it voted is written down apart from what it chose.

    The ballot goes into the box without voter, time or number, and into no journal; whether a
    proxy follows its instruction can therefore not be checked.

    Raises:
        TooLate, NotOpenYet, NotSecret, NotOnTheRoll, NotInTheHall, ProxyStands, NoProxy,
        NotOneOfThem, TookPartAlready.
    """
    standing = locked(consultation, shared=True)
    refuse_unless_open(standing, now)
    if not standing.frozen["is_secret"]:
        raise NotSecret
    if not RollLine.objects.filter(consultation=consultation, member=member).exists():
        raise NotOnTheRoll
    refuse_absent(consultation, (by_member or member).pk)
    _refuse_proxy(consultation, now, member, by_member)
    asked = [one for one in questions_of(consultation) if not one.fact.is_withdrawn]
    names = {
        one.question.pk: checked_names(
            one, standing.frozen.get("election", ""), sealed.choices.get(one.key, ())
        )
        for one in asked
    }
    took_part = [
        add_thing(Participation(question=one.question, member=member), now=now) for one in asked
    ]
    SecretBallot.objects.bulk_create(
        [SecretBallot(question_id=pk, choices=chosen) for pk, chosen in names.items()]
    )
    return took_part[0]


def _refuse_proxy(
    consultation: Consultation,
    now: datetime,
    member: Organisation,
    by_member: Organisation | None,
) -> None:
    found = voters_of(consultation, [member.pk], local_day(now))
    proxy = found[member.pk].proxy
    lines = RollLine.objects.filter(consultation=consultation)
    if by_member is None and proxy is not None:
        holder = lines.filter(member=proxy.holder_id).first()
        raise ProxyStands(holder="?" if holder is None else holder.name)
    if by_member is not None and (proxy is None or proxy.holder_id != by_member.pk):
        raise NoProxy(member=lines.get(member=member).name)


@use_case(allowed=leads_the_vote)
def enter_lot(
    *, actor: Actor, now: datetime, consultation: Consultation, order: Sequence[str]
) -> Step:
    """Enter the lot that people drew between equals, the first drawn first.

    ``order``: the candidates that the count named, each once. The machine never draws.

    Raises:
        NotClosed, NoLotNeeded, NotOneOfThem.
    """
    standing = locked(consultation)
    if StepKind.CLOSED not in standing.steps:
        raise NotClosed
    needed = [count for count in elections_of(standing) if count.verdict == "lot_needed"]
    if not needed:
        raise NoLotNeeded
    if sorted(order) != sorted(needed[0].field):
        raise NotOneOfThem(question=needed[0].asked.fact.text)
    return take_step(consultation, StepKind.LOT, now=now, order={needed[0].asked.key: list(order)})


@use_case(allowed=leads_the_vote)
def hold_next_round(*, actor: Actor, now: datetime, consultation: Consultation) -> Consultation:
    """Prepare the next round, with the candidates that are left, as a vote of its own.

    Raises:
        NotClosed, NoNextRound.
    """
    standing = locked(consultation)
    if StepKind.CLOSED not in standing.steps:
        raise NotClosed
    if consultation.next_rounds.exists():
        raise NoNextRound(reason=str(consultation.next_rounds.get().key))
    counts = [count for count in elections_of(standing) if count.verdict == "next_round"]
    if not counts:
        raise NoNextRound(reason=standing.fact.title)
    [count] = counts
    fact = standing.fact
    return prepare_consultation.step(
        actor=actor,
        now=now,
        body=consultation.body,
        kind=consultation.kind,
        key=f"{_first(consultation).key}-r{count.round + 1}",
        rule=consultation.rule,
        title=fact.title,
        audience=fact.audience,
        explanation=fact.explanation,
        questions=[_question(count.asked, count.field)],
        sitting=consultation.sitting,
        order=consultation.order,
        round_of=consultation,
    )


def _first(consultation: Consultation) -> Consultation:
    while consultation.round_of is not None:
        consultation = consultation.round_of
    return consultation


def _question(asked: Asked, field: Sequence[str]) -> dict[str, Any]:
    left = set(field)
    return {
        "form": QuestionForm.PERSONS,
        "text": asked.fact.text,
        "explanation": asked.fact.explanation,
        "options": [option for option in asked.fact.options if option["code"] in left],
        "seats": asked.fact.seats,
    }
