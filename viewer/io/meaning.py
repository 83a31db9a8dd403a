"""What pixels mean: their size in the patient, their unit, the windows they are shown with."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from viewer.core.geometry import Position
from viewer.core.study import Notice
from viewer.core.window import Window
from viewer.io import tags
from viewer.io.header import Header, Stamp
from viewer.io.kinds import is_projection, object_name


@dataclass(frozen=True, slots=True)
class Meaning:
    """What most pictures of a series have in common.

    `turn` is right, down and (row, column) mm of a picture with a place;
    `flat_spacing_mm` are the mm of one without.
    """

    sop_class: str
    turn: tuple[Position, Position, tuple[float, float]] | None
    slope: float
    intercept: float
    table: bool
    padding: int | None
    unit: str
    windows: tuple[tuple[str, Window], ...]
    flat_spacing_mm: tuple[float, float] | None
    remarks: tuple[Notice, ...] = ()


_TAGS = (
    tags.CHARACTER_SET, tags.IMAGE_TYPE, tags.SOP_CLASS, tags.MODALITY, tags.IMAGER_PIXEL_SPACING,
    tags.ULTRASOUND_SPACING, tags.ORIENTATION, tags.PIXEL_SPACING, tags.CALIBRATION_TYPE,
    tags.PIXEL_REPRESENTATION, tags.PADDING, tags.WINDOW_CENTRE, tags.WINDOW_WIDTH,
    tags.INTERCEPT, tags.SLOPE, tags.RESCALE_TYPE, tags.WINDOW_NAME, tags.MODALITY_LUT,
    tags.PET_UNITS, tags.VOI_FUNCTION, tags.VOI_LUT, tags.OVERLAY_ROWS,
)  # fmt: skip


def meaning_of(header: Header) -> Meaning:
    """Return what the pixels of a file mean."""
    return _meaning(tuple(header.raw.get(tag) for tag in _TAGS))


@lru_cache(maxsize=1024)
def _meaning(stored: tuple[bytes | None, ...]) -> Meaning:
    raw = {tag: value for tag, value in zip(_TAGS, stored, strict=True) if value is not None}
    header = Header(Path(), Stamp(0, 0), "", raw, None)
    paddings = header.numbers(tags.PADDING)
    return Meaning(
        sop_class=header.text(tags.SOP_CLASS),
        turn=_turn(header),
        slope=header.number(tags.SLOPE, 1.0) or 1.0,
        intercept=header.number(tags.INTERCEPT, 0.0),
        table=tags.MODALITY_LUT in raw,
        padding=int(paddings[0]) if paddings else None,
        unit=unit_of(header),
        windows=windows_of(header),
        flat_spacing_mm=flat_spacing(header),
        remarks=remarks_on(header),
    )


def _turn(header: Header) -> tuple[Position, Position, tuple[float, float]] | None:
    turn, spacing = header.numbers(tags.ORIENTATION), header.numbers(tags.PIXEL_SPACING)
    if len(turn) != 6 or len(spacing) != 2:
        return None
    if is_projection(header.text(tags.SOP_CLASS), header.text(tags.MODALITY)):
        return None
    right, down = _unit(turn[:3]), _unit(turn[3:])
    return (right, down, (spacing[0], spacing[1])) if right and down else None


def _unit(vector: tuple[float, ...]) -> Position | None:
    """Return a direction, its length put right where rounding took a little of it."""
    x, y, z = vector
    length = math.sqrt(x * x + y * y + z * z)
    return (x / length, y / length, z / length) if abs(length - 1) <= 0.01 else None


def object_in(header: Header) -> str:
    """Return what a file without pictures for the eye is called; empty for pictures."""
    if "METABOLITE_MAP" in header.texts(tags.IMAGE_TYPE):
        return "a set of metabolite maps"
    return object_name(header.text(tags.SOP_CLASS))


def flat_spacing(header: Header) -> tuple[float, float] | None:
    """Return (row, column) mm of a picture without a place, if they are mm in the patient.

    Imager Pixel Spacing is on the detector, never in the patient. Pixel
    Spacing of a projection counts where it is calibrated, or where it has
    been corrected away from the detector's (PS3.3 10.7.1.3).
    """
    if tags.ULTRASOUND_SPACING in header.raw:
        row, column = (float(part) for part in header.raw[tags.ULTRASOUND_SPACING].split(b"\\"))
        return row, column
    spacing = header.numbers(tags.PIXEL_SPACING)
    if len(spacing) != 2 or min(spacing) <= 0 or header.text(tags.MODALITY) in _NO_SCALE:
        return None
    if is_projection(header.text(tags.SOP_CLASS), header.text(tags.MODALITY)):
        detector = header.numbers(tags.IMAGER_PIXEL_SPACING)
        calibrated = header.text(tags.CALIBRATION_TYPE) in ("GEOMETRY", "FIDUCIAL")
        corrected = len(detector) == 2 and not all(
            math.isclose(a, b, rel_tol=1e-3) for a, b in zip(detector, spacing, strict=True)
        )
        if not (calibrated or corrected):
            return None
    elif header.text(tags.MODALITY) not in _SECTIONS:
        return None
    return spacing[0], spacing[1]


_NO_SCALE = ("US", "IVUS", "OT", "SC", "DOC", "ES", "XC", "GM", "SM")
_SECTIONS = ("CT", "MR", "PT", "NM")


def windows_of(header: Header) -> tuple[tuple[str, Window], ...]:
    """Return the windows stored in the file with their names."""
    centres = header.numbers(tags.WINDOW_CENTRE)
    widths = header.numbers(tags.WINDOW_WIDTH)
    names = header.texts(tags.WINDOW_NAME)
    found: list[tuple[str, Window]] = []
    for number, (centre, width) in enumerate(zip(centres, widths, strict=False)):
        name = names[number] if number < len(names) else ""
        if width > 0:
            found.append((name or f"Window {number + 1}", Window(centre, width)))
    table = header.raw.get(tags.VOI_LUT, b"").decode("ascii").split("\\")
    if len(table) == 3:
        found.append((table[2] or "Table", Window.between(float(table[0]), float(table[1]))))
    return tuple(found)


def remarks_on(header: Header) -> tuple[Notice, ...]:
    """Return what a file asks to be shown and is shown here in another way, or not at all."""
    said: list[Notice] = []
    if header.text(tags.VOI_FUNCTION) == "SIGMOID":
        sentence = "The file asks for an S-shaped curve of grey; a straight one is shown."
        said.append(Notice("sigmoid", sentence))
    if header.raw.get(tags.VOI_LUT):
        sentence = "The file has a table of greys; the window nearest to it is offered."
        said.append(Notice("voi_table", sentence))
    if tags.OVERLAY_ROWS in header.raw:
        sentence = "The file has graphics in an overlay plane, which are not shown."
        said.append(Notice("overlay", sentence))
    return tuple(said)


_PET_UNITS = {
    "BQML": "Bq/ml", "CNTS": "{counts}", "GML": "g/ml", "PROPCNTS": "1", "NONE": "1",
    "CPS": "{counts}/s", "CM2": "cm2", "CM2ML": "cm2/ml", "PCNT": "%", "MGMINML": "mg/min/ml",
    "UMOLMINML": "umol/min/ml", "MLMING": "ml/min/g", "MLG": "ml/g", "1CM": "/cm",
    "UMOLML": "umol/ml",
}  # fmt: skip


def unit_of(header: Header) -> str:
    """Return the unit of rescaled values in UCUM."""
    modality = header.text(tags.MODALITY)
    if tags.MODALITY_LUT in header.raw:
        return "1"
    if modality == "CT":
        kind = header.text(tags.RESCALE_TYPE)
        scout = "LOCALIZER" in header.texts(tags.IMAGE_TYPE)
        return "[hnsf'U]" if kind in ("HU", "") and tags.SLOPE in header.raw and not scout else "1"
    if modality == "PT":
        return _PET_UNITS.get(header.text(tags.PET_UNITS), "1")
    return "1"
