"""What the reader does while a segment is being changed, by a job or by a stroke."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.commands import (
    files,
    segment_clearing,
    segment_clicks,
    segment_edits,
    segment_jobs,
    segment_operations,
)
from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.core.volume import Fidelity
from viewer.session.hand import Pointer
from viewer.session.tools import Tool


@pytest.fixture
def group(desk, hung):
    """A group with two segments of which the second is worked on."""
    segment_edits.add_segment(desk)
    segment_edits.add_segment(desk)
    return desk.session.record.value.segmentations[0]


def said(desk):
    return desk.session.record.value.segmentations


def mark(now, progress: Progress):
    """Put one voxel into the second segment."""
    block = np.full((1, 1, 1), 2, np.uint8)
    return replace(now, label_map=now.label_map.with_box((0, 0, 0), block))


def start(desk, group):
    segment_jobs.change(desk, "Try", group, mark, label=2)


def test_a_name_given_while_a_job_runs_stays(desk, group):
    start(desk, group)
    desk.asker.text = "Tumour"
    segment_edits.rename(desk)
    desk.settle()
    assert said(desk)[0].segment(2).name == "Tumour"
    assert said(desk)[0].label_map.counts()[2] == 1


def test_a_segment_added_while_a_job_runs_stays(desk, group):
    start(desk, group)
    segment_edits.add_segment(desk)
    desk.settle()
    assert [one.label for one in said(desk)[0].segments] == [1, 2, 3]
    assert said(desk)[0].label_map.counts()[2] == 1


def test_a_group_removed_while_a_job_runs_stays_away(desk, group):
    start(desk, group)
    segment_edits.remove_group(desk)
    desk.settle()
    assert said(desk) == ()
    assert "removed meanwhile" in desk.session.message.value.sentence


def test_a_segment_removed_while_a_job_runs_does_not_come_back(desk, group):
    start(desk, group)
    segment_edits.keep(desk, "Remove", replace(group, segments=group.segments[:1]))
    desk.settle()
    assert [one.label for one in said(desk)[0].segments] == [1]
    assert not said(desk)[0].label_map.counts()[2]
    assert "removed meanwhile" in desk.session.message.value.sentence


def test_a_segment_locked_while_a_job_runs_is_not_changed(desk, group):
    start(desk, group)
    segment_edits.toggle_lock(desk)
    desk.settle()
    assert said(desk)[0].label_map is group.label_map
    assert "locked" in desk.session.message.value.sentence


def test_a_job_for_a_study_that_was_closed_leaves_nothing(desk, group, opened):
    start(desk, group)
    files.close_study(desk, opened.study)
    desk.settle()
    assert said(desk) == ()
    assert desk.session.history.undo_title is None


def test_a_stroke_while_a_segment_is_removed_is_kept_and_the_segment_goes(desk, group):
    segment_clearing.remove_segment(desk)
    block = np.full((1, 1, 1), 1, np.uint8)
    stroke = replace(group, label_map=group.label_map.with_box((2, 2, 2), block))
    segment_edits.keep(desk, "Paint", stroke)
    desk.settle()
    assert [one.label for one in said(desk)[0].segments] == [1]
    assert said(desk)[0].label_map.counts()[1] == 1
    assert desk.session.segmenting.value.label == 1


@pytest.fixture
def loading(desk, group, opened):
    """The series of the group with a slice that has not come yet."""
    quality = np.array([2, 2, 1, 2, 2], np.uint8)
    desk.session.images.set(desk.session.images.value.with_fidelity("key", Fidelity(quality)))
    return group


def test_what_follows_values_waits_until_the_series_is_there(desk, loading):
    pointer = Pointer(0, 0, position=(3, 3, 4))
    with pytest.raises(Declined, match="Not all"):
        segment_clicks.from_click(desk, 0, Tool.GROW, pointer)
    segment_operations.choose(desk, "range")
    with pytest.raises(Declined, match="Not all"):
        segment_operations.apply(desk)
    assert segment_edits.to_paint(desk, 0) is not None
    now = desk.session.segmenting.value
    desk.session.segmenting.set(replace(now, brush=replace(now.brush, adaptive=True)))
    assert segment_edits.to_paint(desk, 0) is None
    assert "Not all" in desk.session.message.value.sentence
