"""Tubes: everything long and round, from a rib to the smallest vessel.

A bundle of tubes is first turned into one grid of distances to the nearest
surface, then painted at once: so its parts join without seams.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import PchipInterpolator

from viewer.imaging.compiled import compiled
from viewer.imaging.phantom.anatomy import Table
from viewer.imaging.phantom.shapes import FAR, cover

Near = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Tubes:
    """Straight pieces: `ends` is (n, 2, 3) x, y, z in mm; `radii` is (n, 2)."""

    ends: Table = field(repr=False)
    radii: Table = field(repr=False)

    @classmethod
    def join(cls, *bundles: Tubes) -> Tubes:
        """Return all pieces of several bundles."""
        return cls(
            np.concatenate([tubes.ends for tubes in bundles]),
            np.concatenate([tubes.radii for tubes in bundles]),
        )

    @classmethod
    def along(cls, points: ArrayLike, radii: ArrayLike, *, pieces: int = 12) -> Tubes:
        """Return a smooth tube through points (n, 3), with a radius at each."""
        places = np.asarray(points, dtype=float)
        knots = np.column_stack([places, np.broadcast_to(radii, len(places))])
        steps = np.linalg.norm(np.diff(knots[:, :3], axis=0), axis=1)
        way = np.concatenate([[0], np.cumsum(steps)])
        path = PchipInterpolator(way, knots)(np.linspace(0, way[-1], pieces + 1))
        return cls(
            np.stack([path[:-1, :3], path[1:, :3]], axis=1),
            np.stack([path[:-1, 3], path[1:, 3]], axis=1),
        )

    def wider(self, by_mm: float, factor: float = 1.0) -> Tubes:
        """Return the same tubes with another radius: times a factor, plus so many mm."""
        return Tubes(self.ends, self.radii * factor + by_mm)

    def mirrored(self) -> Tubes:
        """Return the same tubes on the other side of the patient."""
        return Tubes(self.ends * np.array([-1.0, 1.0, 1.0]), self.radii)


def distances(tubes: Tubes, start: Table, step: Table, reach_mm: float, into: Near) -> None:
    """Write the distance of every voxel of a grid to the nearest tube wall, negative inside."""
    into.fill(FAR)
    low, high = start[2] - reach_mm, start[2] + step[2] * len(into) + reach_mm
    heights, widest = tubes.ends[:, :, 2], tubes.radii.max(axis=1)
    near = (heights.max(axis=1) + widest > low) & (heights.min(axis=1) - widest < high)
    measure_tubes(tubes.ends[near], tubes.radii[near], start, step, reach_mm, into)


@compiled
def measure_tubes(
    ends: Table, radii: Table, start: Table, step: Table, reach: float, near: Near
) -> None:
    """Lower each voxel near a tube to its distance from it."""
    sizes = (near.shape[2], near.shape[1], near.shape[0])
    low, high = np.zeros(3, np.int64), np.zeros(3, np.int64)
    for n in range(ends.shape[0]):
        a, b = ends[n, 0], ends[n, 1]
        wide = max(radii[n, 0], radii[n, 1]) + reach
        empty = False
        for i in range(3):
            low[i] = max(int(np.ceil((min(a[i], b[i]) - wide - start[i]) / step[i])), 0)
            high[i] = min(
                int(np.floor((max(a[i], b[i]) + wide - start[i]) / step[i])), sizes[i] - 1
            )
            empty = empty or low[i] > high[i]
        if empty:
            continue
        dx, dy, dz = b[0] - a[0], b[1] - a[1], b[2] - a[2]
        length = dx * dx + dy * dy + dz * dz + 1e-9
        growth = radii[n, 1] - radii[n, 0]
        for s in range(low[2], high[2] + 1):
            pz = start[2] + s * step[2] - a[2]
            for r in range(low[1], high[1] + 1):
                py = start[1] + r * step[1] - a[1]
                for c in range(low[0], high[0] + 1):
                    px = start[0] + c * step[0] - a[0]
                    t = min(max((px * dx + py * dy + pz * dz) / length, 0.0), 1.0)
                    ex, ey, ez = px - t * dx, py - t * dy, pz - t * dz
                    gap = np.sqrt(ex * ex + ey * ey + ez * ez) - radii[n, 0] - t * growth
                    if gap < near[s, r, c]:
                        near[s, r, c] = gap


@compiled
def paint(values: Near, near: Near, hu: float, inset: float, soft: float) -> None:
    """Mix a value into everything that lies deeper than `inset` in the tubes."""
    flat, gaps = values.ravel(), near.ravel()
    for n in range(flat.size):
        gap = gaps[n] + inset
        if gap < soft:
            flat[n] += np.float32((hu - flat[n]) * cover(gap, soft))
