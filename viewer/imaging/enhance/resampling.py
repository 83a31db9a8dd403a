"""Volumes on a finer grid by interpolation: no detail is gained that was not measured.

The edges of the outermost voxels stay where they are, so that nothing moves in the patient.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.geometry import Geometry, Shape
from viewer.core.kernel import Kernel
from viewer.core.memory import available_bytes
from viewer.core.progress import Progress
from viewer.core.volume import Volume
from viewer.imaging.enhance.derive import field_of, padding_of
from viewer.imaging.enhance.field import Known, Values

Steps = tuple[float, float, float]
"""Distances between voxels in mm, along slice, row and column."""

_SHARE = 0.5
_COPIES = 4
_MOST_TIMES = 64
_SAME = 1e-3


def isotropic_steps(geometry: Geometry) -> Steps:
    """Return the least distance between voxels, for all directions."""
    least = min(geometry.spacing_mm)
    return least, least, least


def finer_steps(geometry: Geometry, factor: float) -> Steps:
    """Return distances within slices that are smaller by a factor; slices stay as they are."""
    a, b, c = geometry.spacing_mm
    return a, b / factor, c / factor


def resampled_grid(geometry: Geometry, steps_mm: Steps) -> Geometry:
    """Return a grid over the same box with about these steps, a whole number of them.

    Raises:
        Declined: if they are none, or make far too many or few voxels.
    """
    if not all(np.isfinite(step) and step > 0 for step in steps_mm):
        raise Declined("A distance between voxels is a number of mm above 0.", code="bad_setting")
    old = zip(geometry.shape, geometry.spacing_mm, steps_mm, strict=True)
    shape: Shape = tuple(max(1, round(n * s / step)) for n, s, step in old)  # type: ignore[assignment]
    times = float(np.prod(shape)) / float(np.prod(geometry.shape))
    if times > _MOST_TIMES:
        raise Declined(
            f"That would make {times:.0f} times as many voxels; at most {_MOST_TIMES} times.",
            code="too_fine",
        )
    if shape == geometry.shape:
        raise Declined("The grid has these steps already.", code="same_grid")
    factors = np.array(geometry.shape) / np.array(shape)
    affine = geometry.affine.copy()
    affine[:3, :3] *= factors
    affine[:3, 3] = geometry.to_patient((factors - 1) / 2)
    return Geometry(shape, affine, geometry.frame_of_reference_uid)


def resampled(volume: Volume, steps_mm: Steps, kernel: Kernel, progress: Progress) -> Volume:
    """Return a volume on a grid with other steps, which says that it is interpolated.

    Results stay between the least and the greatest value: kernels that overshoot are cut off.

    Raises:
        Declined: if the steps are none, or the result does not fit into memory.
        Cancelled: if the work is no longer wanted.
    """
    grid = resampled_grid(volume.geometry, steps_mm)
    needed = _COPIES * 4 * int(np.prod(grid.shape))
    if needed > available_bytes() * _SHARE:
        raise Declined(
            f"That takes {needed / 2**20:.0f} MB, more than there is; choose larger steps.",
            code="memory",
        )
    progress.report(0.0, "values")
    field = field_of(volume)
    filled = field.filled().values
    progress.report(0.2, kernel.words)
    values = _on_grid(filled, volume.geometry, grid, kernel)
    np.clip(values, filled.min(), filled.max(), out=values)
    progress.report(0.9)
    if field.known is not None:
        values = _unknown_as_before(values, field.values, field.known, volume.geometry, grid)
    progress.report(1.0)
    return replace(
        volume,
        voxels=values,
        geometry=grid,
        origins=(),
        slope=1.0,
        intercept=0.0,
        padding=padding_of(volume),
        provenance=(*volume.provenance, f"Derived: {told(volume.geometry, grid, kernel)}."),
    )


def told(before: Geometry, after: Geometry, kernel: Kernel) -> str:
    """Return in words what was done: both grids, and that values between are interpolated."""
    one, other = (" x ".join(f"{step:.3g}" for step in grid.spacing_mm) for grid in (before, after))
    return f"interpolated ({kernel.words}) from {one} mm to {other} mm, no detail was gained"


def invented_slices(before: Geometry, after: Geometry) -> NDArray[np.bool_]:
    """Return which slices of the finer grid lie where no slice was taken."""
    places = np.zeros((after.shape[0], 3))
    places[:, 0] = np.arange(after.shape[0])
    index = before.to_index(after.to_patient(places))[:, 0]
    return np.asarray(np.abs(index - np.rint(index)) > _SAME)


def _on_grid(values: Values, before: Geometry, after: Geometry, kernel: Kernel) -> Values:
    """Resample in the words of the grid alone; both lie in the same box and stand alike."""
    import SimpleITK as sitk  # noqa: N813 - its own documentation calls it so

    kernels = {
        Kernel.LINEAR: sitk.sitkLinear,
        Kernel.SPLINE: sitk.sitkBSpline3,
        Kernel.LANCZOS: sitk.sitkLanczosWindowedSinc,
    }
    image = sitk.GetImageFromArray(values)
    image.SetSpacing(before.spacing_mm[::-1])
    edges = [(new - old) / 2 for new, old in zip(after.spacing_mm, before.spacing_mm, strict=True)]
    engine = sitk.ResampleImageFilter()
    engine.SetSize(after.shape[::-1])
    engine.SetOutputSpacing(after.spacing_mm[::-1])
    engine.SetOutputOrigin(edges[::-1])
    engine.SetInterpolator(kernels[kernel])
    engine.SetUseNearestNeighborExtrapolator(True)
    return np.asarray(sitk.GetArrayFromImage(engine.Execute(image)), np.float32)


def _unknown_as_before(
    values: Values, original: Values, known: Known, before: Geometry, after: Geometry
) -> Values:
    """Put what is no value back where the nearest voxel was none."""
    indices = []
    for n, old in zip(after.shape, before.shape, strict=True):
        place = (np.arange(n) + 0.5) * old / n - 0.5
        indices.append(np.clip(np.rint(place).astype(int), 0, old - 1))
    for number, source in enumerate(indices[0]):
        where = np.ix_(indices[1], indices[2])
        nothing = ~known[source][where]
        values[number][nothing] = original[source][where][nothing]
    return values
