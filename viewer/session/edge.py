"""At which edge of its view a picture stands, as breasts do that lie back to back."""

from __future__ import annotations

from enum import StrEnum


class Edge(StrEnum):
    """Where a picture that fits its view stands in it."""

    MIDDLE = "middle"
    LEFT = "left"
    RIGHT = "right"

    @property
    def sign(self) -> int:
        """How it is pushed: to the right 1, to the left -1."""
        return {Edge.LEFT: -1, Edge.MIDDLE: 0, Edge.RIGHT: 1}[self]
