"""Outlines of segments are kept true to the voxel, and their change is told in numbers."""

from dataclasses import replace

import numpy as np
import pytest

from viewer.core.author import Author
from viewer.core.code import LESION, LUNG
from viewer.core.geometry import Geometry
from viewer.core.label_map import LabelMap
from viewer.core.outline import dice
from viewer.core.segmentation import Segment, Segmentation
from viewer.imaging import outlines
from viewer.imaging.outlines import mask_hash, outlines_of

READER = Author("Dr. Roe")
MODEL = Author("Net", is_model=True, version="1", weights_sha256="ab" * 32)
GRID = Geometry.from_axes((10, 40, 50), (100, -20, 5), np.eye(3)[::-1], (5, 2, 1), "frame")


def group(boxes, author=READER, status="accepted", dtype=np.uint8, grid=GRID, first=1):
    """A group with one filled block for each label, from label `first` on."""
    labels = np.zeros(grid.shape, dtype)
    segments = []
    for label, box in enumerate(boxes, start=first):
        labels[tuple(slice(a, b) for a, b in box)] = label
        segments.append(Segment(label, f"S{label}", LUNG))
    return Segmentation("2.25.1", "G", labels, grid, tuple(segments), author, "key", status)


BLOCK = ((2, 4), (10, 20), (30, 34))


def test_volume_voxels_box_and_centre_are_those_of_the_voxels():
    (one,) = outlines_of([group([BLOCK])])
    assert (one.id, one.name, one.kind, one.voxels) == ("2.25.1/1", "S1", LUNG, 80)
    assert one.volume_ml == pytest.approx(80 * 10 / 1000)
    assert one.low == pytest.approx((100 + 29.5, -20 + 19, 5 + 7.5))
    assert one.high == pytest.approx((100 + 33.5, -20 + 39, 5 + 17.5))
    assert one.centre == pytest.approx((100 + 31.5, -20 + 29, 5 + 12.5))


def test_only_what_a_person_drew_or_accepted_is_kept():
    assert outlines_of([group([BLOCK], author=MODEL, status="proposed")]) == ()
    assert outlines_of([group([BLOCK], status="rejected")]) == ()
    assert len(outlines_of([group([BLOCK], author=MODEL)])) == 1
    assert len(outlines_of([group([BLOCK], status="proposed")])) == 1
    assert outlines_of([group([])]) == ()


def test_the_hash_is_that_of_the_voxels_whatever_their_label_or_kind_of_number():
    (one,) = outlines_of([group([BLOCK])])
    (other,) = outlines_of([group([BLOCK], dtype=np.uint16, first=700)])
    (moved,) = outlines_of([group([((2, 4), (10, 20), (31, 35))])])
    grown = LabelMap.empty(GRID.shape).with_box((2, 10, 30), np.ones((2, 10, 4), np.uint8))
    (drawn,) = outlines_of([replace(group([BLOCK]), label_map=grown)])
    assert one.sha256 == other.sha256 == drawn.sha256
    assert moved.sha256 != one.sha256
    assert one.sha256 == mask_hash(np.ones((2, 10, 4), bool), (2, 10, 30), GRID)
    elsewhere = replace(GRID, affine=GRID.affine + np.diag([0.1, 0, 0, 0]))
    assert mask_hash(np.ones((2, 10, 4), bool), (2, 10, 30), elsewhere) != one.sha256


def test_the_overlap_is_that_of_the_voxels_wherever_their_boxes_begin():
    (one,) = outlines_of([group([BLOCK])])
    (moved,) = outlines_of([group([((3, 6), (10, 20), (31, 36))])])
    (apart,) = outlines_of([group([((8, 10), (0, 5), (0, 5))])])
    assert dice(one, moved) == pytest.approx(2 * 30 / (80 + 150))
    assert dice(moved, one) == dice(one, moved)
    assert dice(one, apart) == 0
    assert dice(one, one) == 1
    assert dice(one, replace(moved, mask=None)) is None


def test_on_another_grid_no_overlap_is_told():
    (one,) = outlines_of([group([BLOCK])])
    for other in (
        Geometry.from_axes(GRID.shape, (100.5, -20, 5), np.eye(3)[::-1], (5, 2, 1), "frame"),
        Geometry.from_axes(GRID.shape, (100, -20, 5), np.eye(3)[::-1], (5, 2, 1.1), "frame"),
        Geometry.from_axes(GRID.shape, (100, -20, 5), np.eye(3)[::-1], (5, 2, 1), "other"),
    ):
        (there,) = outlines_of([group([((2, 4), (10, 20), (31, 35))], grid=other)])
        assert dice(one, there) is None


def test_large_masks_are_left_out_the_largest_first(monkeypatch):
    small, middle, large = ((0, 1), (0, 5), (0, 5)), ((2, 4), (0, 9), (0, 9)), BLOCK
    monkeypatch.setattr(outlines, "MOST_TOGETHER", 110)
    kept = outlines_of([group([large, middle, small])])
    assert [one.mask is not None for one in kept] == [True, False, True]
    monkeypatch.setattr(outlines, "MOST_VOXELS", 30)
    kept = outlines_of([group([large, middle, small])])
    assert [one.mask is not None for one in kept] == [False, False, True]
    assert all(one.voxels and len(one.sha256) == 64 for one in kept)


def test_a_name_that_changed_is_no_other_outline():
    before = group([BLOCK])
    after = replace(before, segments=(Segment(1, "Node", LESION),))
    (one,), (other,) = outlines_of([before]), outlines_of([after])
    assert one.sha256 == other.sha256
    assert one.id == other.id
    assert other.kind == LESION
