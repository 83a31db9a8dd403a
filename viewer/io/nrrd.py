"""NRRD volumes (teem.sourceforge.net/nrrd/format.html): raw or gzip, attached or detached."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Unreadable
from viewer.core.geometry import Geometry
from viewer.core.study import Notice
from viewer.io.grids import Grid, finite, read_bytes, unpack_bytes

_LONGEST_HEAD = 1 << 20
_TYPES = {
    "signed char": "i1", "int8": "i1", "int8_t": "i1",
    "uchar": "u1", "unsigned char": "u1", "uint8": "u1", "uint8_t": "u1",
    "short": "i2", "short int": "i2", "signed short": "i2", "int16": "i2", "int16_t": "i2",
    "ushort": "u2", "unsigned short": "u2", "uint16": "u2", "uint16_t": "u2",
    "int": "i4", "signed int": "i4", "int32": "i4", "int32_t": "i4",
    "uint": "u4", "unsigned int": "u4", "uint32": "u4", "uint32_t": "u4",
    "longlong": "i8", "long long": "i8", "int64": "i8", "int64_t": "i8",
    "ulonglong": "u8", "unsigned long long": "u8", "uint64": "u8", "uint64_t": "u8",
    "float": "f4", "double": "f8",
}  # fmt: skip
_TO_LPS = {
    "left-posterior-superior": (1, 1, 1), "lps": (1, 1, 1),
    "right-anterior-superior": (-1, -1, 1), "ras": (-1, -1, 1),
    "left-anterior-superior": (1, -1, 1), "las": (1, -1, 1),
}  # fmt: skip


def read_grid(path: Path) -> Grid:
    """Return the grid of an NRRD file.

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
    if not text.startswith(b"NRRD000"):
        raise Unreadable(f"{path.name} is no NRRD file", code="not_an_image")
    fields: dict[str, str] = {}
    at = 0
    while at < len(text):
        end = text.find(b"\n", at)
        line = text[at : end if end >= 0 else len(text)].decode("latin-1").strip()
        at = end + 1 if end >= 0 else len(text)
        if not line:
            return fields, at
        if ":" in line and not line.startswith("#"):
            name, _, value = line.partition(":")
            fields[name.strip().lower()] = value.lstrip("=").strip()
    return fields, at


def _grid(path: Path, fields: dict[str, str], start: int) -> Grid:
    sizes = [int(word) for word in fields["sizes"].split()]
    if int(fields["dimension"]) != len(sizes) or min(sizes) < 1:
        raise Unreadable(f"{path.name} has a damaged head", code="damaged_header")
    directions = _vectors(fields.get("space directions", ""))
    axes = [axis for axis in range(len(sizes)) if not directions or directions[axis] is not None]
    if len(axes) != 3:
        raise Unreadable(
            f"{path.name} has {len(sizes)} dimensions, not three", code="unsupported_pixels"
        )
    notices: tuple[Notice, ...] = ()
    others = [size for axis, size in enumerate(sizes) if axis not in axes]
    if others and max(others) > 1:
        if axes != [0, 1, 2]:
            raise Unreadable(
                f"{path.name} has several values in each voxel", code="unsupported_pixels"
            )
        many = int(np.prod(others, dtype=np.int64))
        notices += (
            Notice("first_of_many", f"This file holds {many} volumes; the first is shown."),
        )
    geometry, place_notices = _geometry(fields, [sizes[axis] for axis in axes], directions, axes)
    dtype = np.dtype(_TYPES[fields["type"].lower()])
    dtype = dtype.newbyteorder(">" if fields.get("endian", "little").lower() == "big" else "<")
    source, offset = _source(path, fields, start)
    packing = fields.get("encoding", "raw").lower()
    if packing not in ("raw", "gzip", "gz"):
        raise Unreadable(
            f"{path.name} is packed as {packing}, which is not read", code="unsupported_syntax"
        )

    def read() -> NDArray[np.generic]:
        count = int(np.prod(geometry.shape, dtype=np.int64)) * dtype.itemsize
        if packing == "raw":
            stored = read_bytes(source, offset, count, zipped=False)
        else:
            stored = unpack_bytes(source, offset, count)
        return as_voxels(stored, dtype, geometry)

    return Grid(
        geometry,
        read,
        notices=(*notices, *place_notices),
        sources=() if source == path else (source,),
    )


def as_voxels(
    stored: NDArray[np.uint8], dtype: np.dtype[np.generic], geometry: Geometry
) -> NDArray[np.generic]:
    """Return stored bytes as voxels in the machine's byte order; wide numbers become float32."""
    voxels = stored.view(dtype).reshape(geometry.shape)
    if dtype.kind == "f" or dtype.itemsize > 4:
        return finite(voxels.astype(np.float32))
    return voxels.astype(dtype.newbyteorder("="), copy=False)


def _vectors(text: str) -> list[tuple[float, ...] | None]:
    """Return vectors like "(1,0,0) (0,1,0) none"."""
    words = text.replace(")", ") ").split(") ") if "(" in text else []
    found: list[tuple[float, ...] | None] = []
    for word in words:
        before, bracket, numbers = word.strip().partition("(")
        found += [None] * before.split().count("none")
        if bracket:
            found.append(tuple(float(number) for number in numbers.split(",")))
    return found


def _geometry(
    fields: dict[str, str],
    sizes: list[int],
    directions: list[tuple[float, ...] | None],
    axes: list[int],
) -> tuple[Geometry, tuple[Notice, ...]]:
    affine = np.eye(4)
    notices: tuple[Notice, ...] = ()
    flip = _TO_LPS.get(fields.get("space", "").lower())
    if directions and flip is not None:
        columns = [directions[axis] for axis in axes]
        matrix = np.array([column for column in columns if column is not None]).T
        affine[:3, :3] = (np.diag(flip) @ matrix)[:, ::-1]
        origins = _vectors(fields.get("space origin", ""))
        if origins and origins[0] is not None:
            affine[:3, 3] = np.diag(flip) @ np.asarray(origins[0])
    else:
        steps = [float(word) for word in fields.get("spacings", "1 1 1").split()]
        affine[:3, :3] = np.diag([steps[axis] for axis in axes])[:, ::-1]
        sentence = "The file does not say how the patient lay; sides and letters may be wrong."
        notices = (Notice("unknown_orientation", sentence),)
    return Geometry((sizes[2], sizes[1], sizes[0]), affine), notices


def _source(path: Path, fields: dict[str, str], start: int) -> tuple[Path, int]:
    """Return the file in which the voxels lie, and where; a detached one lies beside its head."""
    named = fields.get("data file") or fields.get("datafile")
    if named is None:
        return path, start
    source = beside(path, named)
    skip = int(fields.get("byte skip", fields.get("byteskip", "0")))
    if skip < 0 or int(fields.get("line skip", "0")) != 0:
        raise Unreadable(f"{path.name} skips lines, which is not read", code="unsupported_syntax")
    return source, skip


def beside(path: Path, named: str) -> Path:
    """Return a file named in a head; it must lie in the same folder.

    Raises:
        Unreadable: if it lies elsewhere or is not there.
    """
    source = path.parent / named
    if Path(named).name != named or not source.resolve().is_relative_to(path.parent.resolve()):
        raise Unreadable(f"{path.name} names voxels outside its folder", code="unsafe_path")
    if not source.is_file():
        raise Unreadable(f"{path.name} names {named}, which is not there", code="missing_file")
    return source
