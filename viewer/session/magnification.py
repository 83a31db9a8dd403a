"""How large a picture is on the screen.

100 % is one pixel of the image on one pixel of the screen (1:1), whatever the
size of the view. Times life says how much longer a centimetre of the patient is
on the glass than in the patient; 1 is true size.
"""

from __future__ import annotations

from dataclasses import dataclass

_SAME = 0.005


@dataclass(frozen=True, slots=True)
class Glass:
    """The screen of a view: how long one of its pixels is, and whether a reader measured it.

    `coarse` tells how many of its pixels one pixel of a hurried picture takes up.
    """

    mm_per_pixel: float | None = None
    calibrated: bool = False
    coarse: float = 1.0


NO_GLASS = Glass()
"""Where nothing is known of the screen, as for pictures that leave the window."""


@dataclass(frozen=True, slots=True)
class Magnification:
    """Pixels of the screen for each pixel of the image; times life size, where that is known."""

    pixels: float
    life: float | None = None
    calibrated: bool = False

    @property
    def is_one_to_one(self) -> bool:
        """Tell whether each pixel of the image has one of the screen."""
        return abs(self.pixels - 1) < _SAME

    @property
    def is_true_size(self) -> bool:
        """Tell whether a centimetre of the patient is a centimetre on the glass."""
        return self.life is not None and abs(self.life - 1) < _SAME
