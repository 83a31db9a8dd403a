"""Presentation states, key objects and captures are written, judged, and read back equal."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace

import highdicom as hd
import numpy as np
import pytest
from pydicom import dcmread

from viewer.core.author import Author
from viewer.core.errors import Declined, Unreadable
from viewer.core.key_image import KEY_TITLES, KeyImage
from viewer.core.presentation import Display, Drawing, DrawingKind, Presentation, Shutter
from viewer.core.window import Curve, Window
from viewer.io.concepts import quiet
from viewer.io.gsps import write_presentation
from viewer.io.gsps_read import presentation_references, read_presentation
from viewer.io.key_objects import key_references, read_key_objects, write_key_objects
from viewer.io.secondary_capture import Capture, write_capture

PERSON = Author("Dr. Zoë Müller")
DRAWINGS = (
    Drawing(DrawingKind.POINT, ((2.0, 3.0),)),
    Drawing(DrawingKind.POLYLINE, ((0.0, 0.0), (9.0, 8.0), (4.25, 2.0))),
    Drawing(DrawingKind.CIRCLE, ((4.0, 4.0), (6.0, 4.0)), filled=True),
    Drawing(DrawingKind.ELLIPSE, ((1.0, 4.0), (7.0, 4.0), (4.0, 3.0), (4.0, 5.0))),
    Drawing(DrawingKind.INTERPOLATED, ((1.0, 1.0), (3.0, 2.0), (5.0, 1.0))),
    Drawing(DrawingKind.TEXT, ((2.5, 7.0),), ("Länge 12 mm", "zweite Zeile")),
    Drawing(DrawingKind.TEXT, ((0.5, 0.25),), ("oben",), on_screen=True),
)


def state(case, **changes: object) -> Presentation:
    """Return a presentation of all slices with everything in it."""
    pictures = tuple((one.sop_instance_uid, one.frame) for one in case.series.instances)
    window = Window(-600.5, 1500.0, Curve.SIGMOID)
    display = Display(window, True, 3, True, ((2.0, 1.0), (7.0, 6.0)))
    made = Presentation(
        id="",
        label="SEEN 1",
        pictures=pictures,
        display=display,
        drawings={pictures[2]: DRAWINGS},
        shutters=(
            Shutter("RECTANGULAR", ((1.0, 2.0), (8.0, 7.0))),
            Shutter("CIRCULAR", ((4.0, 5.0), (7.0, 5.0))),
            Shutter("POLYGONAL", ((1.0, 1.0), (8.0, 1.0), (4.0, 7.0))),
        ),
        description="as I saw it",
        creator="Dr. Zoë Müller",
    )
    return replace(made, **changes)


def test_a_presentation_state_comes_back_as_it_was(case, tmp_path, dicom_errors):
    path, meant = tmp_path / "pr.dcm", state(case)
    write_presentation(path, meant, case.series)
    assert dicom_errors(path) == []
    back = read_presentation(path)
    assert back.display == meant.display
    assert back.drawings == meant.drawings
    assert back.shutters == meant.shutters
    assert back.pictures == meant.pictures
    assert (back.label, back.creator) == ("SEEN 1", "Dr. Zoë Müller")
    assert back.notices == ()
    names = presentation_references(path)
    assert (names.patient_id, names.series_uid) == ("P-1", case.series_uid)


def test_places_are_stored_from_the_corner_of_the_first_pixel(case, tmp_path):
    path = tmp_path / "pr.dcm"
    write_presentation(path, state(case), case.series)
    stored = dcmread(path)
    graphics = stored.GraphicAnnotationSequence[0].GraphicObjectSequence
    assert list(graphics[0].GraphicData) == [2.5, 3.5]
    area = stored.DisplayedAreaSelectionSequence[0]
    assert list(area.DisplayedAreaTopLeftHandCorner) == [8, 7]  # turned, and seen from the right
    assert (stored.RescaleSlope, stored.RescaleType) == (1, "HU")
    assert stored.Laterality == ""


@pytest.mark.skipif(shutil.which("dcmpschk") is None, reason="dcmtk is not installed")
def test_dcmtk_finds_nothing_wrong_with_a_presentation_state(case, tmp_path):
    path = tmp_path / "pr.dcm"
    write_presentation(path, state(case), case.series)
    said = subprocess.run(["dcmpschk", str(path)], capture_output=True, text=True, check=False)
    assert "Test passed" in said.stdout + said.stderr


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("flipped", [False, True])
def test_what_is_seen_at_the_upper_left_is_named_so(case, tmp_path, dicom_errors, turns, flipped):
    display = Display(quarter_turns=turns, flipped=flipped, area=((2.0, 1.0), (7.0, 6.0)))
    path = tmp_path / "pr.dcm"
    write_presentation(path, state(case, display=display), case.series)
    assert dicom_errors(path) == []
    assert read_presentation(path).display == display


@pytest.mark.skipif(shutil.which("dcmpsmk") is None, reason="dcmtk is not installed")
def test_a_presentation_state_that_dcmtk_made_is_read(case, tmp_path):
    image = case.series.instances[0]
    with quiet():
        toned = dcmread(image.path)
        toned.WindowCenter, toned.WindowWidth = "40", "350"
        toned.save_as(image.path)
    path = tmp_path / "theirs.dcm"
    command = ["dcmpsmk", "+Vw", str(image.path), str(path)]
    subprocess.run(command, capture_output=True, check=True)
    back = read_presentation(path)
    assert back.pictures == ((image.sop_instance_uid, 0),)
    display = back.of(back.pictures[0])
    assert display.window == Window(40, 350, Curve.LINEAR)
    assert (display.quarter_turns, display.flipped) == (0, False)
    assert display.area == ((0.0, 0.0), (9.0, 8.0))
    assert presentation_references(path).series_uid == case.series_uid


def test_a_plain_presentation_says_nothing_of_windows(case, tmp_path, dicom_errors):
    path = tmp_path / "pr.dcm"
    meant = state(case, display=Display(), shutters=(), graphics_only=True)
    write_presentation(path, meant, case.series)
    assert dicom_errors(path) == []
    assert "SoftcopyVOILUTSequence" not in dcmread(path)
    assert read_presentation(path).display.window is None


def test_a_coloured_picture_gets_a_colour_presentation(
    make_case, make_grid, tmp_path, dicom_errors
):
    colour = {"SamplesPerPixel": 3, "PhotometricInterpretation": "RGB"}
    case = make_case(tmp_path / "us", make_grid(), **colour)
    path = tmp_path / "pr.dcm"
    write_presentation(path, state(case, display=Display()), case.series)
    assert dicom_errors(path) == []
    assert dcmread(path).SOPClassUID.name.startswith("Color Softcopy")
    assert read_presentation(path).drawings == state(case).drawings


def test_slices_that_are_scaled_each_in_its_own_way_get_no_common_window(case, tmp_path):
    path = case.series.instances[1].path
    image = dcmread(path)
    image.RescaleSlope = "2.5"
    image.save_as(path)
    with pytest.raises(Declined, match="scaled each in its own way"):
        write_presentation(tmp_path / "pr.dcm", state(case), case.series)
    plain = state(case, display=Display(), graphics_only=True)
    write_presentation(tmp_path / "pr.dcm", plain, case.series)


@pytest.mark.parametrize(
    ("keyword", "value", "word"),
    [
        ("ImageRotation", 45, "45 degrees"),
        ("SoftcopyVOILUTSequence", "width", "wide"),
        ("GraphicAnnotationSequence", "odd", "too few points"),
        ("ReferencedSeriesSequence", [], "no pictures"),
        ("SOPClassUID", "1.2.840.10008.5.1.4.1.1.11.4", "blends"),
    ],
)
def test_a_senseless_presentation_state_is_unreadable(case, tmp_path, keyword, value, word):
    path = tmp_path / "pr.dcm"
    write_presentation(path, state(case), case.series)
    stored = dcmread(path)
    if value == "width":
        stored.SoftcopyVOILUTSequence[0].WindowWidth = 0
    elif value == "odd":
        stored.GraphicAnnotationSequence[0].GraphicObjectSequence[1].GraphicData = [1.0, 2.0, 3.0]
    else:
        setattr(stored, keyword, value)
    stored.save_as(path)
    with pytest.raises(Unreadable, match=word):
        read_presentation(path)


def test_a_bitmap_shutter_is_named_and_not_applied(case, tmp_path):
    path = tmp_path / "pr.dcm"
    write_presentation(path, state(case), case.series)
    stored = dcmread(path)
    stored.ShutterShape = "BITMAP"
    stored.save_as(path)
    back = read_presentation(path)
    assert back.shutters == ()
    assert [one.code for one in back.notices] == ["shutter_not_applied"]


def test_a_size_that_is_not_applied_is_named(case, tmp_path):
    path = tmp_path / "pr.dcm"
    write_presentation(path, state(case), case.series)
    stored = dcmread(path)
    stored.DisplayedAreaSelectionSequence[0].PresentationSizeMode = "TRUE SIZE"
    stored.save_as(path)
    assert [one.code for one in read_presentation(path).notices] == ["size_not_applied"]


def _marks(case) -> list[KeyImage]:
    at = "2026-05-06T07:08:09+00:00"
    return [
        KeyImage("one", one.sop_instance_uid, one.sop_class_uid, PERSON, one.frame, at)
        for one in case.series.instances[1:4:2]
    ]


@pytest.mark.parametrize("title", KEY_TITLES[:3])
def test_key_objects_come_back_as_they_were(case, tmp_path, dicom_errors, title):
    path = tmp_path / "ko.dcm"
    marks = _marks(case)
    write_key_objects(path, marks, case.series, title, reader=PERSON, description="two slices")
    assert dicom_errors(path) == []
    back = read_key_objects(path)
    assert back.title == title
    assert back.shown == tuple(mark.shown for mark in marks)
    assert (back.author, back.description) == (PERSON, "two slices")
    assert back.made_at == "2026-05-06T07:08:09+00:00"
    assert key_references(path).series_uid == case.series_uid


def test_highdicom_reads_our_key_objects_and_we_read_its(case, tmp_path):
    path, marks = tmp_path / "ko.dcm", _marks(case)
    write_key_objects(path, marks, case.series, KEY_TITLES[1], reader=PERSON)
    with quiet():
        theirs = hd.ko.KeyObjectSelectionDocument.from_dataset(dcmread(path))
    uids = [theirs.resolve_reference(mark.sop_instance_uid)[2] for mark in marks]
    assert uids == [mark.sop_instance_uid for mark in marks]
    images = [dcmread(one.path) for one in case.series.instances[:2]]
    with quiet():
        title = hd.sr.CodedConcept("113004", "DCM", "For Teaching")
        content = hd.ko.KeyObjectSelection(title, images)
        document = hd.ko.KeyObjectSelectionDocument(
            images, content, "2.25.11", 1, "2.25.12", 1, manufacturer="X"
        )
        document.save_as(tmp_path / "theirs.dcm")
    back = read_key_objects(tmp_path / "theirs.dcm")
    assert back.title.meaning == "For Teaching"
    assert [uid for uid, _ in back.shown] == [str(one.SOPInstanceUID) for one in images]


def test_a_report_is_no_key_object_selection(case, tmp_path):
    path = tmp_path / "pr.dcm"
    write_presentation(path, state(case), case.series)
    with pytest.raises(Unreadable, match="no key object selection"):
        read_key_objects(path)


@pytest.mark.parametrize("spacing_mm", [None, 0.25])
def test_a_capture_is_a_picture_that_claims_no_more_than_is_true(
    case, tmp_path, dicom_errors, spacing_mm
):
    pixels = np.random.default_rng(1).integers(0, 255, (11, 7, 3), np.uint8)
    shown = ((case.series.instances[2].sop_instance_uid, 0),)
    path = tmp_path / "sc.dcm"
    write_capture(path, Capture(pixels, spacing_mm is None, shown, spacing_mm), case.series)
    assert dicom_errors(path) == []
    stored = dcmread(path)
    assert np.array_equal(stored.pixel_array, pixels)
    assert stored.BurnedInAnnotation == ("YES" if spacing_mm is None else "NO")
    assert ("PixelSpacing" in stored) is (spacing_mm is not None)
    assert (stored.Modality, stored.Laterality, stored.PatientID) == ("OT", "", "P-1")
    source = stored.SourceImageSequence[0]
    assert source.ReferencedSOPInstanceUID == shown[0][0]
    assert stored.SeriesInstanceUID != case.series_uid
