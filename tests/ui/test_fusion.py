"""A PET-CT study is opened, hangs side by side and fused, and the mixture is set by hand."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from viewer.commands.files import open_paths
from viewer.imaging.fuse import Mix
from viewer.session.look import Layout

pytestmark = pytest.mark.window
LEFT, ALT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def pet_ct(program, data):
    """The study hung by its protocol: CT, PET, and both as one."""
    session = program.desk.session
    open_paths(program.desk, [data / "petctmr_sarcoma_dicom"])
    program.wait(lambda: all(session.image_in(n) for n in range(3)))
    program.wait(lambda: not program.desk.runner.jobs)
    program.settle()
    return program


def knob(bar):
    """The height at which the knob of a slider stands."""
    share = 1 - (bar.value() - bar.minimum()) / (bar.maximum() - bar.minimum())
    return round(8 + share * (bar.height() - 16))


def fused(program):
    return program.desk.session.hanging.value.cells[2].fusion


def test_pet_and_ct_hang_fused_and_the_mixture_is_set_by_slider_keys_and_menu(pet_ct):
    session = pet_ct.desk.session
    assert session.hanging.value.layout == Layout(1, 3)
    assert [session.image_in(n).image.modality for n in range(3)] == ["CT", "PT", "CT"]
    scene = pet_ct.view(2).scene
    assert scene.fused is not None
    assert "FUSED" in [badge.word for badge in scene.badges]
    assert "SUV" in str(scene.texts) or "BQML" in str(scene.texts).upper()
    coloured = np.ptp(pet_ct.picture(2).astype(int), axis=-1).max(axis=0)
    plain = np.ptp(pet_ct.picture(0)[60:-60].astype(int), axis=-1)
    assert (coloured > 60).sum() > 20
    assert np.median(plain) == 0
    assert pet_ct.view(0).fusion_bar.isHidden()

    bar = pet_ct.view(2).fusion_bar
    assert bar.isVisible()
    assert bar.accessibleName()
    assert bar.toolTip()
    before = fused(pet_ct).opacity
    pet_ct.qtbot.mouseClick(bar, LEFT, pos=QPoint(bar.width() // 2, 3))
    assert fused(pet_ct).opacity > before
    pet_ct.qtbot.mousePress(bar, LEFT, pos=QPoint(bar.width() // 2, knob(bar)))
    pet_ct.qtbot.mouseMove(bar, QPoint(bar.width() // 2, bar.height() + 20))
    pet_ct.qtbot.mouseRelease(bar, LEFT, pos=QPoint(bar.width() // 2, bar.height() + 20))
    assert fused(pet_ct).opacity == 0
    pet_ct.settle()
    pet_ct.qtbot.mouseClick(pet_ct.view(2), LEFT, pos=pet_ct.middle(2))
    pet_ct.qtbot.wait(50)
    pet_ct.qtbot.keyClick(pet_ct.view(2), Qt.Key.Key_Up, ALT)
    assert fused(pet_ct).opacity == pytest.approx(0.1)
    pet_ct.qtbot.wait(30)
    for mix in Mix:
        pet_ct.run(f"fusion.{mix.value}")
        assert fused(pet_ct).mix is mix
        pet_ct.settle()
        assert pet_ct.view(2).scene.fused.mix is mix
    pet_ct.qtbot.keyClick(pet_ct.view(2), Qt.Key.Key_U)
    assert fused(pet_ct) is None
    pet_ct.settle()
    assert bar.isHidden()
    pet_ct.qtbot.keyClick(pet_ct.view(2), Qt.Key.Key_U)
    assert fused(pet_ct).series_key == session.image_in(1).key


def test_the_window_of_the_pet_is_that_of_the_fused_view(pet_ct):
    session = pet_ct.desk.session
    width = pet_ct.view(2).scene.fused.picture.window.width
    pet_ct.qtbot.mouseClick(pet_ct.view(1), LEFT, pos=pet_ct.middle(1))
    pet_ct.run("tool.window")
    pet_ct.drag(pet_ct.middle(1), pet_ct.middle(1) + QPoint(60, 0), cell=1)
    pet_ct.settle()
    assert session.hanging.value.cells[1].window is not None
    pet_ct.wait(lambda: pet_ct.view(2).scene.fused.picture.window.width != width)


def test_all_three_views_scroll_through_the_same_places(pet_ct):
    pet_ct.wheel(pet_ct.middle(0), 3)
    pet_ct.settle()
    planes = [pet_ct.view(cell).scene.plane for cell in range(3)]
    here = pet_ct.desk.session.place.value.position
    assert abs(float(planes[0].distance_mm(here))) < 0.1
    assert abs(float(planes[2].distance_mm(planes[0].origin))) < 1e-6
