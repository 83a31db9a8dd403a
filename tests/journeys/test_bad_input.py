"""Bad files and full disks at the window: one clear sentence, nothing lost, the window alive."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pydicom
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QTreeWidget

from tests.journeys.walker import CTRL, Walker
from viewer.commands.results import save_to
from viewer.core.progress import Silent
from viewer.core.stack import Stack
from viewer.core.volume import Fidelity, Volume
from viewer.io.sample import sample_study

pytestmark = pytest.mark.window


@pytest.fixture(scope="session")
def few_slices(tmp_path_factory) -> Path:
    """The synthetic chest in 12 slices of 64 x 64."""
    return sample_study(tmp_path_factory.mktemp("few"), Silent(), seed=5, shape=(12, 64, 64))


@pytest.fixture
def study(few_slices, tmp_path) -> Path:
    """A copy of it that a test may spoil."""
    return Path(shutil.copytree(few_slices, tmp_path / "study"))


@pytest.fixture
def at_work(walker, few_slices) -> Walker:
    """The program with a good study on screen, and something already said about it."""
    walker.open(few_slices)
    walker.rest()
    walker.heard.clear()
    return walker


def slices(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def listed_reasons(walker: Walker) -> list[str]:
    """Return what the study panel lists as not opened."""
    tree = walker.window.panels["studies"].findChild(QTreeWidget)
    tops = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    return [
        leaf.text(0)
        for top in tops
        if top.text(0).startswith("Not opened")
        for row in range(top.childCount())
        for leaf in _leaves(top.child(row))
    ]


def _leaves(item):
    """Return an item, or what stands below it where it is a heading."""
    return [item.child(row) for row in range(item.childCount())] or [item]


def plain(sentence: str) -> bool:
    """Tell whether a sentence is for people: whole, one line, nothing of the machine in it."""
    machine = ("Traceback", "Error:", "Exception", "NoneType", "0x")
    return (
        sentence.endswith(".") and "\n" not in sentence and not any(w in sentence for w in machine)
    )


def assert_alive(walker: Walker) -> None:
    """See that the study that was there is there still, and that the window answers."""
    assert walker.session.active_image is not None
    number = walker.slice_number()
    walker.press(Qt.Key.Key_Home)
    walker.press(Qt.Key.Key_Down)
    assert walker.slice_number() == 2
    assert number > 2


def truncated(folder: Path) -> Path:
    whole = slices(folder)[0].read_bytes()
    bad = folder.parent / "cut.dcm"
    bad.write_bytes(whole[: len(whole) // 2])
    return bad


def cut_in_the_head(folder: Path) -> Path:
    bad = folder.parent / "head.dcm"
    bad.write_bytes(slices(folder)[0].read_bytes()[:400])
    return bad


def empty(folder: Path) -> Path:
    bad = folder.parent / "empty.dcm"
    bad.touch()
    return bad


def text(folder: Path) -> Path:
    bad = folder.parent / "letter.dcm"
    bad.write_text("Dear colleague, thank you for sending this patient to us.\n" * 20)
    return bad


def empty_folder(folder: Path) -> Path:
    bad = folder.parent / "nothing"
    bad.mkdir()
    return bad


def missing(folder: Path) -> Path:
    return folder.parent / "gone"


def going_in_circles(folder: Path) -> Path:
    bad = folder.parent / "circle"
    bad.symlink_to(bad)
    return bad


def broken_archive(folder: Path) -> Path:
    bad = folder.parent / "study.zip"
    bad.write_bytes(b"PK\x03\x04" + bytes(200))
    return bad


def forbidden(folder: Path) -> Path:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    bad = folder.parent / "secret.dcm"
    shutil.copy(slices(folder)[0], bad)
    bad.chmod(0)
    return bad


BAD = (
    truncated, cut_in_the_head, empty, text, empty_folder, missing, going_in_circles,
    broken_archive, forbidden,
)  # fmt: skip


@pytest.mark.parametrize("make", BAD, ids=lambda make: make.__name__)
def test_what_is_no_image_is_told_in_one_sentence(at_work, study, make: Callable[[Path], Path]):
    bad = make(study)
    at_work.drop(bad)
    at_work.wait(lambda: bool(at_work.heard))
    at_work.rest()
    (sentence,) = at_work.serious
    assert plain(sentence)
    assert bad.name in sentence
    assert at_work.window.notice.sentence == sentence
    assert_alive(at_work)


def test_bad_files_among_good_ones_are_listed_with_their_reasons(walker, study):
    for make in (truncated, empty, text):
        shutil.move(make(study), study)
    opened = walker.open(study)
    walker.rest()
    reasons = listed_reasons(walker)
    assert {reason.split()[0] for reason in reasons} >= {"empty.dcm", "letter.dcm"}
    assert all(plain(reason) for reason in reasons)
    assert opened.count >= 12
    assert any("not opened" in message.sentence for message in walker.heard)


def test_a_slice_cut_short_keeps_its_place_and_is_marked(walker, study):
    bad = slices(study)[5]
    bad.write_bytes(bad.read_bytes()[:-2000])
    walker.open(study)
    walker.rest()
    opened = walker.session.active_image
    if isinstance(opened.image, Volume) and opened.count == 12:
        assert list(opened.fidelity.quality).count(Fidelity.DAMAGED) == 1
    told = [*walker.serious, *listed_reasons(walker)]
    assert any(bad.name in sentence for sentence in told)
    assert all(plain(sentence) for sentence in told)


def test_a_missing_slice_is_told_and_never_bridged(walker, study):
    slices(study)[6].unlink()
    walker.open(study)
    walker.rest()
    opened = walker.session.active_image
    assert isinstance(opened.image, Stack)
    assert opened.count == 11
    assert plain(opened.image.reason)
    assert opened.image.reason in walker.scene().marks
    assert len(walker.serious) == 1
    assert plain(walker.serious[0])
    walker.press(Qt.Key.Key_R, CTRL)
    walker.wait(lambda: "No model of this computer takes this image" in walker.said)


def test_a_mixed_series_is_listed_apart(walker, study):
    for path in slices(study)[:4]:
        image = pydicom.dcmread(path)
        image.ImageOrientationPatient = [0, 1, 0, 0, 0, -1]
        image.save_as(path)
    walker.open(study)
    walker.rest()
    parts = [series for _, series in walker.session.catalogue.value.all_series()]
    assert len(parts) == 2
    assert len({series.uid for series in parts}) == 1
    assert len({series.title for series in parts}) == 2
    assert sorted(len(series.instances) for series in parts) == [4, 8]
    assert walker.session.active_image.count == 8


def test_a_study_that_vanishes_before_it_is_opened_is_told(walker, study):
    walker.open(study)
    walker.rest()
    walker.press(Qt.Key.Key_W, CTRL)
    walker.drop(study)
    walker.wait(lambda: bool(walker.session.catalogue.value.studies))
    walker.rest()
    walker.heard.clear()
    key = walker.session.active_image.key
    shutil.rmtree(study)
    walker.press(Qt.Key.Key_W, CTRL)
    walker.drop(study)
    walker.wait(lambda: bool(walker.serious))
    assert plain(walker.serious[0])
    assert walker.session.images.value.get(key) is None


# -- writing --------------------------------------------------------------------


@pytest.fixture
def accepted(walker, phantom_images, one_finding) -> Walker:
    """The program with an accepted finding."""
    opened = walker.open(phantom_images)
    walker.rest()
    session = walker.session
    session.do("Mark", session.record.value.with_finding(one_finding(opened)))
    walker.press(Qt.Key.Key_N)
    walker.press(Qt.Key.Key_A)
    walker.heard.clear()
    return walker


_FULL = """
import errno, os

