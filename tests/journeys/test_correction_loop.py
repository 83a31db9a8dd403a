"""Verdicts by keys, saved, learned from, used for the next reading, and taken back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.ai.test_adapting import verdicts
from tests.journeys.bright import bright_model, by_model, choose
from tests.journeys.conftest import walking
from tests.journeys.walker import CTRL, SHIFT, Walker
from viewer.ai.adapting import adaptation_from
from viewer.ai.card import load_folder, read_card
from viewer.ai.tuning.using import shipped
from viewer.ai.tuning.weights import read_weights
from viewer.commands import models
from viewer.core.correction import Correction
from viewer.core.crop import Crop
from viewer.settings import data_folder
from viewer.store.shelf import Shelf
from viewer.ui.panels.models import ModelsPanel

pytestmark = pytest.mark.window
NODULES = "lung_nodules"


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


def _of_a_site(weights: str) -> tuple[list[Correction], dict[str, Crop]]:
    """Verdicts of a site whose false marks are hollow, which only the picture tells."""
    random = np.random.default_rng(8)
    away = np.linalg.norm(np.indices((24, 24, 24)) - 11.5, axis=0)
    corrections, crops = [], {}
    for number in range(90):
        radius, right = random.uniform(4, 7), bool(number % 2)
        ball = np.where(away < radius, 215.0, 30.0)
        ball[(away < 0.6 * radius) & (not right)] = 30.0
        noisy = (ball + random.normal(0, 6, (2, *ball.shape))).clip(0, 255).astype(np.uint8)
        id_, odds = f"site{number}", (("look", float(random.normal(0, 0.2))),)
        crops[id_] = Crop(id_, noisy)
        corrections.append(
            Correction(id_, weights, f"s{number // 2}", f"9.{number}", "2026", right, odds)
        )
    return corrections, crops


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
        shutil.copytree(model, data_folder() / "models" / "bright")
        shelf = Shelf.open(data_folder())
        shelf.corrections.keep(_earlier(weights))
        site, crops = _of_a_site(read_card(shipped(NODULES)).weights_sha256)
        shelf.corrections.keep(site)
        shelf.crops.keep(site, crops)
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


def _panel(walker: Walker, model: str) -> ModelsPanel:
    panel = walker.window.findChild(ModelsPanel)
    if not panel.isVisible():
        walker.press(Qt.Key.Key_F3, SHIFT)
    walker.wait(lambda: walker.desk.models.value.listed)
    models.choose(walker.desk, model)
    return panel


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
    panel = _panel(walker, "bright")
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


def test_a_network_is_trained_further_where_crops_were_kept_and_can_be_taken_back(
    loop, monkeypatch
):
    monkeypatch.setenv("SKIAGRAM_HOME", str(loop.home))
    walker = loop.walker
    panel = _panel(walker, NODULES)
    _click(walker, panel, "models.improve")
    walker.wait(lambda: "patients held out" in walker.said, 240)
    assert "network's last block was trained further" in walker.said
    assert "is used from the next reading on" in walker.said
    (learned,) = (adaptation_from(text) for text in walker.desk.learned.value)
    own = data_folder() / "models"
    assert read_weights(own, learned.tuned_sha256, load_folder(shipped(NODULES)))
    _click(walker, panel, "models.go_back")
    walker.wait(lambda: not walker.desk.learned.value, 60)
