"""A volume from a file that is not DICOM into memory, slice by slice."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import prod

import numpy as np
from numpy.typing import NDArray

from viewer.core.code import HOUNSFIELD, NO_UNIT
from viewer.core.errors import Unreadable
from viewer.core.progress import Progress, Silent
from viewer.core.stack import Frame, Stack
from viewer.core.study import Instance, Notice, Series, SeriesKind
from viewer.core.taken import NOTED, is_taken
from viewer.core.volume import Origin, Volume
from viewer.io.budget import shared_budget
from viewer.io.decode import Decoder
from viewer.io.filling import Filling
from viewer.io.film_files import FORMAT, load_video
from viewer.io.grids import Grid
from viewer.io.other_formats import grid_in
from viewer.io.picture_kinds import FORMATS
from viewer.io.picture_loading import load_pictures
from viewer.io.stored_numbers import Packed, source_of


def load_other(series: Series, progress: Progress) -> Filling:
    """Take room for a volume of a file that is not DICOM; of several volumes, for the first.

    Raises:
        Unreadable: if it is damaged or not the file that was listed.
        Declined: if there is no room.
        Cancelled: if the work is no longer wanted.
    """
    series = series.parts[0] if series.kind is SeriesKind.FOUR_D else series
    if series.format in FORMATS:
        return load_pictures(series)
    if series.format == FORMAT:
        return load_video(series)
    path = series.instances[0].path
    try:
        found = grid_in(path, series.format)
        moment = _moment(series, found)
        slices = Slices(found, moment)
        _check_whole(found, moment)
        if isinstance(slices.source, Packed):
            slices.source.approach(slices.start, progress)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Unreadable(f"{path.name} cannot be read ({why})", code="unreadable") from error
    return _filling(series, found, slices)


def _moment(series: Series, found: Grid) -> int:
    """Return which volume of the file a series is, and check that it is still there."""
    slices, rows, columns = found.geometry.shape
    first = series.instances[0]
    listed = (len(series.instances), series.rows, series.columns)
    number = first.frame // slices
    if listed != (slices, rows, columns) or number >= found.moments.count:
        name = first.path.name
        raise Unreadable(f"{name} is not the file that was listed", code="changed")
    return number


def _check_whole(found: Grid, moment: int) -> None:
    """Refuse a volume of which a file that is not packed holds only a part."""
    numbers = found.numbers
    wanted = found.volume_bytes if found.side_by_side else found.volume_bytes * (moment + 1)
    held = max(0, numbers.path.stat().st_size - numbers.offset)
    if numbers.packed_from is None and held < wanted:
        sentence = f"{numbers.path.name} ends after {held} of {wanted} bytes of voxels"
        raise Unreadable(sentence, code="truncated")


class Slices:
    """The slices of one volume in a file, as they are to lie in memory."""

    def __init__(self, found: Grid, moment: int) -> None:
        numbers = found.numbers
        self._found, self._numbers = found, numbers
        self._channel = moment if found.side_by_side else 0
        self._last = found.side_by_side or moment == found.moments.count - 1
        self._bytes = found.volume_bytes // found.geometry.shape[0]
        self.start = numbers.offset + (0 if found.side_by_side else moment * found.volume_bytes)
        self.source = source_of(numbers.path, numbers.packed_from)
        self.kept = (
            found.slope > 0 and numbers.dtype.kind in "iu" and numbers.dtype.itemsize <= 4
        ) or found.colour
        self.dtype = numbers.dtype.newbyteorder("=") if self.kept else np.dtype(np.float32)
        self.holes: dict[int, NDArray[np.uint8]] = {}
        self.least = np.inf
        self._lock = threading.Lock()

    @property
    def shape(self) -> tuple[int, ...]:
        """Rows and columns, and 3 where it is in colour."""
        size = self._found.geometry.shape[1:]
        return (*size, 3) if self._found.colour else size

    def read(self, index: int, into: NDArray[np.generic]) -> None:
        """Read one slice into its place.

        Raises:
            Unreadable: if it is damaged.
        """
        numbers, at = self._numbers, self.start + index * self._bytes
        straight = self.kept and numbers.values == 1 and numbers.dtype == into.dtype
        rows, columns = self._found.geometry.shape[1:]
        stored = into if straight else np.empty((rows, columns, numbers.values), numbers.dtype)
        try:
            self.source.read(at, stored.reshape(-1).view(np.uint8).data)
            if self._last and index == self._found.geometry.shape[0] - 1:
                self._check_end()
        except OSError as error:
            raise Unreadable(f"it cannot be read ({error.strerror})", code="unreadable") from error
        if self._found.colour:
            into[...] = stored[..., :3]
        elif not straight:
            into[...] = stored[..., self._channel] if self.kept else self._scaled(index, stored)

    def _check_end(self) -> None:
        if isinstance(self.source, Packed):
            self.source.check_end()

    def _scaled(self, index: int, stored: NDArray[np.generic]) -> NDArray[np.float32]:
        """Return real-world values; what is no number becomes the least of the slice for now."""
        values = stored[..., self._channel].astype(np.float32)
        with np.errstate(over="ignore", invalid="ignore"):
            values = values * np.float32(self._found.slope) + np.float32(self._found.intercept)
        wrong = ~np.isfinite(values)
        there = values[~wrong] if wrong.any() else values
        least = float(there.min()) if there.size else 0.0
        with self._lock:
            if there.size:
                self.least = min(self.least, least)
            if wrong.any():
                self.holes[index] = np.packbits(wrong)
        values[wrong] = least
        return np.asarray(values)


@dataclass(slots=True)
class _SliceSlot:
    """The place of one slice."""

    name: str
    pixels: NDArray[np.generic] = field(repr=False)
    slices: Slices
    index: int

    def read(self, decoder: Decoder) -> None:  # noqa: ARG002  # nothing to decode
        """Read the slice into its place."""
        self.slices.read(self.index, self.pixels)

    def fill(self, lowest: float) -> None:
        """Leave a gap."""
        self.pixels[...] = 0 if self.pixels.ndim == 3 else lowest


@dataclass(slots=True)
class VolumeFilling(Filling):
    """Memory for a volume, or for coloured slices, of a file that is not DICOM."""

    found: Grid | None = None
    holes: Slices | None = None
    _volume_made: Volume | None = None

    def image(self, damage: Mapping[int, str]) -> Volume | Stack:
        """Return the image, which shares this memory."""
        if self.voxels is None:
            return self._coloured(damage)
        if self._volume_made is None:
            self._volume_made = self._made(self.voxels)
        return self._volume_made

    def finish(self) -> None:
        """Put the least of all values where there is no number: it never looks like tissue."""
        if self.holes is None or self.voxels is None or not self.holes.holes:
            return
        least = self.holes.least if np.isfinite(self.holes.least) else 0.0
        for index, packed in self.holes.holes.items():
            pixels = self.voxels[index]
            wrong = np.unpackbits(packed, count=pixels.size).astype(bool).reshape(pixels.shape)
            pixels[wrong] = least
        sentence = "Some voxels hold no number (NaN); they are shown as the least value."
        self.notices += (Notice("not_a_number", sentence),)

    def _made(self, voxels: NDArray[np.generic]) -> Volume:
        found, series = self.found, self.series
        if found is None:
            raise TypeError("a volume has a grid")
        stored = voxels.dtype.kind in "iu"
        path = series.instances[0].path
        part = f" ({series.split})" if series.split else ""
        noted = (NOTED,) if is_taken(series.notices) else ()
        return Volume(
            voxels=voxels,
            geometry=replace(found.geometry, frame_of_reference_uid=series.frame_of_reference_uid),
            unit=HOUNSFIELD.value if is_taken(series.notices) else NO_UNIT.value,
            modality=series.modality,
            series_key=series.key,
            slope=found.slope if stored else 1.0,
            intercept=found.intercept if stored else 0.0,
            provenance=(f"read from {path.name}{part}", *noted),
            synthetic=series.synthetic,
        )

    def _coloured(self, damage: Mapping[int, str]) -> Stack:
        frames = tuple(
            _frame(slot.pixels, instance, damage.get(index, ""))
            for index, (slot, instance) in enumerate(
                zip(self.slots, self.series.instances, strict=True)
            )
        )
        series = self.series
        reason = " ".join(notice.sentence for notice in series.notices if notice.code == "colour")
        return Stack(
            frames=frames,
            unit="1",
            modality=series.modality,
            series_key=series.key,
            reason=reason,
            frame_of_reference_uid=series.frame_of_reference_uid,
            synthetic=series.synthetic,
        )


def _frame(pixels: NDArray[np.generic], instance: Instance, damage: str) -> Frame:
    view = pixels.view()
    view.setflags(write=False)
    plane = instance.plane
    return Frame(view, plane, plane.spacing_mm if plane else None, Origin("", ""), damage=damage)


def _filling(series: Series, found: Grid, slices: Slices) -> Filling:
    count = found.geometry.shape[0]
    room = shared_budget().room(count * prod(slices.shape) * slices.dtype.itemsize)
    voxels = room.array((count, *slices.shape), slices.dtype)
    slots = [_SliceSlot(f"Slice {n + 1}", voxels[n], slices, n) for n in range(count)]
    return VolumeFilling(
        series,
        slots,
        (),
        None if found.colour else voxels,
        (*series.notices, *room.notices),
        compressed=False,
        room=room,
        in_order=isinstance(slices.source, Packed),
        found=found,
        holes=slices,
    )


@dataclass(frozen=True, slots=True, eq=False)
class One:
    """One slice or frame as it is kept, and what leads to real-world values."""

    pixels: NDArray[np.generic]
    slope: float
    intercept: float
    inverted: bool


def read_one(series: Series, index: int) -> One:
    """Read one slice or frame of a file that is not DICOM, without the others where that can be.

    Raises:
        Unreadable: if it is damaged or not the file that was listed.
        Declined: if there is no room.
    """
    filling = load_other(series, Silent())
    slot = filling.slots[index]
    slot.read(Decoder())
    image = filling.image({})
    if isinstance(image, Volume):
        return One(slot.pixels, image.slope, image.intercept, image.inverted)
    frame = image.frames[index]
    return One(slot.pixels, frame.slope, frame.intercept, frame.inverted)


def middle_of(series: Series) -> int:
    """Return the slice or frame that stands for a series in lists."""
    return 0 if series.kind is SeriesKind.CINE else len(series.instances) // 2
