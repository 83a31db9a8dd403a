"""What pixels mean: their size in the patient, their unit, the windows they are shown with."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from viewer.core.geometry import Position
from viewer.core.scale import Scale
from viewer.core.study import Notice
from viewer.core.units import Way
from viewer.core.window import Window
from viewer.io import tags
from viewer.io.calibration import scale_of
from viewer.io.greys import is_inverted, padding_of, remarks_on_greys, windows_of
from viewer.io.header import Header, Stamp
from viewer.io.kinds import is_projection, object_name
from viewer.io.value_units import change_of, scaling_of


@dataclass(frozen=True, slots=True)
class Meaning:
    """What most pictures of a series have in common.

    `turn` is right, down and (row, column) mm of a picture with a place;
    `scale` is what pixels of one without measure.
    """

    sop_class: str
    turn: tuple[Position, Position, tuple[float, float]] | None
    slope: float
    intercept: float
    table: bool
    padding: tuple[int, int] | None
    unit: str
    windows: tuple[tuple[str, Window], ...]
    inverted: bool
    scale: Scale
    remarks: tuple[Notice, ...] = ()
    ways: tuple[Way, ...] = ()


_TAGS = (
    tags.CHARACTER_SET, tags.IMAGE_TYPE, tags.SOP_CLASS, tags.MODALITY, tags.IMAGER_PIXEL_SPACING,
    tags.ULTRASOUND_REGIONS, tags.ORIENTATION, tags.PIXEL_SPACING, tags.CALIBRATION_TYPE,
    tags.CALIBRATION_DESCRIPTION, tags.TO_DETECTOR, tags.TO_PATIENT, tags.MAGNIFICATION,
    tags.NOMINAL_SCANNED_SPACING, tags.PIXEL_ASPECT_RATIO, tags.BEAM_CENTRE_SPACING,
    tags.IMAGE_PLANE_SPACING, tags.TO_AXIS, tags.TO_IMAGE_PLANE, tags.ROWS, tags.COLUMNS,
    tags.PIXEL_REPRESENTATION, tags.PADDING, tags.WINDOW_CENTRE, tags.WINDOW_WIDTH,
    tags.INTERCEPT, tags.SLOPE, tags.RESCALE_TYPE, tags.WINDOW_NAME, tags.MODALITY_LUT,
    tags.PET_UNITS, tags.VOI_FUNCTION, tags.VOI_LUT, tags.BURNED_IN, tags.PHOTOMETRIC,
    tags.PADDING_LIMIT, tags.LUT_SHAPE, tags.MAPPING, tags.BITS_STORED,
)  # fmt: skip


def meaning_of(header: Header) -> Meaning:
    """Return what the pixels of a file mean."""
    stored = tuple(map(header.raw.get, _TAGS))
    return _large_meaning(stored) if tags.VOI_LUT in header.raw else _small_meaning(stored)


def _meaning(stored: tuple[bytes | None, ...]) -> Meaning:
    raw = {tag: value for tag, value in zip(_TAGS, stored, strict=True) if value is not None}
    header = Header(Path(), Stamp(0, 0), "", raw, None)
    scaled = scaling_of(header)
    change = change_of(header, scaled)
    return Meaning(
        sop_class=header.text(tags.SOP_CLASS),
        turn=_turn(header),
        slope=scaled.slope,
        intercept=scaled.intercept,
        table=tags.MODALITY_LUT in raw,
        padding=padding_of(header),
        unit=scaled.unit,
        windows=change.windows(windows_of(header)),
        inverted=is_inverted(header),
        scale=scale_of(header),
        remarks=(*remarks_on(header), *scaled.notices),
        ways=scaled.ways,
    )


_small_meaning = lru_cache(maxsize=1024)(_meaning)
_large_meaning = lru_cache(maxsize=16)(_meaning)
"""For files with tables of greys, of which only a few are remembered."""


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


def remarks_on(header: Header) -> tuple[Notice, ...]:
    """Return what a file asks to be shown and is shown here in another way, or not at all."""
    said = [*remarks_on_greys(header)]
    if header.text(tags.BURNED_IN) == "YES":
        sentence = "The file says that words are burned into its pictures; they may name somebody."
        said.append(Notice("burned_in", sentence))
    return tuple(said)
