"""Reading the slices of one head, wherever they come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.ai.card import Card, load_folder, tensors
from viewer.ai.engine.asking import network_runner
from viewer.ai.engine.network import Network
from viewer.ai.haemorrhage.brightness import Brightness, brightness_of
from viewer.ai.haemorrhage.marks import (
    MARK_FEATURES,
    Mark,
    Seen,
    marks_of,
    seen_by,
    slice_features,
)
from viewer.ai.haemorrhage.pictures import Bytes, Frame, frame_of, framed
from viewer.ai.haemorrhage.scores import FILE, Scores, bleed_features
from viewer.core.finding import Reason
from viewer.core.progress import Progress

SHOWN = 0.05
"""Bleeds less likely than this are noise and are left out."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """All that reads: the network and the regressions, with their card."""

    card: Card
    network: Network
    scores: Scores


@dataclass(frozen=True, slots=True, eq=False)
class Bleed:
    """What hangs together over slices: its marks, the surest first, and its score."""

    marks: tuple[Mark, ...]
    score: float
    reasons: tuple[Reason, ...] = field(repr=False)
    """What pushed the score of its surest mark."""


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What is said of a head: scores of its slices, its bleeds, the surest first."""

    frame: Frame
    seen: Seen
    light: Brightness
    slices: NDArray[np.float64]
    bleeds: tuple[Bleed, ...]

    @property
    def score(self) -> float:
        """Of the whole head: that of its surest bleed."""
        return max((one.score for one in self.bleeds), default=0.0)

    def surest(self, most: int) -> list[int]:
        """Return the slices with the highest scores, the highest first."""
        return sorted(range(len(self.slices)), key=lambda k: (-self.slices[k], k))[:most]


def load_model(folder: Path) -> Model:
    """Load the network and the regressions.

    Raises:
        Unreadable: if a file is damaged.
    """
    model = load_folder(folder)
    scores = Scores.kept(tensors(folder, FILE, model.card))
    return Model(model.card, network_runner(model), scores)


def read_slices(pictures: Bytes, model: Model, progress: Progress) -> Said:
    """Read pictures (slices, rows, columns) in the brain window, front at the top if known.

    Raises:
        Declined: if there is no head on them.
    """
    progress.report(0.0, "finding the head")
    frame = frame_of(pictures)
    slices = framed(pictures, frame)
    progress.report(0.2, "looking for bleeds")
    seen = seen_by(model.network, slices)
    progress.report(0.8, "looking for bleeds")
    light = brightness_of(slices)
    scores = model.scores
    said = scores.slices(slice_features(seen, light))
    return Said(frame, seen, light, said, bleeds_said(marks_of(seen, light), scores))


def bleeds_said(marks: list[Mark], scores: Scores) -> tuple[Bleed, ...]:
    """Put marks together to bleeds with their scores and reasons, the surest first."""
    if not marks:
        return ()
    rows = np.array([mark.features for mark in marks])
    likely, pushes = scores.marks(rows), scores.marks.pushes(rows)
    found = []
    for bleed, features in bleed_features(marks, likely).items():
        of = sorted(
            (k for k, mark in enumerate(marks) if mark.bleed == bleed), key=lambda k: -likely[k]
        )
        score = float(scores.bleeds(features[None])[0])
        best = of[0]
        reasons = tuple(
            Reason(name, round(float(value), 3), "", round(float(push), 3))
            for name, value, push in zip(MARK_FEATURES, rows[best], pushes[best], strict=True)
        )
        found.append(Bleed(tuple(marks[k] for k in of), score, reasons))
    found.sort(key=lambda one: (-one.score, one.marks[0].slice, one.marks[0].box))
    return tuple(one for one in found if one.score >= SHOWN)
