"""What was found brought back to the stored grid of the image in front: findings, segments, map.

The volume of a change is that of its voxels on the stored grid. So list, sentence, segment, report
and table say the same.
"""

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

    def on_front(self, values: NDArray[np.generic]) -> NDArray[np.float32]:
        """Return values of the pair's grid on the upright grid in front; 0 where unknown."""
        half, grid = half_of(self.motion.matrix), self.head.geometry
        found = sampled(values, self.seen.pair.geometry, half, grid)
        return np.nan_to_num(found, nan=0.0)

    def name(self, what: str) -> str:
        """Return a name that always belongs to the same result."""
        compared = dict(self.author.parameters).get("compared", "")
        return f"{self.volume.series_key}|{compared}|{self.author.weights_sha256}|{what}"


@dataclass(frozen=True, slots=True, eq=False)
class Outlined:
    """One change and its voxels on the stored grid, whose volume is that of the change."""

    change: Change
    mask: Mask = field(repr=False)


def outlines_of(drawn: Drawn, changes: Sequence[Change]) -> tuple[Outlined, ...]:
    """Bring changes to the stored grid, the likeliest first; those that leave nothing are gone."""
    found = []
    for one in changes[:MOST]:
        mask = _back(drawn, one)
        if mask is not None:
            found.append(Outlined(one.of_volume(mask.volume_mm3), mask))
    return tuple(found)


def segmentation_of(drawn: Drawn, outlines: Sequence[Outlined], threshold: float) -> Segmentation:
    """Return a label map of what changed at or above a threshold, on the stored grid."""
    stored = np.zeros(drawn.volume.geometry.shape, np.uint8)
    for one in outlines:
        if one.change.score >= threshold:
            low = drawn.volume.geometry.nearest(one.mask.geometry.to_patient((0, 0, 0)))
            box = tuple(slice(a, a + n) for a, n in zip(low, one.mask.voxels.shape, strict=True))
            stored[box][one.mask.voxels] = LABELS[one.change.kind]
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
    upright = drawn.on_front(change)
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


def findings_of(drawn: Drawn, outlines: Sequence[Outlined]) -> tuple[Finding, ...]:
    """Return the changes as findings, best first."""
    return tuple(_finding(drawn, one.change, one.mask) for one in outlines)


def _finding(drawn: Drawn, one: Change, mask: Mask) -> Finding:
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


def _back(drawn: Drawn, change: Change) -> Mask | None:
    """Return the voxels of a change on the stored grid, cut out; None if nothing is left.

    Each stored voxel takes the one next to it, so that no voxel is in two changes and small ones
    lose nothing, as they would between two slices if they were weighed.
    """
    pair, turn = drawn.seen.pair.geometry, drawn.head.turn
    whole = np.zeros(pair.shape, np.uint8)
    whole[change.box] = change.changed
    ends = [(one.start - 2, one.stop + 1) for one in change.box]
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
    near = sampled(whole, pair, half, grid, order=0)
    inside = np.nan_to_num(near, nan=0.0) >= 0.5
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
    low, high = one.interval_mm3
    reasons = [
        Reason(f"Volume {words[0]}", round(one.before_mm3, 1), "mm3"),
        Reason(f"Volume {words[1]}", round(one.after_mm3, 1), "mm3"),
        Reason("Change of the volume", round(one.difference_mm3, 1), "mm3"),
        Reason("Change of the volume, lower end of its 95 % interval", round(low, 1), "mm3"),
        Reason("Change of the volume, upper end of its 95 % interval", round(high, 1), "mm3"),
        Reason("Brightness, in deviations of its noise", round(one.height, 1), "1"),
    ]
    if one.per_cent is not None:
        reasons.insert(3, Reason("Change of the volume", round(one.per_cent, 0), "%"))
    return tuple(reasons)


def _note(one: Change, *, dated: bool) -> str:
    before, change = round(one.before_mm3), round(one.difference_mm3)
    low, high = (round(mm3) for mm3 in one.interval_mm3)
    share = "" if one.per_cent is None else f" ({one.per_cent:+.0f} %)"
    verdict = " It may be no change: the interval holds 0." if one.is_noise else ""
    return (
        f"{name_of(one.kind, dated=dated)}: {before} to {before + change} mm3, a change of"
        f" {change:+d} mm3{share}, 95 % interval {low:+d} to {high:+d} mm3.{verdict}"
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
