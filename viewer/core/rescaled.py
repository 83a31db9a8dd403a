"""The same image with its values given in another way; no voxel is touched."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from viewer.core.errors import Declined
from viewer.core.stack import Frame, Stack
from viewer.core.units import Ways
from viewer.core.volume import Volume
from viewer.core.window import Window

_Image = TypeVar("_Image", bound=Volume | Stack)


@dataclass(frozen=True, slots=True)
class Change:
    """How values in one way become those in another: old * slope + intercept."""

    slope: float = 1.0
    intercept: float = 0.0

    def window(self, window: Window) -> Window:
        """Return a window that shows the new values as the old one showed the old."""
        return window.scaled(self.slope, self.intercept)

    def windows(self, named: tuple[tuple[str, Window], ...]) -> tuple[tuple[str, Window], ...]:
        """Return named windows on the new values."""
        return tuple((name, self.window(window)) for name, window in named)

    def moved(self, intercept: float) -> float:
        """Return what an intercept becomes."""
        return intercept * self.slope + self.intercept


def change_to(ways: Ways, name: str) -> Change:
    """Return what leads from the way in which values are given now to another.

    Raises:
        Declined: if there is no such way, with the reason.
    """
    new, old = ways.of(name), ways.now
    if new is None or old is None:
        raise Declined(f"The values of this image cannot be given as {name}.", code="no_such_unit")
    if new.why_not:
        raise Declined(f"No {name}: {new.why_not}.", code="no_such_unit")
    factor = new.slope / old.slope
    return Change(factor, new.intercept - old.intercept * factor)


def given_as(image: _Image, name: str) -> _Image:
    """Return an image with its values, its windows and its unit given in another of its ways.

    Raises:
        Declined: if there is no such way, with the reason.
    """
    if name == image.ways.shown:
        return image
    return _changed(image, change_to(image.ways, name), image.ways.showing(name))


def loaded_as(image: _Image, ways: Ways) -> _Image:
    """Return an image whose values are as they were loaded in the way in which it is shown."""
    way = ways.now
    if way is None:
        return replace(image, ways=ways)
    return _changed(image, Change(way.slope, way.intercept), ways)


def _changed(image: _Image, change: Change, ways: Ways) -> _Image:
    way = ways.now
    unit = image.unit if way is None else way.unit
    windows = change.windows(image.windows)
    if isinstance(image, Stack):
        frames = tuple(_frame(frame, change) for frame in image.frames)
        return replace(image, frames=frames, unit=unit, windows=windows, ways=ways)
    slope, intercept = image.slope * change.slope, change.moved(image.intercept)
    return replace(image, slope=slope, intercept=intercept, unit=unit, windows=windows, ways=ways)


def _frame(frame: Frame, change: Change) -> Frame:
    """Return a frame with other values; colours have none."""
    if frame.pixels.ndim == 3:
        return frame
    slope, intercept = frame.slope * change.slope, change.moved(frame.intercept)
    windows = change.windows(frame.windows)
    return replace(frame, slope=slope, intercept=intercept, windows=windows)
