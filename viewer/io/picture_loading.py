"""PNG, JPEG, TIFF and BMP pictures into memory: a stack of frames that know of no patient."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import prod
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Unreadable
from viewer.core.stack import Frame, Stack
from viewer.core.study import Notice, Series
from viewer.core.volume import Origin, Volume
from viewer.io.budget import shared_budget
from viewer.io.decode import Decoder
from viewer.io.decoder_process import Job
from viewer.io.decoders import shared_decoders
from viewer.io.filling import Filling
from viewer.io.picture_heads import Page, PictureFile
from viewer.io.picture_kinds import read_picture_head

Pixels: TypeAlias = NDArray[np.generic]

_TURNED: dict[int, Callable[[Pixels], Pixels]] = {
    2: lambda p: p[:, ::-1], 3: lambda p: p[::-1, ::-1], 4: lambda p: p[::-1],
    5: lambda p: np.swapaxes(p, 0, 1), 6: lambda p: np.rot90(p, -1),
    7: lambda p: np.swapaxes(p[::-1, ::-1], 0, 1), 8: np.rot90,
}  # fmt: skip


def turned(pixels: NDArray[np.generic], orientation: int) -> NDArray[np.generic]:
    """Return a picture turned as EXIF and TIFF ask for (Orientation 1 to 8)."""
    turn = _TURNED.get(orientation)
    return pixels if turn is None else np.asarray(turn(pixels))


def kept_type(page: Page) -> np.dtype[np.generic]:
    """Return the type in which a page is kept: colours in 8 bits, wide numbers as float32."""
    if page.colour:
        return np.dtype(np.uint8)
    stored = np.dtype(page.dtype)
    wide = stored.itemsize > 4 or (stored.kind == "f" and stored.itemsize != 4)
    return np.dtype(np.float32) if wide else stored


@dataclass(slots=True)
class PageSlot:
    """The place of one page."""

    name: str
    pixels: NDArray[np.generic] = field(repr=False)
    path: Path
    format: str
    page: Page
    holes: bool = False

    def read(self, decoder: Decoder) -> None:  # noqa: ARG002  # it keeps nothing of such files
        """Decode the page into its place."""
        page = self.page
        stored = np.empty(self._stored_shape(), page.dtype)
        job = Job(
            codec=f"picture-{self.format.lower()}",
            rows=page.rows,
            columns=page.columns,
            dtype=stored.dtype.str,
            bits=stored.dtype.itemsize * 8,
            colour=stored.ndim == 3,
            path=str(self.path),
            frame=page.number,
            table=False,
        )
        shared_decoders().decode(job, b"", stored.reshape(-1).view(np.uint8).data)
        self.pixels[...] = turned(self._as_shown(stored), page.orientation)

    def _stored_shape(self) -> tuple[int, ...]:
        size = (self.page.rows, self.page.columns)
        return (*size, 3) if self.page.colour and self.page.palette is None else size

    def _as_shown(self, stored: NDArray[np.generic]) -> NDArray[np.generic]:
        palette = self.page.palette
        if palette is not None:
            return np.asarray(palette[stored])
        if self.page.colour and stored.dtype.itemsize == 2:
            return np.right_shift(stored.astype(np.uint16), 8)
        if stored.dtype.kind != "f":
            return stored
        with np.errstate(over="ignore"):
            values = stored.astype(np.float32)
        wrong = ~np.isfinite(values)
        self.holes = bool(wrong.any())
        if self.holes:
            values[wrong] = 0.0 if wrong.all() else values[~wrong].min()
        return np.asarray(values)

    def fill(self, lowest: float) -> None:
        """Leave a gap."""
        self.pixels[...] = 0 if self.pixels.ndim == 3 else lowest


@dataclass(slots=True)
class PictureFilling(Filling):
    """Memory for pictures that know of no patient."""

    pages: tuple[Page, ...] = ()

    def image(self, damage: Mapping[int, str]) -> Volume | Stack:
        """Return the image, which shares this memory."""
        frames = tuple(
            _frame(slot.pixels, page, damage.get(index, ""))
            for index, (slot, page) in enumerate(zip(self.slots, self.pages, strict=True))
        )
        series = self.series
        return Stack(frames, "1", series.modality, series.key, synthetic=series.synthetic)

    def finish(self) -> None:
        """Say that there are pixels without a number."""
        if any(isinstance(slot, PageSlot) and slot.holes for slot in self.slots):
            sentence = "Some pixels hold no number (NaN); they are shown as the least value."
            self.notices += (Notice("not_a_number", sentence),)


def _frame(pixels: NDArray[np.generic], page: Page, damage: str) -> Frame:
    view = pixels.view()
    view.setflags(write=False)
    return Frame(view, None, None, Origin("", ""), damage=damage, inverted=page.inverted)


def load_pictures(series: Series) -> Filling:
    """Take room for the pictures of a series.

    Raises:
        Unreadable: if a file is damaged, gone or not what was listed.
        Declined: if there is no room.
    """
    read: dict[Path, PictureFile] = {}
    pages = []
    for instance in series.instances:
        if instance.path not in read:
            read[instance.path] = _again(instance.path, series.format)
        pages.append(_page(read[instance.path], instance.frame, series))
    shapes = [(*page.shown, 3) if page.colour else page.shown for page in pages]
    wanted = sum(
        prod(shape) * kept_type(page).itemsize for shape, page in zip(shapes, pages, strict=True)
    )
    room = shared_budget().room(wanted, len(pages))
    slots = [
        PageSlot(
            _name(instance.path, page, read),
            room.array(shape, kept_type(page)),
            instance.path,
            series.format,
            page,
        )
        for instance, page, shape in zip(series.instances, pages, shapes, strict=True)
    ]
    notices = (*series.notices, *room.notices)
    return PictureFilling(
        series, slots, (), None, notices, compressed=True, room=room, pages=tuple(pages)
    )


def _again(path: Path, kind: str) -> PictureFile:
    try:
        return read_picture_head(path, kind)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Unreadable(f"{path.name} cannot be read ({why})", code="unreadable") from error


def _page(found: PictureFile, number: int, series: Series) -> Page:
    for page in found.pages:
        if page.number == number and page.shown == (series.rows, series.columns):
            return page
    raise Unreadable(f"{found.path.name} is not the file that was listed", code="changed")


def _name(path: Path, page: Page, read: Mapping[Path, PictureFile]) -> str:
    several = len(read[path].pages) > 1
    return f"{path.name}, page {page.number + 1}" if several else path.name
