"""The Merkle tree of RFC 6962: one hash that stands for a whole list of records.

A *leaf* is the hash of one record; a *node* the hash of its two children; the *root* stands for the
list. An *inclusion proof* shows that one record is in a list with a known root, a *consistency
proof* that an older list is the beginning of a newer one. Both take about log2(n) hashes of 32
bytes. Leaves and nodes are hashed with different first bytes, so that none passes for the other.

A *place* ``(level, index)`` is the root of a complete subtree over the leaves from
``index * 2**level`` up to ``(index + 1) * 2**level``; it never changes once its leaves are there,
so it can be stored once. Proofs are given as places first, so that a store fetches them at once.

Sources: Laurie, Langley and Kasper, RFC 6962 (2013), section 2.1; Laurie, Messeri and Stradling,
RFC 9162 (2021), sections 2.1.3.2 and 2.1.4.2 for the verification.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from verband.core.errors import DomainError

Place = tuple[int, int]
EMPTY_ROOT = hashlib.sha256(b"").digest()


class NotInTree(DomainError):
    """There is no such leaf, or no such size, in this tree."""

    code = "not_in_tree"
    template = "A tree of %(size)s lines has no line at place %(index)s."


class NotIncluded(DomainError):
    """An inclusion proof does not lead from the leaf to the root."""

    code = "not_included"
    template = "The proof does not show that line %(index)s is among the %(size)s lines."


class NotConsistent(DomainError):
    """A consistency proof does not lead from the old root to the new one."""

    code = "not_consistent"
    template = "The proof does not show that the first %(old)s of the %(new)s lines are unchanged."


def leaf_hash(record: bytes) -> bytes:
    """Hash of one record: SHA-256 of ``0x00`` and the record (RFC 6962, section 2.1).

    >>> leaf_hash(b"").hex()[:8]
    '6e340b9c'
    """
    return hashlib.sha256(b"\x00" + record).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of two children: SHA-256 of ``0x01``, left and right (RFC 6962, section 2.1).

    >>> node_hash(leaf_hash(b""), leaf_hash(b"\\x00")).hex()[:8]
    'fac54203'
    """
    return hashlib.sha256(b"\x01" + left + right).digest()


def fold(hashes: Sequence[bytes]) -> bytes:
    """Root of neighbouring complete subtrees, given from left to right, largest first.

    >>> fold([]) == EMPTY_ROOT
    True
    """
    if not hashes:
        return EMPTY_ROOT
    result = hashes[-1]
    for left in reversed(hashes[:-1]):
        result = node_hash(left, result)
    return result


class Tree:
    """A growing tree that remembers only its complete subtrees: at most log2(n) hashes.

    >>> tree = Tree()
    >>> [place for record in (b"", b"\\x00", b"\\x10") for place, _ in tree.add(leaf_hash(record))]
    [(0, 0), (0, 1), (1, 0), (0, 2)]
    >>> tree.size, tree.root().hex()[:8]
    (3, 'aeb6bcfe')
    """

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size = size
        self.hashes = list(hashes)
        if len(self.hashes) != size.bit_count():
            raise NotInTree(size=size, index=len(self.hashes))

    def add(self, leaf: bytes) -> list[tuple[Place, bytes]]:
        """Add one leaf; returns the leaf and each subtree that it completes, from below."""
        place = (0, self.size)
        made = [(place, leaf)]
        rest, current = self.size, leaf
        while rest & 1:
            current = node_hash(self.hashes.pop(), current)
            place = (place[0] + 1, place[1] >> 1)
            made.append((place, current))
            rest >>= 1
        self.hashes.append(current)
        self.size += 1
        return made

    def root(self) -> bytes:
        """The root over all leaves so far."""
        return fold(self.hashes)


def root_of(records: Iterable[bytes]) -> bytes:
    """The root over ``records`` (RFC 6962, section 2.1).

    >>> root_of([b"", b"\\x00"]).hex()[:8]
    'fac54203'
    """
    tree = Tree()
    for record in records:
        tree.add(leaf_hash(record))
    return tree.root()


