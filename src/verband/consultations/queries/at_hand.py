"""All that a ballot is weighed by, locked and read with one message to the database."""

from dataclasses import dataclass
from datetime import date

from verband.consultations.models import Ballot, Consultation
from verband.consultations.queries.standing import STEPS, TEXTS, Standing, standing_with
from verband.consultations.voters import (
    NAMINGS,
    OFFICES,
    PROXIES,
    VOTERS_SQL,
    voters_in,
    voters_question,
    voters_values,
)
from verband.kernel.journal import answered, ask_once
from verband.kernel.remembered import Compiled, Together

# The first half of the number of a vote's lock: "vote".
LOCKS = 0x766F7465


@dataclass(frozen=True)
class AtHand:
    """How the vote stands, and the number of the member's last ballot (0: none)."""

    standing: Standing
    last: int


def at_hand(consultation: Consultation, member_id: int, day: date) -> AtHand:
    """Take part in a vote, and read how it stands and who votes for this member.

    Until the end of the transaction nobody opens or closes the vote. The lock is a statement of its
    own before the one that reads, so that who waited for a closing sees that it closed.
    """

    def read() -> AtHand:
        texts, steps, last, *voters = _AT_HAND.row(
            LOCKS, consultation.pk, **voters_values(consultation, member_id, day)
        )
        question = voters_question(consultation, member_id, day)
        answered(question, voters_in(voters, member_id, day))
        return AtHand(standing_with(consultation, tuple(texts), tuple(steps)), last or 0)

    return ask_once(("at hand", consultation.pk, member_id, day), read)


_LAST = Compiled(
    lambda member, consultation: (
        Ballot.objects.filter(consultation=consultation, member=member)
        .order_by("-number")
        .values_list("number")[:1]
    ),
    member=int,
    consultation=int,
)
_AT_HAND = Together(
    f"SELECT ARRAY({{texts}}), ARRAY({{steps}}), ({{last}}), {VOTERS_SQL}",
    before="SELECT pg_advisory_xact_lock_shared(%s, %s); ",
    texts=TEXTS,
    steps=STEPS,
    last=_LAST,
    offices=OFFICES,
    namings=NAMINGS,
    proxies=PROXIES,
)
