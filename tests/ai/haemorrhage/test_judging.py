"""Hits, false marks and figures are counted as they are told."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.ai.haemorrhage.judging import Judged, bleed_scan, hits, iou, scan_of, slice_metrics

NONE = (np.nan,) * 4
BOX = (10.0, 10.0, 20.0, 20.0)


def head(name="a"):
    """Three slices, the middle one with a box; a good mark, a repeated one, and a false one."""
    marks = (
        (1, (11.0, 11.0, 21.0, 21.0), 0.9),
        (1, (12.0, 12.0, 18.0, 18.0), 0.8),
        (2, BOX, 0.7),
    )
    ill = np.array([False, True, False])
    scores = np.array([0.1, 0.9, 0.3])
    return Judged(name, ill, scores, np.array([NONE, BOX, NONE]), marks, (1, 1, 2))


def test_a_mark_hits_by_its_middle_or_by_what_it_covers():
    small = (14.0, 14.0, 15.0, 15.0)
    assert hits(small, np.array(BOX), "centre")
    assert not hits(small, np.array(BOX), "iou")
    assert not hits(small, np.array(NONE), "centre")


def test_iou_of_boxes():
    assert iou(BOX, np.array(BOX)) == pytest.approx(1)
    assert iou((15.0, 10.0, 25.0, 20.0), np.array(BOX)) == pytest.approx(1 / 3)
    assert iou((30.0, 30.0, 40.0, 40.0), np.array(BOX)) == 0


def test_a_second_mark_on_a_box_counts_neither_way():
    scan = scan_of(head(), "iou")
    assert scan.hits.tolist() == [True, False, False]
    assert scan.false.tolist() == [False, False, True]
    assert scan.lesions == 1


def test_a_bleed_counts_once_for_its_patient():
    scan = bleed_scan(head(), "centre")
    assert scan.scores.tolist() == [0.9, 0.7]
    assert scan.hits.tolist() == [True, False]
    assert scan.false.tolist() == [False, True]


def test_slices_that_are_all_told_apart_have_an_area_of_one():
    area, precision = slice_metrics([head("a"), head("b")])
    assert area.value == 1
    assert precision.value == 1
    assert area.interval_over == "patients"
