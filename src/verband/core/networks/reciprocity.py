"""We sit at their table; do they sit at ours?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from verband.core.errors import DomainError
from verband.core.networks.register import Tie, adjacency


class TieWithItself(DomainError):
    """A tie joins two different parties."""

    code = "tie_with_itself"
    template = "%(name)s cannot have a tie with itself."


@dataclass(frozen=True)
class Reciprocity:
    """How mutual the ties on a day are.

    ``plain`` = ties answered by a tie back / all ties. ``corrected`` sets that against the density,
    the share expected by chance: 1 all mutual, 0 as by chance, below 0 less than chance
    (Garlaschelli & Loffredo 2004). ``None`` where it has no meaning: no ties, or all possible ties.
    """

    parties: int
    ties: int
    mutual_pairs: tuple[tuple[str, str], ...]
    one_sided: tuple[tuple[str, str], ...]
    density: Fraction | None
    plain: Fraction | None
    corrected: Fraction | None


def reciprocity(ties: Iterable[Tie], on: date, also: Sequence[str] = ()) -> Reciprocity:
    """Reciprocity on a day; ``also`` names parties that have no tie.

    Source: Garlaschelli & Loffredo (2004), Physical Review Letters 93:268701.
    Raises: ``TieWithItself``.

    >>> got = reciprocity([Tie("VNG", "IPO"), Tie("IPO", "VNG"), Tie("VNG", "UvW")],
    ...                   date(2017, 1, 1))
    >>> got.one_sided, got.plain, got.corrected
    ((('VNG', 'UvW'),), Fraction(2, 3), Fraction(1, 3))
    """
    names, matrix = adjacency(ties, on, also)
    own = matrix.diagonal().nonzero()[0]
    if len(own):
        raise TieWithItself(name=names[int(own[0])])
    mutual = matrix.multiply(matrix.T).tocoo()
    single = (matrix - matrix.multiply(matrix.T)).tocoo()
    count, possible = int(matrix.nnz), len(names) * (len(names) - 1)
    plain = Fraction(int(mutual.nnz), count) if count else None
    density = Fraction(count, possible) if possible else None
    corrected = None
    if plain is not None and density is not None and density < 1:
        corrected = (plain - density) / (1 - density)
    return Reciprocity(
        parties=len(names),
        ties=count,
        mutual_pairs=_named(names, mutual.row, mutual.col, once=True),
        one_sided=_named(names, single.row[single.data > 0], single.col[single.data > 0]),
        density=density,
        plain=plain,
        corrected=corrected,
    )


def _named(
    names: Sequence[str], rows: Iterable[int], columns: Iterable[int], *, once: bool = False
) -> tuple[tuple[str, str], ...]:
    pairs = ((names[int(i)], names[int(j)]) for i, j in zip(rows, columns, strict=True))
    return tuple(sorted(pair for pair in pairs if not once or pair[0] < pair[1]))
