"""From ranked candidates to findings: proposed, signed by the model, with their reasons."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from itertools import product

import numpy as np

from viewer.ai.explanation import reasons
from viewer.ai.ranking import Ranked
from viewer.core.author import Author
from viewer.core.code import HOUNSFIELD, LEFT_LUNG, NODULE, RIGHT_LUNG, Code
from viewer.core.crop import Crop
from viewer.core.finding import Finding
from viewer.core.geometry import Position, position_of
from viewer.core.segmentation import Mask
from viewer.core.volume import Volume
from viewer.imaging import lungs as anatomy
from viewer.imaging.extent import axial_diameter_mm
from viewer.imaging.features import Measured
from viewer.imaging.lungs import Lungs

FLOOR = 0.02
"""Candidates less likely than this are noise and are left out."""
MOST = 200
SITES: dict[int, Code] = {anatomy.LEFT_LUNG: LEFT_LUNG, anatomy.RIGHT_LUNG: RIGHT_LUNG}


def findings_of(
    volume: Volume, author: Author, lungs: Lungs, found: Sequence[Measured], ranked: Ranked
) -> tuple[Finding, ...]:
    """Return the candidates that are worth a look, best first."""
    order = sorted(range(len(found)), key=lambda k: (-ranked.scores[k], found[k].centre))
    worth = [k for k in order[:MOST] if ranked.scores[k] >= FLOOR]
    return tuple(_finding(volume, author, lungs, found[k], ranked, k) for k in worth)


def crops_of(
    findings: Sequence[Finding], found: Sequence[Measured], ranked: Ranked
) -> tuple[Crop, ...]:
    """Return what the network saw of each finding."""
    if ranked.cubes is None:
        return ()
    rows = {one.centre: number for number, one in enumerate(found)}
    return tuple(Crop(one.id, ranked.cubes[rows[one.position]]) for one in findings)


def stable_uid(name: str) -> str:
    """Return the UID that always belongs to this name (PS3.5 B.2: 2.25 and a UUID)."""
    return f"2.25.{uuid.uuid5(uuid.NAMESPACE_OID, name).int}"


def _finding(
    volume: Volume, author: Author, lungs: Lungs, one: Measured, ranked: Ranked, place: int
) -> Finding:
    mask = lungs.turn.stored_mask(one.mask)
    low, high = _box(mask)
    where = ",".join(f"{mm:.2f}" for mm in one.centre)
    odds = None if ranked.network_odds is None else float(ranked.network_odds[place])
    return Finding(
        id=stable_uid(f"{volume.series_key}|{author.weights_sha256}|{where}"),
        kind=NODULE,
        site=_site(lungs, one.centre),
        position=one.centre,
        low=low,
        high=high,
        diameter_mm=axial_diameter_mm(mask.voxels, mask.geometry),
        volume_mm3=one.volume_mm3,
        series_key=volume.series_key,
        author=author,
        score=float(ranked.scores[place]),
        mean_value=one.features.mean_hu,
        unit=HOUNSFIELD.value,
        mask=mask,
        explanation=reasons(one, ranked.pushes[place], odds),
    )


def _box(mask: Mask) -> tuple[Position, Position]:
    """Return opposite corners, in the patient, of the voxels that are in."""
    indices = np.argwhere(mask.voxels)
    low, high = indices.min(axis=0) - 0.5, indices.max(axis=0) + 0.5
    corners = mask.geometry.to_patient(list(product(*zip(low, high, strict=True))))
    return position_of(corners.min(axis=0)), position_of(corners.max(axis=0))


def _site(lungs: Lungs, centre: Position) -> Code | None:
    return SITES.get(int(lungs.labels[lungs.geometry.nearest(centre)]))
