from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viewer.core.label_map import BRICK, LabelMap

SHAPE = (20, 70, 50)
WHOLE = (slice(0, 20), slice(0, 70), slice(0, 50))


def block(start, shape):
    return tuple(slice(a, a + n) for a, n in zip(start, shape, strict=True))


@st.composite
def strokes(draw):
    start = tuple(draw(st.integers(0, n - 1)) for n in SHAPE)
    shape = tuple(draw(st.integers(1, min(n - a, 40))) for n, a in zip(SHAPE, start, strict=True))
    return start, shape, draw(st.integers(0, 3)), draw(st.sampled_from(["box", "whole"]))


@settings(max_examples=40, deadline=None)
@given(st.lists(strokes(), max_size=6), st.integers(0, 2))
def test_every_version_is_what_an_array_would_be_after_the_same_strokes(done, first):
    truth = np.random.default_rng(first).integers(0, 3, SHAPE, dtype=np.uint8)
    labels = LabelMap.of(truth.copy())
    versions = [(labels, truth.copy())]
    for start, shape, value, how in done:
        before, older = labels, truth.copy()
        truth[block(start, shape)] = value
        if how == "box":
            labels = labels.with_box(start, np.full(shape, value, np.uint8))
        else:
            labels = labels.with_whole(truth)
        versions.append((labels, truth.copy()))
        changed = labels.changed_since(before)
        outside = np.ones(SHAPE, bool)
        if changed is not None:
            outside[changed] = False
        assert (truth[outside] == older[outside]).all()
    for version, array in versions:
        assert (version.whole() == array).all()
        assert (version.box(block((3, 5, 7), (9, 60, 40))) == array[3:12, 5:65, 7:47]).all()
        for axis in range(3):
            assert (version.plane(axis, 11) == np.moveaxis(array, axis, 0)[11]).all()
        counted = version.counts()
        for label in range(4):
            inside = array == label
            assert counted[label] == inside.sum()
            box = version.extent(label)
            if box is None:
                assert not inside.any()
            else:
                assert inside[box].sum() == inside.sum()
                for axis, side in enumerate(box):
                    ends = np.moveaxis(inside, axis, 0)[[side.start, side.stop - 1]]
                    assert ends.any(axis=(1, 2)).all()


def test_an_empty_map_and_a_stroke_in_it_take_next_to_no_memory():
    empty = LabelMap.empty((2000, 1024, 1024))
    drawn = empty.with_box((1000, 500, 500), np.ones((1, 20, 20), np.uint8))
    assert sum(part.nbytes for part in drawn.bricks.values()) <= 4 * np.prod(BRICK)
    assert drawn.counts()[1] == 400
    assert drawn.extent(1) == (slice(1000, 1001), slice(500, 520), slice(500, 520))
    assert drawn.changed_since(empty) is not None


def test_what_lies_in_memory_in_another_order_is_brought_in_order_once():
    array = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)[:, ::-1]
    labels = LabelMap.of(array)
    assert labels.base.flags.c_contiguous
    assert (labels.whole() == array).all()
    assert not any(LabelMap.empty(SHAPE).base.strides)


def test_bricks_that_versions_share_are_counted_once(monkeypatch):
    first = LabelMap.of(np.zeros((64, 64, 64), np.uint8))
    first = first.with_box((0, 0, 0), np.ones((60, 60, 60), np.uint8))
    first.counts()
    second = first.with_box((63, 63, 63), np.full((1, 1, 1), 2, np.uint8))
    counted, bincount = [], np.bincount
    monkeypatch.setattr(np, "bincount", lambda one: counted.append(one) or bincount(one))
    assert second.counts()[:3].tolist() == [64**3 - 60**3 - 1, 60**3, 1]
    assert len(counted) <= 2


def test_painting_what_is_there_already_changes_nothing():
    drawn = LabelMap.empty(SHAPE).with_box((1, 1, 1), np.ones((3, 3, 3), np.uint8))
    assert drawn.with_box((1, 1, 1), np.ones((3, 3, 3), np.uint8)) is drawn


def test_a_version_shares_all_bricks_that_a_stroke_did_not_touch():
    first = LabelMap.empty(SHAPE).with_box((0, 0, 0), np.ones((2, 2, 2), np.uint8))
    second = first.with_box((18, 60, 40), np.ones((2, 2, 2), np.uint8))
    shared = [at for at, brick in first.bricks.items() if second.bricks.get(at) is brick]
    assert len(shared) == len(first.bricks) == 1


def test_labels_cannot_be_changed_from_outside():
    drawn = LabelMap.empty(SHAPE).with_box((0, 0, 0), np.ones((2, 2, 2), np.uint8))
    for array in (drawn.whole(), *drawn.bricks.values()):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0, 0] = 9
    mine = drawn.box(WHOLE)
    mine[:] = 7
    assert drawn.counts()[7] == 0


@pytest.mark.parametrize("array", [np.zeros((2, 2, 2)), np.zeros((2, 2), np.uint8)])
def test_what_are_no_labels_is_no_label_map(array):
    with pytest.raises(ValueError, match="unsigned"):
        LabelMap.of(array)


def test_a_block_must_lie_in_the_grid():
    with pytest.raises(ValueError, match="lie in the grid"):
        LabelMap.empty(SHAPE).with_box((19, 0, 0), np.ones((2, 1, 1), np.uint8))


def test_labels_in_use_can_be_sent_to_another_process() -> None:
    import pickle

    labels = LabelMap.of(np.zeros((4, 40, 40), np.uint8)).with_box((1, 2, 3), np.ones((2, 3, 3)))
    used = labels.whole()
    assert np.array_equal(pickle.loads(pickle.dumps(labels)).whole(), used)
