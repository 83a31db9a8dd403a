"""NRRD volumes (teem.sourceforge.net/nrrd/format.html): raw or gzip, attached or detached."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np

from viewer.core.errors import Unreadable
from viewer.core.geometry import Geometry
from viewer.core.study import Notice
from viewer.io.grids import Grid, Moments, Numbers, checked, damaged_head, numbered

Fields: TypeAlias = dict[str, str]
Vectors: TypeAlias = list[tuple[float, ...] | None]

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
_MM = {"m": 1000.0, "cm": 10.0, "mm": 1.0, "um": 1e-3, "micron": 1e-3, "microns": 1e-3}
_IN_SPACE = ("domain", "space")
_COLOURS = {"rgb-color": 3, "3-color": 3, "vector": 3, "rgba-color": 4, "4-color": 4}
_MOMENTS = ("list", "time", "???", "none", "", *_IN_SPACE)


def read_grid(path: Path) -> Grid:
    """Return the grid of an NRRD file.

    Raises:
        Unreadable: if it is none, or of a kind that is not read.
        OSError: if it cannot be read.
    """
    fields, start = _head(path)
    try:
        return checked(_grid(path, fields, start))
    except (KeyError, ValueError, IndexError, OverflowError) as error:
        raise damaged_head(path) from error


def head_fields(path: Path) -> Fields:
    """Return all that a head says, key and value pairs included, by names in small letters.

    Raises:
        Unreadable: if it is no NRRD file.
        OSError: if it cannot be read.
    """
    return {name: _as_utf8(value) for name, value in _head(path)[0].items()}


def _as_utf8(text: str) -> str:
    """Return a text as Slicer means it; one that is no UTF-8 as it stands."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return text


def _head(path: Path) -> tuple[Fields, int]:
    with path.open("rb") as file:
        text = file.read(_LONGEST_HEAD)
    if not text:
        raise Unreadable(f"{path.name} is empty", code="empty")
    if not text.startswith(b"NRRD000"):
        raise Unreadable(f"{path.name} is no NRRD file", code="not_an_image")
    fields: Fields = {}
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


@dataclass(frozen=True, slots=True)
class _Axes:
    """Which axes of the file lie in space, and the one that does not, if there is one."""

    sizes: tuple[int, ...]
    spatial: tuple[int, ...]
    other: int | None

    @property
    def more(self) -> int:
        """How many values, or volumes, there are."""
        return 1 if self.other is None else self.sizes[self.other]


def _grid(path: Path, fields: Fields, start: int) -> Grid:
    directions = _vectors(fields.get("space directions", ""))
    kinds = [kind.lower() for kind in fields.get("kinds", "").split()]
    axes = _axes(path, fields, directions, kinds)
    kind = kinds[axes.other] if axes.other is not None and axes.other < len(kinds) else ""
    dtype = np.dtype(_TYPES[fields["type"].lower()])
    colour = _is_colour(kind, axes, dtype)
    if not colour and axes.more > 1 and kind not in _MOMENTS:
        what = f"{axes.more} values in each voxel ({kind})"
        raise Unreadable(
            f"{path.name} holds {what}, which is not shown here", code="unsupported_pixels"
        )
    first = axes.other == 0
    numbers = _numbers(path, fields, start, dtype, axes.more if first else 1)
    geometry, notices = _geometry(fields, axes, directions)
    moments = (
        Moments() if colour else numbered(path, "time" if kind == "time" else "volume", axes.more)
    )
    sources = () if numbers.path == path else (numbers.path,)
    return Grid(geometry, numbers, moments, colour, notices=notices, sources=sources)


