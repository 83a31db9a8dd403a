from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from viewer.core.stack import Frame, Stack
from viewer.core.study import Instance
from viewer.core.volume import Origin
from viewer.session.session import Place
from viewer.ui.panels.tags import TagsPanel

pytestmark = pytest.mark.window
CT = "1.2.840.10008.5.1.4.1.1.2"


def write(path, number, **changes: object):
    """A DICOM file with a header only, a private block and a nested sequence."""
    slice_ = Dataset()
    slice_.SOPClassUID, slice_.SOPInstanceUID, slice_.Modality = CT, f"1.2.{number}", "CT"
    slice_.SpecificCharacterSet = "ISO_IR 192"
    slice_.PatientName, slice_.PatientID = "Doe^Jane", "P1"
    slice_.StudyInstanceUID, slice_.SeriesInstanceUID = "1.8", "1.9"
    slice_.Rows = slice_.Columns = 4
    slice_.SamplesPerPixel, slice_.PhotometricInterpretation = 1, "MONOCHROME2"
    slice_.BitsAllocated = slice_.BitsStored = 16
    slice_.HighBit, slice_.PixelRepresentation = 15, 0
    slice_.InstanceNumber = number
    slice_.add_new(0x00090010, "LO", "ACME 1.1")
    slice_.add_new(0x00091001, "UN", b"secret recipe")
    slice_.PixelData = bytes(32)
    for name, value in changes.items():
        setattr(slice_, name, value)
    slice_.file_meta = FileMetaDataset()
    slice_.file_meta.TransferSyntaxUID = "1.2.840.10008.1.2.1"
    slice_.save_as(path, enforce_file_format=True)
    return path


def coded():
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = "113100", "DCM", "Basic"
    return Sequence([code])


@pytest.fixture
def panel(qtbot, desk):
    made = TagsPanel(desk)
    qtbot.addWidget(made)
    made.resize(620, 420)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def study(opened, tmp_path):
    """The small CT, each of its 60 slices in a file of its own."""
    sequence = {"DeidentificationMethodCodeSequence": coded()}
    paths = [write(tmp_path / f"{n:04d}.dcm", n + 1, **sequence) for n in range(60)]
    instances = tuple(
        Instance(path, f"1.2.{n + 1}", CT, "1.2.840.10008.1.2.1", n + 1)
        for n, path in enumerate(paths)
    )
    origins = tuple(Origin(one.sop_instance_uid, CT) for one in instances)
    series = replace(opened.series, instances=instances)
    return replace(opened, series=series, image=replace(opened.image, origins=origins))


@pytest.fixture
def shown(panel, desk, study, settle):
    desk.session.show(study)
    settle(lambda: panel.tree.topLevelItemCount() > 0)
    return panel


def heading(panel):
    return panel.findChild(QLabel).text()


def column(panel, number):
    return [panel.tree.topLevelItem(n).text(number) for n in range(panel.tree.topLevelItemCount())]


def row(panel, name):
    return panel.tree.topLevelItem(column(panel, 1).index(name))


def test_without_an_image_it_says_so(panel, desk, qtbot):
    qtbot.waitUntil(lambda: heading(panel) == "No image in the active view.")
    assert panel.tree.topLevelItemCount() == 0


def test_it_lists_the_header_of_the_slice_looked_at(shown):
    assert heading(shown) == "0030.dcm, image 31 of 60"
    assert row(shown, "Patient's Name").text(3) == "Doe^Jane"
    assert row(shown, "Instance Number").text(0) == "(0020,0013)"
    assert row(shown, "Instance Number").text(3) == "31"
    assert row(shown, "Private element · ACME 1.1").text(3) == "secret recipe"
    assert "32 bytes" in row(shown, "Pixel Data").text(3)


def test_it_follows_the_crosshair(shown, desk, study, settle):
    position = tuple(study.image.geometry.to_patient((7, 20, 20)))
    desk.session.place.set(Place(position, study.frame_of_reference_uid))
    settle(lambda: heading(shown) == "0007.dcm, image 8 of 60")
    assert row(shown, "Instance Number").text(3) == "8"


def test_it_reads_nothing_while_it_is_hidden(panel, desk, study, qtbot, settle):
    panel.hide()
    desk.session.show(study)
    qtbot.wait(300)
    assert panel.tree.topLevelItemCount() == 0
    panel.show()
    settle(lambda: panel.tree.topLevelItemCount() > 0)


def test_a_sequence_is_listed_when_it_is_unfolded_and_stays_so(shown, desk, study, settle):
    name = "De-identification Method Code Sequence"
    sequence = row(shown, name)
    assert sequence.childCount() == 0
    sequence.setExpanded(True)
    assert sequence.child(0).text(0) == "Item 1"
    sequence.child(0).setExpanded(True)
    assert sequence.child(0).child(2).text(3) == "Basic"
    position = tuple(study.image.geometry.to_patient((9, 20, 20)))
    desk.session.place.set(Place(position, study.frame_of_reference_uid))
    settle(lambda: heading(shown).startswith("0009"))
    assert row(shown, name).child(0).child(2).text(3) == "Basic"


