"""Operations on segments: set up, tried, done to the right segment, locks kept."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.commands import (
    files,
    segment_copying,
    segment_edits,
    segment_operations,
    segment_trying,
)
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.label_map import LabelMap
from viewer.core.study import Catalogue, Patient
from viewer.core.volume import Volume
from viewer.session.segmenting import Overwrite
from viewer.session.session import segment_key

SHAPE = (12, 30, 40)


@pytest.fixture
def cubes(desk, opened):
    """Two bright cubes and a dimmer one in the dark; padding in the first slice."""
    geometry = Geometry.from_axes(SHAPE, (0, 0, 0), np.eye(3)[::-1], (2, 1, 1), "frame")
    voxels = np.full(SHAPE, -100, np.int16)
    voxels[3:8, 5:12, 5:12] = 200
    voxels[3:8, 5:12, 22:26] = 210
    voxels[3:8, 20:26, 20:30] = 60
    voxels[0] = 3000
    image = Volume(voxels, geometry, "[hnsf'U]", "CT", "key", padding=(3000, 3000))
    desk.session.catalogue.set(Catalogue((opened.study,)))
    desk.session.show(replace(opened, image=image))
    segment_edits.add_segment(desk)
    return image


def labels(desk):
    return desk.session.record.value.segmentations[0].labels


def do(desk, id_, **settings: object):
    segment_operations.choose(desk, id_)
    for name, value in settings.items():
        segment_operations.set_parameter(desk, name, value)
    segment_operations.apply(desk)
    desk.settle()


def test_a_range_takes_what_lies_in_it_and_no_padding(desk, cubes):
    do(desk, "range", low=150.0, high=5000.0)
    assert (labels(desk) == 1).sum() == 5 * 7 * 7 + 5 * 7 * 4
    assert desk.session.history.undo_title == "Range of values"
    desk.session.undo()
    assert not labels(desk).any()


def test_results_can_be_added_and_taken_away(desk, cubes):
    do(desk, "range", low=205.0, high=5000.0)
    do(desk, "range", low=190.0, high=205.0, how="add")
    assert (labels(desk) == 1).sum() == 5 * 7 * 11
    do(desk, "range", low=205.0, high=5000.0, how="remove")
    assert (labels(desk) == 1).sum() == 5 * 7 * 7


def test_pieces_become_segments_of_their_own(desk, cubes):
    do(desk, "range", low=150.0, high=5000.0)
    do(desk, "islands", what="split", least_ml=0.0)
    (group,) = desk.session.record.value.segmentations
    assert [one.label for one in group.segments] == [1, 2]
    assert sorted(group.label_map.counts()[1:3].tolist()) == [5 * 7 * 4, 5 * 7 * 7]
    desk.session.undo()
    assert len(desk.session.record.value.segmentations[0].segments) == 1


def test_a_locked_segment_is_as_it_was_after_any_operation(desk, cubes):
    do(desk, "range", low=205.0, high=5000.0)
    before = labels(desk) == 1
    segment_edits.toggle_lock(desk)
    segment_edits.add_segment(desk)
    do(desk, "range", low=150.0, high=5000.0)
    assert ((labels(desk) == 1) == before).all()
    assert (labels(desk) == 2).sum() == 5 * 7 * 7


def test_other_segments_are_kept_where_that_is_wanted(desk, cubes):
    do(desk, "range", low=205.0, high=5000.0)
    segment_edits.add_segment(desk)
    desk.session.segmenting.set(replace(desk.session.segmenting.value, overwrite=Overwrite.NOTHING))
    do(desk, "range", low=150.0, high=5000.0)
    assert (labels(desk) == 1).sum() == 5 * 7 * 4


def test_what_would_hold_up_the_window_is_done_in_a_process_of_its_own(desk, cubes):
    segment_edits.add_segment(desk)
    (group,) = desk.session.record.value.segmentations
    marks = np.zeros(SHAPE, np.uint8)
    marks[5, 7:10, 7:10] = 1
    marks[5, 15:18, 5:15] = 2
    segment_edits.keep(desk, "Paint", replace(group, label_map=group.label_map.with_whole(marks)))
    do(desk, "walker", around_mm=4.0)
    assert (labels(desk)[3:8, 5:12, 5:12] == 1).mean() > 0.9
    assert desk.session.history.undo_title == "Random walker"


def test_two_segments_of_two_groups_are_combined(desk, cubes):
    do(desk, "range", low=150.0, high=5000.0)
    first = desk.session.record.value.segmentations[0]
    segment_edits.add_group(desk)
    do(desk, "range", low=205.0, high=5000.0)
    segment_edits.choose(desk, first.id, 1)
    second = desk.session.record.value.segmentations[1]
    segment_operations.choose_other(desk, segment_key(second, second.segments[0]))
    do(desk, "subtraction")
    assert (labels(desk) == 1).sum() == 5 * 7 * 7


def test_an_operation_on_two_without_a_second_is_declined(desk, cubes):
    segment_operations.choose(desk, "union")
    with pytest.raises(Declined, match="second segment"):
        segment_operations.apply(desk)
    segment_operations.choose_other(desk, "")


def test_what_an_operation_misses_is_said(desk, cubes):
    do(desk, "margin")
    assert "needs something in segment 1" in desk.session.message.value.sentence


def test_settings_beyond_their_bounds_are_declined(desk, cubes):
    segment_operations.choose(desk, "margin")
    with pytest.raises(Declined):
        segment_operations.set_parameter(desk, "mm", 1e6)
    assert desk.session.segmenting.value.operation.settings == ()


def test_a_range_is_tried_on_the_slices_on_screen_and_nothing_is_kept(desk, cubes):
    segment_trying.follow_trying(desk)
    before = desk.session.record.value
    place = tuple(cubes.geometry.to_patient((5, 8, 8)))
    desk.session.place.update(position=place)
    segment_operations.choose(desk, "range")
    segment_operations.set_parameter(desk, "low", 150.0)
    segment_operations.toggle_try(desk)
    desk.settle()
    tried = desk.session.preview.value.labels
    assert (tried[5] == 1).sum() == 7 * 11
    assert (tried[:, 8] == 1).sum() == 5 * 11
    assert not tried[4, 10, 10]
    assert desk.session.record.value is before
    segment_operations.set_parameter(desk, "low", 205.0)
    desk.settle()
    assert (desk.session.preview.value.labels[5] == 1).sum() == 7 * 4
    segment_operations.toggle_try(desk)
    assert desk.session.preview.value is None


def test_other_operations_are_tried_as_a_whole(desk, cubes):
    segment_trying.follow_trying(desk)
    do(desk, "range", low=150.0, high=5000.0)
    segment_operations.choose(desk, "margin")
    segment_operations.set_parameter(desk, "mm", 2.0)
    segment_operations.toggle_try(desk)
    desk.settle()
    grown = desk.session.preview.value.label_map.counts()[1]
    assert grown > desk.session.record.value.segmentations[0].label_map.counts()[1]


def test_scribbles_teach_what_is_on_the_slice(desk, cubes):
    segment_trying.follow_trying(desk)
    segment_edits.add_segment(desk)
    (group,) = desk.session.record.value.segmentations
    marks = np.zeros(SHAPE, np.uint8)
    marks[5, 7:10, 7:10] = 1
    marks[5, 15:18, 5:15] = 2
    scribbled = replace(group, label_map=group.label_map.with_whole(marks))
    segment_edits.keep(desk, "Paint", scribbled)
    desk.session.place.update(position=tuple(cubes.geometry.to_patient((6, 8, 8))))
    segment_operations.choose(desk, "forest")
    segment_operations.toggle_try(desk)
    desk.settle()
    found = desk.session.preview.value.labels
    assert not found[[5, 7]].any()
    truth = cubes.voxels[6] > 150
    inside = found[6] == 1
    assert 2 * (inside & truth).sum() / (inside.sum() + truth.sum()) > 0.7


def test_a_segment_is_copied_from_another_grid_of_the_same_space(desk, cubes):
    (group,) = desk.session.record.value.segmentations
    finer = Geometry.from_axes((24, 30, 40), (0, 0, -0.5), np.eye(3)[::-1], (1, 1, 1), "frame")
    block = LabelMap.empty((24, 30, 40)).with_box((6, 5, 5), np.ones((10, 7, 7), np.uint8))
    other = replace(group, id="other", title="Other", geometry=finer, label_map=block)
    record = desk.session.record.value
    desk.session.record.set(replace(record, segmentations=(group, other)))
    desk.asker.text = "Segment 1 (Other)"
    segment_copying.copy_segment(desk)
    desk.settle()
    found = np.argwhere(labels(desk) == 1)
    assert found.min(axis=0).tolist() == [3, 5, 5]
    assert found.max(axis=0).tolist() == [7, 11, 11]
    assert "another grid" in desk.session.message.value.sentence


def test_a_copy_on_a_finer_grid_reaches_to_the_outer_edges_of_the_voxels():
    one = Geometry.from_axes((1, 2, 2), (0, 0, 0), np.eye(3)[::-1], (3, 2, 2), "frame")
    finer = Geometry.from_axes((3, 4, 4), (-0.5, -0.5, -1), np.eye(3)[::-1], (1, 1, 1), "frame")
    assert segment_copying.on_grid(np.ones((1, 2, 2), bool), one, finer).all()


def test_a_copy_on_a_turned_grid_lies_where_it_lay_in_the_patient():
    grid = Geometry.from_axes((6, 9, 12), (5, -3, 2), np.eye(3)[::-1], (2, 1, 1), "frame")
    way = np.radians(30)
    axes = [(0, 0, -1), (-np.sin(way), np.cos(way), 0), (np.cos(way), np.sin(way), 0)]
    other = Geometry.from_axes((12, 20, 20), (3.13, -6.17, 12.7), axes, (1, 0.7, 0.8), "frame")
    mask = np.random.default_rng(0).random((6, 9, 12)) > 0.5
    moved = segment_copying.on_grid(mask, grid, other)
    places = other.to_patient(np.argwhere(moved))
    assert len(places) > 100
    assert all(mask[grid.nearest(place)] for place in places)
    assert all(grid.contains(place) for place in places)


def test_a_copy_does_not_change_a_segment_that_is_locked(desk, cubes):
    segment_edits.toggle_lock(desk)
    with pytest.raises(Declined, match="locked"):
        segment_copying.copy_segment(desk)


def test_nothing_is_copied_from_another_patient_space(desk, cubes):
    (group,) = desk.session.record.value.segmentations
    far = replace(group.geometry, frame_of_reference_uid="elsewhere")
    other = replace(group, id="other", geometry=far)
    record = desk.session.record.value
    desk.session.record.set(replace(record, segmentations=(group, other)))
    with pytest.raises(Declined, match="no other segment"):
        segment_copying.copy_segment(desk)


def test_nothing_is_copied_from_another_person_whose_files_name_the_same_space(desk, cubes, opened):
    (group,) = desk.session.record.value.segmentations
    series = replace(opened.series, key="other")
    study = replace(opened.study, uid="1.77", patient=Patient("P2"), series=(series,))
    desk.session.add_to_catalogue(Catalogue((study,)))
    desk.session.hang(1, replace(opened, study=study, series=series))
    other = replace(group, id="other", series_key="other")
    record = desk.session.record.value
    desk.session.record.set(replace(record, segmentations=(group, other)))
    with pytest.raises(Declined, match="no other segment"):
        segment_copying.copy_segment(desk)


def test_a_segment_of_another_study_is_copied_where_the_spaces_were_brought_in_line(desk, cubes):
    (group,) = desk.session.record.value.segmentations
    grid = Geometry(SHAPE, group.geometry.affine, "elsewhere")
    block = LabelMap.empty(SHAPE).with_box((2, 3, 4), np.ones((2, 2, 2), np.uint8))
    other = replace(group, id="other", title="Prior", geometry=grid, label_map=block)
    record = desk.session.record.value
    desk.session.record.set(replace(record, segmentations=(group, other)))
    linking = desk.session.linking
    linking.set(linking.value.paired("frame", "elsewhere", (3.0, 0.0, 4.0)))
    desk.asker.text = "Segment 1 (Prior)"
    segment_copying.copy_segment(desk)
    desk.settle()
    where = desk.session.linking.value.everywhere("frame", (1.0, 3.0, 0.0))["elsewhere"]
    assert where == (4.0, 3.0, 4.0)
    assert np.argwhere(labels(desk) == 1).min(axis=0).tolist() == [0, 3, 1]
    assert "check its place" in desk.session.message.value.sentence


def started(desk, monkeypatch) -> list[str]:
    """Return the titles of all jobs from now on."""
    titles, start = [], desk.runner.start
    monkeypatch.setattr(
        desk.runner,
        "start",
        lambda title, *rest, **how: titles.append(title) or start(title, *rest, **how),
    )
    return titles


def test_what_is_tried_on_the_whole_is_not_begun_anew_at_every_step(desk, cubes, monkeypatch):
    segment_trying.follow_trying(desk)
    do(desk, "range", low=205.0, high=5000.0)
    segment_operations.choose(desk, "islands")
    titles = started(desk, monkeypatch)
    segment_operations.toggle_try(desk)
    for z in range(4):
        desk.session.place.update(position=tuple(cubes.geometry.to_patient((z, 8, 8))))
    segment_edits.rename(desk)
    desk.settle()
    assert len(titles) == 1
    assert desk.session.preview.value is not None


def test_what_is_tried_goes_with_its_study(desk, cubes):
    segment_trying.follow_trying(desk)
    do(desk, "range", low=205.0, high=5000.0)
    segment_operations.choose(desk, "islands")
    segment_operations.toggle_try(desk)
    files.close_study(desk, desk.session.catalogue.value.studies[0])
    desk.settle()
    assert desk.session.preview.value is None
