"""What people answered to a flash question: by person, and read per municipality.

The database counts; what comes back grows with the choices and the municipalities, never with the
people who answered.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from verband.consultations.models import Consultation, RollLine
from verband.consultations.queries.standing import Asked
from verband.core.voting.rules import Unit

# Of each person the latest answer, counted by municipality.
LATEST = """
SELECT latest.member_id, latest.choice, count(*), count(*) FILTER (WHERE latest.sentence <> '')
FROM (
    SELECT DISTINCT ON (person_id) member_id, choice, sentence
    FROM consult_answer
    WHERE consultation_id = %s
    ORDER BY person_id, number DESC
) AS latest
GROUP BY latest.member_id, latest.choice
"""
INVITED = """
SELECT member_id, count(*) FROM consult_invitation WHERE consultation_id = %s GROUP BY member_id
"""
# Numbers run on, so an answer is the latest when no next number follows it.
SENTENCES = """
SELECT sentence, choice, member_id, recorded_from
FROM consult_answer answer
WHERE consultation_id = %s AND sentence <> '' AND NOT EXISTS (
    SELECT 1 FROM consult_answer later
    WHERE later.consultation_id = answer.consultation_id AND later.person_id = answer.person_id
        AND later.number = answer.number + 1
)
ORDER BY recorded_from DESC, id DESC
LIMIT %s OFFSET %s
"""


@dataclass(frozen=True, slots=True)
class MemberAnswers:
    """What the people of one municipality answered. ``choice``: of most of them."""

    member_id: int
    key: str
    name: str
    provinces: tuple[str, ...]
    invited: int
    by_choice: Mapping[str, int]

    @property
    def answered(self) -> int:
        """How many of its people answered."""
        return sum(self.by_choice.values())

    @property
    def choice(self) -> str | None:
        """What more than half of its people answered; nothing when they are divided or silent."""
        return next((c for c, people in self.by_choice.items() if 2 * people > self.answered), None)

    @property
    def is_divided(self) -> bool:
        """Whether people answered, and no answer is that of more than half."""
        return self.answered > 0 and self.choice is None


@dataclass(frozen=True)
class Answers:
    """A flash question counted, by person and by municipality."""

    asked: Asked
    invited: int
    by_choice: Mapping[str, int]
    with_sentence: int
    members: tuple[MemberAnswers, ...]

    @property
    def answered(self) -> int:
        """How many people answered."""
        return sum(self.by_choice.values())

    @property
    def members_by_choice(self) -> Mapping[str, int]:
        """How many municipalities answered each choice by more than half of their people."""
        found = Counter(one.choice for one in self.members if one.choice is not None)
        return {choice: found[choice] for choice in self.asked.choices}

    @property
    def divided(self) -> int:
        """How many municipalities are divided."""
        return sum(one.is_divided for one in self.members)

    @property
    def silent(self) -> int:
        """How many municipalities of which nobody answered."""
        return sum(not one.answered for one in self.members)

    def amount(self, choice: str, unit: Unit = "votes") -> int:
        """People for a choice, or municipalities (``members``)."""
        return (self.members_by_choice if unit == "members" else self.by_choice).get(choice, 0)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What somebody wrote with an answer; by the municipality, without the person."""

    text: str
    choice: str
    member_id: int | None
    at: datetime


def answers_to(consultation: Consultation, asked: Asked) -> Answers:
    """Count a flash question. Three queries, whatever the number of people."""
    counts: dict[int | None, dict[str, int]] = {}
    whole = dict.fromkeys(asked.choices, 0)
    sentences = 0
    for member, choice, people, wrote in _rows(LATEST, consultation.pk):
        counts.setdefault(member, {})[choice] = people
        whole[choice] = whole.get(choice, 0) + people
        sentences += wrote
    invited = dict(_rows(INVITED, consultation.pk))
    lines = RollLine.objects.filter(consultation=consultation).order_by("name", "member__key")
    fields = ("member_id", "member__key", "name", "segments__province")
    members = tuple(
        MemberAnswers(pk, key, name, tuple(provinces or ()), invited[pk], counts.get(pk, {}))
        for pk, key, name, provinces in lines.values_list(*fields)
        if invited.get(pk)
    )
    return Answers(asked, sum(invited.values()), whole, sentences, members)


def sentences_of(consultation: Consultation, limit: int = 50, offset: int = 0) -> list[Sentence]:
    """What people wrote, latest first. One query."""
    return [Sentence(*row) for row in _rows(SENTENCES, consultation.pk, limit, offset)]


def _rows(sql: str, *values: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
