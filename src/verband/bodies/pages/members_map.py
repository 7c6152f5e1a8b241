"""The members on the map: one hexagon each, coloured by what is asked."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from verband.bodies.queries.members import MembersOnDay
from verband.members.names import name_of
from verband.members.queries import Member
from verband.ui.components.filters import Choice
from verband.ui.components.hex_map import Hex, HexMap, Key
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.wording import day, number

# Lower bounds of the second, third and fourth class of each measure.
BOUNDS = {"": (20, 40, 75), "inhabitants": (20_000, 50_000, 100_000), "seats": (2, 3, 5)}


def measures() -> tuple[Choice, ...]:
    return (
        Choice("", _("Votes")),
        Choice("inhabitants", _("Inhabitants")),
        Choice("seats", _("Seats filled")),
    )


def members_map(
    found: MembersOnDay, chosen: set[int], reading: Reading, query: Query
) -> HexMap | None:
    """The map; members that the filter leaves out stay pale."""
    if not found.cells:
        return None
    measure = query.get("measure")
    value, legend, label = _measure(measure, found)
    names = found.province_names
    hexes = tuple(
        Hex(
            q=cell.q,
            r=cell.r,
            name=name_of(m),
            kind=_class(value(m), measure) if m.pk in chosen else "n-0",
            value=value(m),
            region=names.get(m.province_id or 0, ""),
        )
        for m in found.members
        if (cell := found.cells.get(m.pk)) is not None
    )
    return HexMap(
        title=_("The members on the map"),
        summary=_(
            "%(count)s members on %(day)s, one hexagon each, near their true place, by province."
            " Boundaries: Kadaster / CBS."
        )
        % {"count": number(len(hexes)), "day": day(reading.day)},
        hexes=hexes,
        legend=legend,
        value_label=label,
        name="map",
        query=query,
        regions=True,
    )


def _measure(
    measure: str, found: MembersOnDay
) -> tuple[Callable[[Member], int], tuple[Key, ...], str]:
    bounds = BOUNDS.get(measure, BOUNDS[""])
    legend = [Key("n-0", _("none"))]
    lower = 1
    for number_, upper in enumerate(bounds, start=1):
        words = f"{number(lower)}–{number(upper - 1)}" if upper - 1 > lower else number(lower)
        legend.append(Key(f"n-{number_}", words))
        lower = upper
    legend.append(Key("n-4", _("%(number)s or more") % {"number": number(lower)}))
    if measure == "inhabitants":
        return lambda m: m.inhabitants.number or 0, tuple(legend), _("Inhabitants")
    if measure == "seats":
        return lambda m: found.seats[m.pk], tuple(legend), _("Seats filled")
    return lambda m: m.votes or 0, tuple(legend), _("Votes")


def _class(value: int, measure: str) -> str:
    if value <= 0:
        return "n-0"
    bounds = BOUNDS.get(measure, BOUNDS[""])
    return f"n-{1 + sum(value >= bound for bound in bounds)}"
