"""Improving a model by verdicts: its reasons weighed anew, and on top its network trained further.

The network is trained only where there are image crops. What is surely better on the patients held
out may be used; if both are, the network counts only if it also did better on patients left out in
turn among those learned from, else weighing, which is simpler. Meant for a worker process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from viewer.ai.adapting import Adaptation, adapt, weighed_odds
from viewer.ai.card import ModelFolder, load_folder
from viewer.ai.tuning.using import share_of, tunable
from viewer.ai.tuning.weights import packed_weights
from viewer.ai.verdicts import (
    Array,
    Judgement,
    calibrated,
    fold_of,
    judged,
    losses,
    odds_of,
    parted,
    patients_of,
    truth_of,
)
from viewer.core.correction import Correction
from viewer.core.crop import Crop
from viewer.core.errors import Declined
from viewer.core.progress import Part, Progress

if TYPE_CHECKING:
    from viewer.ai.network import NoduleNet
    from viewer.ai.tuning.fitting import Pupil, Way

CLEARLY = 0.005
"""By so much log loss training further must do better than weighing alone, or weighing is used."""
MOST_CROPS = 1500
"""The latest so many are learned from: more would take long on two cores."""
WITH_CROPS = "with image crops"


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """Verdicts on one model, and the crops of those that have one.

    `folder` is that of the model, None for one that can only be weighed.
    """

    corrections: tuple[Correction, ...]
    crops: tuple[Crop, ...] = field(default=(), repr=False)
    folder: Path | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Improved:
    """What was learned; `weights` is the file of a network that was trained further.

    `beside` says in a sentence what came of the other way. `more` is how much less log loss
    training had than weighing alone, on patients left out in turn among those learned from.
    """

    learned: Adaptation
    weights: bytes = field(default=b"", repr=False)
    beside: str = ""
    more: float = 0.0


def improved(lessons: Lessons, made_at: str, progress: Progress) -> Improved:
    """Learn from verdicts in both ways; return the better one.

    Raises:
        Declined: if there are too few verdicts for either.
        Unreadable: if the model is damaged.
    """
    model = None if lessons.folder is None else load_folder(lessons.folder)
    first = Improved(adapt(lessons.corrections, made_at, Part(progress, 0.0, 0.1)))
    if model is None or not tunable(model.card):
        return first
    if not lessons.crops:
        return replace(first, beside="Without image crops its network is not trained further.")
    try:
        training = _by_training(lessons, model, first.learned, Part(progress, 0.1, 1.0))
    except Declined as why:
        if why.code != "too_few_verdicts":
            raise
        return replace(first, beside=f"Its network was not trained further: {why}")
    return better(first, training)


def better(weighing: Improved, training: Improved) -> Improved:
    """Return the way that is used, with a word about the other."""
    fit = [one for one in (weighing, training) if one.learned.is_better]
    clearly = training if training.more > CLEARLY else weighing
    chosen = fit[0] if len(fit) == 1 else clearly
    other = weighing if chosen is training else training
    what = "With its network trained further" if other.weights else "Weighed alone"
    mean, low, high = other.learned.gain
    return replace(
        chosen, beside=f"{what} it would have fallen by {mean:.3f} ({low:.3f} to {high:.3f})."
    )


def _by_training(
    lessons: Lessons, model: ModelFolder, weighing: Adaptation, progress: Progress
) -> Improved:
    """Train the last layers further, in the way that did best on patients left out in turn."""
    from viewer.ai.tuning.fitting import Pupil, fitted, scored
    from viewer.ai.tuning.tail import net_of, with_tail

    crops = _crops(lessons, model)
    usable = [one for one in lessons.corrections if one.finding_id in crops]
    learn, held = parted(usable, WITH_CROPS)
    learn = sorted(learn, key=lambda one: one.at)[-MOST_CROPS:]
    net, share = net_of(model.weights), share_of(model.weights)

    def pupil(some: Sequence[Correction], part: Progress) -> Pupil:
        voxels = np.stack([crops[one.finding_id] for one in some])
        return Pupil.of(net, voxels, truth_of(some), share, part)

    known = pupil(learn, Part(progress, 0.0, 0.2))
    kept_aside = pupil(held, Part(progress, 0.2, 0.3))
    way, more = _best_way(net, known, learn, weighing.penalty, Part(progress, 0.3, 0.9))
    tail = fitted(net, known, weighing.odds_of(learn), way, Part(progress, 0.9, 0.99))
    after = _better_than_a_line(learn, held, scored(tail, kept_aside, weighing.odds_of(held)))
    content = packed_weights(with_tail(model.weights, net, tail), model.card.weights_sha256)
    progress.report(1.0, "judged on patients held out")
    learned = replace(
        weighing,
        verdicts=len(learn),
        patients=len(set(patients_of(learn))),
        held_verdicts=len(held),
        held_patients=len(set(patients_of(held))),
        before=after.before,
        after=after.after,
        gain=after.gain,
        tuned_sha256=sha256(content).hexdigest(),
        layers=way.layers,
        anchor=way.anchor,
    )
    return Improved(learned, content, more=more)


def _best_way(
    net: NoduleNet,
    known: Pupil,
    learn: Sequence[Correction],
    penalty: float,
    progress: Progress,
) -> tuple[Way, float]:
    """Choose by patients left out in turn, among those that may be learned from.

    Returns:
        The way, and how much less log loss it had there than weighing alone.
    """
    from viewer.ai.tuning import fitting

    fold = fold_of(patients_of(learn))
    truth, total = truth_of(learn), len(fitting.WAYS) * len(np.unique(fold))
    alone, trained = 0.0, np.zeros(len(fitting.WAYS))
    for place, left in enumerate(np.unique(fold)):
        away, rest = np.flatnonzero(fold == left), np.flatnonzero(fold != left)
        others, those = ([learn[int(row)] for row in rows] for rows in (rest, away))
        start, start_away = weighed_odds(others, those, penalty)
        alone += losses(truth[away], start_away).sum()
        for number, way in enumerate(fitting.WAYS):
            done = place * len(fitting.WAYS) + number
            part = Part(progress, done / total, (done + 1) / total)
            tail = fitting.fitted(net, known.some(rest), start, way, part)
            said = fitting.scored(tail, known.some(away), start_away)
            trained[number] += losses(truth[away], said).sum()
    best = int(np.argmin(trained))
    return fitting.WAYS[best], float(alone - trained[best]) / len(learn)


def _better_than_a_line(
    learn: Sequence[Correction], held: Sequence[Correction], now: Array
) -> Judgement:
    """Judge new scores against those as the model came, if they beat these calibrated, too.

    Else a network could pass that only learned to be less sure of everything.
    """
    factor, shift = calibrated(truth_of(learn), odds_of(learn))
    came = odds_of(held)
    against_a_line = judged(held, factor * came + shift, now)
    return judged(held, came, now) if against_a_line.is_better else against_a_line


def _crops(lessons: Lessons, model: ModelFolder) -> dict[str, NDArray[np.uint8]]:
    """Return the crops that this model can look at, by finding."""
    how = model.card.preparation
    shape = (len(how.steps_mm), *(how.patch_voxels,) * 3)
    return {one.finding_id: one.voxels for one in lessons.crops if one.voxels.shape == shape}
