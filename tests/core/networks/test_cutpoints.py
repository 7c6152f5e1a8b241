"""Whose leaving cuts bodies off from each other."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from verband.core.networks.cutpoints import cuts, single_points
from verband.core.networks.register import Seat, incidence

DAY = date(2017, 10, 30)


def components(matrix):
    return connected_components(csr_array(matrix), directed=False)


graphs = st.integers(2, 8).flatmap(
    lambda size: st.lists(
        st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)).filter(
            lambda edge: edge[0] != edge[1]
        ),
        max_size=14,
    ).map(lambda edges: adjacency(size, edges))
)


def adjacency(size, edges):
    matrix = np.zeros((size, size), dtype=np.int64)
    for i, j in edges:
        matrix[i, j] = matrix[j, i] = 1
    return matrix


@settings(max_examples=80, deadline=None)
@given(graphs)
def test_points_and_bridges_agree_with_taking_each_away(matrix):
    size = len(matrix)
    weak = cuts(csr_array(matrix))
    count, labels = components(matrix)

    for node in range(size):
        rest = [other for other in range(size) if other != node]
        left = components(matrix[np.ix_(rest, rest)])
        alone = not matrix[node].any()
        assert (node in weak.points) == (left[0] > count - alone)
        if node in weak.points:
            expected = {
                frozenset(rest[i] for i in np.flatnonzero(left[1] == part))
                for part in range(left[0])
            }
            own = {other for other in rest if labels[other] == labels[node]}
            pieces = [frozenset(piece.tolist()) for piece in weak.pieces(node)]
            assert set(pieces) == {part for part in expected if part <= own}
            assert len(set(pieces)) == len(pieces)
    bridges = {frozenset(edge) for edge in weak.bridges}
    for i, j in zip(*np.nonzero(np.triu(matrix)), strict=True):
        without = matrix.copy()
        without[i, j] = without[j, i] = 0
        assert (frozenset((i, j)) in bridges) == (components(without)[0] > count)


def register(**bodies):
    return incidence([Seat(p, b) for b, people in bodies.items() for p in people], DAY)


def test_the_only_one_between_two_groups_is_named_with_what_is_cut_off():
    found = register(board="ab", finance="abc", care="cd", youth="de", sport="de")

    people, seats = single_points(found)

    assert [(one.person, one.cut_off) for one in people] == [
        ("c", (("board", "finance"),)),
        ("d", (("sport", "youth"),)),
    ]
    assert {(one.person, one.body) for one in seats} == {
        ("c", "finance"),
        ("c", "care"),
        ("d", "care"),
    }


def test_a_body_with_one_person_hangs_by_that_person():
    people, seats = single_points(register(board="abc", lonely="a"))

    assert [(one.person, one.bodies, one.cut_off) for one in people] == [
        ("a", ("board", "lonely"), (("lonely",),))
    ]
    assert [(one.body, one.cut_off) for one in seats] == [
        ("board", ("lonely",)),
        ("lonely", ("lonely",)),
    ]


def test_two_people_between_two_bodies_are_no_single_point():
    assert single_points(register(board="abc", care="bcd")) == ([], [])
    assert single_points(incidence([], DAY)) == ([], [])


def test_a_chain_longer_than_the_stack_is_walked():
    size = 3_000
    chain = csr_array(
        (
            np.ones(2 * size - 2, dtype=np.int64),
            (np.r_[: size - 1, 1:size], np.r_[1:size, : size - 1]),
        ),
        shape=(size, size),
    )

    weak = cuts(chain)

    assert len(weak.points) == size - 2
    assert len(weak.bridges) == size - 1
