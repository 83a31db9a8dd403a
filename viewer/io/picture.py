"""One picture in a file: where it lies in the patient and how its pixels are stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from viewer.core.plane import Plane
from viewer.core.scale import UNKNOWN, Scale, in_patient
from viewer.core.study import Instance, Notice
from viewer.core.units import Way
from viewer.core.window import Window
from viewer.io import tags
from viewer.io.header import Header, PixelPlace, Stamp
from viewer.io.meaning import Meaning, meaning_of
from viewer.io.syntaxes import CODECS, NATIVE

_FARTHEST_MM = 1e6
"""A kilometre: nothing in a patient is so far away or so large."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the pixels of one picture are stored (PS3.3 C.7.6.3)."""

    rows: int
    columns: int
    frames: int
    samples: int
    photometric: str
    planar: int
    bits_allocated: int
    bits_stored: int
    high_bit: int
    signed: bool

    @property
    def plain(self) -> bool:
        """Tell whether whole bytes of one grey value per pixel are stored."""
        return (
            self.samples == 1
            and self.photometric in ("MONOCHROME1", "MONOCHROME2")
            and self.bits_allocated in (8, 16, 32)
            and 0 < self.bits_stored <= self.bits_allocated
            and self.high_bit == self.bits_stored - 1
        )

    @property
    def colour(self) -> bool:
        """Tell whether the picture is shown in colour."""
        return self.samples == 3 or self.photometric == "PALETTE COLOR"

    @property
    def frame_bytes(self) -> int:
        """The bytes of one frame, uncompressed."""
        return (self.rows * self.columns * self.samples * self.bits_allocated + 7) // 8

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """The type in which stored grey values are kept."""
        bits = max(8, self.bits_allocated)
        return np.dtype(f"<{'i' if self.signed else 'u'}{bits // 8}")


@dataclass(frozen=True, slots=True)
class Tile:
    """Where a slice lies in a mosaic: its first row and column, and how the whole is stored."""

    row: int
    column: int
    whole: Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture(Instance):
    """An instance together with what its loader needs to know.

    `table` says that a table, not slope and intercept, leads to values; `drawn_over` that
    its file has overlay planes. `unit` is empty where nobody names it; `ways` are those in
    which the values can be given besides, by value maps of the file.
    """

    layout: Layout
    place: PixelPlace
    stamp: Stamp
    slope: float = 1.0
    intercept: float = 0.0
    table: bool = False
    floating: bool = False
    padding: tuple[int, int] | None = None
    unit: str = "1"
    windows: tuple[tuple[str, Window], ...] = ()
    inverted: bool = False
    spacing_mm: tuple[float, float] | None = None
    scale: Scale = UNKNOWN
    remarks: tuple[Notice, ...] = ()
    drawn_over: bool = False
    ways: tuple[Way, ...] = ()
    tile: Tile | None = None

    @property
    def straight(self) -> bool:
        """Tell whether the bytes in the file are the voxels."""
        return (
            self.transfer_syntax_uid in NATIVE
            and self.layout.plain
            and not self.floating
            and not self.table
        )

    @property
    def raised(self) -> bool:
        """Tell whether grey values are said to lie in the upper bits of their words."""
        layout = self.layout
        return (
            replace(layout, high_bit=layout.bits_stored - 1).plain
            and layout.bits_stored <= layout.high_bit < layout.bits_allocated
            and not self.floating
            and not self.table
        )

    @property
    def codec(self) -> str:
        """Return the decoder of plain compressed grey pixels; empty if it takes more."""
        if not self.layout.plain or self.table or self.layout.bits_allocated == 32:
            return ""
        return CODECS.get(self.transfer_syntax_uid, "")

    @property
    def shape(self) -> tuple[int, ...]:
        """Rows and columns, and 3 where it is in colour."""
        size = (self.layout.rows, self.layout.columns)
        return (*size, 3) if self.layout.colour else size

    @property
    def stored_type(self) -> np.dtype[np.generic]:
        """The type of the decoded pixels."""
        if self.layout.colour:
            return np.dtype(np.uint8)
        if self.floating or self.table:
            return np.dtype(np.float32)
        return self.layout.dtype


