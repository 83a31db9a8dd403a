"""The empty image that a series is read into, and the places its slices go to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Protocol

import numpy as np
import psutil
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.stack import Frame, Stack
from viewer.core.study import Notice, Series, SeriesKind
from viewer.core.volume import Fidelity, Origin, Volume
from viewer.core.window import Window
from viewer.io.decode import Decoder
from viewer.io.identifiers import uid_from
from viewer.io.picture import Picture
from viewer.io.regular import grid
from viewer.io.suv import NoUptake, Uptake, uptake

_MAY_BE_SUV = {"Bq/ml", "{counts}", "g/ml", "cm2/ml"}
_SHARE_OF_MEMORY = 0.8


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
    """The place of one DICOM picture; `values` if real-world values are kept, not stored ones."""

    picture: Picture
    pixels: NDArray[np.generic]
    name: str
    values: bool = False

    def read(self, decoder: Decoder) -> None:
        """Read the slice into its place."""
        if not self.values:
            decoder.read(self.picture, self.pixels)
            return
        stored = np.empty(self.pixels.shape, self.picture.stored_type)
        decoder.read(self.picture, stored)
        np.multiply(stored, self.picture.slope, out=self.pixels, casting="unsafe")
        np.add(self.pixels, self.picture.intercept, out=self.pixels, casting="unsafe")

    def fill(self, lowest: float) -> None:
        """Leave a gap: the padding value where the file names one."""
        padding = self.picture.padding
        if padding is None or self.pixels.ndim == 3:
            self.pixels[...] = lowest
        elif self.values:
            self.pixels[...] = padding * self.picture.slope + self.picture.intercept
        else:
            self.pixels[...] = np.array(padding).astype(self.pixels.dtype)


@dataclass(slots=True)
class Filling:
    """Memory for one series; `voxels` where the slices form one block."""

    series: Series
    slots: Sequence[Slot]
    pictures: Sequence[Picture]
    voxels: NDArray[np.generic] | None
    notices: tuple[Notice, ...]
    compressed: bool
    whole: Volume | None = None
    uptake: Uptake | None = None
    _lowest: float | None = field(default=None)

    def learn(self, slot: Slot) -> None:
        """Take the least value of the first slice that landed as what gaps are filled with."""
        if self._lowest is None:
            self._lowest = float(slot.pixels.min())

    def lowest(self) -> float:
        """Return what a gap is filled with where no padding is named."""
        return 0.0 if self._lowest is None else self._lowest

    def image(self, damage: Mapping[int, str]) -> Volume | Stack:
        """Return the image, which shares this memory."""
        if self.whole is not None:
            return self.whole
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
        factor = self.uptake.factor if self.uptake else 1.0
        planes = [picture.plane for picture in self.pictures if picture.plane is not None]
        return Volume(
            voxels=voxels,
            geometry=grid(planes, series.rows, series.columns, _space(series)),
            unit=self._unit(),
            modality=series.modality,
            series_key=series.key,
            slope=(middle.slope if stored else 1.0) * factor,
            intercept=(middle.intercept if stored else 0.0) * factor,
            origins=tuple(_origin(picture) for picture in self.pictures),
            provenance=(f"read from {len(self.pictures)} DICOM images",),
            windows=_scaled(middle.windows, factor),
            inverted=middle.layout.photometric == "MONOCHROME1",
            synthetic=series.synthetic,
        )

    def _unit(self) -> str:
        return self.uptake.unit if self.uptake else _unit(self.pictures)

    def _stack(self, damage: Mapping[int, str]) -> Stack:
        series, middle = self.series, self.pictures[len(self.pictures) // 2]
        factor = self.uptake.factor if self.uptake else 1.0
        frames = tuple(
            _frame(slot.pixels, picture, damage.get(index, ""), factor)
            for index, (slot, picture) in enumerate(zip(self.slots, self.pictures, strict=True))
        )
        reasons = [n.sentence for n in series.notices if n.code not in ("damaged", "lossy")]
        return Stack(
            frames=frames,
            unit=self._unit(),
            modality=series.modality,
            series_key=series.key,
            reason=" ".join(reasons),
            frame_of_reference_uid=series.frame_of_reference_uid,
            windows=_scaled(middle.windows, factor),
            inverted=middle.layout.photometric == "MONOCHROME1",
            synthetic=series.synthetic,
        )


def _space(series: Series) -> str:
    """Return the frame of reference; one that names none shares its space with nobody."""
    return series.frame_of_reference_uid or uid_from(series.key, "frame")


def _unit(pictures: Sequence[Picture]) -> str:
    """Return the unit of all pictures; none where they differ, as where one lacks its rescale."""
    units = {picture.unit for picture in pictures}
    return units.pop() if len(units) == 1 else "1"


def _scaled(
    windows: tuple[tuple[str, Window], ...], factor: float
) -> tuple[tuple[str, Window], ...]:
    if factor == 1.0:
        return windows
    return tuple(
        (name, Window(window.centre * factor, window.width * factor)) for name, window in windows
    )


def _origin(picture: Picture) -> Origin:
    return Origin(picture.sop_instance_uid, picture.sop_class_uid, picture.frame)


def _frame(
    pixels: NDArray[np.generic], picture: Picture, damage: str, factor: float = 1.0
) -> Frame:
    view = pixels.view()
    view.setflags(write=False)
    plain = pixels.dtype.kind in "iu" and pixels.ndim == 2
    return Frame(
        pixels=view,
        plane=picture.plane,
        spacing_mm=picture.spacing_mm,
        origin=_origin(picture),
        slope=(picture.slope if plain else 1.0) * factor,
        intercept=(picture.intercept if plain else 0.0) * factor,
        damage=damage,
    )


def plan(series: Series, pictures: Sequence[Picture]) -> Filling:
    """Allocate memory for a series once.

    Raises:
        Declined: if it would not fit.
    """
    if series.kind is SeriesKind.VOLUME:
        return _plan_volume(series, pictures)
    _check_memory(sum(prod(picture.shape) * picture.stored_type.itemsize for picture in pictures))
    slots = [
        PictureSlot(picture, np.zeros(picture.shape, picture.stored_type), _name(picture, series))
        for picture in pictures
    ]
    return _filled(series, slots, pictures, None)


def _plan_volume(series: Series, pictures: Sequence[Picture]) -> Filling:
    first = pictures[0]
    alike = all(
        (picture.stored_type, picture.slope, picture.intercept)
        == (first.stored_type, first.slope, first.intercept)
        for picture in pictures
    )
    keep = alike and first.slope > 0 and first.stored_type.kind in "iu"
    dtype = first.stored_type if keep else np.dtype(np.float32)
    _check_memory(len(pictures) * series.rows * series.columns * dtype.itemsize)
    voxels = np.zeros((len(pictures), series.rows, series.columns), dtype)
    slots = [
        PictureSlot(picture, voxels[index], _name(picture, series), values=not keep)
        for index, picture in enumerate(pictures)
    ]
    return _filled(series, slots, pictures, voxels)


def _filled(
    series: Series,
    slots: Sequence[PictureSlot],
    pictures: Sequence[Picture],
    voxels: NDArray[np.generic] | None,
) -> Filling:
    compressed = any(not picture.straight for picture in pictures)
    notices = tuple(notice for notice in series.notices if notice.code != "damaged")
    if len({picture.unit for picture in pictures}) > 1:
        sentence = "The slices are in different units, so their values are shown without one."
        notices += (Notice("mixed_units", sentence),)
    notices += tuple(dict.fromkeys(remark for picture in pictures for remark in picture.remarks))
    found, why_not = _uptake(series, pictures)
    return Filling(series, slots, pictures, voxels, (*notices, *why_not), compressed, uptake=found)


def _uptake(
    series: Series, pictures: Sequence[Picture]
) -> tuple[Uptake | None, tuple[Notice, ...]]:
    """Return how PET values become SUV, or else why they do not."""
    units = {picture.unit for picture in pictures}
    if series.modality != "PT" or len(units) != 1 or not units & _MAY_BE_SUV:
        return None, ()
    from viewer.io.tracer import tracer_of

    try:
        return uptake(tracer_of(pictures[0].path)), ()
    except NoUptake as reason:
        sentence = f"No SUV: {reason}."
        return None, (Notice("no_suv", sentence),)


def _name(picture: Picture, series: Series) -> str:
    frame = f", frame {picture.frame + 1}" if picture.layout.frames > 1 else ""
    what = "Slice" if series.kind is SeriesKind.VOLUME else "Image"
    return f"{what} {picture.number} ({picture.path.name}{frame})"


def _check_memory(wanted: int) -> None:
    there = psutil.virtual_memory().available
    if wanted > there * _SHARE_OF_MEMORY:
        needs, has = f"{wanted / 1e9:.1f} GB of memory", f"{there / 1e9:.1f} GB"
        sentence = f"The series needs {needs}, and only {has} is free."
        raise Declined(sentence, code="too_large")
