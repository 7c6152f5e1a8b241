"""Two windows of one person, and two moderators, at the very same moment."""

import pytest

from consultations.council import Council, council
from consultations.deliberating import SOON, proposed, round_of, seen, statement, vote
from consultations.together import at_once
from verband.consultations.models import StatementVote
from verband.consultations.queries.frozen import forget
from verband.consultations.queries.statements import counted_as, statements_of
from verband.consultations.use_cases.moderating import admit_statement, merge_statement
from verband.core.errors import DomainError

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made(db: None) -> Council:
    """Rows that other connections see too."""
    forget()
    return council()


def test_two_windows_that_vote_at_once_are_one_vote(made: Council) -> None:
    on = statement(round_of(made))
    refused: list[str] = []

    def tap() -> None:
        try:
            vote(made, "gm0363 alderman", on, "agree")
        except DomainError as refusal:
            refused.append(refusal.code)

    at_once(tap, 4)

    assert StatementVote.objects.filter(statement=on).count() == 1
    assert refused == ["statement_vote_once"] * 3


def test_moderators_who_judge_at_once_judge_once(made: Council) -> None:
    opened = round_of(made)
    added = proposed(made, "gm0363 alderman", opened, "Treinen ook.")
    refused: list[str] = []

    def admit() -> None:
        try:
            admit_statement(actor=made.secretary, now=SOON, statement=added)
        except DomainError as refusal:
            refused.append(refusal.code)

    at_once(admit, 3)

    assert refused == ["moderation_overlap"] * 2
    assert sum(one.is_open for one in statements_of(opened)) == 4


def test_two_statements_are_not_merged_into_each_other(made: Council) -> None:
    opened = round_of(made)
    pairs = [(statement(opened, a), statement(opened, b)) for a, b in ((0, 1), (1, 0))]
    work = [(one, other, seen(one)) for one, other in pairs]
    refused: list[str] = []

    def merge() -> None:
        one, into, stands = work.pop()
        try:
            merge_statement(
                actor=made.secretary,
                now=SOON,
                statement=one,
                into=into,
                reason="Zelfde.",
                seen=stands,
            )
        except DomainError as refusal:
            refused.append(refusal.code)

    at_once(merge, 2)

    assert refused == ["moderation_not_mergeable"]
    assert len(set(counted_as(statements_of(opened)).values())) == 2
