"""What all groups can carry, and what divides them: a deliberation read by one dimension."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from verband.consultations.queries.deliberation import (
    OVERLAPPING,
    Counted,
    Deliberation,
    Group,
    Tally,
)
from verband.core.divergence.consensus import from_counts

CARRIED, DIVIDES, REJECTED, UNCLEAR = "carried", "divides", "rejected", "unclear"
READINGS = (CARRIED, DIVIDES, REJECTED, UNCLEAR)


@dataclass(frozen=True)
class Read:
    """A statement as the groups of one dimension see it.

    ``pro`` and ``contra``: the groups in which more people agree than disagree, and the reverse.
    ``more_for`` and ``more_against``: the groups that stand out from the others (90 %, one-sided).
    """

    counted: Counted
    reading: str
    pro: tuple[Group, ...] = ()
    contra: tuple[Group, ...] = ()
    more_for: tuple[Group, ...] = ()
    more_against: tuple[Group, ...] = ()


def read_by(found: Deliberation, dimension: str) -> list[Read]:
    """Every statement: first what all groups can carry, then what divides them most.

    The order is that of group-aware consensus (``verband.core.divergence.consensus``). A statement
    is carried when in every group more people agree than disagree, and most of all agree.
    """
    groups = found.groups.get(dimension, ())
    known = {str(one.put.statement.pk): one for one in found.counted}
    if not known:
        return []
    if not groups:
        return [Read(one, UNCLEAR) for one in found.counted]
    tables = np.array(
        [[_row(cell) for cell in one.cells[dimension]] for one in found.counted], dtype=np.int64
    )
    everyone = np.array([_row(one.whole) for one in found.counted], dtype=np.int64)
    ranked = from_counts(
        tables,
        [str(place) for place in range(len(groups))],
        list(known),
        everyone=np.maximum(everyone, tables.max(axis=1)) if dimension in OVERLAPPING else None,
    )
    reads = []
    for one in ranked:
        counted = known[one.name]
        read = _read(counted, groups, counted.cells[dimension])
        apart = [(groups[int(view.group)], view.stands_out) for view in one.views]
        reads.append(
            replace(
                read,
                more_for=tuple(group for group, what in apart if what == "agree"),
                more_against=tuple(group for group, what in apart if what == "disagree"),
            )
        )
    return sorted(reads, key=lambda read: READINGS.index(read.reading))


def _row(tally: Tally | None) -> tuple[int, int, int]:
    return (0, 0, 0) if tally is None else (tally.agree, tally.passed, tally.disagree)


def _read(one: Counted, groups: Sequence[Group], cells: Sequence[Tally | None]) -> Read:
    told = [(group, cell) for group, cell in zip(groups, cells, strict=True) if cell and cell.seen]
    pro = tuple(group for group, cell in told if cell.side > 0)
    contra = tuple(group for group, cell in told if cell.side < 0)
    whole = one.whole or Tally()
    reading = UNCLEAR
    if pro and contra:
        reading = DIVIDES
    elif told and len(pro) == len(told) and 2 * whole.agree > whole.seen:
        reading = CARRIED
    elif told and len(contra) == len(told) and 2 * whole.disagree > whole.seen:
        reading = REJECTED
    return Read(one, reading, pro, contra)
