"""The power questions as commands.

``compute power``, ``blocking``, ``majorities``, ``pays`` and ``square-root``.
"""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from verband.core.compute.command import Command
from verband.core.compute.writing import as_text, both, exact
from verband.core.power.blocking import SmallestSet, blocking
from verband.core.power.file_input import (
    game_of,
    head_of,
    inhabitants_of,
    quota_option,
    read_members,
)
from verband.core.power.indices import power
from verband.core.power.majorities_command import majorities_options, run_majorities
from verband.core.power.payment_command import (
    pays_options,
    pays_table,
    run_pays,
    run_square_root,
)

NAMES_ON_ONE_LINE = 8
LONGEST_COUNT = 24  # digits in a table


def run_power(path: Path, options: Namespace) -> Mapping[str, object]:
    """Every index for every member of the file."""
    table = read_members(path)
    game = game_of(table, options.quota)
    found = power(game)
    rows = [
        {
            "member": member,
            "votes": each.votes,
            "swings": exact(each.swings),
            "banzhaf": float(each.banzhaf),
            "banzhaf_absolute": float(each.banzhaf_absolute),
            "shapley_shubik": float(each.shapley_shubik),
            "prevent": float(each.prevent),
            "initiate": float(each.initiate),
        }
        for member, each in zip(table.column("member"), found.members, strict=True)
    ]
    return head_of(game) | {
        "winning": exact(found.counts.winning),
        "power_to_act": float(found.counts.power_to_act),
        "rows": rows,
    }


def power_table(result: Mapping[str, Any]) -> str:
    """For a reader: counts too long for a column are left to the JSON."""
    longest = max(len(row["swings"]) for row in result["rows"])
    if longest <= LONGEST_COUNT:
        return as_text(result)
    rows = [{key: row[key] for key in row if key != "swings"} for row in result["rows"]]
    short = {key: value for key, value in result.items() if key != "winning"}
    return as_text({**short, "rows": rows})


def run_blocking(path: Path, options: Namespace) -> Mapping[str, object]:
    """The smallest passing and blocking sets, by members and by inhabitants."""
    table = read_members(path)
    game = game_of(table, options.quota)
    people = inhabitants_of(table, needed=False)
    found = blocking(game, people)
    names = table.column("member")
    total = sum(people) if people else None
    sets = [
        ("fewest members to pass", found.fewest_to_pass),
        ("fewest members to block", found.fewest_to_block),
        ("fewest inhabitants to pass", found.least_inhabitants_to_pass),
        ("fewest inhabitants to block", found.least_inhabitants_to_block),
    ]
    rows = [_set_row(what, each, names, total) for what, each in sets if each is not None]
    result = head_of(game) | {"enough_to_block": game.enough_to_block}
    if found.outvoted is not None:
        result["can_be_outvoted"] = both(found.outvoted)
    return result | {"rows": rows}


def _set_row(
    what: str, found: SmallestSet, names: Sequence[str], total: int | None
) -> dict[str, Any]:
    row: dict[str, Any] = {"set": what, "members": len(found.members), "votes": found.votes}
    if total and found.inhabitants is not None:
        share = Fraction(found.inhabitants, total)
        row |= {"inhabitants": found.inhabitants, "share": float(share), "exact": exact(share)}
    return row | {"names": [names[member] for member in found.members]}


def blocking_table(result: Mapping[str, Any]) -> str:
    """The sets as columns; long lists of names are cut."""
    rows = []
    for row in result["rows"]:
        names = row["names"]
        cut = names if len(names) <= NAMES_ON_ONE_LINE else [*names[:NAMES_ON_ONE_LINE], "..."]
        rows.append({key: row[key] for key in row if key != "exact"} | {"names": cut})
    return as_text({**result, "rows": rows})


COMMANDS: tuple[Command, ...] = (
    Command(
        "power",
        "What each member's votes are worth under a quota.",
        quota_option,
        run_power,
        power_table,
    ),
    Command(
        "blocking",
        "The smallest sets that pass or stop a motion.",
        quota_option,
        run_blocking,
        blocking_table,
    ),
    Command(
        "majorities",
        "Majorities of votes, inhabitants and members at once.",
        majorities_options,
        run_majorities,
    ),
    Command("pays", "Who pays against who decides.", pays_options, run_pays, pays_table),
    Command(
        "square-root",
        "Power against the square root of the inhabitants (Penrose).",
        quota_option,
        run_square_root,
    ),
)
