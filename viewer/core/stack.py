"""Pictures that form no regular grid: X-ray, ultrasound, scouts, uneven series."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.core.plane import Plane
from viewer.core.volume import Origin
from viewer.core.window import Window


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture: (row, column) or (row, column, 3) 8-bit colour.

    Without a plane its place in the patient is unknown: no letters, no
    crosshair. `spacing_mm` (row, column) is None where lengths are unknown:
    then distances are pixels, never mm.
    """

    pixels: NDArray[np.generic] = field(repr=False)
    plane: Plane | None
    spacing_mm: tuple[float, float] | None
    origin: Origin
    slope: float = 1.0
    intercept: float = 0.0
    damage: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Frames in reading order, each with its own plane or none.

    `reason` says in one sentence why this is no volume; empty where nobody
    would expect one (a radiograph, an ultrasound clip).
    """

    frames: tuple[Frame, ...]
    unit: str
    modality: str
    series_key: str
    reason: str = ""
    frame_of_reference_uid: str = ""
    windows: tuple[tuple[str, Window], ...] = ()
    inverted: bool = False
    synthetic: bool = False

    def __post_init__(self) -> None:
        if not self.frames:
            raise ValueError("a stack has at least one frame")
