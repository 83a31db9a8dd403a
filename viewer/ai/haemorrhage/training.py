"""Make the bleed finder again: `python -m viewer.ai.train head_haemorrhage --sixteen-bit`.

One network for each fold, judged on the heads it never saw, beside the plain rule and classical
models in the same folds; then one network of all heads, which is the one that ships. Seeds are
fixed, patients are never on both sides, and a run that was broken off goes on.
"""

from __future__ import annotations

import argparse
import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from platformdirs import user_cache_path
from safetensors.numpy import save

from viewer.ai.card import Card
from viewer.ai.engine.asking import network_of_shape
from viewer.ai.engine.network import by_torch
from viewer.ai.haemorrhage.comparing import Head, head_of, scores_from
from viewer.ai.haemorrhage.describing import card_of
from viewer.ai.haemorrhage.figures import figures_of
from viewer.ai.haemorrhage.learning import SEED, SHAPE, STEPS, Weights, learned
from viewer.ai.haemorrhage.marks import seen_by
from viewer.ai.haemorrhage.patients import Patient, patients
from viewer.ai.haemorrhage.pictures import Bytes, with_neighbours
from viewer.ai.haemorrhage.scores import FILE, Scores
from viewer.ai.haemorrhage.words import MODEL
from viewer.ai.writing import write_card, write_folder
from viewer.core.resources import resource_folder
from viewer.imaging.evaluation.resampling import folds

FOLDS = 3
_VECTOR = 2
"""Slices in the test vector."""

Changed = Callable[[Bytes], Bytes]


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """All heads, which fold each is in, and the weights of the network of each fold."""

    patients: tuple[Patient, ...] = field(repr=False)
    fold: tuple[int, ...]
    weights: tuple[Weights, ...] = field(repr=False)

    def heads(self, change: Changed = lambda slices: slices) -> list[Head]:
        """Ask about each head the network that never saw it; `change` what is on its slices."""
        networks = [network_of_shape(SHAPE, one) for one in self.weights]
        found = []
        for patient, fold in zip(self.patients, self.fold, strict=True):
            other = replace(patient, slices=change(patient.slices))
            found.append(head_of(other, seen_by(networks[fold], other.slices), fold))
        return found


def main(arguments: Sequence[str]) -> None:
    """Read the rest of the command line and train."""
    parser = argparse.ArgumentParser(MODEL, description=__doc__)
    data = os.environ.get("SKIAGRAM_DATA", "../shared/data")
    parser.add_argument("--data", type=Path, default=data)
    work = user_cache_path("skiagram") / "training" / MODEL
    parser.add_argument("--work", type=Path, default=work, help="where runs are kept")
    parser.add_argument("--out", type=Path, default=resource_folder() / "models" / MODEL)
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument("--steps", type=int, default=STEPS, help="of each network")
    parser.add_argument("--sixteen-bit", action="store_true", help="train in bfloat16: faster")
    given = parser.parse_args(arguments)
    course = crossed(given.data, given.work, given.folds, given.steps, short=given.sixteen_bit)
    final = learned(course.patients, "all heads", given.work, given.steps, short=given.sixteen_bit)
    card = write(course, final, given.out)
    for figure in card.performance:
        print(f"\n{figure.data}\n{figure.result}")
        for metric in figure.metrics:
            print(f"  {metric.in_words}")
    print(f"\nwritten to {given.out}")


def crossed(data: Path, work: Path, count: int, steps: int, *, short: bool) -> Course:
    """Train the network of each fold."""
    known = tuple(patients(data))
    fold = folds([one.name for one in known], count, SEED)
    weights = []
    for number in range(count):
        rest = [one for one, of in zip(known, fold, strict=True) if of != number]
        name = f"fold {number + 1} of {count}"
        weights.append(learned(rest, name, work, steps, short=short))
    return Course(known, tuple(int(one) for one in fold), tuple(weights))


def write(course: Course, final: Weights, out: Path) -> Card:
    """Judge, and write the model folder."""
    heads = course.heads()
    scores = scores_from(heads)
    table, figures = figures_of(heads, course.heads)
    card = card_of(len(course.patients), len(set(course.fold)), table, figures)
    written = write_folder(out, card, final, _vector(course.patients[0], final))
    return _with_scores(written, scores, out)


def _vector(
    patient: Patient, weights: Weights
) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    """Return noise-free synthetic slices with what the network must answer anywhere.

    They are made from no patient: the licence of the pictures does not let them be passed on.
    """
    pictures = with_neighbours(synthetic(_VECTOR, patient.slices.shape[1]))
    dense, whole = by_torch(SHAPE, weights)(pictures)
    if dense is None or whole is None:
        raise ValueError("the network answers both voxel by voxel and as a whole")
    return {"input": pictures, "dense": dense, "whole": whole}


def synthetic(count: int, side: int) -> Bytes:
    """Return slices of a head of ellipses with a bleed on every other one."""
    rows, columns = np.mgrid[:side, :side] - (side - 1) / 2
    away = np.hypot(rows / 0.45, columns / 0.36) / side
    made = np.zeros((count, side, side), np.uint8)
    for number, one in enumerate(made):
        one[away < 1] = 255
        one[away < 0.88] = 103
        one[(away < 0.88) & (np.abs(columns) < 2)] = 115
        if number % 2:
            one[np.hypot(rows, columns - side / 6) < side / 16] = 200
    return made


def _with_scores(card: Card, scores: Scores, out: Path) -> Card:
    """Write the regressions beside the network, vouched for by the card."""
    content = save(scores.tensors())
    (out / FILE).write_bytes(content)
    hashes = (*card.sha256, (FILE, hashlib.sha256(content).hexdigest()))
    finished = replace(card, sha256=hashes)
    write_card(out, finished)
    return finished
