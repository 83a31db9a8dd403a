"""What the left mouse button does, and which overlays are on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from viewer.core.measurement import MeasurementKind


class Tool(StrEnum):
    """What the left mouse button does in a slice view."""

    CROSSHAIR = "crosshair"
    WINDOW = "window"
    PAN = "pan"
    ZOOM = "zoom"
    SCROLL = "scroll"
    PATH = "path"
    WINDOW_REGION = "window region"
    ZOOM_REGION = "zoom region"
    MAGNIFIER = "magnifier"
    SCALPEL = "scalpel"
    TRIM = "trim"
    LENGTH = "length"
    POLYLINE = "polyline"
    ANGLE = "angle"
    COBB = "cobb"
    BIDIRECTIONAL = "bidirectional"
    ELLIPSE = "ellipse"
    RECTANGLE = "rectangle"
    POLYGON = "polygon"
    FREEHAND = "freehand"
    SPLINE = "spline"
    LIVEWIRE = "livewire"
    SPHERE = "sphere"
    BOX = "box"
    ARROW = "arrow"
    TEXT = "text"
    PROBE = "probe"
    CALIBRATION = "calibration"
    PAINT = "paint"
    ERASE = "erase"
    FILL_LASSO = "fill lasso"
    FILL_POLYGON = "fill polygon"
    FILL_LIVEWIRE = "fill livewire"
    SCISSORS = "scissors"
    GROW = "grow"
    LEVEL = "level"
    ISLAND = "island"
    CLICK = "one-click lesion"

    @property
    def draws(self) -> bool:
        """Tell whether it draws a measurement, whose kind then has the same word."""
        return self.value in _DRAWN

    @property
    def brushes(self) -> bool:
        """Tell whether it works with a brush."""
        return self in (Tool.PAINT, Tool.ERASE)

    @property
    def segments(self) -> bool:
        """Tell whether it changes a segment."""
        return self in _SEGMENTING


_SEGMENTING = frozenset(
    (Tool.PAINT, Tool.ERASE, Tool.FILL_LASSO, Tool.FILL_POLYGON, Tool.FILL_LIVEWIRE)
) | {Tool.SCISSORS, Tool.GROW, Tool.LEVEL, Tool.ISLAND}
_DRAWN = frozenset(kind.value for kind in MeasurementKind)


@dataclass(frozen=True, slots=True)
class Shown:
    """Which of the overlays are on."""

    segments: bool = True
    filled: bool = False
    findings: bool = True
    crosshair: bool = True
    texts: bool = True
    measurements: bool = True
    graphics: bool = True
    shutters: bool = True
    colour_bar: bool = True
    slice_bar: bool = True
    magnifier: bool = False
    reference_lines: bool = True
    reference_ends: bool = False
