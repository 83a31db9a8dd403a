"""Pictures with marks of other programs wait for the first read, and come back after it."""

import shutil

import numpy as np
import pytest
from pydicom import dcmread
from pydicom.uid import generate_uid

from viewer.commands import hangings, objects, second_reading, segment_files
from viewer.commands.command import Commands
from viewer.commands.files import open_paths, open_series
from viewer.commands.object_contents import Said
from viewer.commands.stored_reads import sealing_as_kept
from viewer.core.author import Author
from viewer.core.code import LUNG, NODULE
from viewer.core.finding import Finding
from viewer.core.key_image import KeyImage
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.core.read import ReadKind
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.study import Series, SeriesKind
from viewer.io.segment_files import ReadSegments
from viewer.session.second_reading import seal, seal_everywhere

COMMANDS = Commands([*second_reading.COMMANDS])
CAPTURE = "1.2.840.10008.5.1.4.1.1.7"


@pytest.fixture
def study(few_slices, tmp_path):
    """A CT of six slices, what another program drew on it, and the scanned request."""
    folder = shutil.copytree(few_slices, tmp_path / "study")
    source = next(iter(sorted(folder.rglob("*.dcm"))))
    for number, (conversion, words) in enumerate((("WSD", "Marks"), ("SD", "Request")), start=90):
        made = dcmread(source)
        made.SOPClassUID = made.file_meta.MediaStorageSOPClassUID = CAPTURE
        made.SOPInstanceUID = made.file_meta.MediaStorageSOPInstanceUID = generate_uid()
        made.SeriesInstanceUID, made.SeriesNumber = generate_uid(), number
        made.ConversionType, made.SeriesDescription = conversion, words
        made.ImageType = ["DERIVED", "SECONDARY"]
        made.save_as(folder / f"{words}.dcm")
    return folder


def key_of(desk, words):
    found = (one for _, one in desk.session.catalogue.value.all_series())
    return next(one.key for one in found if one.description == words)


def shown(desk):
    return {look.series_key for look in desk.session.hanging.value.cells}


def open_study(desk, folder):
    open_paths(desk, [folder])
    desk.settle()
    return desk.session.active_image.study.uid


def test_it_is_not_opened_until_the_first_read_is_stored(desk, study):
    seal_everywhere(desk.session, on=True)
    uid = open_study(desk, study)
    marks = key_of(desk, "Marks")
    open_series(desk, marks)
    desk.settle()
    assert desk.session.images.value.get(marks) is None
    assert "Show what another program may have marked" in desk.asker.asked
    second_reading.first_read_done(desk)
    desk.keeper.flush()
    desk.settle(lambda: not desk.session.sealing.value.hides(uid))
    open_series(desk, marks)
    desk.settle()
    assert marks in shown(desk)


def test_the_scanned_request_is_open_to_all(desk, study):
    seal_everywhere(desk.session, on=True)
    open_study(desk, study)
    request = key_of(desk, "Request")
    open_series(desk, request)
    desk.settle()
    assert request in shown(desk)
    assert desk.asker.asked == []


def test_it_is_taken_down_when_the_study_is_sealed(desk, study):
    uid = open_study(desk, study)
    marks = key_of(desk, "Marks")
    open_series(desk, marks)
    desk.settle()
    assert marks in shown(desk)
    COMMANDS.run("second_reading.this_study", desk)
    desk.keeper.flush()
    assert desk.session.images.value.get(marks) is None
    assert marks not in shown(desk)
    assert "had been on the screen" in desk.keeper.shelf.reads.of(uid)[0].reason


def test_a_picture_still_on_its_way_is_not_hung_after_the_study_was_sealed(desk, study):
    uid = open_study(desk, study)
    marks = key_of(desk, "Marks")
    open_series(desk, marks)
    seal(desk.session, uid)
    desk.settle()
    assert desk.session.images.value.get(marks) is None
    assert marks not in shown(desk)


def test_showing_it_early_asks_why_keeps_that_and_hides_the_rest_still(desk, study):
    uid = open_study(desk, study)
    COMMANDS.run("second_reading.this_study", desk)
    marks = key_of(desk, "Marks")
    desk.asker.text = "  "
    open_series(desk, marks)
    desk.settle()
    assert desk.session.images.value.get(marks) is None
    desk.asker.text = "old operation marked there"
    open_series(desk, marks)
    desk.keeper.flush()
    desk.settle(lambda: marks in shown(desk))
    desk.settle()
    assert desk.session.sealing.value.hides(uid)
    desk.keeper.flush()
    line = desk.keeper.shelf.audit.lines(uid)[-1]
    assert line.what == "showed pictures of another program before the first read"
    assert line.detail.endswith("Marks: old operation marked there")
    assert desk.keeper.shelf.reads.of(uid)[-1].kind is ReadKind.PICTURE
    kept = sealing_as_kept(desk.settings, desk.keeper.shelf.reads.states(), desk.session.reader)
    assert kept.hides(uid)
    assert kept.looked_at == frozenset()


