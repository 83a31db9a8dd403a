"""From points of a view to the points of a measurement, and back."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from viewer.core.geometry import Array, Geometry, position_of
from viewer.core.measurement import Anchor
from viewer.core.stack import Stack
from viewer.core.volume import Origin
from viewer.render.cut import Cut
from viewer.session.images import OpenImage

NOWHERE = Origin("", "")


def anchor_of(opened: OpenImage, cut: Cut) -> Anchor:
    """Return what a figure that is drawn on a slice is fixed to."""
    image, origin = opened.image, _origin(opened, cut)
    space = cut.geometry.frame_of_reference_uid if cut.in_patient else ""
    normal = position_of(np.cross(cut.right, cut.down)) if space else None
    nameless = isinstance(image, Stack) and not origin.sop_instance_uid
    return Anchor(
        series_key=opened.key,
        frame_of_reference_uid=space,
        normal=normal,
        sop_instance_uid=origin.sop_instance_uid,
        sop_class_uid=origin.sop_class_uid,
        frame=cut.number if nameless else origin.frame,
    )


def _origin(opened: OpenImage, cut: Cut) -> Origin:
    """Return the stored picture that a slice shows just as it is, if it does."""
    image = opened.image
    if isinstance(image, Stack):
        return image.frames[cut.number].origin
    if not (cut.original and len(cut.stored) == 1 and image.origins):
        return NOWHERE
    return image.origins[cut.stored[0]]


def to_anchor(anchor: Anchor, geometry: Geometry, positions: ArrayLike) -> Array:
    """Return points (..., 3) of a view in the coordinates of an anchor."""
    if anchor.in_patient:
        return np.asarray(positions, dtype=float)
    index = geometry.to_index(positions)
    return np.stack([index[..., 2], index[..., 1], np.zeros(index.shape[:-1])], axis=-1)


def from_anchor(anchor: Anchor, geometry: Geometry, points: ArrayLike) -> Array:
    """Return points (..., 3) of an anchor in the coordinates of a view."""
    found = np.asarray(points, dtype=float)
    if anchor.in_patient:
        return found
    index = np.stack([np.zeros(found.shape[:-1]), found[..., 1], found[..., 0]], axis=-1)
    return geometry.to_patient(index)
