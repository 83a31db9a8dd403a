"""Train the judge of one-click outlines: boosted trees that tell how well an outline fits.

    python -m viewer.ai.train one_click

Each click in a lesson gives some thousand outlines with their Dice against the truth; the
trees learn to tell the Dice from features of the outline. Real lesions weigh more than planted.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

from viewer.ai.card import Accepts, Card, Performance, Preparation
from viewer.ai.click_lessons import Lesion, click_inside, planted_lesions, real_lesions
from viewer.ai.writing import write_folder
from viewer.core.code import LESION
from viewer.core.resources import resource_folder
from viewer.imaging.click.family import MEMBERS, families_of, ground_of
from viewer.imaging.click.features import NAMES, features_of
from viewer.imaging.click.field import REACHES_MM, Field, fields_of
from viewer.imaging.click.trees import Forest

SEED = 11
PLANTED = 180
_CLICKS_REAL, _CLICKS_PLANTED = 5, 2
_PLANTED_WEIGHT = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Features and Dice of a part of the outlines of one lesion."""

    lesion: str
    patient: str
    planted: bool
    features: NDArray[np.float32] = field(repr=False)
    dice: NDArray[np.float32] = field(repr=False)


def rows_of(lesion: Lesion, seed: int) -> Rows:
    """Click at a lesion some times; keep more of the outlines that fit than of the others."""
    random = np.random.default_rng(seed)
    clicks = _CLICKS_PLANTED if lesion.planted else _CLICKS_REAL
    features, dice = [], []
    for _ in range(clicks):
        click = click_inside(lesion.inside, lesion.volume.geometry.spacing_mm, random)
        for block in fields_of(lesion.volume, click):
            ground = ground_of(block, lesion.modality)
            truth = truth_on(block, lesion.inside)
            total = np.count_nonzero(lesion.inside) / float(np.prod(block.stride))
            seeds = np.array([block.click], np.int64)
            for family in families_of(ground, seeds, lesion.modality):
                features.append(features_of(family, ground, lesion.modality))
                dice.append(dices(family.numbers, truth, total))
    found, fits = np.concatenate(features), np.concatenate(dice).astype(np.float32)
    kept = random.random(len(fits)) < np.where(fits > 0.3, 0.3, 0.06)
    return Rows(lesion.name, lesion.patient, lesion.planted, found[kept], fits[kept])


