"""``compute majorities``: a double or triple rule, its parts, and the power under it."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

from verband.core.compute.reading import Table
from verband.core.compute.writing import exact
from verband.core.errors import DomainError
from verband.core.power.file_input import QUOTA_HELP, inhabitants_of, read_members
from verband.core.power.game import quota_of
from verband.core.power.majorities import (
    Electorate,
    Majorities,
    count_joint,
    joint_power,
    units_of,
)


class UnitOutOfRange(DomainError):
    """Inhabitants are counted in units of one or more."""

    code = "unit_out_of_range"
    template = "A unit of %(unit)s inhabitants is impossible. Use 1 or more, 1000 for example."


class NoWholeUnit(DomainError):
    """A majority of nothing cannot be asked."""

    code = "no_whole_unit"
    template = "All members together have no whole unit of %(unit)s inhabitants. Use fewer in one."


def majorities_options(parser: ArgumentParser) -> None:
    """The majorities a motion needs, all at once."""
    parser.add_argument("--votes", metavar="Q", help=QUOTA_HELP)
    parser.add_argument("--inhabitants", metavar="Q", help="the same, of inhabitants in units")
    parser.add_argument("--members", metavar="Q", help="the same, of members")
    parser.add_argument("--unit", type=int, default=1000, help="inhabitants in one unit (1000)")


def run_majorities(path: Path, options: Namespace) -> Mapping[str, object]:
    """A double or triple rule: how often it passes, each part of it, and the power under it."""
    if options.unit < 1:
        raise UnitOutOfRange(unit=options.unit)
    table = read_members(path)
    votes = tuple(table.column("votes"))
    people = inhabitants_of(table, needed=options.inhabitants is not None)
    units = units_of(votes, people, options.unit) if people else votes
    body = Electorate(votes, units)
    if options.inhabitants is not None and not body.totals.units:
        raise NoWholeUnit(unit=options.unit)
    asked = {"votes": options.votes, "inhabitants": options.inhabitants, "members": options.members}
    quotas = {
        name: quota_of(text, total)
        for (name, text), total in zip(asked.items(), body.totals, strict=True)
        if text is not None
    }
    parts = [part for size in range(1, len(quotas) + 1) for part in combinations(quotas, size)] or [
        ()
    ]
    rules = [_rule({name: quotas[name] for name in part}) for part in parts]
    found = dict(zip(parts, count_joint(body, rules), strict=True))
    whole = found[parts[-1]]
    return {
        "members": body.totals.members,
        "votes": body.totals.votes,
        "units": body.totals.units if people else None,
        "unit": options.unit if people else None,
        "quota": quotas,
        "winning": None if whole.winning is None else exact(whole.winning),
        "power_to_act": whole.power_to_act,
        "parts": [
            {
                "majorities": " and ".join(part),
                "winning": None if each.winning is None else exact(each.winning),
                "power_to_act": each.power_to_act,
            }
            for part, each in found.items()
        ],
        "disagreement": [
            {
                "between": " and ".join(pair),
                "chance": found[pair[:1]].power_to_act
                + found[pair[1:]].power_to_act
                - 2 * found[pair].power_to_act,
            }
            for pair in parts
            if len(pair) == 2
        ],
        "rows": _joint_rows(table, body, rules[-1]),
    }


def _rule(quotas: Mapping[str, int]) -> Majorities:
    return Majorities(quotas.get("votes"), quotas.get("inhabitants"), quotas.get("members"))


def _joint_rows(table: Table, body: Electorate, rule: Majorities) -> list[dict[str, object]]:
    members = joint_power(body, rule)
    return [
        {
            "member": name,
            "votes": votes,
            "units": units,
            "swings": None if each.swings is None else exact(each.swings),
            "banzhaf": each.banzhaf,
            "banzhaf_absolute": each.banzhaf_absolute,
            "shapley_shubik": None if each.shapley_shubik is None else float(each.shapley_shubik),
            "prevent": each.prevent,
            "initiate": each.initiate,
        }
        for name, votes, units, each in zip(
            table.column("member"), body.votes, body.units, members, strict=True
        )
    ]
