"""What came of a published vote in a few words' worth of numbers, counted once by each process.

After publication roll, ballots and rule no longer change, so what was counted holds; the key names
the database too, because a copy of it has votes with the same numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from django.db import connection

from verband.consultations.models import Consultation
from verband.consultations.queries.count import count_of
from verband.consultations.queries.elections import elections_of
from verband.consultations.queries.standing import Standing, standing_of
from verband.core.errors import DomainError
from verband.core.voting.rules import Unit

KEPT = 128


@dataclass(frozen=True)
class Brief:
    """One question: its verdict, the shares of those that took a side, or who was elected."""

    text: str
    verdict: str
    passed: bool
    shares: Mapping[str, Fraction]
    elected: tuple[str, ...] = ()


def brief_of(standing: Standing) -> tuple[Brief, ...]:
    """The results of a published vote. No query but the first time."""
    if not standing.is_published:
        return ()
    last = max(step.pk for step in standing.steps.values())
    return _brief(str(connection.settings_dict["NAME"]), standing.consultation.pk, last)


@lru_cache(maxsize=KEPT)
def _brief(_database: str, consultation_id: int, _last_step: int) -> tuple[Brief, ...]:
    consultation = Consultation.objects.select_related("sitting").get(pk=consultation_id)
    standing = standing_of(consultation)
    found = {}
    unit: Unit = "votes" if standing.frozen["weighing"] == "votes" else "members"
    for question in count_of(standing).questions:
        shares = {side: question.share(side, unit) for side in question.sides}
        found[question.asked.question.order] = Brief(
            question.asked.fact.text,
            question.verdict,
            question.passed,
            {side: share for side, share in shares.items() if share is not None},
        )
    try:
        elections = elections_of(standing)
    except DomainError:
        elections = []
    for election in elections:
        found[election.asked.question.order] = Brief(
            election.asked.fact.text,
            election.verdict,
            election.verdict == "elected",
            {},
            tuple(election.name(code) for code in election.elected),
        )
    return tuple(found[order] for order in sorted(found))
