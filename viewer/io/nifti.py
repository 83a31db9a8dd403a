"""NIfTI-1 and -2, alone or as a pair of files, and ANALYZE 7.5.

NIfTI speaks RAS with voxels (i, j, k), the first fastest; we speak LPS with
(slice, row, column) = (k, j, i). `to_lps` and `to_ras` are the one place
where the two meet.
"""

from __future__ import annotations

import gzip
import math
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import Protocol, TypeAlias, cast

import numpy as np
from nibabel.analyze import AnalyzeImage
from nibabel.arrayproxy import ArrayProxy
from nibabel.nifti1 import Nifti1Image, Nifti1Pair
from nibabel.nifti2 import Nifti2Image, Nifti2Pair
from numpy.typing import NDArray

from viewer.core.errors import Unreadable
from viewer.core.geometry import Array, Geometry
from viewer.core.study import Notice
from viewer.io.grids import Grid, Moments, Numbers, check_count, checked, numbered
from viewer.io.quiet import quietly

Opened: TypeAlias = Nifti1Pair | AnalyzeImage

_FLIP = np.diag([-1.0, -1.0, 1.0, 1.0])
_TURN = np.eye(4)[[2, 1, 0, 3]]
_HEAD_NIFTI_1, _HEAD_NIFTI_2 = 348, 540
_TYPES = {
    2: "u1", 4: "i2", 8: "i4", 16: "f4", 64: "f8", 256: "i1", 512: "u2", 768: "u4", 1024: "i8",
    1280: "u8",
}  # fmt: skip
_COLOURS = {128: 3, 2304: 4}
_NOT_SHOWN = {
    1: "single bits", 32: "complex numbers", 1536: "numbers of 128 bits",
    1792: "complex numbers", 2048: "complex numbers",
}  # fmt: skip
_SECONDS = {8: 1.0, 16: 1e-3, 24: 1e-6}
_OTHER_AXES = {32: "frequency", 40: "chemical shift", 48: "angular frequency"}
_LONGEST_TABLE = 1 << 20


def to_lps(affine: Array) -> Array:
    """Return the affine from (slice, row, column) to LPS of one from (i, j, k) to RAS."""
    return np.asarray(_FLIP @ affine @ _TURN)


def to_ras(affine: Array) -> Array:
    """Return the affine from (i, j, k) to RAS of one from (slice, row, column) to LPS."""
    return np.asarray(_FLIP @ affine @ _TURN)


def read_grid(path: Path) -> Grid:
    """Return the grid of a NIfTI or ANALYZE file; of a pair, `path` is the head.

    Raises:
        Unreadable: if it is none, or of a kind that is not read.
        OSError: if it cannot be read.
    """
    if path.stat().st_size == 0:
        raise Unreadable(f"{path.name} is empty", code="empty")
    image = open_head(path)
    size = _size(image, path)
    geometry, notices = _geometry(image, path, (size[3], size[2], size[1]))
    numbers, colour = _numbers(image, path)
    moments, tables = _moments(image, path, size[4])
    slope, intercept = (1.0, 0.0) if colour else _scale(image)
    voxels = (numbers.path,) if numbers.path != path else ()
    return checked(
        Grid(geometry, numbers, moments, colour, slope, intercept, notices, (*voxels, *tables))
    )


def open_head(path: Path) -> Opened:
    """Open a NIfTI or ANALYZE file, of which no more than the head is read.

    Raises:
        Unreadable: if it is none, or damaged.
        OSError: if it cannot be read.
    """
    try:
        kind = _kind(path)
        with quietly():
            return kind.from_filename(path)
    except (PermissionError, FileNotFoundError):
        raise
    except Exception as error:  # nibabel raises almost anything on a mangled head
        sentence = f"{path.name} is no NIfTI file, or a damaged one"
        raise Unreadable(sentence, code="damaged_header") from error


def _kind(path: Path) -> type[Opened]:
    with gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb") as file:
        head = file.read(_HEAD_NIFTI_1)
    if not path.name.lower().endswith((".hdr", ".hdr.gz")):
        return Nifti1Image if _starts_with(head, _HEAD_NIFTI_1) else Nifti2Image
    if _starts_with(head, _HEAD_NIFTI_2):
        return Nifti2Pair
    return Nifti1Pair if head[344:347] in (b"ni1", b"n+1") else AnalyzeImage


def _starts_with(head: bytes, number: int) -> bool:
    return number in (int.from_bytes(head[:4], "little"), int.from_bytes(head[:4], "big"))


def _size(image: Opened, path: Path) -> list[int]:
    """Return the eight numbers of `dim`, none below one."""
    said = [int(n) for n in image.header["dim"]]
    size = [max(1, n) if axis <= said[0] else 1 for axis, n in enumerate(said)]
    inner = math.prod(size[5:])
    if inner > 1:
        what = f"{inner} values in each voxel (a vector or tensor field)"
        raise Unreadable(
            f"{path.name} holds {what}, which is not shown here", code="unsupported_pixels"
        )
    return size


def _mm(image: Opened) -> float:
    """Return how many mm a unit of length is; mm where the file does not say."""
    return {1: 1000.0, 3: 0.001}.get(_units(image) & 7, 1.0)


def _units(image: Opened) -> int:
    return int(image.header["xyzt_units"]) if isinstance(image, Nifti1Pair) else 0


