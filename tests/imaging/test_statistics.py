from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.core.author import Author
from viewer.core.code import NODULE
from viewer.core.geometry import Geometry
from viewer.core.segmentation import Mask, Segment, Segmentation
from viewer.core.volume import Volume
from viewer.imaging.statistics import measure_mask, measure_segment

CENTRE = np.array([12.0, -30.0, 55.0])


def rotation(a, b) -> np.ndarray:
    x = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    z = np.array([[np.cos(b), -np.sin(b), 0], [np.sin(b), np.cos(b), 0], [0, 0, 1]])
    return x @ z


AXES = np.eye(3)[::-1]
GRIDS = {
    "even": (AXES, (0.8, 0.8, 0.8)),
    "anisotropic": (AXES, (1.6, 0.7, 0.7)),
    "left-handed": (AXES * [[-1], [1], [1]], (1.6, 0.7, 0.7)),
    "sagittal": (np.eye(3)[[0, 2, 1]] * [[1], [-1], [1]], (1.2, 0.8, 0.8)),
    "oblique": (AXES @ rotation(0.15, 0.2), (1.5, 0.8, 0.7)),
    "oblique left-handed": ((AXES * [[-1], [1], [1]]) @ rotation(0.1, -0.3), (1.4, 0.7, 0.7)),
}


def ellipsoid(name, half) -> tuple[Volume, Mask]:
    """An ellipsoid along the body's axes on a named grid; its values are 40, else -850."""
    directions, spacing = GRIDS[name]
    shape = tuple(int(2 * (max(half) + 4) / step) for step in spacing)
    affine = Geometry.from_axes(shape, (0, 0, 0), directions, spacing)
    origin = CENTRE - np.array(affine.centre)
    geometry = Geometry.from_axes(shape, origin, directions, spacing)
    index = np.stack(np.meshgrid(*map(np.arange, shape), indexing="ij"), axis=-1)
    inside = (((geometry.to_patient(index) - CENTRE) / half) ** 2).sum(axis=-1) <= 1
    voxels = np.where(inside, 1064, 174).astype(np.int16)
    volume = Volume(voxels, geometry, "[hnsf'U]", "CT", "key", slope=1, intercept=-1024)
    return volume, Mask(inside, geometry)


@pytest.mark.parametrize("name", GRIDS)
@pytest.mark.parametrize("half", [(10, 10, 10), (14, 9, 7)])
def test_an_ellipsoid_measures_what_it_is_on_every_grid(name, half):
    volume, mask = ellipsoid(name, half)
    found = measure_mask(volume, mask)
    assert found.volume_mm3 == pytest.approx(4 / 3 * np.pi * np.prod(half), rel=0.015)
    assert np.allclose(found.centre, CENTRE, atol=0.15)
    assert found.diameter_mm == pytest.approx(2 * max(half), rel=0.04)
    assert found.axial_diameter_mm == pytest.approx(2 * max(half[:2]), rel=0.05)
    assert np.allclose(found.low, CENTRE - half, atol=0.9)
    assert np.allclose(found.high, CENTRE + half, atol=0.9)


def test_values_are_real_world_values():
    volume, mask = ellipsoid("oblique", (8, 8, 8))
    found = measure_mask(volume, mask)
    assert (found.mean, found.sd, found.minimum, found.maximum) == (40, 0, 40, 40)
    assert found.unit == "[hnsf'U]"


def test_a_cut_out_mask_measures_the_same_as_a_whole_one():
    volume, mask = ellipsoid("anisotropic", (8, 8, 8))
    start, stop = (3, 5, 5), tuple(n - 2 for n in mask.voxels.shape)
    box = tuple(slice(a, b) for a, b in zip(start, stop, strict=True))
    part = Mask(mask.voxels[box].copy(), mask.geometry.crop(start, stop))
    cut, whole = measure_mask(volume, part), measure_mask(volume, mask)
    assert (cut.voxels, cut.mean, cut.maximum) == (whole.voxels, whole.mean, whole.maximum)
    assert np.allclose([cut.centre, cut.low, cut.high], [whole.centre, whole.low, whole.high])
    assert cut.diameter_mm == pytest.approx(whole.diameter_mm)


def test_a_segment_is_measured_by_its_label():
    volume, mask = ellipsoid("even", (8, 8, 8))
    segmentation = Segmentation(
        "1.2",
        "t",
        mask.voxels.astype(np.uint8) * 4,
        mask.geometry,
        (Segment(4, "Nodule", NODULE),),
        Author("A"),
        "key",
    )
    assert measure_segment(volume, segmentation, 4) == measure_mask(volume, mask)


def test_one_voxel_is_as_large_as_itself():
    geometry = Geometry.from_axes((3, 3, 3), (0, 0, 0), AXES, (3, 1, 2))
    inside = np.zeros((3, 3, 3), dtype=bool)
    inside[1, 1, 1] = True
    volume = Volume(np.ones((3, 3, 3), np.float32), geometry, "1", "MR", "key")
    found = measure_mask(volume, Mask(inside, geometry))
    assert (found.volume_mm3, found.diameter_mm, found.axial_diameter_mm) == (6, 1.5, 1)
    assert found.low == (1, 0.5, 1.5)
    assert found.high == (3, 1.5, 4.5)


def test_an_empty_or_strange_mask_is_refused():
    volume, mask = ellipsoid("even", (5, 5, 5))
    with pytest.raises(ValueError, match="empty"):
        measure_mask(volume, Mask(np.zeros_like(mask.voxels), mask.geometry))
    moved = mask.geometry.affine.copy()
    moved[0, 3] += 0.3
    with pytest.raises(ValueError, match="grid"):
        measure_mask(volume, Mask(mask.voxels, Geometry(mask.geometry.shape, moved)))


def test_padding_counts_for_the_size_but_not_for_the_values():
    volume, mask = ellipsoid("even", (10, 10, 10))
    whole = measure_mask(volume, mask)
    voxels = volume.voxels.copy()
    middle = voxels.shape[0] // 2
    voxels[:middle] = -2000
    half = replace(volume, voxels=voxels, padding=(-2000, -2000))
    found = measure_mask(half, mask)
    assert (found.mean, found.minimum, found.sd) == (40, 40, 0)
    assert found.volume_mm3 == whole.volume_mm3
    voxels = np.full_like(voxels, -2000)
    nothing = measure_mask(replace(half, voxels=voxels), mask)
    assert np.isnan(nothing.mean)
