"""Make the weights of the sarcoma model again: `python -m viewer.ai.train tumour_petctmr`.

Cross-validation by patient first, for the figures; then one network from all patients, which is
what ships. Seeds are fixed; a run that was broken off goes on. Answers are in 32 bits always.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch
from platformdirs import user_cache_path
from safetensors.numpy import save

from viewer.ai.card import Card
from viewer.ai.engine.asking import network_of_shape
from viewer.ai.networks.torch_net import Net, weights_of
from viewer.ai.tumour import figures
from viewer.ai.tumour.figures import Parts, Row
from viewer.ai.tumour.finishing import FILE, Finishing, Kinds
from viewer.ai.tumour.judging import LEAST_MARK_ML, Crossed, Judged, best_finish, crossed, judged
from viewer.ai.tumour.learning import SEED, SHAPE, STEPS, taught
from viewer.ai.tumour.lessons import COMBINATIONS
from viewer.ai.tumour.patients import Patient, read_patients
from viewer.ai.tumour.words import FOLDS, card_words, words_of
from viewer.ai.writing import Tensors, write_card, write_folder
from viewer.core.resources import resource_folder
from viewer.imaging.evaluation.resampling import folds

DEFAULT_SCORE = 0.5


@dataclass(frozen=True, slots=True)
class Choice:
    """How the training runs."""

    folds: int = 3
    steps: int = STEPS
    short: bool = True
    """Train in bfloat16: faster where the processor has it."""
    stop_after: int = 3
    """Folds that are judged; fewer than `folds` on a machine with little time."""

    @property
    def whole(self) -> bool:
        """Whether every patient is judged."""
        return self.stop_after >= self.folds


def main(arguments: Sequence[str]) -> None:
    """Read the rest of the command line and train."""
    parser = argparse.ArgumentParser("tumour_petctmr", description=__doc__)
    data = os.environ.get("SKIAGRAM_DATA", "../shared/data")
    parser.add_argument("--data", type=Path, default=data)
    work = user_cache_path("skiagram") / "training" / "tumour_petctmr"
    parser.add_argument("--work", type=Path, default=work, help="where runs are kept")
    parser.add_argument("--out", type=Path, default=resource_folder() / "models" / "tumour_petctmr")
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument(
        "--stop-after",
        type=int,
        default=0,
        help="judge only so many folds, and ship"
        " the network of the last of them: for machines with little time",
    )
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--full", action="store_true", help="train in 32 bits: slower")
    parser.add_argument("--leave-out", default="", help="write a model that never saw this patient")
    given = parser.parse_args(arguments)
    choice = Choice(given.folds, given.steps, not given.full, given.stop_after or given.folds)
    patients = read_patients(given.data)
    cases = cross_validated(patients, given.work, choice)
    chosen = {kinds: crossed(cases, kinds) for kinds in COMBINATIONS}
    rows = figures.rows_of(cases, chosen)
    print(report(cases, rows, chosen))
    write(given.out, patients, cases, chosen, given.work, choice, given.leave_out)


def cross_validated(patients: Sequence[Patient], work: Path, choice: Choice) -> list[Judged]:
    """Let each fold be judged by a network that learned from the others."""
    fold_of = np.array(_folds(patients, choice))
    found: dict[str, Judged] = {}
    for fold in range(min(choice.folds, choice.stop_after)):
        net = _fold_net(patients, fold_of.tolist(), fold, work, choice)
        network = network_of_shape(SHAPE, weights_of(net))
        for one in (one for one, here in zip(patients, fold_of, strict=True) if here == fold):
            found[one.name] = judged(one, fold, network, card_words((), 0.5, ()))
    return [found[one.name] for one in patients if one.name in found]


def _folds(patients: Sequence[Patient], choice: Choice) -> list[int]:
    return [int(one) for one in folds([one.name for one in patients], choice.folds, SEED)]


def _fold_net(
    patients: Sequence[Patient], fold_of: Sequence[int], fold: int, work: Path, choice: Choice
) -> Net:
    others = [one for one, here in zip(patients, fold_of, strict=True) if here != fold]
    return taught(others, f"fold {fold}", work, steps=choice.steps, short=choice.short, say=_say)


def report(cases: Sequence[Judged], rows: Sequence[Row], chosen: Mapping[Kinds, Crossed]) -> str:
    """Return all figures as text."""
    by_name = {one.name: one for one in rows}
    full, fixed = rows[0], by_name["rule: best fixed SUV"]
    gains = [figures.gain(one, fixed) for one in rows if one.name.startswith("PET")]
    gains += [figures.gain(full, by_name["PET + CT"]), figures.gain(full, by_name["PET"])]
    some = {name: by_name[name] for name in (full.name, "PET + CT", "PET", "CT", "MR", fixed.name)}
    settled = [f"{figures.named(kinds)}: {choice}" for kinds, choice in chosen.items()]
    return "\n\n".join(
        [
            figures.table(rows),
            "\n".join(settled),
            "\n".join(gains),
            figures.per_patient(cases, some),
        ]
    )


def finishing_of_all(cases: Sequence[Judged], parts: Sequence[Parts]) -> Finishing:
    """Return the thresholds and the regression that ship: chosen on all answers."""
    settled = {kinds: best_finish(cases, kinds) for kinds in COMBINATIONS}
    return Finishing(
        {kinds: one.threshold for kinds, one in settled.items()},
        {kinds: one.way for kinds, one in settled.items()},
        max(LEAST_MARK_ML, float(np.median([one.least_ml for one in settled.values()]))),
        figures.calibrated(parts),
    )


def write(
    out: Path,
    patients: Sequence[Patient],
    cases: Sequence[Judged],
    chosen: Mapping[Kinds, Crossed],
    work: Path,
    choice: Choice,
    leave_out: str = "",
) -> Card:
    """Train on all patients (or on those outside one fold) and write the model folder."""
    fold_of = {
        one.name: int(fold) for one, fold in zip(patients, _folds(patients, choice), strict=True)
    }
    parts = [figures.parts_of(cases, kinds, chosen[kinds]) for kinds in COMBINATIONS]
    words = words_of(len(cases), len(patients), choice.folds, choice.stop_after)
    performances = figures.performance(figures.rows_of(cases, chosen), words.data, words.command)
    card = card_words(figures.operating(parts, len(cases)), DEFAULT_SCORE, performances, words)
    if not leave_out and choice.whole:
        net = taught(patients, "all", work, steps=choice.steps, short=choice.short, say=_say)
        return write_all(out, card, net, finishing_of_all(cases, parts), patients[0])
    fold = fold_of[leave_out] if leave_out else choice.stop_after - 1
    net = _fold_net(patients, list(fold_of.values()), fold, work, choice)
    if leave_out:
        cases = [one for one in cases if one.fold != fold]
        parts = [one.without_fold(fold) for one in parts]
    return write_all(out, card, net, finishing_of_all(cases, parts), patients[0])


def write_all(out: Path, card: Card, net: Net, finishing: Finishing, sample: Patient) -> Card:
    """Write weights, test vector, thresholds and the card that vouches for them."""
    weights = weights_of(net)
    finished = write_folder(out, card, weights, _vector(net, sample))
    content = save({name: np.ascontiguousarray(v) for name, v in finishing.tensors().items()})
    (out / FILE).write_bytes(content)
    finished = replace(finished, sha256=(*finished.sha256, (FILE, sha256(content).hexdigest())))
    write_card(out, finished)
    return finished


def _vector(net: Net, sample: Patient) -> Tensors:
    middle = [max(0, n // 2 - 8) for n in sample.inside.shape]
    part = tuple(slice(start, start + 16) for start in middle)
    batch = np.ascontiguousarray(sample.channels[(slice(None), *part)])[None]
    with torch.inference_mode():
        dense, _ = net.eval()(torch.from_numpy(batch))
    if dense is None:
        raise ValueError("the network answers voxel by voxel")
    return {"input": batch, "dense": dense.numpy().astype(np.float32)}


def _say(words: str) -> None:
    print(words, flush=True)
