"""Arranging views with mouse and keys: the grid picker, the second window, the protocols."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from viewer.session.hanging_rules import Protocol, Slot, ask
from viewer.session.hanging_shipped import SHIPPED
from viewer.session.hanging_traits import Trait
from viewer.session.look import SECOND, Layout, Viewing
from viewer.ui.series_drag import carry, carry_view

pytestmark = pytest.mark.window
_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def hanging(program):
    return program.desk.session.hanging.value


def test_a_grid_of_24_views_is_picked_with_the_mouse_and_drawn(shown):
    shown.run("layout.grid")
    raster = shown.window.arrangements.picker.raster
    shown.qtbot.mouseClick(raster, _LEFT, pos=raster.box(3, 5).center().toPoint())
    assert hanging(shown).layout == Layout(4, 6)
    first = hanging(shown).cells[0]
    looks = tuple(replace(first, viewing=list(Viewing)[n % 3]) for n in range(24))
    shown.desk.session.hanging.set(hanging(shown).filled(looks))
    shown.settle()
    cells = shown.window.grid.cells
    assert len(cells) == 24
    assert all(cell.isVisible() for cell in cells)
    place = shown.desk.session.place.value
    shown.wheel(shown.middle(23), 1, cell=23)
    assert shown.desk.session.place.value != place
    assert hanging(shown).active == 23
    shown.wait(lambda: not any(cell.slice_view._stale for cell in cells))
    corners = {(cell.x(), cell.y()) for cell in cells}
    assert len(corners) == 24


def test_a_grid_is_picked_with_keys_and_escape_leaves_it(shown):
    shown.run("layout.grid")
    picker = shown.window.arrangements.picker
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Return):
        shown.qtbot.keyClick(picker.raster, key)
    assert hanging(shown).layout == Layout(1, 3)
    shown.run("layout.grid")
    shown.qtbot.keyClick(shown.window.arrangements.picker, Qt.Key.Key_Escape)
    assert hanging(shown).layout == Layout(1, 3)


def test_a_view_dropped_on_another_changes_places_with_it(shown):
    before = hanging(shown).cells
    cell, data = shown.window.grid.cells[2], carry_view(0)
    entered = QDragEnterEvent(
        cell.rect().center(), Qt.DropAction.MoveAction, data, _LEFT, _NONE
    )  # fmt: skip
    cell.dragEnterEvent(entered)
    assert entered.isAccepted()
    cell.dropEvent(
        QDropEvent(QPointF(cell.rect().center()), Qt.DropAction.MoveAction, data, _LEFT, _NONE)
    )
    assert hanging(shown).cells == (before[2], before[1], before[0], before[3])


@pytest.mark.parametrize("said", ["", "x", "-1", "99999", "77"])
def test_a_drop_from_elsewhere_that_names_no_view_changes_nothing(shown, said):
    before = hanging(shown).cells
    data = carry("")
    data.setData("application/x-skiagram-view", said.encode())
    cell = shown.window.grid.cells[1]
    cell.dropEvent(
        QDropEvent(QPointF(cell.rect().center()), Qt.DropAction.MoveAction, data, _LEFT, _NONE)
    )
    assert hanging(shown).cells == before


def test_the_side_buttons_of_the_mouse_go_back_and_forward(shown):
    session, cell = shown.desk.session, shown.view(0)
    shown.qtbot.wait(800)
    session.hanging.set(hanging(shown).changed(0, lambda look: replace(look, zoom=3.0)))
    shown.qtbot.mouseClick(cell, Qt.MouseButton.BackButton, pos=shown.middle())
    assert hanging(shown).cells[0].zoom == 1.0
    shown.qtbot.mouseClick(cell, Qt.MouseButton.ForwardButton, pos=shown.middle())
    assert hanging(shown).cells[0].zoom == 3.0


def test_the_second_window_shows_the_same_session_and_closes_with_the_main_one(shown):
    shown.run("view.second")
    second = shown.window.arrangements.second
    shown.wait(second.isVisible)
    cell = second.grid.cells[0]
    assert cell.number == SECOND
    shown.wait(lambda: cell.slice_view.scene is not None)
    before = shown.desk.session.place.value
    shown.qtbot.keyClick(cell.view, Qt.Key.Key_Down)
    shown.qtbot.mouseClick(cell.view, _LEFT, pos=cell.view.rect().center())
    assert hanging(shown).active == SECOND
    second.close()
    assert hanging(shown).second is None
    assert shown.window.arrangements.second is None
    assert shown.desk.session.place.value.frame_of_reference_uid == before.frame_of_reference_uid
    shown.run("view.second")
    assert shown.window.arrangements.second is not None


def test_protocols_are_switched_ordered_reworded_and_deleted(shown):
    desk = shown.desk
    own = Protocol("own", "Mine", (Slot((ask(Trait.WORDS, "chest"),)),), layout=Layout.ONE)
    desk.protocols.set((own, *SHIPPED))
    shown.run("hanging.list")
    dialog = shown.window.arrangements.dialog
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not desk.protocols.value[0].enabled
    asked = dialog.rules.topLevelItem(1).child(0)
    asked.setText(1, "thorax, lung")
    assert asked.text(0) == "The description says thorax or lung."
    asked.setText(1, "   ")
    asked.setCheckState(0, Qt.CheckState.Unchecked)
    assert desk.protocols.value[0].slots[0].conditions[0] == ask(
        Trait.WORDS, "thorax, lung", asked=False
    )
    shown.qtbot.mouseClick(dialog.down, _LEFT)
    assert [one.id for one in desk.protocols.value][1] == "own"
    shown.qtbot.mouseClick(dialog.delete, _LEFT)
    assert desk.protocols.value == SHIPPED
    assert not dialog.delete.isEnabled()
    shown.qtbot.mouseClick(dialog.copy, _LEFT)
    assert not desk.protocols.value[0].shipped
    dialog.close()


def test_panels_stand_as_they_did_for_studies_of_the_same_kind(shown, opened):
    session, panel = shown.desk.session, shown.window.panels["studies"]
    mr = replace(opened.series, key="mr", modality="MR")
    other = replace(opened, series=mr, study=replace(opened.study, uid="1.9.9", series=(mr,)))
    session.show(other)
    panel.hide()
    session.show(opened)
    panel.show()
    session.show(other)
    assert not panel.isVisible()
    session.show(opened)
    assert panel.isVisible()