def _geometry(
    image: Opened, path: Path, shape: tuple[int, int, int]
) -> tuple[Geometry, tuple[Notice, ...]]:
    unknown = Notice(
        "unknown_orientation",
        "The file does not say how the patient lay; sides and letters may be wrong.",
    )
    notices: tuple[Notice, ...] = ()
    for told, affine in _places(image):
        if told == "qform" and _says(image, "sform_code"):
            sentence = "One of two places in the file (sform) makes no sense; the other is shown."
            notices = (Notice("damaged_orientation", sentence),)
        try:
            geometry = Geometry(shape, to_lps(np.diag([_mm(image)] * 3 + [1.0]) @ affine))
        except ValueError:
            continue
        if not told:
            return geometry, (unknown,)
        return geometry, (*notices, *_two_places(image))
    raise Unreadable(f"{path.name} has voxels of no size", code="damaged_header")


class _TellsPlace(Protocol):
    """What nibabel's headers can do, with types."""

    def get_sform(self) -> NDArray[np.float64]: ...

    def get_qform(self) -> NDArray[np.float64]: ...

    def get_base_affine(self) -> NDArray[np.float64]: ...


def _places(image: Opened) -> list[tuple[str, Array]]:
    """Return what the file says of its place, the best first, as nibabel ranks them."""
    head = cast("_TellsPlace", image.header)
    places: list[tuple[str, Array]] = []
    with quietly():
        if _says(image, "sform_code"):
            places.append(("sform", np.asarray(head.get_sform(), float)))
        if _says(image, "qform_code"):
            with suppress(ValueError):  # of a quaternion that is no rotation
                places.append(("qform", np.asarray(head.get_qform(), float)))
        places.append(("", np.asarray(head.get_base_affine(), float)))
    return places


def _says(image: Opened, code: str) -> bool:
    return isinstance(image, Nifti1Pair) and int(image.header[code]) > 0


def _two_places(image: Opened) -> tuple[Notice, ...]:
    """Tell whether sform and qform both claim to be valid and put voxels in different places."""
    if not (_says(image, "sform_code") and _says(image, "qform_code")):
        return ()
    head = cast("_TellsPlace", image.header)
    try:
        apart = np.asarray(head.get_sform()) - np.asarray(head.get_qform())
    except ValueError:
        sentence = "One of two places in the file (qform) makes no sense; the other is shown."
        return (Notice("damaged_orientation", sentence),)
    size = [max(1, int(n)) for n in image.header["dim"]][1:4]
    ends = np.array(list(product(*((0, n - 1) for n in size))))
    shift_mm = np.linalg.norm(ends @ apart[:3, :3].T + apart[:3, 3], axis=1)
    if shift_mm.max() <= 0.5 * min(abs(float(n)) for n in image.header["pixdim"][1:4]):
        return ()
    sentence = "The file says in two ways how the patient lay, and they differ (sform is shown)."
    return (Notice("two_orientations", sentence),)


def _numbers(image: Opened, path: Path) -> tuple[Numbers, bool]:
    """Return where the numbers lie, and whether they are colours."""
    code = int(image.header["datatype"])
    kind = "u1" if code in _COLOURS else _TYPES.get(code)
    if kind is None:
        what = _NOT_SHOWN.get(code, "numbers of an unknown kind")
        raise Unreadable(
            f"{path.name} holds {what}, which are not shown here", code="unsupported_pixels"
        )
    stored = _stored(image)
    source = Path(str(image.file_map["image"].filename))
    if not source.is_file():
        raise Unreadable(f"{path.name} has no {source.name} beside it", code="missing_file")
    packed = 0 if source.name.lower().endswith(".gz") else None
    dtype = np.dtype(image.header.endianness + kind)
    values = _COLOURS.get(code, 1)
    return Numbers(source, int(stored.offset), dtype, packed, values), code in _COLOURS


def _stored(image: Opened) -> ArrayProxy:
    """Return what knows of the voxels in the file; nibabel's header forgets their scale."""
    if not isinstance(image.dataobj, ArrayProxy):
        raise TypeError("a file that was just opened has its voxels on disk")
    return image.dataobj


def _scale(image: Opened) -> tuple[float, float]:
    """Return slope and intercept; a slope of zero or none means that there is no scale."""
    slope, intercept = float(_stored(image).slope), float(_stored(image).inter)
    if slope == 0 or not math.isfinite(slope):
        return 1.0, 0.0
    return slope, intercept if math.isfinite(intercept) else 0.0


def _moments(image: Opened, path: Path, count: int) -> tuple[Moments, tuple[Path, ...]]:
    """Return what tells the volumes apart, and the table beside the file that says so."""
    if count == 1:
        return Moments(), ()
    check_count(path, count)
    table = path.with_name(_stem(path) + ".bval")
    b_values = _b_values(table, count)
    if b_values:
        labels = tuple(
            f"b-value {b:g}, volume {number} of {count}"
            for number, b in enumerate(b_values, start=1)
        )
        return Moments("b-value", labels), (table,)
    code = _units(image) & 0x38
    step_s = float(image.header["pixdim"][4]) * _SECONDS.get(code, 0.0)
    if code in _SECONDS and math.isfinite(step_s) and step_s > 0:
        labels = tuple(
            f"time {number} of {count}, {(number - 1) * step_s:.6g} s"
            for number in range(1, count + 1)
        )
        return Moments("time", labels), ()
    return numbered(
        path, "time" if code in _SECONDS else _OTHER_AXES.get(code, "volume"), count
    ), ()


def _stem(path: Path) -> str:
    name = path.name[:-3] if path.name.lower().endswith(".gz") else path.name
    return name.rpartition(".")[0]


def _b_values(table: Path, count: int) -> tuple[float, ...]:
    """Return the b-values that FSL's table lists, if there is one for each volume."""
    try:
        if not table.is_file() or table.stat().st_size > _LONGEST_TABLE:
            return ()
        values = tuple(float(word) for word in table.read_text("latin-1").split())
    except (OSError, ValueError):
        return ()
    fits = len(values) == count and all(math.isfinite(b) and b >= 0 for b in values)
    return values if fits else ()