def pictures_of(header: Header) -> list[Picture]:
    """Return every frame of a file as a picture of its own."""
    layout, place = layout_of(header), header.pixels
    if place is None:
        return []
    first = _picture(header, layout, place, 0)
    if layout.frames == 1 and not header.frames:
        return [first]
    if not header.frames:
        return [replace(first, frame=frame, plane=None) for frame in range(layout.frames)]
    heads = [replace(header, raw={**header.raw, **raw}, frames=()) for raw in header.frames]
    if header.frames[0].get(tags.TILE):
        return [_tile(head, layout, place, number) for number, head in enumerate(heads)]
    return [
        _picture(head, layout, place, frame) for frame, head in enumerate(heads[: layout.frames])
    ]


def _tile(header: Header, whole: Layout, place: PixelPlace, number: int) -> Picture:
    """Return one slice of a mosaic."""
    row, column, rows, columns = (int(n) for n in header.numbers(tags.TILE))
    layout = replace(whole, rows=rows, columns=columns)
    return replace(_picture(header, layout, place, number), tile=Tile(row, column, whole))


def layout_of(header: Header) -> Layout:
    """Return how pixels are stored."""
    return _layout(tuple(map(header.raw.get, _LAYOUT)))


_LAYOUT = (
    tags.ROWS, tags.COLUMNS, tags.NUMBER_OF_FRAMES, tags.SAMPLES_PER_PIXEL, tags.PHOTOMETRIC,
    tags.PLANAR_CONFIGURATION, tags.BITS_ALLOCATED, tags.BITS_STORED, tags.HIGH_BIT,
    tags.PIXEL_REPRESENTATION,
)  # fmt: skip


@lru_cache(maxsize=256)
def _layout(stored: tuple[bytes | None, ...]) -> Layout:
    raw = {tag: value for tag, value in zip(_LAYOUT, stored, strict=True) if value is not None}
    header = Header(Path(), Stamp(0, 0), "", raw, None)
    allocated = header.integer(tags.BITS_ALLOCATED)
    bits = header.integer(tags.BITS_STORED, allocated)
    return Layout(
        rows=header.integer(tags.ROWS),
        columns=header.integer(tags.COLUMNS),
        frames=max(1, header.integer(tags.NUMBER_OF_FRAMES, 1)),
        samples=header.integer(tags.SAMPLES_PER_PIXEL, 1),
        photometric=header.text(tags.PHOTOMETRIC),
        planar=header.integer(tags.PLANAR_CONFIGURATION),
        bits_allocated=allocated,
        bits_stored=bits,
        high_bit=header.integer(tags.HIGH_BIT, bits - 1),
        signed=header.integer(tags.PIXEL_REPRESENTATION) == 1,
    )


def _picture(header: Header, layout: Layout, place: PixelPlace, frame: int) -> Picture:
    meaning = meaning_of(header)
    plane = _plane(header, meaning)
    return Picture(
        path=header.path,
        sop_instance_uid=header.text(tags.SOP_INSTANCE),
        sop_class_uid=meaning.sop_class,
        transfer_syntax_uid=header.syntax,
        number=header.integer(tags.INSTANCE_NUMBER),
        frame=frame,
        plane=plane,
        side=header.text(tags.SIDE) or header.text(tags.SIDE_OF_SERIES),
        view=header.text(tags.VIEW),
        towards=() if plane else header.texts(tags.TOWARDS)[:2],
        layout=layout,
        place=place,
        stamp=header.stamp,
        slope=meaning.slope,
        intercept=meaning.intercept,
        table=meaning.table,
        floating=header.float_pixels,
        padding=None if meaning.table or header.float_pixels else meaning.padding,
        unit=meaning.unit,
        windows=meaning.windows,
        inverted=meaning.inverted,
        spacing_mm=plane.spacing_mm if plane else meaning.scale.patient_mm,
        scale=in_patient(plane.spacing_mm) if plane else meaning.scale,
        remarks=meaning.remarks,
        ways=meaning.ways,
        drawn_over=not tags.OVERLAY_ROWS.isdisjoint(header.raw),
    )


def _plane(header: Header, meaning: Meaning) -> Plane | None:
    """Return where the picture lies, by Image Position and Orientation (Patient) alone."""
    position = header.numbers(tags.POSITION)
    if meaning.turn is None or len(position) != 3:
        return None
    right, down, spacing_mm = meaning.turn
    if max(map(abs, (*position, *spacing_mm))) > _FARTHEST_MM:
        return None
    try:
        return Plane((position[0], position[1], position[2]), right, down, spacing_mm)
    except ValueError:
        return None
