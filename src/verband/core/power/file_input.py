"""What the power commands share: the columns they read and the options they know."""

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path

from verband.core.compute.member_columns import INHABITANTS, MEMBER, VOTES
from verband.core.compute.reading import Column, Table, read_table
from verband.core.errors import DomainError
from verband.core.power.game import WeightedGame, quota_of, whole_votes

OPTIONAL_INHABITANTS = replace(INHABITANTS, required=False)
PAYS = Column("pays", "fraction", required=False, minimum=0, aliases=("contribution", "bijdrage"))
GROUP = Column("group", "text", required=False, aliases=("groep", "province", "provincie"))
QUOTA_HELP = "votes that are enough: 6411, or a share 2/3, or more than a share 1/2+"


class InhabitantsMissing(DomainError):
    """The question is about inhabitants and the file does not tell all of them."""

    code = "inhabitants_not_on_file"
    template = (
        "The inhabitants of %(member)s are missing. Fill in the column “inhabitants” for every "
        "member."
    )


def read_members(path: Path, *more: Column) -> Table:
    """The file with members, votes and, where given, inhabitants. Raises: ``FileRefused``."""
    return read_table(path, [MEMBER, VOTES, OPTIONAL_INHABITANTS, *more], extra="keep")


def inhabitants_of(table: Table, *, needed: bool) -> list[int] | None:
    """The inhabitants of every member; ``None`` when the file has none and none are ``needed``.

    Raises: ``InhabitantsMissing``, when they are needed or only some are given.
    """
    counts = table.column("inhabitants")
    if None not in counts:
        return counts
    if needed or any(count is not None for count in counts):
        member = table.rows[counts.index(None)]["member"]
        raise InhabitantsMissing(member=member)
    return None


def game_of(table: Table, quota: str) -> WeightedGame:
    """The votes of the file under a quota, a number of votes or a share of all."""
    votes = whole_votes(table.column("votes"))
    return WeightedGame(votes, quota_of(quota, sum(votes)))


def head_of(game: WeightedGame) -> dict[str, object]:
    """What every answer begins with: members, votes in all, quota."""
    return {"members": len(game.votes), "votes": game.total, "quota": game.quota}


def quota_option(parser: ArgumentParser) -> None:
    """Ask for the quota."""
    parser.add_argument("--quota", required=True, metavar="Q", help=QUOTA_HELP)
