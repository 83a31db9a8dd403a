"""Making the forest of `ms_change`: `python -m viewer.ai.train ms_change [--data FOLDER]`.

From the two patients of Lesjak et al. (Neuroinformatics 2016, CC BY) and lesions planted into
them. Each patient is judged by a forest that saw only the other; the forest that ships has seen
both. Thresholds of the plain rules are chosen on the other patient, too.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import SimpleITK as sitk  # noqa: N813 - its own documentation calls it so
from numpy.typing import NDArray
from scipy import ndimage
from sklearn.ensemble import HistGradientBoostingClassifier

from viewer.ai.click_training import arrays_of, tensors_of
from viewer.ai.ms.card import THRESHOLD, card_of
from viewer.ai.ms.change import changes_of, outlined, scores_of
from viewer.ai.ms.features import NAMES, Seen, blurred, scale_of, seen_of
from viewer.ai.ms.figures import Judged, Score, held_of, score_of, steps_of
from viewer.ai.ms.pair import Head, Mask, Pair, Values, half_way, head_of, together, upright_of
from viewer.ai.ms.planting import planted
from viewer.ai.writing import write_folder
from viewer.core.geometry import Array, Geometry
from viewer.core.progress import Silent
from viewer.core.resources import resource_folder
from viewer.core.volume import Volume
from viewer.imaging.click.trees import Forest
from viewer.imaging.rigid import Motion, half_of, sampled
from viewer.imaging.upright import Turn

MODEL = "ms_change"
PATIENTS = ("01", "12")
SEED, ROUNDS, LESIONS = 2016, 3, 40
EASY = 60_000
"""Unchanged voxels without a large difference that are learned from, for each pair; the others
stand behind them by weight."""
HARD = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One patient: a pair on one grid, and which voxels readers said had changed."""

    patient: str
    pair: Pair = field(repr=False)
    truth: Mask = field(repr=False)


Rows = tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.float64]]


def case_of(folder: Path, patient: str) -> Case:
    """Read a patient on the grid of the truth, by the transforms that come with the data."""
    place = folder / f"patient{patient}"
    target = sitk.ReadImage(str(place / "gt.nii.gz"))
    geometry = geometry_of(target)
    turn = Turn.of(geometry)

    def upright(image: sitk.Image) -> Values:
        stored = sitk.GetArrayFromImage(image).astype(np.float32)
        return np.ascontiguousarray(turn.upright(stored))

    brain = upright(sitk.ReadImage(str(place / "brainmask.nii.gz"))) > 0
    truth = upright(target) > 0
    images, thick = [], []
    for date in (1, 2):
        image = sitk.ReadImage(str(place / f"study{date}_FLAIR.nii.gz"), sitk.sitkFloat32)
        thick.append(float(image.GetSpacing()[2]))
        move = sitk.ReadTransform(str(place / f"study{date}_FLAIR_to_common_space.txt"))
        images.append((image, move))
    values = []
    for (image, move), own, other in zip(images, thick, thick[::-1], strict=True):
        array = sitk.GetArrayFromImage(image).astype(np.float32)
        if own < other:
            array = ndimage.gaussian_filter1d(
                array, np.sqrt((other**2 - own**2) / 12) / own, axis=0
            )
        even = sitk.GetImageFromArray(array)
        even.CopyInformation(image)
        values.append(upright(sitk.Resample(even, target, move, sitk.sitkLinear, 0.0)))
    first, second = (np.asarray(one, np.float32) for one in values)
    known = brain & (first > 0) & (second > 0)
    return _cut(Case(patient, Pair(first, second, known, turn.geometry), truth & known))


def geometry_of(image: sitk.Image) -> Geometry:
    """Return where an image of ITK lies."""
    directions = np.array(image.GetDirection()).reshape(3, 3).T[::-1]
    columns, rows, slices = image.GetSize()
    return Geometry.from_axes(
        (slices, rows, columns), image.GetOrigin(), directions, image.GetSpacing()[::-1]
    )


def volume_of(image: sitk.Image, key: str) -> Volume:
    """Return an image of ITK as a volume of MR."""
    return Volume(sitk.GetArrayFromImage(image), geometry_of(image), "1", "MR", key)


def rows_of(case: Case, rng: np.random.Generator) -> tuple[Seen, Rows]:
    """Return features, truth and weights of the voxels of a case that are learned from."""
    seen = seen_of(case.pair)
    truth = case.truth[case.pair.brain]
    edge = ndimage.binary_dilation(case.truth)[case.pair.brain] & ~truth
    rest = ~truth & ~edge
    hard = np.flatnonzero(rest & (seen.features[:, 4] > HARD))
    easy = np.flatnonzero(rest & (seen.features[:, 4] <= HARD))
    some = rng.choice(easy, min(EASY, len(easy)), replace=False)
    kept = np.concatenate([np.flatnonzero(truth), hard, some])
    weights = np.ones(len(kept))
    weights[-len(some) :] = len(easy) / max(len(some), 1)
    return seen, (seen.features[kept], truth[kept], weights)


