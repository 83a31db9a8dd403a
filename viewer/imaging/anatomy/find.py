"""All that was asked for, found in order: each rule uses what is known before it.

Values may be stored in any of the 48 orders: everything is found upright, in patient space, and
the labels are brought back into the stored order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry
from viewer.core.progress import Part, Progress
from viewer.imaging.anatomy import abdomen, chest, skeleton, skull, tissues, vessels
from viewer.imaging.anatomy.body import find_body
from viewer.imaging.anatomy.brain import find_brain
from viewer.imaging.anatomy.drawing import drawn
from viewer.imaging.anatomy.ground import Ground, check_hu, check_mr, ground_of
from viewer.imaging.anatomy.result import Anatomy, Marked
from viewer.imaging.anatomy.structures import (
    AORTA,
    HEART,
    KIDNEY_LEFT,
    KIDNEY_RIGHT,
    LIVER,
    MUSCLE,
    SPLEEN,
    STRUCTURES,
    SUBCUTANEOUS_FAT,
    VISCERAL_FAT,
    Region,
    Structure,
)
from viewer.imaging.anatomy.trunk import Trunk, trunk_of
from viewer.imaging.lungs import LEFT_LUNG, RIGHT_LUNG, LungField, lungs_on

_NOT_THERE = {
    Region.HEAD: "The images show no whole head.",
    Region.THORAX: "The images show no lungs.",
    Region.TRUNK: "The images show no trunk: no wide slice with a spine in it.",
    Region.ABDOMEN: "The images show no abdomen.",
}
_HU = "[hnsf'U]"
MOST_TILT, TILTED = 20.0, 0.5
"""Degrees by which a grid may be tilted; how sure what is found beyond that is beside it."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is found first on every CT, since all else rests on it. Masks are upright."""

    ground: Ground
    field_: LungField = field(repr=False)
    body: Marked
    bone: Marked
    head: tuple[Marked, Marked]
    """Braincase and brain."""
    trunk: Trunk | None
    regions: tuple[Region, ...]


def find_anatomy(
    values: NDArray[np.generic],
    geometry: Geometry,
    progress: Progress,
    *,
    structures: Sequence[Structure] = STRUCTURES,
    modality: str = "CT",
    unit: str = _HU,
) -> Anatomy:
    """Find structures in an image: HU of a CT, or the values of an MR in any unit.

    `values` is (slice, row, column) in stored order, of any real kind. Each structure comes back
    with a certainty from 0 (not found) to 1, with its reasons and with what it failed at.

    Raises:
        Declined: if the values are not what the rules are made for.
        Cancelled: if nobody wants it any more.
    """
    ground = ground_of(values, geometry, Part(progress, 0.0, 0.08))
    if modality == "MR":
        check_mr(ground.fine, modality)
        marked, regions = _on_mr(ground, structures, Part(progress, 0.08, 0.9))
    else:
        check_hu(ground.fine, modality, unit)
        marked, regions = _on_ct(ground, structures, Part(progress, 0.08, 0.9))
        marked = _less_sure_if_tilted(marked, ground.geometry)
    asked = [one for one in marked if one.structure in structures]
    layers, found = drawn(asked, ground, Part(progress, 0.9, 1.0))
    return Anatomy(layers, geometry, found, regions)


def _less_sure_if_tilted(marked: list[Marked], upright: Geometry) -> list[Marked]:
    """Trust what was found less where slices are far from axial: rules of place look in them."""
    along = [upright.directions[axis][patient] for axis, patient in enumerate((2, 1, 0))]
    tilt = float(np.degrees(np.arccos(np.clip(min(along), -1.0, 1.0))))
    if tilt <= MOST_TILT:
        return marked
    why = f"The images are tilted by {tilt:.0f} degrees against the body; rules expect axial slices"
    return [
        one
        if one.mask is None
        else replace(one, verdict=one.verdict.checked(False, TILTED, "", why))
        for one in marked
    ]


def _on_mr(
    ground: Ground, structures: Sequence[Structure], progress: Progress
) -> tuple[list[Marked], tuple[str, ...]]:
    brain = find_brain(ground, progress)
    marked = [brain]
    marked += [
        Marked.missing(one, "It is looked for on CT alone.")
        for one in structures
        if "MR" not in one.modalities
    ]
    return marked, (Region.HEAD.value,) if brain.mask is not None else ()


def _on_ct(
    ground: Ground, structures: Sequence[Structure], progress: Progress
) -> tuple[list[Marked], tuple[str, ...]]:
    known = _known(ground, Part(progress, 0.0, 0.48))
    marked = [known.body, known.bone, *known.head]
    regions = list(known.regions)
    marked += _in_chest(known)
    marked += _in_trunk(known, structures, Part(progress, 0.48, 1.0))
    there = {one.structure for one in marked}
    marked += [
        Marked.missing(one, _NOT_THERE.get(one.region, "It was not found."))
        for one in structures
        if one not in there
    ]
    return marked, tuple(region.value for region in regions)


