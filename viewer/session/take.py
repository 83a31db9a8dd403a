"""Everything that a 3D picture or movie needs, put aside so that a job can draw it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from viewer.core.finding import Finding
from viewer.core.geometry import Position
from viewer.core.segmentation import Segmentation
from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.session.camera import Camera
from viewer.session.space_look import SpaceLook

MOST_FRAMES = 2000
SIZES = (64, 4096)
"""The least and the most pixels along a side of a picture."""


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """A volume, how it is looked at, and one camera for each picture of `size` (width, height)."""

    volume: Volume = field(repr=False)
    look: SpaceLook
    window: Window
    cameras: tuple[Camera, ...]
    size: tuple[int, int]
    place: Position = (0.0, 0.0, 0.0)
    segmentations: tuple[Segmentation, ...] = ()
    hidden: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    selected: str = ""
    sides_known: bool = True
    marks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= len(self.cameras) <= MOST_FRAMES:
            raise ValueError(f"{len(self.cameras)} pictures; it takes 1 to {MOST_FRAMES}")
        if any(not SIZES[0] <= side <= SIZES[1] for side in self.size):
            raise ValueError(f"a picture of {self.size[0]} x {self.size[1]} pixels")


def turntable(camera: Camera, count: int) -> tuple[Camera, ...]:
    """Return cameras once round the patient, beginning where one stands."""
    return tuple(camera.turned(float(angle), 0.0) for angle in np.arange(count) * 360 / count)
