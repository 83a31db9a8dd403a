"""Opening, loading, stepping through and playing the moments of a 4D series."""

from __future__ import annotations

import math
import threading
from dataclasses import replace

import nibabel as nib
import numpy as np
import pytest

from tests.moments import COLUMNS, ROWS, SLICES, STEP_MS, value_at, write_moments
from tests.patience import PATIENCE_S
from viewer.commands import cine, curves, files, moment_loading, moments, results
from viewer.commands.command import Commands
from viewer.commands.every import COMMANDS
from viewer.commands.moment_queue import Queue
from viewer.core.author import Author
from viewer.core.code import LUNG, NODULE, Code
from viewer.core.finding import Finding, Status
from viewer.core.progress import Silent
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.study import SeriesKind
from viewer.core.window import Window
from viewer.io.scan import scan
from viewer.io.seg import write_segmentation
from viewer.render.describe import describe
from viewer.render.key_image import draw_key_image
from viewer.session.cine_order import Way
from viewer.session.look import Camera, Layout, Slab, SpaceLook
from viewer.session.moments import Through
from viewer.session.session import Place
from viewer.session.transfer import BONE

COUNT = 6
ALL = Commands(COMMANDS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_moments(tmp_path_factory.mktemp("moments") / "four", COUNT)


@pytest.fixture
def beating(desk, folder):
    """A desk with the 4D series open and all of it loaded."""
    files.open_paths(desk, [folder])
    desk.settle()
    return desk


@pytest.fixture
def held_up(desk, folder, monkeypatch):
    """A desk on which the other moments wait at the gate."""
    gate = threading.Event()
    begin = moment_loading.begin_loading

    def waits(part, first):
        gate.wait(PATIENCE_S)
        return begin(part, first)

    monkeypatch.setattr(moment_loading, "begin_loading", waits)
    files.open_paths(desk, [folder])
    desk.settle(lambda: bool(desk.moments))
    desk.gate = gate
    yield desk
    gate.set()
    desk.settle()


def group(desk):
    (series,) = desk.session.catalogue.value.studies[0].series
    return series


def shown(desk, cell=0):
    return desk.session.moment_in(cell)


def value_shown(desk):
    """The value of the bright square in the middle slice of the moment on screen."""
    return int(desk.session.active_image.image.voxels[1, 6, 6])


def test_opening_a_series_of_several_volumes_shows_the_first_and_loads_the_others(desk, folder):
    titles = set()
    desk.runner.changed.connect(lambda jobs: titles.update(job.title for job in jobs))
    files.open_paths(desk, [folder])
    desk.settle()
    assert group(desk).kind is SeriesKind.FOUR_D
    assert shown(desk) == 0
    keys = {opened.key for opened in desk.session.images.value if opened.is_whole}
    assert keys == {part.key for part in group(desk).parts}
    assert f"Load the other {COUNT - 1} heart phases" in titles
    assert desk.loadings == {}
    assert desk.moments == {}


def test_each_moment_has_its_own_values_on_the_same_grid(beating):
    images = beating.session.images.value
    first = images.get(group(beating).parts[0].key).geometry
    for moment, part in enumerate(group(beating).parts):
        opened = images.get(part.key)
        assert opened.geometry is first or np.allclose(opened.geometry.affine, first.affine)
        assert [int(voxels[6, 6]) for voxels in opened.image.voxels] == [
            value_at(moment, number) for number in range(SLICES)
        ]


def test_moving_on_shows_another_moment_in_all_views_and_keeps_how_they_look(beating):
    session = beating.session
    look = replace(
        session.hanging.value.cells[0],
        window=Window(300, 77), zoom=2.5, pan_mm=(3.0, 4.0), slab_mm=9.0, slab=Slab.MEAN,
        inverted=True, camera=Camera(20, 10, 1.5), space=SpaceLook(BONE),
    )  # fmt: skip
    session.hanging.set(session.hanging.value.changed(0, lambda _: look))
    session.place.update(position=(10.0, 12.0, 16.0))
    place = session.place.value
    assert ALL.run("moments.next", beating)
    assert {one.series_key for one in session.hanging.value.cells} == {group(beating).parts[1].key}
    assert replace(session.hanging.value.cells[0], series_key=look.series_key) == look
    assert session.place.value == place
    assert value_shown(beating) == value_at(1, 1)


def test_a_moment_has_the_window_of_the_first(beating):
    first = beating.session.active_image.first_window
    moments.go_to_moment(beating, 0, COUNT - 1)
    look = beating.session.hanging.value.cells[0]
    assert look.window is None
    assert beating.session.window_of(look) == first


def test_steps_end_at_the_first_and_the_last_moment(beating):
    ALL.run("moments.previous", beating)
    assert shown(beating) == 0
    ALL.run("moments.last", beating)
    assert shown(beating) == COUNT - 1
    ALL.run("moments.next", beating)
    assert shown(beating) == COUNT - 1
    ALL.run("moments.first", beating)
    assert shown(beating) == 0


def test_files_without_a_frame_of_reference_keep_the_crosshair_all_the_same(desk, tmp_path):
    files.open_paths(desk, [write_moments(tmp_path / "none", 3, frame_of_reference="")])
    desk.settle()
    desk.session.place.update(position=(10.0, 12.0, 0.0))
    moments.go_to_moment(desk, 0, 2)
    opened, place = desk.session.active_image, desk.session.place.value
    assert place.frame_of_reference_uid == opened.frame_of_reference_uid
    assert place.position == (10.0, 12.0, 0.0)


def test_what_does_not_fit_into_memory_is_said_and_loaded_when_it_is_wanted(
    desk, folder, monkeypatch
):
    one = SLICES * ROWS * COLUMNS * 2
    monkeypatch.setattr(moment_loading, "available_bytes", lambda: 3 * one)
    files.open_paths(desk, [folder])
    desk.settle()
    assert "each is loaded when you go to it" in desk.session.message.value.sentence
    assert len(list(desk.session.images.value)) == 1
    moments.go_to_moment(desk, 0, 3)
    scene = describe(desk.session, 0, (200, 200))
    assert scene.picture is None
    assert scene.empty == f"Heart phase 4 of {COUNT} is not loaded yet."
    desk.settle()
    assert value_shown(desk) == value_at(3, 1)


def test_moments_that_are_far_away_make_room_for_the_wanted_one(desk, folder, monkeypatch):
    monkeypatch.setattr(moment_loading, "available_bytes", lambda: 0)
    files.open_paths(desk, [folder])
    desk.settle()
    for number in (1, 2, 5):
        moments.go_to_moment(desk, 0, number)
        desk.settle()
        assert value_shown(desk) == value_at(number, 1)
    assert len(list(desk.session.images.value)) <= 2


def test_the_nearest_moment_is_loaded_first():
    queue = Queue([0, 1, 2, 4, 5, 6], 3, 0)
    went = iter(queue)
    assert [next(went)[0] for _ in range(2)] == [2, 4]
    queue.want(6, 1)
    assert [number for number, _ in went] == [6, 5, 1, 0]
    assert len(queue) == 0


def test_a_moment_that_cannot_be_read_is_told_and_the_others_are_there(desk, tmp_path):
    place = write_moments(tmp_path / "gone", 4)
    files.open_paths(desk, [place])
    desk.settle(lambda: bool(desk.session.catalogue.value.studies))
    study = desk.session.catalogue.value.studies[0]
    desk.settle()
    files.close_study(desk, study)
    desk.session.add_to_catalogue(replace(desk.session.catalogue.value, studies=(study,)))
    for file in place.glob("002-*.dcm"):
        file.unlink()
    files.open_series(desk, study.series[0].key)
    desk.settle()
    said = desk.session.message.value
    assert said.serious
    assert said.sentence.startswith("1 heart phase of cine could not be read; the first: ")
    images, parts = desk.session.images.value, group(desk).parts
    assert [images.get(part.key) is not None for part in parts] == [True, True, False, True]


def test_closing_the_study_drops_all_moments_and_their_work(held_up):
    desk = held_up
    files.close_study(desk, desk.session.catalogue.value.studies[0])
    desk.gate.set()
    desk.settle()
    assert list(desk.session.images.value) == []
    assert (desk.loadings, desk.moments, desk.session.axes.value) == ({}, {}, ())


def test_a_moment_gone_to_while_others_load_comes_next(held_up):
    moments.go_to_moment(held_up, 0, COUNT - 1)
    assert describe(held_up.session, 0, (200, 200)).picture is None
    landed = []
    images = held_up.session.images
    images.changed.connect(lambda new, old: landed.append(list(new)[-1].key))
    held_up.gate.set()
    held_up.settle()
    order = list(dict.fromkeys(landed))
    assert order.index(group(held_up).parts[-1].key) <= 1
    assert value_shown(held_up) == value_at(COUNT - 1, 1)


def test_stopping_the_load_is_told_and_a_moment_can_still_be_gone_to(held_up):
    desk = held_up
    for job in desk.runner.jobs:
        job.cancel()
    desk.gate.set()
    desk.settle()
    assert "was stopped" in desk.session.message.value.sentence
    assert desk.moments == {}
    assert len(list(desk.session.images.value)) == 1
    assert all(opened.is_whole for opened in desk.session.images.value)
    moments.go_to_moment(desk, 0, COUNT - 1)
    desk.settle()
    assert value_shown(desk) == value_at(COUNT - 1, 1)


def test_opening_it_again_goes_on_with_what_was_stopped(held_up):
    for job in held_up.runner.jobs:
        job.cancel()
    held_up.gate.set()
    held_up.settle()
    files.open_series(held_up, group(held_up).key)
    held_up.settle()
    images = held_up.session.images.value
    assert all(images.get(part.key).is_whole for part in group(held_up).parts)


def test_opening_it_again_shows_the_moment_that_was_seen_last(beating):
    moments.go_to_moment(beating, 0, 2)
    files.open_series(beating, group(beating).key, cell=1)
    beating.settle()
    assert shown(beating, 1) == 2


def finding(key):
    model = Author("Model", is_model=True, version="1")
    low, high = (8.0, 8.0, 4.0), (16.0, 16.0, 12.0)
    return Finding("f", NODULE, LUNG, (12, 12, 8), low, high, 8.0, 268.0, key, model, score=0.9)


def test_a_finding_belongs_to_its_moment_and_going_to_it_shows_that_moment(beating):
    from viewer.commands.findings import select

    session = beating.session
    session.do("Mark", session.record.value.with_finding(finding(group(beating).parts[4].key)))
    session.place.update(position=(12.0, 12.0, 8.0))
    assert describe(session, 0, (200, 200)).boxes == ()
    select(beating, "f")
    assert shown(beating) == 4
    assert [box.finding_id for box in describe(session, 0, (200, 200)).boxes] == ["f"]


def test_what_is_said_about_a_moment_is_kept_as_a_draft_and_undone(beating):
    session = beating.session
    session.do("Mark", session.record.value.with_finding(finding(group(beating).parts[4].key)))
    beating.keeper.flush()
    uid = session.catalogue.value.studies[0].uid
    assert [kept.id for kept in beating.keeper.latest(uid).findings] == ["f"]
    moments.go_to_moment(beating, 0, 1)
    assert session.undo() == "Mark"
    assert shown(beating) == 1


def test_saving_one_moment_says_what_is_accepted_on_others(beating, tmp_path):
    session, parts = beating.session, group(beating).parts
    record = session.record.value
    for number, part in enumerate((parts[0], parts[4])):
        accepted = replace(finding(part.key), id=f"2.25.{number}").judged(
            Status.ACCEPTED, Author("Dr. Roe"), "2026-01-02T03:04:05+00:00"
        )
        record = record.with_finding(accepted)
    session.do("Accept", record)
    beating.draw = draw_key_image
    results.save_to(beating, tmp_path)
    beating.settle()
    said = session.message.value
    assert "Not in it: 1 thing accepted on other moments" in said.sentence
    assert said.serious


def test_a_segmentation_of_one_moment_is_laid_over_that_moment(beating, tmp_path):
    session = beating.session
    part = group(beating).parts[3]
    opened = session.images.value.get(part.key)
    labels = (opened.image.voxels == value_at(3, 1)).astype(np.uint8)
    made = Segmentation(
        "2.25.7", "Heart", labels, opened.geometry,
        (Segment(1, "Heart", Code("80891009", "SCT", "Heart")),), Author("Reader"), part.key,
    )  # fmt: skip
    write_segmentation(tmp_path / "seg.dcm", made, part)
    session.hanging.set(session.hanging.value.changed(0, lambda look: replace(look, zoom=2.0)))
    found = scan([tmp_path], Silent())
    session.add_to_catalogue(found)
    ((_, listed),) = found.all_series()
    files.open_series(beating, session.listed_as(listed))
    beating.settle()
    assert shown(beating) == 3
    assert session.hanging.value.cells[0].zoom == 2.0
    (laid,) = session.record.value.segmentations
    assert laid.series_key == part.key
    assert np.array_equal(laid.labels > 0, labels > 0)
    assert len(describe(session, 0, (200, 200)).layers) == 1
    moments.go_to_moment(beating, 0, 2)
    assert describe(session, 0, (200, 200)).layers == ()


# -- cine -------------------------------------------------------------------------------


def played(desk, count):
    frames = []
    for _ in range(count):
        cine.play_on(desk, 0)
        frames.append(shown(desk))
    return frames


def test_cine_goes_through_the_moments_and_begins_again(beating):
    moments.go_to_moment(beating, 0, COUNT - 2)
    assert played(beating, 3) == [COUNT - 1, 0, 1]


def test_cine_without_a_loop_stops_at_the_last_moment(beating):
    beating.session.playing.update(way=Way.ONCE)
    beating.session.cine.set(0)
    moments.go_to_moment(beating, 0, COUNT - 2)
    played(beating, 2)
    assert shown(beating) == COUNT - 1
    assert beating.session.cine.value is None


def test_cine_leaves_out_moments_that_are_not_there(beating):
    away = frozenset(group(beating).parts[number].key for number in (1, 2))
    beating.session.images.set(beating.session.images.value.without(away))
    assert played(beating, 2) == [3, 4]


def test_cine_goes_through_the_slices_if_that_is_wanted(beating):
    ALL.run("cine.through_slices", beating)
    beating.session.place.update(position=(10.0, 10.0, 0.0))
    cine.play_on(beating, 0)
    assert shown(beating) == 0
    assert beating.session.place.value.position[2] == pytest.approx(8.0)
    assert beating.session.playing.value.through is Through.SLICES


def test_cine_runs_as_fast_as_the_heart_did_unless_the_reader_says_otherwise(beating):
    assert cine.per_second(beating, 0) == pytest.approx(1000 / STEP_MS)
    ALL.run("cine.faster", beating)
    assert cine.per_second(beating, 0) == 25
    ALL.run("cine.slower", beating)
    ALL.run("cine.slower", beating)
    assert cine.per_second(beating, 0) == 15
    ALL.run("cine.own_speed", beating)
    assert cine.per_second(beating, 0) == pytest.approx(1000 / STEP_MS)
    viewing = beating.settings.viewing.changed(cine_own_speed=False, cine_per_second=8)
    beating.settings = beating.settings.model_copy(update={"viewing": viewing})
    assert cine.per_second(beating, 0) == 8


# -- the curve ---------------------------------------------------------------------------


def test_the_curve_has_the_value_at_the_crosshair_of_every_moment_over_its_time(beating):
    beating.session.place.update(position=(12.0, 12.0, 8.0))
    found = curves.curve(curves.question(beating.session))
    assert found.values == tuple(float(value_at(moment, 1)) for moment in range(COUNT))
    assert found.at == tuple(STEP_MS * moment for moment in range(COUNT))
    assert (found.at_name, found.at_unit) == ("heart phase", "ms")


def test_the_mean_of_nine_voxels_at_the_corner_of_the_square_is_four_ninths_of_it(beating):
    beating.session.place.update(position=(8.0, 8.0, 8.0))
    found = curves.curve(curves.question(beating.session, around=True))
    assert found.values[2] == pytest.approx(value_at(2, 1) * 4 / 9)
    assert found.voxels == 9


def test_a_moment_that_is_not_there_is_a_gap_in_the_curve(beating):
    beating.session.place.update(position=(12.0, 12.0, 8.0))
    away = frozenset({group(beating).parts[2].key})
    beating.session.images.set(beating.session.images.value.without(away))
    found = curves.curve(curves.question(beating.session))
    assert math.isnan(found.values[2])
    assert found.known == COUNT - 1


def test_a_crosshair_in_another_space_has_no_curve(beating):
    beating.session.place.set(Place((12.0, 12.0, 8.0), "elsewhere"))
    assert curves.question(beating.session) is None


def test_the_curve_is_written_as_csv(beating, tmp_path):
    beating.session.place.update(position=(12.0, 12.0, 8.0))
    beating.asker.path = tmp_path / "curve.csv"
    assert ALL.run("curve.export", beating)
    beating.settle()
    lines = (tmp_path / "curve.csv").read_text().splitlines()
    assert lines[:3] == ["x_mm,y_mm,z_mm,voxels", "12.000,12.000,8.000,1", lines[2]]
    assert lines[2].startswith("moment,heart phase [ms],value")
    assert lines[4] == f"heart phase 2 of {COUNT},50,{value_at(1, 1)}"
    assert len(lines) == 3 + COUNT


def test_the_layout_and_the_active_view_stay_when_the_moment_changes(beating):
    beating.session.hanging.update(layout=Layout.TWO, active=1)
    moments.go_to_moment(beating, 1, 3)
    hanging = beating.session.hanging.value
    assert (hanging.layout, hanging.active) == (Layout.TWO, 1)


# -- other formats -----------------------------------------------------------------------


def test_the_moments_of_a_nifti_file_are_gone_through_in_seconds(desk, tmp_path):
    values = np.arange(4 * 5 * 6 * 3, dtype=np.int16).reshape(4, 5, 6, 3)
    image = nib.Nifti1Image(values, np.diag([2.0, 2.0, 3.0, 1.0]))
    image.header.set_xyzt_units("mm", "sec")
    image.header["pixdim"][4] = 2.5
    nib.save(image, tmp_path / "bold.nii.gz")
    files.open_paths(desk, [tmp_path / "bold.nii.gz"])
    desk.settle()
    assert group(desk).kind is SeriesKind.FOUR_D
    assert all(desk.session.images.value.get(part.key).is_whole for part in group(desk).parts)
    x, y, z = desk.session.active_image.geometry.to_patient((1, 2, 3))
    desk.session.place.update(position=(float(x), float(y), float(z)))
    found = curves.curve(curves.question(desk.session))
    volume = desk.session.active_image.image
    assert found.values[0] == volume.value_at(desk.session.place.value.position)
    assert np.allclose(np.diff(found.values), 1)
    assert (found.at, found.at_unit) == ((0.0, 2.5, 5.0), "s")


def test_the_curve_of_a_real_heart_goes_over_the_frames_of_its_cine(desk, data):
    files.open_paths(desk, [data / "mr_cardiac_cine_p09"])
    desk.settle()
    opened = desk.session.active_image
    plane = opened.image.frames[0].plane
    place = tuple(float(part) for part in plane.to_patient((128, 108)))
    desk.session.place.set(Place(place, opened.frame_of_reference_uid))
    found = curves.curve(curves.question(desk.session))
    frames = opened.image.frames
    assert found.values == tuple(float(frame.pixels[128, 108]) for frame in frames)
    assert (len(found.values), found.at_name, found.at_unit) == (20, "time", "ms")
    assert cine.per_second(desk, 0) == pytest.approx(1000 / 48.75, rel=0.02)
