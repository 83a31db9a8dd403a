"""Finer grids by interpolation: nothing moves, known functions come back, marks are made."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.kernel import Kernel
from viewer.core.progress import Silent
from viewer.core.volume import Volume
from viewer.imaging.enhance.resampling import (
    finer_steps,
    invented_slices,
    isotropic_steps,
    resampled,
    resampled_grid,
)

SHAPE = (12, 30, 26)


def grid() -> Geometry:
    turn, _ = np.linalg.qr(np.random.default_rng(2).normal(size=(3, 3)))
    return Geometry.from_axes(SHAPE, (4, 5, -6), turn, (3.0, 1.0, 0.8), "1.2")


def wave(geometry: Geometry) -> np.ndarray:
    """A smooth wave in the patient, whatever the grid."""
    index = np.stack(np.indices(geometry.shape), axis=-1)
    at = geometry.to_patient(index)
    return np.sin(at[..., 0] / 6) + np.cos(at[..., 1] / 7 + at[..., 2] / 9)


def volume() -> Volume:
    return Volume(wave(grid()).astype(np.float32), grid(), "1", "MR", "series")


@pytest.mark.parametrize(
    ("kernel", "error"), [("linear", 0.08), ("spline", 0.01), ("lanczos", 0.03)]
)
def test_a_wave_in_the_patient_is_where_it_was(kernel: str, error: float) -> None:
    made = resampled(volume(), isotropic_steps(grid()), Kernel(kernel), Silent())
    assert made.geometry.spacing_mm == pytest.approx((0.8, 0.8, 0.8), rel=0.02)
    inner = (slice(8, -8), slice(5, -5), slice(4, -4))
    assert np.abs(made.voxels - wave(made.geometry))[inner].max() < error


def test_a_spline_is_that_of_scipy() -> None:
    made = resampled(volume(), finer_steps(grid(), 2.0), Kernel.SPLINE, Silent())
    index = grid().to_index(made.geometry.to_patient(np.stack(np.indices(made.voxels.shape), -1)))
    theirs = ndimage.map_coordinates(
        volume().voxels.astype(float), np.moveaxis(index, -1, 0), order=3, mode="mirror"
    )
    inner = (slice(None), slice(4, -4), slice(4, -4))
    assert made.voxels[inner] == pytest.approx(theirs[inner], abs=1e-3)


def test_the_box_of_the_image_stays_where_it_was_and_slices_between_are_known() -> None:
    made = resampled_grid(grid(), (1.5, 1.0, 0.8))
    ends = [np.array([-0.5, -0.5, -0.5]), np.array(grid().shape) - 0.5]
    new = [np.array([-0.5, -0.5, -0.5]), np.array(made.shape) - 0.5]
    for old, now in zip(ends, new, strict=True):
        assert made.to_patient(now) == pytest.approx(grid().to_patient(old))
    assert made.shape == (24, 30, 26)
    assert invented_slices(grid(), made).all()
    assert not invented_slices(grid(), resampled_grid(grid(), finer_steps(grid(), 3.0))).any()
    third = resampled_grid(grid(), (1.0, 1.0, 0.8))
    assert invented_slices(grid(), third).tolist() == [True, False, True] * 12


def test_it_says_that_it_is_interpolated_and_keeps_what_is_no_value() -> None:
    source = volume()
    voxels = source.voxels.copy()
    voxels[3:6, 10:14, 8:12] = np.nan
    holed = Volume(voxels, grid(), "1", "MR", "series")
    made = resampled(holed, isotropic_steps(grid()), Kernel.LANCZOS, Silent())
    assert "Derived: interpolated (Lanczos)" in made.provenance[-1]
    assert np.isnan(made.voxels).mean() == pytest.approx(np.isnan(voxels).mean(), rel=0.25)
    known = made.voxels[np.isfinite(made.voxels)]
    assert known.min() >= np.nanmin(voxels)
    assert known.max() <= np.nanmax(voxels)


@pytest.mark.parametrize(
    "steps", [(0.0, 1, 1), (3.0, 1.0, 0.8), (0.01, 0.01, 0.01), (float("nan"), 1, 1)]
)
def test_steps_that_are_none_the_same_or_far_too_fine_are_declined(
    steps: tuple[float, ...],
) -> None:
    with pytest.raises(Declined, match=r"\.$"):
        resampled(volume(), steps, Kernel.LINEAR, Silent())
