"""How one view looks at its image, and how views are arranged.

None of this is undone by undo, and none of it changes an image.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from viewer.core.window import Window
from viewer.imaging.colour_maps import ColourMap
from viewer.session.camera import Camera
from viewer.session.curved_look import CurvedLook
from viewer.session.edge import Edge
from viewer.session.fusion_look import Fusion
from viewer.session.space_look import SpaceLook

__all__ = [
    "PRESETS",
    "SECOND",
    "Camera",
    "Hanging",
    "Layout",
    "Links",
    "Look",
    "Slab",
    "SpaceLook",
    "Viewing",
]

_FRONT, _PLAIN = Camera(), SpaceLook()
_ALONG = CurvedLook()
MOST_ROWS, MOST_COLUMNS = 4, 6
"""The largest grid of views."""


class Viewing(StrEnum):
    """From where an image is looked at."""

    AXIAL = "axial"
    CORONAL = "coronal"
    SAGITTAL = "sagittal"
    ACQUISITION = "acquisition"
    """As the scanner stored it: the slices of a volume, the frames of a stack."""
    SPACE = "3d"
    CURVED = "curved"
    """Straightened along a path."""
    ACROSS = "across"
    """At right angles to a path."""


class Slab(StrEnum):
    """How the thickness of a slab becomes one value."""

    MAXIMUM = "MIP"
    MINIMUM = "MinIP"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Look:
    """How one view looks at one image.

    `window` None means the image's own. `zoom` 1 fits the image into the view.
    `pan_mm` moves the picture (to the right, down) on the screen. `quarter_turns`
    are clockwise, applied after the flips. `frame` counts stacks' frames from 0.
    """

    series_key: str = ""
    viewing: Viewing = Viewing.AXIAL
    window: Window | None = None
    inverted: bool = False
    zoom: float = 1.0
    pan_mm: tuple[float, float] = (0.0, 0.0)
    quarter_turns: int = 0
    flipped_sideways: bool = False
    flipped_upside_down: bool = False
    slab_mm: float = 0.0
    slab: Slab = Slab.MAXIMUM
    frame: int = 0
    smooth: bool = True
    colour_map: ColourMap = ColourMap.GREY
    camera: Camera = _FRONT
    space: SpaceLook = _PLAIN
    curved: CurvedLook = _ALONG
    fusion: Fusion | None = None
    edge: Edge = Edge.MIDDLE

    def __post_init__(self) -> None:
        if not 0.05 <= self.zoom <= 64:
            raise ValueError(f"a zoom of {self.zoom} shows nothing")
        if not 0 <= self.slab_mm <= 500:
            raise ValueError(f"a slab of {self.slab_mm} mm")

    @property
    def flat(self) -> Look:
        """This look without what only a 3D view shows."""
        return replace(self, camera=_FRONT, space=SpaceLook(crop=self.space.crop))

    def fitted(self) -> Look:
        """Return this look with the whole image in the view."""
        camera = replace(self.camera, zoom=1.0, middle=None, inside=False)
        return replace(self, zoom=1.0, pan_mm=(0.0, 0.0), camera=camera)

    def reset(self) -> Look:
        """Return this look as it was when the image was opened."""
        over = None if self.fusion is None else Fusion(self.fusion.series_key)
        plain = Look(self.series_key, self.viewing, frame=self.frame, space=self.space.whole)
        return replace(plain, fusion=over, edge=self.edge)


_NOTHING = Look(viewing=Viewing.ACQUISITION)
"""How a view without an image looks at the one it will get: as the scanner stored it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the views share a window: rows and columns, or one large view and three small ones."""

    rows: int = 2
    columns: int = 2
    large_first: bool = False
    ONE: ClassVar[Layout]
    TWO: ClassVar[Layout]
    FOUR: ClassVar[Layout]
    ONE_AND_THREE: ClassVar[Layout]

    def __post_init__(self) -> None:
        if not (1 <= self.rows <= MOST_ROWS and 1 <= self.columns <= MOST_COLUMNS):
            raise ValueError(f"no window has {self.rows} rows of {self.columns} views")
        if self.large_first and (self.rows, self.columns) != (3, 2):
            raise ValueError("one large view stands beside three small ones")

    @property
    def cells(self) -> int:
        """How many views it shows."""
        return 4 if self.large_first else self.rows * self.columns

    @property
    def value(self) -> str:
        """How it is written: "2x2", or "1+3" for one large view and three small ones."""
        return "1+3" if self.large_first else f"{self.rows}x{self.columns}"

    @classmethod
    def named(cls, text: str) -> Layout | None:
        """Return the layout that is written like this, None if there is none."""
        if text == "1+3":
            return cls.ONE_AND_THREE
        rows, _, columns = text.partition("x")
        try:
            return cls(int(rows), int(columns))
        except ValueError:
            return None


Layout.ONE, Layout.TWO, Layout.FOUR = Layout(1, 1), Layout(1, 2), Layout(2, 2)
Layout.ONE_AND_THREE = Layout(3, 2, large_first=True)
PRESETS = (Layout.ONE, Layout.TWO, Layout.FOUR, Layout.ONE_AND_THREE)
"""The layouts that have a key of their own."""
SECOND = MOST_ROWS * MOST_COLUMNS
"""The number of the first view of the second window."""


@dataclass(frozen=True, slots=True)
class Hanging:
    """The arrangement of views; the layout shows the first few of its looks.

    There are always as many looks as are shown: what lacks is filled up with empty ones.
    `maximised` shows one view alone in its window, whatever the layout. With `second` a
    second window shows the looks from number `SECOND` on.
    """

    layout: Layout = Layout.FOUR
    cells: tuple[Look, ...] = (
        Look(viewing=Viewing.AXIAL),
        Look(viewing=Viewing.CORONAL),
        Look(viewing=Viewing.SAGITTAL),
        Look(viewing=Viewing.SPACE),
    )
    active: int = 0
    maximised: int | None = None
    second: Layout | None = None

    def __post_init__(self) -> None:
        needed = SECOND + self.second.cells if self.second else self.layout.cells
        if len(self.cells) < needed:
            filled = (*self.cells, *(_NOTHING,) * (needed - len(self.cells)))
            object.__setattr__(self, "cells", filled)
        if not 0 <= self.active < len(self.cells):
            raise ValueError("one of the views that a hanging has is active")

    @property
    def main(self) -> tuple[int, ...]:
        """The numbers of the cells that the main window shows."""
        if self.maximised is not None and self.maximised < SECOND:
            return (self.maximised,)
        return tuple(range(self.layout.cells))

    @property
    def beside(self) -> tuple[int, ...]:
        """The numbers of the cells that the second window shows."""
        if self.second is None:
            return ()
        if self.maximised is not None and self.maximised >= SECOND:
            return (self.maximised,)
        return tuple(range(SECOND, SECOND + self.second.cells))

    @property
    def shown(self) -> tuple[int, ...]:
        """The numbers of the cells that are on screen."""
        return (*self.main, *self.beside)

    def look(self, cell: int) -> Look:
        """Return the look of a cell; where there is none, an empty one."""
        return self.cells[cell] if cell < len(self.cells) else _NOTHING

    def changed(self, cell: int, change: Callable[[Look], Look]) -> Hanging:
        """Return this hanging with one look changed."""
        cells = tuple(change(look) if n == cell else look for n, look in enumerate(self.cells))
        return replace(self, cells=cells)

    def all_changed(self, change: Callable[[Look], Look]) -> Hanging:
        """Return this hanging with every look changed."""
        return replace(self, cells=tuple(change(look) for look in self.cells))

    def filled(self, looks: tuple[Look, ...], layout: Layout | None = None) -> Hanging:
        """Return this hanging with other looks in the main window, the first one active.

        The other cells of that window become empty; the second window stays as it is.
        """
        rest = (_NOTHING,) * (min(len(self.cells), SECOND) - len(looks))
        cells = (*looks, *rest, *self.cells[SECOND:])
        layout = layout or self.layout
        return replace(self, cells=cells, layout=layout, active=0, maximised=None)

    def laid_out(self, layout: Layout) -> Hanging:
        """Return this hanging with another layout of the main window; all looks stay."""
        inside = self.active < layout.cells or self.active in self.beside
        return replace(self, layout=layout, maximised=None, active=self.active if inside else 0)

    def swapped(self, one: int, other: int) -> Hanging:
        """Return this hanging with two looks in each other's place."""
        looks = {one: self.cells[other], other: self.cells[one]}
        cells = tuple(looks.get(number, look) for number, look in enumerate(self.cells))
        return replace(self, cells=cells, active=other)

    def with_second(self, layout: Layout | None) -> Hanging:
        """Return this hanging with a second window of this layout, or without one."""
        gone = layout is None and self.active >= SECOND
        alone = None if self.maximised is not None and self.maximised >= SECOND else self.maximised
        return replace(self, second=layout, maximised=alone, active=0 if gone else self.active)


@dataclass(frozen=True, slots=True)
class Links:
    """What the views share when one of them is moved."""

    window: bool = True
    zoom: bool = True
    pan: bool = False
