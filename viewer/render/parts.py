"""Which part of a volume is shown in space: planes, a box, and what was cut away from it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry, Position
from viewer.core.progress import Part, Progress
from viewer.core.segmentation import Segmentation
from viewer.core.volume import Volume
from viewer.imaging.bones import bones, bones_of, is_bone
from viewer.imaging.scalpel import behind
from viewer.imaging.values import numeric
from viewer.render.bare import nothing
from viewer.render.eye import Sight, Stand
from viewer.render.presets import in_hu
from viewer.session.space_look import Crop, Cut, SpaceLook

_SUBPIXEL_BITS = 4


@dataclass(frozen=True, slots=True)
class HalfSpace:
    """All that lies on the side of a plane to which `normal` points; LPS mm."""

    through: Position
    normal: Position


def half_spaces(look: SpaceLook, place: Position) -> tuple[HalfSpace, ...]:
    """Return the planes of the crop box, and those through the crosshair, that are on."""
    clips = (HalfSpace(clip.through or place, clip.normal) for clip in look.clips)
    return (*_faces(look.crop), *clips)


def _faces(crop: Crop | None) -> tuple[HalfSpace, ...]:
    if crop is None:
        return ()
    axes = np.eye(3)
    return tuple(
        HalfSpace(corner, (float(axis[0]), float(axis[1]), float(axis[2])))
        for corner, sign in ((crop.low, 1), (crop.high, -1))
        for axis in axes * sign
    )


def bounds_of(geometry: Geometry) -> Crop:
    """Return the box along the patient's axes that holds a whole volume."""
    corners = geometry.corners()
    low, high = corners.min(axis=0), corners.max(axis=0)
    return Crop(
        (float(low[0]), float(low[1]), float(low[2])),
        (float(high[0]), float(high[1]), float(high[2])),
    )


def carved(
    small: Volume,
    whole: Geometry,
    look: SpaceLook,
    segmentations: tuple[Segmentation, ...],
    progress: Progress,
) -> Volume:
    """Return a copy of a small volume in which what is cut away, and bone, is empty.

    `whole` is the grid of the volume it was made of: cuts were drawn while that was looked at.

    Raises:
        Cancelled: if nobody wants it any more.
    """
    gone = np.zeros(small.geometry.shape, dtype=np.bool_)
    if look.bone_removed:
        progress.report(0.0, "Removing bone")
        known = bones_of(segmentations, small.geometry)
        gone |= _guessed(small, Part(progress, 0.0, 0.7)) if known is None else known
    for number, cut in enumerate(look.cuts):
        progress.report(0.7 + 0.25 * number / len(look.cuts), "Cutting away")
        gone |= behind_line(small.geometry, whole, cut)
    progress.report(0.95, "Cutting away")
    if not gone.any():
        return small
    values = numeric(small.voxels)
    return replace(small, voxels=np.where(gone, nothing(small, values), values))


def _guessed(small: Volume, progress: Progress) -> NDArray[np.bool_]:
    if not in_hu(small):
        return np.zeros(small.geometry.shape, dtype=np.bool_)
    hu = numeric(small.voxels) * np.float32(small.slope) + np.float32(small.intercept)
    return bones(np.asarray(hu, dtype=np.float32), small.geometry, progress)


def bones_are_known(segmentations: tuple[Segmentation, ...]) -> bool:
    """Tell whether somebody has outlined bones, so that they need not be guessed."""
    return any(is_bone(segment) for item in segmentations for segment in item.segments)


def behind_line(geometry: Geometry, whole: Geometry, cut: Cut) -> NDArray[np.bool_]:
    """Mark the voxels that lie behind a line."""
    sight = Sight.of(cut.camera, Stand.of_grid(whole), cut.size)
    stencil = np.zeros((cut.size[1], cut.size[0]), dtype=np.uint8)
    points = np.rint(np.asarray(cut.outline) * 2**_SUBPIXEL_BITS).astype(np.int32)
    cv2.fillPoly(stencil, [points], (1,), shift=_SUBPIXEL_BITS)
    wanted = stencil == (0 if cut.keeps else 1)
    return behind(
        geometry, wanted, sight.turn, sight.middle, sight.away_mm, sight.pixel_mm, keeps=cut.keeps
    )
