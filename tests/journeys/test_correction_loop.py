"""Verdicts by keys, saved, learned from, used for the next reading, and taken back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.ai.test_adapting import verdicts
from tests.journeys.bright import bright_model, by_model, choose
from tests.journeys.conftest import walking
from tests.journeys.walker import CTRL, SHIFT, Walker
from viewer.ai.card import read_card
from viewer.commands import models
from viewer.core.correction import Correction
from viewer.store.shelf import Shelf
from viewer.ui.panels.models import ModelsPanel

pytestmark = pytest.mark.window


def _earlier(weights: str) -> list[Correction]:
    """Verdicts on other patients here, where the model was far too sure of itself."""
    made = verdicts(900)
    return [
        Correction(
            one.finding_id, weights, one.patient, one.study_uid, one.at, one.right,
            (("score", one.odds + 3.0),),
        )
        for one in made
    ]  # fmt: skip


@dataclass
class Loop:
    """The program after two verdicts were saved; where this computer keeps things."""

    walker: Walker
    home: Path
    kept: dict[str, bool]


@pytest.fixture(scope="module")
def loop(qapp, phantom_images, request, tmp_path_factory) -> Iterator[Loop]:
    """Two findings of the model judged by keys and saved, on a computer with earlier verdicts."""
    home = tmp_path_factory.mktemp("home")
    model = bright_model(tmp_path_factory.mktemp("models") / "bright")
    weights = read_card(model).weights_sha256
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SKIAGRAM_HOME", str(home))
        from viewer.settings import data_folder

        shutil.copytree(model, data_folder() / "models" / "bright")
        shelf = Shelf.open(data_folder())
        shelf.corrections.keep(_earlier(weights))
        shelf.close()
    with walking(home, request) as walker:
        walker.open(phantom_images)
        walker.rest()
        kept = _judged_and_saved(walker, weights, tmp_path_factory.mktemp("results"))
        yield Loop(walker, home, kept)


def _judged_and_saved(walker: Walker, weights: str, folder: Path) -> dict[str, bool]:
    choose(walker)
    walker.wait(lambda: bool(by_model(walker)), 120)
    walker.rest()
    walker.press(Qt.Key.Key_N)
    walker.press(Qt.Key.Key_A)
    walker.press(Qt.Key.Key_N)
    walker.press(Qt.Key.Key_R)
    walker.press(Qt.Key.Key_S, CTRL)
    walker.answer_folder(folder)
    walker.wait(lambda: walker.said.startswith("Saved:"), 120)
    walker.desk.keeper.flush()
    known = {one.finding_id: one.right for one in walker.desk.keeper.shelf.corrections.of(weights)}
    return {one.id: known[one.id] for one in by_model(walker) if one.id in known}


def _proposed(walker: Walker) -> list:
    return [one for one in by_model(walker) if one.status == "proposed"]


def _read_again(walker: Walker) -> None:
    before = walker.session.record.value
    choose(walker)
    walker.wait(lambda: walker.session.record.value is not before, 120)
    walker.rest()


def _click(walker: Walker, panel: ModelsPanel, name: str) -> None:
    button = panel.findChild(QPushButton, name)
    walker.wait(button.isEnabled)
    walker.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    walker.window.activateWindow()


def test_saved_verdicts_are_kept(loop):
    judged = {one.id: one.stands for one in by_model(loop.walker) if one.status != "proposed"}
    assert loop.kept == judged
    assert sorted(loop.kept.values()) == [False, True]


def test_what_was_learned_is_used_in_the_next_reading_and_can_be_taken_back(loop, monkeypatch):
    monkeypatch.setenv("SKIAGRAM_HOME", str(loop.home))
    walker = loop.walker
    came = {one.id: one.score for one in _proposed(walker)}
    walker.press(Qt.Key.Key_F3, SHIFT)
    panel = walker.window.findChild(ModelsPanel)
    walker.wait(lambda: walker.desk.models.value.listed)
    models.choose(walker.desk, "bright")
    _click(walker, panel, "models.improve")
    walker.wait(lambda: "patients" in walker.said, 60)
    assert "is used from the next reading on" in walker.said
    _read_again(walker)
    learned = {one.id: one for one in _proposed(walker)}
    assert set(learned) == set(came)
    assert all(one.score < came[id_] for id_, one in learned.items())
    (name,) = {dict(one.author.parameters)["adapted by corrections"] for one in learned.values()}
    assert name
    _click(walker, panel, "models.go_back")
    walker.wait(lambda: not walker.desk.learned.value, 60)
    _read_again(walker)
    assert {one.id: one.score for one in _proposed(walker)} == came
