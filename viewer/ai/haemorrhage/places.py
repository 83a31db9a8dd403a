"""From bleeds on slices to findings at their place in the patient."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.ai.engine.returning import Returned, returned
from viewer.ai.findings import stable_uid
from viewer.ai.haemorrhage.head import HeadSlices
from viewer.ai.haemorrhage.pictures import BRAIN as BRAIN_WINDOW
from viewer.ai.haemorrhage.pictures import SIDE, Bytes, back
from viewer.ai.haemorrhage.slices import Bleed, Said
from viewer.ai.haemorrhage.words import BRAIN, CEREBRAL_HAEMORRHAGE
from viewer.core.author import Author
from viewer.core.code import HOUNSFIELD
from viewer.core.finding import Finding, Reason
from viewer.core.geometry import position_of
from viewer.core.progress import Progress
from viewer.core.segmentation import Mask
from viewer.core.volume import Volume
from viewer.imaging.extent import axial_diameter_mm, bounding_box
from viewer.imaging.upright import Turn

_LIKELY = 128
"""Of 255: voxels from here on belong to the outline, as far as there are any."""
_CALM_MM = 0.8
_WINDOW_HU = (
    BRAIN_WINDOW.centre - BRAIN_WINDOW.width / 2,
    BRAIN_WINDOW.centre + BRAIN_WINDOW.width / 2,
)
_LEAST_KEPT = 0.2
"""If less than this share of an outline is bright, it is left as the network drew it."""
_MIDLINE_MM = 8.0
"""A bleed nearer to the middle of the brain than this is on neither side."""


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """The volume, its slices, and the probability of a clot on its own voxels."""

    volume: Volume
    head: HeadSlices
    clots: Returned = field(repr=False)
    author: Author


def places_of(
    volume: Volume, head: HeadSlices, said: Said, author: Author, progress: Progress
) -> Places:
    """Bring what the network saw back to the voxels of the volume."""
    prepared = head.prepared
    rows, columns = prepared.geometry.shape[1:]
    dense = np.zeros((1, *prepared.geometry.shape), np.uint8)
    seen = back(said.seen.clot, said.frame, (rows, columns))
    dense[0, head.first : head.first + len(seen)] = np.rint(seen * 255).clip(0, 255)
    return Places(volume, head, returned(dense, prepared, progress), author)


def finding_of(bleed: Bleed, said: Said, places: Places) -> Finding:
    """Return a bleed as a proposed finding."""
    start, stop = _box(bleed, said, places)
    turn = places.clots.turn
    area = tuple(slice(a, b) for a, b in zip(start, stop, strict=True))
    likely = places.clots.upright[0][area]
    inner = likely >= max(1, min(_LIKELY, int(likely.max()) // 2))
    inner = _bright(inner, _values(places.volume, area), turn.geometry.spacing_mm)
    mask = Mask(inner, turn.geometry.crop(_three(start), _three(stop)))
    low, high = bounding_box(mask.voxels, mask.geometry)
    centre = position_of(mask.geometry.to_patient(np.argwhere(inner).mean(axis=0)))
    mean = float(_values(places.volume, area)[inner].mean())
    where = ",".join(f"{mm:.2f}" for mm in centre)
    name = f"{places.volume.series_key}|{places.author.weights_sha256}|bleed|{where}"
    return Finding(
        id=stable_uid(name),
        kind=CEREBRAL_HAEMORRHAGE,
        site=BRAIN,
        position=centre,
        low=low,
        high=high,
        diameter_mm=axial_diameter_mm(mask.voxels, mask.geometry),
        volume_mm3=float(inner.sum()) * mask.geometry.voxel_volume_mm3,
        series_key=places.volume.series_key,
        author=places.author,
        score=bleed.score,
        mean_value=round(mean, 2),
        unit=HOUNSFIELD.value,
        mask=turn.stored_mask(mask),
        explanation=(_side(places.head.beside_mm(centre)), *bleed.reasons),
    )


def _box(bleed: Bleed, said: Said, places: Places) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the first and the last voxel but one, upright, of what the marks cover."""
    boxes = np.array([mark.box for mark in bleed.marks])
    slices = [mark.slice + places.head.first for mark in bleed.marks]
    frame, middle = said.frame, (SIDE - 1) / 2
    lows, highs = boxes[:, :2].min(axis=0) - 0.5, boxes[:, 2:].max(axis=0) + 0.5
    centre = np.array([frame.row, frame.column])
    corners = [
        [min(slices) - 0.5, *(centre + frame.pixel * (lows - middle))],
        [max(slices) + 0.5, *(centre + frame.pixel * (highs - middle))],
    ]
    grid = places.clots.turn.geometry
    found = grid.to_index(places.head.prepared.geometry.to_patient(np.array(corners)))
    # rounded first, so that 48 ways to store a scan choose the very same voxels
    start = np.floor(found[0].round(3) + 0.5).clip(0, np.array(grid.shape) - 1)
    stop = np.maximum(np.ceil(found[1].round(3) + 0.5), start + 1).clip(1, grid.shape)
    return start.astype(np.intp), stop.astype(np.intp)


def _three(numbers: NDArray[np.intp]) -> tuple[int, int, int]:
    a, b, c = (int(number) for number in numbers)
    return a, b, c


def _values(volume: Volume, area: tuple[slice, ...]) -> NDArray[np.float32]:
    """Return the HU of a part of the upright volume."""
    stored = Turn.of(volume.geometry).upright(volume.voxels)[area]
    return stored.astype(np.float32) * np.float32(volume.slope) + np.float32(volume.intercept)


def _bright(
    inner: NDArray[np.bool_], values: NDArray[np.float32], spacing_mm: tuple[float, ...]
) -> NDArray[np.bool_]:
    """Keep what is above half way from brain to clot, as what was learned to be clot is.

    The network sees slices of 5 mm, so that its outline alone is too wide.
    """
    calm = ndimage.gaussian_filter(values.clip(*_WINDOW_HU), _CALM_MM / np.array(spacing_mm))
    around = calm[~inner] if (~inner).any() else calm
    brain, clot = np.percentile(around, 25), np.percentile(calm[inner], 90)
    kept = inner & (calm > (brain + clot) / 2)
    return kept if kept.sum() >= _LEAST_KEPT * inner.sum() else inner


def _side(beside_mm: float) -> Reason:
    if abs(beside_mm) < _MIDLINE_MM:
        return Reason("Near the middle of the brain: off it", round(abs(beside_mm), 1), "mm")
    side = "left" if beside_mm > 0 else "right"
    return Reason(
        f"On the patient's {side}: off the middle of the brain", round(abs(beside_mm), 1), "mm"
    )


def clot_map(places: Places) -> Bytes:
    """Return the probability of a clot, 255 for certain, as the volume is stored."""
    return places.clots.stored(0)
