"""``compute pays`` and ``compute square-root``: votes against payment and against inhabitants."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
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
from verband.core.power.pays import PaysAndDecides, pays_and_decides, size_class
from verband.core.power.square_root import square_root_comparison


def pays_options(parser: ArgumentParser) -> None:
    """With a quota, payment is also compared with power."""
    parser.add_argument("--quota", metavar="Q", help=f"{QUOTA_HELP}; adds payment against power")


def run_pays(path: Path, options: Namespace) -> Mapping[str, object]:
    """Who pays against who decides. Payment is the column ``pays``, else the inhabitants.

    Groups are the column ``group`` (or ``province``), else size classes by inhabitants.
    """
    table = read_members(path, PAYS, GROUP)
    votes = table.column("votes")
    given = table.column("pays")
    people = inhabitants_of(table, needed=any(payment is None for payment in given))
    payments = people if people and None in given else given
    groups = table.column("group")
    if None in groups:
        groups = [size_class(count) for count in people] if people else ["all"] * len(votes)
    found = pays_and_decides(payments, votes, groups)
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
    return result | _pays_rows(table, found)


def _pays_rows(table: Table, found: PaysAndDecides) -> dict[str, object]:
    return {
        "groups": [
            {
                "group": name,
                "members": group.members,
                "pays": float(group.pays),
                "decides": float(group.decides),
                "advantage": float(group.decides / group.pays),
                "theil_between": group.between,
                "theil_within": group.within,
            }
            for name, group in found.groups.items()
        ],
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
    """Without the points of the Lorenz curve, which are for drawing."""
    return as_text({key: value for key, value in result.items() if key != "lorenz"})


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
