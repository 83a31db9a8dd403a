"""Liver, spleen and kidneys on a CT, by place, by the values they have, and by size."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.core.progress import Progress
from viewer.imaging.anatomy.masks import (
    Mask,
    closed,
    cut_sides,
    dilated,
    filled_slices,
    largest,
    opened,
    pieces_over,
    volume_ml,
)
from viewer.imaging.anatomy.result import Marked, Verdict
from viewer.imaging.anatomy.structures import (
    KIDNEY_LEFT,
    KIDNEY_RIGHT,
    LIVER,
    SPLEEN,
    Structure,
)
from viewer.imaging.anatomy.trunk import Trunk
from viewer.imaging.coarse import Coarse

LIVER_ML, SPLEEN_ML, KIDNEY_ML = (700.0, 3000.0), (60.0, 700.0), (70.0, 350.0)
LIVER_HU, SPLEEN_HU, KIDNEY_HU = (10.0, 230.0), (15.0, 250.0), (0.0, 400.0)
APART_MM = (4.0, 6.0, 8.0, 10.0, 12.0)
"""Half the width of what may join a kidney to its neighbours; the one that fits best is taken."""
TALL_MM = 230.0
"""From the dome down, nothing deeper is liver or spleen."""


def find_liver(trunk: Trunk, grid: Coarse, progress: Progress) -> Marked:
    """Mark the liver: the largest even mass on the right under the dome of the diaphragm."""
    progress.report(0.0, "looking for the liver")
    dome = trunk.base_mm(trunk.right_lung)
    place = _free(trunk) & _under(trunk, dome)[:, None, None]
    home = place & (trunk.from_spine_mm < -15)[None, None, :]
    mode = _mode(trunk, home & (trunk.from_spine_mm < -45)[None, None, :], LIVER_HU)
    if mode is None:
        return Marked.missing(LIVER, "No large even mass lies on the right side of the abdomen.")
    value, spread = mode
    even = place & (np.abs(trunk.smooth - value) < 2.3 * spread)
    if dome is not None and trunk.heights_mm[-1] > dome + 30:
        even &= ~_heart_side(trunk, dome)
    progress.report(0.4, "looking for the liver")
    core = _core(even, home, 9.0, trunk)
    if core is None:
        return Marked.missing(LIVER, "No large even mass lies on the right side of the abdomen.")
    mask = _grown(core, even, 7.0, trunk)
    progress.report(1.0, "looking for the liver")
    volume = volume_ml(mask, trunk.geometry)
    if volume < 150:
        return Marked.missing(LIVER, "What lies there is too small for a liver.")
    verdict = _judged(mask, LIVER_ML, "liver", trunk, 0.85)
    verdict = verdict.checked(
        dome is not None, 0.75, "It lies right under the right lung.",
        "The base of the right lung is not in the images, so its place is less sure.",
    )  # fmt: skip
    right = float((np.nonzero(mask)[2] < trunk.spine_column).mean())
    verdict = verdict.checked(
        right > 0.6, 0.5, f"{right:.0%} of it lies right of the spine.",
        f"Only {right:.0%} of it lies right of the spine.",
    )  # fmt: skip
    verdict = verdict.says(f"Its values are about {value:.0f} HU (spread {spread:.0f} HU).")
    return Marked(LIVER, mask, grid, verdict)


def find_spleen(trunk: Trunk, grid: Coarse, taken: Mask, progress: Progress) -> Marked:
    """Mark the spleen: an even mass on the left, at the back and to the side, under the dome."""
    progress.report(0.0, "looking for the spleen")
    dome = trunk.base_mm(trunk.left_lung)
    if dome is None:
        return Marked.missing(
            SPLEEN, "The base of the left lung, under which it lies, is not seen."
        )
    place = (
        _free(trunk)
        & _under(trunk, dome, 190.0)[:, None, None]
        & ~dilated(taken, 3.0, trunk.geometry)
    )
    place &= _beside(trunk)[None]
    home = place & (trunk.from_spine_mm > 60)[None, None, :]
    home &= (trunk.behind_spine_mm > -45)[None, :, None]
    home &= _near_wall(trunk, 18.0, 45.0)
    mode = _mode(trunk, home, SPLEEN_HU)
    if mode is None:
        return Marked.missing(SPLEEN, "No even mass lies under the left lung at the wall.")
    value, spread = mode
    even = place & (np.abs(trunk.smooth - value) < 2.0 * spread)
    progress.report(0.5, "looking for the spleen")
    core = _core(even, home, 7.0, trunk)
    if core is None:
        return Marked.missing(SPLEEN, "No even mass lies under the left lung at the wall.")
    mask = _grown(core, even, 6.0, trunk)
    volume = volume_ml(mask, trunk.geometry)
    if not 40 < volume < 2500:
        return Marked.missing(SPLEEN, f"What lies there has {volume:.0f} ml and is no spleen.")
    verdict = _judged(mask, SPLEEN_ML, "spleen", trunk, 0.8)
    behind = float(trunk.behind_spine_mm[np.nonzero(mask)[1]].mean())
    verdict = verdict.checked(
        behind > -55, 0.6, "It lies at the back and to the side.",
        "It lies far in front, where stomach and bowel are.",
    )  # fmt: skip
    verdict = verdict.says(f"Its values are about {value:.0f} HU (spread {spread:.0f} HU).")
    return Marked(SPLEEN, mask, grid, verdict)


def find_kidneys(
    trunk: Trunk, grid: Coarse, taken: Mask, progress: Progress
) -> tuple[Marked, Marked]:
    """Mark the kidneys (right, left): compact masses in fat beside the spine."""
    progress.report(0.0, "looking for the kidneys")
    right = _kidney(KIDNEY_RIGHT, -1, trunk, grid, taken)
    progress.report(0.5, "looking for the kidneys")
    left = _kidney(KIDNEY_LEFT, 1, trunk, grid, taken)
    progress.report(1.0, "looking for the kidneys")
    return right, left


def _kidney(structure: Structure, side: int, trunk: Trunk, grid: Coarse, taken: Mask) -> Marked:
    beside = side * trunk.from_spine_mm
    place = _free(trunk, contrast=True) & ~dilated(taken, 3.0, trunk.geometry)
    place &= ((beside > 18) & (beside < 115))[None, None, :]
    place &= ((trunk.behind_spine_mm > -75) & (trunk.behind_spine_mm < 60))[None, :, None]
    muscle = (trunk.behind_spine_mm[:, None] > 15) & (beside[None, :] < 55)
    place &= ~muscle[None]
    dome = trunk.base_mm(trunk.right_lung if side < 0 else trunk.left_lung)
    if dome is not None:
        deep = (trunk.heights_mm < dome - 15) & (trunk.heights_mm > dome - 270)
        place &= deep[:, None, None]
    lean = place & _kidney_values(place, trunk)
    found = [
        _best_kidney(opened(lean, radius, trunk.geometry), beside, trunk) for radius in APART_MM
    ]
    core, doubt = min(found, key=lambda one: one[1])
    if core is None:
        return Marked.missing(structure, "No compact mass of the right size lies beside the spine.")
    value = float(np.median(trunk.smooth[core]))
    spread = max(15.0, 1.5 * float(trunk.smooth[core].std()))
    near = lean & (trunk.smooth > value - 2.5 * spread)
    mask = filled_slices(closed(dilated(core, 5.0, trunk.geometry) & near, 4.0, trunk.geometry))
    verdict = _judged(mask, KIDNEY_ML, "kidney", trunk, 0.75)
    verdict = verdict.checked(
        doubt < 1.0, 0.7, "It lies in its usual place beside the spine.",
        "It is not in the usual place: bowel or a mass may have been taken for it.",
    )  # fmt: skip
    verdict = verdict.says("Its pelvis and the vessels in its hilum may be partly in it.")
    return Marked(structure, mask, grid, verdict)


def _kidney_values(place: Mask, trunk: Trunk) -> Mask:
    """Mark what is brighter than muscle by contrast; without contrast, what is a little darker."""
    muscle = trunk.muscle_hu
    bright = (trunk.smooth > muscle + 45) & (trunk.smooth < KIDNEY_HU[1])
    if volume_ml(opened(place & bright, 6.0, trunk.geometry), trunk.geometry) > 40:
        return bright
    return np.asarray((trunk.smooth > KIDNEY_HU[0] - 10) & (trunk.smooth < muscle - 8))


def _best_kidney(
    masses: Mask, beside: NDArray[np.float64], trunk: Trunk
) -> tuple[Mask | None, float]:
    """Choose the mass whose place, height and volume are those of a kidney."""
    labels, _ = ndimage.label(masses)
    best: tuple[float, int] = (2.0, 0)
    for number, box in enumerate(ndimage.find_objects(labels), start=1):
        part = labels[box] == number
        volume = volume_ml(part, trunk.geometry)
        if not 35 < volume < 600:
            continue
        fat = _in_fat(labels == number, trunk)
        if fat < 0.25:
            continue
        where = [np.nonzero(part)[axis] + box[axis].start for axis in range(3)]
        lateral, behind = (
            float(beside[where[2]].mean()),
            float(trunk.behind_spine_mm[where[1]].mean()),
        )
        tall = (box[0].stop - box[0].start) * trunk.geometry.spacing_mm[0]
        doubt = abs(lateral - 58) / 35 + abs(behind - 0) / 45
        doubt += (
            max(0.0, tall - 150) / 40 + max(0.0, 80 - volume) / 80 + max(0.0, volume - 300) / 150
        )
        doubt += max(0.0, 0.5 - fat)
        best = min(best, (doubt, number))
    return (labels == best[1] if best[1] else None), best[0]


def _in_fat(mass: Mask, trunk: Trunk) -> float:
    """Return how much of what lies round a mass is fat."""
    box = tuple(
        slice(max(s.start - 5, 0), s.stop + 5)
        for s in ndimage.find_objects(mass.astype(np.uint8))[0]
    )
    part = mass[box]
    rim = dilated(part, 11.0, trunk.geometry) & ~dilated(part, 5.0, trunk.geometry)
    return float((trunk.smooth[box][rim] < -20).mean()) if rim.any() else 0.0


# -- what the rules share -----------------------------------------------------------------------


def _free(trunk: Trunk, *, contrast: bool = False) -> Mask:
    """Mark what is within the wall and neither bone nor lung nor gas."""
    free = trunk.inner & trunk.slices[:, None, None] & ~trunk.lungs
    back = (trunk.behind_spine_mm[:, None] > 25) & (np.abs(trunk.from_spine_mm)[None, :] < 50)
    free &= ~back[None]
    return free & ~(trunk.bone if contrast else dilated(trunk.bone, 3.0, trunk.geometry))


def _under(trunk: Trunk, dome: float | None, deep: float = TALL_MM) -> NDArray[np.bool_]:
    """Mark the slices from a little over the dome down to where the organ must end."""
    heights = trunk.heights_mm
    top = dome + 35 if dome is not None else float(heights[-1])
    return np.asarray((heights <= top) & (heights >= top - 35 - deep))


def _heart_side(trunk: Trunk, dome: float) -> Mask:
    """Mark what lies left of the spine's right edge and high: the heart rests on the liver."""
    high = trunk.heights_mm > dome - 22
    return np.asarray(high[:, None, None] & (trunk.from_spine_mm > -30)[None, None, :])