def lessons_of(case: Case, rounds: int = ROUNDS) -> list[Rows]:
    """Return the rows of a patient as it is, and with lesions planted."""
    rng = np.random.default_rng([SEED, int(case.patient)])
    rows = [rows_of(case, rng)[1]]
    _, spread = scale_of(case.pair.first[case.pair.brain])
    for _ in range(rounds):
        pair, truth = planted(case.pair, case.truth, spread, rng, LESIONS)
        rows.append(rows_of(Case(case.patient, pair, truth), rng)[1])
    return rows


def trained(rows: Sequence[Rows]) -> Forest:
    """Fit the trees."""
    model = HistGradientBoostingClassifier(  # type: ignore[no-untyped-call]
        max_iter=100, max_leaf_nodes=8, learning_rate=0.08, min_samples_leaf=200,
        l2_regularization=5.0, early_stopping=False, random_state=SEED,
    )  # fmt: skip
    features, truth, weights = (np.concatenate([row[n] for row in rows]) for n in range(3))
    model.fit(features, truth, sample_weight=weights)
    return Forest.of(arrays_of(model), len(NAMES))


# -- figures -----------------------------------------------------------------------------------


def plain_difference(seen: Seen, threshold: float) -> Mask:
    """Mark where both dates, each in its own robust deviations, differ by more than a threshold."""
    scaled = []
    for values in (seen.pair.first, seen.pair.second):
        inside = values[seen.pair.brain]
        low, high = np.percentile(inside, (25, 75))
        scaled.append((values - np.median(inside)) * np.float32(1.349 / (high - low)))
    return np.asarray((np.abs(scaled[1] - scaled[0]) > threshold) & seen.pair.brain)


def three_deviations(seen: Seen, threshold: float = 3.0) -> Mask:
    """Mark what is brighter than mean + 3 deviations of the brain at one date, not at the other."""
    bright = []
    for values in (seen.pair.first, seen.pair.second):
        inside = values[seen.pair.brain]
        bright.append(values > inside.mean() + threshold * inside.std())
    return np.asarray((bright[0] ^ bright[1]) & seen.pair.brain)


def noise_rule(seen: Seen, threshold: float) -> Mask:
    """Mark a change beyond its noise where one date is brighter than white matter: no learning."""
    change = blurred(seen.change, 0.8, seen.pair.spacing_mm)
    bright = np.maximum(seen.first, seen.second) > 0.5
    return np.asarray((np.abs(change) > threshold) & bright & seen.pair.brain)


Rule = Callable[[Seen, float], Mask]
RULES: tuple[tuple[str, Rule, tuple[float, ...]], ...] = (
    ("absolute difference", plain_difference, (1.0, 1.5, 2.0, 2.5, 3.0)),
    ("mean + 3 SD at one date only", three_deviations, (3.0,)),
    ("change over its noise, bright", noise_rule, (2.0, 3.0, 4.0, 5.0, 6.0, 8.0)),
)


def best_threshold(case: Case, seen: Seen, rule: Rule, choices: Sequence[float]) -> float:
    """Return the threshold with the greatest Dice on a patient."""
    return max(choices, key=lambda one: score_of(rule(seen, one), case.truth, seen.pair).dice)


def judged(
    folder: Path,
    cases: Sequence[Case],
    lessons: Mapping[str, Sequence[Rows]],
    say: Callable[[str], None],
) -> list[Judged]:
    """Judge each patient by what was learned from the other."""
    seen = {case.patient: seen_of(case.pair) for case in cases}
    found = []
    for case, other in zip(cases, cases[::-1], strict=True):
        forest = trained(lessons[other.patient])
        here = seen[case.patient]
        changes = changes_of(here, scores_of(here, forest))
        shape = case.truth.shape
        model = score_of(outlined(changes, shape, THRESHOLD), case.truth, here.pair)
        rules = []
        for name, rule, choices in RULES:
            limit = best_threshold(other, seen[other.patient], rule, choices)
            rules.append((name, limit, score_of(rule(here, limit), case.truth, here.pair)))
        own, off, brain, own_held = _by_ourselves(folder, case, forest)
        one = Judged(
            case.patient,
            model,
            tuple(rules),
            steps_of(changes, case.truth, here.pair),
            own,
            off,
            brain,
            held_of(changes, case.truth, here.pair, THRESHOLD),
            own_held,
        )
        found.append(one)
        say(f"patient {case.patient}: model {model.in_words}")
        for name, limit, score in rules:
            say(f"  {name} (threshold {limit:g} of the other patient): {score.in_words}")
        away = f"off by {off[0]:.2f} mm, at most {off[1]:.2f} mm"
        say(f"  with own brain (Dice {brain:.3f}) and alignment ({away}): {own.in_words}")
        say(f"  intervals that hold readers' volumes: {one.held}, by ourselves {one.own_held}")
        for threshold, score in one.steps:
            say(f"  at {threshold:.2f}: {score.in_words}")
    return found


