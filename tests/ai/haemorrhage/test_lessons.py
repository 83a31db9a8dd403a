"""What the network is shown keeps its truth, and scores are kept as they were fitted."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.ai.haemorrhage.brightness import brightness_of
from viewer.ai.haemorrhage.lessons import Lessons, placement
from viewer.ai.haemorrhage.marks import Seen, marks_of, slice_features
from viewer.ai.haemorrhage.patients import Patient, clots_of
from viewer.ai.haemorrhage.pictures import SIDE, Frame
from viewer.ai.haemorrhage.scores import Score, Scores, fitted
from viewer.ai.haemorrhage.training import synthetic
from viewer.core.errors import Unreadable

MIDDLE, BESIDE = SIDE // 2, SIDE // 2 + SIDE // 6
BOX = (MIDDLE - 8.0, BESIDE - 8.0, MIDDLE + 8.0, BESIDE + 8.0)


@pytest.fixture
def patient():
    slices = synthetic(6, SIDE)
    boxes = np.array([BOX if number % 2 else (np.nan,) * 4 for number in range(6)])
    return Patient("a", slices, boxes, clots_of(slices, boxes), Frame(48, 48, 1), SIDE)


def test_what_is_bright_in_a_box_is_taken_for_clot(patient):
    assert patient.clots[1, MIDDLE, BESIDE]
    assert not patient.clots[1, MIDDLE, BESIDE - 8]
    assert not patient.clots[0].any()


def test_boxes_and_clots_go_along_with_what_is_shown(patient):
    batch = Lessons.of([patient]).draw(np.random.default_rng(3))
    assert batch["input"].shape[1:] == (3, SIDE, SIDE)
    for picture, (box, clot), (ill,) in zip(
        batch["input"], batch["dense"], batch["whole"], strict=True
    ):
        assert (box.max() > 0.5) == bool(ill)
        if ill and (clot > 0.9).any():
            assert picture[1][clot > 0.9].mean() > 0.6
            assert (box[clot > 0.9] > 0.5).all()


def test_the_same_seed_draws_the_same(patient):
    lessons = Lessons.of([patient])
    one, other = (lessons.draw(np.random.default_rng(5))["input"] for _ in range(2))
    assert np.array_equal(one, other)


def test_placements_mirror_as_often_as_not():
    random = np.random.default_rng(0)
    turns = np.array([np.linalg.det(placement(random)[:, :2]) for _ in range(200)])
    assert 0.4 < (turns < 0).mean() < 0.6


def seen_where(box):
    likely = np.zeros((6, SIDE, SIDE), np.float32)
    rows, columns = (slice(int(a), int(b) + 1) for a, b in ((box[0], box[2]), (box[1], box[3])))
    likely[1:4, rows, columns] = 0.9
    return Seen(likely, likely, likely.max(axis=(1, 2)))


def test_what_hangs_together_is_one_bleed_with_a_box_on_each_slice():
    light = brightness_of(synthetic(6, SIDE))
    marks = marks_of(seen_where(BOX), light)
    assert [mark.slice for mark in marks] == [1, 2, 3]
    assert {mark.bleed for mark in marks} == {1}
    assert all(mark.box == BOX for mark in marks)
    assert marks[0].features[5] > marks[1].features[5] + 20
    assert slice_features(seen_where(BOX), light).shape == (6, 5)


def test_scores_are_kept_and_come_back():
    random = np.random.default_rng(0)
    rows = random.normal(size=(200, 3))
    one = fitted(rows, rows[:, 0] > 0)
    kept = Scores.kept(Scores(one, one, one).tensors())
    assert np.allclose(kept.marks(rows), one(rows), atol=1e-5)
    assert np.allclose(one.pushes(rows).sum(axis=1) + one.bias, np.log(one(rows) / (1 - one(rows))))
    assert one.weight[0] > 10 * abs(one.weight[1])


def test_scores_that_are_not_complete_are_refused():
    one = Score(np.zeros(2), np.ones(2), np.ones(2), 0.0)
    tensors = Scores(one, one, one).tensors()
    del tensors["bleeds.rows"]
    with pytest.raises(Unreadable, match="not complete"):
        Scores.kept(tensors)
