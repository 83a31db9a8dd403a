"""Measure the second reader on a chest it never learned from (LIDC-IDRI-0314).

Prints where the one real nodule comes in the list and how long each stage
takes, against the plain spot filter in the same run; then plants synthetic
nodules into the same lungs and prints sensitivity against false marks.

    python benchmarks/second_reader.py [--rounds 6] [--card]

`--card` writes the figures into the card of the model.
"""

from __future__ import annotations

import argparse
import math
import os
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import SimpleITK

from viewer.ai.candidates import candidates, chest_of
from viewer.ai.card import ModelFolder, Performance, load_folder, read_card
from viewer.ai.figures import Curve, curve
from viewer.ai.lessons import Lesson, matched
from viewer.ai.planting import plant
from viewer.ai.ranking import rank, regressors
from viewer.ai.second_reader import model_folder, read
from viewer.ai.writing import write_card
from viewer.core.geometry import Position, position_of
from viewer.core.progress import Silent
from viewer.core.volume import Volume
from viewer.imaging.features import FEATURE_NAMES
from viewer.imaging.lungs import find_lungs
from viewer.io.load import load
from viewer.io.scan import scan

COMMAND = "python benchmarks/second_reader.py"
SEED = 314
PLANTED = 10


def chest(data: Path) -> Volume:
    catalogue = scan([data / "ct_chest_lidc0314" / "dicom"], Silent())
    (_, series), *_ = catalogue.all_series()
    volume = load(series, Silent())
    if not isinstance(volume, Volume):
        raise SystemExit("the chest is no volume here")
    return volume


def consensus(data: Path) -> tuple[Position, float]:
    """Return centre and diameter of what two of four readers outlined."""
    image = SimpleITK.ReadImage(str(data / "ct_chest_lidc0314" / "nodule_consensus_2of4.nii.gz"))
    mask = SimpleITK.GetArrayFromImage(image) > 0
    index = np.argwhere(mask).mean(axis=0)[::-1]
    centre = image.TransformContinuousIndexToPhysicalPoint([float(i) for i in index])
    volume = float(mask.sum()) * math.prod(image.GetSpacing())
    return position_of(centre), (6 * volume / math.pi) ** (1 / 3)


def real(volume: Volume, truth: tuple[Position, float]) -> Performance:
    centre, diameter = truth
    start = time.perf_counter()
    reading = read(volume, Silent())
    seconds = time.perf_counter() - start
    away = [math.dist(finding.position, centre) for finding in reading.findings]
    rank_ = int(np.argmin(away)) + 1
    hit = reading.findings[rank_ - 1]
    false = len(reading.shown) - (hit in reading.shown)
    print(
        f"real nodule: rank {rank_} of {len(away)}, score {hit.score:.2f}, {min(away):.1f} mm off"
    )
    print(f"diameter {hit.diameter_mm:.1f} mm, readers {diameter:.1f} mm (ball of their volume)")
    print(f"{false} others at or above the threshold of {reading.threshold}")
    print(f"{seconds:.1f} s in all: " + ", ".join(f"{n} {s:.1f} s" for n, s in reading.timings_s))
    result = (
        f"the one nodule that four readers marked comes as number {rank_} with score"
        f" {hit.score:.2f}, {false} other marks at the default threshold"
    )
    return Performance("real: LIDC-IDRI-0314, never learned from", 1, result, COMMAND, 1)


def planted(
    volume: Volume, truth: tuple[Position, float], model: ModelFolder, rounds: int
) -> tuple[list[Lesson], list[np.ndarray], list[np.ndarray]]:
    values = volume.values()
    lungs = find_lungs(values, volume.geometry, Silent())
    upright = np.ascontiguousarray(lungs.turn.upright(values))
    lessons, scores, dots = [], [], []
    for number in range(rounds):
        random = np.random.default_rng(SEED + number)
        changed, nodules = plant(upright, lungs, PLANTED, random)
        stored = np.ascontiguousarray(lungs.turn.stored(changed))
        block = chest_of(stored, find_lungs(stored, volume.geometry, Silent()))
        found = candidates(block, Silent())
        known = [(n.centre, n.diameter_mm) for n in nodules] + [truth]
        kinds, which = matched(found, known)
        numbers = regressors(found)
        sizes = np.array([d for _, d in known])
        nothing = np.zeros((len(found), 0), dtype=np.uint8)
        lessons.append(Lesson(numbers, nothing, kinds, which, sizes, np.zeros(len(found))))
        scores.append(rank(model, block, found, Silent()).scores)
        strength = np.exp(numbers[:, FEATURE_NAMES.index("strength_hu")])
        dots.append(strength / (strength + 100))
    return lessons, scores, dots


def said(name: str, found: Curve) -> str:
    steps = " / ".join(f"{found.at(rate):.2f}" for rate in (0.5, 1, 4, 8))
    rates = "0.5 / 1 / 4 / 8 false marks per scan"
    return f"{name}: sensitivity {steps} at {rates}, mean {found.mean:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, default=os.environ.get("SKIAGRAM_DATA", "../shared/data")
    )
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--card", action="store_true", help="write the figures into the card")
    choice = parser.parse_args()
    volume, truth = chest(choice.data), consensus(choice.data)
    figures = [real(volume, truth)]
    if choice.rounds:
        lessons, scores, dots = planted(volume, truth, load_folder(model_folder()), choice.rounds)
        ours = curve(lessons, scores, 4.0)
        print(said("second reader", ours))
        print(said("spot filter alone", curve(lessons, dots, 4.0)))
        data = f"synthetic: {ours.nodules} nodules of 4 to 30 mm planted into LIDC-IDRI-0314"
        words = said("", ours)[2:]
        rates = ours.metrics((0.5, 1, 4, 8))
        figures.append(Performance(data, choice.rounds, words, COMMAND, ours.nodules, rates))
    if choice.card:
        card = read_card(model_folder())
        kept = tuple(f for f in card.performance if f.command != COMMAND)
        write_card(model_folder(), replace(card, performance=(*kept, *figures)))


if __name__ == "__main__":
    main()
