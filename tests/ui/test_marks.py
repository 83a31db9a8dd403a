"""Texts over a picture: none stands on another."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from viewer.render.scene import Box, Corner, Letters, Scene
from viewer.ui import marks
from viewer.ui.marks import Pen, draw_marks

pytestmark = pytest.mark.window
LONG = "701: Apparent Diffusion Coefficient of everything (mm2/s)"
LETTERS = Letters("R", "L", "AHL", "PFR")


@pytest.fixture
def written(qapp, monkeypatch):
    """Draw a scene of a size; return where each of its texts stands."""

    def write(scene):
        found = {}

        def note(painter, at: QPointF, text, shade):
            metrics = QFontMetricsF(painter.font())
            found[text] = QRectF(
                at.x(), at.y() - metrics.ascent(),
                metrics.horizontalAdvance(text), metrics.height() - 1,
            )  # fmt: skip

        def note_badges(pen, placed):
            found.update({one.badge.word: one.area for one in placed})

        monkeypatch.setattr(marks, "write", note)
        monkeypatch.setattr(marks, "draw_badges", note_badges)
        image = QImage(*scene.size, QImage.Format.Format_RGB32)
        with QPainter(image) as painter:
            draw_marks(Pen(painter, *scene.size, 1.0), scene)
        return found

    return write


def overlaps(places):
    items = sorted(places.items())
    return [(a, b) for a, one in items for b, other in items if a < b and one.intersects(other)]


@pytest.mark.parametrize("width", [230, 320, 480, 900])
def test_long_names_stand_beside_letters_and_warnings_not_on_them(written, width):
    texts = (
        (Corner.TOP_LEFT, ("Family-With-A-Very-Long-Name, Given Middle Other", "ID 1", "F")),
        (Corner.TOP_RIGHT, ("2026-01-01", "PELVIS WITHOUT AND WITH CONTRAST", LONG)),
        (Corner.BOTTOM_LEFT, ("Slice 271/512 of an image", "P 151.9 mm")),
        (Corner.BOTTOM_RIGHT, ("C -450  W 2000 HU in a window", "Zoom 100 %")),
    )
    places = written(
        Scene((width, 400), texts=texts, letters=LETTERS, marks=("SYNTHETIC", "interpolated"))
    )
    assert {"SYNTHETIC", "INTERPOLATED", "AHL"} <= set(places)
    assert overlaps(places) == []


@pytest.mark.parametrize("top", range(0, 100, 7))
def test_the_caption_of_a_box_never_stands_on_the_synthetic_mark(written, top):
    box = Box((190.0, top), (230.0, top + 20.0), (255, 200, 0), "1 · 0.90 · 20.0 mm", "1")
    places = written(Scene((420, 400), boxes=(box,), letters=LETTERS, marks=("SYNTHETIC",)))
    caption = places.get(box.caption) or places.get("1")
    assert caption is None or not caption.intersects(places["SYNTHETIC"])


def test_the_caption_of_a_box_at_the_right_edge_stays_in_the_view(written):
    box = Box((400.0, 200.0), (415.0, 220.0), (255, 200, 0), "1 · 0.90 · 20.0 mm", "1")
    assert written(Scene((420, 400), boxes=(box,)))[box.caption].right() <= 420


def test_captions_of_a_crowd_do_not_stand_on_each_other_and_the_chosen_one_is_whole(written):
    boxes = tuple(
        Box(
            (100.0 + 9 * n, 200.0 + 4 * n), (106.0 + 9 * n, 206.0 + 4 * n), (255, 200, 0),
            f"{n} · 0.90 · 20.{n} mm", str(n), selected=n == 5,
        )
        for n in range(8)
    )  # fmt: skip
    places = written(Scene((420, 400), boxes=boxes))
    assert overlaps(places) == []
    assert boxes[5].caption in places


def test_a_number_that_does_not_fit_is_left_out_rather_than_cut_short(written):
    texts = ((Corner.BOTTOM_RIGHT, ("C -450  W 2000 HU",)),)
    assert "C -450  W 2000 HU" in written(Scene((480, 400), texts=texts, letters=LETTERS))
    narrow = written(Scene((160, 400), texts=texts, letters=LETTERS))
    assert not any(text.startswith("C ") for text in narrow)


def test_a_tiny_view_says_the_number_of_its_slice(written):
    texts = ((Corner.BOTTOM_LEFT, ("Slice 157/313", "H 18.3 mm")),)
    places = written(Scene((150, 130), texts=texts, letters=Letters("R", "L", "A", "P")))
    assert "157/313" in places
    assert overlaps(places) == []


@pytest.mark.parametrize("height", [130, 200, 260, 400, 900])
def test_badges_never_stand_on_the_middle_of_the_picture(written, height):
    lines = ("Family, Given", "ID 1", "* 2009-07-01  M", "Study", "120 kV  210 mAs")
    texts = tuple((corner, lines) for corner in Corner)
    places = written(Scene((420, height), texts=texts, letters=LETTERS, marks=("SYNTHETIC",)))
    badge = places["SYNTHETIC"]
    assert not badge.top() <= height / 2 <= badge.bottom()
