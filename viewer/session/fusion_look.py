"""What is laid over the picture of a view, and how."""

from __future__ import annotations

from dataclasses import dataclass

from viewer.core.window import Window
from viewer.imaging.colour_maps import ColourMap
from viewer.imaging.fuse import Mix


@dataclass(frozen=True, slots=True)
class Fusion:
    """Another series over that of a view, in colours.

    `series_key` may be that of a 4D series. `window` None means the one that the series has
    where it hangs itself, else its first.
    """

    series_key: str
    colour_map: ColourMap = ColourMap.HOT
    opacity: float = 0.5
    mix: Mix = Mix.WEIGHTED
    window: Window | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.opacity <= 1:
            raise ValueError(f"an opacity of {self.opacity}")
