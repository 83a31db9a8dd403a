"""A head of ellipses with a planted bleed, and the model that ships."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.ai.haemorrhage import reader
from viewer.ai.haemorrhage.slices import load_model
from viewer.core.geometry import Geometry
from viewer.core.volume import Volume
from viewer.imaging.phantom.simple import head_ct

BRAIN_HU, CLOT_HU = 34, 66
HALF_MM = (14.0, 18.0, 14.0)


def head_with_bleed(x: float | None, *, seed: int = 0) -> Volume:
    """A head in HU with a bleed centred at (x, 10, 15) LPS mm; without one for None."""
    phantom = head_ct(step_mm=2.0, seed=seed)
    values, grid = phantom.values.copy(), phantom.geometry
    if x is not None:
        away = grid.to_patient(np.argwhere(np.ones(grid.shape, bool))) - (x, 10.0, 15.0)
        inside = ((away / HALF_MM) ** 2).sum(axis=1).reshape(grid.shape) <= 1
        values[inside] += CLOT_HU - BRAIN_HU
    return Volume(values, grid, "[hnsf'U]", "CT", "head")


def stored_otherwise(volume: Volume, order: tuple[int, ...], flips: tuple[int, ...]) -> Volume:
    """The same head, stored in another order of its axes and along other directions."""
    voxels = np.ascontiguousarray(np.flip(volume.voxels.transpose(order), flips))
    affine = volume.geometry.affine.copy()
    affine[:3, :3] = affine[:3, :3][:, list(order)]
    for axis in flips:
        affine[:3, 3] += affine[:3, axis] * (voxels.shape[axis] - 1)
        affine[:3, axis] *= -1
    a, b, c = voxels.shape
    return Volume(voxels, Geometry((a, b, c), affine), volume.unit, volume.modality, "head")


@pytest.fixture(scope="session")
def model():
    return load_model(reader.model_folder())
