"""Where reading begins: on a slice, so that images on the same slices show the same one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.core.author import Author
from viewer.core.geometry import Geometry
from viewer.core.study import Patient, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.render.describe import cut_of
from viewer.session.images import OpenImage
from viewer.session.look import Viewing
from viewer.session.session import Session


def opened(key: str, spacing: float, first_mm: float) -> OpenImage:
    """A volume of 54 slices every 3.27 mm, its pixels of another size in each series."""
    shape = (54, round(240 / spacing), round(240 / spacing))
    grid = Geometry.from_axes(
        shape, (0, 0, first_mm), np.eye(3)[::-1], (3.27, spacing, spacing), "9"
    )
    series = Series(key, f"1.{len(key)}", "1.1", "CT", SeriesKind.VOLUME, ())
    volume = Volume(np.zeros(shape, np.uint8), grid, "1", "CT", key)
    return OpenImage(Study("1.1", Patient("P"), (series,)), series, volume)


@pytest.mark.parametrize("first_mm", [768.57, -900.13, 0.1])
def test_images_on_the_same_slices_begin_with_the_same_slice(first_mm: float) -> None:
    session = Session(Author("Reader"))
    one, other = opened("ct", 1.1, first_mm), opened("pet", 5.5, first_mm + 1e-7)
    session.show(one)
    index = one.geometry.to_index(session.place.value.position)
    assert index == pytest.approx(np.rint(index), abs=1e-6)
    session.hang(1, other)
    hanging = session.hanging.value.changed(1, lambda look: replace(look, viewing=Viewing.AXIAL))
    session.hanging.set(hanging)
    cuts = [cut_of(session, cell) for cell in (0, 1)]
    assert cuts[0] is not None
    assert cuts[1] is not None
    assert cuts[0].number == cuts[1].number
    assert cuts[0].along_mm == pytest.approx(cuts[1].along_mm, abs=1e-4)
    assert cuts[0].meets
    assert cuts[1].meets
