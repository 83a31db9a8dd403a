"""The numbers of one synthetic patient, drawn from a seed.

The patient lies on the back in LPS mm: x = 0 is the midline, y = 0 the middle
of the chest, z = 0 a little below the carina. Lungs reach from about z = -150
(the deepest recess) to z = 105 (the apex).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

Table = NDArray[np.float64]

LOW_MM, HIGH_MM = -172.0, 108.0
"""What a scan of the whole chest covers along z."""

_LEVELS = (-175.0, -100.0, -40.0, 10.0, 50.0, 75.0, 92.0, 103.0, 112.0)


class Column(IntEnum):
    """The columns of the table of outlines; one row per level."""

    BODY_WIDTH = 0
    BODY_DEPTH = 1
    BODY_Y = 2
    CAVITY_WIDTH = 3
    CAVITY_DEPTH = 4
    CAVITY_Y = 5
    MIDDLE_WIDTH = 6
    MIDDLE_DEPTH = 7
    MIDDLE_Y = 8
    SPINE_Y = 9
    MUSCLE = 10


_OUTLINES = np.array(
    [
        # half widths, half depths and centres in mm, from the belly up to the neck
        [160, 166, 170, 171, 170, 168, 160, 150, 140],
        [112, 118, 120, 117, 110, 103, 97, 91, 85],
        [6, 6, 7, 9, 12, 15, 18, 21, 25],
        [134, 136, 132, 125, 110, 90, 70, 48, 14],
        [92, 93, 90, 83, 69, 55, 41, 28, 10],
        [2, 2, 4, 8, 16, 24, 31, 36, 40],
        [30, 30, 32, 36, 33, 31, 30, 32, 36],
        [60, 60, 62, 60, 52, 46, 44, 46, 50],
        [14, 12, 8, 5, 8, 14, 20, 24, 26],
        [62, 66, 68, 68, 64, 58, 54, 50, 47],
        [10, 11, 13, 16, 21, 24, 27, 27, 24],
    ],
    dtype=np.float64,
)


@dataclass(frozen=True, slots=True, eq=False)
class Anatomy:
    """One synthetic patient: how large, how dense, where the organs are.

    `size` scales every length. `organs` are ellipsoids (centre, half axes, turn,
    tilt): heart, right atrium, spleen, stomach. `domes` are the two halves of the
    diaphragm: top (x, y, z), reach along x and y, drop at that reach.
    """

    size: float
    fat: float
    lung_hu: float
    gradient_hu: float
    vertebra_start_mm: float
    organs: Table = field(repr=False)
    domes: Table = field(repr=False)
    lattice: NDArray[np.float32] = field(repr=False)

    @classmethod
    def draw(cls, random: np.random.Generator) -> Anatomy:
        """Make up a patient."""
        near = random.normal
        organs = np.array(
            [
                [20, -24, -52, 62, 42, 43, 0.62, -0.18],
                [-16, -14, -42, 38, 36, 44, 0.0, 0.0],
                [92, 42, -142, 30, 40, 46, 0.4, 0.0],
                [52, -22, -146, 44, 36, 40, 0.3, 0.0],
            ],
            dtype=np.float64,
        )
        organs[:, :3] += near(0, 2.5, (4, 3))
        organs[:, 3:6] *= near(1, 0.04, (4, 3))
        domes = np.array([[-66, -6, -74, 68, 92, 74], [66, -2, -88, 66, 92, 66]], dtype=float)
        domes[:, 2] += near(0, 5, 2)
        return cls(
            size=float(np.clip(near(1, 0.04), 0.92, 1.08)),
            fat=float(random.uniform(-8, 9)),
            lung_hu=float(random.uniform(-875, -845)),
            gradient_hu=float(random.uniform(25, 60)),
            vertebra_start_mm=float(random.uniform(0, 24)),
            organs=organs,
            domes=domes,
            lattice=random.uniform(-1, 1, (48, 48, 48)).astype(np.float32),
        )

    def outlines(self, z_mm: Table) -> Table:
        """Return the table of outlines (level, `Column`) at heights in mm, before scaling."""
        heights = np.clip(z_mm, _LEVELS[0], _LEVELS[-1])
        table = np.asarray(PchipInterpolator(_LEVELS, _OUTLINES, axis=1)(heights)).T
        table[:, Column.BODY_WIDTH] += self.fat
        table[:, Column.BODY_DEPTH] += self.fat * 0.8
        return np.ascontiguousarray(table)
