from __future__ import annotations

import numpy as np
import pytest

from viewer.core.geometry import Geometry
from viewer.core.label_map import LabelMap
from viewer.core.plane import Plane
from viewer.imaging.reslice import Interpolation, reslice
from viewer.render import label_cut
from viewer.render.label_cut import cut_labels

SHAPE = (40, 70, 60)
GRID = Geometry.from_axes(
    SHAPE, (-20, 30, 5), ((0, 0, 1), (0, 1, 0), (1, 0, 0)), (2.5, 0.7, 0.9), "1.2"
)


def drawn(base: LabelMap) -> LabelMap:
    one = base.with_box((5, 10, 12), np.full((9, 30, 25), 2, np.uint8))
    return one.with_box((33, 60, 50), np.full((3, 5, 5), 3, np.uint8))


def planes():
    tilt = np.radians(23)
    middle = GRID.to_patient((9.3, 30, 25))
    yield Plane(tuple(middle - (20, 20, 0)), (1, 0, 0), (0, 1, 0), (0.5, 0.5))
    yield Plane(tuple(middle - (20, 0, 20)), (1, 0, 0), (0, 0, 1), (0.5, 0.5))
    yield Plane(
        tuple(middle - (20, 15, 10)), (1, 0, 0), (0, np.cos(tilt), np.sin(tilt)), (0.5, 0.5)
    )
    yield Plane((900, 900, 900), (1, 0, 0), (0, 1, 0), (0.5, 0.5))


@pytest.mark.parametrize("plane", list(planes()), ids=["axial", "coronal", "slanted", "beside"])
@pytest.mark.parametrize("filled", [False, True])
def test_a_plane_through_versions_shows_what_it_shows_of_the_whole_array(plane, filled):
    noise = np.random.default_rng(1).integers(0, 2, SHAPE, dtype=np.uint8)
    labels = drawn(LabelMap.of(noise) if filled else LabelMap.empty(SHAPE))
    truth = reslice(
        labels.whole(), GRID, plane, (80, 80), interpolation=Interpolation.NEAREST, outside=0
    )
    assert (cut_labels(labels, GRID, plane, (80, 80)) == truth).all()
    assert plane.origin[0] == 900 or truth.any()


@pytest.mark.parametrize("turn", [(23, 0), (45, 30), (-70, 12), (90, 40)])
def test_a_slanted_plane_through_large_labels_shows_every_stroke(turn, monkeypatch):
    monkeypatch.setattr(label_cut, "_MOST_BYTES", 0)
    noise = np.random.default_rng(1).integers(0, 2, SHAPE, dtype=np.uint8)
    labels = drawn(LabelMap.of(noise))
    a, b = np.radians(turn)
    right = (np.cos(b), np.sin(b), 0)
    down = (-np.sin(b) * np.cos(a), np.cos(b) * np.cos(a), np.sin(a))
    start = GRID.to_patient((9, 25, 24)) - 40 * np.asarray(right) - 40 * np.asarray(down)
    plane = Plane(tuple(start), right, down, (0.5, 0.5))
    truth = reslice(
        labels.whole(), GRID, plane, (160, 160), interpolation=Interpolation.NEAREST, outside=0
    )
    monkeypatch.setattr(LabelMap, "whole", None)
    assert (cut_labels(labels, GRID, plane, (160, 160)) == truth).all()
    assert (truth == 2).any()
