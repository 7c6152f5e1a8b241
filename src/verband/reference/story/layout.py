"""The places of the members on the map, from the stored layout."""

from collections import defaultdict
from datetime import date
from functools import partial

from verband.members.use_cases import lay_out_members
from verband.reference import files
from verband.reference.rows import HexCell, PlaceBasis
from verband.reference.story.organisations import PLANNED, Places
from verband.reference.story.scribe import BEGIN, Scribe

SOURCE = "Berekend uit de ligging volgens Kadaster / CBS"


def plan_layout(scribe: Scribe, places: Places) -> None:
    """On each day on which the set of members changes, the map changes with it."""
    by_day: dict[date, list[HexCell]] = defaultdict(list)
    for cell in files.hex_cells():
        by_day[cell.valid_from].append(cell)
    for day, cells in sorted(by_day.items()):
        on = BEGIN if day == BEGIN else day - PLANNED
        scribe.plan(on, "maps", partial(_lay_out, scribe, places, day, tuple(cells)))


def _lay_out(scribe: Scribe, places: Places, day: date, cells: tuple[HexCell, ...]) -> None:
    derived = {cell.code for cell in cells if cell.place == PlaceBasis.DERIVED}
    scribe.tell(
        lay_out_members,
        cells={places.municipalities[cell.code].pk: (cell.q, cell.r) for cell in cells},
        day=day,
        derived=frozenset(places.municipalities[code].pk for code in derived),
        source=SOURCE,
    )
