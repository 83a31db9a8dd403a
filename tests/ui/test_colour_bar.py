"""Bars of colours leave the letters that tell the patient's sides to be read."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from viewer.render.scene import ColourBar, Letters, Scene
from viewer.ui.colour_bar import bars_in
from viewer.ui.marks import _MARGIN, _letter_font
from viewer.ui.pen import Pen

pytestmark = pytest.mark.window
WIDTH, HEIGHT = 900, 700


@pytest.fixture
def painter(qapp):
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    made = QPainter(image)
    yield made
    made.end()


def scene(right, title):
    bar = ColourBar(np.zeros((128, 3), np.uint8), ("0", "1"), "", title)
    return Scene((WIDTH, HEIGHT), letters=Letters("R", right, "H", "F"), map_bar=bar)


@pytest.mark.parametrize("points", [7, 9, 12, 18])
@pytest.mark.parametrize("right", ["L", "LP", "LPH"])
def test_the_title_of_a_map_never_covers_the_letter_of_a_side(painter, right, points):
    font = painter.font()
    font.setPointSizeF(points)
    painter.setFont(font)
    pen = Pen(painter, WIDTH, HEIGHT, 1.0)
    ((_, area),) = bars_in(pen, scene(right, "A map (Model)"))
    metrics = QFontMetricsF(painter.font())
    title_ends = area.right() + 3 + metrics.height()
    letter = QFontMetricsF(_letter_font(painter)).horizontalAdvance(right)
    assert title_ends <= WIDTH - _MARGIN - letter


def test_without_letters_or_title_a_bar_stays_at_the_edge(painter):
    pen = Pen(painter, WIDTH, HEIGHT, 1.0)
    ((_, titled),) = bars_in(pen, scene("", "A map (Model)"))
    ((_, plain),) = bars_in(pen, scene("L", ""))
    assert titled.left() == plain.left()


def test_a_small_view_has_no_bar(painter):
    assert bars_in(Pen(painter, 120, 100, 1.0), scene("L", "A map")) == []
