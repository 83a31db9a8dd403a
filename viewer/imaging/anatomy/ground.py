"""The upright grids that rules work on, and the check whether values are what rules need."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.progress import Progress
from viewer.imaging.coarse import Coarse, coarsened
from viewer.imaging.upright import Turn

FINE_MM, ROUGH_MM = 2.0, 4.0
AIR_HU = -1024.0
LARGEST_STEP_MM = 12.0
SMALLEST_EXTENT_MM = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """One image, upright (slices to the head, rows to the back, columns to the left)."""

    values: NDArray[np.generic] = field(repr=False)
    """All values on the full upright grid; a view of what was stored."""
    turn: Turn
    fine: Coarse = field(repr=False)
    """About 2 mm, never coarser unless stored so."""
    rough: Coarse = field(repr=False)
    """About 4 mm, never coarser unless stored so."""

    def lowered(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return a mask of the fine grid on the rough one."""
        soft = coarsened(mask.astype(np.float32), self.fine.geometry, ROUGH_MM)
        return np.asarray(soft.values >= 0.5)

    def raised(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return a mask of the rough grid on the fine one."""
        a, b, c = (r // f for r, f in zip(self.rough.factors, self.fine.factors, strict=True))
        d, e, f = self.fine.values.shape
        between = Coarse(self.rough.values, self.rough.geometry, (a, b, c), (d, e, f))
        return between.enlarged(mask)

    @property
    def geometry(self) -> Geometry:
        """The full upright grid."""
        return self.turn.geometry


def ground_of(values: NDArray[np.generic], geometry: Geometry, progress: Progress) -> Ground:
    """Turn an image upright and make it coarser; values that are not finite become air (-1024)."""
    turn = Turn.of(geometry)
    upright = turn.upright(values)
    _extent_checked(turn.geometry)
    progress.report(0.0, "turning the image upright")
    fine = _coarser(upright, turn.geometry, FINE_MM, progress)
    rough = coarsened(fine.values, fine.geometry, ROUGH_MM)
    factors = tuple(a * b for a, b in zip(fine.factors, rough.factors, strict=True))
    a, b, c = factors
    joined = Coarse(rough.values, rough.geometry, (a, b, c), fine.full)
    progress.report(1.0, "turning the image upright")
    return Ground(upright, turn, fine, joined)


def _extent_checked(geometry: Geometry) -> None:
    steps = geometry.spacing_mm
    extent = [n * step for n, step in zip(geometry.shape, steps, strict=True)]
    if min(extent) < SMALLEST_EXTENT_MM or min(geometry.shape) < 3:
        raise Declined("The image is too thin to look for anatomy.", code="too_thin")
    if max(steps) > LARGEST_STEP_MM:
        raise Declined(
            "The slices are too far apart to look for anatomy (more than 12 mm).", code="too_coarse"
        )


def _coarser(
    upright: NDArray[np.generic], geometry: Geometry, target_mm: float, progress: Progress
) -> Coarse:
    """Make an image coarser a few slices at a time, so that no copy of all of it is needed."""
    depth = max(1, int(target_mm / geometry.spacing_mm[0] + 1e-6))
    parts: list[Coarse] = []
    step = 8 * depth
    for start in range(0, len(upright), step):
        progress.report(start / len(upright), "turning the image upright")
        block = np.nan_to_num(
            upright[start : start + step].astype(np.float32),
            nan=AIR_HU,
            posinf=AIR_HU,
            neginf=AIR_HU,
        )
        a, b, c = block.shape
        part = coarsened(block, geometry.crop((start, 0, 0), (start + a, b, c)), target_mm)
        parts.append(part)
    values = np.concatenate([part.values for part in parts])
    a, b, c = values.shape
    d, e, f = upright.shape
    grid = Geometry((a, b, c), parts[0].geometry.affine, geometry.frame_of_reference_uid)
    return Coarse(values, grid, parts[0].factors, (d, e, f))


def check_hu(coarse: Coarse, modality: str, unit: str) -> None:
    """Refuse what is no CT in Hounsfield units.

    Raises:
        Declined: with the reason.
    """
    if modality != "CT" or unit not in ("[hnsf'U]", "HU"):
        raise Declined("This is no CT in HU, and these rules know no other.", code="no_ct")
    values = coarse.values
    tissue = float(((values > -150) & (values < 150)).mean())
    if tissue < 0.01 or float(values.max()) < 0 or float(np.ptp(values)) < 200:
        raise Declined(
            "The values are not those of a CT of a body in HU (no soft tissue between -150 and "
            "150 HU), so no anatomy was looked for.",
            code="no_hu",
        )


def check_mr(coarse: Coarse, modality: str) -> None:
    """Refuse what is no MR image with contrast in it.

    Raises:
        Declined: with the reason.
    """
    if modality != "MR":
        raise Declined("This is no MR image.", code="no_mr")
    low, high = np.percentile(coarse.values, (2, 99))
    if not high > low:
        raise Declined("The image is of one value, so no anatomy was looked for.", code="flat")
