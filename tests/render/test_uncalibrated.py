"""Pictures that know of no patient say so in the view, and never show mm."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from viewer.core.stack import Frame, Stack
from viewer.core.volume import Origin
from viewer.io.picture_heads import uncalibrated
from viewer.render.describe import describe
from viewer.session.look import Viewing

SIZE = (300, 240)


def test_a_picture_without_calibration_is_marked_and_its_scale_is_in_pixels(bench):
    frame = Frame(np.zeros((40, 50), np.uint8), None, None, Origin("", ""))
    session = bench.session_with(Stack((frame,), "1", "OT", "ct"), Viewing.ACQUISITION)
    opened = session.image_in(0)
    told = replace(opened, notices=(uncalibrated(),))
    session.images.set(session.images.value.with_image(told))
    scene = describe(session, 0, SIZE)
    assert "No calibration: lengths in pixels" in scene.marks
    assert "not calibrated" not in scene.marks
    assert scene.scale_bar is not None
    assert scene.scale_bar.text.endswith("px")
