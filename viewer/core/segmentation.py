"""Which voxels belong to what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.core.author import Author
from viewer.core.code import ANATOMICAL_STRUCTURE, Code
from viewer.core.geometry import Geometry
from viewer.core.label_map import LabelMap, Labels

Colour: TypeAlias = tuple[int, int, int]
_COLOURS: tuple[Colour, ...] = (
    (230, 159, 0), (86, 180, 233), (0, 158, 115), (240, 228, 66), (0, 114, 178), (213, 94, 0),
    (204, 121, 167), (148, 103, 189), (140, 200, 100), (255, 152, 150), (23, 190, 207),
    (199, 178, 153),
)  # fmt: skip
"""Given in turn to new segments; told apart by eyes that see some colours alike, too (Okabe and
Ito 2008, and more)."""


def colour_in_turn(label: int) -> Colour:
    """Return the colour that a new segment of this label has."""
    return _COLOURS[(label - 1) % len(_COLOURS)]


@dataclass(frozen=True, slots=True, eq=False)
class Mask:
    """A small block of yes and no on its own grid: one lesion, cut out."""

    voxels: NDArray[np.bool_] = field(repr=False)
    geometry: Geometry

    def __post_init__(self) -> None:
        if self.voxels.dtype != np.bool_ or self.voxels.shape != self.geometry.shape:
            raise ValueError("a mask is a block of booleans as large as its grid")
        view = self.voxels.view()
        view.setflags(write=False)
        object.__setattr__(self, "voxels", view)

    @property
    def volume_mm3(self) -> float:
        """The volume of the voxels that are in."""
        return float(np.count_nonzero(self.voxels)) * self.geometry.voxel_volume_mm3


@dataclass(frozen=True, slots=True)
class Segment:
    """One named structure; `label` is its value in the label map (1 to 65535)."""

    label: int
    name: str
    type: Code
    category: Code = ANATOMICAL_STRUCTURE
    colour: Colour = (230, 180, 80)

    def __post_init__(self) -> None:
        if not 1 <= self.label <= 65535:
            raise ValueError("a segment's label is between 1 and 65535")


@dataclass(frozen=True, slots=True, eq=False)
class Segmentation:
    """A label map on a grid: 0 is outside, other values are those of `segments`.

    `id` is stable through edits (a UID). `label_map` may be given as an array (slice, row,
    column) of unsigned numbers. `series_key` is the series it was drawn on.
    """

    id: str
    title: str
    label_map: LabelMap = field(repr=False)
    geometry: Geometry
    segments: tuple[Segment, ...]
    author: Author
    series_key: str
    status: str = "proposed"

    def __post_init__(self) -> None:
        given: object = self.label_map
        if isinstance(given, np.ndarray):
            object.__setattr__(self, "label_map", LabelMap.of(given))
        if self.label_map.shape != self.geometry.shape:
            raise ValueError(f"{self.label_map.shape} labels on a grid of {self.geometry.shape}")
        if len({segment.label for segment in self.segments}) != len(self.segments):
            raise ValueError("two segments share a label")

    @property
    def labels(self) -> Labels:
        """All labels (slice, row, column), read-only.

        After a change by hand this is a copy of everything: not for the window's thread.
        """
        return self.label_map.whole()

    def segment(self, label: int) -> Segment | None:
        """Return the segment of a label, if there is one."""
        return next((one for one in self.segments if one.label == label), None)

    def volumes_mm3(self) -> dict[int, float]:
        """Return the volume of every segment by its label."""
        counts, voxel = self.label_map.counts(), self.geometry.voxel_volume_mm3
        return {segment.label: float(counts[segment.label]) * voxel for segment in self.segments}
