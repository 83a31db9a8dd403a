"""What pictures without labels are worth: `python -m viewer.ai.train semi_study`.

Children's chest radiographs, normal or pneumonia; of all labels but a few are withheld. Each
seed keeps a third of the patients for judging, draws a few patients with labels from the
others, and all ways of learning get the same. Prints the tables of docs/semi_supervised.md.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from viewer.ai.chest_xray.cases import labels_of, patients_of, read_cases
from viewer.ai.semi.ways import WAYS, Task
from viewer.core.errors import Declined
from viewer.imaging.evaluation.classification import area_under, areas_under
from viewer.imaging.evaluation.resampling import Draws, draws, hold_out, interval

LABELLED = (10, 20, 40)
"""Patients with a label, half of them ill."""
SEEDS = 2
KEPT_ASIDE = 1 / 3
STEPS = 100
SAMPLES = 1000
FEWEST_LABELLED = 4
COMMAND = "python -m viewer.ai.train semi_study"


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """Pictures (n, 1, rows, columns), who is ill, and whose picture each is."""

    pictures: NDArray[np.float32] = field(repr=False)
    ill: NDArray[np.bool_] = field(repr=False)
    patients: NDArray[np.str_] = field(repr=False)

    @property
    def mark(self) -> str:
        """What tells these cases from all others."""
        told = sha256(np.ascontiguousarray(self.pictures).tobytes())
        told.update(self.ill.tobytes())
        told.update("\n".join(self.patients.tolist()).encode())
        return told.hexdigest()[:12]


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """The scores that one way gave to the cases kept aside."""

    way: str
    labelled: int
    seed: int
    rows: NDArray[np.intp] = field(repr=False)
    scores: NDArray[np.float64] = field(repr=False)


def main(arguments: Sequence[str]) -> None:
    """Read the command line, run the study, print its tables."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    data = Path(os.environ.get("SKIAGRAM_DATA", "../shared/data"))
    work = user_cache_path("skiagram") / "training" / "semi_study"
    parser.add_argument("--data", type=Path, default=data)
    parser.add_argument("--work", type=Path, default=work, help="where runs are kept")
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--labelled", type=int, nargs="+", default=LABELLED)
    parser.add_argument("--classical", action="store_true", help="no networks: seconds")
    choice = parser.parse_args(arguments)
    found = read_cases(choice.data)
    cases = Cases(
        np.stack([one.input for one in found])[:, np.newaxis], labels_of(found), patients_of(found)
    )
    ways = [name for name, way in WAYS.items() if way.classical or not choice.classical]
    runs = [
        run
        for count in choice.labelled
        for seed in range(choice.seeds)
        for run in runs_of(cases, count, seed, choice.steps, choice.work, ways)
    ]
    for line in table(cases, runs):
        print(line)


def runs_of(
    cases: Cases, labelled: int, seed: int, steps: int, work: Path, ways: Sequence[str]
) -> list[Run]:
    """Let all ways learn the same and judge the same; what was done before is read again."""
    aside = hold_out(cases.patients.tolist(), KEPT_ASIDE, seed)
    judged = np.flatnonzero(aside)
    task = task_of(cases, ~aside, labelled, seed, steps, work)
    found = []
    for name in ways:
        path = work / f"{name.replace(' ', '_')}-{labelled}-{seed}-{steps}-{cases.mark}.json"
        if not path.exists():
            scores = WAYS[name](task, cases.pictures[judged])
            path.write_text(json.dumps([float(one) for one in scores]), encoding="utf-8")
        kept = np.array(json.loads(path.read_text(encoding="utf-8")))
        found.append(Run(name, labelled, seed, judged, kept))
    aucs = ", ".join(f"{r.way} {area_under(cases.ill[judged], r.scores):.3f}" for r in found)
    print(f"{labelled} labelled, seed {seed}: {aucs}", flush=True)
    return found


def task_of(
    cases: Cases, free: NDArray[np.bool_], labelled: int, seed: int, steps: int, work: Path
) -> Task:
    """Choose the patients with labels, half of them ill; the labels of others are left behind.

    Raises:
        Declined: if there are not as many.
    """
    work.mkdir(parents=True, exist_ok=True)
    chance = np.random.default_rng([seed, labelled])
    chosen: list[str] = []
    for ill in (True, False):
        names = np.unique(cases.patients[free & (cases.ill == ill)])
        if labelled < FEWEST_LABELLED or len(names) < labelled // 2:
            raise Declined(f"There are no {labelled} patients to learn from.", code="too_few")
        chosen += chance.choice(names, labelled // 2, replace=False).tolist()
    known = free & np.isin(cases.patients, chosen)
    return Task(
        cases.pictures[known],
        cases.ill[known],
        cases.pictures[free & ~known],
        seed,
        steps,
        work / f"{labelled}-{seed}",
        hidden=cases.ill[free & ~known],
    )


def table(cases: Cases, runs: Sequence[Run]) -> list[str]:
    """Return a table of Markdown: the mean AUC over seeds, and the gain over labels alone."""
    drawn = draws(cases.patients.tolist(), SAMPLES, 0)
    lines = [
        "| labelled | way | AUC (95 %) | gain (95 %) | seeds with gain |",
        "|---|---|---|---|---|",
    ]
    for count in sorted({run.labelled for run in runs}):
        here = [run for run in runs if run.labelled == count]
        there = {run.way for run in here}
        for name, way in ((name, way) for name, way in WAYS.items() if name in there):
            mine, base = (_areas(here, each, cases, drawn) for each in (name, way.base))
            words = ["", ""]
            if name != way.base:
                better = int((mine[:, 0] > base[:, 0]).sum())
                words = [_said((mine - base).mean(axis=0), sign=True), f"{better} of {len(mine)}"]
            lines.append(
                f"| {count} | {name} | {_said(mine.mean(axis=0))} | {words[0]} | {words[1]} |"
            )
    return lines


def _areas(runs: Sequence[Run], way: str, cases: Cases, drawn: Draws) -> NDArray[np.float64]:
    """Return AUCs (seeds, 1 + draws): of all cases first, then of each draw of patients."""
    each = []
    for run in runs:
        if run.way == way:
            ill = cases.ill[run.rows]
            areas = areas_under(ill, run.scores, drawn.counts[:, drawn.of[run.rows]])
            each.append(np.append(area_under(ill, run.scores), areas))
    return np.array(each)


def _said(values: NDArray[np.float64], *, sign: bool = False) -> str:
    low, high = interval(values[1:])
    form = "+.3f" if sign else ".3f"
    ends = "" if low is None or high is None else f" ({low:{form}} to {high:{form}})"
    return f"{values[0]:{form}}{ends}"