def _axes(path: Path, fields: Fields, directions: Vectors, kinds: list[str]) -> _Axes:
    """Return what the axes are: those with a direction lie in space, or else those of that kind."""
    sizes = tuple(int(word) for word in fields["sizes"].split())
    if int(fields["dimension"]) != len(sizes) or min(sizes) < 1:
        raise damaged_head(path)
    every = tuple(range(len(sizes)))
    spatial = tuple(axis for axis in every if not directions or directions[axis] is not None)
    if len(spatial) == 4 and len(kinds) == 4:
        spatial = tuple(axis for axis in every if kinds[axis] in _IN_SPACE)
    if len(spatial) == 4:
        spatial = (0, 1, 2)
    others = [axis for axis in every if axis not in spatial]
    if len(spatial) == 2 and not others:
        return _Axes((*sizes, 1), (0, 1, 2), None)
    if len(spatial) != 3 or len(others) > 1:
        raise Unreadable(
            f"{path.name} has {len(sizes)} dimensions, not three", code="unsupported_pixels"
        )
    if others and others[0] not in (0, 3):
        raise Unreadable(f"{path.name} mixes slices and volumes", code="unsupported_pixels")
    return _Axes(sizes, spatial, others[0] if others else None)


def _is_colour(kind: str, axes: _Axes, dtype: np.dtype[np.generic]) -> bool:
    return axes.other == 0 and dtype == np.uint8 and _COLOURS.get(kind) == axes.more


def _numbers(
    path: Path, fields: Fields, start: int, dtype: np.dtype[np.generic], values: int
) -> Numbers:
    source, offset = _source(path, fields, start)
    packing = fields.get("encoding", "raw").lower()
    if packing not in ("raw", "gzip", "gz"):
        raise Unreadable(
            f"{path.name} is packed as {packing}, which is not read", code="unsupported_syntax"
        )
    big = fields.get("endian", "little").lower() == "big"
    dtype = dtype.newbyteorder(">" if big else "<")
    if packing == "raw":
        return Numbers(source, offset, dtype, values=values)
    return Numbers(source, 0, dtype, offset, values)


def _vectors(text: str) -> Vectors:
    """Return vectors like "(1,0,0) (0,1,0) none"."""
    words = text.replace(")", ") ").split(") ") if "(" in text else []
    found: Vectors = []
    for word in words:
        before, bracket, numbers = word.strip().partition("(")
        found += [None] * before.split().count("none")
        if bracket:
            found.append(tuple(float(number) for number in numbers.split(",")))
    return found


def _geometry(
    fields: Fields, axes: _Axes, directions: Vectors
) -> tuple[Geometry, tuple[Notice, ...]]:
    affine = np.eye(4)
    space = fields.get("space", "").lower().removesuffix("-time")
    flip = _TO_LPS.get(space)
    notices: tuple[Notice, ...] = ()
    if directions:
        columns = [directions[axis] for axis in axes.spatial]
        scale = np.array(flip or (1, 1, 1)) * _millimetres(fields)
        matrix = np.array([column[:3] for column in columns if column is not None]).T
        affine[:3, :3] = (np.diag(scale) @ matrix)[:, ::-1]
        origins = _vectors(fields.get("space origin", ""))
        if origins and origins[0] is not None:
            affine[:3, 3] = np.diag(scale) @ np.asarray(origins[0][:3])
    else:
        affine[:3, :3] = np.diag(_steps(fields, axes))[:, ::-1]
    if not directions or flip is None:
        sentence = "The file does not say how the patient lay; sides and letters may be wrong."
        notices = (Notice("unknown_orientation", sentence),)
    sizes = [axes.sizes[axis] for axis in axes.spatial]
    return Geometry((sizes[2], sizes[1], sizes[0]), affine), notices


def _steps(fields: Fields, axes: _Axes) -> list[float]:
    """Return the distances between voxels; 1 where there are none."""
    steps = [float(word) for word in fields.get("spacings", "").split()]
    told = [steps[axis] if axis < len(steps) else 1.0 for axis in axes.spatial]
    return [step if math.isfinite(step) and step > 0 else 1.0 for step in told]


def _millimetres(fields: Fields) -> float:
    """Return how many mm a unit of space is; mm where the file does not say."""
    units = {word.strip('" ').lower() for word in fields.get("space units", "").split()}
    known = [_MM[unit] for unit in units if unit in _MM]
    return known[0] if len(known) == 1 else 1.0


def _source(path: Path, fields: Fields, start: int) -> tuple[Path, int]:
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
