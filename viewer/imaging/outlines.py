"""Outlines of segments as a read keeps them: volume, box, centre, hash, and small masks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.core.geometry import Geometry, Shape, position_of
from viewer.core.outline import Outline
from viewer.core.segmentation import Mask, Segment, Segmentation

MOST_VOXELS = 1 << 25
"""A mask is kept with its outline if its box holds no more voxels: 4 MiB as bits."""
MOST_TOGETHER = 1 << 26
"""And as long as the boxes of one read hold no more together: 8 MiB; the smallest go first.

One read is stored with each saving, and all of a study are held in memory, a byte a voxel.
"""


def outlines_of(drawn: Iterable[Segmentation]) -> tuple[Outline, ...]:
    """Return the outlines that a person drew or accepted, in the order of the groups.

    Segments without a voxel are left out. Takes a moment: not for the window's thread.
    """
    found = [one for group in drawn for one in _of_group(group)]
    by_size = sorted(range(len(found)), key=lambda at: _box_voxels(found[at]))
    room = MOST_TOGETHER
    for at in by_size:
        size = _box_voxels(found[at])
        if size > min(room, MOST_VOXELS):
            found[at] = replace(found[at], mask=None)
        else:
            room -= size
    return tuple(found)


def mask_hash(mask: NDArray[np.bool_], start: Shape, whole: Geometry) -> str:
    """Return a hash (SHA-256) that is the same only for the same voxels of the same grid.

    Over: shape of the grid, index of the first voxel of the box, shape of the box (nine little
    endian int64), the affine (sixteen float64, rows first), and the bits of the box (slice, row,
    column; first voxel in the highest bit).
    """
    numbers = np.array([*whole.shape, *start, *mask.shape], "<i8")
    digest = hashlib.sha256(numbers.tobytes())
    digest.update(whole.affine.astype("<f8").tobytes())
    digest.update(np.packbits(mask).tobytes())
    return digest.hexdigest()


def _box_voxels(outline: Outline) -> int:
    return 0 if outline.mask is None else outline.mask.voxels.size


def _of_group(group: Segmentation) -> Iterator[Outline]:
    if group.status == "rejected" or (group.author.is_model and group.status == "proposed"):
        return
    filled = group.label_map.filled
    if filled is None:
        return
    labels = group.label_map.box(filled)
    first = np.array([side.start for side in filled])
    boxes = dict(enumerate(ndimage.find_objects(labels), start=1))
    for segment in group.segments:
        box = boxes.get(segment.label)
        if box is not None:
            start = first + [side.start for side in box]
            at = (int(start[0]), int(start[1]), int(start[2]))
            yield _outline(group, segment, labels[box] == segment.label, at)


def _outline(
    group: Segmentation, segment: Segment, voxels: NDArray[np.bool_], start: Shape
) -> Outline:
    depth, height, width = voxels.shape
    grid = group.geometry.crop(start, (start[0] + depth, start[1] + height, start[2] + width))
    count = int(np.count_nonzero(voxels))
    sums = [float(voxels.sum(axis=others) @ np.arange(n)) for n, others in _along(voxels.shape)]
    corners = grid.corners()
    return Outline(
        group.id,
        segment.label,
        segment.name,
        segment.type,
        group.author,
        group.series_key,
        group.status,
        count,
        count * grid.voxel_volume_mm3 / 1000,
        position_of(grid.to_patient(np.array(sums) / count)),
        position_of(corners.min(axis=0)),
        position_of(corners.max(axis=0)),
        mask_hash(voxels, start, group.geometry),
        Mask(voxels, grid),
    )


def _along(shape: tuple[int, ...]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Return the length of each axis, and the two others."""
    for axis, length in enumerate(shape):
        first, second = (other for other in range(3) if other != axis)
        yield length, (first, second)
