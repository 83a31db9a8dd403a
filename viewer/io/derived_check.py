"""A derived series read back from the disk and compared with what was meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydicom import dcmread

from viewer.core.geometry import Geometry
from viewer.core.progress import Part, Progress
from viewer.core.study import SeriesKind
from viewer.io.compare import Different
from viewer.io.concepts import quiet
from viewer.io.scan import scan

Slice: TypeAlias = tuple[NDArray[np.float64], NDArray[np.bool_]]
"""Values of a slice (row, column), and which of them stand for nothing."""

_CLOSE_MM = 1e-3
_ROUNDING = 1e-6
_SURE_OF_ORDER = 3
"""Fewer slices than these are listed as pictures, not as a volume."""


@dataclass(frozen=True, slots=True, eq=False)
class Meant:
    """What the files of a series must say: the grid, the slices, and the names.

    These are the UIDs of study and series, and the patient ID.
    """

    geometry: Geometry
    values: Callable[[int], Slice]
    names: tuple[str, str, str]


def check_files(paths: Sequence[Path], meant: Meant, progress: Progress) -> None:
    """Compare every file with what was meant, and the series as it will be listed.

    Raises:
        Different: if anything differs.
    """
    for number, path in enumerate(paths):
        progress.report(0.8 * number / len(paths), f"reading slice {number + 1} back")
        _check_slice(path, meant, number)
    found = scan(paths, Part(progress, 0.8, 1.0))
    listed = [series for _, series in found.all_series()]
    if len(listed) != 1 or len(listed[0].instances) != len(paths) or found.refused:
        raise Different("it is not listed as one series")
    if len(paths) >= _SURE_OF_ORDER and listed[0].kind is not SeriesKind.VOLUME:
        raise Different("its slices are not listed as a volume")
    if (listed[0].study_uid, listed[0].uid) != meant.names[:2]:
        raise Different("it belongs to another study or series")


def _check_slice(path: Path, meant: Meant, number: int) -> None:
    with quiet():
        back = dcmread(path)
        pixels = back.pixel_array
    if str(back.PatientID) != meant.names[2]:
        raise Different("it names another patient")
    grid = meant.geometry
    if (
        str(back.FrameOfReferenceUID) != grid.frame_of_reference_uid
        or pixels.shape != grid.shape[1:]
    ):
        raise Different("it lies in another space")
    right, down = np.reshape(np.asarray(back.ImageOrientationPatient, float), (2, 3))
    between_rows, between_columns = (float(x) for x in back.PixelSpacing)
    rows, columns = grid.shape[1:]
    for row, column in ((0, 0), (rows - 1, 0), (0, columns - 1), (rows - 1, columns - 1)):
        place = np.asarray(back.ImagePositionPatient, float)
        place = place + right * between_columns * column + down * between_rows * row
        if np.abs(place - grid.to_patient((number, row, column))).max() > _CLOSE_MM:
            raise Different(f"slice {number + 1} lies elsewhere")
    values, nothing = meant.values(number)
    slope, intercept = float(back.RescaleSlope), float(back.RescaleIntercept)
    padding = back.get("PixelPaddingValue")
    if nothing.any() and (padding is None or (pixels[nothing] != int(padding)).any()):
        raise Different(f"slice {number + 1} has other gaps")
    apart = np.abs(pixels.astype(np.float64) * slope + intercept - values)[~nothing]
    greatest = float(np.abs(values).max(initial=0.0))
    if apart.size and apart.max() > slope / 2 * (1 + _ROUNDING) + greatest * 1e-9:
        raise Different(f"slice {number + 1} has other values")
    if padding is not None and (pixels[~nothing] == int(padding)).any():
        raise Different(f"slice {number + 1} has values that stand for nothing")
