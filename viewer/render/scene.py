"""All that is on one slice view, once and for all decided.

Screen places are (x, y) in device pixels from the upper left corner, where a
whole number is the centre of a pixel. The `plane` of a scene is the screen
itself, lying in the patient: its columns are x, its rows are y.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry, Position, position_of
from viewer.core.label_map import LabelMap
from viewer.core.measurement import MeasurementKind
from viewer.core.plane import Plane
from viewer.core.segmentation import Colour
from viewer.core.window import Window
from viewer.imaging.colour_maps import ColourMap
from viewer.imaging.fuse import Mix
from viewer.session.hold import Hold
from viewer.session.look import Slab
from viewer.session.magnification import Magnification

Point: TypeAlias = tuple[float, float]
"""x and y on the screen, in device pixels."""


class Corner(StrEnum):
    """Where a text stands."""

    TOP_LEFT = "top left"
    TOP_RIGHT = "top right"
    BOTTOM_LEFT = "bottom left"
    BOTTOM_RIGHT = "bottom right"


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What is cut out of which voxels, and how its values become grey.

    `voxels` is (slice, row, column), or (1, row, column, 3) for colour, lying
    on `geometry`. `window` and `padding` are in stored values. `revision` is another number
    whenever a loader has written into the voxels.
    """

    voxels: NDArray[np.generic]
    geometry: Geometry
    window: Window
    inverted: bool
    smooth: bool
    slab_mm: float = 0.0
    slab: Slab = Slab.MAXIMUM
    revision: int = 0
    padding: tuple[float, float] | None = None
    """Least and greatest value that stand for nothing and are black whatever the window."""
    colour_map: ColourMap = ColourMap.GREY
    stride: int = 1
    """Of a slanted slab, each so-manieth plane is sampled: more than one in a hurry."""


@dataclass(frozen=True, slots=True, eq=False)
class Fused:
    """Another picture, laid over the first in its own colours; `opacity` is 0 to 1.

    Its stored values times `slope` plus `intercept` are in `unit`; `name` says what it is.
    """

    picture: Picture
    opacity: float
    mix: Mix
    name: str = ""
    slope: float = 1.0
    intercept: float = 0.0
    unit: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Veil:
    """A map of scores over the picture, 0 to 255; `colours` is (256, 4) RGBA.

    Its stored values times `slope` plus `intercept` are in `unit`; `name` says what it shows.
    """

    picture: Picture
    colours: NDArray[np.uint8]
    name: str
    slope: float = 1.0
    intercept: float = 0.0
    unit: str = "1"


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Labels laid over the picture. `colours` is (labels + 1, 4) RGBA, 0 to 255.

    `sure_by` is the map of scores that tells how sure their borders are.
    """

    labels: LabelMap
    geometry: Geometry
    colours: NDArray[np.uint8]
    outlined: bool = True
    sure_by: Picture | None = None


class Trace(StrEnum):
    """How a frame is drawn: its status is told without colour too."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"


@dataclass(frozen=True, slots=True)
class Box:
    """A frame round a finding, with its caption. `finding_id` makes it clickable."""

    low: Point
    high: Point
    colour: Colour
    caption: str
    finding_id: str
    selected: bool = False
    trace: Trace = Trace.SOLID


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A closed or open line on the screen; `points` is (n, 2) x, y."""

    points: NDArray[np.float64]
    colour: Colour
    finding_id: str = ""
    selected: bool = False
    closed: bool = True
    trace: Trace = Trace.SOLID


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line: the crosshair, a cut of another view."""

    start: Point
    end: Point
    colour: Colour
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Grip:
    """A handle on the line of another plane: what it takes hold of, and where."""

    at: Point
    hold: Hold
    colour: Colour


@dataclass(frozen=True, slots=True, eq=False)
class Stroke:
    """A line of a figure on the screen; `points` is (n, 2) x, y."""

    points: NDArray[np.float64]
    closed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Annotation:
    """A measurement on the screen: its lines, where it can be taken, and its words.

    `handles` are in the order of `session.shaping.handles`; one that is not in this slice
    lies far off the screen. `number` is its row in the list, 0 while it is drawn. What is
    `faint` was drawn on another moment. `words_at` is where a reader put its caption.
    """

    measurement_id: str
    kind: MeasurementKind
    strokes: tuple[Stroke, ...]
    handles: tuple[Point, ...]
    caption: tuple[str, ...]
    colour: Colour
    chosen: bool = False
    number: int = 0
    faint: bool = False
    words_at: Point | None = None


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A length in the patient as long as it is on the screen."""

    length_mm: float
    length_px: float
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class ColourBar:
    """Which colour stands for which value: `colours` is (n, 3), the lowest value first."""

    colours: NDArray[np.uint8]
    ticks: tuple[str, ...]
    unit: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """Something that must be known of a picture: a word, and what it means."""

    word: str
    meaning: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Letters:
    """The sides of the patient at the edges of the picture; empty where unknown."""

    left: str = ""
    right: str = ""
    top: str = ""
    bottom: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """All that is on one slice view.

    `plane` has as many rows and columns as `size` = (width, height) says. For
    images without a known place in the patient `in_patient` is False: the
    plane then only serves to place pixels, and nothing may be said in LPS.
    `empty` says in one sentence why there is no picture.
    """

    size: tuple[int, int]
    plane: Plane | None = None
    in_patient: bool = False
    calibrated: bool = False
    picture: Picture | None = None
    before: Picture | None = None
    """What is shown instead of the picture from the left edge to the divider."""
    divider: float = 0.0
    """Where `before` ends, as a share of the width."""
    fused: Fused | None = None
    veil: Veil | None = None
    layers: tuple[Layer, ...] = ()
    boxes: tuple[Box, ...] = ()
    outlines: tuple[Outline, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    lines: tuple[Line, ...] = ()
    grips: tuple[Grip, ...] = ()
    tint: Colour | None = None
    """The colour of the lines in which other views are cut by this one."""
    company: str = ""
    """With whom the view moves, where that is not with all: "A", "alone", "linked"."""
    texts: tuple[tuple[Corner, tuple[str, ...]], ...] = ()
    letters: Letters = Letters()
    scale_bar: ScaleBar | None = None
    colour_bar: ColourBar | None = None
    map_bar: ColourBar | None = None
    """The colours of the map of scores, beside the bar of the picture."""
    magnification: Magnification | None = None
    marks: tuple[str, ...] = ()
    """Warnings that must be seen: SYNTHETIC, loading, interpolated, damaged."""
    badges: tuple[Badge, ...] = ()
    """The same warnings in words of one kind, and how the picture was made, for one line."""
    drawings: tuple[Annotation, ...] = ()
    """What presentation states draw over the picture; nobody can take hold of it."""
    shutters: tuple[NDArray[np.float64], ...] = ()
    """Outlines (n, 2) outside of which the picture is covered."""
    empty: str = ""

    def to_patient(self, point: Point) -> Position:
        """Return what lies under a screen point: LPS mm where `in_patient`.

        Raises:
            ValueError: if there is no picture.
        """
        if self.plane is None:
            raise ValueError("an empty view shows no place")
        return position_of(self.plane.to_patient((point[1], point[0])))

    def to_screen(self, position: Position) -> Point:
        """Return the screen point over which a position stands.

        Raises:
            ValueError: if there is no picture.
        """
        if self.plane is None:
            raise ValueError("an empty view shows no place")
        row, column = self.plane.to_pixel(position)
        return float(column), float(row)
