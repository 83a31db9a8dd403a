from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import map_coordinates

from viewer.core.geometry import Geometry
from viewer.core.plane import Plane
from viewer.imaging.project import SlabMode, project
from viewer.imaging.reslice import reslice

REDUCE = {SlabMode.MAXIMUM: np.nanmax, SlabMode.MINIMUM: np.nanmin, SlabMode.MEAN: np.nanmean}
GRID = Geometry.from_axes((12, 14, 16), (0, 0, 0), np.eye(3)[::-1], (2, 1, 1))
VOXELS = np.random.default_rng(3).integers(0, 1000, GRID.shape).astype(np.int16)


@pytest.mark.parametrize("mode", SlabMode)
def test_a_slab_along_the_grid_is_made_of_its_slices(mode):
    plane = Plane((0, 0, 10), (1, 0, 0), (0, 1, 0), (1, 1))
    picture = project(VOXELS, GRID, plane, (14, 16), thickness_mm=8, mode=mode)
    assert np.allclose(picture, REDUCE[mode](VOXELS[3:8], axis=0), rtol=1e-5)


@pytest.mark.parametrize("mode", SlabMode)
def test_a_sagittal_slab_ends_where_the_grid_ends(mode):
    plane = Plane((1, 0, 22), (0, 1, 0), (0, 0, -1), (2, 1))
    picture = project(VOXELS, GRID, plane, (12, 14), thickness_mm=6, mode=mode)
    assert np.allclose(picture, REDUCE[mode](VOXELS[::-1, :, :5], axis=2), rtol=1e-5)


@pytest.mark.parametrize("mode", SlabMode)
def test_a_slanted_slab_is_what_sampling_by_scipy_gives(mode):
    plane = Plane((2, 1, 6), (0.8, 0, 0.6), (0, 1, 0), (1, 1))
    shape, normal = (10, 12), np.asarray(plane.normal)
    step_mm = 1 / np.abs(normal / GRID.spacing_mm[::-1]).max()
    picture = project(VOXELS, GRID, plane, shape, thickness_mm=4.9 * step_mm, mode=mode)
    pixels = np.stack(np.meshgrid(*map(np.arange, shape), indexing="ij"), axis=-1)
    layers = []
    for k in range(-2, 3):
        index = GRID.to_index(plane.to_patient(pixels) + k * step_mm * normal)
        layer = map_coordinates(
            VOXELS.astype(float), np.moveaxis(index, -1, 0), order=1, mode="nearest"
        )
        inside = (index >= -0.5) & (index < np.array(GRID.shape) - 0.5)
        layers.append(np.where(inside.all(axis=-1), layer, np.nan))
    assert np.allclose(picture, REDUCE[mode](layers, axis=0), rtol=1e-3, atol=0.1)


def test_a_slab_thinner_than_the_slices_is_one_slice():
    plane = Plane((0, 0, 10.6), (1, 0, 0), (0, 1, 0), (1, 1))
    picture = project(VOXELS, GRID, plane, (14, 16), thickness_mm=1, mode=SlabMode.MAXIMUM)
    assert np.array_equal(picture, reslice(VOXELS, GRID, plane, (14, 16)))


def test_nothing_is_seen_beside_the_grid():
    plane = Plane((100, 0, 6), (0.8, 0, 0.6), (0, 1, 0), (1, 1))
    picture = project(VOXELS, GRID, plane, (5, 5), thickness_mm=9, mode=SlabMode.MEAN)
    assert np.isnan(picture).all()
