"""Voxels on a regular grid, with what they mean and where they came from."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry, Position
from viewer.core.recipe import Recipe
from viewer.core.units import Ways
from viewer.core.window import Window


@dataclass(frozen=True, slots=True)
class Origin:
    """The stored image that one slice was read from; empty UIDs outside DICOM."""

    sop_instance_uid: str
    sop_class_uid: str
    frame: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Volume:
    """A regular grid of values. Never silently regularised.

    `voxels` is (slice, row, column) and read-only here; while a series is
    being loaded its loader still writes into the same memory, and `Fidelity`
    tells which slices are original. Real-world value = voxel * slope +
    intercept, in `unit` (UCUM; "[hnsf'U]" is shown as HU, "1" has no unit).
    """

    voxels: NDArray[np.generic] = field(repr=False)
    geometry: Geometry
    unit: str
    modality: str
    series_key: str
    slope: float = 1.0
    intercept: float = 0.0
    origins: tuple[Origin, ...] = field(default=(), repr=False)
    provenance: tuple[str, ...] = ()
    windows: tuple[tuple[str, Window], ...] = ()
    inverted: bool = False
    synthetic: bool = False
    ways: Ways = field(default=Ways(), repr=False)
    padding: tuple[float, float] | None = None
    """Least and greatest stored value that stand for nothing (PS3.3 C.7.5.1.1.2)."""
    recipes: tuple[Recipe, ...] = field(default=(), repr=False)
    """Recipes of filters that its values went through, the first one first."""

    def __post_init__(self) -> None:
        if self.voxels.shape != self.geometry.shape:
            raise ValueError(f"{self.voxels.shape} voxels on a grid of {self.geometry.shape}")
        if self.origins and len(self.origins) != self.geometry.shape[0]:
            raise ValueError("every slice has one origin")
        view = self.voxels.view()
        view.setflags(write=False)
        object.__setattr__(self, "voxels", view)

    def values(self) -> NDArray[np.float32]:
        """Return all real-world values, as a new array of the same shape."""
        values = self.voxels.astype(np.float32)
        if (self.slope, self.intercept) != (1.0, 0.0):
            values *= np.float32(self.slope)
            values += np.float32(self.intercept)
        return np.asarray(values)

    def value_at(self, position: Position) -> float | None:
        """Return the real-world value of the voxel at a position, if inside and no padding."""
        if not self.geometry.contains(position):
            return None
        voxel = self.voxels[self.geometry.nearest(position)]
        if self.padding is not None and self.padding[0] <= voxel <= self.padding[1]:
            return None
        return float(voxel) * self.slope + self.intercept

    def stored(self, window: Window) -> Window:
        """Return a window on real-world values as one on stored voxels."""
        if self.slope <= 0:
            raise ValueError("a window needs a growing scale")
        return window.scaled(1 / self.slope, -self.intercept / self.slope)


def blanked(
    stored: NDArray[np.generic], padding: tuple[float, float] | None
) -> NDArray[np.float32]:
    """Return stored values as numbers, those that stand for nothing as NaN."""
    values = stored.astype(np.float32)
    nothing = padded(stored, padding)
    if nothing is not None:
        values[nothing] = np.nan
    return values


def padded(
    stored: NDArray[np.generic], padding: tuple[float, float] | None
) -> NDArray[np.bool_] | None:
    """Tell which stored values stand for nothing; None if none can."""
    if padding is None:
        return None
    return np.asarray((stored >= padding[0]) & (stored <= padding[1]))  # type: ignore[operator]


@dataclass(frozen=True, slots=True, eq=False)
class Fidelity:
    """How true each slice on screen is: 0 empty, 1 a neighbour's copy, 2 original."""

    quality: NDArray[np.uint8]

    EMPTY = 0
    NEIGHBOUR = 1
    ORIGINAL = 2
    DAMAGED = 3
    INVENTED = 4
    """Between slices that are too far apart: interpolated, where none was taken."""

    @property
    def complete(self) -> bool:
        """Tell whether every slice is its own."""
        return bool((self.quality == self.ORIGINAL).all())

    @property
    def waiting(self) -> bool:
        """Tell whether slices are still empty or a neighbour's copy; damaged ones stay so."""
        return bool((self.quality < self.ORIGINAL).any())
