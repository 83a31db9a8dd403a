"""NIfTI-1 and -2 volumes.

NIfTI speaks RAS with voxels (i, j, k), the first fastest; we speak LPS with
(slice, row, column) = (k, j, i). `to_lps` and `to_ras` are the one place
where the two meet.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Unreadable
from viewer.core.geometry import Array, Geometry
from viewer.core.study import Notice
from viewer.io.grids import Grid, read_bytes

_FLIP = np.diag([-1.0, -1.0, 1.0, 1.0])
_TURN = np.eye(4)[[2, 1, 0, 3]]


def to_lps(affine: Array) -> Array:
    """Return the affine from (slice, row, column) to LPS of one from (i, j, k) to RAS."""
    return np.asarray(_FLIP @ affine @ _TURN)


def to_ras(affine: Array) -> Array:
    """Return the affine from (i, j, k) to RAS of one from (slice, row, column) to LPS."""
    return np.asarray(_FLIP @ affine @ _TURN)


def read_grid(path: Path) -> Grid:
    """Return the grid of a NIfTI file.

    Raises:
        Unreadable: if it is none, or of a kind that is not read.
        OSError: if it cannot be read.
    """
    from nibabel.loadsave import load
    from nibabel.nifti1 import Nifti1Image

    if path.stat().st_size == 0:
        raise Unreadable(f"{path.name} is empty", code="empty")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = load(path)
    except (PermissionError, FileNotFoundError):
        raise
    except Exception as error:  # nibabel raises almost anything on a mangled head
        raise Unreadable(
            f"{path.name} is no NIfTI file, or a damaged one", code="damaged_header"
        ) from error
    if not isinstance(image, Nifti1Image):
        raise Unreadable(f"{path.name} is no NIfTI file", code="not_an_image")
    return _grid(path, image)


def _grid(path: Path, image: object) -> Grid:
    from nibabel.nifti1 import Nifti1Image

    assert isinstance(image, Nifti1Image)
    header = image.header
    shape = tuple(int(n) for n in header.get_data_shape())
    while len(shape) < 3:
        shape = (*shape, 1)
    dtype = np.dtype(header.get_data_dtype())
    if dtype.kind not in "iuf" or dtype.itemsize > 8:
        raise Unreadable(f"{path.name} holds {dtype}, not grey values", code="unsupported_pixels")
    notices = _place_notices(image)
    later = int(np.prod(shape[3:], dtype=np.int64))
    if later > 1:
        notices += (
            Notice("first_of_many", f"This file holds {later} volumes; the first is shown."),
        )
    affine = np.asarray(image.affine, dtype=float)
    try:
        geometry = Geometry((shape[2], shape[1], shape[0]), to_lps(affine))
    except ValueError as error:
        raise Unreadable(f"{path.name}: {error}", code="damaged_header") from error
    offset = int(header.get_data_offset())
    slope, intercept = header.get_slope_inter()
    slope, intercept = float(slope or 1.0), float(intercept or 0.0)
    keep = slope > 0 and dtype.kind in "iu" and dtype.itemsize <= 4

    def read() -> NDArray[np.generic]:
        count = int(np.prod(shape[:3], dtype=np.int64)) * dtype.itemsize
        zipped = path.name.lower().endswith(".gz")
        stored = _bytes(path, offset, count, zipped=zipped)
        voxels = stored.view(dtype).reshape(geometry.shape)
        if keep:
            return voxels.astype(dtype.newbyteorder("="), copy=False)
        values = voxels.astype(np.float32)
        if (slope, intercept) != (1.0, 0.0):
            values = values * np.float32(slope) + np.float32(intercept)
        return np.nan_to_num(values, copy=False, posinf=0.0, neginf=0.0)

    return Grid(geometry, read, slope if keep else 1.0, intercept if keep else 0.0, notices)


def _bytes(path: Path, offset: int, count: int, *, zipped: bool) -> NDArray[np.uint8]:
    if zipped:
        return read_bytes(path, 0, offset + count, zipped=True)[offset:].copy()
    return read_bytes(path, offset, count, zipped=False)


def _place_notices(image: object) -> tuple[Notice, ...]:
    from nibabel.nifti1 import Nifti1Image

    assert isinstance(image, Nifti1Image)
    coded = (int(image.header["sform_code"]), int(image.header["qform_code"]))
    if coded == (0, 0):
        sentence = "The file does not say how the patient lay; sides and letters may be wrong."
        return (Notice("unknown_orientation", sentence),)
    return ()
