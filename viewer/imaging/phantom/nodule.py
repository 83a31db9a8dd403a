"""Nodules of known shape: what is asked for, what was made, and how it is painted."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Position
from viewer.core.segmentation import Mask
from viewer.imaging.compiled import compiled
from viewer.imaging.phantom.anatomy import Table
from viewer.imaging.phantom.shapes import cover
from viewer.imaging.phantom.tissue import lung


class Texture(StrEnum):
    """How dense a nodule is."""

    SOLID = "solid"
    PART_SOLID = "part-solid"
    GROUND_GLASS = "ground-glass"


class Seat(StrEnum):
    """What a nodule touches."""

    ISOLATED = "isolated"
    VESSEL = "juxta-vascular"
    PLEURA = "juxta-pleural"


@dataclass(frozen=True, slots=True)
class Wish:
    """A nodule that is asked for; `lobes` is how many bumps it has."""

    diameter_mm: float
    texture: Texture = Texture.SOLID
    seat: Seat = Seat.ISOLATED
    lobes: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class PhantomNodule:
    """A nodule whose truth is known.

    `position` is its centre of gravity. `volume_mm3` is that of the shape itself,
    not of its voxels; `diameter_mm` is the diameter of a ball of that volume.
    `mean_hu` is the mean over `mask` before noise. `mask` holds the voxels whose
    centres lie in the shape.
    """

    position: Position
    diameter_mm: float
    volume_mm3: float
    mean_hu: float
    texture: Texture
    seat: Seat
    mask: Mask = field(repr=False)


WISHES = (
    Wish(20, lobes=5),
    Wish(15, Texture.PART_SOLID, lobes=3),
    Wish(13, Texture.GROUND_GLASS),
    Wish(12, seat=Seat.PLEURA),
    Wish(10, seat=Seat.VESSEL, lobes=2),
    Wish(8),
    Wish(6, seat=Seat.PLEURA),
    Wish(5),
)
"""The nodules of the sample study."""


def random_wishes(random: np.random.Generator, most: int = 8) -> tuple[Wish, ...]:
    """Ask for up to so many nodules of any kind, small ones more often."""
    textures = random.choice(list(Texture), most, p=[0.72, 0.12, 0.16])
    seats = random.choice(list(Seat), most, p=[0.5, 0.25, 0.25])
    return tuple(
        Wish(
            float(random.triangular(4, 6, 24)),
            Texture(textures[n]),
            Seat(seats[n]),
            int(random.integers(0, 6)),
        )
        for n in range(int(random.integers(1, most + 1)))
    )


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A bumpy ellipsoid in mm: centre x, y, z, half axes, and bumps (direction, height)."""

    centre: Table
    axes: Table
    bumps: Table

    @classmethod
    def draw(cls, wish: Wish, random: np.random.Generator) -> Shape:
        """Make up a shape about as large as wished, its centre still at 0."""
        axes = random.uniform(0.88, 1.12, 3)
        axes *= wish.diameter_mm / 2 / np.prod(axes) ** (1 / 3)
        bumps = random.normal(size=(max(wish.lobes, 1), 4))
        bumps[:, :3] /= np.linalg.norm(bumps[:, :3], axis=1, keepdims=True)
        bumps[:, 3] = random.uniform(0.12, 0.3, len(bumps)) if wish.lobes else 0.0
        return cls(np.zeros(3), axes, bumps)

    @property
    def reach_mm(self) -> float:
        """The radius of a ball that surely holds it."""
        return float(self.axes.max() * (1 + self.bumps[:, 3].sum()) + 2)


@compiled
def shape_distance(x: float, y: float, z: float, axes: Table, bumps: Table) -> float:
    """Return the distance to a shape, from its centre."""
    radius = np.sqrt(x * x + y * y + z * z) + 1e-6
    u, v, w = x / axes[0], y / axes[1], z / axes[2]
    scaled = np.sqrt(u * u + v * v + w * w) + 1e-6
    surface = 1.0
    for n in range(bumps.shape[0]):
        ahead = (x * bumps[n, 0] + y * bumps[n, 1] + z * bumps[n, 2]) / radius
        if ahead > 0:
            surface += bumps[n, 3] * ahead**6
    return float((scaled - surface) * radius / scaled)


@compiled
def mark(
    inside: NDArray[np.bool_],
    start: Table,
    step: Table,
    lines: Table,
    organs: Table,
    domes: Table,
    size: float,
    centre: Table,
    axes: Table,
    bumps: Table,
) -> None:
    """Mark the points of a grid (mm) that lie both in a shape and in a lung."""
    for s in range(inside.shape[0]):
        z = start[2] + s * step[2]
        for r in range(inside.shape[1]):
            y = start[1] + r * step[1]
            for c in range(inside.shape[2]):
                x = start[0] + c * step[0]
                gap = shape_distance(x - centre[0], y - centre[1], z - centre[2], axes, bumps)
                if gap < 0 and lung(x / size, y / size, z / size, lines[s], organs, domes) < 0:
                    inside[s, r, c] = True


@compiled
def paint_nodule(
    values: NDArray[np.float32],
    start: Table,
    step: Table,
    lines: Table,
    organs: Table,
    domes: Table,
    size: float,
    centre: Table,
    axes: Table,
    bumps: Table,
    tones: Table,
    soft: float,
) -> None:
    """Paint a nodule into a block; `tones` are its value, its core's, and the core's share.

    Only what is less dense is replaced, so vessels show through ground glass.
    """
    for s in range(values.shape[0]):
        z = start[2] + s * step[2]
        for r in range(values.shape[1]):
            y = start[1] + r * step[1]
            for c in range(values.shape[2]):
                x = start[0] + c * step[0]
                gap = shape_distance(x - centre[0], y - centre[1], z - centre[2], axes, bumps)
                if gap > soft:
                    continue
                edge = lung(x / size, y / size, z / size, lines[s], organs, domes) * size
                value = values[s, r, c]
                share = cover(max(gap, edge - soft), soft)
                mixed = value + (tones[0] - value) * share
                core = gap + (1 - tones[2]) * axes.min()
                if tones[2] > 0:
                    mixed += (tones[1] - mixed) * cover(core, soft)
                values[s, r, c] = max(value, mixed) if tones[0] < -300 else mixed