def truth_on(block: Field, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the truth at the middles of the voxels of a block."""
    places = [
        np.minimum(start + (stride - 1) // 2 + np.arange(count) * stride, size - 1)
        for start, stride, count, size in zip(
            block.start, block.stride, block.values.shape, inside.shape, strict=True
        )
    ]
    return np.asarray(inside[np.ix_(*places)])


def dices(
    numbers: NDArray[np.uint8], truth: NDArray[np.bool_], total: float
) -> NDArray[np.float64]:
    """Return the Dice of every member of a family; `total` voxels are true, seen or not."""
    hits = np.cumsum(np.bincount(numbers[truth], minlength=MEMBERS + 1)[:MEMBERS])
    sizes = np.cumsum(np.bincount(numbers.ravel(), minlength=MEMBERS + 1)[:MEMBERS])
    return np.asarray(2 * hits / (sizes + total))


def lessons(data: Path) -> list[Lesion]:
    """Return all lesions to learn from."""
    real = list(real_lesions(data))
    return [*real, *planted_lesions(data, real, PLANTED, SEED)]


def all_rows(found: Sequence[Lesion], workers: int) -> list[Rows]:
    """Return the rows of all lesions."""
    seeds = range(SEED, SEED + len(found))
    if workers < 2:
        return list(map(rows_of, found, seeds))
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(rows_of, found, seeds))


def trained(rows: Sequence[Rows]) -> Forest:
    """Fit trees to the outlines; every lesion weighs the same, a planted one less."""
    weights = np.concatenate(
        [
            np.full(
                len(one.dice), (_PLANTED_WEIGHT if one.planted else 1.0) / max(len(one.dice), 1)
            )
            for one in rows
        ]
    )
    model = HistGradientBoostingRegressor(  # type: ignore[no-untyped-call]
        max_iter=120,
        max_leaf_nodes=12,
        learning_rate=0.08,
        min_samples_leaf=60,
        l2_regularization=1.0,
        max_bins=128,
        random_state=SEED,
    )
    features = np.concatenate([one.features for one in rows])
    fits = np.concatenate([one.dice for one in rows])
    model.fit(features, fits, sample_weight=weights * len(weights) / weights.sum())
    return Forest.of(arrays_of(model), len(NAMES))


def arrays_of(
    model: HistGradientBoostingRegressor | HistGradientBoostingClassifier,
) -> dict[str, NDArray[np.float32]]:
    """Return the trees of scikit-learn as the plain arrays of a `Forest`."""
    rows: dict[str, list[NDArray[np.float64]]] = {
        name: [] for name in ("feature", "threshold", "left", "right", "value")
    }
    roots, count = [], 0
    for (tree,) in model._predictors:  # noqa: SLF001 - scikit-learn shows its trees nowhere else
        nodes = tree.nodes
        leaf = nodes["is_leaf"].astype(bool)
        rows["feature"].append(np.where(leaf, 0, nodes["feature_idx"]))
        rows["threshold"].append(np.where(leaf, 0.0, nodes["num_threshold"]))
        rows["left"].append(np.where(leaf, -1, nodes["left"].astype(np.int64) + count))
        rows["right"].append(np.where(leaf, -1, nodes["right"].astype(np.int64) + count))
        rows["value"].append(np.where(leaf, nodes["value"], 0.0))
        roots.append(count)
        count += len(nodes)
    made = {name: np.concatenate(parts).astype(np.float32) for name, parts in rows.items()}
    made["roots"] = np.asarray(roots, np.float32)
    made["base"] = np.asarray(model._baseline_prediction, np.float32).ravel()  # noqa: SLF001
    return made


def tensors_of(forest: Forest) -> dict[str, NDArray[np.float32]]:
    """Return a forest as it is written."""
    names = ("feature", "threshold", "left", "right", "value", "roots")
    made = {name: np.asarray(getattr(forest, name), np.float32) for name in names}
    made["base"] = np.array([forest.base], np.float32)
    return made


def write(
    folder: Path, forest: Forest, rows: Sequence[Rows], figures: tuple[Performance, ...] = ()
) -> Card:
    """Write the model folder with a test vector from the lessons."""
    sample = np.concatenate([one.features[:4] for one in rows])[:64]
    vector = {"features": sample, "fits": forest(sample)}
    return write_folder(folder, _card(rows, figures), tensors_of(forest), vector)


def _card(rows: Sequence[Rows], figures: tuple[Performance, ...]) -> Card:
    real = [one for one in rows if not one.planted]
    patients = len({one.patient for one in real})
    return Card(
        id="one_click",
        version="1.0",
        title="Skiagram one-click judge",
        architecture="outline_forest",
        intended_use="Research use: to choose among outlines that classical rules grow from a "
        "click in a lesion on CT, MR or PET; a person looks at every outline.",
        not_for="Diagnosis, treatment planning, measuring without a look at the outline.",
        accepts=Accepts(("CT", "MR", "PT")),
        licence="CC BY 4.0, with the licences of the data it was trained on",
        non_commercial=False,
        experimental=False,
        trained_on=f"{len(real)} outlines of {patients} patients: soft-tissue sarcoma on PET, CT "
        "and MR (IBSI validation set of TCIA Soft-tissue-Sarcoma, CC BY 3.0), tumours of brain "
        f"and breast on MR (pyradiomics, BSD-3); {len(rows) - len(real)} lesions planted "
        "into images of TotalSegmentator's tests (Apache-2.0), of multiple sclerosis (Lesjak "
        "2016, CC BY) and beside the sarcomas.",
        preparation=Preparation(53, REACHES_MM, 0.0, 0.0),
        features=NAMES,
        labels=(LESION,),
        operating_on="",
        operating=(),
        default_threshold=0.0,
        performance=figures,
        tolerance=1e-3,
        sha256=(),
    )


def main(arguments: Sequence[str]) -> None:
    """Train on all lessons and write the model."""
    parser = argparse.ArgumentParser("one_click", description=__doc__)
    data = os.environ.get("SKIAGRAM_DATA", "../shared/data")
    parser.add_argument("--data", type=Path, default=data)
    parser.add_argument("--out", type=Path, default=resource_folder() / "models" / "one_click")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args(arguments)
    rows = all_rows(lessons(given.data), given.workers)
    card = write(given.out, trained(rows), rows)
    print(f"{card.trained_on}\nwritten to {given.out}")
