from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from viewer.core.author import Author
from viewer.core.code import LESION
from viewer.core.segmentation import Segment, Segmentation

pytestmark = pytest.mark.window


def test_the_volume_is_shown_in_space_and_turned_by_the_mouse(shown):
    view = shown.view(3)
    shown.run("space.soft_tissue")
    drawn = []
    view._studio.drawn.connect(lambda pixels, sitting: drawn.append(sitting))
    shown.wait(lambda: any(not sitting.turning for sitting in drawn))
    shown.drag(shown.middle(3), shown.middle(3) + QPoint(80, 0), cell=3)
    camera = shown.desk.session.hanging.value.cells[3].camera
    assert camera.azimuth != 0
    shown.wait(lambda: drawn[-1].camera == camera and not drawn[-1].turning)
    assert any(sitting.turning for sitting in drawn)


def test_segments_are_shown_as_surfaces_and_can_be_switched_off(shown, opened):
    labels = (opened.image.voxels > 0).astype(np.uint8)
    segment = Segment(1, "Ball", LESION)
    author = Author("Model", is_model=True, version="1")
    made = Segmentation("2.25.2", "Balls", labels, opened.image.geometry, (segment,), author, "key")
    drawn = []
    shown.view(3)._studio.drawn.connect(lambda pixels, sitting: drawn.append(sitting))
    record = shown.desk.session.record
    record.set(replace(record.value, segmentations=(made,)))
    shown.wait(lambda: bool(drawn) and len(drawn[-1].bodies) == 1)
    shown.desk.session.shown.update(segments=False)
    shown.wait(lambda: not drawn[-1].bodies)


def test_the_wheel_comes_nearer(shown):
    shown.wheel(shown.middle(3), -2, cell=3)
    assert shown.desk.session.hanging.value.cells[3].camera.zoom > 1.2


def test_a_closed_window_leaves_no_studio_behind(shown):
    view = shown.view(3)
    shown.wait(lambda: view._picture.width() > 1)
    shown.window.close()
    assert not view._studio._thread.is_alive()
