"""Make the weights of a model again: `python -m viewer.ai.train lung_nodules`.

Nodules are planted into the lungs named in `backgrounds`, the candidates that
the reading pipeline finds there are labelled by the truth, the network learns
from their cubes, and the regression learns, on other scans, how to weigh the
network and the features. Seeds are fixed; a broken-off run goes on.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from viewer.ai.admission import CHEST
from viewer.ai.backgrounds import Background, Use, backgrounds
from viewer.ai.card import Card, ModelFolder, OperatingPoint, Performance, Preparation
from viewer.ai.figures import Curve, curve
from viewer.ai.learning import network, regression
from viewer.ai.lessons import NODULE as NODULE_TRUTH
from viewer.ai.lessons import OTHER, Lesson, found_nodules, lesson
from viewer.ai.patches import unpacked
from viewer.ai.ranking import NETWORK_LIMIT, NETWORK_PREFIX, combined
from viewer.ai.samples import Samples, samples
from viewer.ai.writing import write_folder
from viewer.core.code import NODULE
from viewer.core.resources import resource_folder
from viewer.imaging.features import FEATURE_NAMES

PREPARATION = Preparation(24, (1.0, 2.0), -1000.0, 200.0)
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
FALSE_MARKS = 0.5
"""What the default threshold gives per scan on synthetic tests; more found no more there."""
COMMAND = "python -m viewer.ai.train lung_nodules --sixteen-bit"


@dataclass(frozen=True, slots=True, eq=False)
class _Class:
    """All lessons by use."""

    learn: list[Lesson] = field(default_factory=list)
    calibrate: list[Lesson] = field(default_factory=list)
    test: list[Lesson] = field(default_factory=list)

    def of(self, use: Use) -> list[Lesson]:
        return {Use.LEARN: self.learn, Use.CALIBRATE: self.calibrate, Use.TEST: self.test}[use]


def main(arguments: Sequence[str]) -> None:
    """Read the rest of the command line and train."""
    parser = argparse.ArgumentParser("lung_nodules", description=__doc__)
    parser.add_argument(
        "--data", type=Path, default=os.environ.get("SKIAGRAM_DATA", "../shared/data")
    )
    work = user_cache_path("skiagram") / "training" / "lung_nodules"
    parser.add_argument("--work", type=Path, default=work, help="where lessons are kept")
    parser.add_argument("--out", type=Path, default=resource_folder() / "models" / "lung_nodules")
    parser.add_argument("--rounds", type=int, default=36, help="0: features alone")
    parser.add_argument("--share", type=float, default=1.0, help="of the lessons, for a quick run")
    parser.add_argument("--sixteen-bit", action="store_true", help="train in bfloat16: faster")
    choice = parser.parse_args(arguments)
    train(
        choice.data.resolve(),
        choice.work,
        choice.out,
        rounds=choice.rounds,
        share=choice.share,
        short=choice.sixteen_bit,
    )


def train(data: Path, work: Path, out: Path, *, rounds: int, share: float, short: bool) -> Card:
    """Train, test and write the model folder; return its card."""
    sources = backgrounds(data)
    pupils = _taught(sources, work, share)
    weights: dict[str, NDArray[np.float32]] = {}
    net: dict[str, NDArray[np.float32]] = {}
    if rounds:
        net = network(samples(pupils.learn), samples(pupils.calibrate), rounds, work, short=short)
    calibrate = samples(pupils.calibrate)
    weights = regression(calibrate.numbers, _odds(net, calibrate.cubes), calibrate.truth)
    weights |= {NETWORK_PREFIX + name: value for name, value in net.items()}
    card = _card(sources, pupils, weights, net)
    return write_folder(out, card, weights, _vector(calibrate, ModelFolder(card, weights, {}), net))


def _vector(
    known: Samples, model: ModelFolder, net: dict[str, NDArray[np.float32]]
) -> dict[str, NDArray[np.float32]]:
    """Return a few inputs with the scores that they must give anywhere."""
    few = np.concatenate([np.nonzero(known.truth == kind)[0][:2] for kind in (NODULE_TRUTH, OTHER)])
    numbers = known.numbers[few].astype(np.float32)
    ranked = combined(model, numbers.astype(np.float64), _odds(net, known.cubes[few]))
    return {
        "cubes": unpacked(known.cubes[few]),
        "numbers": numbers,
        "scores": ranked.scores.astype(np.float32),
    }


def _taught(sources: Sequence[Background], work: Path, share: float) -> _Class:
    """Make (or find on disk) all lessons, saying what is used."""
    pupils = _Class()
    for source in sources:
        count = max(1, round(source.rounds * share))
        made = [lesson(source, number, PREPARATION, work) for number in range(count)]
        pupils.of(source.use).extend(made)
        hit, planted = found_nodules(made)
        said = f"{planted} nodules, {hit} among the candidates"
        print(f"{source.use}: {source.name}, {count} rounds, {said}", flush=True)
    return pupils


def _odds(
    net: dict[str, NDArray[np.float32]], cubes: NDArray[np.uint8]
) -> NDArray[np.float64] | None:
    if not net:
        return None
    from viewer.ai.network import asked, network_of

    return asked(network_of(net), unpacked(cubes)).clip(-NETWORK_LIMIT, NETWORK_LIMIT)


def _scored(
    lessons: Sequence[Lesson],
    weights: dict[str, NDArray[np.float32]],
    net: dict[str, NDArray[np.float32]],
    card: Card,
) -> list[NDArray[np.float64]]:
    bare = ModelFolder(card, weights, {})
    return [combined(bare, one.numbers, _odds(net, one.cubes)).scores for one in lessons]


def _card(
    sources: Sequence[Background],
    pupils: _Class,
    weights: dict[str, NDArray[np.float32]],
    net: dict[str, NDArray[np.float32]],
) -> Card:
    blank = _words(sources, (), 0.5, ())
    found = curve(pupils.test, _scored(pupils.test, weights, net, blank), 4.0)
    threshold = round(found.threshold_for(FALSE_MARKS) + 0.005, 2)
    table = tuple(found.point(value) for value in sorted({*THRESHOLDS, threshold}))
    return _words(sources, table, threshold, (_figure(found, pupils),))


def _figure(found: Curve, pupils: _Class) -> Performance:
    hit, planted = found_nodules(pupils.test)
    result = (
        f"sensitivity {found.at(0.5):.2f} / {found.at(1):.2f} / {found.at(4):.2f}"
        " at 0.5 / 1 / 4 false marks per scan, "
        f"mean over 1/8 to 8: {found.mean:.2f}; {hit} of {planted} became candidates"
    )
    return Performance(
        f"synthetic: {found.nodules} nodules of 4 to 30 mm in {found.scans} scans not learned from",
        found.scans,
        result,
        COMMAND,
        lesions=found.nodules,
        metrics=found.metrics((0.5, 1, 4)),
    )


def _words(
    sources: Sequence[Background],
    table: tuple[OperatingPoint, ...],
    threshold: float,
    figures: tuple[Performance, ...],
) -> Card:
    learned = "; ".join(f"{s.name} ({s.licence}): {s.use}" for s in sources)
    return Card(
        id="lung_nodules",
        version="1.0",
        title="Skiagram lung nodule finder",
        architecture="nodule_ranking",
        intended_use=(
            "Research use: a second look for nodules of 4 to 30 mm on chest CT of adults,"
            " after the first reading."
        ),
        not_for=(
            "Diagnosis, screening decisions, children, other parts of the body, other modalities."
        ),
        accepts=CHEST,
        licence="Apache-2.0",
        non_commercial=False,
        experimental=True,
        trained_on=f"Synthetic nodules planted into these lungs. {learned}.",
        preparation=PREPARATION,
        features=FEATURE_NAMES,
        labels=(NODULE,),
        operating_on=figures[0].data if figures else "",
        operating=table,
        default_threshold=threshold,
        performance=figures,
        tolerance=2e-3,
        sha256=(),
    )
