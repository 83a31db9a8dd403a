"""The column of vertebral bodies, discs and the spinal canal."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.imaging.compiled import compiled
from viewer.imaging.phantom.anatomy import Table
from viewer.imaging.phantom.shapes import cloud, cover, rounded


@compiled
def paint_spine(
    values: NDArray[np.float32],
    start: Table,
    step: Table,
    lines: Table,
    lattice: NDArray[np.float32],
    period: Table,
    soft: float,
) -> None:
    """Paint vertebrae (cortex 650, marrow 190), discs (85) and canal (25) into slices.

    `period` is the height of the first vertebra's middle and the distance to the next.
    """
    for s in range(values.shape[0]):
        z = start[2] + s * step[2]
        level = (z - period[0]) / period[1]
        away = abs(level - np.floor(level + 0.5)) * period[1]
        plate = away - (period[1] / 2 - 2.6)
        waist = 1.5 - 2.5 * (2 * away / period[1]) ** 2
        for r in range(values.shape[1]):
            y = start[1] + r * step[1] - lines[s, 9]
            if y < -30 or y > 45:
                continue
            for c in range(values.shape[2]):
                x = start[0] + c * step[0]
                if abs(x) > 30:
                    continue
                body = rounded(x, y, 17.0, 14.0, 0.35)
                value = values[s, r, c]
                grain = cloud(x / 1.6, y / 1.6, z / 3, lattice)
                value += (85 - value) * cover(body, soft)
                bone = max(body + waist, plate)
                value += (650 - value) * cover(bone, soft)
                value += (185 + 45 * grain - value) * cover(bone + 1.9, soft)
                canal = rounded(x, y - 21.5, 9.5, 8.0, 0.1)
                value += (-40 - value) * cover(canal - 1, soft)
                value += (28 - value) * cover(canal + 1, soft)
                values[s, r, c] = value
