"""How maps are judged, and what learning sees of the set."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.ai.unlike.heads import SIDE, head_of
from viewer.ai.unlike.judging import judged, peaks, scan_of
from viewer.ai.unlike.lessons import FOLDER, Lesson, lesson_of
from viewer.ai.unlike.model import made_up_head
from viewer.ai.unlike.patches import NAMES, Memory, patches, spread_out, usual_patches
from viewer.ai.unlike.restoring import inputs_of, spoiling
from viewer.ai.unlike.rivals import RIVALS


def lesson(name="1"):
    """A head whose third slice has a spot with a box round it."""
    head = head_of(made_up_head())
    low, high = head.place(29, 37), head.place(43, 51)
    return Lesson(name, head, ((), (), ((*low, *high),), ()))


def spots(*places: tuple[float, ...]):
    map_ = np.zeros((4, SIDE, SIDE), np.float32)
    for number, row, column, value in places:
        map_[number, row, column] = value
    return map_


def test_a_peak_in_a_box_hits_it_once_and_others_are_false():
    one = lesson()
    row, column = (int(v) for v in one.head.place(36, 44))
    map_ = spots((2, row, column, 0.9), (2, 5, 5, 0.5), (0, 20, 20, 0.7))
    scan = scan_of(one, map_)
    assert sorted(zip(scan.scores.tolist(), scan.hits, scan.false, strict=True)) == [
        (pytest.approx(0.5), False, True),
        (pytest.approx(0.7), False, True),
        (pytest.approx(0.9), True, False),
    ]
    assert scan.lesions == 1


def test_peaks_are_apart_highest_first_and_few():
    map_ = spots((0, 10, 10, 0.5), (0, 10, 12, 0.9), (0, 30, 30, 0.7), (0, 50, 50, 0.2),
                 (0, 50, 10, 0.1))[0]  # fmt: skip
    assert [(row, column) for _, row, column in peaks(map_)] == [(10, 12), (30, 30), (50, 50)]


def test_a_perfect_map_has_perfect_figures_and_a_turned_one_the_worst():
    one, other = lesson("1"), lesson("2")
    row, column = (int(v) for v in one.head.place(36, 44))
    right = spots((2, row, column, 1.0))
    found = judged([one, other], [right, right])
    assert [metric.value for metric in found.metrics] == [1, 1, 1, 1]
    wrong = judged([one, other], [spots((0, 5, 5, 1.0), (1, 5, 5, 1.0), (3, 5, 5, 1.0))] * 2)
    assert wrong.slices.value == 0
    assert wrong.boxes[0].value == 0


def test_learning_sees_no_slice_with_a_box():
    one = lesson()
    assert 2 not in one.usual
    bright = float(one.head.pictures[one.head.brain].max())
    pool = inputs_of(one.head)[one.usual]
    assert pool[:, 0].max() < bright - 0.2
    draw = spoiling(pool)
    batch = draw(np.random.default_rng(0))
    again = draw(np.random.default_rng(0))
    assert np.array_equal(batch["input"], again["input"])
    assert np.abs(batch["input"][:, :1] - batch["clean"]).max() > 0.1
    rows = usual_patches([one.head], [one.usual], [None])
    assert rows.shape[1] == len(NAMES)
    assert rows[:, 0].max() < patches(one.head)[:, 0].max() - 0.2


def test_the_nearest_usual_patches_are_those_of_an_independent_count():
    chance = np.random.default_rng(0)
    usual = chance.normal(0, [1, 2, 5], (300, 3))
    memory = Memory.of(usual, 0)
    asked = chance.normal(0, 3, (20, 3))
    away = np.linalg.norm(
        (asked[:, None] - memory.remembered[None]) / memory.scale.astype(np.float64), axis=2
    )
    wanted = np.sort(away, axis=1)[:, :5].mean(axis=1)
    assert np.allclose(memory.distances()(asked), wanted)


@pytest.mark.parametrize(
    "name", [name for name in RIVALS if name != "main components (a linear autoencoder)"]
)
def test_the_plain_ways_see_a_bright_spot(name):
    one = lesson()
    map_ = RIVALS[name]([one])(one.head)
    row, column = np.unravel_index(map_[2].argmax(), map_[2].shape)
    place = one.head.place(36, 44)
    mirrored = one.head.place(94 - 36, 44)
    off = min(np.hypot(row - p[0], column - p[1]) for p in (place, mirrored))
    assert off < 7


def test_numbers_of_pixels_lie_where_the_pixels_do():
    head = head_of(made_up_head())
    laid = spread_out(head, head.pictures[head.brain])
    assert np.array_equal(laid[head.brain], head.pictures[head.brain])
    assert not laid[~head.brain].any()


@pytest.mark.data
def test_boxes_of_a_real_patient_lie_in_the_brain(data):
    one = lesson_of(data / FOLDER, "0058")
    assert len(one.boxes) == len(one.head.pictures) == 32
    assert one.ill.sum() == 2
    for number in np.flatnonzero(one.ill):
        ((top, left, bottom, right),) = one.boxes[number]
        inside = one.head.brain[number, int(top) : int(bottom), int(left) : int(right)]
        assert inside.mean() > 0.8
