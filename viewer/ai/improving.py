"""Improving a model by verdicts: pushes weighed anew, or its network trained further.

Both are tried where there is what they need. What is better for sure on the patients held out may
be used; of two such ways the one that did better on patients left out in turn among those learned
from, and where they do about as well the simpler one: weighing. Meant for a worker process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.ai.adapting import Adaptation, Weighing, weighed
from viewer.ai.card import ModelFolder, load_folder
from viewer.ai.tuning.using import share_of, tunable
from viewer.ai.tuning.weights import packed_weights
from viewer.ai.verdicts import (
    Array,
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

CLEARLY = 0.005
"""By so much log loss training further must do better than weighing, or weighing is used."""
MOST_CROPS = 1500
"""The latest so many are learned from: more would take long on two cores."""
WITH_CROPS = "with image crops"


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """Verdicts on one model, and the crops of those that have one.

    `folder` is that of the model, empty for one that can only be weighed.
    """

    corrections: tuple[Correction, ...]
    crops: tuple[Crop, ...] = field(default=(), repr=False)
    folder: Path | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Improved:
    """The better of what was learned; `weights` is the file of a network trained further.

    `beside` says in sentences what came of the other way.
    """

    learned: Adaptation
    weights: bytes = field(default=b"", repr=False)
    beside: str = ""
    left_out_gain: float = 0.0
    """Log loss saved on patients left out in turn, among those learned from."""


def improved(lessons: Lessons, made_at: str, progress: Progress) -> Improved:
    """Learn from verdicts in both ways; return the better one.

    Raises:
        Declined: if there are too few verdicts for either.
        Unreadable: if the model is damaged.
    """
    model = None if lessons.folder is None else load_folder(lessons.folder)
    first = _by_weighing(weighed(lessons.corrections, made_at, Part(progress, 0.0, 0.1)))
    if model is None or not tunable(model.card):
        return first
    if not lessons.crops:
        return replace(first, beside="Without image crops its network is not trained further.")
    try:
        second = _by_training(lessons, model, made_at, Part(progress, 0.1, 1.0))
    except Declined as why:
        if why.code != "too_few_verdicts":
            raise
        return replace(first, beside=f"Its network was not trained further: {why}")
    return better(first, second)


def better(weighing: Improved, training: Improved) -> Improved:
    """Return the way that is used, with a word about the other."""
    fit = [one for one in (weighing, training) if one.learned.is_better]
    gain = training.left_out_gain - weighing.left_out_gain
    chosen = fit[0] if len(fit) == 1 else training if gain > CLEARLY else weighing
    other = weighing if chosen is training else training
    return replace(chosen, beside=_beside(other))


def _beside(other: Improved) -> str:
    what = "Training its network further" if other.weights else "Weighing its reasons anew"
    mean, low, high = other.learned.gain
    return f"{what} would have saved {mean:.3f} ({low:.3f} to {high:.3f})."


def _by_weighing(made: Weighing) -> Improved:
    return Improved(made.learned, left_out_gain=made.loss_before - made.loss)


def _by_training(
    lessons: Lessons, model: ModelFolder, made_at: str, progress: Progress
) -> Improved:
    """Train the last layers further, in the way that did best on patients left out in turn."""
    from viewer.ai.tuning import fitting
    from viewer.ai.tuning.tail import net_of, with_net

    crops = _crops(lessons, model)
    usable = [one for one in lessons.corrections if one.finding_id in crops]
    learn, held = parted(usable, WITH_CROPS)
    learn = sorted(learn, key=lambda one: one.at)[-MOST_CROPS:]
    net, share = net_of(model.weights), share_of(model.weights)

    def prepared(some: Sequence[Correction], part: Progress) -> fitting.Lessons:
        voxels = np.stack([crops[one.finding_id] for one in some])
        return fitting.lessons(net, voxels, odds_of(some), truth_of(some), share, part)

    known = prepared(learn, Part(progress, 0.0, 0.2))
    kept_aside = prepared(held, Part(progress, 0.2, 0.3))
    fold = fold_of(patients_of(learn))
    losses_left_out = []
    for number, way in enumerate(fitting.WAYS):
        left_out = np.zeros(len(learn))
        for place, left in enumerate(np.unique(fold)):
            done = 0.3 + 0.6 * (number + place / len(np.unique(fold))) / len(fitting.WAYS)
            part = Part(progress, done, done + 0.6 / len(np.unique(fold)) / len(fitting.WAYS))
            away, rest = np.flatnonzero(fold == left), np.flatnonzero(fold != left)
            tail = fitting.fitted(net, known.of(rest), way, part)
            left_out[away] = fitting.scored(tail, known.of(away))
        losses_left_out.append(_loss(learn, left_out))
    best = int(np.argmin(losses_left_out))
    way = fitting.WAYS[best]
    tail = fitting.fitted(net, known, way, Part(progress, 0.9, 0.99))
    after = judged(held, odds_of(held), fitting.scored(tail, kept_aside))
    net.blocks[-1], net.head = tail.block, tail.head
    content = packed_weights(with_net(model.weights, net), model.card.weights_sha256)
    progress.report(1.0, "judged on patients held out")
    learned = Adaptation(
        model.card.weights_sha256,
        (),
        0.0,
        way.anchor,
        made_at,
        len(learn),
        len(set(patients_of(learn))),
        len(held),
        len(set(patients_of(held))),
        after.before,
        after.after,
        after.gain,
        sha256(content).hexdigest(),
        way.layers,
    )
    gain = _loss(learn, odds_of(learn)) - losses_left_out[best]
    return Improved(learned, content, left_out_gain=gain)


def _crops(lessons: Lessons, model: ModelFolder) -> dict[str, NDArray[np.uint8]]:
    """Return the crops that this model can look at, by finding."""
    how = model.card.preparation
    shape = (len(how.steps_mm), *(how.patch_voxels,) * 3)
    return {one.finding_id: one.voxels for one in lessons.crops if one.voxels.shape == shape}


def _loss(some: Sequence[Correction], odds: Array) -> float:
    return float(losses(truth_of(some), odds).mean())
