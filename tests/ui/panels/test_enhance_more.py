"""What a recipe is applied to, recipes by name, and the divider, by real clicks and drags."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QPushButton

from viewer.commands.command import Commands
from viewer.commands.enhancing import add
from viewer.commands.every import COMMANDS
from viewer.core.recipe import Recipe, Step
from viewer.core.target import Aim
from viewer.session.enhancing import Enhancing
from viewer.ui.panels.enhance import EnhancePanel

pytestmark = pytest.mark.window


@pytest.fixture
def panel(qtbot, desk, opened):
    desk.session.show(opened)
    made = EnhancePanel(desk, Commands(COMMANDS))
    qtbot.addWidget(made)
    made.resize(340, 900)
    with qtbot.waitExposed(made):
        made.show()
    return made


def choice(panel, name):
    return next(box for box in panel.findChildren(QComboBox) if box.accessibleName() == name)


def button(panel, name):
    return next(one for one in panel.findChildren(QPushButton) if one.accessibleName() == name)


def test_what_a_recipe_is_applied_to_is_chosen_with_the_keyboard(qtbot, desk, panel):
    box = choice(panel, "Apply to")
    assert not box.isVisible()
    add(desk, "median")
    qtbot.waitUntil(box.isVisible)
    assert box.itemText(0) == "the whole series"
    assert box.itemText(box.count() - 1) == "Slices…"
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert desk.session.enhancing.value.target.aim is Aim.SLICES
    assert box.currentText().startswith("slice ")


def test_kept_recipes_are_listed_and_tried_by_a_click(qtbot, desk, panel):
    names = choice(panel, "My recipes")
    attempt = button(panel, "My recipes: Try")
    assert not attempt.isEnabled()
    soft = Recipe("Soft", (Step("median"), Step("gaussian")))
    desk.session.recipes.set((Recipe("Angio", (Step("frangi"),)), soft))
    assert [names.itemText(n) for n in range(names.count())] == ["Angio", "Soft"]
    names.setFocus()
    qtbot.keyClick(names, Qt.Key.Key_End)
    qtbot.mouseClick(attempt, Qt.MouseButton.LeftButton)
    assert desk.session.enhancing.value.recipe == soft


def test_figures_of_regions_are_shown_while_a_recipe_is_tried(qtbot, desk, panel, opened):
    recipe = Recipe("x", (Step("median"),))
    desk.session.enhancing.set(Enhancing(opened.key, recipe, regions=("SNR 1: 4.2 → 8.9",)))
    shown = [label for label in panel.findChildren(type(panel._regions)) if label.isVisible()]
    assert [label.text() for label in shown] == ["SNR 1: 4.2 → 8.9"]


def test_the_button_parts_the_view(qtbot, desk, panel):
    add(desk, "median")
    parted = panel.findChild(QPushButton, "enhance.swipe")
    qtbot.waitUntil(parted.isEnabled)
    qtbot.mouseClick(parted, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert desk.session.enhancing.value.swipe == 0.5
