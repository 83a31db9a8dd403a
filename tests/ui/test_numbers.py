"""Numbers are typed with a point or a comma, in every language."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtTest import QTest

from viewer.ui.numbers import NumberBox


@pytest.fixture
def box(qtbot):
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    made = NumberBox()
    made.setRange(-1e6, 1e6)
    made.setDecimals(3)
    made.setSuffix(" mm")
    qtbot.addWidget(made)
    yield made
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2.5", 2.5),
        ("2,5", 2.5),
        ("-0,05", -0.05),
        ("1.250", 1.25),
        ("1000,5", 1000.5),
        ("1.000,5", 1.0005),
        ("1,000.5", 1.0005),
        ("120", 120.0),
    ],
)
def test_a_point_and_a_comma_both_part_off_the_decimals(box, typed, meant):
    box.lineEdit().selectAll()
    QTest.keyClicks(box.lineEdit(), typed)
    box.interpretText()
    assert box.value() == pytest.approx(meant, abs=6e-4)


def test_a_number_is_shown_with_a_point(box):
    box.setValue(1234.5)
    assert box.text() == "1234.500 mm"
