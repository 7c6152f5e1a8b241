"""A deliberation as a file: every statement, what became of it, and its figures by group.

Codes, not words: the same file in every language. A figure of too few people is left empty.
"""

from collections.abc import Iterator
from typing import Any

from verband.consultations.queries.common_ground import read_by
from verband.consultations.queries.deliberation import (
    FLOOR,
    Counted,
    Deliberation,
    Tally,
    deliberation_of,
)
from verband.consultations.queries.result import result_data
from verband.consultations.queries.roll_call import instant
from verband.consultations.queries.standing import Standing
from verband.consultations.queries.statements import Put

COLUMNS = (
    *("number", "statement", "state", "reason", "into", "dimension", "group", "people"),
    *("agree", "pass", "disagree", "reading"),
)
SHOWN = ("admitted", "merged", "parked")  # what waits is not published


def statements_data(standing: Standing) -> dict[str, Any]:
    """A published deliberation for programs."""
    dimensions = tuple(standing.frozen["dimensions"])
    found = deliberation_of(standing.consultation, dimensions)
    readings = _readings(found, dimensions)
    counted = {one.put.statement.pk: one for one in found.counted}
    return {
        **result_data(standing),
        "floor": FLOOR,
        "people": {"asked": found.invited, "tookPart": found.people},
        "municipalities": found.municipalities,
        "groups": {
            name: [{"code": group.code, "people": group.people} for group in groups]
            for name, groups in found.groups.items()
        },
        "segmentNames": standing.frozen.get("segment_names", {}),
        "statements": [
            _statement(one, found, counted.get(one.statement.pk), readings)
            for one in found.puts
            if one.state in SHOWN
        ],
    }


def _readings(found: Deliberation, dimensions: tuple[str, ...]) -> dict[int, dict[str, str]]:
    readings: dict[int, dict[str, str]] = {}
    for name in dimensions:
        for read in read_by(found, name):
            readings.setdefault(read.counted.put.statement.pk, {})[name] = read.reading
    return readings


def _statement(
    one: Put, found: Deliberation, counted: Counted | None, readings: dict[int, dict[str, str]]
) -> dict[str, Any]:
    numbers = {put.statement.pk: put.number for put in found.puts}
    judged = one.judged
    into = judged.into_id if judged is not None else None
    return {
        "number": one.number or None,
        "text": one.statement.text,
        "state": str(one.state),
        "since": instant(one.since),
        "reason": judged.reason if judged is not None else "",
        "into": numbers.get(into) or None if into is not None else None,
        "all": None if counted is None else _tally(counted.whole),
        "municipalities": None if counted is None else _tally(counted.members),
        "by": {}
        if counted is None
        else {
            name: {
                group.code: _tally(cell)
                for group, cell in zip(found.groups[name], cells, strict=True)
            }
            for name, cells in counted.cells.items()
        },
        "reading": readings.get(one.statement.pk, {}),
    }


def _tally(tally: Tally | None) -> dict[str, int] | None:
    if tally is None:
        return None
    return {"agree": tally.agree, "pass": tally.passed, "disagree": tally.disagree}


def statement_rows(standing: Standing) -> Iterator[tuple[Any, ...]]:
    """The same as rows: of each statement everybody, the municipalities, and each group."""
    for one in statements_data(standing)["statements"]:
        about = tuple(one[name] for name in ("number", "text", "state", "reason", "into"))
        if one["all"] is None and not one["by"]:
            yield (*about, *("",) * 7)
            continue
        yield (*about, "", "", *_amounts(one["all"]), "")
        yield (*about, "municipality", "", *_amounts(one["municipalities"]), "")
        for dimension, cells in one["by"].items():
            reading = one["reading"].get(dimension, "")
            for code, cell in cells.items():
                yield (*about, dimension, code, *_amounts(cell), reading)


def _amounts(tally: dict[str, int] | None) -> tuple[Any, ...]:
    return ("",) * 4 if tally is None else (sum(tally.values()), *tally.values())
