"""One decoded picture of a file as plain numbers, by the engine that fills the window."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined, Unreadable
from viewer.core.study import Refusal, Study
from viewer.core.units import Way, in_words
from viewer.io.atomic import Staging
from viewer.io.decode import Decoder
from viewer.io.header import Header
from viewer.io.kinds import object_name
from viewer.io.mosaic import uncut
from viewer.io.other_formats import Listed
from viewer.io.other_loading import read_one
from viewer.io.picture import Picture, pictures_of
from viewer.io.picture_heads import PictureFile
from viewer.io.picture_series import studies_of
from viewer.io.scan import look_at
from viewer.io.tags import MODALITY, SOP_CLASS
from viewer.io.ways import ways_to_give

NO_FRAME = "no_frame"
"""The code of what is raised where a file has no picture of the wanted number."""


def frame_of(path: Path, frame: int, *, stored: bool, unit: str = "") -> NDArray[np.generic]:
    """Return one picture of a file as (row, column) or (row, column, 3); the first is number 0.

    Stored values keep their type. Real-world values are rescaled as the window
    shows them (PET as SUV where that is certain), or in the way that `unit` names
    ("SUVlbm", "Bq/ml", the label of a map in the file), in float32, or float64 where
    32 or more bits are stored. Colours are RGB and have no other values. In
    a file that is not DICOM a frame is a slice.

    Raises:
        Declined: if the file has no pictures, none of this number, or no such unit.
        Unreadable: if it is refused or damaged.
    """
    found = look_at(path)
    if isinstance(found, Refusal):
        raise Unreadable(f"{path}: {found.sentence}", code=found.code)
    if isinstance(found, (Listed, PictureFile)):
        if unit:
            raise Declined(f"{path} is given in its own unit only.", code="no_such_unit")
        return _slice_of(path, _study_in(found), frame, stored=stored)
    pictures = _pictures(path, found)
    _check(path, frame, len(pictures))
    way = None if stored else _way(found, pictures[frame], unit)
    try:
        values = decoded(pictures[frame], stored=stored)
        if way is None or pictures[frame].layout.colour:
            return values
        return np.asarray(np.multiply(values, way.slope) + way.intercept, values.dtype)
    except Unreadable as damage:
        raise Unreadable(f"{path}, frame {frame}: {damage}", code=damage.code) from damage


def decoded(
    picture: Picture, *, stored: bool, decoder: Decoder | None = None
) -> NDArray[np.generic]:
    """Return a picture as stored (colour as RGB), or as real-world values.

    Raises:
        Unreadable: if it is damaged.
    """
    source, dtype = (_as_stored(picture)) if stored else (picture, _wide(picture))
    pixels = np.empty(source.shape, dtype)
    (decoder or Decoder()).read(source, pixels)
    if stored or picture.layout.colour:
        return pixels
    return _scaled(pixels, picture.slope, picture.intercept)


def _scaled(
    pixels: NDArray[np.generic], slope: float, intercept: float
) -> NDArray[np.float32] | NDArray[np.float64]:
    """Return real-world values, in double precision where single could not hold the stored ones."""
    if pixels.dtype == np.float64 or (pixels.dtype.kind in "iu" and pixels.dtype.itemsize >= 4):
        return np.asarray(pixels.astype(np.float64) * slope + intercept)
    return np.asarray(pixels.astype(np.float32) * np.float32(slope) + np.float32(intercept))


def save_array(path: Path, pixels: NDArray[np.generic]) -> None:
    """Write an array as a NumPy file, whole or not at all.

    Raises:
        Declined: if it cannot be written.
    """
    content = io.BytesIO()
    np.save(content, pixels, allow_pickle=False)
    with Staging(path.parent) as staging:
        staging.write(path.name, content.getvalue())
        staging.commit()


def _pictures(path: Path, header: Header) -> list[Picture]:
    pictures = uncut(pictures_of(header))
    if not pictures:
        what = object_name(header.text(SOP_CLASS)) or "an object"
        raise Declined(f"{path} is {what} and has no pictures in it.", code="object")
    return pictures


def _way(header: Header, picture: Picture, unit: str) -> Way | None:
    """Return the way in which values are wanted: that of the window where none is named."""
    ways, why_not = ways_to_give(header.text(MODALITY), [picture])
    if not unit:
        return ways.now
    named = next((way for way in ways.known if way.name.lower() == unit.lower()), None)
    if named is not None and not named.why_not:
        return named
    known = ", ".join(way.name for way in ways.known if not way.why_not) or in_words(picture.unit)
    reason = "." if named is None else f": {named.why_not}."
    said = " ".join(["", *(one.sentence for one in why_not)])
    sentence = f"No {unit} of {header.path}{reason}{said} There is: {known or 'no unit'}."
    raise Declined(sentence, code="no_such_unit")


def _check(path: Path, frame: int, count: int) -> None:
    if not 0 <= frame < count:
        has = "one frame, number 0" if count == 1 else f"frames 0 to {count - 1}"
        raise Declined(f"{path} has no frame {frame}; it has {has}.", code=NO_FRAME)


def _study_in(found: Listed | PictureFile) -> Study:
    return found.study if isinstance(found, Listed) else studies_of([found])[0]


def _slice_of(path: Path, study: Study, frame: int, *, stored: bool) -> NDArray[np.generic]:
    every = [(part, n) for one in study.series for part in one.parts or (one,)
             for n in range(len(part.instances))]  # fmt: skip
    _check(path, frame, len(every))
    found = read_one(*every[frame])
    if stored or found.pixels.ndim == 3:
        return found.pixels
    return _scaled(found.pixels, found.slope, found.intercept)


def _as_stored(picture: Picture) -> tuple[Picture, np.dtype[np.generic]]:
    """Return a picture without what leads from its stored values to others, and their type."""
    layout = picture.layout
    if picture.floating:
        return picture, _wide(picture)
    if layout.photometric == "PALETTE COLOR":
        grey = replace(layout, photometric="MONOCHROME2")
        return replace(picture, layout=grey, table=False), layout.dtype
    if layout.samples == 3 and layout.bits_allocated > 8:
        # told that they have 8 bits, they are not brought down to 8
        return replace(picture, layout=replace(layout, bits_stored=8)), layout.dtype
    if layout.samples == 3:
        return picture, picture.stored_type
    return replace(picture, table=False), layout.dtype


def _wide(picture: Picture) -> np.dtype[np.generic]:
    """Return the type of the decoded pixels; doubles stay doubles."""
    if picture.floating and picture.layout.bits_allocated == 64:
        return np.dtype(np.float64)
    return picture.stored_type
