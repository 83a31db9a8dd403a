"""Groups and segments: made, named, locked, taken away; clicks that grow, trace and keep."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.commands import segment_clearing, segment_clicks, segment_edits, segment_jobs
from viewer.commands.results import accept_segments
from viewer.core.author import Author
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.label_map import LabelMap
from viewer.core.progress import Progress
from viewer.core.study import Catalogue, Patient
from viewer.core.volume import Volume
from viewer.session.hand import Pointer
from viewer.session.session import segment_key
from viewer.session.tools import Tool


@pytest.fixture
def ball(desk, opened):
    """A bright ball and a smaller one beside it in the dark, on voxels of 3 x 1 x 1 mm."""
    geometry = Geometry.from_axes((20, 50, 60), (0, 0, 0), np.eye(3)[::-1], (3, 1, 1), "frame")
    places = geometry.to_patient(np.moveaxis(np.indices(geometry.shape), 0, -1))
    large = np.linalg.norm(places - (25, 25, 30), axis=-1) < 12
    small = np.linalg.norm(places - (48, 25, 30), axis=-1) < 6
    voxels = np.where(large | small, 100, -50).astype(np.int16)
    image = Volume(voxels, geometry, "[hnsf'U]", "CT", "key")
    desk.session.catalogue.set(Catalogue((opened.study,)))
    desk.session.show(replace(opened, image=image))
    return large, small


def said(desk):
    return desk.session.record.value.segmentations


def click(desk, tool, place):
    pointer = Pointer(0, 0, position=place, right=(1.0, 0.0, 0.0), down=(0.0, 1.0, 0.0))
    segment_clicks.from_click(desk, 0, tool, pointer)
    desk.settle()


def whole(desk):
    return said(desk)[0].labels


def test_the_first_segment_comes_with_a_group_on_the_grid_of_the_image(desk, hung):
    segment_edits.add_segment(desk)
    (group,) = said(desk)
    assert group.geometry == hung.geometry
    assert (group.series_key, group.status, group.author) == ("key", "accepted", Author("Dr. Roe"))
    assert not group.labels.any()
    assert segment_edits.chosen(desk) == (group, group.segments[0])


def test_segments_of_a_group_have_labels_and_colours_of_their_own(desk, hung):
    for _ in range(4):
        segment_edits.add_segment(desk)
    (group,) = said(desk)
    assert [one.label for one in group.segments] == [1, 2, 3, 4]
    assert len({one.colour for one in group.segments}) == 4


def test_groups_may_lie_over_each_other(desk, hung):
    segment_edits.add_segment(desk)
    segment_edits.add_group(desk)
    assert [one.title for one in said(desk)] == ["Segments", "Segments 2"]


def test_next_and_previous_go_through_all_segments_of_the_space(desk, hung):
    segment_edits.add_segment(desk)
    segment_edits.add_segment(desk)
    segment_edits.add_group(desk)
    seen = []
    for _ in range(4):
        segment_edits.step(desk, 1)
        now = desk.session.segmenting.value
        seen.append((now.segmentation_id == said(desk)[0].id, now.label))
    assert seen == [(True, 1), (True, 2), (False, 1), (True, 1)]


def test_a_removed_segment_takes_its_voxels_along_and_undo_brings_both_back(desk, ball):
    click(desk, Tool.GROW, (25, 25, 30))
    before = whole(desk).copy()
    segment_edits.add_segment(desk)
    segment_edits.step(desk, 1)
    segment_clearing.remove_segment(desk)
    desk.settle()
    assert [one.label for one in said(desk)[0].segments] == [2]
    assert not whole(desk).any()
    desk.session.undo()
    assert (whole(desk) == before).all()
    assert [one.label for one in said(desk)[0].segments] == [1, 2]


def test_a_segment_with_the_label_of_a_removed_one_is_neither_hidden_nor_locked(desk, hung):
    segment_edits.add_segment(desk)
    segment_edits.add_segment(desk)
    (group,) = said(desk)
    key = segment_key(group, group.segments[1])
    desk.session.undo()
    desk.session.hidden.set(frozenset({key}))
    segment_edits.toggle_lock(desk, key)
    block = np.full((1, 1, 1), 2, np.uint8)
    segment_edits.keep(desk, "Split", segment_edits.with_new_segment(said(desk)[0])[0])
    assert key not in desk.session.hidden.value
    assert key not in desk.session.segmenting.value.locked
    labels = said(desk)[0].label_map.with_box((0, 0, 0), block)
    desk.session.hidden.set(frozenset({key}))
    segment_edits.keep(desk, "Paint", replace(said(desk)[0], label_map=labels))
    assert key in desk.session.hidden.value


def test_nothing_is_painted_into_the_segments_of_another_patient(desk, hung, opened):
    segment_edits.add_segment(desk)
    study = replace(opened.study, uid="1.77", patient=Patient("P2", name="Roe^Max"))
    other = replace(opened.series, key="other")
    study = replace(study, series=(other,))
    desk.session.add_to_catalogue(Catalogue((study,)))
    desk.session.hang(0, replace(opened, study=study, series=other))
    target = segment_edits.to_paint(desk, 0)
    assert target.segmentation.series_key == "other"
    assert target.segmentation.id != said(desk)[0].id


def test_a_stroke_on_one_moment_goes_into_no_group_of_another(desk, hung, opened):
    """Groups of other moments are not shown, so that a stroke in one would not be seen."""
    moments = [replace(opened.series, key=f"moment {n}") for n in range(2)]
    images = [replace(opened, series=one, group="4D") for one in moments]
    desk.session.add_to_catalogue(Catalogue((replace(opened.study, series=tuple(moments)),)))
    desk.session.hang(0, images[0])
    segment_edits.add_segment(desk)
    desk.session.hang(0, images[1])
    assert segment_edits.to_paint(desk, 0).segmentation.series_key == "moment 1"


def test_an_emptied_segment_keeps_its_place_and_the_others_their_voxels(desk, ball):
    click(desk, Tool.GROW, (25, 25, 30))
    segment_edits.add_segment(desk)
    click(desk, Tool.GROW, (48, 25, 30))
    segment_clearing.clear_segment(desk)
    desk.settle()
    assert (whole(desk) == ball[0]).all()
    assert [one.label for one in said(desk)[0].segments] == [1, 2]
    assert desk.session.history.undo_title == "Empty Segment 2"


def test_the_last_segment_takes_its_group_along(desk, hung):
    segment_edits.add_segment(desk)
    segment_clearing.remove_segment(desk)
    desk.settle()
    assert said(desk) == ()


def test_what_is_locked_is_neither_painted_nor_removed_nor_emptied(desk, hung):
    segment_edits.add_segment(desk)
    segment_edits.toggle_lock(desk)
    assert segment_edits.to_paint(desk, 0) is None
    assert "locked" in desk.session.message.value.sentence
    for act in (segment_clearing.remove_segment, segment_clearing.clear_segment):
        with pytest.raises(Declined, match="locked"):
            act(desk)
    segment_edits.toggle_lock(desk)
    assert segment_edits.to_paint(desk, 0) is not None


def test_a_name_and_a_coded_word_are_kept(desk, hung):
    segment_edits.add_segment(desk)
    desk.asker.text = "  My tumour "
    segment_edits.rename(desk)
    assert said(desk)[0].segments[0].name == "My tumour"
    desk.asker.text = "Liver"
    segment_edits.name_by_code(desk)
    segment = said(desk)[0].segments[0]
    assert (segment.name, segment.type.scheme, segment.type.value) == ("Liver", "SCT", "10200004")
    assert segment.category.meaning == "Anatomical Structure"
    segment_edits.mark_as_lesion(desk)
    assert said(desk)[0].segments[0].category.meaning == "Morphologically Abnormal Structure"


def test_more_segments_than_a_byte_numbers_widen_the_labels(desk, hung):
    segment_edits.add_segment(desk)
    (group,) = said(desk)
    block = np.ones((1, 1, 1), np.uint8)
    group = replace(group, label_map=group.label_map.with_box((0, 0, 0), block))
    for _ in range(255):
        group, segment = segment_edits.with_new_segment(group)
    assert segment.label == 256
    assert group.label_map.dtype == np.uint16
    assert group.label_map.counts()[1] == 1


def test_work_on_a_model_s_outlines_is_the_reader_s(desk, hung):
    segment_edits.add_segment(desk)
    (group,) = said(desk)
    model = replace(group, author=Author("Model", is_model=True, version="1"), status="proposed")
    desk.session.record.set(replace(desk.session.record.value, segmentations=(model,)))
    segment_edits.rename(desk)
    desk.asker.text = "x"
    segment_edits.rename(desk)
    author = said(desk)[0].author
    assert (author.name, author.is_model) == ("Dr. Roe", False)
    assert author.helpers == ("Model 1",)


def test_a_change_of_one_proposal_accepts_none_of_them(desk, hung):
    segment_edits.add_segment(desk)
    (group,) = said(desk)
    model = replace(group, author=Author("Model", is_model=True, version="1"), status="proposed")
    desk.session.record.set(replace(desk.session.record.value, segmentations=(model,)))
    desk.asker.text = "x"
    segment_edits.rename(desk)
    assert said(desk)[0].status == "proposed"
    assert "still proposals" in desk.session.message.value.sentence
    after = desk.session.record.value.with_reading("key", "Model", (), ())
    assert after.segmentations == said(desk)
    accept_segments(desk)
    desk.asker.text = "y"
    segment_edits.rename(desk)
    assert said(desk)[0].status == "accepted"


def test_a_click_grows_over_what_is_alike_and_connected(desk, ball):
    click(desk, Tool.GROW, (25, 25, 30))
    assert (whole(desk) == ball[0]).all()
    click(desk, Tool.GROW, (48, 25, 30))
    assert ((whole(desk) == 1) == (ball[0] | ball[1])).all()
    desk.session.undo()
    assert ((whole(desk) == 1) == ball[0]).all()


def test_a_click_keeps_one_island(desk, ball):
    click(desk, Tool.GROW, (25, 25, 30))
    click(desk, Tool.GROW, (48, 25, 30))
    click(desk, Tool.ISLAND, (48, 25, 30))
    assert ((whole(desk) == 1) == ball[1]).all()
    click(desk, Tool.ISLAND, (2, 2, 30))
    assert "Click on the island" in desk.session.message.value.sentence
    assert ((whole(desk) == 1) == ball[1]).all()


def test_a_click_near_the_edge_traces_the_level_on_that_slice(desk, ball):
    click(desk, Tool.LEVEL, (25, 25, 30))
    found = whole(desk) == 1
    assert found[10].any()
    assert not found[[n for n in range(20) if n != 10]].any()
    truth = ball[0][10]
    assert (found[10] & truth).sum() * 2 / (found[10].sum() + truth.sum()) > 0.93


def test_other_segments_stay_where_they_are_locked_or_wanted(desk, ball):
    click(desk, Tool.GROW, (25, 25, 30))
    segment_edits.toggle_lock(desk)
    segment_edits.add_segment(desk)
    click(desk, Tool.GROW, (25, 25, 30))
    assert (whole(desk) == ball[0]).all()
    segment_edits.toggle_lock(desk, segment_key(said(desk)[0], said(desk)[0].segments[0]))
    click(desk, Tool.GROW, (25, 25, 30))
    assert (whole(desk) == 2 * ball[0]).all()


def test_scissors_take_what_lies_behind_the_line(desk, ball):
    click(desk, Tool.GROW, (25, 25, 30))
    asked = []

    def behind(geometry, whole, cut):
        asked.append(whole)
        gone = np.zeros(geometry.shape, bool)
        gone[:, :, : geometry.shape[2] // 2] = True
        return gone

    desk.behind = behind
    segment_clicks.scissors(desk, 0, None)
    desk.settle()
    columns = np.flatnonzero((whole(desk) == 1).any(axis=(0, 1)))
    assert (columns[0], columns[-1]) == (25, 36)
    assert asked[0].shape == (20, 50, 60)


def test_long_work_is_done_again_on_what_was_painted_meanwhile(desk, ball):
    segment_edits.add_segment(desk)
    (group,) = said(desk)
    times = []

    def work(now, progress: Progress):
        times.append(now)
        block = np.full((1, 1, 1), 1, np.uint8)
        return replace(now, label_map=now.label_map.with_box((0, 0, 0), block))

    segment_jobs.change(desk, "Try", group, work)
    stroke = np.full((1, 1, 1), 1, np.uint8)
    painted = replace(group, label_map=group.label_map.with_box((5, 5, 5), stroke))
    segment_edits.keep(desk, "Paint", painted)
    desk.settle()
    assert len(times) == 2
    assert np.argwhere(whole(desk)).tolist() == [[0, 0, 0], [5, 5, 5]]


def test_a_group_on_another_grid_is_not_followed_by_values(desk, hung):
    segment_edits.add_segment(desk)
    (group,) = said(desk)
    finer = Geometry.from_axes((10, 8, 8), (0, 0, 0), np.eye(3)[::-1], (1, 1, 1), "frame")
    other = replace(group, geometry=finer, label_map=LabelMap.empty((10, 8, 8)))
    desk.session.record.set(replace(desk.session.record.value, segmentations=(other,)))
    with pytest.raises(Declined, match="another grid"):
        click(desk, Tool.GROW, (3, 3, 3))


def test_drawing_on_a_slab_says_on_which_slice_it_is_kept(desk, hung):
    hanging = desk.session.hanging
    segment_edits.to_paint(desk, 0)
    assert "slab" not in desk.session.message.value.sentence
    hanging.set(hanging.value.changed(0, lambda look: replace(look, slab_mm=10.0)))
    assert segment_edits.to_paint(desk, 0) is not None
    assert "the slice in its middle" in desk.session.message.value.sentence
