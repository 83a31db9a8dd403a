"""Borders that are found: cuts against a maximum flow, snakes, regions, brushes, outlines."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from scipy.sparse.csgraph import maximum_flow
from skimage.segmentation import morphological_chan_vese

from viewer.core.errors import Declined
from viewer.core.progress import Cancelled, Silent
from viewer.imaging import polygons
from viewer.imaging.segment import brush, cut, snake, tracing

SPACING = (2.0, 1.0, 0.8)


def away_from_middle(size: tuple[int, int, int]) -> np.ndarray:
    lines = [
        (axis - (count - 1) / 2) * step
        for axis, count, step in zip(np.indices(size), size, SPACING, strict=True)
    ]
    return np.sqrt(sum(line**2 for line in lines))


SIZE = (18, 40, 46)
BALL = away_from_middle(SIZE) <= 11


def noisy(mask: np.ndarray = BALL, noise: float = 20) -> np.ndarray:
    chance = np.random.default_rng(7)
    return (100.0 * mask + chance.normal(0, noise, mask.shape)).astype(np.float32)


def dice(one: np.ndarray, other: np.ndarray) -> float:
    return float(2 * (one & other).sum() / (one.sum() + other.sum()))


# -- graph cut -------------------------------------------------------------------------------


def both_ends(axis: int) -> tuple[tuple[slice, ...], tuple[slice, ...]]:
    first = tuple(slice(0, -1) if a == axis else slice(None) for a in range(3))
    second = tuple(slice(1, None) if a == axis else slice(None) for a in range(3))
    return first, second


def flow_by_scipy(network: cut.Network) -> int:
    count = network.pull.size
    index = np.arange(count).reshape(network.pull.shape)
    start, end, room = [], [], []
    for axis in range(3):
        first, second = both_ends(axis)
        links = network.to_next[axis][first].ravel()
        start += [index[first].ravel(), index[second].ravel()]
        end += [index[second].ravel(), index[first].ravel()]
        room += [links, links]
    pull = network.pull.ravel()
    inner, outer = np.flatnonzero(pull > 0), np.flatnonzero(pull < 0)
    start += [np.full(inner.size, count), outer]
    end += [inner, np.full(outer.size, count + 1)]
    room += [pull[inner], -pull[outer]]
    cells = (np.concatenate(start), np.concatenate(end))
    graph = sparse.csr_matrix(
        (np.concatenate(room).astype(np.int32), cells), shape=(count + 2, count + 2)
    )
    return int(maximum_flow(graph, count, count + 1).flow_value)


def cost_of(network: cut.Network, inside: np.ndarray) -> int:
    total = 0
    for axis in range(3):
        first, second = both_ends(axis)
        total += int(network.to_next[axis][first][inside[first] != inside[second]].sum())
    pull = network.pull.astype(np.int64)
    return total + int(pull[(pull > 0) & ~inside].sum() - pull[(pull < 0) & inside].sum())


@pytest.mark.parametrize("seed", range(12))
def test_no_border_is_cheaper_than_the_cut(seed: int) -> None:
    chance = np.random.default_rng(seed)
    shape = tuple(chance.integers(1, 9, 3))
    network = cut.Network(
        chance.integers(0, 50, (3, *shape)).astype(np.int32),
        chance.integers(-80, 80, shape).astype(np.int32),
    )
    inside = cut.least_cut(network, Silent())
    assert cost_of(network, inside) == flow_by_scipy(network)


def test_marks_inside_and_outside_are_parted_at_the_edge() -> None:
    inside, outside = away_from_middle(SIZE) < 3, np.zeros(SIZE, bool)
    outside[:, :2] = True
    found = cut.cut(noisy(), inside, outside, SPACING, Silent())
    assert dice(found, BALL) > 0.97
    assert found[inside].all()
    assert not found[outside].any()


def test_a_cut_needs_marks_on_both_sides_and_can_be_stopped() -> None:
    with pytest.raises(Declined, match="outside"):
        cut.cut(noisy(), BALL, np.zeros(SIZE, bool), SPACING, Silent())

    class Stop:
        def report(self, done: float, doing: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        cut.cut(noisy(), away_from_middle(SIZE) < 3, ~BALL, SPACING, Stop())


# -- moving borders --------------------------------------------------------------------------


def test_a_snake_blown_up_from_within_stops_at_the_edge() -> None:
    start = away_from_middle(SIZE) < 6
    found = snake.snake(noisy(), start, SPACING, Silent(), rounds=200, reach_mm=8)
    assert dice(found, BALL) > 0.96


def test_a_snake_shrinks_onto_a_body_and_works_on_one_slice() -> None:
    start = away_from_middle(SIZE) < 14
    found = snake.snake(noisy(), start, SPACING, Silent(), push=-1, rounds=200, reach_mm=4)
    assert dice(found, BALL) > 0.93
    flat, truth = noisy()[9:10], BALL[9:10]
    found = snake.snake(flat, start[9:10], SPACING, Silent(), push=-1, rounds=200, reach_mm=4)
    assert dice(found, truth) > 0.95


def test_two_regions_are_those_of_morphological_chan_vese() -> None:
    start = away_from_middle(SIZE) < 6
    found = snake.two_regions(noisy(), start, SPACING, Silent())
    theirs = morphological_chan_vese(noisy(), 25, init_level_set=start).astype(bool)
    assert dice(found, BALL) > 0.99
    assert dice(found, theirs) > 0.97


def test_without_a_start_there_is_no_border_to_move() -> None:
    for way in (snake.snake, snake.two_regions):
        with pytest.raises(Declined, match="start"):
            way(noisy(), np.zeros(SIZE, bool), SPACING, Silent())


# -- by hand ---------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1, 41, 41), (17, 41, 41)])
def test_the_adaptive_brush_stops_at_edges_on_all_sides(size: tuple[int, int, int]) -> None:
    middle = (size[0] // 2, 20, 20)
    disc = brush.round_brush(size, 19, (1, 1, 1))
    _, y, x = np.indices(size)
    tissue = (x <= 27) & (y <= 25)
    ground = np.where(x > 27, 100, 0) + np.where(y > 25, -200, 0)
    values = (ground + np.random.default_rng(3).normal(0, 15, size)).astype(np.float32)
    found = brush.adaptive(values, disc, middle)
    assert dice(found, disc & tissue) > 0.98
    thin = np.hypot(y - 20, x - 20) < 4
    values = (120 * thin + np.random.default_rng(3).normal(0, 15, size)).astype(np.float32)
    assert dice(brush.adaptive(values, disc, middle), disc & thin) > 0.95


def test_on_even_ground_the_adaptive_brush_paints_all_of_itself() -> None:
    disc = brush.round_brush((1, 41, 41), 15, (1, 1, 1))
    values = np.random.default_rng(5).normal(40, 12, disc.shape).astype(np.float32)
    assert brush.adaptive(values, disc, (0, 20, 20)).sum() > 0.97 * disc.sum()
    flat = np.zeros(disc.shape, np.float32)
    assert (brush.adaptive(flat, disc, (0, 20, 20)) == disc).all()


def test_the_adaptive_brush_keeps_to_what_is_connected_and_to_its_tolerance() -> None:
    values = np.zeros((1, 21, 21), np.float32)
    values[0, :, 12] = 100
    whole = np.ones(values.shape, bool)
    found = brush.adaptive(values, whole, (0, 10, 5), tolerance=10)
    assert (found == (np.indices(values.shape)[2] < 12)).all()
    assert brush.adaptive(values, whole, (0, 10, 5), tolerance=200).all()
    values[0, 10, 5] = np.nan
    assert brush.adaptive(values, whole, (0, 10, 5)).sum() >= 0
    assert not brush.adaptive(values, ~whole, (0, 10, 5)).any()


def test_a_brush_is_round_in_mm_and_paints_inside_a_range() -> None:
    disc = brush.round_brush((9, 21, 27), 8, SPACING)
    assert disc.sum() * np.prod(SPACING) == pytest.approx(4 / 3 * np.pi * 8**3, rel=0.05)
    values = np.arange(disc.size, dtype=np.float32).reshape(disc.shape)
    found = brush.within_range(values, disc, 1000, 3000)
    assert (found == (disc & (values >= 1000) & (values <= 3000))).all()


def test_the_outline_at_the_value_of_a_pixel_is_the_level_line() -> None:
    y, x = np.indices((90, 100))
    cone = (60 - np.hypot(y - 44, x - 52)).astype(np.float32)
    found = tracing.traced(cone, 44, 72)
    assert found is not None
    assert (found.level, found.bright) == (40, True)
    assert np.hypot(*(found.line - [44, 52]).T) == pytest.approx(20, abs=0.05)
    assert (found.inside == (cone >= 40)).all()
    assert abs(polygons.area(found.line)) == pytest.approx(np.pi * 20**2, rel=0.01)
    dark = tracing.traced(-cone, 44, 72)
    assert dark is not None
    assert not dark.bright
    assert (dark.inside == found.inside).all()


def test_an_outline_that_does_not_close_is_none() -> None:
    _, x = np.indices((30, 40))
    assert tracing.traced(x.astype(np.float32), 10, 20) is None
    assert tracing.traced(np.full((9, 9), np.nan, np.float32), 4, 4) is None
