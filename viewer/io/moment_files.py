"""The volumes of a 4D series as files: one NIfTI or NRRD, or pictures; never all in memory."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Part, Progress, Silent
from viewer.core.stack import Stack
from viewer.core.study import Notice, Series
from viewer.core.volume import Volume
from viewer.io.atomic import Staging
from viewer.io.forms import Form
from viewer.io.load import Loading, open_series
from viewer.io.picture_files import write_pictures
from viewer.io.time_step import time_step_s
from viewer.io.volume_files import nifti_head, nrrd_head

_QUICK = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """How one file keeps the values of all moments: real value = number * slope + intercept."""

    dtype: np.dtype[np.generic]
    slope: float = 1.0
    intercept: float = 0.0

    def of(self, volume: Volume) -> Iterator[NDArray[np.generic]]:
        """Return the slices of a volume as they are kept, little endian."""
        asis = (volume.slope, volume.intercept) == (self.slope, self.intercept)
        for voxels in volume.voxels:
            if asis:
                numbers = np.asarray(voxels)
            else:
                real = np.asarray(voxels, np.float64) * volume.slope + volume.intercept
                numbers = (real - self.intercept) / self.slope
            yield np.ascontiguousarray(numbers, self.dtype)


def kept_alike(volumes: Iterable[Volume], *, scaled: bool) -> Kept:
    """Return how values are kept: as stored if all are stored alike, else as floating point.

    `scaled` tells whether the file has a scale of its own, in single precision.
    """
    ways = {(one.voxels.dtype.str, one.slope, one.intercept) for one in volumes}
    if len(ways) == 1:
        kind, slope, intercept = ways.pop()
        exact = all(float(np.float32(number)) == number for number in (slope, intercept))
        if (slope, intercept) == (1.0, 0.0) or (scaled and exact):
            return Kept(np.dtype(kind).newbyteorder("<"), slope, intercept)
        ways = {(kind, slope, intercept)}
    types = [np.dtype(kind) for kind, _, _ in ways]
    wide = any((one.itemsize >= 4 and one.kind in "iu") or one.itemsize == 8 for one in types)
    return Kept(np.dtype("<f8" if wide else "<f4"))


def write_moments(
    staging: Staging, name: str, series: Series, form: Form, progress: Progress
) -> tuple[Notice, ...]:
    """Write the volumes along the fourth axis of one file, and beside it what tells them apart.

    NIfTI has the time step where that is known. Returns what the reader must know.

    Raises:
        Declined: if a moment is no volume.
        Unreadable: if a moment is damaged.
        Cancelled: if the work is no longer wanted.
    """
    nifti, count, step_s = form is Form.NIFTI, len(series.parts), time_step_s(series)
    begun = (_volume(part, open_series(part).image) for part in series.parts)
    kept = kept_alike(begun, scaled=nifti)
    geometry = _volume(series, open_series(series).image).geometry
    notices = dict.fromkeys(series.notices)
    with staging.path(name).open("wb") as file:
        if nifti:
            packed = _packed(file)
            scale = (kept.slope, kept.intercept)
            head = nifti_head(
                geometry, kept.dtype, scale, count, step_s, in_patient=series.in_patient
            )
            packed.write(head)
        else:
            told = nrrd_head(geometry, kept.dtype, count, in_patient=series.in_patient)
            file.write(told.encode("ascii"))
            packed = _packed(file)
        with packed:
            for volume in _volumes(series, notices, progress):
                for slice_ in kept.of(volume):
                    packed.write(slice_.reshape(-1).view(np.uint8).data)
    staging.write(beside(name), told_moments(series, step_s))
    return tuple(notices)


def write_moment_pictures(
    staging: Staging, series: Series, progress: Progress
) -> tuple[Notice, ...]:
    """Write every picture of every volume as PNG; returns what the reader must know.

    Raises:
        Declined: if a moment is no volume.
        Unreadable: if a moment is damaged.
        Cancelled: if the work is no longer wanted.
    """
    notices = dict.fromkeys(series.notices)
    for number, volume in enumerate(_volumes(series, notices, progress), start=1):
        write_pictures(staging, volume, series, Silent(), moment_prefix(number))
    return tuple(notices)


def moment_prefix(number: int) -> str:
    """Return how the names of the pictures of a moment begin, counted from 1."""
    return f"moment_{number:04d}_"


def beside(name: str) -> str:
    """Return the name of the file that tells the moments of another file."""
    return f"{name}.moments.json"


def told_moments(series: Series, step_s: float | None) -> bytes:
    """Return as JSON what tells the volumes apart, which the files have no place for."""
    told = {
        "split_by": series.split_by,
        "moments": [part.split for part in series.parts],
        "time_step_s": step_s,
    }
    return json.dumps(told, indent=2, ensure_ascii=False).encode()


def _volumes(series: Series, notices: dict[Notice, None], progress: Progress) -> Iterator[Volume]:
    """Load one volume after the other, and add what is to be said of each."""
    count = len(series.parts)
    for number, part in enumerate(series.parts):
        loading = open_series(part)
        step = Part(progress, number / count, (number + 1) / count)
        yield _volume(part, loading.run(step, lambda _: None))
        notices.update(dict.fromkeys(loading.notices))
        check_whole(part, loading)


def check_whole(series: Series, loading: Loading) -> None:
    """Refuse an image of which something is damaged."""
    for notice in loading.notices:
        if notice.code == "damaged":
            raise Unreadable(f"{series.title}: {notice.sentence}", code="damaged")


def _volume(series: Series, image: Volume | Stack) -> Volume:
    if not isinstance(image, Volume):
        raise Declined(f"{series.title} is no volume. {image.reason}".strip(), code="no_volume")
    return image


def _packed(file: BinaryIO) -> gzip.GzipFile:
    return gzip.GzipFile(fileobj=file, mode="wb", compresslevel=_QUICK, mtime=0)
