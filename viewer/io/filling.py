"""The empty image that a series is read into, and the places its slices go to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan, nan, prod
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from viewer.core.rescaled import loaded_as
from viewer.core.stack import Frame, Stack
from viewer.core.study import Notice, Series, SeriesKind
from viewer.core.units import NONE, Ways
from viewer.core.volume import Fidelity, Origin, Volume, padded
from viewer.imaging.derivation import DERIVED
from viewer.io.budget import Room, shared_budget
from viewer.io.decode import Decoder
from viewer.io.identifiers import uid_from
from viewer.io.padding import padding_mark
from viewer.io.picture import Picture
from viewer.io.regular import grid
from viewer.io.syntaxes import VIDEO
from viewer.io.ways import ways_to_give


class Slot(Protocol):
    """The place of one slice."""

    name: str
    pixels: NDArray[np.generic]

    def read(self, decoder: Decoder) -> None:
        """Read the slice into its place.

        Raises:
            Unreadable: if it is damaged.
        """

    def fill(self, lowest: float) -> None:
        """Leave a gap."""


@dataclass(slots=True)
class PictureSlot:
    """The place of one DICOM picture; `values` if real-world values are kept, not stored ones.

    `mark` is what then stands for padding.
    """

    picture: Picture
    pixels: NDArray[np.generic]
    name: str
    values: bool = False
    mark: float = nan

    def read(self, decoder: Decoder) -> None:
        """Read the slice into its place."""
        if not self.values:
            decoder.read(self.picture, self.pixels)
            return
        stored = np.empty(self.pixels.shape, self.picture.stored_type)
        decoder.read(self.picture, stored)
        np.multiply(stored, self.picture.slope, out=self.pixels, casting="unsafe")
        np.add(self.pixels, self.picture.intercept, out=self.pixels, casting="unsafe")
        nothing = padded(stored, self.picture.padding)
        if nothing is not None:
            self.pixels[nothing] = self.mark

    def fill(self, lowest: float) -> None:
        """Leave a gap: the padding value where the file names one."""
        padding = self.picture.padding
        if padding is None or self.pixels.ndim == 3:
            self.pixels[...] = lowest
        elif self.values:
            self.pixels[...] = self.mark
        else:
            self.pixels[...] = np.array(padding[0]).astype(self.pixels.dtype)


@dataclass(slots=True)
class Filling:
    """Memory for one series; `voxels` where the slices form one block."""

    series: Series
    slots: Sequence[Slot]
    pictures: Sequence[Picture]
    voxels: NDArray[np.generic] | None
    notices: tuple[Notice, ...]
    compressed: bool
    ways: Ways = field(default=Ways())
    padding: tuple[float, float] | None = None
    room: Room = field(default_factory=Room)
    in_order: bool = False
    """Slices can only be read one after the other."""
    _lowest: float | None = field(default=None)

    def learn(self, slot: Slot) -> None:
        """Take the least value of the first slice that landed as what gaps are filled with."""
        if self._lowest is None:
            self._lowest = float(slot.pixels.min())

    def lowest(self) -> float:
        """Return what a gap is filled with where no padding is named."""
        return 0.0 if self._lowest is None else self._lowest

    def finish(self) -> None:
        """Settle what could only be known when all slices had landed."""

    def image(self, damage: Mapping[int, str]) -> Volume | Stack:
        """Return the image, which shares this memory."""
        return self._stack(damage) if self.voxels is None else self._volume(self.voxels)

    def stand_in(self, quality: NDArray[np.uint8], claimed: NDArray[np.bool_], reach: int) -> None:
        """Copy slices that have landed over their empty neighbours, a few to each side."""
        if self.voxels is None:
            return
        own = np.flatnonzero(quality == Fidelity.ORIGINAL)
        for index in own:
            for side in (-1, 1):
                for away in range(1, reach + 1):
                    other = int(index) + side * away
                    if not 0 <= other < len(quality) or quality[other] or claimed[other]:
                        break
                    self.voxels[other] = self.voxels[index]
                    quality[other] = Fidelity.NEIGHBOUR

    def _volume(self, voxels: NDArray[np.generic]) -> Volume:
        series, middle = self.series, self.pictures[len(self.pictures) // 2]
        stored = voxels.dtype.kind in "iu"
        planes = [picture.plane for picture in self.pictures if picture.plane is not None]
        volume = Volume(
            voxels=voxels,
            geometry=grid(planes, series.rows, series.columns, _space(series)),
            unit=_unit(self.pictures),
            modality=series.modality,
            series_key=series.key,
            slope=middle.slope if stored else 1.0,
            intercept=middle.intercept if stored else 0.0,
            origins=tuple(_origin(picture) for picture in self.pictures),
            provenance=(
                f"read from {len(self.pictures)} DICOM images",
                *(one.sentence for one in self.notices if one.code == DERIVED),
            ),
            windows=middle.windows,
            inverted=middle.inverted,
            synthetic=series.synthetic,
            padding=self.padding,
        )
        return loaded_as(volume, self.ways)

    def _stack(self, damage: Mapping[int, str]) -> Stack:
        series, middle = self.series, self.pictures[len(self.pictures) // 2]
        frames = tuple(
            _frame(slot.pixels, picture, damage.get(index, ""))
            for index, (slot, picture) in enumerate(zip(self.slots, self.pictures, strict=True))
        )
        reasons = [n.sentence for n in series.notices if n.code not in ("damaged", "lossy")]
        stack = Stack(
            frames=frames,
            unit=_unit(self.pictures),
            modality=series.modality,
            series_key=series.key,
            reason=" ".join(reasons),
            frame_of_reference_uid=series.frame_of_reference_uid,
            windows=middle.windows,
            synthetic=series.synthetic,
        )
        return loaded_as(stack, self.ways)


def _space(series: Series) -> str:
    """Return the frame of reference; one that names none shares its space with nobody."""
    return series.frame_of_reference_uid or uid_from(series.key, "frame")


def _unit(pictures: Sequence[Picture]) -> str:
    """Return the unit of all pictures; none where they differ, as where one lacks its rescale."""
    units = {picture.unit for picture in pictures}
    return (units.pop() or NONE) if len(units) == 1 else NONE


def _origin(picture: Picture) -> Origin:
    return Origin(picture.sop_instance_uid, picture.sop_class_uid, picture.frame)


def _frame(pixels: NDArray[np.generic], picture: Picture, damage: str) -> Frame:
    view = pixels.view()
    view.setflags(write=False)
    plain = pixels.dtype.kind in "iu" and pixels.ndim == 2
    return Frame(
        pixels=view,
        plane=picture.plane,
        spacing_mm=picture.spacing_mm,
        origin=_origin(picture),
        slope=picture.slope if plain else 1.0,
        intercept=picture.intercept if plain else 0.0,
        damage=damage,
        scale=picture.scale,
        windows=picture.windows,
        inverted=picture.inverted,
        padding=picture.padding if plain else None,
    )


def plan(series: Series, pictures: Sequence[Picture]) -> Filling:
    """Take room for a series once, in memory or else on disk.

    Raises:
        Declined: if it would fit into neither.
    """
    if series.kind is SeriesKind.VOLUME:
        return _plan_volume(series, pictures)
    wanted = sum(prod(picture.shape) * picture.stored_type.itemsize for picture in pictures)
    room = shared_budget().room(wanted, len(pictures))
    slots = [
        PictureSlot(picture, room.array(picture.shape, picture.stored_type), _name(picture, series))
        for picture in pictures
    ]
    return _filled(series, slots, pictures, None, room)


def _plan_volume(series: Series, pictures: Sequence[Picture]) -> Filling:
    first = pictures[0]
    alike = all(
        (picture.stored_type, picture.slope, picture.intercept, picture.padding)
        == (first.stored_type, first.slope, first.intercept, first.padding)
        for picture in pictures
    )
    keep = alike and first.slope > 0 and first.stored_type.kind in "iu"
    dtype = first.stored_type if keep else np.dtype(np.float32)
    shape = (len(pictures), series.rows, series.columns)
    room = shared_budget().room(prod(shape) * dtype.itemsize)
    voxels = room.array(shape, dtype)
    mark = nan if keep else padding_mark(pictures)
    slots = [
        PictureSlot(picture, voxels[index], _name(picture, series), values=not keep, mark=mark)
        for index, picture in enumerate(pictures)
    ]
    filling = _filled(series, slots, pictures, voxels, room)
    filling.padding = first.padding if keep else None if isnan(mark) else (mark, mark)
    return filling


def _filled(
    series: Series,
    slots: Sequence[PictureSlot],
    pictures: Sequence[Picture],
    voxels: NDArray[np.generic] | None,
    room: Room,
) -> Filling:
    compressed = any(not picture.straight for picture in pictures)
    kept = (notice for notice in series.notices if notice.code != "damaged")
    notices = (*kept, *room.notices)
    if len({picture.unit for picture in pictures}) > 1:
        sentence = "The slices are in different units, so their values are shown without one."
        notices += (Notice("mixed_units", sentence),)
    if voxels is not None and len({picture.inverted for picture in pictures}) > 1:
        sentence = "Some slices are to be shown inverted and some not; all are shown alike."
        notices += (Notice("mixed_inversion", sentence),)
    notices += tuple(dict.fromkeys(remark for picture in pictures for remark in picture.remarks))
    ways, why_not = ways_to_give(series.modality, pictures)
    filling = Filling(
        series, slots, pictures, voxels, (*notices, *why_not), compressed, ways=ways, room=room
    )
    filling.in_order = pictures[0].transfer_syntax_uid in VIDEO
    return filling


def _name(picture: Picture, series: Series) -> str:
    frame = f", frame {picture.frame + 1}" if picture.layout.frames > 1 else ""
    frame = f", tile {picture.frame + 1}" if picture.tile else frame
    what = "Slice" if series.kind is SeriesKind.VOLUME else "Image"
    return f"{what} {picture.number} ({picture.path.name}{frame})"
