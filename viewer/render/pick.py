"""What is met first on a line of sight into a volume, found without a graphics card."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from viewer.core.geometry import Position, position_of
from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.imaging.rays import along
from viewer.render.eye import Sight
from viewer.render.parts import HalfSpace
from viewer.render.presets import stored_knots
from viewer.render.projection import coefficients
from viewer.render.scene import Point
from viewer.session.transfer import Blend, Transfer

_SOLID = 0.3
"""What hides so much of what lies behind is what the eye sees."""
_FAINT = 0.02
"""Where less than this is hidden in all, nothing is seen."""


def picked(
    volume: Volume,
    transfer: Transfer,
    window: Window,
    planes: Sequence[HalfSpace],
    sight: Sight,
    point: Point,
) -> Position | None:
    """Return the place that is seen at a screen point; None where there is nothing.

    In a projection it is where the value that is shown comes from; a mean comes from nowhere.
    """
    start, way = sight.ray(point)
    step_mm = min(volume.geometry.spacing_mm) / 2
    limits = coefficients(planes)
    if not np.isinf(sight.away_mm):
        before = np.array([[*way, -float(np.dot(way, start))]])
        limits = np.vstack([limits, before])
    places, values = along(volume.voxels, volume.geometry, start, way, limits, step_mm)
    if not len(places):
        return None
    table = np.array(stored_knots(transfer, volume, window))
    opacity = np.interp(values, table[:, 0], table[:, 4])
    if transfer.blend is Blend.MEAN:
        return None
    if transfer.blend is not Blend.COMPOSITE:
        pick = np.argmax(values) if transfer.blend is Blend.MAXIMUM else np.argmin(values)
        return position_of(places[pick]) if opacity[pick] > 0 else None
    hidden = 1 - np.cumprod((1 - np.minimum(opacity, 0.999)) ** step_mm)
    if hidden[-1] < _FAINT:
        return None
    goal = min(_SOLID, hidden[-1] / 2)
    return position_of(places[int(np.argmax(hidden >= goal))])