def places(start: int, stop: int) -> tuple[Place, ...]:
    """The complete subtrees that make up the leaves ``start`` up to ``stop``, largest first.

    ``start`` must be a multiple of the largest power of two that fits, as in every proof.

    >>> places(0, 7)
    ((2, 0), (1, 2), (0, 6))
    """
    found = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        found.append((level, start >> level))
        start += 1 << level
    return tuple(found)


def inclusion_places(index: int, size: int) -> tuple[tuple[Place, ...], ...]:
    """What the inclusion proof of leaf ``index`` in a tree of ``size`` leaves is made of.

    One tuple of places for each hash of the proof, from below; ``fold`` makes the hash.

    Raises:
        NotInTree: there is no such leaf.

    >>> inclusion_places(4, 7)
    (((0, 5),), ((0, 6),), ((2, 0),))
    """
    if not 0 <= index < size:
        raise NotInTree(size=size, index=index)
    return tuple(places(*sibling) for sibling in _siblings(index, 0, size))


def _siblings(index: int, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """PATH of RFC 6962, section 2.1.1, as ranges of leaves."""
    if stop - start == 1:
        return
    middle = start + _split(stop - start)
    if index < middle:
        yield from _siblings(index, start, middle)
        yield middle, stop
    else:
        yield from _siblings(index, middle, stop)
        yield start, middle


def consistency_places(old: int, new: int) -> tuple[tuple[Place, ...], ...]:
    """What the proof is made of that the first ``old`` of ``new`` leaves are unchanged.

    Raises:
        NotInTree: the old tree is empty or larger than the new one.

    >>> consistency_places(3, 7)
    (((0, 2),), ((0, 3),), ((1, 0),), ((1, 2), (0, 6)))
    """
    if not 0 < old <= new:
        raise NotInTree(size=new, index=old)
    return tuple(places(*part) for part in _parts(old, 0, new, whole=True))


def _parts(old: int, start: int, stop: int, *, whole: bool) -> Iterator[tuple[int, int]]:
    """SUBPROOF of RFC 6962, section 2.1.2, as ranges of leaves; ``old`` counts from ``start``."""
    if old == stop - start:
        if not whole:
            yield start, stop
        return
    split = _split(stop - start)
    if old <= split:
        yield from _parts(old, start, start + split, whole=whole)
        yield start + split, stop
    else:
        yield from _parts(old - split, start + split, stop, whole=False)
        yield start, start + split


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << ((size - 1).bit_length() - 1)


def check_inclusion(
    leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Accept that ``leaf`` stands at ``index`` in the tree of ``size`` leaves with ``root``.

    Raises:
        NotIncluded: the proof does not show it.

    Source: RFC 9162, section 2.1.3.2.

    >>> a, b = leaf_hash(b"a"), leaf_hash(b"b")
    >>> check_inclusion(a, index=0, size=2, proof=[b], root=node_hash(a, b))
    """
    refusal = NotIncluded(index=index, size=size)
    if not 0 <= index < size:
        raise refusal
    node, last, current = index, size - 1, leaf
    for step in proof:
        if last == 0:
            raise refusal
        if node & 1 or node == last:
            current = node_hash(step, current)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            current = node_hash(current, step)
        node, last = node >> 1, last >> 1
    if last or current != root:
        raise refusal


def check_consistency(
    *, old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Accept that the tree of ``old`` leaves is the beginning of the tree of ``new`` leaves.

    Raises:
        NotConsistent: the proof does not show it.

    Source: RFC 9162, section 2.1.4.2.

    >>> a, b = leaf_hash(b"a"), leaf_hash(b"b")
    >>> check_consistency(old=1, new=2, proof=[b], old_root=a, new_root=node_hash(a, b))
    """
    refusal = NotConsistent(old=old, new=new)
    if not 0 < old <= new:
        raise refusal
    if old == new:
        if proof or old_root != new_root:
            raise refusal
        return
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    if not steps:
        raise refusal
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise refusal
        if node & 1 or node == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            after = node_hash(after, step)
        node, last = node >> 1, last >> 1
    if last or before != old_root or after != new_root:
        raise refusal
