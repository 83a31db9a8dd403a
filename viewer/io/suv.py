"""Standardized uptake values of PET in every kind, or the reason why there are none.

The rules are those of the vendor-neutral pseudo-code of the RSNA Quantitative
Imaging Biomarkers Alliance (QIBA FDG-PET/CT, "SUV vendor-neutral pseudo-code",
happy path and robust version). Where it would guess, nothing is computed.
Nor is it, whatever the unit of the file is, where the image was not corrected
for attenuation: that is the condition round all of the pseudo-code, the factors
in elements of the maker (Philips) and files that are in SUV already included.

An uptake is activity * size / dose, where size is the weight of the body or what
stands for it, by the formulas to which CID 85 of PS3.16 gives its names:

- SUVbw: the weight.
- SUVlbm: lean body mass, James with the multiplier 120 for men that is in use;
  SUVlbm(James128): James as printed; SUVlbm(Janma): Janmahasatian.
- SUVbsa: body surface area, DuBois.
- SUVibw: ideal body weight, Sugawara.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from viewer.core.units import Way, Ways
from viewer.io.body import Body, Kind, NoUptake, in_range

_LEAST_DOSE_BQ = 1e5
_MOST_HALF_LIVES = 6.0
"""Nobody is scanned later after the injection than this; a longer time is a wrong date."""
_DAY_S = 86_400.0
_CORRECTIONS = {"ATTN": "attenuation", "DECY": "decay"}
ACTIVITY = "Bq/ml"
_KIND_OF_TYPE = {
    "": Kind.WEIGHT, "BW": Kind.WEIGHT, "LBM": Kind.LEAN, "LBMJANMA": Kind.LEAN_JANMAHASATIAN,
    "LBMJAMES128": Kind.LEAN_JAMES_128, "IBW": Kind.IDEAL,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tracer:
    """What a PET file says of the injection and the scan; None and empty where it does not.

    Moments are local. `injected_at` is the injection with its date, `injected`
    only its time of day. `frame_reference_s` and `frame_s` are the reference
    time and duration of the frame that was `acquired` then. The factors lead
    from the counts of a Philips file to SUVbw and to Bq/ml.
    """

    units: str
    suv_type: str = ""
    corrections: frozenset[str] = frozenset()
    decay_correction: str = ""
    body: Body = field(default=Body())
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
    philips_activity: float | None = None


def ways_of(tracer: Tracer) -> Ways:
    """Return how rescaled values become uptakes of every kind and Bq/ml, SUVbw shown first.

    Where no uptake can be had, the values stay in the unit of the file. Ways
    that cannot be had say why.

    Raises:
        NoUptake: if the file's own unit is none that leads anywhere.
    """
    kinds = tuple(_way(tracer, kind) for kind in Kind)
    ways = (*kinds, _activity_way(tracer), *_counts(tracer))
    return Ways(ways, _shown(tracer, ways))


def _way(tracer: Tracer, kind: Kind) -> Way:
    try:
        return Way(kind.value, kind.unit, _uptake(tracer, kind))
    except NoUptake as reason:
        return Way(kind.value, kind.unit, why_not=str(reason))


def _activity_way(tracer: Tracer) -> Way:
    try:
        return Way(ACTIVITY, ACTIVITY, _activity(tracer))
    except NoUptake as reason:
        return Way(ACTIVITY, ACTIVITY, why_not=str(reason))


def _counts(tracer: Tracer) -> tuple[Way, ...]:
    return (Way("counts", "{counts}"),) if tracer.units == "CNTS" else ()


def _shown(tracer: Tracer, ways: tuple[Way, ...]) -> str:
    """Return the kind the file is in already, else SUVbw, else the file's own unit."""
    given = _given(tracer)
    if given is not None and given[0] is not Kind.WEIGHT:
        return given[0].value
    wanted = (Kind.WEIGHT.value, ACTIVITY, "counts")
    found = {way.name for way in ways if not way.why_not}
    return next(name for name in wanted if name in found)