def _by_ourselves(
    folder: Path, case: Case, forest: Forest
) -> tuple[Score, tuple[float, float], float, tuple[int, int]]:
    """Go the whole way from the stored images; bring the truth to our grid only to compare."""
    place = folder / f"patient{case.patient}"
    images = [
        sitk.ReadImage(str(place / f"study{n}_FLAIR.nii.gz"), sitk.sitkFloat32) for n in (2, 1)
    ]
    front = head_of(volume_of(images[0], "second"), Silent())
    other = upright_of(volume_of(images[1], "first"))
    motion = together(front, other, Silent())
    pair = half_way(front, other, motion.matrix, front_first=False)
    seen = seen_of(pair)
    moves = [sitk.ReadTransform(str(place / f"study{n}_FLAIR_to_common_space.txt")) for n in (2, 1)]
    theirs, its = (_affine(move) for move in moves)
    wanted = its @ np.linalg.inv(theirs)
    truth = _on_pair(case.truth, case, pair, motion, theirs)
    brain = _on_pair(case.pair.brain, case, pair, motion, theirs)
    changes = changes_of(seen, scores_of(seen, forest))
    score = score_of(outlined(changes, truth.shape, THRESHOLD), truth, pair)
    both = 2 * np.count_nonzero(brain & pair.brain) / (brain.sum() + pair.brain.sum())
    held = held_of(changes, truth, pair, THRESHOLD)
    return score, _off(front, motion, wanted), float(both), held


def _affine(move: sitk.Transform) -> Array:
    matrix = np.eye(4)
    zero = np.array(move.TransformPoint((0.0, 0.0, 0.0)))
    for axis in range(3):
        one = [0.0, 0.0, 0.0]
        one[axis] = 1.0
        matrix[:3, axis] = np.array(move.TransformPoint(one)) - zero
    matrix[:3, 3] = zero
    return matrix


def _on_pair(mask: Mask, case: Case, pair: Pair, motion: Motion, theirs: Array) -> Mask:
    """Bring a mask of the data's common space to the grid of our own pair, nearest neighbour."""
    to_front = np.linalg.inv(half_of(motion.matrix))
    matrix = np.linalg.inv(theirs) @ to_front
    soft = sampled(mask, case.pair.geometry, matrix, pair.geometry)
    return np.asarray(np.nan_to_num(soft, nan=0.0) > 0.5)


def _off(front: Head, motion: Motion, wanted: Array) -> tuple[float, float]:
    """Return mean and greatest distance, within the brain, of where both put the same voxel."""
    index = np.argwhere(front.brain)[::97]
    places = front.geometry.to_patient(index)
    ours = places @ motion.matrix[:3, :3].T + motion.matrix[:3, 3]
    theirs = places @ wanted[:3, :3].T + wanted[:3, 3]
    away = np.linalg.norm(ours - theirs, axis=1)
    return float(away.mean()), float(away.max())


def _cut(case: Case) -> Case:
    """Cut a case to its brain, which is what all is measured on."""
    found = np.argwhere(case.pair.brain)
    low = np.maximum(found.min(axis=0) - np.array([2, 8, 8]), 0)
    high = np.minimum(found.max(axis=0) + np.array([3, 9, 9]), case.truth.shape)
    box = tuple(slice(int(a), int(b)) for a, b in zip(low, high, strict=True))

    def cut(values: NDArray[np.generic]) -> NDArray[np.generic]:
        return np.ascontiguousarray(values[box])

    start, stop = (tuple(int(n) for n in ends) for ends in (low, high))
    grid = case.pair.geometry.crop(start, stop)  # type: ignore[arg-type]
    first, second = (np.asarray(cut(v), np.float32) for v in (case.pair.first, case.pair.second))
    brain, truth = (np.asarray(cut(v), np.bool_) for v in (case.pair.brain, case.truth))
    return Case(case.patient, Pair(first, second, brain, grid), truth)


def main(arguments: Sequence[str]) -> None:
    """Judge, train, and write the model folder."""
    parser = argparse.ArgumentParser(prog="python -m viewer.ai.train ms_change")
    data = os.environ.get("SKIAGRAM_DATA", "../shared/data")
    parser.add_argument("--data", type=Path, default=Path(data) / "mr_ms_longitudinal")
    parser.add_argument("--out", type=Path, default=resource_folder() / "models" / MODEL)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="pairs with planted lesions")
    asked = parser.parse_args(arguments)
    cases = [case_of(asked.data, patient) for patient in PATIENTS]
    lessons = {case.patient: lessons_of(case, asked.rounds) for case in cases}
    found = judged(asked.data, cases, lessons, partial(print, flush=True))
    rows = [row for each in lessons.values() for row in each]
    forest = trained(rows)
    sample = np.concatenate([row[0][:32] for row in rows])[:128].astype(np.float32)
    vector = {"features": sample, "fits": forest(sample)}
    write_folder(asked.out, card_of(found), tensors_of(forest), vector)
    print(f"written to {asked.out}")
