"""What a finding still says of itself after a person has drawn its box anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.core.author import Author
from viewer.core.code import NODULE
from viewer.core.finding import Finding
from viewer.core.geometry import Geometry
from viewer.core.measurement import Measurement
from viewer.core.segmentation import Mask
from viewer.core.study import Patient, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.session.gestures import Button, Hand, Pointer, _resized, begin
from viewer.session.images import OpenImage
from viewer.session.record import Record
from viewer.session.session import Session

GRID = Geometry((10, 10, 10), np.eye(4), "1.9")


class Kept:
    """Keeps what was drawn."""

    finding: Finding

    def scroll(self, cell: int, count: int) -> None:
        """Nobody scrolls here."""

    def resize(self, finding: Finding) -> None:
        self.finding = finding

    def measured(self, measurement: Measurement) -> Measurement:
        return measurement

    def draw(self, measurement: Measurement) -> None:
        """Nobody draws here."""

    def redraw(self, measurement: Measurement) -> None:
        """Nobody draws here."""


@pytest.fixture
def drawn() -> Finding:
    """A nodule whose corner was dragged from (6, 6) to (8, 8)."""
    session = Session(Author("Reader"))
    series = Series("key", "1.2", "1.1", "CT", SeriesKind.VOLUME, ())
    volume = Volume(np.zeros((10, 10, 10), np.int16), GRID, "[hnsf'U]", "CT", "key")
    session.show(OpenImage(Study("1.1", Patient("P"), (series,)), series, volume))
    nodule = Finding(
        "1.5", NODULE, None, (5, 5, 5), (4, 4, 4), (6, 6, 6), 2.0, 4.2, "key",
        Author("model", is_model=True, version="1"), score=0.9, mean_value=-23.0,
        unit="[hnsf'U]", mask=Mask(np.ones((2, 2, 2), np.bool_), GRID.crop((4, 4, 4), (6, 6, 6))),
    )  # fmt: skip
    session.record.set(Record((nodule,)))
    hand = Hand(session, 0, Kept())
    press = Pointer(0, 0, position=(6, 6, 5), finding_id="1.5", corner=(4, 4, 5))
    gesture = begin(hand, Button.LEFT, press)
    assert gesture is not None
    next(gesture)
    gesture.send(replace(press, position=(8, 8, 5)))
    with pytest.raises(StopIteration):
        gesture.send(replace(press, position=(8, 8, 5), pressed=False))
    return hand.verbs.finding


def test_the_box_centre_and_size_are_those_that_were_drawn(drawn):
    assert (drawn.low, drawn.high) == ((4, 4, 4), (8, 8, 6))
    assert drawn.position == (6, 6, 5)
    assert drawn.diameter_mm == 4.0
    assert drawn.volume_mm3 == pytest.approx(4 * 4 * 2 * np.pi / 6)


def test_neither_the_mask_nor_the_mean_of_the_older_extent_is_kept(drawn):
    assert drawn.mask is None
    assert drawn.mean_value is None


def test_the_diameter_of_a_tall_box_is_that_of_its_axial_slice(drawn):
    tall = _resized(drawn, (4, 4, 0), (4, 7, 20))
    assert (tall.low, tall.high) == ((4, 4, 0), (8, 7, 20))
    assert tall.diameter_mm == 4.0
