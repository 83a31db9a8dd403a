"""Segments are saved by keys and mouse, with a warning of what a format loses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton

from viewer.core.code import LUNG
from viewer.core.segmentation import Segment, Segmentation
from viewer.io.segment_files import read_segments
from viewer.ui.choice_dialog import ChoiceDialog

pytestmark = pytest.mark.window


def the(program, kind):
    """Wait for a dialog of a kind and return it."""
    program.wait(lambda: any(d.isVisible() for d in program.window.findChildren(kind)))
    return next(d for d in program.window.findChildren(kind) if d.isVisible())


def test_a_label_map_is_saved_after_its_losses_were_read(shown, opened, tmp_path):
    labels = np.zeros(opened.geometry.shape, np.uint8)
    labels[20:30, 20:30, 20:30] = 1
    drawn = Segmentation(
        "2.25.8", "Lung", labels, opened.geometry, (Segment(1, "Lung", LUNG),),
        shown.desk.session.reader, "key", "accepted",
    )  # fmt: skip
    record = shown.desk.session.record.value
    shown.desk.session.record.set(replace(record, segmentations=(drawn,)))
    assert shown.commands.run("segments.save_as", shown.desk)
    choice = the(shown, ChoiceDialog)
    shown.qtbot.keyClicks(choice.field, "nifti")
    choose = next(b for b in choice.findChildren(QPushButton) if b.text() == "Choose")
    shown.qtbot.mouseClick(choose, Qt.MouseButton.LeftButton)
    question = the(shown, QMessageBox)
    assert "names neither patient nor images" in question.text()
    yes = next(b for b in question.buttons() if "Yes" in b.text())
    shown.qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    files = the(shown, QFileDialog)
    assert files.selectedFiles()[0].endswith("Lung.nii.gz") or "lung" in files.selectedFiles()[0]
    path = tmp_path / "lung.nii.gz"
    files.selectFile(str(path))
    files.accept()
    shown.wait(lambda: path.is_file() and not shown.desk.runner.jobs)
    (back,) = read_segments(path, opened.geometry).segmentations
    assert np.array_equal(back.labels, labels)
    shown.wait(lambda: "read back and compared" in shown.desk.session.message.value.sentence)
