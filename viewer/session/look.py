"""How one view looks at its image, and how views are arranged.

None of this is undone by undo, and none of it changes an image.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from viewer.core.window import Window
from viewer.imaging.colour_maps import ColourMap
from viewer.session.camera import Camera
from viewer.session.space_look import SpaceLook

__all__ = ["Camera", "Hanging", "Layout", "Links", "Look", "Slab", "SpaceLook", "Viewing"]

_FRONT, _PLAIN = Camera(), SpaceLook()


class Viewing(StrEnum):
    """From where an image is looked at."""

    AXIAL = "axial"
    CORONAL = "coronal"
    SAGITTAL = "sagittal"
    ACQUISITION = "acquisition"
    """As the scanner stored it: the slices of a volume, the frames of a stack."""
    SPACE = "3d"


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

    def __post_init__(self) -> None:
        if not 0.05 <= self.zoom <= 64:
            raise ValueError(f"a zoom of {self.zoom} shows nothing")
        if not 0 <= self.slab_mm <= 500:
            raise ValueError(f"a slab of {self.slab_mm} mm")

    def fitted(self) -> Look:
        """Return this look with the whole image in the view."""
        camera = replace(self.camera, zoom=1.0, middle=None, inside=False)
        return replace(self, zoom=1.0, pan_mm=(0.0, 0.0), camera=camera)

    def reset(self) -> Look:
        """Return this look as it was when the image was opened."""
        return Look(self.series_key, self.viewing, frame=self.frame, space=self.space.whole)


class Layout(StrEnum):
    """How the views share the window."""

    ONE = "1x1"
    TWO = "1x2"
    FOUR = "2x2"
    ONE_AND_THREE = "1+3"

    @property
    def cells(self) -> int:
        """How many views it shows."""
        return {"1x1": 1, "1x2": 2, "2x2": 4, "1+3": 4}[self.value]


@dataclass(frozen=True, slots=True)
class Hanging:
    """The arrangement of views: there are always four looks; a layout shows the first few.

    `maximised` shows one cell alone, whatever the layout.
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

    def __post_init__(self) -> None:
        if len(self.cells) != 4 or not 0 <= self.active < 4:
            raise ValueError("a hanging has four cells, and one of them is active")

    @property
    def shown(self) -> tuple[int, ...]:
        """The numbers of the cells that are on screen."""
        if self.maximised is not None:
            return (self.maximised,)
        return tuple(range(self.layout.cells))

    def changed(self, cell: int, change: Callable[[Look], Look]) -> Hanging:
        """Return this hanging with one look changed."""
        cells = tuple(change(look) if n == cell else look for n, look in enumerate(self.cells))
        return replace(self, cells=cells)

    def all_changed(self, change: Callable[[Look], Look]) -> Hanging:
        """Return this hanging with every look changed."""
        return replace(self, cells=tuple(change(look) for look in self.cells))


@dataclass(frozen=True, slots=True)
class Links:
    """What the views share when one of them is moved."""

    window: bool = True
    zoom: bool = True
    pan: bool = False
