"""The grid on which the frames of a SEG lie, made from their positions.

What Spacing Between Slices says is believed only where a single frame leaves no other way.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Unreadable
from viewer.core.geometry import Array, Geometry, Shape
from viewer.io.framed import Framed

_MOST_VOXELS = 2**32


def own_grid(file: Framed) -> Geometry:
    """Return the smallest regular grid on which all frames lie.

    Raises:
        Unreadable: if the frames are unevenly spaced, or lie nowhere.
    """
    points = file.positions
    if not np.isfinite(points).all() or np.abs(points).max() > 1e10:
        raise Unreadable(
            f"{file.name}: its frames have no place in a patient, so they cannot be laid over "
            "images.",
            code="no_geometry",
        )
    normal = np.cross(file.right, file.down)
    depth = points @ normal
    steps, step = _steps(depth - depth.min(), file)
    design = np.stack([np.ones_like(steps), steps], axis=1)
    fit, *_ = np.linalg.lstsq(design, points, rcond=None)
    if steps.max() == 0:
        fit[1] = normal * step
    if np.abs(points - design @ fit).max() > 0.05 * step + 0.01:
        raise Unreadable(f"{file.name}: its frames are unevenly spaced.", code="uneven")
    affine = np.eye(4)
    affine[:3, 0] = fit[1]
    affine[:3, 1] = file.down * file.spacing_mm[0]
    affine[:3, 2] = file.right * file.spacing_mm[1]
    affine[:3, 3] = fit[0]
    shape = (int(steps.max()) + 1, *file.shape)
    if shape[0] * shape[1] * shape[2] > _MOST_VOXELS:
        raise Unreadable(f"{file.name}: its frames lie absurdly far apart.", code="too_large")
    return Geometry(shape, affine, str(file.dataset.get("FrameOfReferenceUID", "") or ""))


def places_on(file: Framed, grid: Geometry) -> list[Shape] | None:
    """Return the index on a grid of the first pixel of every frame; None if it is another grid."""
    if not np.isfinite(file.positions).all():
        own_grid(file)
    rows = np.stack([file.down * file.spacing_mm[0], file.right * file.spacing_mm[1]], axis=1)
    slack = 0.25 * min(grid.spacing_mm[1:]) / max(file.shape)
    index = grid.to_index(file.positions)
    whole = np.rint(index).astype(np.int64)
    inside = (whole >= 0).all() and (whole + np.array([1, *file.shape]) <= grid.shape).all()
    aligned = np.abs(grid.affine[:3, 1:3] - rows).max() <= slack
    if not (aligned and inside and np.abs(index - whole).max() < 0.1):
        return None
    _check_once(file, whole)
    return [(int(s), int(r), int(c)) for s, r, c in whole]


def _check_once(file: Framed, whole: NDArray[np.int64]) -> None:
    """Refuse a SEG that says twice what a segment is at one place: moments in time, perhaps."""
    named = np.column_stack([file.numbers, whole])
    if len(np.unique(named, axis=0)) < len(named):
        raise Unreadable(
            f"{file.name}: several frames of one segment lie at the same place (perhaps moments "
            "in time), and which of them is meant is not known.",
            code="same_place",
        )


def _steps(depth: Array, file: Framed) -> tuple[Array, float]:
    """Return how many slices each frame lies from the first, and the distance of two slices."""
    gaps = np.diff(np.sort(depth))
    gaps = gaps[gaps > 0.01]
    if gaps.size == 0:
        if file.thickness_mm <= 0:
            raise Unreadable(f"{file.name}: its only slice has no thickness.", code="bad_geometry")
        return np.zeros_like(depth), file.thickness_mm
    for part in (1, 2, 3):
        step = _common_step(np.sort(gaps), float(gaps.min()) / part)
        if step is not None:
            return np.rint(depth / step), step
    raise Unreadable(f"{file.name}: its frames are unevenly spaced.", code="uneven")


def _common_step(gaps: Array, rough: float) -> float | None:
    """Return the step of which all gaps are multiples, refined from the smallest gap up."""
    total = count = 0.0
    for gap in gaps:
        times = round(float(gap) / rough)
        if times < 1 or abs(float(gap) / rough - times) > 0.1:
            return None
        total, count = total + float(gap), count + times
        rough = total / count
    return rough
