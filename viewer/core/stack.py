"""Pictures that form no regular grid: X-ray, ultrasound, scouts, uneven series."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.core.plane import Plane
from viewer.core.scale import UNKNOWN, Scale, in_patient
from viewer.core.units import Ways
from viewer.core.volume import Origin
from viewer.core.window import Window


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture: (row, column) or (row, column, 3) 8-bit colour.

    Without a plane its place in the patient is unknown: no letters, no
    crosshair. `spacing_mm` (row, column) is in the patient, and None where lengths
    in the patient are unknown. `scale` tells what pixels measure then, which is never
    plain mm.
    """

    pixels: NDArray[np.generic] = field(repr=False)
    plane: Plane | None
    spacing_mm: tuple[float, float] | None
    origin: Origin
    slope: float = 1.0
    intercept: float = 0.0
    damage: str = ""
    scale: Scale = UNKNOWN
    windows: tuple[tuple[str, Window], ...] = ()
    inverted: bool = False
    padding: tuple[float, float] | None = None
    """Least and greatest stored value that stand for nothing (PS3.3 C.7.5.1.1.2)."""

    def __post_init__(self) -> None:
        if self.spacing_mm is not None and not self.scale.known:
            object.__setattr__(self, "scale", in_patient(self.spacing_mm))
        if self.plane is not None and not self.scale.in_patient:
            object.__setattr__(self, "scale", in_patient(self.plane.spacing_mm))


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Frames in reading order, each with its own plane or none.

    `reason` says in one sentence why this is no volume; empty where nobody
    would expect one (a radiograph, an ultrasound clip). `windows` are for frames
    that have none of their own.
    """

    frames: tuple[Frame, ...]
    unit: str
    modality: str
    series_key: str
    reason: str = ""
    frame_of_reference_uid: str = ""
    windows: tuple[tuple[str, Window], ...] = ()
    synthetic: bool = False
    ways: Ways = field(default=Ways(), repr=False)

    def __post_init__(self) -> None:
        if not self.frames:
            raise ValueError("a stack has at least one frame")
