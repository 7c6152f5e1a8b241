"""The place of every member on the map of hexagons."""

from collections.abc import Mapping
from datetime import date, datetime

from verband.kernel.permissions import Actor
from verband.kernel.two_times import Certainty, end, record_all
from verband.kernel.use_case import use_case
from verband.members.models import MapCell
from verband.people.permissions import keeps_the_register


@use_case(allowed=keeps_the_register)
def lay_out_members(
    *,
    actor: Actor,
    now: datetime,
    cells: Mapping[int, tuple[int, int]],
    day: date,
    derived: frozenset[int] = frozenset(),
    source: str = "",
) -> int:
    """From ``day`` on members stand in these cells; ``cells`` maps organisation to (q, r).

    Members that stay keep their row; who is not in ``cells`` leaves the map. Places in ``derived``
    were not measured. Returns the number of members that moved or came.

    Raises:
        CellTaken: two members in one cell.
    """
    standing = {cell.organisation_id: cell for cell in MapCell.objects.at(day).known(None)}
    for pk, cell in standing.items():
        if cells.get(pk) != (cell.q, cell.r) and cell.runs_into(day):
            end(cell, day=day, now=now)
    moved = [
        MapCell(
            organisation_id=pk,
            q=q,
            r=r,
            valid_from=day,
            source=source,
            certainty=Certainty.INFERRED if pk in derived else Certainty.CERTAIN,
        )
        for pk, (q, r) in sorted(cells.items())
        if pk not in standing or (standing[pk].q, standing[pk].r) != (q, r)
    ]
    return len(record_all(moved, now=now))
