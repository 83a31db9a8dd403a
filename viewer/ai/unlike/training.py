"""Make the weights and the figures of the map again: `python -m viewer.ai.train unlike_head_ct`.

Three folds by patient: what is judged was never seen, not even its slices without a box. Then
the weights that ship are trained on all patients. Minutes on two cores; goes on where it was
broken off.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from platformdirs import user_cache_path

from viewer.ai.networks.training import Course
from viewer.ai.unlike.describing import described
from viewer.ai.unlike.heads import Pictures, blurred, unlikeness
from viewer.ai.unlike.judging import Judged, judged
from viewer.ai.unlike.lessons import Lesson, lessons_of
from viewer.ai.unlike.model import MODEL, UnlikeModel, made_up_head, remembering, tensors_of, unlike
from viewer.ai.unlike.restoring import STEPS, restored, restorer
from viewer.ai.unlike.rivals import RIVALS, Mapper
from viewer.ai.writing import write_folder
from viewer.core.resources import resource_folder
from viewer.imaging.evaluation.resampling import folds

SEED = 0
FOLDS = 3
OURS = "usual patches with what the network would change (ships)"
MENDED = "what the network would change (denoising autoencoder)"
BRIGHT = "the same, brighter than expected only"
COMMAND = "python -m viewer.ai.train unlike_head_ct"


def main(arguments: Sequence[str]) -> None:
    """Read the command line, compare, train, write the folder."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    data = Path(os.environ.get("SKIAGRAM_DATA", "../shared/data"))
    work = user_cache_path("skiagram") / "training" / MODEL
    parser.add_argument("--data", type=Path, default=data)
    parser.add_argument("--work", type=Path, default=work, help="where runs are kept")
    parser.add_argument("--out", type=Path, default=resource_folder() / "models" / MODEL)
    parser.add_argument("--steps", type=int, default=STEPS)
    choice = parser.parse_args(arguments)
    lessons = lessons_of(choice.data)
    course = Course(SEED, choice.steps, short=True)
    figures = compared(lessons, course, choice.work)
    _say("| map | " + " | ".join(one.name for one in figures[OURS].metrics) + " |")
    for name, one in figures.items():
        numbers = " | ".join(f"{m.value:.3f} ({m.low:.3f} to {m.high:.3f})" for m in one.metrics)
        _say(f"| {name} | {numbers} |")
    write(choice.out, lessons, figures, replace(course, name="all"), choice.work)


def write(
    out: Path, lessons: Sequence[Lesson], figures: dict[str, Judged], course: Course, work: Path
) -> None:
    """Train on all patients, and write the folder of the model."""
    net = restorer(lessons, course, work, _say)
    memory = remembering(net, [x.head for x in lessons], [x.usual for x in lessons], SEED)
    card = described(lessons, figures[OURS], figures, COMMAND)
    vector = made_up_head()
    map_ = UnlikeModel(card, net, memory).slices(vector)
    weights = tensors_of(net, memory)
    write_folder(out, card, weights, {"slices": vector.astype(np.float32), "map": map_})


def compared(lessons: Sequence[Lesson], course: Course, work: Path) -> dict[str, Judged]:
    """Judge all kinds of map on patients that they were not learned from."""
    maps: dict[str, dict[int, Pictures]] = {}
    fold = folds([one.patient for one in lessons], FOLDS, SEED)
    for number in range(FOLDS):
        known = [one for one, of in zip(lessons, fold, strict=True) if of != number]
        asked = np.flatnonzero(fold == number).tolist()
        for name, map_ in _mappers(known, replace(course, name=f"fold {number}"), work).items():
            maps.setdefault(name, {}).update({k: map_(lessons[k].head) for k in asked})
        _say(f"fold {number + 1} of {FOLDS} is judged")
    everybody = range(len(lessons))
    return {name: judged(lessons, [each[k] for k in everybody]) for name, each in maps.items()}


def _mappers(known: Sequence[Lesson], course: Course, work: Path) -> dict[str, Mapper]:
    net = restorer(known, course, work, _say)
    memory = remembering(net, [x.head for x in known], [x.usual for x in known], SEED)
    distances = memory.distances()
    return {
        OURS: lambda head: unlike(net, distances, head),
        MENDED: lambda head: unlikeness(head, restored(net, head)),
        BRIGHT: lambda head: blurred(head, np.maximum(head.pictures - restored(net, head), 0)),
        **{name: learn(known) for name, learn in RIVALS.items()},
    }


def _say(words: str) -> None:
    print(words, flush=True)
