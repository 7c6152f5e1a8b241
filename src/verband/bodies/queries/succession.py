"""What a merger, split or other succession leaves to people to decide, as the register is now."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from verband.bodies.models import SeatFact, Tenure
from verband.members.models import OfficeFact, Organisation, Succession


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """Tenures about which people decide.

    ``to_confirm``: seats that passed to a successor, as the rules left them; ``without_office``:
    people who lost their office and still hold a seat, not told to hold over; ``unfilled``: seats
    that nobody took over.
    """

    successions: tuple[Succession, ...]
    to_confirm: tuple[Tenure, ...]
    without_office: tuple[Tenure, ...]
    unfilled: tuple[Tenure, ...]


def questions_after(organisation: Organisation, day: date) -> OpenQuestions | None:
    """The questions that a succession on ``day`` leaves; ``None`` when there was none.

    Seven queries, whatever the number of seats.
    """
    mine = Q(predecessor=organisation) | Q(successor=organisation)
    of_day = Succession.objects.filter(valid_from=day).known(None)
    ends = list(of_day.filter(mine))
    if not ends:
        return None
    same = Q(predecessor__in={r.predecessor_id for r in ends}) | Q(
        successor__in={r.successor_id for r in ends}
    )
    rows = tuple(of_day.filter(same).order_by("pk"))
    ceased = {row.predecessor_id for row in rows if row.ceases}
    left = Tenure.objects.filter(organisation__in=ceased, valid_until=day).known(None)
    seats_left = set(left.values_list("seat_id", flat=True))
    passed = _seated(
        Tenure.objects.filter(
            seat__in=seats_left,
            valid_from=day,
            organisation__in={r.successor_id for r in rows},
            replaces__isnull=True,
        )
    )
    return OpenQuestions(rows, passed, _without_office(ceased, day), _unfilled(left, day))


def _seated(rows: Any) -> tuple[Tenure, ...]:
    return tuple(rows.known(None).select_related("seat").order_by("seat__body_id", "pk"))


def _without_office(ceased: set[int], day: date) -> tuple[Tenure, ...]:
    lost = OfficeFact.objects.filter(office__organisation__in=ceased, valid_until=day).known(None)
    in_office = OfficeFact.objects.at(day).known(None).values("office__person")
    return _seated(
        Tenure.objects.filter(person__in=lost.values("office__person"), holds_over=False)
        .exclude(person__in=in_office)
        .at(day)
    )


def _unfilled(left: Any, day: date) -> tuple[Tenure, ...]:
    standing = SeatFact.objects.at(day).known(None).values("seat")
    taken = Tenure.objects.at(day).known(None).values("seat")
    return _seated(left.filter(seat__in=standing).exclude(seat__in=taken))
