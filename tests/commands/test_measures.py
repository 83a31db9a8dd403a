"""What is done to measurements: kept, copied, calibrated, measured anew, taken away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.commands import measure_copies, measure_edits, measure_names, measure_table, measures
from viewer.commands.edit import COMMANDS as EDITS
from viewer.commands.measure_refresh import follow_images
from viewer.commands.measured_values import Profile, Spread, find_values
from viewer.core import code
from viewer.core.geometry import Position
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.core.stack import Frame, Stack
from viewer.core.units import Way, Ways
from viewer.core.volume import Fidelity, Origin, Volume
from viewer.session.calibrating import follow_calibrations
from viewer.session.giving import give
from viewer.session.names import Use

UP = (0.0, 0.0, 1.0)
UNDO, REDO = (
    next(one.run for one in EDITS if one.id == f"edit.{word}") for word in ("undo", "redo")
)


def figure(desk, kind, *points: Position, number=1, **more: object):
    opened = desk.session.active_image
    space = opened.frame_of_reference_uid
    anchor = more.pop("anchor", Anchor(opened.key, space, None if kind.solid else UP))
    return Measurement(f"1.{number}", kind, points, anchor, desk.session.reader, **more)


def square(desk, z=4.0, number=1):
    corners = ((0.6, 0.6, z), (3.4, 0.6, z), (3.4, 3.4, z), (0.6, 3.4, z))
    return figure(desk, MeasurementKind.RECTANGLE, *corners, number=number)


def said(desk):
    return desk.session.record.value.measurements


def mean(one):
    return one.quantity(code.MEAN)


def test_a_drawn_region_is_measured_kept_and_chosen(desk, hung):
    measures.draw(desk, square(desk))
    (kept,) = said(desk)
    truth = hung.image.voxels[2, 1:4, 1:4].mean()
    assert mean(kept).value == pytest.approx(truth)
    assert desk.session.selected.value == kept.id


def test_a_tool_stays_in_the_hand_or_gives_way_to_the_crosshair_as_is_set(desk, hung):
    from viewer.session.session import Tool

    desk.session.tool.set(Tool.RECTANGLE)
    measures.draw(desk, square(desk))
    assert desk.session.tool.value is Tool.RECTANGLE
    measure_edits._toggle_setting("keep_tool", desk)
    measures.draw(desk, square(desk, number=2))
    assert desk.session.tool.value is Tool.CROSSHAIR


def test_every_change_is_one_step_back_and_one_forth(desk, hung):
    measures.draw(desk, square(desk))
    (first,) = said(desk)
    measure_edits.colour(desk, (230, 159, 0))
    measures.rename(desk, first.id, "Spot")
    measure_edits.nudge(desk, 1, 0)
    measure_edits._lock(desk)
    states = [said(desk)]
    for _ in range(4):
        UNDO(desk)
        states.append(said(desk))
    assert states[-1] == (first,)
    assert len({repr(state) for state in states}) == 5
    for state in reversed(states[:-1]):
        REDO(desk)
        assert said(desk) == state


def test_what_is_locked_is_not_deleted_and_what_is_deleted_comes_back(desk, hung):
    measures.draw(desk, square(desk))
    measures.draw(desk, square(desk, number=2))
    measure_edits._lock(desk)
    before = said(desk)
    measures.delete(desk, [one.id for one in before])
    assert [one.id for one in said(desk)] == ["1.2"]
    UNDO(desk)
    assert said(desk) == before


def test_a_figure_is_copied_to_the_next_slice_and_measured_there(desk, hung):
    measures.draw(desk, square(desk))
    measure_copies.copy_on(desk, 1)
    first, second = said(desk)
    assert abs(second.points[0][2] - first.points[0][2]) == pytest.approx(2)
    assert abs(mean(second).value - mean(first).value) == pytest.approx(64)


def test_a_figure_is_copied_to_all_slices_in_one_step(desk, hung):
    measures.draw(desk, square(desk))
    measure_copies.copy_to_all(desk)
    assert sorted(one.points[0][2] for one in said(desk)) == [0, 2, 4, 6, 8]
    assert len({mean(one).value for one in said(desk)}) == 5
    UNDO(desk)
    assert len(said(desk)) == 1


def test_a_figure_is_pasted_on_the_slice_where_the_reader_is(desk, hung):
    measures.draw(desk, square(desk))
    measure_copies.copy(desk)
    desk.session.place.set(replace(desk.session.place.value, position=(3, 3, 8.0)))
    measure_copies.paste(desk)
    first, second = said(desk)
    assert second.points == tuple((x, y, 8.0) for x, y, _ in first.points)
    assert first.id != second.id


def test_nudges_go_by_a_pixel_as_the_screen_shows_it(desk, hung):
    measures.draw(desk, square(desk))
    measure_edits.nudge(desk, 1, 0)
    assert said(desk)[0].points[0] == pytest.approx((1.6, 0.6, 4.0))
    hanging = desk.session.hanging.value
    turned = hanging.changed(0, lambda look: replace(look, flipped_sideways=True))
    desk.session.hanging.set(turned)
    measure_edits.nudge(desk, 1, 1)
    assert said(desk)[0].points[0] == pytest.approx((0.6, 1.6, 4.0))


def test_a_coded_name_is_given_and_comes_first_the_next_time(desk, hung):
    measures.draw(desk, square(desk))
    desk.asker.text = "Liver"
    measure_names.choose_name(desk, "1.1", Use.SITE)
    assert said(desk)[0].site.value == "10200004"
    assert desk.settings.measuring.recent_names[0] == "SCT 10200004"


# -- pictures without calibration --------------------------------------------------------------


def radiographs(desk, opened, spacing=None):
    follow_calibrations(desk.session)
    frames = tuple(
        Frame(np.arange(600, dtype=np.int16).reshape(20, 30), None, spacing, Origin(f"1.{n}", "2"))
        for n in range(2)
    )
    desk.session.show(replace(opened, image=Stack(frames, "1", "DX", "key")))


def line(desk, kind, *points: Position, number=1, frame=0):
    anchor = Anchor("key", "", None, f"1.{frame}", "2")
    return figure(desk, kind, *points, number=number, anchor=anchor)


def length(desk, number):
    return next(one for one in said(desk) if one.id == f"1.{number}").quantity(code.LENGTH)


def test_a_line_of_known_length_calibrates_its_picture_and_all_lengths_on_it(desk, opened):
    radiographs(desk, opened)
    measures.draw(desk, line(desk, MeasurementKind.LENGTH, (0, 0, 0), (6, 8, 0), number=2))
    measures.draw(desk, line(desk, MeasurementKind.LENGTH, (0, 0, 0), (6, 8, 0), number=3, frame=1))
    assert length(desk, 2).unit == code.PIXEL
    desk.asker.text = "2,5 cm"
    measures.draw(desk, line(desk, MeasurementKind.CALIBRATION, (0, 0, 0), (10, 0, 0)))
    assert (length(desk, 2).value, length(desk, 2).unit) == (25.0, code.MILLIMETRE)
    assert length(desk, 2).remark == "calibrated by the reader"
    assert length(desk, 3).unit == code.PIXEL
    scale = desk.session.active_image.image.frames[0].scale
    assert scale.spacing_mm == (2.5, 2.5)
    UNDO(desk)
    assert length(desk, 2).unit == code.PIXEL
    assert not desk.session.active_image.image.frames[0].scale.known
    REDO(desk)
    assert length(desk, 2).value == 25.0
    assert desk.session.active_image.image.frames[0].scale == scale


def test_a_longer_line_or_none_changes_the_lengths_again(desk, opened):
    radiographs(desk, opened)
    desk.asker.text = "50"
    measures.draw(desk, line(desk, MeasurementKind.CALIBRATION, (0, 0, 0), (10, 0, 0)))
    measures.draw(desk, line(desk, MeasurementKind.LENGTH, (0, 0, 0), (6, 8, 0), number=2))
    assert length(desk, 2).value == pytest.approx(50)
    ruler = measures.named(desk, "1.1")
    measures.redraw(desk, replace(ruler, points=((0, 0, 0), (20, 0, 0))))
    assert length(desk, 2).value == pytest.approx(25)
    measures.delete(desk, ["1.1"])
    assert (length(desk, 2).value, length(desk, 2).unit) == (10, code.PIXEL)


@pytest.mark.parametrize("words", ["", "abc", "-5", "0", "1e9", "nan", "inf"])
def test_what_is_no_length_calibrates_nothing(desk, opened, words):
    radiographs(desk, opened)
    desk.asker.text = words
    measures.draw(desk, line(desk, MeasurementKind.CALIBRATION, (0, 0, 0), (10, 0, 0)))
    assert said(desk) == ()
    assert "nothing was calibrated" in desk.session.message.value.sentence


def test_a_picture_in_patient_mm_is_not_calibrated(desk, opened):
    radiographs(desk, opened, spacing=(0.5, 0.5))
    desk.asker.text = "50"
    measures.draw(desk, line(desk, MeasurementKind.CALIBRATION, (0, 0, 0), (10, 0, 0)))
    assert said(desk) == ()
    assert "already" in desk.session.message.value.sentence


# -- numbers that follow the image ---------------------------------------------------------------


def pet(opened):
    ways = Ways((Way("SUVbw", "g/ml{SUVbw}", 0.5), Way("Bq/ml", "BQML", 1.0)), "Bq/ml")
    volume = replace(opened.image, unit="BQML", modality="PT", ways=ways)
    return replace(opened, image=volume)


def test_numbers_are_given_in_the_unit_of_the_image_also_after_undo(desk, opened):
    follow_images(desk)
    desk.session.show(pet(opened))
    measures.draw(desk, square(desk))
    before = mean(said(desk)[0])
    measures.rename(desk, "1.1", "Spot")
    give(desk.session, desk.session.active_image, "SUVbw")
    now = mean(said(desk)[0])
    assert (now.unit.value, now.value) == ("g/ml{SUVbw}", pytest.approx(before.value / 2))
    assert desk.session.history.undo_title == "Rename rectangle"
    UNDO(desk)
    assert said(desk)[0].label == ""
    assert mean(said(desk)[0]) == now
    give(desk.session, desk.session.active_image, "Bq/ml")
    assert mean(said(desk)[0]) == before


def test_no_values_are_given_before_the_slice_is_there(desk, opened):
    follow_images(desk)
    waiting = np.array([2, 2, 1, 2, 0], np.uint8)
    desk.session.show(replace(opened, fidelity=Fidelity(waiting)))
    measures.draw(desk, square(desk))
    measures.draw(desk, square(desk, z=2.0, number=2))
    assert mean(measures.named(desk, "1.1")) is None
    assert mean(measures.named(desk, "1.2")) is not None
    landed = Fidelity(np.full(5, 2, np.uint8))
    desk.session.images.set(desk.session.images.value.with_fidelity("key", landed))
    truth = opened.image.voxels[2, 1:4, 1:4].mean()
    assert mean(measures.named(desk, "1.1")).value == pytest.approx(truth)
    assert desk.session.history.undo_title == "Draw rectangle"


def test_colour_pictures_have_sizes_and_no_mean(desk, opened):
    frame = Frame(np.zeros((20, 30, 3), np.uint8), None, None, Origin("1.0", "2"))
    desk.session.show(replace(opened, image=Stack((frame,), "1", "US", "key")))
    corners = ((2, 2, 0), (9, 2, 0), (9, 9, 0), (2, 9, 0))
    measures.draw(desk, line(desk, MeasurementKind.RECTANGLE, *corners))
    assert {one.name for one in said(desk)[0].quantities} == {code.AREA, code.PERIMETER}


def test_a_large_sphere_is_measured_in_a_job_and_kept_then(desk, opened):
    geometry = opened.image.geometry.from_axes(
        (90, 90, 90), (0, 0, 0), np.eye(3)[::-1], (1, 1, 1), "frame"
    )
    volume = Volume(np.full(geometry.shape, 7, np.int16), geometry, "[hnsf'U]", "CT", "key")
    desk.session.show(replace(opened, image=volume))
    ball = figure(desk, MeasurementKind.SPHERE, (45, 45, 45), (85, 45, 45))
    assert mean(measures.measured_quickly(desk, ball)) is None
    measures.draw(desk, ball)
    desk.settle()
    assert mean(said(desk)[0]).value == 7


# -- values and the table ----------------------------------------------------------------------


def test_the_values_below_a_length_and_a_region_are_looked_up(desk, hung):
    found = []
    measures.draw(desk, figure(desk, MeasurementKind.LENGTH, (0, 2, 4), (7, 2, 4)))
    assert find_values(desk, lambda _, values: found.append(values))
    desk.settle()
    measures.draw(desk, square(desk, number=2))
    assert find_values(desk, lambda _, values: found.append(values))
    desk.settle()
    profile, spread = found
    assert isinstance(profile, Profile)
    assert profile.values[[0, -1]] == pytest.approx(hung.image.voxels[2, 2, [0, 7]])
    assert (profile.at[-1], profile.at_unit, profile.unit) == (7, "mm", "HU")
    assert isinstance(spread, Spread)
    assert spread.counts.sum() == 9


def test_the_table_says_slice_and_patient_and_is_written_as_a_whole(desk, hung, tmp_path):
    measures.draw(desk, square(desk))
    (row,) = measure_table.lines(desk)
    assert (row.number, row.slice_number, row.patient_id) == (1, 3, "P1")
    desk.asker.path = tmp_path / "list.csv"
    measure_table.export(desk)
    desk.settle()
    text = desk.asker.path.read_text("utf-8-sig")
    assert text.splitlines()[1].startswith("1,rectangle,")


def test_two_hundred_mixed_steps_are_undone_and_done_again_to_the_last_bit(desk, hung):
    measures.draw(desk, square(desk))
    states, number = [said(desk)], 1
    rng = np.random.default_rng(5)
    while len(states) <= 200:
        before = said(desk)
        match int(rng.integers(8)):
            case 0 | 1:
                number += 1
                measures.draw(desk, square(desk, z=2.0 * int(rng.integers(5)), number=number))
            case 2:
                measure_edits.nudge(desk, *(int(way) for way in rng.integers(-1, 2, 2)))
            case 3:
                measure_edits.colour(desk, measure_edits.COLOURS[int(rng.integers(9))][1])
            case 4 if before:
                one = before[int(rng.integers(len(before)))]
                measures.rename(desk, one.id, f"Spot {len(states)}")
            case 5:
                measure_copies.copy_on(desk, 1)
            case 6 if len(before) > 3:
                measures.delete(desk, [before[0].id, before[1].id])
            case _ if before:
                desk.session.selected.set(before[-1].id)
        if said(desk) is not before:
            states.append(said(desk))
    for state in reversed(states[:-1]):
        UNDO(desk)
        assert repr(said(desk)) == repr(state)
    for state in states[1:]:
        REDO(desk)
        assert repr(said(desk)) == repr(state)
