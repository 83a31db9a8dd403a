"""Label maps as NIfTI, for images that are not DICOM; `nifti` holds the change of convention."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from nibabel.loadsave import load
from nibabel.nifti1 import Nifti1Extension, Nifti1Image
from numpy.typing import NDArray

from viewer.core.geometry import Array, Geometry
from viewer.core.segmentation import Segmentation
from viewer.io.nifti import to_lps, to_ras
from viewer.io.seg_words import our_words

_COMMENT = 6
_SCANNER = 1
_LABEL_INTENT = 1002
"""NIFTI_INTENT_LABEL: the values are names of things."""


class _Header(Protocol):
    extensions: list[object]

    def set_xyzt_units(self, xyz: str) -> None: ...

    def __setitem__(self, name: str, value: int) -> None: ...


class _Image(Protocol):
    """What is used of nibabel's image, which has no types of its own."""

    header: _Header
    dataobj: NDArray[np.unsignedinteger]
    affine: Array
    shape: tuple[int, ...]

    def set_sform(self, affine: Array, code: int) -> None: ...

    def set_qform(self, affine: Array, code: int) -> None: ...

    def to_filename(self, filename: Path) -> None: ...


_image = cast("Callable[[NDArray[np.generic], Array], _Image]", Nifti1Image)
_load = cast("Callable[[Path], _Image]", load)
_extension = cast("Callable[[int, bytes], object]", Nifti1Extension)


def as_image(voxels: NDArray[np.generic], affine: Array) -> _Image:
    """Return an image of (column, row, slice) voxels that knows where it lies (RAS mm)."""
    image = _image(voxels, affine)
    image.set_sform(affine, code=_SCANNER)
    image.set_qform(affine, code=_SCANNER)
    return image


def comment(words: str) -> object:
    """Return what a header carries as a comment."""
    return _extension(_COMMENT, words.encode())


def write_nifti(path: Path, segmentation: Segmentation) -> None:
    """Write a label map; what its labels are called is said in a comment (JSON)."""
    labels = segmentation.labels
    largest = max((one.label for one in segmentation.segments), default=0)
    kind = np.uint8 if max(largest, int(labels.max())) < 256 else np.uint16
    affine = to_ras(segmentation.geometry.affine)
    image = _image(labels.astype(kind, copy=False).T, affine)
    image.header.set_xyzt_units("mm")
    image.set_sform(affine, code=_SCANNER)
    image.set_qform(affine, code=_SCANNER)
    image.header["intent_code"] = _LABEL_INTENT
    image.header.extensions.append(_extension(_COMMENT, our_words(segmentation).encode()))
    image.to_filename(path)


def read_labels(path: Path) -> tuple[NDArray[np.unsignedinteger], Geometry]:
    """Return the labels of a label map (slice, row, column) and the grid they lie on."""
    image = _load(path)
    columns, rows, slices = image.shape
    return np.asarray(image.dataobj).T, Geometry((slices, rows, columns), to_lps(image.affine))
