"""Short ways to hold a round of statements in the small association."""

from datetime import datetime, timedelta
from typing import Any

from consultations.council import Council
from verband.consultations.kinds import ConsultationKind
from verband.consultations.models import Consultation, Statement, StatementVote
from verband.consultations.queries.statements import judgement_of
from verband.consultations.use_cases.moderating import admit_statement, put_statement
from verband.consultations.use_cases.opening import close_vote, publish_result
from verband.consultations.use_cases.statements import (
    Opinion,
    propose_statement,
    vote_on_statement,
)
from verband.kernel.permissions import CLOCK
from world import NOW

SOON = NOW + timedelta(hours=1)
TEXTS = ("Elke gemeente telt mee.", "Wij delen wat wij weten.", "De bus rijdt ook op zondag.")


def round_of(made: Council, *texts: str, **values: Any) -> Consultation:
    """A round that is open, with these statements put by whoever asks."""
    opened = made.opened(ConsultationKind.STATEMENTS, questions=(), **values)
    for text in texts or TEXTS:
        put_statement(actor=made.secretary, now=NOW, consultation=opened, text=text)
    return opened


def statement(consultation: Consultation, place: int = 0) -> Statement:
    """A statement, by the order in which they came."""
    return Statement.objects.filter(consultation=consultation).order_by("pk")[place]


def vote(made: Council, who: str, on: Statement, choice: str, **values: Any) -> StatementVote:
    """Somebody votes on a statement."""
    values.setdefault("now", SOON)
    return vote_on_statement(
        actor=made.accounts[who], statement=on, opinion=Opinion(choice), **values
    )


def proposed(made: Council, who: str, consultation: Consultation, text: str) -> Statement:
    """Somebody adds a statement."""
    return propose_statement(
        actor=made.accounts[who], now=SOON, consultation=consultation, text=text
    )


def admitted(made: Council, who: str, consultation: Consultation, text: str) -> Statement:
    """Somebody adds a statement, and the moderator admits it."""
    added = proposed(made, who, consultation, text)
    admit_statement(actor=made.secretary, now=SOON, statement=added)
    return added


def seen(of: Statement) -> int:
    """What a moderator sees standing."""
    judged = judgement_of(of)
    return judged.pk if judged is not None else 0


def published(made: Council, consultation: Consultation, at: datetime) -> Consultation:
    """Closed by the clock, and published."""
    close_vote(actor=CLOCK, now=at, consultation=consultation)
    publish_result(actor=made.secretary, now=at, consultation=consultation)
    return consultation
