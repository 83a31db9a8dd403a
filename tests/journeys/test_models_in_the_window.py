"""A radiograph read by a model: its statement seen, explained and accepted by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTableView
from safetensors.numpy import load_file

from tests.journeys.conftest import walking
from tests.journeys.walker import CTRL, SHIFT, Walker
from viewer.core.finding import Status
from viewer.core.resources import resource_folder
from viewer.ui.choice_dialog import ChoiceDialog

pytestmark = pytest.mark.window

MODEL = "Pneumonia on chest radiographs of children"
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="module")
def radiograph(tmp_path_factory) -> Path:
    """The mean of the chests that the model learned from, as a picture in a dark border."""
    vector = load_file(resource_folder() / "models" / "chest_pneumonia" / "test_vector.safetensors")
    mean = vector["input"][0, 0]
    grey = np.pad(40 + 180 * (mean - mean.min()) / np.ptp(mean), 8).astype(np.uint8)
    folder = tmp_path_factory.mktemp("radiograph")
    Image.fromarray(grey).resize((480, 480)).save(folder / "chest.png")
    return folder


@pytest.fixture(scope="module")
def read(qapp, radiograph, request, tmp_path_factory) -> Iterator[Walker]:
    """The program in which the model has read the radiograph, chosen by its name."""
    with walking(tmp_path_factory.mktemp("home"), request) as walk:
        walk.open(radiograph)
        walk.rest()
        walk.wait(walk.window.isActiveWindow)
        walk.press(Qt.Key.Key_R, CTRL | SHIFT)
        dialog = walk.dialog(ChoiceDialog)
        walk.wait(dialog.isActiveWindow)
        walk.qtbot.keyClicks(dialog.field, "pneumonia")
        walk.qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
        walk.wait(lambda: bool(walk.session.record.value.assessments or walk.serious[1:]))
        walk.window.activateWindow()
        walk.rest()
        yield walk


def shown(walk: Walker) -> str:
    labels = walk.window.panels["findings"].findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def test_the_statement_is_chosen_and_told_with_its_limits(read):
    (said,) = read.session.record.value.assessments
    assert read.session.selected.value == said.id
    table = read.window.panels["findings"].findChild(QTableView)
    assert table.model().rowCount() == 1
    assert f"Score {said.score:.2f} (threshold {said.threshold:.2f})" in shown(read)
    assert "AUC of 0.95" in shown(read)
    assert any("experimental" in sentence for sentence in read.serious)


def test_its_explanation_comes_as_a_map_or_says_why_there_is_none(read):
    before = len(read.serious)
    read.press(Qt.Key.Key_Y, CTRL | ALT)
    read.wait(lambda: len(read.serious) > before)
    read.rest()
    told = read.serious[-1]
    assert "rank correlation" in told or "no map" in told
    if read.session.maps.value.items:
        assert "It does not show where disease is" in told
        assert read.scene().map_bar.title.startswith("Log odds lost where hidden")


def test_it_is_accepted_and_rejected_by_keys_and_never_by_itself(read):
    (said,) = read.session.record.value.assessments
    assert said.status is Status.PROPOSED
    read.press(Qt.Key.Key_A)
    (said,) = read.session.record.value.assessments
    assert said.status is Status.ACCEPTED
    assert not said.history[-1].by.is_model
    heard = read.heard[-1].sentence
    assert ("below the threshold" in heard) == (not said.speaks_for)
    read.press(Qt.Key.Key_Z, CTRL)
    (said,) = read.session.record.value.assessments
    assert said.status is Status.PROPOSED
