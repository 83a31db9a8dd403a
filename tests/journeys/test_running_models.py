"""An added model run on a chest: chosen by keys, its map looked at, killed, run again, saved."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pydicom
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QSlider

from tests.journeys.bright import MODEL, bright_model, by_model, choose
from tests.journeys.conftest import walking
from tests.journeys.walker import CTRL, Walker
from viewer.core.finding import Status
from viewer.io.sr import read_findings
from viewer.render.scene import Trace
from viewer.session.maps import Maps
from viewer.ui.choice_dialog import ChoiceDialog
from viewer.ui.panels.maps import MapsPanel

pytestmark = pytest.mark.window
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="module")
def bright(tmp_path_factory) -> Path:
    """A network with weights set by hand: the brighter than 200 HU, the surer."""
    return bright_model(tmp_path_factory.mktemp("models") / "bright")


@pytest.fixture(scope="module")
def walk(qapp, bright, phantom_images, request, tmp_path_factory) -> Iterator[Walker]:
    """The program on a computer to which the model was added, the chest open in it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SKIAGRAM_HOME", str(home))
        from viewer.settings import data_folder

        shutil.copytree(bright, data_folder() / "models" / "bright")
    with walking(home, request) as walker:
        walker.home = home
        walker.open(phantom_images)
        walker.rest()
        yield walker


@pytest.fixture(scope="module")
def read(walk) -> Walker:
    """The same, read by the model, whose worker was killed at the first try."""
    before = walk.session.record.value
    choose(walk)
    walk.wait(lambda: bool(walk.workers) and _reads(walk))
    for worker in walk.workers:
        os.kill(worker.pid, signal.SIGKILL)
    walk.wait(lambda: bool(walk.serious))
    walk.killed = walk.serious[0], walk.session.record.value is before
    choose(walk)
    walk.wait(lambda: bool(by_model(walk)))
    walk.rest()
    return walk


@pytest.fixture(autouse=True)
def views_at_rest(request) -> Iterator[None]:
    """Let what views draw a little later be drawn before the next test begins."""
    yield
    if "read" in request.fixturenames:
        request.getfixturevalue("read").qtbot.wait(400)


def _reads(walker: Walker) -> bool:
    return any(f"Second reader: {MODEL}" in one.title for one in walker.desk.runner.jobs)


def test_a_worker_that_is_killed_leaves_the_record_as_it_was_and_says_so(read):
    sentence, untouched = read.killed
    assert untouched
    assert "SIGKILL" in sentence
    assert "Nothing else was lost" in sentence


def test_what_it_found_is_proposed_and_signed_with_how_it_came_about(read):
    (series,) = {one.series_key for one in by_model(read)}
    assert series == read.session.active_image.key
    assert {one.status for one in by_model(read)} == {Status.PROPOSED}
    told = dict(by_model(read)[0].author.parameters)
    assert told["input_1"] == read.session.active_image.series.uid
    assert told["read_at"].endswith("+00:00")
    assert told["engine"]
    assert told["device"]


def test_its_map_lies_over_every_plane_and_goes_and_comes_by_ctrl_m(read):
    for cell in range(3):
        read.session.maps.update(shown=True)
        scene, over = read.scene(cell), read.picture(cell)
        assert scene.veil is not None
        assert MODEL in scene.map_bar.title
        read.press(Qt.Key.Key_M, CTRL)
        assert read.scene(cell).veil is None
        assert (read.picture(cell) != over).mean() > 0.01
    read.press(Qt.Key.Key_M, CTRL)
    assert read.scene().veil is not None


def test_the_map_is_high_where_the_image_is_bright(read):
    (score_map,) = read.session.maps.value.items
    image = read.session.active_image.image.values()
    values = score_map.values()
    assert values.shape == image.shape
    bones, air = values[image > 450], values[image < -500]
    assert np.median(bones) > 0.9
    assert np.quantile(air, 0.99) < 0.1


