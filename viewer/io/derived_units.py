"""In which unit the values of a derived series are stored, and how the file says so."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydicom.dataset import Dataset

from viewer.core.code import HOUNSFIELD, Code
from viewer.core.errors import Declined
from viewer.core.rescaled import Change, change_to
from viewer.core.units import NONE, in_words
from viewer.core.volume import Volume
from viewer.io.concepts import short
from viewer.io.derived_heads import CT, PET, Heads
from viewer.io.new_object import code_item
from viewer.io.stored_scale import StoredScale
from viewer.io.suv import ACTIVITY

_PET_UNITS = {
    NONE: "NONE", "Bq/ml": "BQML", "{counts}": "CNTS", "{propcounts}": "PROPCNTS",
    "{counts}/s": "CPS", "{propcounts}/s": "PROPCPS", "%": "PCNT", "cm2": "CM2", "cm2/ml": "CM2ML",
    "mg/min/ml": "MGMINML", "umol/min/ml": "UMOLMINML", "ml/min/g": "MLMING", "ml/g": "MLG",
    "/cm": "1CM", "umol/ml": "UMOLML",
}  # fmt: skip
"""UCUM in Units (0054,1001) (PS3.3 C.8.9.1)."""
_UPTAKES = ("GML", "CM2ML")


@dataclass(frozen=True, slots=True)
class StoredUnit:
    """The unit in which values are stored, and what leads to it from those of the volume.

    `pet` is the word that PET has for it, `uptake` the kind of uptake; empty for others.
    """

    unit: str
    change: Change = field(default=Change())
    pet: str = ""
    uptake: str = ""


def stored_unit(volume: Volume, heads: Heads) -> StoredUnit:
    """Return the unit that the values of a volume are stored in: for PET that of its source.

    Standardized uptakes are stored as the activities, or the uptakes, that the source
    has, so that whoever opens them computes the uptake by the same rules as before.

    Raises:
        Declined: if a PET series cannot say the unit.
    """
    if heads.sop_class != PET:
        return StoredUnit(volume.unit)
    ways, units = volume.ways, str(heads.said("Units") or "")
    now = ways.now
    if now is not None and now.unit == volume.unit and not now.why_not:
        activity = ways.of(ACTIVITY)
        if units in ("BQML", "CNTS") and activity is not None and not activity.why_not:
            return StoredUnit("Bq/ml", change_to(ways, ACTIVITY), "BQML")
        own = [way for way in ways.known if (way.slope, way.intercept) == (1.0, 0.0)]
        if units in _UPTAKES and own and not own[0].why_not:
            kind = str(heads.said("SUVType") or "")
            return StoredUnit(own[0].unit, change_to(ways, own[0].name), units, kind)
    if volume.unit in _PET_UNITS:
        return StoredUnit(volume.unit, pet=_PET_UNITS[volume.unit])
    raise Declined(
        f"A DICOM PET series cannot say that its values are in {in_words(volume.unit)}: show the "
        "series it is made from in its own unit, and make it again.",
        code="no_such_unit",
    )


def say_values(made: Dataset, unit: StoredUnit, scale: StoredScale, sop_class: str) -> None:
    """Write what leads from stored to real-world values, and in which unit they are."""
    made.RescaleSlope, made.RescaleIntercept = _decimal(scale.slope), _decimal(scale.intercept)
    if scale.padding is not None:
        made.add_new("PixelPaddingValue", "SS" if scale.signed else "US", scale.padding)
    if sop_class == PET:
        made.Units = unit.pet
        if unit.uptake:
            made.SUVType = unit.uptake
        return
    hounsfield = sop_class == CT and unit.unit == HOUNSFIELD.value
    made.RescaleType = "HU" if hounsfield else "US"
    if not hounsfield:
        made.RealWorldValueMappingSequence = [_value_map(unit.unit, scale)]


def _value_map(unit: str, scale: StoredScale) -> Dataset:
    """Return the scale as a map with its unit (PS3.3 C.7.6.16.2.11)."""
    item = Dataset()
    words = in_words(unit) or "no units"
    item.LUTExplanation, item.LUTLabel = short(f"Values ({words})"), short(words, 16)
    item.MeasurementUnitsCodeSequence = [code_item(Code(unit or NONE, "UCUM", words))]
    kind = "SS" if scale.signed else "US"
    item.add_new("RealWorldValueFirstValueMapped", kind, scale.ends[0])
    item.add_new("RealWorldValueLastValueMapped", kind, scale.ends[1])
    item.RealWorldValueIntercept, item.RealWorldValueSlope = scale.intercept, scale.slope
    return item


def _decimal(number: float) -> str:
    return f"{number:.10g}"
