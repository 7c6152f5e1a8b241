"""The parts of the cartogram: grid, neighbours, spreading, moves, figures."""

import math
import random

import numpy as np
import pytest

from verband.core.cartogram.annealing import anneal
from verband.core.cartogram.arrangement import Arrangement, Costs
from verband.core.cartogram.gathering import call_home, is_whole
from verband.core.cartogram.grid import Board, centre, neighbours, pieces, steps_between
from verband.core.cartogram.places import Place, kilometres, neighbour_pairs
from verband.core.cartogram.quality import compare, measure
from verband.core.cartogram.spread import spread

MEMBERS = 9


def block():
    """A board with nine members of three regions in a 3 by 3 block, and random costs."""
    board = Board.covering([(0.0, 0.0), (4.0, 4.0)], margin=2)
    chance = random.Random(3)
    worth = [[0.0] * (MEMBERS + 1) for _ in range(MEMBERS)]
    for a in range(MEMBERS):
        for b in range(a):
            worth[a][b] = worth[b][a] = chance.random()
    costs = Costs(
        cell=[[chance.random() for _ in board.cells] for _ in range(MEMBERS)],
        beside=worth,
        gap=(0.0, 0.1, 0.2, 0.3, 0.8, 1.5, 4.0),
        open=[chance.random() for _ in board.cells],
        region=[m // 3 for m in range(MEMBERS)],
    )
    cells = [board.number[(q, r)] for r in range(1, 4) for q in range(3)]
    return Arrangement(board, costs, cells)


def test_all_six_neighbours_are_one_step_and_one_width_away():
    for cell in neighbours((2, -1)):
        assert steps_between((2, -1), cell) == 1
        assert math.dist(centre((2, -1)), centre(cell)) == pytest.approx(1)


def test_steps_are_counted_round_the_corner():
    assert steps_between((0, 0), (2, 2)) == 4
    assert steps_between((0, 0), (3, -2)) == 3


def test_cells_that_only_share_a_neighbour_are_two_pieces():
    assert len(pieces([(0, 0), (2, 0)])) == 2
    assert len(pieces([(0, 0), (1, 0), (2, 0)])) == 1


def test_rim_of_the_board_is_never_inner():
    board = Board.covering([(0.0, 0.0)], margin=1)

    inner = [cell for i, cell in enumerate(board.cells) if board.is_inner(i)]

    assert (0, 0) in inner
    assert min(board.cells) not in inner


def test_distance_in_kilometres_between_two_towers():
    """Dom in Utrecht to Martinitoren in Groningen: 158 km as the crow flies."""
    dom = kilometres(52.0907, 5.1214, lat_0=52.2, lon_0=5.4)
    martini = kilometres(53.2194, 6.5681, lat_0=52.2, lon_0=5.4)

    assert math.dist(dom, martini) == pytest.approx(158.5, abs=2)


def test_places_across_wide_water_are_no_neighbours():
    shores = [Place("a", "r", 0, 0), Place("b", "r", 0, 9), Place("c", "r", 31, 4)]

    assert neighbour_pairs(shores) == [(0, 1)]


def test_spreading_leaves_no_two_places_on_top_of_each_other():
    crowd = [Place(str(i), "r", 0.5 * (i % 4), 0.5 * (i // 4)) for i in range(16)]
    wide = [Place(f"w{i}", "r", 20 + 8 * (i % 4), 8.0 * (i // 4)) for i in range(16)]

    points = spread([*crowd, *wide])

    apart = np.linalg.norm(points[:, None] - points[None], axis=2) + 9 * np.eye(32)
    assert apart.min() > 0.4


def test_change_in_cost_of_a_swap_is_the_difference_of_the_whole():
    arrangement = block()
    before = arrangement.cost()

    change = arrangement.swap_delta(1, 5)

    assert arrangement.cost() - before == pytest.approx(change)


@pytest.mark.parametrize("to", [(3, 3), (-1, 2), (1, 4)])
def test_change_in_cost_of_a_move_is_the_difference_of_the_whole(to):
    arrangement = block()
    before = arrangement.cost()
    moves = [(8, arrangement.board.number[to]), (7, arrangement.cell_of[8])]

    change = arrangement.shift_delta(moves)

    assert arrangement.cost() - before == pytest.approx(change)


def test_region_counts_as_together_only_when_it_is():
    arrangement = block()
    here = arrangement.cell_of[4]

    arrangement.put([(4, arrangement.board.number[(4, 4)])])

    assert not arrangement.keeps_together([(4, here)])
    assert arrangement.count_pieces(1) == 3


def test_annealing_never_tears_a_region_and_lowers_the_cost():
    arrangement = block()
    before = arrangement.cost()

    anneal(arrangement, steps=4_000, warm=1.0, cold=0.02, seed=5)

    assert [arrangement.count_pieces(region) for region in range(3)] == [1, 1, 1]
    assert is_whole(arrangement)
    assert arrangement.cost() < before
    assert len(set(arrangement.cell_of)) == MEMBERS


def test_annealing_is_the_same_for_the_same_seed():
    one = anneal(block(), steps=500, warm=1.0, cold=0.1, seed=11).cell_of
    other = anneal(block(), steps=500, warm=1.0, cold=0.1, seed=11).cell_of

    assert one == other


def test_stray_member_is_called_home_and_nobody_is_lost():
    board = Board.covering([(0.0, 0.0), (6.0, 0.0)], margin=1)
    row = [board.number[(q, 0)] for q in range(6)]

    home = call_home(board, region=[1, 1, 2, 2, 2, 1], cell_of=row)

    assert len(set(home)) == 6
    assert len(pieces([board.cells[home[m]] for m in (0, 1, 5)])) == 1


def test_perfect_layout_measures_as_perfect():
    cells = {f"{q}.{r}": (q, r) for q in range(4) for r in range(4)}
    places = [
        Place(code, "r", 10 * centre(cell)[0], -10 * centre(cell)[1])
        for code, cell in cells.items()
    ]

    quality = measure(places, cells)

    assert quality.cell_km == pytest.approx(10)
    assert quality.largest_shift_km == pytest.approx(0, abs=1e-9)
    assert quality.north_south_inversions == quality.east_west_inversions == 0
    assert quality.torn == ()


def test_mirrored_layout_reverses_every_pair_from_east_to_west():
    places = [Place(str(i), "r", 10.0 * i, 1.0 * (i % 2)) for i in range(5)]

    quality = measure(places, {str(i): (-i, 0) for i in range(5)})

    assert quality.east_west_inversions == 1


def test_comparison_counts_only_members_of_both_days():
    stability = compare({"a": (0, 0), "gone": (1, 0)}, {"a": (0, 1), "new": (5, 5)})

    assert (stability.shared, stability.stayed, stability.most_steps) == (1, 0, 1)
