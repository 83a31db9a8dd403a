"""The panel in which filters are tried, by real clicks and keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDoubleSpinBox, QGroupBox, QPushButton, QToolButton

from viewer.commands.command import Commands
from viewer.commands.every import COMMANDS
from viewer.ui.panels.enhance import EnhancePanel

pytestmark = pytest.mark.window


@pytest.fixture
def panel(qtbot, desk, opened):
    desk.session.show(opened)
    made = EnhancePanel(desk, Commands(COMMANDS))
    qtbot.addWidget(made)
    made.resize(320, 600)
    with qtbot.waitExposed(made):
        made.show()
    return made


def steps(desk):
    return [step.filter for step in desk.session.enhancing.value.recipe.steps]


def pick(panel, id_):
    menu = panel.findChild(QPushButton).menu()
    for group in menu.actions():
        for action in group.menu().actions():
            if action.objectName() == f"add_{id_}":
                action.trigger()


def test_a_filter_is_added_set_moved_and_removed(qtbot, desk, panel):
    pick(panel, "gaussian")
    pick(panel, "median")
    assert steps(desk) == ["gaussian", "median"]
    qtbot.waitUntil(lambda: len(panel.findChildren(QGroupBox)) >= 2)
    spin = next(s for s in panel.findChildren(QDoubleSpinBox) if s.suffix() == " mm")
    spin.setFocus()
    spin.selectAll()
    qtbot.keyClicks(spin, "2.5")
    qtbot.keyClick(spin, Qt.Key.Key_Return)
    assert desk.session.enhancing.value.recipe.steps[0].of("sigma_mm") == 2.5
    down = next(
        b for b in panel.findChildren(QToolButton) if b.toolTip() == "Move down" and b.isEnabled()
    )
    qtbot.mouseClick(down, Qt.MouseButton.LeftButton)
    assert steps(desk) == ["median", "gaussian"]
    qtbot.wait(20)
    gone = next(
        b for b in panel.findChildren(QToolButton) if b.toolTip() == "Remove" and b.isVisible()
    )
    qtbot.mouseClick(gone, Qt.MouseButton.LeftButton)
    assert steps(desk) == ["gaussian"]


def test_buttons_are_allowed_only_where_there_is_a_recipe(qtbot, desk, panel):
    apply = panel.findChild(QPushButton, "enhance.apply")
    assert not apply.isEnabled()
    pick(panel, "median")
    assert apply.isEnabled()
    clear = panel.findChild(QPushButton, "enhance.clear")
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert steps(desk) == []
    assert not apply.isEnabled()


def test_every_field_has_a_name_for_those_who_do_not_see_it(panel):
    pick(panel, "unsharp")
    for field in panel.findChildren(QDoubleSpinBox):
        assert field.accessibleName()
    for button in panel.findChildren(QToolButton):
        assert button.accessibleName() or button.text()
