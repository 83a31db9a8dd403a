"""Where a picture lies in a volume: a slice of its grid, or a plane that goes through the grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from viewer.core.geometry import Position


@dataclass(frozen=True, slots=True)
class Slice:
    """One slice of a grid along an axis: 0 for stored slices, 1 for rows, 2 for columns."""

    axis: int
    index: int


@dataclass(frozen=True, slots=True)
class Crossing:
    """A plane or slab through a patient: the positions p (LPS mm) with p . normal = along_mm."""

    normal: Position
    along_mm: float
    thickness_mm: float = 0.0


Where: TypeAlias = Slice | Crossing