@pytest.mark.parametrize("wanted", ["0010,0010", "PatientName", "patient's name", "doe^jane"])
def test_the_search_leaves_what_says_it(shown, qtbot, wanted):
    qtbot.keyClicks(shown.search, wanted)
    assert column(shown, 1) == ["Patient's Name"]
    shown.search.clear()
    assert len(column(shown, 1)) > 10


def test_what_is_found_in_a_sequence_is_unfolded(shown, qtbot):
    qtbot.keyClicks(shown.search, "basic")
    (name,) = column(shown, 1)
    item = row(shown, name).child(0)
    assert [item.child(n).text(3) for n in range(item.childCount())] == ["Basic"]
    assert item.isExpanded()


def test_value_and_row_are_copied_by_key_and_by_menu(shown, qtbot):
    shown.activateWindow()
    shown.tree.setFocus()
    shown.tree.setCurrentItem(row(shown, "Patient's Name"))
    qtbot.keyClick(shown.tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Doe^Jane"
    shown.tree.customContextMenuRequested.emit(QPoint(5, 5))
    menu = next(one for one in shown.findChildren(QMenu) if one.isVisible())
    assert [action.text() for action in menu.actions()] == ["Copy value", "Copy row"]
    menu.actions()[1].trigger()
    assert QGuiApplication.clipboard().text() == "(0010,0010)\tPatient's Name\tPN\tDoe^Jane"
    menu.close()
    QApplication.processEvents()


def test_of_a_long_value_a_part_is_shown_and_all_that_was_read_is_copied(
    panel, desk, study, settle
):
    first = study.series.instances[30]
    write(first.path, 31, PatientComments="lorem ipsum " * 100)
    desk.session.show(study)
    settle(lambda: panel.tree.topLevelItemCount() > 0)
    item = row(panel, "Patient Comments")
    assert len(item.text(3)) < 210
    panel.tree.setCurrentItem(item)
    panel.copy_value.trigger()
    assert QGuiApplication.clipboard().text() == ("lorem ipsum " * 100).strip()


def test_frames_are_looked_up_one_by_one(panel, desk, study, tmp_path, settle):
    image = study.image
    frames = tuple(
        Frame(np.zeros((4, 4), np.int16), None, None, Origin(f"1.2.{n + 1}", CT)) for n in range(3)
    )
    series = replace(study.series, instances=study.series.instances[:3])
    stack = Stack(frames, "1", "CT", image.series_key)
    desk.session.show(replace(study, series=series, image=stack))
    settle(lambda: heading(panel) == "0001.dcm, image 2 of 3")
    look = replace(desk.session.hanging.value.cells[0], frame=2)
    desk.session.hanging.set(desk.session.hanging.value.changed(0, lambda _: look))
    settle(lambda: heading(panel) == "0002.dcm, image 3 of 3")


def test_of_a_hostile_file_what_can_be_read_is_listed_and_then_the_next(panel, desk, study, settle):
    bad = study.series.instances[30].path
    stored = bad.read_bytes()
    at = stored.index(b"\x08\x00\x16\x00UI")
    deep = b"\x08\x00\x15\x11SQ\0\0\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff" * 5_000
    bad.write_bytes(stored[:at] + deep + stored[at:])
    desk.session.show(study)
    settle(lambda: bad.name in heading(panel) and panel.tree.topLevelItemCount() > 0)
    last = panel.tree.topLevelItem(panel.tree.topLevelItemCount() - 1)
    assert "nested too deep" in last.text(1)
    position = tuple(study.image.geometry.to_patient((9, 20, 20)))
    desk.session.place.set(Place(position, study.frame_of_reference_uid))
    settle(lambda: "Patient ID" in column(panel, 1))


def test_an_image_that_is_not_dicom_has_no_tags(panel, desk, study, qtbot):
    series = replace(study.series, format="NIfTI")
    desk.session.show(replace(study, series=series))
    qtbot.waitUntil(lambda: heading(panel) == "This image does not come from a DICOM file.")


def test_closing_the_study_empties_it(shown, desk, study, qtbot):
    desk.session.close(study.study)
    qtbot.waitUntil(lambda: heading(shown) == "No image in the active view.")
    assert shown.tree.topLevelItemCount() == 0


def test_a_file_that_is_gone_is_told(panel, desk, study, settle):
    Path(study.series.instances[30].path).unlink()
    desk.session.show(study)
    settle(lambda: "is gone" in heading(panel))
