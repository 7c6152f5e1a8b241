"""What may be shown when ballots are not public: no segment of fewer than five members.

In a dimension that divides all members, small segments are merged upward into one, and when that is
still too small the next smallest joins, because a segment left out can be found by subtraction.
Among overlapping segments a small one is withheld, and so is one that leaves fewer than five
members outside, since the difference with the whole would show those. A segment of five or more in
which all answered alike still tells how each answered: that is what a result is, and not hidden.
"""

from dataclasses import dataclass, replace

import numpy as np

from verband.core.divergence.replies import Dimension, Replies

SMALLEST = 5


@dataclass(frozen=True)
class Suppression:
    """What happened to some segments of a dimension.

    ``merged_into`` is the name under which they are shown, or ``None`` when they are withheld.
    """

    dimension: str
    segments: tuple[str, ...]
    merged_into: str | None


def suppress(replies: Replies, smallest: int = SMALLEST) -> tuple[Replies, list[Suppression]]:
    """The replies with small segments merged or withheld, and what was done.

    Everything computed from the result may be shown. A dimension that cannot be shown in two or
    more segments is withheld as a whole.

    >>> from verband.core.divergence.replies import Reply, collect
    >>> rows = [Reply(f"m{i}", "yes", 1, {"size": ["large" if i < 6 else "small" if i < 8
    ...         else "middle" if i < 11 else "tiny"]}) for i in range(12)]
    >>> shown, done = suppress(collect(rows))
    >>> shown.dimensions[0].segments, done[0].merged_into
    (('large', 'middle + small + tiny'), 'middle + small + tiny')
    """
    kept: list[Dimension] = []
    done: list[Suppression] = []
    for dimension in replies.dimensions:
        merge = _merge if dimension.is_partition else _withhold
        shown, suppression = merge(dimension, smallest)
        if shown is not None:
            kept.append(shown)
        if suppression is not None:
            done.append(suppression)
    return replace(replies, dimensions=tuple(kept)), done


def _merge(dimension: Dimension, smallest: int) -> tuple[Dimension | None, Suppression | None]:
    sizes = dimension.membership.sum(axis=1).tolist()
    order = sorted(range(len(sizes)), key=lambda place: (sizes[place], dimension.segments[place]))
    small = [place for place in order if sizes[place] < smallest]
    if not small:
        return dimension, None
    while sum(sizes[place] for place in small) < smallest and len(small) < len(order):
        small.append(order[len(small)])
    rest = [place for place in range(len(sizes)) if place not in small]
    names = tuple(sorted(dimension.segments[place] for place in small))
    if not rest:
        return None, Suppression(dimension.name, names, None)
    merged = " + ".join(names)
    rows = np.vstack([dimension.membership[rest], dimension.membership[small].any(axis=0)])
    segments = (*(dimension.segments[place] for place in rest), merged)
    shown = replace(dimension, segments=segments, membership=rows)
    return shown, Suppression(dimension.name, names, merged)


def _withhold(dimension: Dimension, smallest: int) -> tuple[Dimension | None, Suppression | None]:
    inside = dimension.membership.sum(axis=1)
    shown = (inside >= smallest) & (dimension.membership.shape[1] - inside >= smallest)
    hidden = tuple(
        name for name, is_shown in zip(dimension.segments, shown, strict=True) if not is_shown
    )
    if not hidden:
        return dimension, None
    suppression = Suppression(dimension.name, hidden, None)
    if not shown.any():
        return None, suppression
    names = tuple(name for name in dimension.segments if name not in hidden)
    return replace(dimension, segments=names, membership=dimension.membership[shown]), suppression
