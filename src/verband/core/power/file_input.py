"""What the power commands share: the columns they read and the options they know."""

from argparse import ArgumentParser
from pathlib import Path

from verband.core.compute.reading import Column, Table, read_table
from verband.core.errors import DomainError
from verband.core.power.game import WeightedGame, quota_of, whole_votes

MEMBER = Column("member", "text", aliases=("lid", "gemeente", "naam", "name"))
VOTES = Column("votes", "int", minimum=0, aliases=("stemmen",))
INHABITANTS = Column(
    "inhabitants", "int", required=False, minimum=0, aliases=("inwoners", "population")
)
PAYS = Column("pays", "fraction", required=False, minimum=0, aliases=("contribution", "bijdrage"))
GROUP = Column("group", "text", required=False, aliases=("groep", "province", "provincie"))
QUOTA_HELP = "votes that are enough: 6411, or a share 2/3, or more than a share 1/2+"


class InhabitantsMissing(DomainError):
    """The question is about inhabitants and the file does not tell all of them."""

    code = "inhabitants_missing"
    template = (
        "The inhabitants of %(member)s are missing. Fill in the column “inhabitants” for every "
        "member."
    )


def read_members(path: Path, *more: Column) -> Table:
    return read_table(path, [MEMBER, VOTES, INHABITANTS, *more], extra="keep")


def inhabitants_of(table: Table, *, needed: bool) -> list[int] | None:
    counts = table.column("inhabitants")
    if None not in counts:
        return counts
    if needed or any(count is not None for count in counts):
        member = table.rows[counts.index(None)]["member"]
        raise InhabitantsMissing(member=member)
    return None


def game_of(table: Table, quota: str) -> WeightedGame:
    votes = whole_votes(table.column("votes"))
    return WeightedGame(votes, quota_of(quota, sum(votes)))


def head_of(game: WeightedGame) -> dict[str, object]:
    return {"members": len(game.votes), "votes": game.total, "quota": game.quota}


def quota_option(parser: ArgumentParser) -> None:
    parser.add_argument("--quota", required=True, metavar="Q", help=QUOTA_HELP)
