"""Names from right to left leave dates and numbers beside them as they are."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextLayout

from viewer.ui.direction import kept_apart

pytestmark = pytest.mark.window
DATE = "2026-02-03"


def places_of_date(text: str) -> list[float]:
    """Where the letters of the date stand on the line, from left to right."""
    layout = QTextLayout(text)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(2000)
    layout.endLayout()
    start = text.index(DATE)
    places = []
    for at in range(start, start + len(DATE)):
        x = line.cursorToX(at)
        places.append(float(x[0] if isinstance(x, tuple) else x))
    return places


@pytest.mark.parametrize("name", ["قباني لنزار", "שרון דבורה", "محمد 12", "Doe Jane", "山田 太郎"])
def test_a_date_after_any_name_reads_from_left_to_right(qtbot, name):
    places = places_of_date(f"{kept_apart(name)}\u2028{DATE}".replace("\u2028", " · "))
    assert places == sorted(places)


def test_without_care_a_date_after_an_arabic_name_would_be_turned_round(qtbot):
    places = places_of_date(f"قباني لنزار · {DATE}")
    assert places != sorted(places)


def test_marks_that_turn_text_are_taken_out_of_names():
    assert kept_apart("Doe\u202eenaJ\u2066") == "DoeenaJ"
    assert kept_apart("שרון\u2069") == "\u2068שרון\u2069"