def _given(tracer: Tracer) -> tuple[Kind, float] | None:
    """Return the kind of uptake that the file itself has, and the factor to it.

    Raises:
        NoUptake: if its unit leads nowhere, its kind is unknown, or it says by what it was
            corrected and attenuation is not among it.
    """
    if tracer.units in ("GML", "CM2ML"):
        deny_unattenuated(tracer)
    match tracer.units:
        case "GML":
            if tracer.suv_type not in _KIND_OF_TYPE:
                raise NoUptake(f"its kind of SUV ({tracer.suv_type}) is not known")
            return _KIND_OF_TYPE[tracer.suv_type], 1.0
        case "CM2ML":
            if tracer.suv_type not in ("", "BSA"):
                raise NoUptake(f"its kind of SUV ({tracer.suv_type}) contradicts its unit")
            return Kind.SURFACE, 1.0
        case "CNTS":
            factor = tracer.philips_factor
            return None if factor is None or not _is_positive(factor) else (Kind.WEIGHT, factor)
        case "BQML":
            return None
        case other:
            raise NoUptake(f"its values are in {other or 'an unknown unit'}")


def _uptake(tracer: Tracer, kind: Kind) -> float:
    """Return the factor from rescaled values to one kind of uptake."""
    given = _given(tracer)
    if tracer.units in ("BQML", "CNTS"):
        _require_corrected(tracer, *_CORRECTIONS)
    if given is None:
        return _activity(tracer) * tracer.body.size(kind) / _dose_left_bq(tracer)
    own, factor = given
    return factor if own is kind else factor * tracer.body.size(kind) / tracer.body.size(own)


def _activity(tracer: Tracer) -> float:
    """Return the factor from rescaled values to Bq/ml."""
    if tracer.units == "BQML":
        return 1.0
    if tracer.units == "CNTS" and _has_factor(tracer):
        _require_corrected(tracer, *_CORRECTIONS)
    if tracer.units == "CNTS" and _is_positive(tracer.philips_activity):
        return _known(tracer.philips_activity, "a factor")
    given = _given(tracer)
    if given is None:
        raise NoUptake("the file has counts and no factor that leads from them to activity")
    own, factor = given
    return factor * _dose_left_bq(tracer) / tracer.body.size(own)


def _has_factor(tracer: Tracer) -> bool:
    return _is_positive(tracer.philips_factor) or _is_positive(tracer.philips_activity)


def deny_unattenuated(tracer: Tracer) -> None:
    """Refuse uptakes that a file itself gives, if it names its corrections and not attenuation.

    Raises:
        NoUptake: saying so.
    """
    if tracer.corrections:
        _require_corrected(tracer, "ATTN")


def _require_corrected(tracer: Tracer, *codes: str) -> None:
    """See that the image was corrected, as (0028,0051) has it.

    Raises:
        NoUptake: naming what it was not corrected for, or that it does not say it was.
    """
    lacks = " and ".join(_CORRECTIONS[one] for one in codes if one not in tracer.corrections)
    if lacks and tracer.corrections:
        raise NoUptake(f"it is not corrected for {lacks}")
    if lacks:
        raise NoUptake(f"it does not say that it is corrected for {lacks}")
    if "DECY" in codes and tracer.decay_correction == "NONE":
        raise NoUptake("it says both that its decay was corrected and that it was not")


def _dose_left_bq(tracer: Tracer) -> float:
    """Return the dose at the moment to which the decay of the image is corrected."""
    _require_corrected(tracer, *_CORRECTIONS)
    dose = in_range(tracer.dose_bq, "the injected dose", "Bq", _LEAST_DOSE_BQ, math.inf)
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
        if tracer.injected_at is None:
            raise NoUptake("the time of the injection is missing beside that of the scan")
        raise NoUptake("the time of the injection contradicts that of the scan")
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
