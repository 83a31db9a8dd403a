"""Whether slices form a regular grid, judged by their positions alone; if not, why not.

Regular means: the same orientation, one even step, every slice within 0.01 mm
or 1 % of the step (whichever is more) of where the grid has it, and a step
that stands on the slices to within 0.1 degree. Slice thickness and Spacing
Between Slices are never looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry
from viewer.core.plane import Plane
from viewer.core.study import Notice

_SAME_PLACE_MM = 1e-3
_SLACK_MM = 0.01
_SLACK_OF_STEP = 0.01
_TILT = 2e-3
_SAME_TURN = 1e-3


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Slices in the order of their places, and what keeps them from being a volume."""

    order: tuple[int, ...]
    notices: tuple[Notice, ...] = ()
    one_place: bool = False

    @property
    def regular(self) -> bool:
        """Tell whether the slices form a regular grid."""
        return not self.notices and not self.one_place


def same_turn(one: Plane, other: Plane) -> bool:
    """Tell whether two pictures are parallel and turned alike."""
    if (one.right, one.down) == (other.right, other.down):
        return True
    apart = [
        abs(a - b) for a, b in zip(one.right + one.down, other.right + other.down, strict=True)
    ]
    return max(apart) <= _SAME_TURN


def arrange(planes: Sequence[Plane], numbers: Sequence[int]) -> Arrangement:
    """Sort parallel slices along their normal and judge their places.

    `numbers` are what the slices are called in sentences.
    """
    places = np.array([plane.origin for plane in planes])
    normal = np.asarray(planes[0].normal)
    along = (places - places[0]) @ normal
    order = sorted(range(len(planes)), key=lambda index: (along[index], numbers[index]))
    if len(planes) == 1:
        return Arrangement((0,), (Notice("single_slice", "There is only one slice here."),))
    if np.abs(places - places[0]).max() <= _SAME_PLACE_MM:
        by_number = sorted(range(len(planes)), key=lambda index: numbers[index])
        return Arrangement(tuple(by_number), one_place=True)
    judged = _Judged(places[order], normal, [numbers[index] for index in order])
    return Arrangement(tuple(order), judged.notices())


