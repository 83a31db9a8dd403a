"""Segments are outlined; filled where the reader wants it, and while they are painted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.core.code import LUNG
from viewer.core.segmentation import Segment, Segmentation
from viewer.session.record import Record
from viewer.session.tools import Tool


@pytest.fixture
def session(bench):
    voxels = np.zeros((4, 20, 20), np.int16)
    volume = bench.volume_of(voxels, bench.grid(bench.UPRIGHT, voxels.shape, (1, 1, 1)))
    made = bench.session_with(volume)
    labels = np.zeros(voxels.shape, np.uint8)
    labels[:, 4:16, 4:16] = 1
    shape = Segmentation(
        "8.1", "s", labels, volume.geometry, (Segment(1, "a", LUNG),), bench.MODEL, "ct"
    )
    made.record.set(Record(segmentations=(shape,)))
    return made


def layers(session):
    from viewer.render.describe import describe

    return [(one.outlined, int(one.colours[1, 3])) for one in describe(session, 0, (80, 80)).layers]


def test_segments_are_outlined(session):
    assert layers(session) == [(True, 210)]


def test_the_reader_may_have_them_filled(session):
    session.shown.update(filled=True)
    assert layers(session) == [(False, 70), (True, 210)]


def test_the_group_in_hand_is_filled_while_a_tool_draws_segments(session):
    session.segmenting.set(replace(session.segmenting.value, segmentation_id="8.1", label=1))
    assert layers(session) == [(True, 210)]
    session.tool.set(Tool.PAINT)
    assert layers(session) == [(False, 70), (True, 210)]


def test_what_an_operation_would_make_is_a_veil(session):
    (shape,) = session.record.value.segmentations
    session.preview.set(replace(shape, id="tried"))
    assert layers(session) == [(True, 210), (False, 70)]


def test_a_hidden_segment_is_not_filled_either(session):
    session.shown.update(filled=True)
    session.hidden.set(frozenset({"8.1/1"}))
    assert [alpha for _, alpha in layers(session)] == [0, 0]
