"""Elections of persons in a decision: who was elected, and the numbers where they may be told."""

from typing import Any

from verband.consultations.documents.decision_words import Table
from verband.consultations.kinds import StepKind
from verband.consultations.pages.elected import ElectionBlock, block_of
from verband.consultations.queries.elections import elections_of
from verband.consultations.queries.standing import Standing
from verband.ui.components.ledger import Ledger
from verband.ui.reading import Reading
from verband.ui.wording import number


def elections_data(standing: Standing, reading: Reading) -> list[dict[str, Any]]:
    """Every election of persons in a closed vote."""
    if StepKind.CLOSED not in standing.steps:
        return []
    return [_data(block_of(one, standing, reading)) for one in elections_of(standing)]


def _data(block: ElectionBlock) -> dict[str, Any]:
    tables = [table for table in (block.numbers, block.stages) if table is not None]
    return {
        "heading": block.heading,
        "verdict": block.verdict,
        "took_part": block.took_part,
        "hidden": block.hidden,
        "tables": [_table(table).as_data() for table in tables],
    }


def _table(ledger: Ledger) -> Table:
    return Table(
        head=tuple(column.label for column in ledger.columns),
        rows=tuple(tuple(_said(cell) for cell in row.cells) for row in ledger.rows),
        numbers=tuple(i for i, column in enumerate(ledger.columns) if column.kind == "number"),
        widths=(1,) * len(ledger.columns),
        title=str(ledger.caption),
    )


def _said(cell: Any) -> str:
    return number(cell) if isinstance(cell, int) else str(cell)
