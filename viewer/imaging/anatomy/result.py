"""What is said of a structure: how sure, why, and what was missed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import whole
from viewer.core.geometry import Geometry
from viewer.imaging.anatomy.structures import Layer, Structure
from viewer.imaging.coarse import Coarse

CERTAIN_AT_BEST = 0.95
"""No rule is ever surer than this of what it found."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How sure a rule is, 0 (nothing found) to 1, with its reasons and what it failed at."""

    certainty: float = CERTAIN_AT_BEST
    reasons: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    def says(self, sentence: str) -> Verdict:
        """Add a reason that changes nothing about how sure it is."""
        return replace(self, reasons=(*self.reasons, whole(sentence)))

    def checked(self, good: bool, factor: float, yes: str, no: str) -> Verdict:  # noqa: FBT001
        """Check one thing; where it does not hold, be less sure by a factor and say why."""
        if good:
            return replace(self, reasons=(*self.reasons, whole(yes)))
        return replace(self, certainty=self.certainty * factor, failed=(*self.failed, whole(no)))

    def nothing(self, why: str) -> Verdict:
        """Say that there is no result."""
        return Verdict(0.0, self.reasons, (*self.failed, whole(why)))


@dataclass(frozen=True, slots=True, eq=False)
class Marked:
    """A structure as a rule marked it: a mask on one of the coarser grids, or none."""

    structure: Structure
    mask: NDArray[np.bool_] | None = field(repr=False)
    grid: Coarse | None = field(repr=False)
    verdict: Verdict
    range_hu: tuple[float, float] | None = None
    """On the full grid the outline follows voxels within these values."""

    @classmethod
    def missing(cls, structure: Structure, why: str) -> Marked:
        """Return that a structure was not found, and why."""
        return cls(structure, None, None, Verdict().nothing(why))


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one structure. `certainty` 0 means that it was not found."""

    structure: Structure
    certainty: float
    reasons: tuple[str, ...]
    failed: tuple[str, ...]
    volume_ml: float

    @property
    def there(self) -> bool:
        """Tell whether anything was found."""
        return self.volume_ml > 0

    @property
    def in_words(self) -> str:
        """One line for the reader."""
        title = self.structure.title
        if not self.there:
            return f"{title}: not found. {' '.join(self.failed)}".strip()
        percent = round(100 * self.certainty)
        said = " ".join(self.failed)
        return f"{title}: {self.volume_ml:.0f} ml, {percent} % sure. {said}".strip()


@dataclass(frozen=True, slots=True, eq=False)
class Anatomy:
    """What was found on one image. Labels are on its grid, in stored order."""

    layers: tuple[tuple[Layer, NDArray[np.uint8]], ...] = field(repr=False)
    geometry: Geometry
    found: tuple[Found, ...]
    regions: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def of(self, layer: Layer) -> tuple[Found, ...]:
        """Return what was found in one layer."""
        return tuple(one for one in self.found if one.there and one.structure.layer is layer)

    def mask(self, structure: Structure) -> NDArray[np.bool_]:
        """Return where a structure lies, in stored order; nowhere if it was not found."""
        for layer, labels in self.layers:
            if layer is structure.layer:
                return np.asarray(labels == structure.label)
        return np.zeros(self.geometry.shape, dtype=np.bool_)
