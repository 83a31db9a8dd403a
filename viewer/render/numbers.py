"""Measured numbers as readers say them: "12.3 mm", "45 HU"."""

from __future__ import annotations

from viewer.core import code
from viewer.core.code import Code
from viewer.core.measurement import Measurement, MeasurementKind, Quantity
from viewer.core.units import in_words

_UNITS = {"mm2": "mm²", "mm3": "mm³", "deg": "°", "{pixels}": "px", "{pixels}2": "px²"}
_SHORT = {
    code.MEAN: "Mean",
    code.STANDARD_DEVIATION: "SD",
    code.MINIMUM: "Min",
    code.MAXIMUM: "Max",
    code.AREA: "Area",
    code.VOLUME: "Vol",
    code.RADIUS: "Radius",
    code.PERIMETER: "Perim",
    code.MEDIAN: "Median",
    code.TRUE_LENGTH: "True length",
    code.PERCENTILE_5: "P5",
    code.PERCENTILE_95: "P95",
}


def unit_of(quantity: Quantity) -> str:
    """Return the unit of a quantity in words."""
    unit = quantity.unit.value
    return _UNITS.get(unit) or in_words(unit)


def amount(quantity: Quantity, *, remark: bool = True) -> str:
    """Return a quantity with its unit, and what limits it: "12.3 mm at the detector"."""
    unit = unit_of(quantity)
    space = "" if unit in ("°", "") else " "
    number = rounded(quantity.value)
    if quantity.name == code.PIXELS_INSIDE:
        number = f"{quantity.value:.0f}"
    limits = f" {_joined(quantity.remark)}" if remark and quantity.remark else ""
    return f"{number}{space}{unit}{limits}"


def _joined(remark: str) -> str:
    return remark if remark.startswith(("at ", "on ", "in ")) else f"({remark})"


def rounded(value: float) -> str:
    """Return a number with as many digits as a reader needs: one place, more below ten."""
    size = abs(value)
    places = 0 if size >= 10_000 else 1 if size >= 10 else 2 if size >= 0.1 or size == 0 else 4
    text = f"{value:.{places}f}".replace("-", "\N{MINUS SIGN}")
    return text[1:] if float(f"{value:.{places}f}") == 0 and text[0] == "\N{MINUS SIGN}" else text


def caption(measurement: Measurement) -> tuple[str, ...]:
    """Return the lines that stand beside a figure."""
    found = {quantity.name: quantity for quantity in measurement.quantities}
    lines = _names(measurement)
    if measurement.kind is MeasurementKind.BIDIRECTIONAL:
        lines += _across(found)
    elif measurement.kind is MeasurementKind.CALIBRATION:
        lines += [f"True length {amount(quantity)}" for quantity in measurement.quantities[:1]]
    elif measurement.kind.closed or measurement.kind.solid:
        lines += _region(found)
    else:
        lines += [amount(quantity) for quantity in measurement.quantities[:1]]
    return tuple(line for line in lines if line)


def _names(measurement: Measurement) -> list[str]:
    """Return the label, and below it what it is and where it lies in coded words."""
    coded = [one.meaning for one in (measurement.finding, measurement.site) if one is not None]
    return [line for line in (measurement.label, ", ".join(coded)) if line]


def _across(found: dict[Code, Quantity]) -> list[str]:
    long, short = found.get(code.LONG_AXIS), found.get(code.SHORT_AXIS)
    if long is None or short is None:
        return []
    return [f"{rounded(long.value)} × {amount(short)}"]


def _region(found: dict[Code, Quantity]) -> list[str]:
    rows = (
        (code.RADIUS,),
        (code.VOLUME,),
        (code.AREA,),
        (code.MEAN, code.STANDARD_DEVIATION),
        (code.MINIMUM, code.MAXIMUM),
    )
    lines = []
    for row in rows:
        there = [found[name] for name in row if name in found]
        if not there:
            continue
        words = [f"{_SHORT[one.name]} {rounded(one.value)}" for one in there[:-1]]
        lines.append("  ".join([*words, f"{_SHORT[there[-1].name]} {amount(there[-1])}"]))
    return lines
