"""The adaptive brush where edges are soft, as in thick slices and coarse pixels."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from viewer.imaging.segment.brush import adaptive, round_brush

SIZE, MIDDLE, PIXEL_MM, RADIUS_MM = (1, 41, 41), 20, 3.0, 11.0


@pytest.fixture(scope="module")
def nodule() -> np.ndarray:
    """A disc of 30 HU in lung of -850 HU, its edge half a pixel soft, with noise of 15 HU."""
    y, x = np.indices(SIZE[1:])
    disc = np.hypot(y - MIDDLE, x - MIDDLE) * PIXEL_MM <= RADIUS_MM
    soft = ndimage.gaussian_filter(np.where(disc, 30.0, -850.0), 0.6)
    noise = np.random.default_rng(2).normal(0, 15, SIZE[1:])
    return (soft + noise)[None].astype(np.float32)


@pytest.mark.parametrize("brush_mm", [15.0, 20.0, 25.0])
@pytest.mark.parametrize("off", [(0, 0), (1, 0), (0, -1), (-1, 1)])
def test_a_soft_edge_parts_a_nodule_from_lung_wherever_the_brush_is_put(nodule, brush_mm, off):
    centre = (0, MIDDLE + off[0], MIDDLE + off[1])
    cover = np.roll(round_brush(SIZE, brush_mm, (1.0, PIXEL_MM, PIXEL_MM)), off, (1, 2))
    found = adaptive(nodule, cover, centre)
    y, x = np.nonzero(found[0])
    assert found.sum() >= 10
    assert (np.hypot(y - MIDDLE, x - MIDDLE) * PIXEL_MM).max() < RADIUS_MM + 2 * PIXEL_MM
