"""Strokes on the window that end in another way than by letting go."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.program import Program
from viewer.core.study import Catalogue
from viewer.session.images import OpenImage

pytestmark = pytest.mark.window
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def painting(shown: Program, opened: OpenImage) -> Program:
    shown.desk.session.catalogue.set(Catalogue((opened.study,)))
    shown.view().setFocus()
    shown.run("segment.paint")
    return shown


def middle(program: Program):
    return program.view().rect().center()


def dab(program: Program) -> None:
    program.qtbot.mouseClick(program.view(), LEFT, NONE, middle(program))


def voxels(program: Program) -> int:
    said = program.desk.session.record.value.segmentations
    return int(said[0].label_map.counts()[1]) if said else 0


def test_a_stroke_on_a_study_for_looking_only_is_declined_and_the_next_press_is_heard(
    painting, opened
):
    session = painting.desk.session
    session.only_looked_at.set(frozenset({opened.study.uid}))
    with painting.qtbot.capture_exceptions() as said:
        dab(painting)
    assert "looking only" in str(said[0][1])
    assert not painting.view().is_dragged
    assert session.stroke.value is None
    session.only_looked_at.set(frozenset())
    dab(painting)
    assert voxels(painting) > 0


def test_two_quick_dabs_paint_twice_and_keep_the_views(painting):
    session = painting.desk.session
    dab(painting)
    once = voxels(painting)
    painting.run("brush.larger")
    painting.qtbot.mouseDClick(painting.view(), LEFT, NONE, middle(painting))
    painting.qtbot.mouseRelease(painting.view(), LEFT, NONE, middle(painting))
    assert session.hanging.value.maximised is None
    assert voxels(painting) > once
    assert not painting.view().is_dragged


def test_undo_while_the_button_is_down_takes_back_the_step_before(painting):
    dab(painting)
    painting.wait(painting.window.actions_.all["edit.undo"].isEnabled)
    painting.qtbot.mousePress(painting.view(), LEFT, NONE, middle(painting))
    painting.run("edit.undo")
    assert voxels(painting) == 0
    painting.qtbot.mouseRelease(painting.view(), LEFT, NONE, middle(painting))
    assert painting.desk.session.stroke.value is None
    assert voxels(painting) == 0
