"""MetaImage volumes (MHA, and MHD with its voxels in a file beside it)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Unreadable
from viewer.core.geometry import Geometry
from viewer.core.study import Notice
from viewer.io.grids import Grid, read_bytes, unpack_bytes
from viewer.io.nrrd import as_voxels, beside

_LONGEST_HEAD = 1 << 16
_TYPES = {
    "MET_CHAR": "i1", "MET_UCHAR": "u1", "MET_SHORT": "i2", "MET_USHORT": "u2", "MET_INT": "i4",
    "MET_UINT": "u4", "MET_LONG_LONG": "i8", "MET_ULONG_LONG": "u8", "MET_FLOAT": "f4",
    "MET_DOUBLE": "f8",
}  # fmt: skip


def read_grid(path: Path) -> Grid:
    """Return the grid of a MetaImage.

    Raises:
        Unreadable: if it is none, or of a kind that is not read.
        OSError: if it cannot be read.
    """
    fields, start = _head(path)
    try:
        return _grid(path, fields, start)
    except (KeyError, ValueError, IndexError, OverflowError) as error:
        raise Unreadable(f"{path.name} has a damaged head", code="damaged_header") from error


def _head(path: Path) -> tuple[dict[str, str], int]:
    with path.open("rb") as file:
        text = file.read(_LONGEST_HEAD)
    if not text:
        raise Unreadable(f"{path.name} is empty", code="empty")
    fields: dict[str, str] = {}
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


def _grid(path: Path, fields: dict[str, str], start: int) -> Grid:
    sizes = [int(word) for word in fields["DimSize"].split()]
    if len(sizes) == 2:
        sizes.append(1)
    if len(sizes) not in (3, 4) or int(fields.get("ElementNumberOfChannels", "1")) != 1:
        raise Unreadable(f"{path.name} is not a volume of grey values", code="unsupported_pixels")
    notices: tuple[Notice, ...] = ()
    if len(sizes) == 4 and sizes[3] > 1:
        notices = (
            Notice("first_of_many", f"This file holds {sizes[3]} volumes; the first is shown."),
        )
    geometry = _geometry(fields, sizes)
    dtype = np.dtype(_TYPES[fields["ElementType"]])
    big = "True" in (
        fields.get("BinaryDataByteOrderMSB", ""),
        fields.get("ElementByteOrderMSB", ""),
    )
    dtype = dtype.newbyteorder(">" if big else "<")
    source = (
        path if fields["ElementDataFile"] == "LOCAL" else beside(path, fields["ElementDataFile"])
    )
    offset = start if source == path else int(fields.get("HeaderSize", "0"))
    packed = fields.get("CompressedData", "False") == "True"

    def read() -> NDArray[np.generic]:
        count = int(np.prod(geometry.shape, dtype=np.int64)) * dtype.itemsize
        if offset < 0 and not packed:
            stored = read_bytes(source, max(0, source.stat().st_size - count), count, zipped=False)
        elif packed:
            stored = unpack_bytes(source, max(0, offset), count)
        else:
            stored = read_bytes(source, offset, count, zipped=False)
        return as_voxels(stored, dtype, geometry)

    return Grid(geometry, read, notices=notices, sources=() if source == path else (source,))


def _geometry(fields: dict[str, str], sizes: list[int]) -> Geometry:
    """Return the grid; MetaImage's axes and origin are LPS already, as ITK writes them."""
    many = int(fields.get("NDims", "3"))
    turn = _numbers(fields, ("TransformMatrix", "Rotation", "Orientation"), np.eye(many))
    origin = _numbers(fields, ("Offset", "Position", "Origin"), np.zeros(many))
    spacing = _numbers(fields, ("ElementSpacing", "ElementSize"), np.ones(many))
    axes = np.eye(3)
    flat = min(many, 3)
    axes[:flat, :flat] = turn.reshape(many, many)[:flat, :flat]
    steps, place = np.ones(3), np.zeros(3)
    steps[:flat], place[:flat] = spacing[:flat], origin[:flat]
    return Geometry.from_axes((sizes[2], sizes[1], sizes[0]), place, axes[::-1], steps[::-1])


def _numbers(
    fields: dict[str, str], names: tuple[str, ...], otherwise: NDArray[np.float64]
) -> NDArray[np.float64]:
    for name in names:
        if name in fields:
            values = np.array([float(word) for word in fields[name].split()])
            if values.size != otherwise.size:
                raise ValueError(name)
            return values
    return otherwise
