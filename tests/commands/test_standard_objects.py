"""What is measured, marked and looked at is saved as standard objects, and opened again."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from pydicom import dcmread
from pydicom.dataset import FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid

from viewer.commands import key_images, presentations, results
from viewer.commands.files import open_paths, open_series
from viewer.commands.stored import bring, number_in, shown_in
from viewer.core import code
from viewer.core.errors import Declined
from viewer.core.geometry import position_of
from viewer.core.graphics import Shown
from viewer.core.identity import new_uid
from viewer.core.measurement import Anchor, Measurement, MeasurementKind, Quantity
from viewer.core.presentation import Display, Drawing, DrawingKind, Shutter
from viewer.core.progress import Silent
from viewer.core.window import Window
from viewer.io.gsps_read import read_presentation
from viewer.io.key_objects import read_key_objects
from viewer.io.sr_read import read_report
from viewer.render.describe import describe
from viewer.session.look import Look, Viewing
from viewer.session.presenting import display_of, look_of
from viewer.store.listed import Question, Reading


def no_picture(volume, finding, segmentations):
    """Draw nothing; a lambda could not be handed to another process."""
    return b""


def write_ct(folder, slices: int = 5):
    """Write a CT with values of its own in every slice."""
    from pydicom.dataset import Dataset

    folder.mkdir(parents=True)
    study, series, frame = generate_uid(), generate_uid(), generate_uid()
    for number in range(slices):
        image = Dataset()
        image.SOPClassUID, image.SOPInstanceUID = CTImageStorage, generate_uid()
        image.Modality, image.StudyInstanceUID = "CT", study
        image.SeriesInstanceUID, image.FrameOfReferenceUID = series, frame
        image.PatientName, image.PatientID, image.PatientBirthDate = "Roe^Jo", "P-7", "19700102"
        image.PatientSex, image.StudyDate, image.StudyTime = "F", "20240506", "101112"
        image.StudyID, image.AccessionNumber, image.ReferringPhysicianName = "S", "A", ""
        image.SeriesNumber, image.InstanceNumber = 3, number + 1
        image.SeriesDescription, image.ImageType = "Chest", ["ORIGINAL", "PRIMARY", "AXIAL"]
        image.ImagePositionPatient = [-10, -20, 5 + 2 * number]
        image.ImageOrientationPatient, image.PixelSpacing = [1, 0, 0, 0, 1, 0], [1.5, 0.75]
        image.Rows, image.Columns, image.SamplesPerPixel = 24, 40, 1
        image.PhotometricInterpretation = "MONOCHROME2"
        image.BitsAllocated = image.BitsStored = 16
        image.HighBit, image.PixelRepresentation = 15, 1
        image.RescaleIntercept, image.RescaleSlope, image.RescaleType = "0", "1", "HU"
        image.WindowCenter, image.WindowWidth = "40", "400"
        values = np.arange(960, dtype=np.int16).reshape(24, 40) + 10 * number
        image.PixelData = values.tobytes()
        image.file_meta = FileMetaDataset()
        image.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        image.save_as(folder / f"{number}.dcm", enforce_file_format=True)
    return folder


@pytest.fixture
def reading(desk, tmp_path):
    """A desk with a CT of five slices; the acquisition view is the active one."""
    folder = write_ct(tmp_path / "study" / "ct")
    open_paths(desk, [folder])
    desk.settle()
    look = desk.session.hanging.value.cells[0]
    acquired = replace(look, viewing=Viewing.ACQUISITION)
    desk.session.hanging.set(desk.session.hanging.value.changed(0, lambda _: acquired))
    desk.asker.path = tmp_path / "out"
    desk.asker.path.mkdir()
    desk.draw = no_picture
    return desk


def _shown(desk) -> Shown:
    return shown_in(desk, 0)


def _go(desk, number: int) -> None:
    bring(desk, desk.session.active_image, number)
    assert number_in(desk, 0) == number


def _length(desk, number: int = 3) -> Measurement:
    opened = desk.session.active_image
    origin = opened.image.origins[number]
    ends = opened.image.geometry.to_patient([(number, 4, 5), (number, 4, 25)])
    plane = opened.series.instances[number].plane
    space = opened.frame_of_reference_uid
    names = (origin.sop_instance_uid, origin.sop_class_uid)
    return Measurement(
        id=new_uid(),
        kind=MeasurementKind.LENGTH,
        points=tuple(position_of(end) for end in ends),
        anchor=Anchor(opened.key, space, plane.normal, *names),
        author=desk.session.reader,
        quantities=(Quantity(code.LENGTH, 15.0, code.MILLIMETRE),),
        label="left",
    )


def _measure(desk, *figures: Measurement) -> None:
    record = desk.session.record.value
    desk.session.do("Draw", replace(record, measurements=(*record.measurements, *figures)))


def _only(folder, name: str):
    (found,) = folder.rglob(name)
    return found


def _open(desk, path) -> None:
    """Find an object in the folder of the study, and open it."""
    open_paths(desk, [path])
    desk.settle()
    uid = str(dcmread(path).SeriesInstanceUID)
    found = [s for _, s in desk.session.catalogue.value.all_series() if s.uid == uid]
    open_series(desk, found[0].key)
    desk.settle()


def _save_here(desk, folder) -> None:
    """Save what was said without a process of its own."""
    results.draw_and_save(folder, results._material(desk), no_picture, Silent())


def test_a_key_image_is_marked_saved_and_found_again(reading, tmp_path):
    _go(reading, 1)
    key_images.mark(reading)
    first = _shown(reading)
    _go(reading, 4)
    key_images.mark(reading)
    assert [one.shown for one in reading.session.record.value.key_images] == [
        first,
        _shown(reading),
    ]
    key_images.step(reading, 1)
    assert number_in(reading, 0) == 1
    reading.asker.text = "For Teaching"
    key_images._save(reading)
    reading.settle()
    saved = _only(tmp_path / "out", "key_images.dcm")
    assert read_key_objects(saved).title.meaning == "For Teaching"
    reading.session.undo()
    reading.session.undo()
    assert reading.session.record.value.key_images == ()
    _open(reading, saved)
    assert reading.session.record.value.key_images[0].shown == first
    assert "2 key images, For Teaching, by Dr. Roe" in reading.session.message.value.sentence


def test_a_mark_is_taken_off_again_and_shown_by_a_star(reading):
    _go(reading, 2)
    key_images.mark(reading)
    words = [badge.word for badge in describe(reading.session, 0, (300, 200)).badges]
    assert "\N{BLACK STAR} KEY IMAGE" in words
    key_images.mark(reading)
    assert reading.session.record.value.key_images == ()


def test_a_section_across_the_pictures_is_no_key_image(reading):
    look = replace(reading.session.hanging.value.cells[0], viewing=Viewing.CORONAL)
    reading.session.hanging.set(reading.session.hanging.value.changed(0, lambda _: look))
    with pytest.raises(Declined, match="stored picture"):
        key_images.mark(reading)


def test_marks_come_back_from_a_draft(reading):
    _go(reading, 3)
    key_images.mark(reading)
    reading.keeper.flush()
    study = reading.session.active_image.study
    draft = reading.keeper.latest(study.uid)
    assert [one.shown for one in draft.key_images] == [_shown(reading)]


def test_a_view_is_saved_as_presentation_and_looks_so_again(reading, tmp_path):
    session = reading.session
    _go(reading, 3)
    _measure(reading, _length(reading))
    seen = replace(
        session.hanging.value.cells[0],
        window=Window(300, 500),
        inverted=True,
        zoom=2.0,
        pan_mm=(3.0, -1.5),
        quarter_turns=1,
        flipped_sideways=True,
    )
    session.hanging.set(session.hanging.value.changed(0, lambda _: seen))
    presentations.save_state(reading, tmp_path / "out")
    reading.settle()
    path = _only(tmp_path / "out", "presentation.dcm")
    state = read_presentation(path)
    drawn = state.drawings[_shown(reading)]
    assert np.allclose(drawn[0].points, [(5, 4), (25, 4)])
    assert drawn[1].words == ("left", "15 mm")
    _go(reading, 0)
    session.hanging.set(session.hanging.value.changed(0, lambda look: look.reset()))
    _open(reading, path)
    again = session.hanging.value.cells[0]
    assert number_in(reading, 0) == 3
    assert (again.window.centre, again.window.width, again.inverted) == (300, 500, True)
    assert again.zoom == pytest.approx(2.0, rel=0.06)  # areas are in whole pixels
    assert again.pan_mm == pytest.approx(seen.pan_mm, abs=0.8)
    before, after = (_screen(reading, look) for look in (seen, again))
    assert np.abs(np.subtract(before.plane.right, after.plane.right)).max() < 1e-6
    assert np.abs(np.subtract(before.plane.down, after.plane.down)).max() < 1e-6
    assert len(after.drawings) == 2
    presentations.take_off(reading)
    assert describe(session, 0, (300, 200)).drawings == ()


def _screen(desk, look: Look):
    hanging = desk.session.hanging.value
    desk.session.hanging.set(hanging.changed(0, lambda _: look))
    return describe(desk.session, 0, (300, 200))


@pytest.mark.parametrize("viewing", [Viewing.ACQUISITION, Viewing.AXIAL])
def test_every_turn_and_flip_goes_there_and_back(reading, viewing):
    opened = reading.session.active_image
    for turns, sideways, upside in itertools.product(range(4), (False, True), (False, True)):
        look = Look(
            opened.key,
            viewing,
            quarter_turns=turns,
            flipped_sideways=sideways,
            flipped_upside_down=upside,
        )
        display = display_of(opened, look, 2, Window(40, 400))
        back = look_of(opened, Look(opened.key), 2, display)
        meant, found = (_screen(reading, one).plane for one in (look, back))
        assert np.allclose(meant.right, found.right)
        assert np.allclose(meant.down, found.down)


def test_graphics_lie_where_the_measurement_lay(reading, tmp_path):
    _go(reading, 3)
    length = _length(reading)
    _measure(reading, length)
    presentations.save_state(reading, tmp_path / "out", graphics_only=True)
    reading.settle()
    _open(reading, _only(tmp_path / "out", "graphics.dcm"))
    scene = describe(reading.session, 0, (400, 300))
    line = scene.drawings[0].strokes[0].points
    wanted = [scene.to_screen(point) for point in length.points]
    assert np.abs(line - np.asarray(wanted)).max() < 0.01
    _go(reading, 2)
    assert describe(reading.session, 0, (400, 300)).drawings == ()


def test_a_shutter_covers_all_but_its_inside_until_it_is_switched_off(reading):
    state = replace(
        presentations.state_of(reading),
        shutters=(Shutter("RECTANGULAR", ((5.0, 4.0), (20.0, 9.0))),),
    )
    presentations.apply(reading, reading.session.active_image.key, state)
    scene = describe(reading.session, 0, (400, 240))
    grid = reading.session.active_image.image.geometry
    number = number_in(reading, 0)
    corners = [
        scene.to_screen(position_of(grid.to_patient((number, *spot))))
        for spot in ((3.5, 4.5), (9.5, 20.5))
    ]
    (outline,) = scene.shutters
    assert np.allclose(outline[[0, 2]], corners, atol=0.01)
    assert "SHUTTER" in [badge.word for badge in scene.badges]
    reading.session.shown.update(shutters=False)
    assert describe(reading.session, 0, (400, 240)).shutters == ()


def test_a_view_across_the_pictures_is_no_presentation(reading):
    look = replace(reading.session.hanging.value.cells[0], slab_mm=10.0)
    with pytest.raises(Declined, match="as they are stored"):
        display_of(reading.session.active_image, look, 0, Window(40, 400))
    assert isinstance(display_of(reading.session.active_image, Look("a"), 0, Window(1, 2)), Display)


def test_measurements_alone_are_saved_and_laid_over_again(reading, tmp_path):
    _measure(reading, _length(reading))
    results.save_to(reading, tmp_path / "out")
    reading.settle()
    path = _only(tmp_path / "out", "sr_findings.dcm")
    assert len(read_report(path).measurements) == 1
    meant = reading.session.record.value.measurements[0]
    reading.session.undo()
    _open(reading, path)
    (back,) = reading.session.record.value.measurements
    assert np.abs(np.subtract(back.points, meant.points)).max() < 1e-4
    assert (back.anchor.sop_instance_uid, back.quantities) == (
        meant.anchor.sop_instance_uid,
        meant.quantities,
    )
    assert back.series_key == reading.session.active_image.key


def test_what_was_changed_after_saving_is_told_when_the_file_is_opened(reading, tmp_path):
    _measure(reading, _length(reading))
    _save_here(reading, tmp_path / "out" / "saved")
    record = reading.session.record.value
    (meant,) = record.measurements
    reading.session.do("Rename", replace(record, measurements=(replace(meant, label="other"),)))
    _open(reading, _only(tmp_path / "out", "sr_findings.dcm"))
    assert "1 of them was changed here after" in reading.session.message.value.sentence
    reading.session.undo()
    assert reading.session.record.value.measurements[0].label == "other"


def test_an_object_of_another_patient_is_refused_by_name(reading, tmp_path):
    _measure(reading, _length(reading))
    _save_here(reading, tmp_path / "out" / "saved")
    path = _only(tmp_path / "out", "sr_findings.dcm")
    report = dcmread(path)
    report.PatientID, report.SeriesInstanceUID = "OTHER", generate_uid()
    other = tmp_path / "other.dcm"
    report.save_as(other)
    reading.session.undo()
    _open(reading, other)
    assert reading.session.record.value.measurements == ()
    assert reading.asker.pages or "patient" in reading.session.message.value.sentence


def test_a_report_without_places_is_a_page(reading, tmp_path):
    _measure(reading, _length(reading))
    _save_here(reading, tmp_path / "out" / "saved")
    report = dcmread(_only(tmp_path / "out", "sr_findings.dcm"))
    report.SOPClassUID = report.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.88.11"
    report.SeriesInstanceUID = generate_uid()
    report.save_as(tmp_path / "basic.dcm")
    _open(reading, tmp_path / "basic.dcm")
    (page,) = reading.asker.pages
    assert "Imaging Measurement Report" in page
    assert "15.0 mm" in page


def _sphere(desk, label: str = "node") -> Measurement:
    opened = desk.session.active_image
    middle = opened.image.geometry.to_patient((2, 12, 20))
    ends = (position_of(middle), position_of(np.add(middle, (0.0, 0.0, 3.0))))
    anchor = Anchor(opened.key, opened.frame_of_reference_uid)
    return Measurement(
        new_uid(), MeasurementKind.SPHERE, ends, anchor, desk.session.reader, label=label
    )


def test_a_ball_is_saved_on_every_slice_that_it_touches(reading, tmp_path):
    _measure(reading, _sphere(reading))
    presentations.save_state(reading, tmp_path / "out", graphics_only=True)
    reading.settle()
    state = read_presentation(_only(tmp_path / "out", "graphics.dcm"))
    drawn = {shown: [one.kind.value for one in made] for shown, made in state.drawings.items()}
    assert sorted(drawn.values()) == [["ellipse"], ["ellipse"], ["ellipse", "text"]]
    assert "not in the file" not in reading.session.message.value.sentence


def test_what_no_slice_touches_is_left_out_by_name(reading):
    far = replace(_sphere(reading, "far"), points=((0.0, 0.0, 500.0), (0.0, 0.0, 503.0)))
    _measure(reading, _length(reading), far)
    presentations.state_of(reading, graphics_only=True)
    assert "sphere far" in reading.session.message.value.sentence


def _drawn(desk, number: int, *drawings: Drawing) -> None:
    """Lay a presentation state of somebody else over the active image."""
    opened = desk.session.active_image
    origin = opened.image.origins[number]
    shown = (origin.sop_instance_uid, origin.frame)
    state = replace(presentations.state_of(desk), id="2.25.7", drawings={shown: drawings})
    presentations.apply(desk, opened.key, state)


def test_graphics_of_others_are_taken_over_as_own_figures_in_one_step(reading):
    square = ((5.0, 4.0), (15.0, 4.0), (15.0, 9.0), (5.0, 9.0), (5.0, 4.0))
    _drawn(
        reading,
        1,
        Drawing(DrawingKind.POLYLINE, ((5.0, 4.0), (25.0, 4.0))),
        Drawing(DrawingKind.POLYLINE, square),
        Drawing(DrawingKind.CIRCLE, ((20.0, 10.0), (24.0, 10.0))),
        Drawing(DrawingKind.ELLIPSE, ((10.0, 8.0), (18.0, 8.0), (14.0, 6.0), (14.0, 10.0))),
        Drawing(DrawingKind.ELLIPSE, ((10.0, 8.0), (14.0, 12.0), (13.0, 9.0), (11.0, 11.0))),
        Drawing(DrawingKind.TEXT, ((3.0, 3.0), (5.0, 5.0)), ("see", "here")),
        Drawing(DrawingKind.POLYLINE, ((0.1, 0.1), (0.5, 0.5)), on_screen=True),
    )
    presentations.take_over(reading)
    said = reading.session.record.value.measurements
    assert [one.kind.value for one in said] == [
        *("length", "polygon", "ellipse", "ellipse", "polygon", "text")
    ]
    grid, (length, polygon, circle, *_, text) = reading.session.active_image.image.geometry, said
    assert np.allclose(length.points, grid.to_patient([(1, 4, 5), (1, 4, 25)]))
    assert length.quantity(code.LENGTH).value == pytest.approx(20 * 0.75)
    assert polygon.quantity(code.AREA).value == pytest.approx(10 * 0.75 * 5 * 1.5)
    assert circle.quantity(code.AREA).value == pytest.approx(np.pi * 4 * 0.75 * 4 * 1.5)
    assert said[4].quantity(code.AREA).value == pytest.approx(
        np.pi * 8**0.5 * 2**0.5 * 0.75 * 1.5, rel=0.01
    )
    assert (text.label, text.author) == ("see here", reading.session.reader)
    assert np.allclose(text.points, grid.to_patient([(1, 5, 5)]))
    assert all(one.anchor.sop_instance_uid for one in said)
    assert "1 polyline" in reading.session.message.value.sentence
    presentations.take_over(reading)
    assert reading.session.record.value.measurements == said, "nothing is taken over twice"
    reading.session.undo()
    assert reading.session.record.value.measurements == ()


def test_own_graphics_come_back_as_the_figures_that_they_were(reading, tmp_path):
    length = _length(reading)
    _measure(reading, length)
    presentations.save_state(reading, tmp_path / "out", graphics_only=True)
    reading.settle()
    reading.session.undo()
    _open(reading, _only(tmp_path / "out", "graphics.dcm"))
    presentations.take_over(reading)
    back = reading.session.record.value.measurements[0]
    assert back.kind is MeasurementKind.LENGTH
    assert np.abs(np.subtract(back.points, length.points)).max() < 1e-2
    assert back.anchor.normal == pytest.approx(length.anchor.normal)


def test_a_study_whose_results_were_saved_is_reported_in_the_list(reading, tmp_path):
    studies = reading.keeper.shelf.studies

    def status():
        reading.keeper.flush()
        return [one.status for one in studies.page(Question()).studies]

    before = status()
    _measure(reading, _length(reading))
    results.save_to(reading, tmp_path / "out")
    reading.settle()
    assert before == [Reading.READING]
    assert status() == [Reading.REPORTED]
