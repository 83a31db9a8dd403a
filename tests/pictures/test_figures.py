"""Every figure that can be drawn, on a picture that was looked at and found right."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QFont, QImage, QPainter

from tests.pictures import test_pictures as trunk
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.imaging.measuring import measured
from viewer.render.burn import scene_pixels
from viewer.render.describe import describe
from viewer.session.shaping import box
from viewer.ui.figures import draw_annotations
from viewer.ui.marks import Pen

pytestmark = pytest.mark.window
SIZE = (300, 230)
session = trunk.session
Z = 25.0
RING = [(30, -45), (62, -30), (70, 5), (40, 25), (15, 0)]
POINTS = {
    MeasurementKind.LENGTH: [(20, -40), (70, 10)],
    MeasurementKind.ARROW: [(45, -20), (90, -60)],
    MeasurementKind.CALIBRATION: [(20, -40), (70, 10)],
    MeasurementKind.ANGLE: [(20, -50), (45, 10), (75, -40)],
    MeasurementKind.COBB: [(20, -50), (60, -40), (20, 20), (60, 5)],
    MeasurementKind.BIDIRECTIONAL: [(30, -35), (60, -5), (37, -12), (52, -28)],
    MeasurementKind.POLYLINE: RING,
    MeasurementKind.POLYGON: RING,
    MeasurementKind.FREEHAND: RING,
    MeasurementKind.SPLINE: RING,
    MeasurementKind.LIVEWIRE: RING,
    MeasurementKind.ELLIPSE: [(25, -20), (65, -20), (45, -45), (45, 5)],
    MeasurementKind.RECTANGLE: [(25, -45), (65, -45), (65, 5), (25, 5)],
    MeasurementKind.SPHERE: [(45, -20), (65, -20)],
    MeasurementKind.PROBE: [(45, -20)],
    MeasurementKind.TEXT: [(45, -20)],
}


def figure(kind: MeasurementKind, session) -> Measurement:
    """A figure of each kind about the nodule, measured."""
    if kind is MeasurementKind.BOX:
        points = box((25, -40, Z), (65, 0, Z), (1, 0, 0), (0, 1, 0))
    else:
        points = tuple((float(x), float(y), Z) for x, y in POINTS[kind])
    anchor = Anchor("ct", "1.2.3", None if kind.solid else (0.0, 0.0, 1.0))
    label = "Nodule" if kind in (MeasurementKind.TEXT, MeasurementKind.ARROW) else ""
    drawn = Measurement("1.9", kind, points, anchor, session.reader, label=label)
    return measured(drawn, session.images.value.get("ct").image)


@pytest.mark.parametrize("kind", MeasurementKind)
def test_a_figure_looks_as_it_should(session, qtbot, kind):
    look = replace(trunk.LOOKS["axial"], zoom=1.6, pan_mm=(-40.0, 20.0))
    session.hanging.set(session.hanging.value.changed(0, lambda _: look))
    before = session.record.value
    session.record.set(replace(before, measurements=(figure(kind, session),)))
    session.selected.set("1.9")
    scene = describe(session, 0, SIZE)
    bare = replace(scene, boxes=(), outlines=(), texts=(), annotations=())
    pixels = np.ascontiguousarray(scene_pixels(bare))
    picture = QImage(pixels.data, *SIZE, 4 * SIZE[0], QImage.Format.Format_RGB32)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(QFont(painter.font().family(), 8))
        draw_annotations(Pen(painter, *SIZE, 1.0), scene.annotations)
    session.record.set(before)
    assert len(scene.annotations) == 1
    trunk.check(f"figure_{kind.value}", pixels[..., :3].copy())
