"""The handles on the faces of the crop box, as the eye sees them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from viewer.core.segmentation import Colour
from viewer.render.crossing import COLOURS
from viewer.render.eye import Sight
from viewer.render.scene import Point
from viewer.session.crop_box import Face, middle_of
from viewer.session.look import Viewing
from viewer.session.space_look import SpaceLook

_SHADES = (COLOURS[Viewing.SAGITTAL], COLOURS[Viewing.CORONAL], COLOURS[Viewing.AXIAL])
"""A face is of the colour of the plane in which it lies."""
_HEAD_ON = 0.12
"""A face whose way is seen shorter than this, of its length, cannot be moved on the screen."""


@dataclass(frozen=True, slots=True)
class CropHandle:
    """A handle: where it is seen, which face it moves, whether it is on the far side."""

    at: Point
    face: Face
    colour: Colour
    behind: bool


def crop_handles(look: SpaceLook, sight: Sight, ratio: float = 1.0) -> tuple[CropHandle, ...]:
    """Return the handles of the box, the nearest to the eye last.

    `ratio` says how many pixels of the picture one pixel of the view is wide. A face that
    goes straight towards the eye or away from it has none.
    """
    if look.crop is None:
        return ()
    found = []
    for axis in range(3):
        for end in (0, 1):
            middle = np.asarray(middle_of(look.crop, axis, end))
            further = middle + np.eye(3)[axis]
            seen = sight.to_pixels([middle, further])
            way = seen[1, :2] - seen[0, :2]
            size = float(way @ way)
            if not np.isfinite(seen).all() or size * sight.pixel_mm**2 < _HEAD_ON**2:
                continue
            face = Face(axis, end, ratio * float(way[0]) / size, ratio * float(way[1]) / size)
            outward = sight.eye.towards[axis] * (1 if end else -1)
            at = (float(seen[0, 0]), float(seen[0, 1]))
            found.append((float(seen[0, 2]), CropHandle(at, face, _SHADES[axis], outward < 0)))
    return tuple(handle for _, handle in sorted(found, key=lambda one: one[0]))
