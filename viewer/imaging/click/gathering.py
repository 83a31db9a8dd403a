"""The sums behind the features: one pass over the voxels of a family and over their faces."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.imaging.compiled import compiled

VOXEL_SUMS = 12
"""Number, value, value squared, place (3), products of places (xx, xy, xz, yy, yz, zz)."""
FACE_SUMS = 7
"""Area, step, size of step, area of weak steps, value outside; area and step three voxels apart."""


@compiled
def gathered(
    numbers: NDArray[np.uint8],
    values: NDArray[np.float32],
    click: NDArray[np.int64],
    spacing: NDArray[np.float64],
    noise: float,
    members: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return running sums (members, kinds) over the voxels, and over the faces, of all members."""
    voxels = np.zeros((members + 1, 12))
    faces = np.zeros((members + 2, 7))
    nz, ny, nx = numbers.shape
    volume = spacing[0] * spacing[1] * spacing[2]
    for z in range(nz):
        away_z = (z - click[0]) * spacing[0]
        for y in range(ny):
            away_y = (y - click[1]) * spacing[1]
            for x in range(nx):
                own = numbers[z, y, x]
                value = np.float64(values[z, y, x])
                if own < members:
                    away_x = (x - click[2]) * spacing[2]
                    row = voxels[own]
                    row[0] += 1.0
                    row[1] += value
                    row[2] += value * value
                    row[3] += away_z
                    row[4] += away_y
                    row[5] += away_x
                    row[6] += away_z * away_z
                    row[7] += away_z * away_y
                    row[8] += away_z * away_x
                    row[9] += away_y * away_y
                    row[10] += away_y * away_x
                    row[11] += away_x * away_x
                for way in range(6):
                    apart = 1 if way < 3 else 3
                    axis = way % 3
                    z2 = z + (apart if axis == 0 else 0)
                    y2 = y + (apart if axis == 1 else 0)
                    x2 = x + (apart if axis == 2 else 0)
                    if z2 >= nz or y2 >= ny or x2 >= nx:
                        continue
                    other = numbers[z2, y2, x2]
                    if other == own:
                        continue
                    area = volume / spacing[axis]
                    there = np.float64(values[z2, y2, x2])
                    if own < other:
                        enters, leaves, step, outside = own, other, value - there, there
                    else:
                        enters, leaves, step, outside = other, own, there - value, value
                    if way < 3:
                        size = abs(step)
                        weak = area if size < noise / 2 else 0.0
                        faces[enters, 0] += area
                        faces[leaves, 0] -= area
                        faces[enters, 1] += step * area
                        faces[leaves, 1] -= step * area
                        faces[enters, 2] += size * area
                        faces[leaves, 2] -= size * area
                        faces[enters, 3] += weak
                        faces[leaves, 3] -= weak
                        faces[enters, 4] += outside * area
                        faces[leaves, 4] -= outside * area
                    else:
                        faces[enters, 5] += area
                        faces[leaves, 5] -= area
                        faces[enters, 6] += step * area
                        faces[leaves, 6] -= step * area
    for member in range(1, members + 1):
        voxels[member] += voxels[member - 1]
        faces[member] += faces[member - 1]
    return voxels[:members], faces[:members]