def test_the_menu_offers_what_waits_by_its_reason_alone(desk, study):
    open_study(desk, study)
    COMMANDS.run("second_reading.this_study", desk)
    offered = []
    desk.asker.ask_choice = lambda title, question, choices, then: offered.extend(choices)
    COMMANDS.run("second_reading.show_marked", desk)
    assert offered == ["1. Secondary capture, CT like the images."]


def test_hanging_every_series_at_once_leaves_it_out(desk, study):
    open_study(desk, study)
    COMMANDS.run("second_reading.this_study", desk)
    Commands([*hangings.COMMANDS]).run("hanging.all", desk)
    desk.settle()
    assert key_of(desk, "Marks") not in shown(desk)
    assert desk.session.images.value.get(key_of(desk, "Marks")) is None


# -- objects -----------------------------------------------------------------------------

PROGRAM = Author("Other AI", is_model=True, version="3")
PERSON = Author("Dr. Poe")


def series_of(key="object"):
    return Series(key, "1.9.9", "1.8", "SR", SeriesKind.OBJECT, ())


def finding(author):
    place, low, high = (1.0, 2.0, 4.0), (0.0, 1.0, 3.0), (2.0, 3.0, 5.0)
    return Finding(f"f {author}", NODULE, LUNG, place, low, high, 2.0, 4.2, "key", author)


def figure(author):
    anchor = Anchor("key", "frame", (0.0, 0.0, 1.0))
    ends = ((0.0, 0.0, 0.0), (1.0, 0.0, 0.0))
    return Measurement(f"m {author}", MeasurementKind.LENGTH, ends, anchor, author)


def outline(hung, author):
    labels = np.ones((5, 8, 8), np.uint8)
    grid, segment = hung.image.geometry, Segment(1, "Node", NODULE)
    return Segmentation(f"s {author}", "Nodes", labels, grid, (segment,), author, "key")


def lay(desk, hung, said):
    objects._add(desk, series_of(), hung, said)


def told(desk):
    record = desk.session.record.value
    return (*record.findings, *record.segmentations, *record.measurements, *record.key_images)


def test_what_a_program_says_in_an_object_waits_what_a_person_says_does_not(desk, hung):
    COMMANDS.run("second_reading.this_study", desk)
    by_both = Said(
        (finding(PROGRAM), finding(PERSON)),
        (outline(hung, PROGRAM), outline(hung, PERSON)),
        (figure(PROGRAM), figure(PERSON)),
        page="<p>1 nodule</p>",
    )
    lay(desk, hung, by_both)
    assert {one.author for one in told(desk)} == {PERSON}
    assert len(told(desk)) == 3
    assert desk.asker.pages == []
    second_reading.first_read_done(desk)
    desk.keeper.flush()
    desk.settle(lambda: not desk.session.ai_hidden("key"))
    assert {one.author for one in desk.session.record.value.findings} == {PERSON, PROGRAM}
    assert len(desk.session.record.value.segmentations) == 2
    assert {one.author for one in desk.session.record.value.measurements} == {PERSON, PROGRAM}


def test_an_object_behind_which_no_person_stands_waits_as_a_whole(desk, hung):
    COMMANDS.run("second_reading.this_study", desk)
    mark = KeyImage("key", "1.2.3", "", Author("unknown person"))
    nameless = Said(
        (finding(PROGRAM),), (outline(hung, PERSON),), (figure(PERSON),), (mark,),
        page="<p>1 nodule</p>", by_program=True,
    )  # fmt: skip
    lay(desk, hung, nameless)
    assert told(desk) == ()
    assert desk.asker.pages == []
    assert "hidden until your first read" in desk.session.message.value.sentence
    assert "nodule" not in desk.session.message.value.sentence


def test_a_page_of_a_program_waits_and_is_open_where_nothing_is_hidden(desk, hung):
    page = objects.Source("", "<p>1 nodule</p>", "", by_program=True)
    found = [desk, hung.study, series_of(), lambda key, then: None, page]
    objects._found(*found)
    assert desk.asker.pages == ["<p>1 nodule</p>"]
    COMMANDS.run("second_reading.this_study", desk)
    objects._found(*found)
    assert len(desk.asker.pages) == 1


def test_segments_of_a_program_opened_from_a_file_wait_uncounted(desk, hung, tmp_path):
    COMMANDS.run("second_reading.this_study", desk)
    read = ReadSegments((outline(hung, PROGRAM),))
    segment_files._laid(desk, hung, tmp_path / "labels.nii", read)
    assert told(desk) == ()
    assert "1 segment" not in desk.session.message.value.sentence
    segment_files._laid(desk, hung, tmp_path / "mine.nii", ReadSegments((outline(hung, PERSON),)))
    assert {one.author for one in told(desk)} == {PERSON}
    assert "1 segment" in desk.session.message.value.sentence
