"""The images that are open, each with its study, its fidelity and what to know of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np

from viewer.core.geometry import Geometry
from viewer.core.graphics import NO_GRAPHICS, Graphics
from viewer.core.stack import Stack
from viewer.core.study import Notice, Series, Study
from viewer.core.volume import Fidelity, Volume
from viewer.core.window import Window

Image: TypeAlias = Volume | Stack


@dataclass(frozen=True, slots=True, eq=False)
class OpenImage:
    """One opened series. `fidelity` is None for a stack that is there at once.

    `window` is the one it is first shown with; None means that of its file.
    `group` is the key of the 4D series that this is a moment of. `graphics` are
    drawn over its stored pictures by their files.
    """

    study: Study
    series: Series
    image: Image
    window: Window | None = None
    fidelity: Fidelity | None = None
    notices: tuple[Notice, ...] = ()
    group: str = ""
    graphics: Graphics = NO_GRAPHICS

    @property
    def key(self) -> str:
        """The key of its series."""
        return self.series.key

    @property
    def first_window(self) -> Window:
        """The window it is first shown with."""
        if self.window is not None:
            return self.window
        return self.image.windows[0][1] if self.image.windows else Window(40, 400)

    def windows_at(self, number: int) -> tuple[tuple[str, Window], ...]:
        """Return the windows that come with a slice or frame, with their names."""
        if isinstance(self.image, Volume):
            return self.image.windows
        frame = self.image.frames[min(max(number, 0), len(self.image.frames) - 1)]
        return frame.windows or self.image.windows

    def window_at(self, number: int) -> Window:
        """Return the window that a slice or frame is first shown with: its own if it has one."""
        if isinstance(self.image, Volume):
            return self.first_window
        frame = self.image.frames[min(max(number, 0), len(self.image.frames) - 1)]
        return frame.windows[0][1] if frame.windows else self.first_window

    @property
    def geometry(self) -> Geometry | None:
        """The grid of a volume, None for a stack."""
        return self.image.geometry if isinstance(self.image, Volume) else None

    @property
    def count(self) -> int:
        """How many slices or frames there are."""
        if isinstance(self.image, Volume):
            return self.image.geometry.shape[0]
        return len(self.image.frames)

    @property
    def is_whole(self) -> bool:
        """Tell whether all that will ever come has come."""
        return self.fidelity is None or not self.fidelity.waiting

    @property
    def frame_of_reference_uid(self) -> str:
        """Images of the same non-empty frame share their patient coordinates."""
        if isinstance(self.image, Volume):
            return self.image.geometry.frame_of_reference_uid
        return self.image.frame_of_reference_uid


def grid_of(image: Image, frame: int) -> Volume:
    """Return a volume as it is, or one frame of a stack as a grid of its own, to be counted."""
    if isinstance(image, Volume):
        return image
    picture = image.frames[frame]
    pixels = picture.pixels if picture.pixels.ndim == 2 else picture.pixels.mean(axis=-1)
    flat = np.asarray(pixels)[np.newaxis]
    return Volume(
        flat,
        Geometry((1, flat.shape[1], flat.shape[2]), np.eye(4)),
        image.unit,
        image.modality,
        image.series_key,
        picture.slope,
        picture.intercept,
        padding=picture.padding,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Images:
    """All that is open, in the order of opening."""

    items: tuple[OpenImage, ...] = ()
    _by_key: dict[str, OpenImage] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {item.key: item for item in self.items})

    def __iter__(self) -> Iterator[OpenImage]:
        return iter(self.items)

    def get(self, key: str) -> OpenImage | None:
        """Return the open image of this series, if any."""
        return self._by_key.get(key)

    def with_image(self, opened: OpenImage) -> Images:
        """Return these with one more, or with its newer state."""
        if self.get(opened.key) is None:
            return Images((*self.items, opened))
        return Images(tuple(opened if item.key == opened.key else item for item in self.items))

    def with_fidelity(self, key: str, fidelity: Fidelity) -> Images:
        """Return these with news of the slices that have landed in one of them."""
        found = self.get(key)
        return self if found is None else self.with_image(replace(found, fidelity=fidelity))

    def without(self, keys: frozenset[str]) -> Images:
        """Return these less the named."""
        return Images(tuple(item for item in self.items if item.key not in keys))


def share_space(images: Images, opened: OpenImage, series_key: str) -> bool:
    """Tell whether positions on a series are positions on an open image of the same person.

    What was said about one moment of a 4D series is not said about another.
    """
    if series_key == opened.key:
        return True
    other = images.get(series_key)
    if other is None or (opened.group and other.group == opened.group):
        return False
    uid = opened.frame_of_reference_uid
    if not uid or other.frame_of_reference_uid != uid:
        return False
    return other.study.identity[1:] == opened.study.identity[1:]
