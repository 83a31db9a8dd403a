"""MetaImage volumes (MHA, and MHD with its voxels in a file beside it)."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Unreadable
from viewer.core.geometry import Geometry
from viewer.core.study import Notice
from viewer.io.grids import Grid, Moments, Numbers, checked, damaged_head, numbered
from viewer.io.nrrd import beside

Fields: TypeAlias = dict[str, str]

_LONGEST_HEAD = 1 << 16
_TYPES = {
    "MET_CHAR": "i1", "MET_UCHAR": "u1", "MET_SHORT": "i2", "MET_USHORT": "u2", "MET_INT": "i4",
    "MET_UINT": "u4", "MET_LONG_LONG": "i8", "MET_ULONG_LONG": "u8", "MET_FLOAT": "f4",
    "MET_DOUBLE": "f8",
}  # fmt: skip
_TURNS = ("TransformMatrix", "Rotation", "Orientation")


def read_grid(path: Path) -> Grid:
    """Return the grid of a MetaImage.

    Raises:
        Unreadable: if it is none, or of a kind that is not read.
        OSError: if it cannot be read.
    """
    fields, start = _head(path)
    try:
        return checked(_grid(path, fields, start))
    except (KeyError, ValueError, IndexError, OverflowError) as error:
        raise damaged_head(path) from error


def _head(path: Path) -> tuple[Fields, int]:
    with path.open("rb") as file:
        text = file.read(_LONGEST_HEAD)
    if not text:
        raise Unreadable(f"{path.name} is empty", code="empty")
    fields: Fields = {}
    at = 0
    while at < len(text):
        end = text.find(b"\n", at)
        line = text[at : end if end >= 0 else len(text)].decode("latin-1")
        at = end + 1 if end >= 0 else len(text)
        name, equals, value = line.partition("=")
        if not equals or not name.strip().isalnum():
            break
        fields[name.strip()] = value.strip()
        if name.strip() == "ElementDataFile":
            return fields, at
    raise Unreadable(f"{path.name} is no MetaImage", code="not_an_image")


def _grid(path: Path, fields: Fields, start: int) -> Grid:
    sizes = [int(word) for word in fields["DimSize"].split()]
    if len(sizes) == 2:
        sizes.append(1)
    if len(sizes) not in (3, 4) or min(sizes) < 1:
        raise Unreadable(f"{path.name} is not a volume of grey values", code="unsupported_pixels")
    dtype = np.dtype(_TYPES[fields["ElementType"]])
    values = int(fields.get("ElementNumberOfChannels", "1"))
    colour = values in (3, 4) and dtype == np.uint8 and len(sizes) == 3
    if values != 1 and not colour:
        what = f"{values} values in each voxel (a vector field)"
        raise Unreadable(
            f"{path.name} holds {what}, which is not shown here", code="unsupported_pixels"
        )
    big = "True" in (
        fields.get("BinaryDataByteOrderMSB", ""),
        fields.get("ElementByteOrderMSB", ""),
    )
    numbers = _numbers(path, fields, start, dtype.newbyteorder(">" if big else "<"), values, sizes)
    moments = numbered(path, "volume", sizes[3]) if len(sizes) == 4 else Moments()
    sources = () if numbers.path == path else (numbers.path,)
    geometry, notices = _geometry(fields, sizes)
    return Grid(geometry, numbers, moments, colour, notices=notices, sources=sources)


def _numbers(
    path: Path,
    fields: Fields,
    start: int,
    dtype: np.dtype[np.generic],
    values: int,
    sizes: list[int],
) -> Numbers:
    named = fields["ElementDataFile"]
    source = path if named == "LOCAL" else beside(path, named)
    offset = start if source == path else int(fields.get("HeaderSize", "0"))
    if fields.get("CompressedData", "False") == "True":
        return Numbers(source, 0, dtype, max(0, offset), values)
    if offset < 0:  # the voxels are at the end of their file, whatever comes before
        count = int(np.prod(sizes, dtype=np.int64)) * values * dtype.itemsize
        offset = max(0, source.stat().st_size - count)
    return Numbers(source, offset, dtype, values=values)


def _geometry(fields: Fields, sizes: list[int]) -> tuple[Geometry, tuple[Notice, ...]]:
    """Return the grid; MetaImage's axes and origin are LPS already, as ITK writes them."""
    many = int(fields.get("NDims", "3"))
    turn = _listed(fields, _TURNS, np.eye(many))
    origin = _listed(fields, ("Offset", "Position", "Origin"), np.zeros(many))
    spacing = _listed(fields, ("ElementSpacing", "ElementSize"), np.ones(many))
    axes = np.eye(3)
    flat = min(many, 3)
    axes[:flat, :flat] = turn.reshape(many, many)[:flat, :flat]
    steps, place = np.ones(3), np.zeros(3)
    steps[:flat], place[:flat] = spacing[:flat], origin[:flat]
    shape = (sizes[2], sizes[1], sizes[0])
    geometry = Geometry.from_axes(shape, place, axes[::-1], steps[::-1])
    if any(name in fields for name in _TURNS):
        return geometry, ()
    sentence = "The file does not say how the patient lay; sides and letters may be wrong."
    return geometry, (Notice("unknown_orientation", sentence),)


def _listed(
    fields: Fields, names: tuple[str, ...], otherwise: NDArray[np.float64]
) -> NDArray[np.float64]:
    for name in names:
        if name in fields:
            values = np.array([float(word) for word in fields[name].split()])
            if values.size != otherwise.size:
                raise ValueError(name)
            return values
    return otherwise