def test_the_line_at_the_bottom_tells_the_value_of_the_map(read):
    said = []
    view = read.view(0)
    view.probed.connect(lambda probe: said.append(probe.value))
    read.move(QPoint(view.width() // 2, view.height() // 2))
    assert any(read.scene().veil.name in value for value in said)


def test_the_panel_dims_the_map(read):
    panel = read.window.panels["maps"].findChild(MapsPanel)
    read.run("panel.maps")
    assert MODEL in panel.maps.currentText()
    before = read.picture()
    slider = panel.findChildren(QSlider)[0]
    slider.setFocus()
    read.qtbot.keyClick(slider, Qt.Key.Key_End)
    assert read.session.maps.value.opacity == 1.0
    assert (read.picture() != before).any()
    assert panel.meaning.text()
    read.run("panel.maps")


def test_a_border_in_a_slow_slope_of_the_map_is_dashed(read):
    session = read.session
    traces = set()
    for finding in by_model(read):
        session.selected.set(finding.id)
        read.press(Qt.Key.Key_N)
        traces |= {outline.trace for outline in read.scene().outlines}
    assert Trace.DASHED in traces


def test_what_was_accepted_is_saved_with_the_model_that_found_it(read, tmp_path):
    session = read.session
    found = max(by_model(read), key=lambda one: one.score)
    for _ in session.visible_findings():
        read.press(Qt.Key.Key_N)
        if session.selected.value == found.id:
            break
    read.press(Qt.Key.Key_A)
    assert session.record.value.finding(found.id).status is Status.ACCEPTED
    read.press(Qt.Key.Key_S, CTRL)
    read.answer_folder(tmp_path)
    read.wait(lambda: read.said.startswith("Saved:"))
    (folder,) = tmp_path.iterdir()
    (again,) = read_findings(folder / "sr_findings.dcm", read.session.active_image.key)
    assert again.author == found.author
    (segment,) = pydicom.dcmread(folder / "seg_findings.dcm").SegmentSequence
    (algorithm,) = segment.SegmentationAlgorithmIdentificationSequence
    assert algorithm.AlgorithmName == MODEL
    assert read.session.active_image.series.uid in algorithm.AlgorithmParameters


def test_a_finding_of_an_added_network_is_explained_or_it_is_said_why_not(read, monkeypatch):
    monkeypatch.setenv("SKIAGRAM_HOME", str(read.home))
    found = max(by_model(read), key=lambda one: one.score)
    read.session.selected.set(found.id)
    read.press(Qt.Key.Key_Y, CTRL | ALT)
    told = ("Bright where", "The map is not shown", "Nothing in this picture")
    read.wait(lambda: read.said.startswith(told), 180)
    maps = [one for one in read.session.maps.value.items if one.about == found.id]
    assert bool(maps) == read.said.startswith("Bright where")
    assert all("does not show where disease is" in one.meaning for one in maps)
    read.rest()


def test_a_map_is_saved_as_dicom_by_keys_and_lies_there_again_when_it_is_opened(read, tmp_path):
    before = next(one for one in read.session.maps.value.items if not one.about)
    read.session.maps.update(chosen=before.id, shown=True)
    read.window.activateWindow()
    read.press(Qt.Key.Key_S, CTRL | ALT)
    choice = read.dialog(ChoiceDialog)
    read.wait(choice.isActiveWindow)
    read.qtbot.keyClicks(choice.field, "parametric")
    read.wait(lambda: choice.list.currentRow() == 0)
    read.qtbot.keyClick(choice.field, Qt.Key.Key_Return)
    read.wait(lambda: not read.window.findChildren(ChoiceDialog))
    dialog = read.dialog(QFileDialog)
    dialog.setDirectory(str(tmp_path))
    dialog.accept()
    read.wait(lambda: read.said.startswith("Map saved"), 120)
    (file,) = tmp_path.glob("*.dcm")
    assert pydicom.dcmread(file).SOPClassUID == "1.2.840.10008.5.1.4.1.1.30"
    read.session.maps.set(Maps())
    assert read.scene().veil is None
    read.window.activateWindow()
    read.wait(read.window.isActiveWindow)
    read.press(Qt.Key.Key_O, CTRL | ALT)
    dialog = read.dialog(QFileDialog)
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(str(file))
    dialog.accept()
    read.wait(lambda: bool(read.session.maps.value.items), 60)
    (again,) = read.session.maps.value.items
    assert np.array_equal(again.voxels, before.voxels)
    assert (again.id, again.low, again.high) == (before.id, before.low, before.high)
    assert again.author.name == MODEL
    assert read.scene().veil is not None


def test_maps_go_with_their_study(read):
    assert read.session.maps.value.items
    read.press(Qt.Key.Key_W, CTRL)
    assert read.session.maps.value.items == ()
