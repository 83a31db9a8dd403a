"""One click, one lesion: the outline that is proposed until the reader takes or drops it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from viewer.core.geometry import Position
from viewer.core.segmentation import Mask
from viewer.imaging.click.engine import ClickResult, Clicks

_NEXT = 3


@dataclass(frozen=True, slots=True)
class Hover:
    """What a click at a place would do: nothing is said where it would work."""

    cell: int
    position: Position
    why_not: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Clicking:
    """The lesion that is being clicked together on one series, and what hovering found.

    `size` is the member of the result that is shown; `mask` is that member, on the grid of the
    block it was found in. `waiting` tells that a click is still being worked on.
    """

    series_key: str = ""
    clicks: Clicks | None = None
    result: ClickResult | None = field(default=None, repr=False)
    size: int = 0
    mask: Mask | None = field(default=None, repr=False)
    waiting: bool = False
    hover: Hover | None = None

    @property
    def proposed(self) -> bool:
        """Tell whether an outline can be taken."""
        return self.mask is not None

    def found(self, clicks: Clicks, result: ClickResult) -> Clicking:
        """Return this with the answer to clicks."""
        return replace(
            self, clicks=clicks, result=result, size=0, mask=result.coarse(), waiting=False
        )

    def sized(self, step: int) -> Clicking:
        """Return this with the next larger (1) or smaller (-1) outline, if there is one."""
        if self.result is None:
            return self
        size = self.result.next_size(self.size, step)
        if size == self.size:
            return self
        return replace(self, size=size, mask=self.result.coarse(size))

    def is_at(self, position: Position) -> bool:
        """Tell whether a place is in the proposed outline or next to it."""
        if self.mask is None:
            return False
        index = np.rint(self.mask.geometry.to_index(position)).astype(int)
        about = tuple(slice(max(int(n) - _NEXT, 0), max(int(n) + _NEXT + 1, 0)) for n in index)
        return bool(self.mask.voxels[about].any())

    def hovering(self, hover: Hover | None) -> Clicking:
        """Return this with what is found under the pointer."""
        return replace(self, hover=hover)

    def without(self) -> Clicking:
        """Return this without an outline."""
        return Clicking(hover=self.hover)
