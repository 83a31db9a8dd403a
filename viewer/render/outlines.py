"""The outline of a mask in the plane of a view."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Array, position_of
from viewer.core.plane import Plane
from viewer.core.segmentation import Mask
from viewer.imaging.contours import contours
from viewer.imaging.reslice import Interpolation, reslice


def outlines_of(mask: Mask, plane: Plane) -> tuple[NDArray[np.float64], ...]:
    """Return closed lines (n, 2) of x, y round what a plane cuts of a mask.

    The mask is cut at the fineness of its own voxels, so a line does not change
    with the zoom.
    """
    corners = mask.geometry.corners()
    if not _crosses(corners, plane):
        return ()
    fine, shape = _fine_plane(mask, corners, plane)
    cut = reslice(
        mask.voxels, mask.geometry, fine, shape, interpolation=Interpolation.NEAREST, outside=0
    )
    return tuple(_on_screen(line, fine, plane) for line in contours(cut, 1))


def _crosses(corners: Array, plane: Plane) -> bool:
    off = plane.distance_mm(corners)
    return bool(off.min() < 0 < off.max())


def _fine_plane(mask: Mask, corners: Array, plane: Plane) -> tuple[Plane, tuple[int, int]]:
    """Lay pixels as fine as the voxels over what a parallel plane may cut of a mask."""
    across, down = np.asarray(plane.right), np.asarray(plane.down)
    steps = mask.geometry.affine[:3, :3]
    step_x, step_y = (float(np.abs(side @ steps).max()) for side in (across, down))
    x, y = corners @ across, corners @ down
    columns = max(round(float(np.ptp(x)) / step_x), 1)
    rows = max(round(float(np.ptp(y)) / step_y), 1)
    centre = corners.mean(axis=0)
    middle = centre - np.asarray(plane.normal) * plane.distance_mm(centre)
    first = middle - across * step_x * (columns - 1) / 2 - down * step_y * (rows - 1) / 2
    return Plane(position_of(first), plane.right, plane.down, (step_y, step_x)), (rows, columns)


def _on_screen(ring: Array, fine: Plane, plane: Plane) -> Array:
    pixels = plane.to_pixel(fine.to_patient(ring))
    return np.asarray(pixels[:, ::-1])
