"""A mammography study is dropped on the window, hangs by itself, and is looked at view by view."""

from __future__ import annotations

import pytest
from pydicom.uid import generate_uid
from PySide6.QtCore import Qt

from tests.commands.test_hangings import write_projection
from tests.journeys.walker import CTRL, SHIFT
from viewer.session.look import Layout

pytestmark = pytest.mark.window


def test_four_views_hang_one_is_enlarged_and_the_way_leads_back(walker, tmp_path):
    study = generate_uid()
    for side in "LR":
        for view, below in (("CC", "R" if side == "L" else "L"), ("MLO", "F")):
            write_projection(
                tmp_path / f"{side}{view}.dcm", study, generate_uid(), ImageLaterality=side,
                ViewPosition=view, PatientOrientation=["A", below],
            )  # fmt: skip
    walker.drop(tmp_path)
    session = walker.session
    walker.wait(lambda: all(session.image_in(n) for n in range(4)))
    walker.settle()
    scenes = [cell.slice_view.scene for cell in walker.window.grid.cells[:4]]
    assert [scene.letters.right for scene in scenes] == ["P", "A", "P", "A"]
    assert "Mammography" in session.message.value.sentence
    walker.qtbot.wait(800)
    walker.qtbot.mouseDClick(walker.view(1), Qt.MouseButton.LeftButton, pos=walker.middle(1))
    assert session.hanging.value.maximised == 1
    walker.press(Qt.Key.Key_F7, SHIFT)
    assert session.hanging.value.maximised is None
    walker.press(Qt.Key.Key_F8, SHIFT)
    assert session.hanging.value.maximised == 1
    walker.press(Qt.Key.Key_6, CTRL)
    walker.wait(lambda: all(session.image_in(n) for n in range(4)))
    assert session.hanging.value.layout == Layout.FOUR
