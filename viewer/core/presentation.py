"""How somebody wants pictures to be shown, and what is drawn over them (PS3.3 A.33).

Places are (column, row) in pixels of the stored picture, whole numbers being pixel
centres; what is `on_screen` is in fractions of the displayed area instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from viewer.core.graphics import Shown
from viewer.core.study import Notice
from viewer.core.window import Window

Spot: TypeAlias = tuple[float, float]
"""Column and row."""


class DrawingKind(StrEnum):
    """What a drawing is, by its points."""

    POINT = "point"
    POLYLINE = "polyline"
    INTERPOLATED = "interpolated"
    """A smooth line through its points."""
    CIRCLE = "circle"
    """The centre and a point on it."""
    ELLIPSE = "ellipse"
    """The ends of the long axis, then of the short one."""
    TEXT = "text"
    """Where words stand; what they point to, if given, comes second."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One line or one text over a picture."""

    kind: DrawingKind
    points: tuple[Spot, ...]
    words: tuple[str, ...] = ()
    filled: bool = False
    on_screen: bool = False


@dataclass(frozen=True, slots=True)
class Shutter:
    """What of a picture is shown: the inside of a shape; the rest is covered.

    `points` are two corners of a rectangle, the centre of a circle and a point on it,
    or the corners of a polygon.
    """

    shape: str
    points: tuple[Spot, ...]

    SHAPES = ("RECTANGULAR", "CIRCULAR", "POLYGONAL")

    def __post_init__(self) -> None:
        fewest = 3 if self.shape == "POLYGONAL" else 2
        if self.shape not in self.SHAPES or len(self.points) < fewest:
            raise ValueError(f"a {self.shape} shutter of {len(self.points)} points")


@dataclass(frozen=True, slots=True)
class Display:
    """How pictures are turned, toned and cut out.

    First they are turned clockwise by `quarter_turns`, then `flipped` sideways (PS3.3
    C.10.6). `area` holds the upper left and the lower right corner of what fills the view,
    None for all. `window` is in the values of the modality; None for that of the pictures.
    """

    window: Window | None = None
    inverted: bool = False
    quarter_turns: int = 0
    flipped: bool = False
    area: tuple[Spot, Spot] | None = None
    magnification: float | None = None
    """Pixels on the screen for one of the picture, where that is asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Presentation:
    """A presentation state of some stored pictures.

    `graphics_only` is one that says nothing about windows and turns.
    """

    id: str
    label: str
    pictures: tuple[Shown, ...] = field(repr=False)
    display: Display = Display()
    displays: Mapping[Shown, Display] = field(default_factory=dict, repr=False)
    """For pictures that are to be shown otherwise than the others."""
    drawings: Mapping[Shown, tuple[Drawing, ...]] = field(default_factory=dict, repr=False)
    shutters: tuple[Shutter, ...] = ()
    description: str = ""
    creator: str = ""
    made_at: str = ""
    graphics_only: bool = False
    notices: tuple[Notice, ...] = ()

    def of(self, shown: Shown) -> Display:
        """Return how a picture is to be shown."""
        return self.displays.get(shown, self.display)