def _beside(trunk: Trunk) -> Mask:
    """Mark what lies left of the spine, the further in front the further to the side."""
    front = np.maximum(0.0, -trunk.behind_spine_mm)
    return np.asarray(trunk.from_spine_mm[None, :] > 28 + 0.8 * front[:, None])


def _near_wall(trunk: Trunk, least_mm: float, most_mm: float) -> Mask:
    """Mark what lies so deep under the outside of the muscles."""
    depth = ndimage.distance_transform_edt(trunk.hull, sampling=trunk.geometry.spacing_mm)
    return np.asarray((depth > least_mm) & (depth < most_mm))


def _mode(trunk: Trunk, place: Mask, range_hu: tuple[float, float]) -> tuple[float, float] | None:
    """Return the commonest value of what is even in a place, and its spread in HU."""
    size = [max(3, 2 * round(5 / step) + 1) for step in trunk.geometry.spacing_mm]
    mean = ndimage.uniform_filter(trunk.smooth, size)
    spread = np.sqrt(np.maximum(ndimage.uniform_filter(trunk.smooth**2, size) - mean**2, 0))
    inside = place & (trunk.smooth > range_hu[0]) & (trunk.smooth < range_hu[1])
    if volume_ml(inside, trunk.geometry) < 20:
        return None
    even = inside & (spread < max(8.0, float(np.percentile(spread[inside], 35))))
    values = trunk.smooth[even]
    counts, edges = np.histogram(values, bins=np.arange(range_hu[0], range_hu[1] + 2, 2.0))
    smooth = ndimage.gaussian_filter1d(counts.astype(np.float64), 2.0)
    peak = int(smooth.argmax())
    value = float(edges[peak] + 1)
    near = values[np.abs(values - value) < 30]
    deviation = 1.48 * float(np.median(np.abs(near - value))) if len(near) else 10.0
    return value, float(np.clip(1.2 * deviation, 7.0, 18.0))


