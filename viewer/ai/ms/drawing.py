"""What was found brought back to the stored grid of the image in front: findings, segments, map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray

from viewer.ai.findings import stable_uid
from viewer.ai.ms.change import Change
from viewer.ai.ms.features import Seen
from viewer.ai.ms.lesions import Lesion
from viewer.ai.ms.pair import Head
from viewer.ai.ms.words import (
    BRAIN,
    CHANGED,
    HYPERINTENSITY,
    KINDS,
    LABELS,
    LESIONS,
    name_of,
    segments_of,
)
from viewer.core.author import Author
from viewer.core.finding import Finding, Reason
from viewer.core.geometry import Geometry, Position, position_of
from viewer.core.label_map import LabelMap
from viewer.core.score_map import ScoreMap
from viewer.core.segmentation import Mask, Segmentation
from viewer.core.volume import Volume
from viewer.imaging.extent import axial_diameter_mm
from viewer.imaging.rigid import Motion, half_of, sampled

MOST = 200
MAP_ENDS = 10.0
"""The map of change ends at so many deviations of its noise, either way."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """All that is needed to bring results of a pair back to the image in front."""

    volume: Volume
    head: Head = field(repr=False)
    motion: Motion = field(repr=False)
    seen: Seen = field(repr=False)
    author: Author
    dated: bool
    """Whether it is known which date is the earlier one."""

    def on_front(self, values: NDArray[np.generic], *, nearest: bool) -> NDArray[np.float32]:
        """Return values of the pair's grid on the upright grid in front; 0 where unknown."""
        half, grid = half_of(self.motion.matrix), self.head.geometry
        found = sampled(values, self.seen.pair.geometry, half, grid, order=0 if nearest else 1)
        return np.nan_to_num(found, nan=0.0)

    def name(self, what: str) -> str:
        """Return a name that always belongs to the same result."""
        compared = dict(self.author.parameters).get("compared", "")
        return f"{self.volume.series_key}|{compared}|{self.author.weights_sha256}|{what}"


def segmentation_of(drawn: Drawn, changes: Sequence[Change], threshold: float) -> Segmentation:
    """Return a label map of what changed at or above a threshold, on the stored grid."""
    labels = np.zeros(drawn.seen.pair.brain.shape, np.uint8)
    for one in changes:
        if one.score >= threshold:
            labels[one.box][one.changed] = LABELS[one.kind]
    upright = np.rint(drawn.on_front(labels, nearest=True)).astype(np.uint8)
    stored = np.ascontiguousarray(drawn.head.turn.stored(upright))
    return Segmentation(
        stable_uid(drawn.name("change")),
        "Change of lesions",
        LabelMap.of(stored),
        drawn.volume.geometry,
        segments_of(dated=drawn.dated),
        drawn.author,
        drawn.volume.series_key,
    )


def change_map(drawn: Drawn) -> ScoreMap:
    """Return the change in units of its noise, on the stored grid; 0 outside the brain."""
    change = np.where(drawn.seen.pair.brain, drawn.seen.change, 0).astype(np.float32)
    upright = drawn.on_front(change, nearest=False)
    levels = (np.clip(upright / (2 * MAP_ENDS) + 0.5, 0, 1) * 255).round().astype(np.uint8)
    which = "the later date" if drawn.dated else "the image in front"
    return ScoreMap(
        id=stable_uid(drawn.name("map")),
        title="Change between the dates",
        meaning=f"How much brighter (above 0) or darker {which} is, in deviations of the noise "
        "where the picture is equally steep. It shows no lesions by itself: pulsation, vessels "
        "and movement change, too.",
        voxels=np.ascontiguousarray(drawn.head.turn.stored(levels)),
        geometry=drawn.volume.geometry,
        series_key=drawn.volume.series_key,
        author=drawn.author,
        low=-MAP_ENDS,
        high=MAP_ENDS,
    )


def findings_of(drawn: Drawn, changes: Sequence[Change]) -> tuple[Finding, ...]:
    """Return the changes as findings, best first."""
    found = (_finding(drawn, one) for one in changes[:MOST])
    return tuple(one for one in found if one is not None)


def _finding(drawn: Drawn, one: Change) -> Finding | None:
    whole = np.zeros(drawn.seen.pair.brain.shape, np.bool_)
    whole[one.box] = one.changed
    mask = _back(drawn, whole, one.box)
    if mask is None:
        return None
    centre, low, high = _places(mask)
    place = ",".join(f"{mm:.1f}" for mm in centre)
    return Finding(
        id=stable_uid(drawn.name(place)),
        kind=KINDS[one.kind] if drawn.dated else CHANGED,
        site=BRAIN,
        position=centre,
        low=low,
        high=high,
        diameter_mm=axial_diameter_mm(mask.voxels, mask.geometry),
        volume_mm3=mask.volume_mm3,
        series_key=drawn.volume.series_key,
        author=drawn.author,
        score=float(np.clip(one.score, 0, 1)),
        mask=mask,
        explanation=_reasons(one, dated=drawn.dated),
        note=_note(one, dated=drawn.dated),
    )


