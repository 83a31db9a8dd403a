"""How far a wheel goes: by single slices when turned slowly, by more the faster it is turned."""

from __future__ import annotations

from dataclasses import dataclass
from math import copysign

_STEADY_PER_SECOND = 14.0
"""Notches a second up to which every notch is one slice."""
_PAUSE_S = 0.25
_SHARE = 0.04
"""Of the stack that one notch goes on at most."""


@dataclass(slots=True)
class Turning:
    """The speed of one wheel, kept from notch to notch."""

    at_s: float = -1.0
    per_second: float = 0.0
    towards: float = 0.0

    def slices(self, notches: int, now_s: float, count: int) -> int:
        """Return how many slices some notches go on, in a stack of so many."""
        gap = now_s - self.at_s
        way = copysign(1.0, notches)
        if gap > _PAUSE_S or way != self.towards:
            self.per_second = 0.0
        elif gap > 0:
            speed = abs(notches) / gap
            self.per_second += (speed - self.per_second) * 0.35
        self.at_s, self.towards = now_s, way
        fastest = max(count * _SHARE, 1.0)
        factor: float = min(max(self.per_second / _STEADY_PER_SECOND, 1.0) ** 1.5, fastest)
        return notches * max(int(factor + 0.5), 1)