def _core(even: Mask, home: Mask, radius_mm: float, trunk: Trunk) -> Mask | None:
    """Return the largest mass that is thick enough and lies mostly at home."""
    masses = opened(even, radius_mm, trunk.geometry)
    labels, count = ndimage.label(masses)
    if not count:
        return None
    at_home = np.bincount(labels[home], minlength=count + 1)
    at_home[0] = 0
    return np.asarray(labels == at_home.argmax()) if at_home.any() else None


def _grown(core: Mask, even: Mask, reach_mm: float, trunk: Trunk) -> Mask:
    """Grow a core into what is as even round it, and close vessels and holes in it."""
    grid = trunk.geometry
    grown = largest(opened((dilated(core, reach_mm, grid) & even) | core, 3.0, grid) | core)
    full = filled_slices(closed(grown, 6.0, grid)) & (trunk.hu > -60) & (trunk.hu < 400)
    full &= trunk.inner & ~trunk.lungs & ~trunk.bone
    return pieces_over(full, 5000.0, grid)


def _judged(
    mask: Mask, usual_ml: tuple[float, float], word: str, trunk: Trunk, best: float
) -> Verdict:
    volume, cut = volume_ml(mask, trunk.geometry), cut_sides(mask)
    verdict = Verdict(best).checked(
        not cut, 0.85, "All of it is in the images.",
        f"It is cut off at the {' and '.join(cut)} of the images.",
    )  # fmt: skip
    low, high = usual_ml
    fits = volume <= high if cut else low <= volume <= high
    return verdict.checked(
        fits, 0.6, f"{volume:.0f} ml is usual for a {word}.",
        f"{volume:.0f} ml is unusual for a {word}.",
    )  # fmt: skip