def _any(structures: Sequence[Structure], *of: Structure) -> bool:
    return any(one in structures for one in of)


def _mask(marked: Marked, ground: Ground) -> NDArray[np.bool_]:
    """Return a mask on the rough grid, empty if nothing was found."""
    if marked.mask is None or marked.grid is None:
        return np.zeros(ground.rough.values.shape, dtype=np.bool_)
    return marked.mask if marked.grid is ground.rough else ground.lowered(marked.mask)


def _known(ground: Ground, progress: Progress) -> Known:
    """Find lungs, body, bone and trunk."""
    seen = lungs_on(ground.fine, Part(progress, 0.0, 0.4))
    lungs = ground.lowered((seen.sides > 0) | seen.airways)
    body = find_body(ground, lungs, ground.lowered(seen.outside), Part(progress, 0.4, 0.6))
    fine = ground.raised(_mask(body, ground))
    bone = skeleton.find_bone(ground, fine & (seen.sides == 0), Part(progress, 0.6, 0.9))
    head = skull.find_head(ground, _mask(body, ground), Part(progress, 0.9, 1.0))
    right, left = (ground.lowered(seen.sides == side) for side in (RIGHT_LUNG, LEFT_LUNG))
    rough_bone = _mask(bone, ground)
    below = _mask(body, ground) & ~_slices_of(_mask(head[1], ground))
    trunk = trunk_of(ground.rough.values, ground.rough.geometry, below, rough_bone, right, left)
    regions = _regions(seen, trunk)
    regions += (Region.HEAD,) if head[1].mask is not None else ()
    return Known(ground, seen, body, bone, head, trunk, regions)


def _slices_of(brain: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Mark all slices that hold brain: they are no trunk, however much bone is in them."""
    return np.asarray(brain.any(axis=(1, 2)))[:, None, None]


def _regions(seen: LungField, trunk: Trunk | None) -> tuple[Region, ...]:
    regions = [Region.THORAX] if (seen.sides > 0).any() else []
    if trunk is None:
        return tuple(regions)
    regions.append(Region.TRUNK)
    domes = [trunk.base_mm(lung) for lung in (trunk.right_lung, trunk.left_lung)]
    known = [dome for dome in domes if dome is not None]
    lowest = float(trunk.heights_mm[np.flatnonzero(trunk.slices)[0]])
    if not known or max(known) - lowest > 25:
        regions.append(Region.ABDOMEN)
    return tuple(regions)


def _in_chest(known: Known) -> list[Marked]:
    if Region.THORAX not in known.regions:
        return []
    ground, seen = known.ground, known.field_
    return [*chest.find_lungs(ground, seen), chest.find_airways(ground, seen)]


def _in_trunk(known: Known, structures: Sequence[Structure], progress: Progress) -> list[Marked]:
    trunk, grid = known.trunk, known.ground.rough
    if trunk is None:
        return []
    marked: list[Marked] = []
    composed = _any(structures, SUBCUTANEOUS_FAT, VISCERAL_FAT, MUSCLE)
    if composed or _any(structures, AORTA, HEART):
        marked.append(vessels.find_aorta(trunk, grid, Part(progress, 0.0, 0.4)))
    if _any(structures, HEART) and Region.THORAX in known.regions:
        airways = known.ground.lowered(known.field_.airways)
        aorta = _mask(marked[0], known.ground)
        marked.append(chest.find_heart(trunk, grid, airways, aorta))
    if Region.ABDOMEN in known.regions and (
        composed or _any(structures, LIVER, SPLEEN, KIDNEY_LEFT, KIDNEY_RIGHT)
    ):
        marked += _organs(known, trunk, Part(progress, 0.4, 0.9))
    if composed:
        organs = np.zeros(grid.values.shape, dtype=np.bool_)
        for one in marked:
            organs |= _mask(one, known.ground)
        marked += tissues.find_tissues(trunk, grid, organs)
    return marked


def _organs(known: Known, trunk: Trunk, progress: Progress) -> list[Marked]:
    grid = known.ground.rough
    liver = abdomen.find_liver(trunk, grid, Part(progress, 0.0, 0.3))
    taken = _mask(liver, known.ground)
    spleen = abdomen.find_spleen(trunk, grid, taken, Part(progress, 0.3, 0.6))
    taken = taken | _mask(spleen, known.ground)
    return [liver, spleen, *abdomen.find_kidneys(trunk, grid, taken, Part(progress, 0.6, 1.0))]
