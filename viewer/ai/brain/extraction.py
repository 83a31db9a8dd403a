"""The brain on an MR by deepbet: a rough look at the head, then a close one at the brain."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.ai.brain.deepbet_files import Deepbet, Weights, deepbet_of, installed_folder
from viewer.core.author import Author
from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.core.volume import Volume
from viewer.imaging.anatomy.masks import largest
from viewer.imaging.upright import Turn

ROUGH_SIDE, FINE_SIDE = 128, 256
MARGIN = 0.1
LEAST_SHARE = 0.02
"""A plane belongs to the box round the brain if more than this share of it is brain."""
Box = tuple[slice, slice, slice]


@dataclass(frozen=True, slots=True, eq=False)
class Brain:
    """The brain as deepbet outlines it, on the stored grid."""

    inside: NDArray[np.bool_] = field(repr=False)
    volume_ml: float
    author: Author


def extracted(volume: Volume, progress: Progress, folder: Path | None = None) -> Brain:
    """Outline the brain by deepbet's networks; `folder` holds its files if not installed.

    Raises:
        Declined: if deepbet is not installed, this is no MR, or no brain is seen.
        Unreadable: if its files are not those of deepbet 1.0.2.
    """
    if volume.modality != "MR":
        raise Declined("deepbet was made for MR of the head (T1).", code="not_mr")
    networks = deepbet_of(installed_folder() if folder is None else folder)
    turn = Turn.of(volume.geometry)
    upright = np.nan_to_num(turn.upright(volume.values()))
    # its networks saw arrays that grow to the right, to the front and to the head
    canonical = np.ascontiguousarray(upright.transpose(2, 1, 0)[::-1, ::-1])
    inside = _outlined(canonical, networks, progress)
    back = np.ascontiguousarray(inside[::-1, ::-1].transpose(2, 1, 0))
    filled = np.asarray(ndimage.binary_fill_holes(largest(back)))
    stored = np.ascontiguousarray(turn.stored(filled))
    size = float(np.count_nonzero(stored)) * volume.geometry.voxel_volume_mm3 / 1000
    progress.report(1.0, "outlined")
    return Brain(stored, size, networks.author)


def _outlined(
    values: NDArray[np.float32], networks: Deepbet, progress: Progress
) -> NDArray[np.bool_]:
    progress.report(0.0, "looking for the brain")
    rough = _asked(networks.rough, values, ROUGH_SIDE) > 0.5
    if not rough.any():
        raise Declined("deepbet sees no brain in this image.", code="no_brain")
    box = _box(largest(rough))
    progress.report(0.2, "outlining the brain")
    inside = np.zeros(values.shape, dtype=np.bool_)
    inside[box] = _asked(networks.fine, values[box], FINE_SIDE) > 0.5
    if not inside.any():
        raise Declined("deepbet sees no brain in this image.", code="no_brain")
    return inside


def _asked(weights: Weights, values: NDArray[np.float32], side: int) -> NDArray[np.float32]:
    from viewer.ai.brain.linknet import asked, network_of

    return asked(network_of(weights), values, side)


def _box(mask: NDArray[np.bool_]) -> Box:
    """Return the box round a brain, wider by a tenth on each side."""
    found = []
    for axis in range(3):
        others = tuple(one for one in range(3) if one != axis)
        planes = np.flatnonzero(mask.mean(axis=others) > LEAST_SHARE)
        if not len(planes):
            raise Declined("deepbet sees no brain in this image.", code="no_brain")
        low, high = int(planes[0]), int(planes[-1]) + 1
        more = round((high - low) * MARGIN)
        found.append(slice(max(0, low - more), min(mask.shape[axis], high + more)))
    return found[0], found[1], found[2]


def agreement(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    """Return the Dice of two outlines."""
    both = int(np.count_nonzero(one)) + int(np.count_nonzero(other))
    return 2 * int(np.count_nonzero(one & other)) / both if both else 1.0
