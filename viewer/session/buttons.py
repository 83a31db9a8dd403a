"""Which tool the middle and the right mouse button have in a slice view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

DRAGGED = ("window", "pan", "zoom", "scroll", "crosshair")
"""The values of the tools that a drag with any button may have."""


@dataclass(frozen=True, slots=True)
class Buttons:
    """The usual ones of the trade, unless the reader has chosen others; values of `Tool`."""

    middle: str = "pan"
    right: str = "window"

    @classmethod
    def named(cls, middle: str, right: str) -> Self:
        """Return buttons by the names of tools; the usual ones for names that are no such tools."""
        return cls(middle if middle in DRAGGED else "pan", right if right in DRAGGED else "window")
