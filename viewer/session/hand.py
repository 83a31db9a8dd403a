"""The hand on a view: where it points, what it may change, which verbs it may say. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeAlias

from viewer.core.finding import Finding
from viewer.core.geometry import Position
from viewer.core.measurement import Anchor, Measurement
from viewer.core.segmentation import Segmentation
from viewer.session.crop_box import Face
from viewer.session.hold import Hold
from viewer.session.look import Look
from viewer.session.segmenting import Target
from viewer.session.session import Session
from viewer.session.space_look import Cut
from viewer.session.tools import Tool
from viewer.session.whereabouts import companions

Points: TypeAlias = tuple[Position, ...]


class Button(StrEnum):
    """Which button of the mouse."""

    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the mouse is on a view, and what is held down.

    `x` and `y` are pixels from the edges at the upper left, `size` is that of
    the view in the same pixels. `position` is the point of the patient below it,
    None where that is unknown. `corner` is given over a corner of a finding's
    box: the one that would stay when this one is dragged.

    For what is drawn and measured, `spot` is the place in the coordinates of `anchor`, with
    the unit directions `right` and `down` of the screen; `measurement_id` and `handle` name
    what is taken there, `words_at` where its words stand if it is they. `double` marks a
    second click, `finish` that the figure is to end, `snapped` that the spot was drawn to an
    edge.
    `spot_per_pixel` is how far apart spots are that lie one pixel of the view apart.
    `hold` is the handle on the line of another plane that is taken, `face` that of the crop box.
    """

    x: float
    y: float
    size: tuple[int, int] = (1, 1)
    mm_per_pixel: float = 1.0
    position: Position | None = None
    finding_id: str = ""
    corner: Position | None = None
    pressed: bool = True
    ctrl: bool = False
    shift: bool = False
    spot: Position | None = None
    anchor: Anchor | None = None
    right: Position = (1.0, 0.0, 0.0)
    down: Position = (0.0, 1.0, 0.0)
    measurement_id: str = ""
    handle: int | None = None
    double: bool = False
    finish: bool = False
    words_at: Position | None = None
    snapped: bool = False
    spot_per_pixel: float = 1.0
    hold: Hold | None = None
    face: Face | None = None
    alt: bool = False

    @property
    def from_centre_mm(self) -> tuple[float, float]:
        """How far right of and below the middle of the view it is, in mm of the picture."""
        width, height = self.size
        return (
            (self.x - width / 2) * self.mm_per_pixel,
            (self.y - height / 2) * self.mm_per_pixel,
        )


@dataclass(frozen=True, slots=True)
class Extent:
    """A box that is being dragged: two opposite corners in the patient."""

    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class Lasso:
    """A line that is being drawn on a 3D picture: (x, y) in pixels of the view."""

    points: tuple[tuple[float, float], ...]


Gesture: TypeAlias = Generator[Extent | Lasso | Measurement | None, Pointer, None]


class Verbs(Protocol):
    """The commands that a gesture may say."""

    def scroll(self, cell: int, count: int) -> None:
        """Move a view by some slices."""

    def fit_window(self, cell: int, region: Measurement) -> None:
        """Give a view the window that fits the values of a region."""

    def resize(self, finding: Finding) -> None:
        """Put a finding with another extent in place of its older self."""

    def measured(self, measurement: Measurement) -> Measurement:
        """Return a figure that is being drawn with the numbers that are quickly known."""

    def snap(self, pointer: Pointer) -> Pointer:
        """Return the pointer with its spot on an end or an edge nearby, if that is wished."""

    def trace(self, figure: Measurement, pointer: Pointer, start: Position) -> Points:
        """Return the points along the edges from a start to the pointer's spot, both included."""

    def click_lesion(self, cell: int, position: Position, *, cut: bool) -> None:
        """Add a click of the one-click tool, or cut there."""

    def draw(self, measurement: Measurement) -> None:
        """Keep a new figure, measured."""

    def redraw(self, measurement: Measurement) -> None:
        """Put a changed figure in place of its older self, measured anew."""

    def segment_to_paint(self, cell: int) -> Target | None:
        """Return the segment that strokes on a view go to; say why there is none."""

    def keep_segments(self, title: str, segmentation: Segmentation) -> None:
        """Put a changed group of segments in place of its older self, as one step."""

    def scissors(self, cell: int, cut: Cut) -> None:
        """Take away what of the segment lies behind a line on a 3D picture, or beside it."""

    def segment_from(self, cell: int, tool: Tool, pointer: Pointer) -> None:
        """Let a tool make or change the segment from the place of a click."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose hand it is: the session it changes, the view it is over, the verbs it knows."""

    session: Session
    cell: int
    verbs: Verbs
    keeps: Callable[[Measurement], None] | None = None
    """What becomes of a drawn figure that is not to be kept as a measurement."""

    def keep(self, measurement: Measurement) -> None:
        """Keep a figure that was drawn."""
        (self.keeps or self.verbs.draw)(measurement)

    @property
    def look(self) -> Look:
        """How the view looks now."""
        return self.session.hanging.value.cells[self.cell]

    def change(
        self, change: Callable[[Look], Look], *, linked: bool = False, values: bool = False
    ) -> None:
        """Change the look of this view, or of all views of the same series or group."""
        hanging = self.session.hanging.value
        if not linked:
            self.session.hanging.set(hanging.changed(self.cell, change))
            return
        for cell in companions(self.session, self.cell, values=values):
            hanging = hanging.changed(cell, change)
        self.session.hanging.set(hanging)


def while_same_space(hand: Hand, gesture: Gesture) -> Gesture:
    """Go on with a gesture for as long as the same patient space is below it, then give it up."""
    here = is_over(hand)
    try:
        shown = next(gesture)
        while True:
            pointer = yield shown
            if not here():
                return
            shown = gesture.send(pointer)
    except StopIteration:
        return
    finally:
        gesture.close()


def is_over(hand: Hand) -> Callable[[], bool]:
    """Return what tells whether a view still shows the same image, or one of the same space."""
    before = hand.session.image_in(hand.cell)

    def same() -> bool:
        now = hand.session.image_in(hand.cell)
        if before is None or now is None:
            return before is now
        space = before.frame_of_reference_uid
        return now.key == before.key or (bool(space) and now.frame_of_reference_uid == space)

    return same