def full(_):
    raise OSError(errno.ENOSPC, "No space left on device")

os.fsync = full
"""
"""What a worker process runs first: where it looks for it is told by `sys.path`."""


@pytest.fixture
def full_disk(tmp_path_factory, monkeypatch) -> None:
    """A disk on which nothing more fits, in this process and in its workers."""
    folder = tmp_path_factory.mktemp("full")
    (folder / "sitecustomize.py").write_text(_FULL)
    monkeypatch.syspath_prepend(folder)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)


def test_a_full_disk_is_told_and_nothing_half_written_stays(accepted, tmp_path, full_disk):
    accepted.press(Qt.Key.Key_S, CTRL)
    accepted.answer_folder(tmp_path)
    accepted.wait(lambda: bool(accepted.serious))
    (sentence,) = accepted.serious
    assert "the disk is full" in sentence
    assert plain(sentence)
    assert list(tmp_path.iterdir()) == []
    assert [finding.stands for finding in accepted.session.record.value.findings] == [True]


def test_results_that_could_not_be_saved_can_be_saved_elsewhere(accepted, tmp_path):
    wall, good = tmp_path / "wall", tmp_path / "good"
    wall.write_text("a file where a folder should be")
    good.mkdir()
    save_to(accepted.desk, wall)
    accepted.wait(lambda: bool(accepted.serious))
    assert plain(accepted.serious[0])
    accepted.press(Qt.Key.Key_S, CTRL)
    accepted.answer_folder(good)
    accepted.wait(lambda: accepted.said.startswith("Saved:"))
    assert len(list(good.iterdir())) == 1


def test_a_picture_on_a_full_disk_is_told(at_work, tmp_path, full_disk):
    at_work.press(Qt.Key.Key_P, CTRL)
    dialog = at_work.dialog(QFileDialog)
    dialog.selectFile(str(tmp_path / "view.png"))
    dialog.accept()
    at_work.wait(lambda: bool(at_work.serious))
    (sentence,) = at_work.serious
    assert "the disk is full" in sentence
    assert list(tmp_path.iterdir()) == []
    assert_alive(at_work)