class _Judged:
    """Sorted places, and the sentences about them."""

    def __init__(
        self, places: NDArray[np.float64], normal: NDArray[np.float64], names: list[int]
    ) -> None:
        self._names = names
        self._along = (places - places[0]) @ normal
        self._steps = np.diff(self._along)
        self._aside = (places - places[0]) - np.outer(self._along, normal)
        moving = self._steps[self._steps > _SAME_PLACE_MM]
        self._step = float(np.median(moving)) if len(moving) else 0.0
        self._slack = max(_SLACK_MM, _SLACK_OF_STEP * self._step)

    def notices(self) -> tuple[Notice, ...]:
        found = [self._foreign(), self._duplicate(), self._tilted(), self._uneven()]
        return tuple(notice for notice in found if notice is not None)

    def _lean(self) -> NDArray[np.float64]:
        """The sideways shift per mm along the normal that most slices share."""
        moving = self._steps > _SAME_PLACE_MM
        if not moving.any():
            return np.zeros(3)
        return np.asarray(
            np.median(np.diff(self._aside, axis=0)[moving] / self._steps[moving, None], axis=0)
        )

    def _off_line(self) -> NDArray[np.bool_]:
        left_over = self._aside - np.outer(self._along, self._lean())
        left_over -= np.median(left_over, axis=0)
        return np.asarray(np.linalg.norm(left_over, axis=1) > self._slack)

    def _foreign(self) -> Notice | None:
        off = np.flatnonzero(self._off_line())
        if len(off):
            return Notice("foreign_slice", f"{self._called(off)} out of line with the others.")
        if len(self._names) < 4 or self._even(self._along) or self._has_twins() or self._gaps():
            return None
        for index in range(len(self._names)):
            if self._even(np.delete(self._along, index)):
                return Notice(
                    "foreign_slice",
                    f"Slice {self._names[index]} does not fit between its neighbours.",
                )
        return None

    def _has_twins(self) -> bool:
        return bool((self._steps <= _SAME_PLACE_MM).any())

    def _duplicate(self) -> Notice | None:
        twins = np.flatnonzero(self._steps <= _SAME_PLACE_MM)
        if not len(twins):
            return None
        pairs = ", ".join(f"{self._names[i]} and {self._names[i + 1]}" for i in twins[:3])
        more = f" and {len(twins) - 3} more pairs" if len(twins) > 3 else ""
        return Notice("duplicate_position", f"Slices lie at the same place: {pairs}{more}.")

    def _tilted(self) -> Notice | None:
        lean = float(np.linalg.norm(self._lean()))
        if lean <= _TILT:
            return None
        angle = float(np.degrees(np.arctan(lean)))
        return Notice(
            "tilted",
            f"The slices are tilted by {angle:.1f} degrees against their row (gantry tilt).",
        )

    def _uneven(self) -> Notice | None:
        if self._even(self._along) or self._has_twins() or self._foreign() is not None:
            return None
        return self._missing() or self._mixed() or Notice("uneven", self._uneven_sentence())

    def _even(self, along: NDArray[np.float64]) -> bool:
        if len(along) < 2:
            return True
        ideal = np.linspace(along[0], along[-1], len(along))
        step = (along[-1] - along[0]) / (len(along) - 1)
        return bool(np.abs(along - ideal).max() <= max(_SLACK_MM, _SLACK_OF_STEP * step))

    def _gaps(self) -> list[tuple[int, int]]:
        """Return (index before, slices missing) if all uneven steps are whole multiples."""
        # the commonest step; where two are as common, the smaller one
        values, counts = np.unique(np.round(self._steps / self._slack), return_counts=True)
        step = float(values[np.argmax(counts)] * self._slack)
        step = float(np.median(self._steps[np.abs(self._steps - step) <= 2 * self._slack]))
        multiples = np.rint(self._steps / step)
        fits = np.abs(self._steps - multiples * step) <= 2 * self._slack
        if not fits.all() or multiples.min() < 1:
            return []
        return [(int(i), int(multiples[i]) - 1) for i in np.flatnonzero(multiples > 1)]

    def _missing(self) -> Notice | None:
        gaps = self._gaps()
        if not gaps or len(gaps) > max(1, len(self._steps) // 3):
            return None
        count = sum(number for _, number in gaps)
        where = ", ".join(f"{self._names[i]} and {self._names[i + 1]}" for i, _ in gaps[:3])
        more = " and elsewhere" if len(gaps) > 3 else ""
        what = "1 slice is missing" if count == 1 else f"{count} slices are missing"
        return Notice("missing_slice", f"{what} between slices {where}{more}.")

    def _mixed(self) -> Notice | None:
        changes = np.flatnonzero(np.abs(np.diff(self._steps)) > self._slack)
        if len(changes) != 1:
            return None
        at = int(changes[0]) + 1
        before, after = float(self._steps[0]), float(self._steps[-1])
        return Notice(
            "mixed_spacing",
            f"The distance between slices changes from {before:.3g} to {after:.3g} mm"
            f" at slice {self._names[at]}.",
        )

    def _uneven_sentence(self) -> str:
        low, high = float(self._steps.min()), float(self._steps.max())
        return f"The distance between slices varies from {low:.3g} to {high:.3g} mm."

    def _called(self, indices: NDArray[np.intp]) -> str:
        names = ", ".join(str(self._names[i]) for i in indices[:3])
        more = " and others" if len(indices) > 3 else ""
        return f"Slice {names} lies" if len(indices) == 1 else f"Slices {names}{more} lie"


def grid(
    planes: Sequence[Plane], rows: int, columns: int, frame_of_reference_uid: str = ""
) -> Geometry:
    """Return the grid of slices that `arrange` found regular, in its order.

    The step runs from the first to the last slice, so no error adds up.
    """
    first, last = planes[0], planes[-1]
    affine = np.eye(4)
    affine[:3, 0] = (np.asarray(last.origin) - np.asarray(first.origin)) / max(1, len(planes) - 1)
    affine[:3, 1] = np.asarray(first.down) * first.spacing_mm[0]
    affine[:3, 2] = np.asarray(first.right) * first.spacing_mm[1]
    affine[:3, 3] = first.origin
    return Geometry((len(planes), rows, columns), affine, frame_of_reference_uid)
