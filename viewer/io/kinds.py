"""What kind of object a SOP class is: projection, cross-section, or no picture at all."""

from __future__ import annotations

from functools import lru_cache

_STORAGE = "1.2.840.10008.5.1.4.1.1."

_PROJECTIONS = tuple(
    _STORAGE + end
    for end in ("1", "1.1", "1.1.1", "1.2", "1.2.1", "1.3", "1.3.1", "12.1", "12.1.1", "12.2",
                "12.2.1", "12.77")
)  # fmt: skip
_PROJECTION_MODALITIES = frozenset(
    {"CR", "DX", "MG", "XA", "RF", "IO", "PX", "RG", "DR", "RTIMAGE"}
)

_OBJECTS = {
    "11.": "a presentation state",
    "66": "raw or registration data",
    "66.": "a segmentation or registration",
    "67": "a real-world value map",
    "68.": "a surface scan",
    "78.": "an eye measurement",
    "79.1": "an eye measurement",
    "88.": "a structured report or key object selection",
    "104.": "an encapsulated document",
    "9.": "a waveform",
    "4.2": "spectroscopy",
    "30": "a parametric map",
    "480.": "plan or dose in radiotherapy",
    "481.2": "a radiotherapy dose",
    "481.3": "radiotherapy structures",
    "481.": "radiotherapy data",
    "200.": "a display or report set-up",
    "201.": "data of an imaging centre",
}
"""Ends of SOP class UIDs (or beginnings of ends, with a dot) that carry no pictures to read."""

_RT_IMAGE = _STORAGE + "481.1"
_SECTIONS_OF_XRAY = (_STORAGE + "13.1.1", _STORAGE + "13.1.2", _STORAGE + "13.1.3")
"""Reconstructed from X-ray pictures, so sections: angiographic, craniofacial, tomosynthesis."""
_CAPTURE = _STORAGE + "7"
_WHOLE_SLIDE = _STORAGE + "77.1.6"
_NAMED = {
    _STORAGE + "66.4": "a segmentation",
    _STORAGE + "66.7": "a segmentation",
    _STORAGE + "66.5": "a surface segmentation",
    _STORAGE + "66.1": "a spatial registration",
    _STORAGE + "66.3": "a deformable registration",
    _STORAGE + "66": "raw data",
    _STORAGE + "88.59": "a key object selection",
}


def is_projection(sop_class: str, modality: str) -> bool:
    """Tell whether a picture is a shadow, not a section, so that its mm are the detector's."""
    if sop_class in _SECTIONS_OF_XRAY:
        return False
    return sop_class in _PROJECTIONS or sop_class == _RT_IMAGE or modality in _PROJECTION_MODALITIES


def is_capture(sop_class: str) -> bool:
    """Tell whether a picture is a secondary capture: a screen, a scan, a photograph."""
    return sop_class == _CAPTURE or sop_class.startswith(f"{_CAPTURE}.")


def is_whole_slide(sop_class: str) -> bool:
    """Tell whether a picture is a microscope slide in tiles."""
    return sop_class == _WHOLE_SLIDE


@lru_cache(maxsize=256)
def object_name(sop_class: str) -> str:
    """Return what an object without pictures of its own is called; empty for pictures."""
    if not sop_class.startswith(_STORAGE) or sop_class == _RT_IMAGE:
        return ""
    if sop_class in _NAMED:
        return _NAMED[sop_class]
    end = sop_class.removeprefix(_STORAGE)
    for start, name in _OBJECTS.items():
        if end == start or (start.endswith(".") and end.startswith(start)):
            return name
    return ""
