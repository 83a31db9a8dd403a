"""Volumes as NIfTI and NRRD: real-world values, and the place in the patient kept."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from nibabel.nifti1 import Nifti1Image
from numpy.typing import NDArray

from viewer.core.geometry import Array, Geometry
from viewer.core.volume import Volume
from viewer.imaging.derivation import derived_marks
from viewer.io.nifti import to_ras

_SCANNER, _UNKNOWN = 1, 0
_VOXELS_AT = 352
_UNPACKED = 1 << 22
_QUICK = 1
_LONGEST_DESCRIPTION = 79
_WHOLE_TYPES = (np.uint8, np.int16, np.uint16, np.int32, np.uint32)
_NRRD_TYPES = {
    "|i1": "int8", "|u1": "uint8", "<i2": "int16", "<u2": "uint16", "<i4": "int32",
    "<u4": "uint32", "<f4": "float", "<f8": "double",
}  # fmt: skip


class _Header(Protocol):
    def set_xyzt_units(self, xyz: str, t: str | None = None) -> None: ...

    def set_zooms(self, zooms: tuple[float, ...]) -> None: ...

    def get_zooms(self) -> tuple[float, ...]: ...

    def __setitem__(self, name: str, value: int | str) -> None: ...

    @property
    def binaryblock(self) -> bytes: ...

    def set_slope_inter(self, slope: float, inter: float) -> None: ...


class _Image(Protocol):
    """What is used of nibabel's image, which has no types of its own."""

    header: _Header

    def set_sform(self, affine: Array, code: int) -> None: ...

    def set_qform(self, affine: Array, code: int) -> None: ...

    def get_qform(self) -> Array: ...

    def to_filename(self, filename: Path) -> None: ...


_image = cast("Callable[[NDArray[np.generic], Array], _Image]", Nifti1Image)


def write_nifti_volume(path: Path, volume: Volume, *, in_patient: bool = True) -> None:
    """Write a volume as NIfTI-1: stored values with their scale where that is exact in the file.

    The file keeps a scale in single precision. One that does not fit is
    applied here, and the values are written as floating point. A volume that
    is not said to lie in the patient keeps the size of its voxels alone.
    """
    scale = (volume.slope, volume.intercept)
    exact = all(float(np.float32(number)) == number for number in scale)
    voxels = volume.voxels if exact else real_values(volume)
    image = _placed(voxels.T, volume.geometry, in_patient=in_patient)
    image.header.set_xyzt_units("mm")
    if exact:
        image.header.set_slope_inter(*scale)
    image.header["descrip"] = " ".join(derived_marks(volume))[:_LONGEST_DESCRIPTION]
    image.to_filename(path)


def _placed(voxels: NDArray[np.generic], geometry: Geometry, *, in_patient: bool) -> _Image:
    """Return a NIfTI image that says where its voxels (column, row, slice, ...) lie."""
    affine = to_ras(geometry.affine)
    image = _image(voxels, affine)
    if not in_patient:
        image.set_sform(affine, code=_UNKNOWN)
        image.set_qform(affine, code=_UNKNOWN)
        return image
    image.set_sform(affine, code=_SCANNER)
    image.set_qform(affine, code=_SCANNER)
    if not np.allclose(image.get_qform(), affine, atol=1e-3):
        image.set_qform(affine, code=0)  # it cannot say how sheared axes lie; sform can
    return image


def nifti_head(
    geometry: Geometry,
    dtype: np.dtype[np.generic],
    scale: tuple[float, float],
    count: int,
    step_s: float | None,
    *,
    in_patient: bool,
) -> bytes:
    """Return all of a NIfTI-1 file of several volumes that comes before their voxels."""
    slices, rows, columns = geometry.shape
    nothing = np.broadcast_to(np.zeros((), dtype), (columns, rows, slices, count))
    header = _placed(nothing, geometry, in_patient=in_patient).header
    header.set_xyzt_units("mm", "sec" if step_s else None)
    header.set_zooms((*header.get_zooms()[:3], step_s or 1.0))
    header.set_slope_inter(*scale)
    header["vox_offset"] = _VOXELS_AT
    return header.binaryblock.ljust(_VOXELS_AT, b"\0")


def write_nrrd_volume(path: Path, volume: Volume, *, in_patient: bool = True) -> None:
    """Write the real-world values of a volume as NRRD, in the patient (LPS) if that is known."""
    voxels = real_values(volume)
    little = np.ascontiguousarray(voxels.astype(voxels.dtype.newbyteorder("<"), copy=False))
    with path.open("wb") as file:
        head = nrrd_head(volume.geometry, little.dtype, in_patient=in_patient)
        for mark in reversed(derived_marks(volume)):
            head = head.replace("\n", f"\n# {mark}\n", 1)
        file.write(head.encode("ascii", errors="replace"))
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


def nrrd_head(
    geometry: Geometry, dtype: np.dtype[np.generic], count: int = 1, *, in_patient: bool
) -> str:
    """Return the head of an NRRD file of one volume, or of several along a fourth axis."""
    slices, rows, columns = geometry.shape
    affine = geometry.affine
    steps = " ".join(_vector(affine[:3, axis]) for axis in (2, 1, 0))
    several = count > 1
    lines = [
        "NRRD0004",
        f"type: {_NRRD_TYPES[dtype.str]}",
        f"dimension: {4 if several else 3}",
        "space: left-posterior-superior" if in_patient else "space dimension: 3",
        f"sizes: {columns} {rows} {slices}" + (f" {count}" if several else ""),
        f"space directions: {steps}" + (" none" if several else ""),
        "kinds: domain domain domain" + (" list" if several else ""),
        "endian: little",
        "encoding: gzip",
        'space units: "mm" "mm" "mm"',
        f"space origin: {_vector(affine[:3, 3])}",
    ]
    return "\n".join(lines) + "\n\n"


def _vector(numbers: Array) -> str:
    return f"({','.join(repr(float(number)) for number in numbers)})"
