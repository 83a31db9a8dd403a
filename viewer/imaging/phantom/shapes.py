"""Signed distances to simple shapes, in mm: negative inside, a good first guess outside.

A shape is painted with an edge as soft as the scanner's own blur, so that a
voxel on the edge holds a little of both sides.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from viewer.imaging.compiled import compiled

FAR = 99.0


@compiled
def rounded(x: float, y: float, a: float, b: float, squareness: float) -> float:
    """Return the distance to an ellipse (0) or a rounded rectangle (towards 1)."""
    u, v = x / a, y / b
    if abs(u) > 2.0 or abs(v) > 2.0:
        return FAR
    value = u * u + v * v - squareness * u * u * v * v - 1.0
    across = 2 * u * (1 - squareness * v * v) / a
    along = 2 * v * (1 - squareness * u * u) / b
    return float(value / (math.sqrt(across * across + along * along) + 0.2 / max(a, b)))


@compiled
def ellipsoid(x: float, y: float, z: float, shape: NDArray[np.float64]) -> float:
    """Return the distance to an ellipsoid: centre, half axes, turn about z, tilt to z."""
    dx, dy, dz = x - shape[0], y - shape[1], z - shape[2]
    c, s = math.cos(shape[6]), math.sin(shape[6])
    u, v = (c * dx + s * dy), (c * dy - s * dx)
    u, v, w = u / shape[3], v / shape[4], (dz + shape[7] * u) / shape[5]
    value = u * u + v * v + w * w - 1.0
    if value > 4.0:
        return FAR
    slope = (u / shape[3]) ** 2 + (v / shape[4]) ** 2 + (w / shape[5]) ** 2
    return float(value / (2 * math.sqrt(slope) + 1e-3))


@compiled
def smooth_max(a: float, b: float, radius: float) -> float:
    """Return the larger of two distances, the edge between them rounded."""
    blend = max(radius - abs(a - b), 0.0) / radius
    return max(a, b) + blend * blend * radius * 0.25


@compiled
def cover(distance: float, softness: float) -> float:
    """Return the share (0 to 1) of a voxel that lies inside a soft edge."""
    share = min(max(0.5 - distance / (2 * softness), 0.0), 1.0)
    return share * share * (3 - 2 * share)


@compiled
def cloud(x: float, y: float, z: float, lattice: NDArray[np.float32]) -> float:
    """Return smooth noise (about -1 to 1): a periodic lattice of random numbers, blended."""
    size = lattice.shape[0]
    fx, fy, fz = math.floor(x), math.floor(y), math.floor(z)
    i, j, k = int(fx) % size, int(fy) % size, int(fz) % size
    i1, j1, k1 = (i + 1) % size, (j + 1) % size, (k + 1) % size
    u, v, w = x - fx, y - fy, z - fz
    a = lattice[k, j, i] * (1 - u) + lattice[k, j, i1] * u
    b = lattice[k, j1, i] * (1 - u) + lattice[k, j1, i1] * u
    c = lattice[k1, j, i] * (1 - u) + lattice[k1, j, i1] * u
    d = lattice[k1, j1, i] * (1 - u) + lattice[k1, j1, i1] * u
    return float((a * (1 - v) + b * v) * (1 - w) + (c * (1 - v) + d * v) * w)
