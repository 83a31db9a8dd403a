"""What the set-up compiles is what a click runs."""

from __future__ import annotations

import numpy as np

from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.volume import Volume
from viewer.imaging.click.engine import Clicks, plain, segment_click
from viewer.imaging.click.ready import ready


def test_after_getting_ready_a_click_needs_no_compiler(monkeypatch):
    ready(Silent())

    def never(*_: object) -> None:
        raise AssertionError("the compiler was asked")

    monkeypatch.setattr("numba.core.dispatcher.Dispatcher.compile", never)
    grid = Geometry.from_axes((30, 40, 40), (0, 0, 0), np.eye(3)[::-1], (2, 1, 1), "1")
    places = grid.to_patient(np.moveaxis(np.indices(grid.shape), 0, -1))
    ball = np.linalg.norm(places - (20, 20, 30), axis=-1) < 8
    voxels = np.where(ball, 30, -850).astype(np.int16)
    volume = Volume(voxels, grid, "[hnsf'U]", "CT", "key")
    segment_click(volume, Clicks(((15, 20, 20),)), "CT", plain)
