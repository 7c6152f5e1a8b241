"""Taking part in a deliberation: voting on a statement, and adding one.

Who voted what stands in no audit line: the line says that somebody voted on a statement.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from verband.consultations.models import Consultation, Invitation, Statement, StatementVote
from verband.consultations.models.statements import VotedOnStatement
from verband.consultations.permissions import was_asked
from verband.consultations.queries.statements import Put, State, judgement_of, statements_of
from verband.consultations.use_cases.casting import refuse_unless_open
from verband.consultations.use_cases.opening import locked
from verband.core.errors import DomainError
from verband.kernel.permissions import Actor
from verband.kernel.two_times import add_thing
from verband.kernel.use_case import use_case
from verband.people.models import Person
from verband.people.permissions import person_of

MOST_LETTERS = 140
MOST_WAITING = 5
# Signs that turn the direction of text around, and so can hide what it says.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


class NothingWritten(DomainError):
    """A statement says something."""

    code = "statement_empty"
    template = "Write your statement first."


class StatementTooLong(DomainError):
    """One thought, that people can agree or disagree with."""

    code = "statement_too_long"
    template = (
        "A statement has at most %(most)s characters, and yours has %(length)s. Make it shorter, or"
        " make two of it."
    )


class StrangeSigns(DomainError):
    """What people cannot see they cannot agree with."""

    code = "statement_strange_signs"
    template = "Your statement holds signs that cannot be read. Type it again."


class SaidAlready(DomainError):
    """The same words divide the votes."""

    code = "statement_said_already"
    template = "This statement is there already, in the same words. Vote on that one."


class ManyWaiting(DomainError):
    """A moderator reads everything."""

    code = "statements_many_waiting"
    template = (
        "%(count)s statements of yours wait for the moderator. Add another one when they have been"
        " handled."
    )


class NotPutToVote(DomainError):
    """The moderator took it out, or has not admitted it."""

    code = "statement_not_put"
    template = (
        "The moderator took “%(statement)s” out of the vote while you had this page open. Your vote"
        " on it was not kept."
    )


class NothingChosen(DomainError):
    """One of three buttons."""

    code = "statement_nothing_chosen"
    template = "Choose: agree, disagree or pass."


class OwnStatement(DomainError):
    """Whoever says something agrees with it."""

    code = "statement_own"
    template = "This is your own statement: it counts as agree."


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody says of a statement; in words, and so in an audit line, it is not told.

    >>> str(Opinion("agree"))
    '(not shown)'
    """

    choice: str = field(repr=False)

    def __str__(self) -> str:
        return "(not shown)"


@use_case(allowed=was_asked)
def vote_on_statement(
    *, actor: Actor, now: datetime, statement: Statement, opinion: Opinion, seen: int = 0
) -> StatementVote:
    """Agree, disagree or pass; a later vote takes the place of an earlier one, all are kept.

    ``seen``: the number of the vote that the page showed as standing; 0 for none.

    Raises:
        TooLate, NotOpenYet, NotPutToVote, OwnStatement, NothingChosen, VotedOnStatement.
    """
    refuse_unless_open(locked(statement.consultation, shared=True), now)
    person = person_of(actor)
    if opinion.choice not in StatementVote.Choice.values:
        raise NothingChosen
    judged = judgement_of(statement)
    if judged is None or judged.state != State.ADMITTED:
        raise NotPutToVote(statement=statement.text)
    if person is None or statement.author_id == person.pk:
        raise OwnStatement
    rows = StatementVote.objects.filter(statement=statement, person=person)
    last = rows.order_by("-number").values_list("number", flat=True).first() or 0
    if last != seen:
        raise VotedOnStatement
    return _vote(statement, person, last + 1, opinion.choice, now)


def _vote(
    statement: Statement, person: Person, number: int, choice: str, now: datetime
) -> StatementVote:
    vote = StatementVote(statement=statement, person=person, number=number, choice=choice)
    return add_thing(vote, now=now)


@use_case(allowed=was_asked)
def propose_statement(
    *, actor: Actor, now: datetime, consultation: Consultation, text: str
) -> Statement:
    """Add a statement; it waits for the moderator. Whoever writes it agrees with it.

    Raises:
        TooLate, NotOpenYet, NothingWritten, StatementTooLong, StrangeSigns, SaidAlready,
        ManyWaiting.
    """
    refuse_unless_open(locked(consultation, shared=True), now)
    person = person_of(actor)
    asked = Invitation.objects.select_related("person").get(
        consultation=consultation, person=person
    )
    said = statements_of(consultation)
    kept = checked_text(text, said)
    waiting = [
        one
        for one in said
        if one.statement.author_id == asked.person_id and one.state == State.WAITING
    ]
    if len(waiting) >= MOST_WAITING:
        raise ManyWaiting(count=len(waiting))
    made = add_thing(
        Statement(
            consultation=consultation, author=asked.person, member_id=asked.member_id, text=kept
        ),
        now=now,
    )
    _vote(made, asked.person, 1, StatementVote.Choice.AGREE, now)
    return made


def checked_text(text: str, said: Iterable[Put]) -> str:
    """A statement as it is kept: one line of signs that can be read, not said before.

    Raises: ``NothingWritten``, ``StatementTooLong``, ``StrangeSigns``, ``SaidAlready``.
    """
    kept = unicodedata.normalize("NFC", " ".join(text.split()))
    if not kept:
        raise NothingWritten
    if len(kept) > MOST_LETTERS:
        raise StatementTooLong(most=MOST_LETTERS, length=len(kept))
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn") for sign in kept):
        raise StrangeSigns
    if TURNING & set(kept):
        raise StrangeSigns
    if same_words(kept, said) is not None:
        raise SaidAlready
    return kept


def same_words(text: str, said: Iterable[Put]) -> Put | None:
    """The statement that says the same in the same words; capitals and signs aside."""
    wanted = _words(text)
    return next((one for one in said if _words(one.statement.text) == wanted), None)


def _words(text: str) -> list[str]:
    spaced = "".join(sign if sign.isalnum() else " " for sign in text.casefold())
    return spaced.split()
