"""The labels that a plane cuts, without a look at all the others."""

from __future__ import annotations

from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry
from viewer.core.label_map import Box, LabelMap
from viewer.core.plane import Plane
from viewer.imaging.changed_bricks import lay_bricks
from viewer.imaging.reslice import Interpolation, reslice, slanted
from viewer.imaging.walk import Walk, aligned

_MOST_BYTES = 32 << 20
"""Beyond this a box is not copied out for a slanted plane, as of one through everything."""


def cut_labels(
    labels: LabelMap, geometry: Geometry, plane: Plane, shape: tuple[int, int]
) -> NDArray[np.generic]:
    """Return the labels (rows, columns) on a plane; 0 outside the grid."""
    box = _crossed(geometry, plane, shape, labels.filled)
    if box is None:
        return np.zeros(shape, labels.dtype)
    start = (box[0].start, box[1].start, box[2].start)
    stop = (box[0].stop, box[1].stop, box[2].stop)
    count = np.prod([b - a for a, b in zip(start, stop, strict=True)])
    large = int(count) * labels.dtype.itemsize > _MOST_BYTES
    walk = Walk.over(geometry, plane)
    if large and labels.bricks and aligned(walk, shape) is None:
        picture = slanted(labels.base, walk, shape, 0.0, nearest=True)
        lay_bricks(labels.bricks, labels.shape, walk, picture)
        return picture
    block = labels.box(box) if labels.bricks else labels.base[box]
    part = geometry.crop(start, stop)
    return reslice(block, part, plane, shape, interpolation=Interpolation.NEAREST, outside=0)


def _crossed(
    geometry: Geometry, plane: Plane, shape: tuple[int, int], filled: Box | None
) -> Box | None:
    """Return the box of voxels that a plane may touch among those that are not empty."""
    if filled is None:
        return None
    rows, columns = shape[0] - 1, shape[1] - 1
    ends = np.asarray([(0, 0), (rows, 0), (0, columns), (rows, columns)], float)
    index = geometry.to_index(plane.to_patient(ends))
    sides = []
    for axis, side in enumerate(filled):
        low = max(floor(index[:, axis].min()) - 1, side.start)
        high = min(ceil(index[:, axis].max()) + 2, side.stop)
        if low >= high:
            return None
        sides.append(slice(low, high))
    return sides[0], sides[1], sides[2]