def _back(drawn: Drawn, whole: NDArray[np.bool_], box: tuple[slice, slice, slice]) -> Mask | None:
    """Return a mask of the pair's grid on the stored one, cut out; None if nothing is left."""
    pair, turn = drawn.seen.pair.geometry, drawn.head.turn
    ends = [(one.start - 2, one.stop + 1) for one in box]
    half = half_of(drawn.motion.matrix)
    corners = pair.to_patient(list(product(*ends)))
    back = np.linalg.solve(half[:3, :3], (corners - half[:3, 3]).T).T
    index = turn.geometry.to_index(back)
    low = np.maximum(np.floor(index.min(axis=0)).astype(int), 0)
    high = np.minimum(np.ceil(index.max(axis=0)).astype(int) + 1, turn.geometry.shape)
    if (high <= low).any():
        return None
    start, stop = (tuple(int(n) for n in part) for part in (low, high))
    grid = turn.geometry.crop((start[0], start[1], start[2]), (stop[0], stop[1], stop[2]))
    soft = sampled(whole, pair, half, grid)
    inside = np.nan_to_num(soft, nan=0.0) >= 0.5
    return _stored(turn.stored_mask(Mask(inside, grid))) if inside.any() else None


def _stored(mask: Mask) -> Mask:
    """Cut a mask to what is in."""
    found = np.argwhere(mask.voxels)
    low, high = found.min(axis=0), found.max(axis=0) + 1
    a, b, c = (slice(int(x), int(y)) for x, y in zip(low, high, strict=True))
    grid = mask.geometry.crop((a.start, b.start, c.start), (a.stop, b.stop, c.stop))
    return Mask(np.ascontiguousarray(mask.voxels[a, b, c]), grid)


def _places(mask: Mask) -> tuple[Position, Position, Position]:
    indices = np.argwhere(mask.voxels)
    low, high = indices.min(axis=0) - 0.5, indices.max(axis=0) + 0.5
    corners = mask.geometry.to_patient(list(product(*zip(low, high, strict=True))))
    centre = mask.geometry.to_patient(indices.mean(axis=0))
    return position_of(centre), position_of(corners.min(axis=0)), position_of(corners.max(axis=0))


def _reasons(one: Change, *, dated: bool) -> tuple[Reason, ...]:
    words = ("before", "after") if dated else ("on the first image", "on the second image")
    reasons = [
        Reason(f"Volume {words[0]}", round(one.before_mm3, 1), "mm3"),
        Reason(f"Volume {words[1]}", round(one.after_mm3, 1), "mm3"),
        Reason("Change of the volume", round(one.difference_mm3, 1), "mm3"),
        Reason("Uncertainty of the change (95 %)", round(one.uncertainty_mm3, 1), "mm3"),
        Reason("Brightness, in deviations of its noise", round(one.height, 1), "1"),
    ]
    if one.per_cent is not None:
        reasons.insert(3, Reason("Change of the volume", round(one.per_cent, 0), "%"))
    return tuple(reasons)


def _note(one: Change, *, dated: bool) -> str:
    share = "" if one.per_cent is None else f", {one.per_cent:+.0f} %"
    verdict = " No more than its uncertainty: noise." if one.is_noise else ""
    return (
        f"{name_of(one.kind, dated=dated)}: {one.before_mm3:.0f} to {one.after_mm3:.0f} mm3"
        f" ({one.difference_mm3:+.0f} +/- {one.uncertainty_mm3:.0f} mm3{share}).{verdict}"
    )


# -- one date ----------------------------------------------------------------------------------


def lesion_segmentation(
    volume: Volume, head: Head, lesions: Sequence[Lesion], author: Author
) -> Segmentation:
    """Return a label map of what is bright, on the stored grid."""
    labels = np.zeros(head.brain.shape, np.uint8)
    for one in lesions:
        labels[one.box][one.inside] = 1
    return Segmentation(
        stable_uid(f"{volume.series_key}|bright|{author.weights_sha256}"),
        "Bright lesions (trial)",
        LabelMap.of(np.ascontiguousarray(head.turn.stored(labels))),
        volume.geometry,
        LESIONS,
        author,
        volume.series_key,
    )


def lesion_findings(
    volume: Volume, head: Head, lesions: Sequence[Lesion], author: Author
) -> tuple[Finding, ...]:
    """Return what is bright as findings, brightest first."""
    return tuple(_lesion(volume, head, one, author) for one in lesions[:MOST])


def _lesion(volume: Volume, head: Head, one: Lesion, author: Author) -> Finding:
    low = tuple(part.start for part in one.box)
    high = tuple(part.stop for part in one.box)
    grid: Geometry = head.geometry.crop((low[0], low[1], low[2]), (high[0], high[1], high[2]))
    mask = head.turn.stored_mask(Mask(np.ascontiguousarray(one.inside), grid))
    centre, least, most = _places(mask)
    place = ",".join(f"{mm:.1f}" for mm in centre)
    return Finding(
        id=stable_uid(f"{volume.series_key}|bright|{author.weights_sha256}|{place}"),
        kind=HYPERINTENSITY,
        site=BRAIN,
        position=centre,
        low=least,
        high=most,
        diameter_mm=axial_diameter_mm(mask.voxels, mask.geometry),
        volume_mm3=one.volume_mm3,
        series_key=volume.series_key,
        author=author,
        score=one.score,
        mask=mask,
        explanation=(Reason("Over white matter, in deviations", round(one.height, 1), "1"),),
        note="By a rule for one date; its score is how bright it is, no probability.",
    )
