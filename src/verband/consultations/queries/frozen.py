"""What no longer changes once a vote has opened, remembered by each process.

The database refuses every change of these rows, and nobody words a question anew after the opening;
so what was read once holds for as long as the vote itself. The key names the database and the
instant of opening too, because a copy of a database has votes with the same numbers.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from django.db import connection

from verband.consultations.kinds import StepKind
from verband.consultations.models import Consultation, RollLine
from verband.consultations.queries.standing import Asked, Standing, questions_of

KEPT = 32  # votes; those that are open together are few


def paper_of(standing: Standing) -> tuple[Asked, ...]:
    """The questions of an open vote. No query but the first time."""
    return _paper(*_key(standing))


def roll_line_of(standing: Standing, member_id: int) -> RollLine | None:
    """The line of a member on the roll of an open vote. No query but the first time."""
    return _roll(*_key(standing)).get(member_id)


def _key(standing: Standing) -> tuple[str, int, datetime]:
    opened = standing.steps[StepKind.OPENED].recorded_from
    return str(connection.settings_dict["NAME"]), standing.consultation.pk, opened


@lru_cache(maxsize=KEPT)
def _paper(_database: str, consultation_id: int, _opened: datetime) -> tuple[Asked, ...]:
    return tuple(questions_of(Consultation(pk=consultation_id)))


@lru_cache(maxsize=KEPT)
def _roll(_database: str, consultation_id: int, _opened: datetime) -> Mapping[int, RollLine]:
    lines = RollLine.objects.filter(consultation=consultation_id).select_related("member")
    return {line.member_id: line for line in lines}
