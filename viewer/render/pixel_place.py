"""Where a pixel lies in a picture that has no place in the patient, in the units it really has."""

from __future__ import annotations

from viewer.core.region import Axis, Region, region_at
from viewer.core.scale import Scale, ScaleKind

_MINUS = "\N{MINUS SIGN}"


def pixel_in_words(scale: Scale, row: float, column: float) -> str:
    """Say what the place of a pixel means, counted from the upper left corner: mm, px, s, cm/s.

    In ultrasound only its region tells, and outside of all regions there is nothing to say.
    """
    if scale.kind is ScaleKind.REGIONS:
        region = region_at(scale.regions, row, column)
        return _in_region(region, row, column) if region is not None else ""
    if scale.spacing_mm is None:
        return f"x {round(column)}  y {round(row)} px"
    down, across = scale.spacing_mm
    return f"x {column * across:.1f}  y {row * down:.1f} {scale.unit}"


def _in_region(region: Region, row: float, column: float) -> str:
    if region.spacing_mm is not None:
        x, y = _body(region, row, column)
        return f"x {_signed(x, 1)}  y {_signed(y, 1)} mm in the {region.name}"
    words = [
        _along(region.across, None if region.reference is None else column - region.reference[1]),
        _along(region.down, None if region.reference is None else row - region.reference[0]),
    ]
    told = "  ".join(word for word in words if word)
    return f"{told} in the {region.name}" if told else ""


def _body(region: Region, row: float, column: float) -> tuple[float, float]:
    """Return mm across and down from the reference pixel, else from the corner of the region."""
    across, down = region.across, region.down
    if region.reference is None:
        x, y = column - region.first[1], row - region.first[0]
        return x * abs(across.step) * 10, y * abs(down.step) * 10
    x, y = column - region.reference[1], row - region.reference[0]
    return (across.start + x * across.step) * 10, (down.start + y * down.step) * 10


def _along(axis: Axis, pixels: float | None) -> str:
    """Say a value on an axis, or what a pixel adds where it is not told what it counts from."""
    if not axis.unit:
        return ""
    unit, factor = ("mm", 10.0) if axis.unit == "cm" else (axis.unit, 1.0)
    if pixels is None:
        return f"{abs(axis.step) * factor:.3g} {unit} per pixel"
    digits = 3 if unit == "s" else 1
    return f"{_signed((axis.start + pixels * axis.step) * factor, digits)} {unit}"


def _signed(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}"
    return (text.lstrip("-") if float(text) == 0 else text).replace("-", _MINUS)
