"""Volumes as NIfTI and NRRD: real-world values, and the place in the patient kept."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from nibabel.nifti1 import Nifti1Image
from numpy.typing import NDArray

from viewer.core.geometry import Array
from viewer.core.volume import Volume
from viewer.io.nifti import to_ras

_SCANNER = 1
_UNPACKED = 1 << 22
_QUICK = 1
_WHOLE_TYPES = (np.uint8, np.int16, np.uint16, np.int32, np.uint32)
_NRRD_TYPES = {
    "|i1": "int8", "|u1": "uint8", "<i2": "int16", "<u2": "uint16", "<i4": "int32",
    "<u4": "uint32", "<f4": "float", "<f8": "double",
}  # fmt: skip


class _Header(Protocol):
    def set_xyzt_units(self, xyz: str) -> None: ...

    def set_slope_inter(self, slope: float, inter: float) -> None: ...


class _Image(Protocol):
    """What is used of nibabel's image, which has no types of its own."""

    header: _Header

    def set_sform(self, affine: Array, code: int) -> None: ...

    def set_qform(self, affine: Array, code: int) -> None: ...

    def get_qform(self) -> Array: ...

    def to_filename(self, filename: Path) -> None: ...


_image = cast("Callable[[NDArray[np.generic], Array], _Image]", Nifti1Image)


def write_nifti_volume(path: Path, volume: Volume) -> None:
    """Write a volume as NIfTI-1: stored values with their scale where that is exact in the file.

    The file keeps a scale in single precision. One that does not fit is
    applied here, and the values are written as floating point.
    """
    scale = (volume.slope, volume.intercept)
    exact = all(float(np.float32(number)) == number for number in scale)
    voxels = volume.voxels if exact else real_values(volume)
    affine = to_ras(volume.geometry.affine)
    image = _image(voxels.T, affine)
    image.header.set_xyzt_units("mm")
    if exact:
        image.header.set_slope_inter(*scale)
    image.set_sform(affine, code=_SCANNER)
    image.set_qform(affine, code=_SCANNER)
    if not np.allclose(image.get_qform(), affine, atol=1e-3):
        image.set_qform(affine, code=0)  # it cannot say how sheared axes lie; sform can
    image.to_filename(path)


def write_nrrd_volume(path: Path, volume: Volume) -> None:
    """Write the real-world values of a volume as NRRD in left-posterior-superior space."""
    voxels = real_values(volume)
    little = np.ascontiguousarray(voxels.astype(voxels.dtype.newbyteorder("<"), copy=False))
    with path.open("wb") as file:
        file.write(_nrrd_head(volume, little.dtype).encode("ascii"))
        with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=_QUICK, mtime=0) as packed:
            octets = little.reshape(-1).view(np.uint8).data
            for at in range(0, len(octets), _UNPACKED):
                packed.write(octets[at : at + _UNPACKED])


def real_values(volume: Volume) -> NDArray[np.generic]:
    """Return real-world values in the smallest type that holds them exactly, else as floats."""
    slope, intercept = volume.slope, volume.intercept
    voxels = np.asarray(volume.voxels)
    if (slope, intercept) == (1.0, 0.0):
        return voxels
    if voxels.dtype.kind in "iu" and slope.is_integer() and intercept.is_integer():
        low, high = (int(end) * int(slope) + int(intercept) for end in (voxels.min(), voxels.max()))
        for kind in _WHOLE_TYPES:
            if np.iinfo(kind).min <= low <= high <= np.iinfo(kind).max:
                return _slice_by_slice(volume, np.dtype(kind))
    many = voxels.dtype.itemsize >= 4 and voxels.dtype.kind in "iu"
    return _slice_by_slice(volume, np.dtype(np.float64 if many else np.float32))


def _slice_by_slice(volume: Volume, dtype: np.dtype[np.generic]) -> NDArray[np.generic]:
    """Return real-world values, worked out in double precision in little memory."""
    values = np.empty(volume.voxels.shape, dtype)
    for number, voxels in enumerate(volume.voxels):
        stored = np.asarray(voxels, np.float64)
        values[number] = (stored * volume.slope + volume.intercept).astype(dtype)
    return values


def _nrrd_head(volume: Volume, dtype: np.dtype[np.generic]) -> str:
    slices, rows, columns = volume.geometry.shape
    affine = volume.geometry.affine
    steps = " ".join(_vector(affine[:3, axis]) for axis in (2, 1, 0))
    lines = [
        "NRRD0004",
        f"type: {_NRRD_TYPES[dtype.str]}",
        "dimension: 3",
        "space: left-posterior-superior",
        f"sizes: {columns} {rows} {slices}",
        f"space directions: {steps}",
        "kinds: domain domain domain",
        "endian: little",
        "encoding: gzip",
        'space units: "mm" "mm" "mm"',
        f"space origin: {_vector(affine[:3, 3])}",
    ]
    return "\n".join(lines) + "\n\n"


def _vector(numbers: Array) -> str:
    return f"({','.join(repr(float(number)) for number in numbers)})"
