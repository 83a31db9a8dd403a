"""How readers would rate a lung nodule of this shape: a risk with interval and reasons.

A logistic regression on the shape of the outline (`imaging.nodule_shape`), learned from the
opinions of the readers of LIDC-IDRI. It says what people thought, never what a nodule is.
Each feature adds to the log odds, so every risk can be taken apart exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.ai.accepting import admit_by_card
from viewer.ai.card import Card, ModelFolder, load_folder
from viewer.core.author import Author
from viewer.core.errors import Declined, Unreadable
from viewer.core.finding import RATED, Finding, Reason
from viewer.core.geometry import Geometry
from viewer.core.progress import Progress
from viewer.core.resources import resource_folder
from viewer.core.segmentation import Mask
from viewer.core.volume import Volume
from viewer.imaging.nodule_shape import SHAPE_NAMES, NoduleShape, nodule_shape

MODEL = "nodule_malignancy"
LOGARITHMIC = (
    "volume_diameter_mm",
    "longest_mm",
    "shortest_mm",
    "height_mm",
    "surface_to_volume",
    "roughness",
)
CLIP = 4.0
"""Features further than this many deviations from the mean count as if they were there."""
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "size",
        ("volume_diameter_mm", "longest_mm", "shortest_mm", "height_mm", "surface_to_volume"),
    ),
    ("roundness", ("sphericity", "compactness", "elongation", "flatness", "asymmetry")),
    ("outline", ("solidity", "roughness", "circularity", "axial_solidity")),
)
"""Features of one meaning go together: alone they would take back what another gives."""
PREFIX = RATED
RISK = PREFIX + "would be rated suspicious by readers (opinion, not pathology)"
LOWER, UPPER = PREFIX + "lower end of the 95 % interval", PREFIX + "upper end of the 95 % interval"
TYPICAL = PREFIX + "an average nodule of the readers' study"
NAMES = {
    "size": PREFIX + "size (longest diameter)",
    "roundness": PREFIX + "roundness (fills the ball over its longest diameter)",
    "outline": PREFIX + "outline (axial slices fill their convex hulls)",
}
SMALLEST_MM, LARGEST_MM = 3.0, 45.0
SHELL_MM = 5.0
LUNG_HU = (-1010.0, -500.0)
LEAST_LUNG = 0.15
"""Share of what lies around an outline that has to look like lung."""
_ARRAYS = ("mean", "scale", "weight", "bias", "resampled.weight", "resampled.bias", "outline.sd")


@dataclass(frozen=True, slots=True)
class Rating:
    """A risk between 0 and 1 with its 95 % interval, and what pushed it (log odds).

    `base` and all `pushes` (by the names of GROUPS) add up to the log odds of the risk.
    """

    risk: float
    low: float
    high: float
    base: float
    pushes: tuple[tuple[str, float], ...]
    shape: NoduleShape
    said_by: Author

    @property
    def in_words(self) -> str:
        """The risk with its interval in per cent; never 0 or 100, which nobody knows."""
        risk, low, high = (
            round(100 * min(max(each, 0.01), 0.99)) for each in (self.risk, self.low, self.high)
        )
        return f"{risk} % ({low} to {high} %)"


@dataclass(frozen=True, slots=True, eq=False)
class MalignancyModel:
    """The regression and its card."""

    card: Card
    weights: Mapping[str, NDArray[np.float64]] = field(repr=False)

    def pushes(self, shapes: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what each feature adds to the log odds (n, features) of shapes (n, features)."""
        return standardised(shapes, self.weights) * self.weights["weight"]

    def risks(self, shapes: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the risks (n) of shapes (n, features)."""
        return _risk(self.pushes(shapes).sum(axis=1) + self.weights["bias"][0])

    def interval(self, shape: NDArray[np.float64]) -> tuple[float, float]:
        """Return where the risk would lie if others had been learned from and others had drawn.

        Spread over patients drawn anew, and over outlines of different readers, as log odds.
        """
        row = standardised(shape[np.newaxis], self.weights)[0]
        odds = float(row @ self.weights["weight"] + self.weights["bias"][0])
        others = self.weights["resampled.weight"] @ row + self.weights["resampled.bias"]
        reach = 1.96 * float(np.hypot(others.std(), self.weights["outline.sd"][0]))
        return float(_risk(odds - reach)), float(_risk(odds + reach))

    def rating(self, shape: NoduleShape) -> Rating:
        """Rate one shape."""
        row = shape.numbers()
        each = self.pushes(row[np.newaxis])[0]
        grouped = tuple(
            (name, float(each[[SHAPE_NAMES.index(one) for one in members]].sum()))
            for name, members in GROUPS
        )
        base = float(self.weights["bias"][0])
        risk = float(self.risks(row[np.newaxis])[0])
        low, high = self.interval(row)
        return Rating(risk, low, high, base, grouped, shape, self.card.author())


def standardised(
    shapes: NDArray[np.float64], weights: Mapping[str, NDArray[np.float64]]
) -> NDArray[np.float64]:
    """Return shapes (n, features) as the regression takes them."""
    away = (regressors(shapes) - weights["mean"]) / weights["scale"]
    return np.asarray(away.clip(-CLIP, CLIP))


def regressors(shapes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return shapes (n, features) with the logarithms of those that are sizes."""
    rows = np.array(shapes, dtype=np.float64)
    for name in LOGARITHMIC:
        column = SHAPE_NAMES.index(name)
        rows[:, column] = np.log(rows[:, column].clip(1e-3))
    return rows


def _risk(odds: NDArray[np.float64] | float) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-np.asarray(odds))))


