"""A bar of a round length in the patient, drawn as long as it is on the screen."""

from __future__ import annotations

from math import floor, log10

from viewer.render.scene import ScaleBar

_LONGEST_SHARE = 0.25
"""Of the width of the view."""


def scale_bar(pixel_mm: float, width: int, *, calibrated: bool) -> ScaleBar:
    """Return a bar of 1, 2 or 5 times a power of ten, at most a quarter of the view long.

    Without calibration its length counts image pixels and says so.
    """
    length = round_length(pixel_mm * width * _LONGEST_SHARE)
    return ScaleBar(length, length / pixel_mm, _text(length, calibrated=calibrated))


def round_length(longest: float) -> float:
    """Return the largest of 1, 2, 5, 10, 20, 50, ... that is not longer."""
    power = 10.0 ** floor(log10(longest))
    digit = max(n for n in (1, 2, 5) if n * power <= longest * (1 + 1e-9))
    return digit * power


def _text(length: float, *, calibrated: bool) -> str:
    if not calibrated:
        return f"{length:g} px"
    return f"{length / 10:g} cm" if length >= 10 else f"{length:g} mm"
