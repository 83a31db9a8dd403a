"""What of a plane's line in another view can be taken hold of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from viewer.session.look import Viewing


class Grasp(StrEnum):
    """What a handle does when it is dragged."""

    TURN = "turn"
    THICKNESS = "thickness"


@dataclass(frozen=True, slots=True)
class Hold:
    """A handle of the line in which a standard view cuts another."""

    viewing: Viewing
    grasp: Grasp
