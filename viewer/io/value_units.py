"""In which unit a file gives its values, and by which scale: rescale, table or value map.

A unit is empty where the file does not say or says "unspecified", and "1" where it
says that there is none.
"""

from __future__ import annotations

from viewer.core.code import HOUNSFIELD
from viewer.core.rescaled import Change
from viewer.core.units import NONE
from viewer.io import tags
from viewer.io.header import Header
from viewer.io.real_world import Scaling, maps_in, scaling

_PET_UNITS = {
    "BQML": "Bq/ml", "CNTS": "{counts}", "GML": "g/ml", "PROPCNTS": "{propcounts}", "NONE": NONE,
    "CPS": "{counts}/s", "PROPCPS": "{propcounts}/s", "CM2": "cm2", "CM2ML": "cm2/ml", "PCNT": "%",
    "MGMINML": "mg/min/ml", "UMOLMINML": "umol/min/ml", "MLMING": "ml/min/g", "MLG": "ml/g",
    "1CM": "/cm", "UMOLML": "umol/ml",
}  # fmt: skip
"""Units (0054,1001) in UCUM (PS3.3 C.8.9.1, PS3.16 CID 84)."""
_TYPES = {
    "HU": HOUNSFIELD.value, "OD": "10*-3{OD}", "MGML": "mg/ml", "Z_EFF": NONE, "ED": "10*23/ml",
    "EDW": NONE, "HU_MOD": "{HU_MOD}", "PCT": "%",
}  # fmt: skip
"""Rescale Type and Modality LUT Type in UCUM (PS3.3 C.11.1.1.2); US is "unspecified"."""
_IN_HOUNSFIELD = ("CT", "XA")
"""What measures attenuation; others are called HU by converters only."""


def unit_of(header: Header) -> str:
    """Return the unit of the values behind rescale or table."""
    modality = header.text(tags.MODALITY)
    if tags.MODALITY_LUT in header.raw:
        return _TYPES.get(header.raw[tags.MODALITY_LUT].decode("latin-1"), "")
    if modality == "PT":
        return _PET_UNITS.get(header.text(tags.PET_UNITS), "")
    kind = header.text(tags.RESCALE_TYPE)
    if modality == "CT" and not kind:
        kind = "HU"
    if kind == "HU" and not _measures_attenuation(header, modality):
        return ""
    return _TYPES.get(kind, "")


def _measures_attenuation(header: Header, modality: str) -> bool:
    scout = "LOCALIZER" in header.texts(tags.IMAGE_TYPE)
    return modality in _IN_HOUNSFIELD and tags.SLOPE in header.raw and not scout


def scaling_of(header: Header) -> Scaling:
    """Return how stored values become those that are shown, by the rules of `real_world`."""
    rescale = Scaling(
        header.number(tags.SLOPE, 1.0) or 1.0, header.number(tags.INTERCEPT, 0.0), unit_of(header)
    )
    told = header.raw.get(tags.MAPPING, b"")
    table = tags.MODALITY_LUT in header.raw
    return scaling(rescale, maps_in(told), _storable(header), table=table)


def change_of(header: Header, shown: Scaling) -> Change:
    """Return what leads from rescaled values, which windows are on, to those that are shown."""
    slope, intercept = header.number(tags.SLOPE, 1.0) or 1.0, header.number(tags.INTERCEPT, 0.0)
    factor = shown.slope / slope
    return Change(factor, shown.intercept - intercept * factor)


def _storable(header: Header) -> tuple[int, int]:
    """Return the least and the greatest value that the pixels can hold."""
    bits = header.integer(tags.BITS_STORED, 16)
    if header.integer(tags.PIXEL_REPRESENTATION) == 1:
        return -(1 << (bits - 1)), (1 << (bits - 1)) - 1
    return 0, (1 << bits) - 1
