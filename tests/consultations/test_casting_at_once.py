"""Ballots that meet each other, or the closing, at the same moment."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from consultations.council import CLOSES, Council, council
from consultations.together import at_once
from verband.consultations.models import Ballot, Consultation
from verband.consultations.models.ballots import VotedMeanwhile
from verband.consultations.queries.frozen import forget
from verband.consultations.use_cases.casting import TooLate, cast_ballot
from verband.consultations.use_cases.opening import close_vote
from verband.core.errors import DomainError
from verband.kernel.journal import open_journal
from verband.kernel.permissions import CLOCK
from world import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def vote(made: Council) -> Consultation:
    """An open vote."""
    return made.opened()


@pytest.fixture
def made() -> Council:
    """Six municipalities that vote."""
    forget()
    return council()


def refusal_of(made: Council, vote: Consultation, **values: object) -> DomainError | None:
    """What somebody hears who votes for the first member; nothing when it was cast."""
    try:
        cast_ballot(
            actor=made.accounts[f"{made.members[0].key} secretary"],
            now=NOW,
            consultation=vote,
            member=made.members[0],
            **{"answers": {"1": "for"}, "token": uuid4(), **values},
        )
    except DomainError as refusal:
        return refusal
    return None


def test_of_voters_who_saw_the_same_vote_one_is_kept_and_the_others_hear_it(
    made: Council, vote: Consultation
) -> None:
    heard: list[DomainError | None] = []

    at_once(lambda: heard.append(refusal_of(made, vote)), workers=4)

    assert [type(one) for one in heard if one is not None] == [VotedMeanwhile] * 3
    assert Ballot.objects.filter(consultation=vote).count() == 1


def test_a_ballot_that_is_sent_twice_at_once_is_kept_once(
    made: Council, vote: Consultation
) -> None:
    token = uuid4()
    heard: list[DomainError | None] = []

    at_once(lambda: heard.append(refusal_of(made, vote, token=token)), workers=3)

    assert heard.count(None) == 1
    assert Ballot.objects.filter(token=token).count() == 1


def test_who_waited_for_the_closing_to_be_written_hears_that_it_closed(
    made: Council, vote: Consultation
) -> None:
    refusal_of(made, vote)  # the processes remember how it stood
    heard: list[DomainError | None] = []

    def vote_meanwhile() -> None:
        heard.append(refusal_of(made, vote, seen=1))
        connection.close()

    voter = threading.Thread(target=vote_meanwhile)
    with transaction.atomic(), open_journal():
        close_vote.step(actor=CLOCK, now=CLOSES + timedelta(hours=1), consultation=vote)
        voter.start()
        voter.join(0.5)
        assert heard == []  # it waits
    voter.join()

    assert isinstance(heard[0], TooLate)
    assert Ballot.objects.filter(consultation=vote).count() == 1
