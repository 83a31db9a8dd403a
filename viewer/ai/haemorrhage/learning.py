"""Training the network of bleeds, fold by fold, and asking it about heads it never saw."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.ai.haemorrhage.lessons import Lessons, loss
from viewer.ai.haemorrhage.patients import Patient
from viewer.ai.haemorrhage.pictures import NEIGHBOURS
from viewer.ai.networks.shape import NetworkShape
from viewer.ai.networks.torch_net import weights_of
from viewer.ai.networks.training import Course, trained

SHAPE = NetworkShape(2, len(NEIGHBOURS), (12, 24, 48, 64, 64), outputs=2, wholes=1)
"""Outputs: inside the box round the bleed, and the clot; whole: a bleed on the slice."""
SEED = 20
STEPS = 450

Weights = dict[str, NDArray[np.float32]]


def learned(
    patients: Sequence[Patient], name: str, folder: Path, steps: int, *, short: bool
) -> Weights:
    """Train on some heads; a run that was broken off goes on."""
    lessons = Lessons.of(patients)
    course = Course(SEED, steps, fastest=3e-3, name=name, short=short)
    net = trained(SHAPE, lessons.draw, loss, course, folder, lambda said: print(said, flush=True))
    return weights_of(net)
