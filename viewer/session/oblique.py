"""Planes that were turned out of the standard ones, for each patient space.

A turned plane is right and down of its screen, in LPS; it goes through the place that all
views go through. What was never turned stands along the axes of the patient.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from viewer.core.geometry import Array, Position, cross, position_of
from viewer.session.look import Viewing

_SAME = 1e-6


@dataclass(frozen=True, slots=True)
class Axes:
    """Unit directions to screen right and screen down of a plane, at right angles."""

    right: Position
    down: Position

    @classmethod
    def along(cls, right: ArrayLike, down: ArrayLike) -> Axes:
        """Return axes with rounding errors taken out, so that many turns do not add them up."""
        across = np.asarray(right, dtype=float)
        across = across / np.linalg.norm(across)
        along = np.asarray(down, dtype=float)
        along = along - (along @ across) * across
        return cls(position_of(across), position_of(along / np.linalg.norm(along)))

    @property
    def normal(self) -> Position:
        """The unit direction right x down, along which slices are counted."""
        return cross(self.right, self.down)

    def turned(self, turn: Array) -> Axes:
        """Return these axes turned by a rotation (3, 3)."""
        return Axes.along(turn @ np.asarray(self.right), turn @ np.asarray(self.down))

    def is_near(self, other: Axes) -> bool:
        """Tell whether two planes lie and stand alike, but for rounding."""
        ends = np.subtract((self.right, self.down), (other.right, other.down))
        return bool(np.abs(ends).max() < _SAME)


STANDARD: dict[Viewing, Axes] = {
    Viewing.AXIAL: Axes((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
    Viewing.CORONAL: Axes((1.0, 0.0, 0.0), (0.0, 0.0, -1.0)),
    Viewing.SAGITTAL: Axes((0.0, 1.0, 0.0), (0.0, 0.0, -1.0)),
}
"""The standard views, in the radiological convention."""


def rotation(about: ArrayLike, angle: float) -> Array:
    """Return the rotation (3, 3) about a unit direction, by radians, right-handed (Rodrigues)."""
    x, y, z = np.asarray(about, dtype=float)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.asarray(np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross)


@dataclass(frozen=True, slots=True)
class Planes:
    """All planes that are turned, by frame of reference and standard view.

    `together`: the planes stay at right angles, since turning one turns the others with it.
    """

    turned: tuple[tuple[str, Viewing, Axes], ...] = ()
    together: bool = True

    def of(self, space: str, viewing: Viewing) -> Axes | None:
        """Return the axes of a standard view in a patient space, None where it is no such view."""
        if viewing not in STANDARD:
            return None
        found = (axes for uid, kind, axes in self.turned if uid == space and kind is viewing)
        return next(found, STANDARD[viewing])

    def is_turned(self, space: str, viewing: Viewing | None = None) -> bool:
        """Tell whether a view, or any, stands otherwise than along the axes of the patient."""
        return any(
            uid == space and (viewing is None or kind is viewing) for uid, kind, _ in self.turned
        )

    def with_turn(self, space: str, viewings: Iterable[Viewing], turn: Array) -> Planes:
        """Return these planes with some of a patient space turned by a rotation (3, 3)."""
        new = {}
        for viewing in viewings:
            axes = self.of(space, viewing)
            if axes is not None:
                new[viewing] = axes.turned(turn)
        left = [one for one in self.turned if one[0] != space or one[1] not in new]
        moved = [
            (space, viewing, axes)
            for viewing, axes in new.items()
            if not axes.is_near(STANDARD[viewing])
        ]
        return replace(self, turned=(*left, *moved))

    def straightened(self, space: str) -> Planes:
        """Return these planes with those of a patient space along its axes again."""
        return replace(self, turned=tuple(one for one in self.turned if one[0] != space))


STRAIGHT = Planes()
