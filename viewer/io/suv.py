"""Standardized uptake values of PET, or the reason why there are none.

The rules are those of the vendor-neutral pseudo-code of the RSNA Quantitative
Imaging Biomarkers Alliance (QIBA FDG-PET/CT, "SUV vendor-neutral pseudo-code",
happy path and robust version). Where it would guess, nothing is computed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, time, timedelta

_GRAMS_PER_KG = 1000.0
_LEAST_DOSE_BQ = 1e5
_MOST_HALF_LIVES = 6.0
"""Nobody is scanned later after the injection than this; a longer time is a wrong date."""
_DAY_S = 86_400.0
_UNIT_OF_TYPE = {
    "": "{SUVbw}g/ml", "BW": "{SUVbw}g/ml", "LBM": "{SUVlbm}g/ml", "LBMJANMA": "{SUVlbm}g/ml",
    "LBMJAMES128": "{SUVlbm}g/ml", "IBW": "{SUVibw}g/ml",
}  # fmt: skip


class NoUptake(Exception):
    """The values cannot be scaled; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Tracer:
    """What a PET file says of the injection and the scan; None and empty where it does not.

    Moments are local. `injected_at` is the injection with its date, `injected`
    only its time of day. `frame_reference_s` and `frame_s` are the reference
    time and duration of the frame that was `acquired` then.
    """

    units: str
    suv_type: str = ""
    corrections: frozenset[str] = frozenset()
    decay_correction: str = ""
    weight_kg: float | None = None
    dose_bq: float | None = None
    half_life_s: float | None = None
    injected: time | None = None
    injected_at: datetime | None = None
    series: datetime | None = None
    acquired: datetime | None = None
    ge_scan: datetime | None = None
    frame_reference_s: float | None = None
    frame_s: float | None = None
    philips_factor: float | None = None


@dataclass(frozen=True, slots=True)
class Uptake:
    """SUV = rescaled value * factor, in the unit (UCUM)."""

    factor: float
    unit: str


def uptake(tracer: Tracer) -> Uptake:
    """Return how rescaled values become standardized uptake values.

    Raises:
        NoUptake: if anything it takes is missing or contradicts itself.
    """
    match tracer.units:
        case "GML":
            return Uptake(1.0, _given_unit(tracer.suv_type))
        case "CM2ML":
            return Uptake(1.0, "{SUVbsa}cm2/ml")
        case "CNTS":
            if not _is_positive(tracer.philips_factor):
                raise NoUptake("the file has counts and no factor that leads from them to SUV")
            return Uptake(_known(tracer.philips_factor, "a factor"), "{SUVbw}g/ml")
        case "BQML":
            weight_g = _known(tracer.weight_kg, "the patient's weight") * _GRAMS_PER_KG
            return Uptake(weight_g / _dose_left_bq(tracer), "{SUVbw}g/ml")
        case other:
            raise NoUptake(f"its values are in {other or 'an unknown unit'}")


def _given_unit(suv_type: str) -> str:
    if suv_type not in _UNIT_OF_TYPE:
        raise NoUptake(f"its kind of SUV ({suv_type}) is not known")
    return _UNIT_OF_TYPE[suv_type]


def _dose_left_bq(tracer: Tracer) -> float:
    """Return the dose at the moment to which the decay of the image is corrected."""
    missing = {"ATTN": "attenuation", "DECY": "decay"}.items()
    lacks = [name for code, name in missing if code not in tracer.corrections]
    if lacks:
        raise NoUptake(f"it is not corrected for {' and '.join(lacks)}")
    dose = _known(tracer.dose_bq, "the injected dose")
    if dose < _LEAST_DOSE_BQ:
        raise NoUptake(f"the injected dose of {dose:g} Bq cannot be true")
    if tracer.decay_correction == "ADMIN":
        return dose
    if tracer.decay_correction != "START":
        raise NoUptake("it does not say to which moment its decay is corrected")
    half_life = _known(tracer.half_life_s, "the half-life of the tracer")
    elapsed = elapsed_s(tracer, scan_start(tracer, half_life), half_life)
    return float(dose * 2.0 ** (-elapsed / half_life))


def scan_start(tracer: Tracer, half_life_s: float) -> datetime:
    """Return the moment to which the decay is corrected when that is the start of the scan.

    Series time holds unless the series was made later; then a time that GE
    keeps, or what follows from the reference time of the frame.

    Raises:
        NoUptake: if it cannot be told.
    """
    if tracer.acquired is None or tracer.series is None:
        raise NoUptake("the date or time of the scan is missing")
    if tracer.series <= tracer.acquired:
        return tracer.series
    if tracer.ge_scan is not None:
        return tracer.ge_scan
    if not (_is_positive(tracer.frame_reference_s) and _is_positive(tracer.frame_s)):
        raise NoUptake("the series was made after the scan and does not say when that began")
    reference_s = _known(tracer.frame_reference_s, "the reference time")
    decay = math.log(2) / half_life_s
    during = decay * _known(tracer.frame_s, "the duration of the frame")
    average_s = math.log(during / -math.expm1(-during)) / decay
    return tracer.acquired - timedelta(seconds=reference_s - average_s)


def elapsed_s(tracer: Tracer, scan: datetime, half_life_s: float) -> float:
    """Return the seconds from injection to scan; past midnight only where no other is possible.

    Raises:
        NoUptake: if the times contradict each other.
    """
    longest = _MOST_HALF_LIVES * half_life_s
    if tracer.injected_at is not None:
        dated = (scan - tracer.injected_at).total_seconds()
        if 0 <= dated <= longest:
            return dated
    injected = tracer.injected
    if injected is None:
        what = "contradicts" if tracer.injected_at is not None else "is missing beside"
        raise NoUptake(f"the time of the injection {what} that of the scan")
    same_day = datetime.combine(scan.date(), injected)
    elapsed = (scan - same_day).total_seconds() % _DAY_S
    if elapsed > longest:
        raise NoUptake("the time of the injection contradicts that of the scan")
    if elapsed + _DAY_S <= longest:
        raise NoUptake("the day of the injection is not known")
    return elapsed


def _is_positive(value: float | None) -> bool:
    return value is not None and math.isfinite(value) and value > 0


def _known(value: float | None, what: str) -> float:
    if value is None or not _is_positive(value):
        raise NoUptake(f"{what} is missing")
    return value
