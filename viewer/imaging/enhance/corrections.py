"""Faults of the scanner taken back: shading of MR, rings of CT."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.core.progress import Cancelled, Progress
from viewer.imaging.enhance.field import Field, Values, each_slice

if TYPE_CHECKING:
    import SimpleITK as sitk  # noqa: N813 - its own documentation calls it so

_ROUNDS = (50, 40, 30, 20)


def bias(field: Field, shrink: int, progress: Progress) -> Values:
    """Take away the slow shading of MR (N4, Tustison et al. 2010).

    The shading is found on a picture made smaller `shrink` times in plane and taken from the
    original at full resolution. Values must be positive; others are left alone.
    """
    import SimpleITK as sitk  # noqa: N813 - its own documentation calls it so

    shift = min(0.0, float(field.sample().min()))
    values = field.values - np.float32(shift)
    image = sitk.GetImageFromArray(values)
    image.SetSpacing(tuple(reversed(field.spacing_mm)))
    factors = [shrink, shrink, max(1, min(shrink, image.GetSize()[2] // 4))]
    small = sitk.Shrink(image, factors)
    mask = sitk.OtsuThreshold(small, 0, 1, 200)
    engine = sitk.N4BiasFieldCorrectionImageFilter()
    engine.SetMaximumNumberOfIterations(list(_ROUNDS))
    with _followed(engine, progress):
        engine.Execute(small, mask)
    log_field = sitk.GetArrayFromImage(engine.GetLogBiasFieldAsImage(image))
    shading = np.exp(log_field.astype(np.float32))
    corrected = values / shading
    return np.asarray(np.where(values > 0, corrected, values) + np.float32(shift), np.float32)


class _followed:  # noqa: N801 - used as a verb
    """Pass on the progress of an ITK filter, and break it off when its result is not wanted."""

    def __init__(self, engine: sitk.N4BiasFieldCorrectionImageFilter, progress: Progress) -> None:
        self._engine, self._progress = engine, progress
        self._done, self._cancelled = 0, False

    def __enter__(self) -> None:
        from SimpleITK import sitkIterationEvent

        self._progress.report(0.0, "finding the shading")
        self._engine.AddCommand(sitkIterationEvent, self._step)

    def __exit__(self, *_: object) -> None:
        self._engine.RemoveAllCommands()
        if self._cancelled:
            raise Cancelled

    def _step(self) -> None:
        self._done += 1
        try:
            self._progress.report(min(0.95, self._done / sum(_ROUNDS)), f"round {self._done}")
        except Cancelled:
            self._cancelled = True
            with suppress(RuntimeError):
                self._engine.Abort()


def cut_off(field: Field, low: float, high: float, progress: Progress) -> Values:
    """Set what is beyond two percentiles to them; everything between stays as it is."""
    least, most = np.percentile(field.sample(), (low, high))
    progress.report(0.5)
    return np.clip(field.values, np.float32(least), np.float32(most))


def rings(
    field: Field,
    width_mm: float,
    strength: float,
    progress: Progress,
    centre: tuple[float, float] | None = None,
) -> Values:
    """Take away rings about the centre of rotation within slices (Sijbers and Postnov 2004).

    What is the same all round and changes from ring to ring within `width_mm` is a fault of
    a detector; steps larger than `strength` are anatomy and stay. `centre` is (row, column);
    the middle of the slice if not said.
    """
    rows, columns = field.values.shape[1:]
    middle = centre or ((rows - 1) / 2, (columns - 1) / 2)
    _, down, across = field.spacing_mm
    step = min(down, across)
    y, x = np.mgrid[:rows, :columns]
    radius = np.hypot((y - middle[0]) * down, (x - middle[1]) * across) / step
    radii = np.arange(int(radius.max()) + 2)
    turn = np.linspace(0, 2 * np.pi, _TURNS, endpoint=False)[:, None]
    to_row = (middle[0] + radii * step / down * np.sin(turn)).astype(np.float32)
    to_column = (middle[1] + radii * step / across * np.cos(turn)).astype(np.float32)
    beyond = (to_row < 0) | (to_row > rows - 1) | (to_column < 0) | (to_column > columns - 1)
    side = 2 * max(round(width_mm / step), 1) + 1

    def one(picture: Values) -> Values:
        round_ = np.asarray(cv2.remap(picture, to_column, to_row, cv2.INTER_LINEAR), np.float32)
        fault = _fault_of_rings(round_, beyond, side, strength)
        return np.asarray(picture - np.interp(radius, radii, fault), np.float32)

    return each_slice(field.values, one, progress)


_TURNS = 720
_ENOUGH = 0.2
"""The share of a circle that must lie in the picture to tell a ring."""


def _fault_of_rings(
    polar: Values, beyond: NDArray[np.bool_], side: int, strength: float
) -> NDArray[np.float64]:
    """Return what is too much in each ring of a picture by (angle, radius)."""
    from scipy.ndimage import median_filter

    residue = polar - median_filter(polar, size=(1, side), mode="nearest")
    residue[beyond | (np.abs(residue) > strength)] = np.nan
    known = np.isfinite(residue).mean(axis=0) >= _ENOUGH
    fault = np.zeros(polar.shape[1])
    fault[known] = np.nanmedian(residue[:, known], axis=0)
    return fault
