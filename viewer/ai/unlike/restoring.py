"""The network that mends spoiled slices, and the map of what it changes in slices as they are.

A denoising autoencoder (A. Kascenas et al.: Denoising autoencoders for unsupervised anomaly
detection in brain MRI, MIDL 2022): coarse noise is laid over slices, and the network learns to
give the slice back as it was. What it would change in a slice that nobody spoiled looks to it
like something that does not belong there.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from scipy import ndimage
from torch import Tensor

from viewer.ai.networks.shape import NetworkShape
from viewer.ai.networks.torch_net import Net
from viewer.ai.networks.training import Answers, Batch, Course, Draw, Say, trained
from viewer.ai.unlike.heads import SIDE, Head, Pictures, sampled
from viewer.ai.unlike.lessons import Lesson

SHAPE = NetworkShape(dimensions=2, inputs=2, widths=(12, 24, 48), outputs=1)
"""In: the slice inside the skull, and where that is. Out: log odds of its brightness."""
STEPS = 500
BATCH = 16
COARSE = 12
"""Rows and columns of the noise before it is blown up to a slice."""
NOISE = 0.2


def inputs_of(head: Head) -> Pictures:
    """Return what the network sees of a head (slice, 2, SIDE, SIDE)."""
    return np.stack([head.pictures * head.brain, head.brain.astype(np.float32)], axis=1)


def restorer(lessons: Sequence[Lesson], course: Course, folder: Path, say: Say) -> Net:
    """Train on the slices of some patients that have no box."""
    pool = np.concatenate([inputs_of(one.head)[one.usual] for one in lessons])
    return trained(SHAPE, spoiling(pool), restoring_loss, course, folder, say)


def spoiling(pool: Pictures) -> Draw:
    """Return what draws slices from a pool (n, 2, SIDE, SIDE), turned, flipped and spoiled."""

    def draw(chance: np.random.Generator) -> Batch:
        chosen = pool[chance.integers(len(pool), size=BATCH)]
        turned = np.stack([_turned(one, chance) for one in chosen])
        clean, inside = turned[:, :1], turned[:, 1:]
        spoiled = (clean + _noise(chance, len(chosen)) * inside).clip(0, 1)
        return {"input": np.concatenate([spoiled, inside], axis=1), "clean": clean}

    return draw


def _turned(one: Pictures, chance: np.random.Generator) -> Pictures:
    angle, zoom = np.radians(chance.uniform(-15, 15)), chance.uniform(0.93, 1.07)
    flips = np.where(chance.random(2) < 0.5, -1.0, 1.0)
    cosine, sine = np.cos(angle), np.sin(angle)
    matrix = zoom * np.array([[cosine, -sine], [sine, cosine]]) * flips
    middle = np.full(2, (SIDE - 1) / 2)
    offset = middle - matrix @ middle
    picture = sampled(one[0], matrix, offset, (SIDE, SIDE))
    inside = sampled(one[1], matrix, offset, (SIDE, SIDE)) > 0.5
    picture = picture * chance.uniform(0.9, 1.1) + chance.uniform(-0.03, 0.03)
    return np.stack([picture.clip(0, 1) * inside, inside]).astype(np.float32)


def _noise(chance: np.random.Generator, count: int) -> Pictures:
    """Make coarse noise (count, 1, SIDE, SIDE), shifted so that its grid is nowhere."""
    coarse = chance.normal(0, NOISE, (count, COARSE, COARSE))
    fine = ndimage.zoom(coarse, (1, SIDE / COARSE, SIDE / COARSE), order=1)
    shift = chance.integers(SIDE, size=2)
    return np.roll(fine, tuple(shift), axis=(1, 2))[:, np.newaxis].astype(np.float32)


def restoring_loss(answers: Answers, batch: dict[str, Tensor]) -> Tensor:
    """Return the mean squared difference from the clean slice inside the skull, times 100."""
    odds = answers[0]
    if odds is None:
        raise ValueError("a network that mends slices answers every pixel")
    inside = batch["input"][:, 1:]
    away = (torch.sigmoid(odds) - batch["clean"]) ** 2 * inside
    return 100 * away.sum() / inside.sum().clamp(min=1)


def restored(net: Net, head: Head) -> Pictures:
    """Return the slices (slice, SIDE, SIDE) as the network would have them."""
    with torch.inference_mode():
        odds, _ = net(torch.from_numpy(inputs_of(head)))
    if odds is None:
        raise ValueError("a network that mends slices answers every pixel")
    return np.asarray(torch.sigmoid(odds)[:, 0].numpy())
