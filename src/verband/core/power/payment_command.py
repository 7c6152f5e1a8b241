"""``compute pays`` and ``compute square-root``: votes against payment and against inhabitants."""

from argparse import ArgumentParser, Namespace
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

from verband.core.compute.reading import Table
from verband.core.compute.writing import as_text, both, exact
from verband.core.power.counting import count_coalitions
from verband.core.power.file_input import (
    GROUP,
    PAYS,
    QUOTA_HELP,
    game_of,
    head_of,
    inhabitants_of,
    read_members,
)
from verband.core.power.pays import (
    Group,
    PaysAndDecides,
    group_shares,
    pays_and_decides,
    size_class,
)
from verband.core.power.square_root import square_root_comparison


def pays_options(parser: ArgumentParser) -> None:
    """With a quota, payment is also compared with power."""
    parser.add_argument("--quota", metavar="Q", help=f"{QUOTA_HELP}; adds payment against power")


def run_pays(path: Path, options: Namespace) -> Mapping[str, object]:
    """Who pays against who decides. Payment is the column ``pays``, else the inhabitants.

    Groups are the column ``group`` (or ``province``); size classes come from the inhabitants, and
    are the groups of the Theil index when there is no such column.
    """
    table = read_members(path, PAYS, GROUP)
    votes = table.column("votes")
    given = table.column("pays")
    people = inhabitants_of(table, needed=None in given)
    payments = people if people and None in given else given
    sizes = [size_class(count) for count in people] if people else None
    named = table.column("group")
    found = pays_and_decides(payments, votes, sizes if None in named else named)
    result: dict[str, object] = {
        "members": len(votes),
        "votes": sum(votes),
        "moved": both(found.moved),
        "gallagher": found.gallagher,
        "gini": both(found.gini),
        "theil": found.theil,
        "theil_between": found.theil_between,
        "theil_within": found.theil_within,
    }
    if options.quota is not None:
        counts = count_coalitions(game_of(table, options.quota))
        swings = [counts.swings[each] for each in votes]
        result["moved_to_power"] = both(pays_and_decides(payments, swings).moved)
    if sizes:
        result["size_classes"] = _group_rows(group_shares(payments, votes, sizes))
    return result | _pays_rows(table, found)


def _group_rows(groups: Mapping[Hashable, Group]) -> list[dict[str, object]]:
    return [
        {
            "group": name,
            "members": group.members,
            "pays": float(group.pays),
            "decides": float(group.decides),
            "advantage": float(group.decides / group.pays),
            "theil_between": group.between,
            "theil_within": group.within,
        }
        for name, group in groups.items()
    ]


def _pays_rows(table: Table, found: PaysAndDecides) -> dict[str, object]:
    return {
        "groups": _group_rows(found.groups),
        "lorenz": [{"pays": float(x), "decides": float(y)} for x, y in found.lorenz],
        "rows": [
            {
                "member": row["member"],
                "votes": row["votes"],
                "pays": float(pays),
                "decides": float(decides),
                "advantage": float(advantage),
                "exact": exact(advantage),
            }
            for row, pays, decides, advantage in zip(
                table.rows, found.pays, found.decides, found.advantage, strict=True
            )
        ],
    }


def pays_table(result: Mapping[str, Any]) -> str:
    """Decimals only, and without the points of the Lorenz curve, which are for drawing."""
    shown: dict[str, object] = {}
    for key, value in result.items():
        if key == "rows":
            shown[key] = [{name: row[name] for name in row if name != "exact"} for row in value]
        elif key != "lorenz":
            shown[key] = value["decimal"] if isinstance(value, dict) else value
    return as_text(shown)


def run_square_root(path: Path, options: Namespace) -> Mapping[str, object]:
    """Power against the square root of the inhabitants, and the Jagiellonian compromise."""
    table = read_members(path)
    game = game_of(table, options.quota)
    people = inhabitants_of(table, needed=True) or []
    found = square_root_comparison(game, people)
    return head_of(game) | {
        "jagiellonian_quota": found.quota,
        "approximate_quota": found.approximate_quota,
        "rows": [
            {
                "member": row["member"],
                "votes": row["votes"],
                "inhabitants": count,
                "ideal": ideal,
                "influence": influence,
                "square_root_votes": votes,
                "jagiellonian_influence": compromise,
            }
            for row, count, ideal, influence, votes, compromise in zip(
                table.rows,
                people,
                found.ideal,
                found.influence,
                found.jagiellonian_votes,
                found.jagiellonian,
                strict=True,
            )
        ],
    }