def model_of(found: ModelFolder) -> MalignancyModel:
    """Return the regression in a model folder, if its parts fit together.

    Raises:
        Unreadable: if an array is missing, of another length, or made for other features.
    """
    if found.card.features != SHAPE_NAMES:
        raise Unreadable(
            f"{found.card.id}: made for another version of the features.", code="other_features"
        )
    arrays = {name: found.weights.get(name) for name in _ARRAYS}
    weights = {name: np.asarray(a, np.float64) for name, a in arrays.items() if a is not None}
    count = len(SHAPE_NAMES)
    rows = len(weights["resampled.bias"]) if "resampled.bias" in weights else 0
    wanted = dict(
        zip(
            _ARRAYS, ((count,), (count,), (count,), (1,), (rows, count), (rows,), (1,)), strict=True
        )
    )
    sound = len(weights) == len(_ARRAYS) and all(
        weights[name].shape == shape and np.isfinite(weights[name]).all()
        for name, shape in wanted.items()
    )
    if not sound or not rows or not (weights["scale"] > 0).all():
        raise Unreadable(f"{found.card.id}: its weights are damaged.", code="damaged_model")
    return MalignancyModel(found.card, weights)


def load_malignancy_model(folder: Path) -> MalignancyModel:
    """Read the model of a folder, and try it on its test vector.

    Raises:
        Unreadable: if a file is missing, damaged, or gives other numbers than it came with.
    """
    found = load_folder(folder)
    model = model_of(found)
    shapes, risks = found.test_vector.get("shapes"), found.test_vector.get("risks")
    if shapes is None or risks is None or shapes.shape != (len(risks), len(SHAPE_NAMES)):
        raise Unreadable(f"{found.card.id}: its test vector is damaged.", code="damaged_model")
    if not np.allclose(model.risks(shapes.astype(np.float64)), risks, atol=found.card.tolerance):
        raise Unreadable(
            f"{found.card.id}: gives other numbers here than its test vector.", code="wrong_numbers"
        )
    return model


@lru_cache(maxsize=1)
def malignancy_model() -> MalignancyModel:
    """Return the model that comes with the program, read once."""
    return load_malignancy_model(resource_folder() / "models" / MODEL)


