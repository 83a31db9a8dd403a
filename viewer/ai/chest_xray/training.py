"""Compare models of pneumonia on chest radiographs, test them for shortcuts, train the network.

    python -m viewer.ai.train chest_pneumonia [--folds 5]

Prints the tables of docs/models/chest_pneumonia.md and writes the model folder. Seeds are fixed;
a run that was broken off goes on from `--work`.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from viewer.ai.chest_xray.cases import Case, folds, labels_of, patients_of, read_cases
from viewer.ai.chest_xray.comparing import (
    Judge,
    Judged,
    Rows,
    classical,
    combined,
    kinds,
    nested,
    platt,
)
from viewer.ai.chest_xray.features import SHORTCUTS, chest_features, shortcut_features
from viewer.ai.chest_xray.figures import HEAD, Estimate, Truth, row
from viewer.ai.chest_xray.making import Found, write_model
from viewer.ai.chest_xray.network import STEPS, Plan, log_odds
from viewer.ai.chest_xray.views import View, seen
from viewer.ai.chest_xray.words import MODEL
from viewer.core.resources import resource_folder
from viewer.imaging.evaluation.classification import area_under

NETWORK = "network (CNN)"
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """All that judges are compared on."""

    cases: tuple[Case, ...] = field(repr=False)
    truth: Truth
    plan: Plan
    count: int

    @property
    def of(self) -> Rows:
        """The outer fold of each case."""
        return folds(self.truth.labels, self.truth.patients, self.count)

    def network(self, view: View) -> Judge:
        """Return the network as a judge of pictures in one way."""
        pictures, labels = seen(self.cases, view), self.truth.labels

        def judge(learn: Rows, test: Rows, name: str) -> Floats:
            net = self.plan.learned(pictures[learn], labels[learn], f"{view} {name}")
            return log_odds(net, pictures[test])

        return judge

    def outer(self, judge: Judge) -> Floats:
        """Return what a judge says of everybody in outer folds alone."""
        odds = np.zeros(len(self.cases))
        for fold in range(self.count):
            test = np.flatnonzero(self.of == fold)
            odds[test] = judge(np.flatnonzero(self.of != fold), test, f"{fold}")
        return odds

    def crossed(self, learned: View, shown: View) -> Floats:
        """Return what networks that learned from one view say of another, patients apart."""
        taught, pictures = seen(self.cases, learned), seen(self.cases, shown)
        odds = np.zeros(len(self.cases))
        for fold in range(self.count):
            learn, test = self.of != fold, self.of == fold
            net = self.plan.learned(taught[learn], self.truth.labels[learn], f"{learned} {fold}")
            odds[test] = log_odds(net, pictures[test])
        return odds


def main(arguments: Sequence[str]) -> None:
    """Read the command line, compare, train."""
    parser = argparse.ArgumentParser(MODEL, description=__doc__)
    data = os.environ.get("SKIAGRAM_DATA", "../shared/data")
    parser.add_argument("--data", type=Path, default=data)
    work = user_cache_path("skiagram") / "training" / MODEL
    parser.add_argument("--work", type=Path, default=work, help="where runs are kept")
    parser.add_argument("--out", type=Path, default=resource_folder() / "models" / MODEL)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=STEPS)
    choice = parser.parse_args(arguments)
    cases = read_cases(choice.data)
    truth = Truth(labels_of(cases), patients_of(cases))
    train(Bench(cases, truth, Plan(choice.work, choice.steps), choice.folds), choice.out)


def train(bench: Bench, out: Path) -> None:
    """Compare, test for shortcuts, and write the model."""
    ill = int(bench.truth.labels.sum())
    print(
        f"{len(bench.cases)} radiographs of {len(set(bench.truth.patients))} children,"
        f" {ill} with pneumonia\n\n{HEAD}"
    )
    judged = compared(bench)
    network = judged[NETWORK]
    print("\n" + gains(judged, bench.truth))
    shortcuts = shortcut_test(bench)
    line = platt(network.odds, bench.truth.labels)
    net = bench.plan.learned(
        seen(bench.cases, View.EQUALISED), bench.truth.labels, f"{View.EQUALISED} all"
    )
    found = Found(bench.cases, bench.truth, judged, network, shortcuts, line, bench.count)
    card = write_model(out, net, found)
    print(f"\n{out}: {card.weights_sha256}")


def compared(bench: Bench) -> dict[str, Judged]:
    """Judge everybody by every judge, nested; print a row for each."""
    labels, patients, count = bench.truth.labels, bench.truth.patients, bench.count
    chest = np.stack([chest_features(case.input) for case in bench.cases])
    trivial = np.stack([shortcut_features(case) for case in bench.cases])
    inputs = seen(bench.cases, View.EQUALISED).astype(np.float64)
    judges: dict[str, tuple[Judge, Floats]] = {NETWORK: (bench.network(View.EQUALISED), inputs)}
    for what, rows in (("image features", chest), ("shortcuts alone", trivial)):
        for kind in kinds():
            judge = classical(kind, rows, labels, patients)
            judges[f"{kind.name} on {what}"] = (judge, rows)
    found: dict[str, Judged] = {}
    for name, (judge, rows) in judges.items():
        kept = bench.plan.folder / f"{_mark(name, bench, rows)}.npz"
        found[name] = nested(name, judge, labels, patients, count, kept)
        print(row(found[name], bench.truth), flush=True)
    for kind in kinds()[:2]:
        name = f"network and {kind.name} on image features"
        parts = (found[NETWORK], found[f"{kind.name} on image features"])
        found[name] = combined(name, parts, labels, bench.of)
        print(row(found[name], bench.truth), flush=True)
    return found


def _mark(name: str, bench: Bench, rows: Floats) -> str:
    """Return what tells this judging from all others: by whom, of what, how long."""
    words = f"{name}|{bench.count}|{bench.plan.steps}"
    hashed = sha256(words.encode())
    for part in (rows, bench.truth.labels, bench.truth.patients):
        hashed.update(np.ascontiguousarray(part).tobytes())
    return hashed.hexdigest()[:16]


def gains(judged: dict[str, Judged], truth: Truth) -> str:
    """Return by how much the area of the network is above that of each other judge."""
    ours = judged[NETWORK].scores
    lines = []
    for name, one in judged.items():
        if name != NETWORK:
            gain, p = truth.gain(ours, one.scores)
            lines.append(f"network above {name}: {gain}, p {p:.3f}")
    return "\n".join(lines)


def shortcut_test(bench: Bench) -> dict[str, Estimate]:
    """Learn from one view and judge another; print and return the areas."""
    truth = bench.truth
    found: dict[str, Estimate] = {}

    def tell(name: str, odds: Floats) -> None:
        found[name] = truth.area(odds)
        print(f"| {name} | {found[name]} |", flush=True)

    print("\n| learned from, judged on | AUC (95 %) |\n|---|---|")
    for view in (View.EQUALISED, View.STORED):
        for shown in View:
            tell(f"network: {view}; {shown}", bench.crossed(view, shown))
    for view in View:
        rows = np.stack([chest_features(one) for one in seen(bench.cases, view)])
        judge = classical(kinds()[0], rows, truth.labels, truth.patients)
        tell(f"logistic regression: {view}; the same", bench.outer(judge))
    trivial = np.stack([shortcut_features(case) for case in bench.cases])
    for number, name in enumerate(SHORTCUTS):
        area = area_under(truth.labels, trivial[:, number])
        print(f"| {name} alone | {max(area, 1 - area):.3f} |")
    return found
