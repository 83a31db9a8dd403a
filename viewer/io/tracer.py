"""What a PET file says of the injection and the scan, read by pydicom."""

from __future__ import annotations

import math
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.valuerep import DA, DT, TM

from viewer.io.body import Body, NoUptake
from viewer.io.quiet import quietly
from viewer.io.suv import Tracer

_LONGEST_HEAD = 4 << 20
_ITEM, _MOST_ITEMS = b"\xfe\xff\x00\xe0", 50_000
_PHILIPS, _GE = "Philips PET Private Group", "GEMS_PETD_01"


def tracer_of(path: Path) -> Tracer:
    """Return what one file of a PET series says.

    Raises:
        NoUptake: if its head cannot be understood.
    """
    try:
        with path.open("rb") as file, quietly():
            return _tracer(_head(file))
    except NoUptake:
        raise
    except Exception as error:  # pydicom raises almost anything on a mangled head
        raise NoUptake("its head is damaged") from error


def _head(file: BinaryIO) -> Dataset:
    """Read what comes before the pixels, if no more than an honest file has there."""
    start = file.read(_LONGEST_HEAD)
    if start.count(_ITEM) > _MOST_ITEMS:
        raise NoUptake("its head has more parts than any image")
    return dcmread(BytesIO(start), stop_before_pixels=True, force=True)


def _tracer(head: Dataset) -> Tracer:
    injections = head.get("RadiopharmaceuticalInformationSequence")
    if isinstance(injections, Sequence) and len(injections) > 1:
        raise NoUptake("more than one injection is recorded")
    injection = injections[0] if isinstance(injections, Sequence) and injections else Dataset()
    corrected = head.get("CorrectedImage") or []
    return Tracer(
        units=str(head.get("Units", "")),
        suv_type=str(head.get("SUVType", "") or ""),
        corrections=frozenset([corrected] if isinstance(corrected, str) else corrected),
        decay_correction=str(head.get("DecayCorrection", "")),
        body=Body(
            _number(head.get("PatientWeight")),
            _number(head.get("PatientSize")),
            str(head.get("PatientSex", "") or ""),
        ),
        dose_bq=_number(injection.get("RadionuclideTotalDose")),
        half_life_s=_number(injection.get("RadionuclideHalfLife")),
        injected=_time(injection.get("RadiopharmaceuticalStartTime")),
        injected_at=_moment(injection.get("RadiopharmaceuticalStartDateTime")),
        series=_joined(head.get("SeriesDate"), head.get("SeriesTime")),
        acquired=_joined(head.get("AcquisitionDate"), head.get("AcquisitionTime")),
        ge_scan=_moment(_private(head, 0x0009, _GE, 0x0D)),
        frame_reference_s=_milliseconds(head.get("FrameReferenceTime")),
        frame_s=_milliseconds(head.get("ActualFrameDuration")),
        philips_factor=_number(_private(head, 0x7053, _PHILIPS, 0x00)),
        philips_activity=_number(_private(head, 0x7053, _PHILIPS, 0x09)),
    )


def _private(head: Dataset, group: int, creator: str, element: int) -> object:
    try:
        value = head.private_block(group, creator)[element].value
    except KeyError:
        return None
    return value.decode("latin-1").strip(" \0") if isinstance(value, bytes) else value


def _number(value: object) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _milliseconds(value: object) -> float | None:
    number = _number(value)
    return None if number is None else number / 1000


def _time(value: object) -> time | None:
    parsed = TM(str(value)) if value else None
    return None if parsed is None else time(
        parsed.hour, parsed.minute, parsed.second, parsed.microsecond
    )  # fmt: skip


def _moment(value: object) -> datetime | None:
    """Return a moment as the clock on the wall showed it."""
    parsed = DT(str(value)) if value else None
    return None if parsed is None else datetime.fromisoformat(parsed.isoformat()).replace(
        tzinfo=None
    )  # fmt: skip


def _joined(day: object, clock: object) -> datetime | None:
    when, parsed = _time(clock), DA(str(day)) if day else None
    if when is None or parsed is None:
        return None
    return datetime.combine(date(parsed.year, parsed.month, parsed.day), when)
