"""A filter tried, parted by a divider, applied and kept as a recipe that gives the same again."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDoubleSpinBox, QPushButton
from typer.testing import CliRunner

from tests.journeys.conftest import walking
from tests.journeys.drawer import LEFT, Drawer
from viewer.cli import app
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.io.load import load
from viewer.io.scan import scan

pytestmark = pytest.mark.window


@pytest.fixture(scope="module")
def hand(request, qapp, phantom_images, tmp_path_factory) -> Iterator[Drawer]:
    """The synthetic chest, a Gaussian of 4 mm tried on it by clicks."""
    with walking(tmp_path_factory.mktemp("home"), request) as walker:
        walker.open(phantom_images)
        walker.wait(lambda: bool((walker.picture(3).max(axis=-1) > 40).mean() > 0.1))
        walker.rest()
        made = Drawer(walker)
        add = next(b for b in buttons(made) if b.accessibleName() == "Add a filter")
        made.choose_in_menu(add, "add_gaussian")
        walker.wait(lambda: any(spin.isVisible() for spin in spins(made)))
        spin = next(spin for spin in spins(made) if spin.isVisible())
        spin.setFocus()
        spin.selectAll()
        walker.qtbot.keyClicks(spin, "4")
        walker.qtbot.keyClick(spin, Qt.Key.Key_Return)
        tried(made)
        yield made


def buttons(hand: Drawer) -> list[QPushButton]:
    return hand.panel("enhance").findChildren(QPushButton)


def spins(hand: Drawer) -> list[QDoubleSpinBox]:
    return [s for s in hand.panel("enhance").findChildren(QDoubleSpinBox) if s.suffix() == " mm"]


def press(hand: Drawer, name: str) -> None:
    """Click on a button of the panel."""
    button = next(one for one in buttons(hand) if one.objectName() == name)
    hand.walker.qtbot.mouseClick(button, LEFT)


def tried(hand: Drawer) -> None:
    """Wait until the first view shows what the recipe makes."""
    enhancing = hand.walker.session.enhancing
    hand.walker.wait(lambda: enhancing.value.sheet(0) is not None)
    hand.walker.rest()
    hand.walker.settle()


def test_a_filter_is_seen_and_the_key_shows_the_original(hand):
    soft = hand.walker.picture()
    hand.walker.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    hand.walker.settle()
    original = hand.walker.picture()
    hand.walker.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    tried(hand)
    assert (soft != original).mean() > 0.05
    assert (hand.walker.picture() == soft).mean() > 0.99


def test_the_divider_is_dragged_from_the_middle(hand):
    press(hand, "enhance.swipe")
    tried(hand)
    enhancing = hand.walker.session.enhancing
    assert enhancing.value.swipe == 0.5
    middle = hand.view.rect().center()
    hand.walker.drag(QPoint(hand.view.width() // 2, middle.y()), QPoint(60, middle.y()))
    assert enhancing.value.swipe == pytest.approx(60 / hand.view.width(), abs=0.02)
    press(hand, "enhance.swipe")
    assert enhancing.value.swipe is None


def test_what_is_applied_is_what_the_recipe_makes_by_command_line(hand, phantom_images, tmp_path):
    walker, original = hand.walker, hand.opened
    recipe = tmp_path / "soft.recipe.json"
    press(hand, "enhance.save")
    hand.name_file(recipe)
    walker.wait(recipe.is_file)
    press(hand, "enhance.apply")
    walker.wait(lambda: hand.opened.key != original.key)
    walker.rest()
    made = hand.opened.image
    arguments = ["enhance", str(phantom_images), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(app, [*arguments, "--recipe", str(recipe), "--to", "nrrd"])
    assert done.exit_code == 0, done.output
    (path,) = (tmp_path / "out").rglob("*.nrrd")
    ((_, series),) = scan([path], Silent()).all_series()
    written = load(series, Silent())
    assert aligned(written.values(), written.geometry, made.geometry).dtype == np.float32
    assert np.array_equal(aligned(written.values(), written.geometry, made.geometry), made.values())
    assert not np.array_equal(made.values(), original.image.values())


def aligned(values: np.ndarray, own: Geometry, wanted: Geometry) -> np.ndarray:
    """Turn an array about so that its axes run as those of another grid do."""
    turn = np.linalg.inv(wanted.affine[:3, :3]) @ own.affine[:3, :3]
    order = [int(np.abs(row).argmax()) for row in turn]
    flipped = [axis for axis, source in enumerate(order) if turn[axis, source] < 0]
    return np.flip(values.transpose(order), flipped)
