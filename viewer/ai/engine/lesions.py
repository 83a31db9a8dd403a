"""From probabilities to what a reader judges: segmentations, findings and maps, all proposed.

Connected parts are looked for on the upright voxels of the image in front, and places are those
of the patient: however a scan was stored, the same lesion lies at the same place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import cc3d
import numpy as np
from numpy.typing import NDArray

from viewer.ai.engine.returning import Bytes, Returned, bytes_from, labelled
from viewer.ai.findings import stable_uid
from viewer.core.author import Author
from viewer.core.code import MORPHOLOGICALLY_ABNORMAL, Code
from viewer.core.finding import Finding, Reason
from viewer.core.geometry import Geometry, Position, position_of
from viewer.core.label_map import LabelMap
from viewer.core.score_map import ScoreMap
from viewer.core.segmentation import Mask, Segment, Segmentation, colour_in_turn
from viewer.imaging.extent import axial_diameter_mm, bounding_box
from viewer.imaging.upright import Turn

MOST = 1000
"""So many findings at most, the most certain ones."""


@dataclass(frozen=True, slots=True, eq=False)
class Lesion:
    """One connected part of what was outlined. `mask` lies on the stored grid."""

    mask: Mask = field(repr=False)
    centre: Position
    low: Position
    high: Position
    volume_mm3: float
    diameter_mm: float
    """The longest in any one axial slice."""
    mean: float
    """Mean probability of its voxels."""
    highest: float


def lesions_of(
    answer: Returned,
    output: int,
    threshold: float,
    *,
    least_mm3: float = 0.0,
    inside: NDArray[np.bool_] | None = None,
    most: int = MOST,
) -> tuple[Lesion, ...]:
    """Return the connected parts of one output, the most certain first.

    Voxels that touch by a corner are connected.

    Args:
        answer: Probabilities.
        output: Which one.
        threshold: Least probability of a voxel that belongs to a part.
        least_mm3: Smaller parts are left out.
        inside: Where parts may lie, upright; everywhere if it is not said.
        most: How many parts at most.
    """
    probable = answer.upright[output]
    mask = probable >= bytes_from(threshold)
    if inside is not None:
        mask &= inside
    labels, count = cc3d.connected_components(mask, connectivity=26, return_N=True)
    if not count:
        return ()
    numbers = cc3d.statistics(labels)
    voxel = answer.turn.geometry.voxel_volume_mm3
    found = []
    for part in range(1, count + 1):
        if int(numbers["voxel_counts"][part]) * voxel < least_mm3:
            continue
        box = numbers["bounding_boxes"][part]
        inner = np.asarray(labels[box] == part)
        found.append((float(probable[box][inner].max()), box, inner))
    found.sort(key=lambda one: (-one[0], [side.start for side in one[1]]))
    return tuple(_lesion(answer.turn, probable, box, inner) for _, box, inner in found[:most])


def _lesion(
    turn: Turn, probable: Bytes, box: tuple[slice, slice, slice], inner: NDArray[np.bool_]
) -> Lesion:
    a, b, c = box
    grid = turn.geometry.crop((a.start, b.start, c.start), (a.stop, b.stop, c.stop))
    low, high = bounding_box(inner, grid)
    scores = probable[box][inner]
    return Lesion(
        mask=turn.stored_mask(Mask(inner, grid)),
        centre=_centre(inner, grid),
        low=low,
        high=high,
        volume_mm3=float(inner.sum()) * grid.voxel_volume_mm3,
        diameter_mm=axial_diameter_mm(inner, grid),
        mean=float(scores.mean()) / 255,
        highest=float(scores.max()) / 255,
    )


def _centre(inner: NDArray[np.bool_], grid: Geometry) -> Position:
    return position_of(grid.to_patient(np.argwhere(inner).mean(axis=0)))


def finding_of(
    lesion: Lesion,
    kind: Code,
    author: Author,
    series_key: str,
    *,
    score: float | None = None,
    site: Code | None = None,
    explanation: tuple[Reason, ...] = (),
) -> Finding:
    """Return a lesion as a proposed finding, always with the same UID for the same lesion.

    Args:
        lesion: What was found.
        kind: What it is.
        author: The model.
        series_key: The image in front.
        score: 0 to 1; the highest probability if not said.
        site: Where in the body.
        explanation: Reasons beside the probabilities.
    """
    # a ring has the middle of what lies in it, but not its size
    where = ",".join(f"{one:.2f}" for one in (*lesion.centre, lesion.volume_mm3))
    name = f"{series_key}|{author.weights_sha256}|{kind.value}|{where}"
    return Finding(
        id=stable_uid(name),
        kind=kind,
        site=site,
        position=lesion.centre,
        low=lesion.low,
        high=lesion.high,
        diameter_mm=lesion.diameter_mm,
        volume_mm3=lesion.volume_mm3,
        series_key=series_key,
        author=author,
        score=lesion.highest if score is None else score,
        mask=lesion.mask,
        explanation=explanation or (Reason("Mean probability", 100 * lesion.mean, "%"),),
    )


def segmentation_of(
    answer: Returned,
    kinds: Sequence[Code],
    thresholds: Sequence[float],
    title: str,
    author: Author,
    *,
    category: Code = MORPHOLOGICALLY_ABNORMAL,
) -> Segmentation:
    """Return the labels of all outputs on the stored grid, one segment for each.

    Args:
        answer: Probabilities.
        kinds: What each output is.
        thresholds: Least probability of each output.
        title: Of the segmentation.
        author: The model.
        category: Of all segments.
    """
    return segmentation_from(
        labelled(answer, thresholds),
        answer.geometry,
        kinds,
        title,
        author,
        answer.series_key,
        category=category,
    )


def segmentation_from(
    labels: NDArray[np.uint16],
    geometry: Geometry,
    kinds: Sequence[Code],
    title: str,
    author: Author,
    series_key: str,
    *,
    category: Code = MORPHOLOGICALLY_ABNORMAL,
) -> Segmentation:
    """Return labels (slice, row, column) on the stored grid as a segmentation.

    Args:
        labels: From 1 on, in the order of `kinds`; 0 outside.
        geometry: The stored grid.
        kinds: What each label is.
        title: Of the segmentation.
        author: The model.
        series_key: The image in front.
        category: Of all segments.
    """
    small = labels.astype(np.uint8) if len(kinds) < 256 else labels
    segments = tuple(
        Segment(number, kind.meaning, kind, category, colour_in_turn(number))
        for number, kind in enumerate(kinds, start=1)
    )
    return Segmentation(
        stable_uid(f"{series_key}|{title}|{author.weights_sha256}|labels"),
        title,
        LabelMap.of(small),
        geometry,
        segments,
        author,
        series_key,
    )


def map_of(answer: Returned, output: int, kind: Code, author: Author) -> ScoreMap:
    """Return the probability of one output as a map over the stored grid."""
    return ScoreMap(
        id=stable_uid(f"{answer.series_key}|{author.weights_sha256}|{kind.value}|{output}|map"),
        title=f"{kind.meaning}: probability",
        meaning=f"How likely each voxel is {kind.meaning.lower()}, as the model says it.",
        voxels=answer.stored(output),
        geometry=answer.geometry,
        series_key=answer.series_key,
        author=author,
    )
