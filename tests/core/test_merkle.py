import doctest
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verband.core import merkle
from verband.core.merkle import (
    EMPTY_ROOT,
    NotConsistent,
    NotIncluded,
    NotInTree,
    Tree,
    check_consistency,
    check_inclusion,
    consistency_places,
    fold,
    inclusion_places,
    leaf_hash,
    root_of,
)

# Certificate Transparency's leaves and the beginnings of the roots of sizes 1 to 7.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = ["6e340b9c", "fac54203", "aeb6bcfe", "d37ee418", "4e3bbb1f", "76e67dad", "ddb89be4"]
WHOLE = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def store(count):
    """Every complete subtree of the first ``count`` numbers, and the root at every size."""
    tree, nodes, roots = Tree(), {}, [EMPTY_ROOT]
    for number in range(count):
        nodes.update(tree.add(leaf_hash(b"%d" % number)))
        roots.append(tree.root())
    return nodes, roots


NODES, SIZES = store(70)


def proof_of(proof_places):
    return [fold([NODES[place] for place in part]) for part in proof_places]


def test_examples_in_the_documentation_hold():
    assert doctest.testmod(merkle).failed == 0


def test_roots_are_those_of_certificate_transparency():
    assert [root_of(LEAVES[:size]).hex()[:8] for size in range(1, 8)] == ROOTS
    assert root_of(LEAVES).hex() == WHOLE


def test_the_empty_tree_has_the_hash_of_nothing():
    assert root_of([]) == EMPTY_ROOT == hashlib.sha256(b"").digest()


def test_root_follows_the_recursive_definition_of_the_standard():
    def defined(leaves):
        if len(leaves) == 1:
            return leaf_hash(leaves[0])
        split = max(2**k for k in range(10) if 2**k < len(leaves))
        return merkle.node_hash(defined(leaves[:split]), defined(leaves[split:]))

    records = [b"%d" % number for number in range(70)]

    assert [defined(records[:size]) for size in range(1, 71)] == SIZES[1:]


def test_a_tree_goes_on_where_it_was_left():
    for size in range(70):
        tree = Tree(size, [NODES[place] for place in merkle.places(0, size)])

        tree.add(leaf_hash(b"%d" % size))

        assert tree.root() == SIZES[size + 1]


def test_every_line_can_be_proved_in_every_size():
    for size in range(1, 71):
        for index in range(size):
            proof = proof_of(inclusion_places(index, size))
            leaf = leaf_hash(b"%d" % index)

            check_inclusion(leaf, index=index, size=size, proof=proof, root=SIZES[size])


def test_every_size_is_the_beginning_of_every_later_size():
    for new in range(1, 71):
        for old in range(1, new + 1):
            proof = proof_of(consistency_places(old, new))

            check_consistency(
                old=old, new=new, proof=proof, old_root=SIZES[old], new_root=SIZES[new]
            )


def test_proofs_take_about_as_many_hashes_as_the_size_has_digits():
    assert len(inclusion_places(77_777, 100_000)) <= 17
    assert len(consistency_places(77_777, 100_000)) <= 18


@given(size=st.integers(1, 70), data=st.data())
def test_a_proof_is_refused_for_another_line_place_size_or_hash(size, data):
    index = data.draw(st.integers(0, size - 1))
    proof = proof_of(inclusion_places(index, size))
    leaf, root = leaf_hash(b"%d" % index), SIZES[size]
    other_index = data.draw(st.integers(-1, 70).filter(lambda i: i != index))
    position = data.draw(st.integers(0, len(proof)))
    wrong = [*proof[:position], bytes(32), *proof[position + 1 :]]

    with pytest.raises(NotIncluded):
        check_inclusion(leaf_hash(b"no"), index=index, size=size, proof=proof, root=root)
    with pytest.raises(NotIncluded):
        check_inclusion(leaf, index=other_index, size=size, proof=proof, root=root)
    with pytest.raises(NotIncluded):
        check_inclusion(leaf, index=index, size=size, proof=wrong, root=root)
    with pytest.raises(NotIncluded):
        check_inclusion(leaf, index=index, size=size, proof=proof, root=bytes(32))


@given(new=st.integers(1, 70), data=st.data())
def test_a_changed_past_is_refused(new, data):
    old = data.draw(st.integers(1, new))
    proof = proof_of(consistency_places(old, new))
    position = data.draw(st.integers(0, len(proof)))
    wrong = [*proof[:position], bytes(32), *proof[position + 1 :]]
    good = {"old": old, "new": new, "old_root": SIZES[old], "new_root": SIZES[new]}

    with pytest.raises(NotConsistent):
        check_consistency(**{**good, "old_root": bytes(32)}, proof=proof)
    with pytest.raises(NotConsistent):
        check_consistency(**{**good, "new_root": bytes(32)}, proof=proof)
    with pytest.raises(NotConsistent):
        check_consistency(**good, proof=wrong)


def test_a_proof_without_its_first_hash_is_refused():
    with pytest.raises(NotConsistent):
        check_consistency(old=3, new=7, proof=[], old_root=SIZES[3], new_root=SIZES[7])


def test_a_line_that_is_not_there_has_no_proof():
    with pytest.raises(NotInTree):
        inclusion_places(7, 7)
    with pytest.raises(NotInTree):
        consistency_places(0, 7)
    with pytest.raises(NotInTree):
        Tree(3, [bytes(32)])
