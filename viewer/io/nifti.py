"""NIfTI-1 and -2 volumes.

NIfTI speaks RAS with voxels (i, j, k), the first fastest; we speak LPS with
(slice, row, column) = (k, j, i). `to_lps` and `to_ras` are the one place
where the two meet.
"""

from __future__ import annotations

import gzip
import math
from functools import partial
from itertools import product
from pathlib import Path
from typing import Protocol

import numpy as np
from nibabel.arrayproxy import ArrayProxy
from nibabel.nifti1 import Nifti1Image
from nibabel.nifti2 import Nifti2Image
from numpy.typing import NDArray

from viewer.core.errors import Unreadable
from viewer.core.geometry import Array, Geometry
from viewer.core.study import Notice
from viewer.io.grids import Grid, finite, read_bytes
from viewer.io.quiet import quietly

_FLIP = np.diag([-1.0, -1.0, 1.0, 1.0])
_TURN = np.eye(4)[[2, 1, 0, 3]]


def to_lps(affine: Array) -> Array:
    """Return the affine from (slice, row, column) to LPS of one from (i, j, k) to RAS."""
    return np.asarray(_FLIP @ affine @ _TURN)


def to_ras(affine: Array) -> Array:
    """Return the affine from (i, j, k) to RAS of one from (slice, row, column) to LPS."""
    return np.asarray(_FLIP @ affine @ _TURN)


_KINDS: dict[int, type[Nifti1Image]] = {1: Nifti1Image, 2: Nifti2Image}
_TYPES = {
    2: "u1", 4: "i2", 8: "i4", 16: "f4", 64: "f8", 256: "i1", 512: "u2", 768: "u4", 1024: "i8",
    1280: "u8",
}  # fmt: skip


def read_grid(path: Path) -> Grid:
    """Return the grid of a NIfTI file.

    Raises:
        Unreadable: if it is none, or of a kind that is not read.
        OSError: if it cannot be read.
    """
    if path.stat().st_size == 0:
        raise Unreadable(f"{path.name} is empty", code="empty")
    image = _opened(path)
    size = [max(1, int(n)) for n in image.header["dim"]]
    shape = (size[3], size[2], size[1])
    kind = _TYPES.get(int(image.header["datatype"]))
    if kind is None:
        raise Unreadable(f"{path.name} does not hold grey values", code="unsupported_pixels")
    later = size[4] * size[5] * size[6] * size[7]
    if int(image.header["dim"][0]) < 4:
        later = 1
    notices = _notices(image, later)
    try:
        affine = np.diag([_mm(image)] * 3 + [1.0]) @ np.asarray(image.affine, dtype=float)
        geometry = Geometry(shape, to_lps(affine))
    except ValueError as error:
        raise Unreadable(f"{path.name}: {error}", code="damaged_header") from error
    dtype = np.dtype(image.header.endianness + kind)
    offset = int(_stored(image).offset)
    slope, intercept = _scale(image)
    keep = slope > 0 and dtype.kind in "iu" and dtype.itemsize <= 4
    read = partial(_voxels, path, offset, dtype, geometry, (slope, intercept), keep=keep)
    return Grid(geometry, read, slope if keep else 1.0, intercept if keep else 0.0, notices)


def _mm(image: Nifti1Image) -> float:
    """Return how many mm a unit of length is; mm where the file does not say."""
    return {1: 1000.0, 3: 0.001}.get(int(image.header["xyzt_units"]) & 7, 1.0)


def _opened(path: Path) -> Nifti1Image:
    try:
        with quietly():
            return _KINDS[_version(path)].from_filename(path)
    except (PermissionError, FileNotFoundError):
        raise
    except Exception as error:  # nibabel raises almost anything on a mangled head
        sentence = f"{path.name} is no NIfTI file, or a damaged one"
        raise Unreadable(sentence, code="damaged_header") from error


def _version(path: Path) -> int:
    with gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb") as file:
        size = file.read(4)
    return 1 if 348 in (int.from_bytes(size, "little"), int.from_bytes(size, "big")) else 2


def _notices(image: Nifti1Image, volumes: int) -> tuple[Notice, ...]:
    notices: tuple[Notice, ...] = ()
    if int(image.header["sform_code"]) == 0 and int(image.header["qform_code"]) == 0:
        sentence = "The file does not say how the patient lay; sides and letters may be wrong."
        notices += (Notice("unknown_orientation", sentence),)
    if _two_places(image):
        sentence = (
            "The file says in two ways how the patient lay, and they differ (sform is shown)."
        )
        notices += (Notice("two_orientations", sentence),)
    if volumes > 1:
        sentence = f"This file holds {volumes} volumes; the first is shown."
        notices += (Notice("first_of_many", sentence),)
    return notices


class _TellsPlace(Protocol):
    """What nibabel's headers can do, with types."""

    def get_sform(self) -> NDArray[np.float64]: ...

    def get_qform(self) -> NDArray[np.float64]: ...


def _two_places(image: Nifti1Image) -> bool:
    """Tell whether sform and qform both claim to be valid and put voxels in different places."""
    head = image.header
    if int(head["sform_code"]) == 0 or int(head["qform_code"]) == 0:
        return False
    told: _TellsPlace = head
    apart = np.asarray(told.get_sform()) - np.asarray(told.get_qform())
    size = [max(1, int(n)) for n in head["dim"]][1:4]
    ends = np.array(list(product(*((0, n - 1) for n in size))))
    shift_mm = np.linalg.norm(ends @ apart[:3, :3].T + apart[:3, 3], axis=1)
    return bool(shift_mm.max() > 0.5 * min(float(n) for n in head["pixdim"][1:4]))


def _stored(image: Nifti1Image) -> ArrayProxy:
    """Return what knows of the voxels in the file; nibabel's header forgets their scale."""
    if not isinstance(image.dataobj, ArrayProxy):
        raise TypeError("a file that was just opened has its voxels on disk")
    return image.dataobj


def _scale(image: Nifti1Image) -> tuple[float, float]:
    """Return slope and intercept; a slope of zero or none means that there is no scale."""
    slope, intercept = float(_stored(image).slope), float(_stored(image).inter)
    if slope == 0 or not math.isfinite(slope):
        return 1.0, 0.0
    return slope, intercept if math.isfinite(intercept) else 0.0


def _voxels(
    path: Path,
    offset: int,
    dtype: np.dtype[np.generic],
    geometry: Geometry,
    scale: tuple[float, float],
    *,
    keep: bool,
) -> NDArray[np.generic]:
    count = math.prod(geometry.shape) * dtype.itemsize
    if path.name.lower().endswith(".gz"):
        stored = read_bytes(path, 0, offset + count, zipped=True)[offset:].copy()
    else:
        stored = read_bytes(path, offset, count, zipped=False)
    voxels = stored.view(dtype).reshape(geometry.shape)
    if keep:
        return voxels.astype(dtype.newbyteorder("="), copy=False)
    return finite(voxels.astype(np.float32) * np.float32(scale[0]) + np.float32(scale[1]))