def rate(volume: Volume, mask: Mask, progress: Progress) -> Rating:
    """Rate the nodule under a mask of a chest CT.

    Raises:
        Declined: if the image or the outline is not what the model was made for.
    """
    model = malignancy_model()
    admit_by_card(volume, model.card)
    progress.report(0.1, "measuring its shape")
    shape = nodule_shape(mask)
    if not SMALLEST_MM <= shape.longest_mm <= LARGEST_MM:
        raise Declined(
            f"{model.card.title} was made for nodules of {SMALLEST_MM:g} to {LARGEST_MM:g} mm;"
            f" this one measures {shape.longest_mm:.1f} mm.",
            code="not_a_nodule",
        )
    progress.report(0.6, "looking around the nodule")
    if lung_around(volume, mask) < LEAST_LUNG:
        raise Declined(
            f"{model.card.title} was made for nodules in the lung; around this outline there is"
            " no lung.",
            code="no_lungs",
        )
    return model.rating(shape)


def lung_around(volume: Volume, mask: Mask) -> float:
    """Return which share of the few millimetres around a mask has the density of lung."""
    grid = mask.geometry
    margin = [int(np.ceil(SHELL_MM / step)) for step in grid.spacing_mm]
    start = np.rint(volume.geometry.to_index(grid.origin)).astype(int)
    if not _aligned(grid, volume.geometry, start):
        raise Declined("This outline was made on another image.", code="other_grid")
    low = np.maximum(start - margin, 0)
    high = np.minimum(start + np.array(grid.shape) + margin, volume.geometry.shape)
    if (high <= low).any() or (start < 0).any():
        raise Declined("This outline was made on another image.", code="other_grid")
    a, b, c = (slice(int(p), int(q)) for p, q in zip(low, high, strict=True))
    inside = np.zeros(tuple((high - low).tolist()), dtype=np.bool_)
    p, q, r = (slice(int(s), int(s) + n) for s, n in zip(start - low, grid.shape, strict=True))
    inside[p, q, r] = mask.voxels
    values = volume.voxels[a, b, c].astype(np.float32) * volume.slope + volume.intercept
    away = ndimage.distance_transform_edt(~inside, sampling=grid.spacing_mm)
    shell = (away > min(grid.spacing_mm)) & (away <= SHELL_MM)
    lung = (values >= LUNG_HU[0]) & (values <= LUNG_HU[1])
    return float(lung[shell].mean()) if shell.any() else 0.0


def _aligned(grid: Geometry, picture: Geometry, start: NDArray[np.int64]) -> bool:
    same = np.allclose(grid.affine[:3, :3], picture.affine[:3, :3], atol=1e-3)
    near = np.allclose(picture.to_index(grid.origin), start, atol=0.05)
    inside = bool((start >= 0).all() and (start + grid.shape <= picture.shape).all())
    return same and near and inside


def with_rating(finding: Finding, rating: Rating) -> Finding:
    """Return a finding whose explanation tells the rating first, instead of an older one."""
    others = [one for one in finding.explanation if not one.name.startswith(PREFIX)]
    return replace(finding, explanation=(*reasons(rating), *others))


def reasons(rating: Rating) -> tuple[Reason, ...]:
    """Return the rating as lines that a physician can read; pushes are in log odds."""
    shown = {
        "size": (round(rating.shape.longest_mm, 1), "mm"),
        "roundness": (round(rating.shape.compactness * 100, 1), "%"),
        "outline": (round(rating.shape.axial_solidity * 100, 1), "%"),
    }
    pushes = sorted(rating.pushes, key=lambda one: -abs(one[1]))
    return (
        Reason(f"{RISK}, {rating.said_by}", round(rating.risk * 100, 1), "%"),
        Reason(LOWER, round(rating.low * 100, 1), "%"),
        Reason(UPPER, round(rating.high * 100, 1), "%"),
        *(Reason(NAMES[name], *shown[name], round(push, 3)) for name, push in pushes),
        Reason(TYPICAL, round(float(_risk(rating.base)) * 100, 1), "%", round(rating.base, 3)),
    )
