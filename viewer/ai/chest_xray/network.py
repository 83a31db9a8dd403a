"""The small network: how pictures are drawn for it, how it learns, what it says.

Augmentation turns, shifts, stretches, shades and blots out parts; it never mirrors, for the heart
lies left and its shadow belongs to what is normal. Importing this imports torch.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from viewer.ai.chest_xray.picture import SIDE, Grey
from viewer.ai.networks.shape import NetworkShape
from viewer.ai.networks.torch_net import Net
from viewer.ai.networks.training import Answers, Batch, Course, Say, trained

SHAPE = NetworkShape(dimensions=2, inputs=1, widths=(8, 16, 32, 64, 96), wholes=1)
STEPS, BATCH, FASTEST = 240, 24, 3e-3
SEED = 6
SMOOTHED = 0.03
"""How far labels are drawn from 0 and 1: some of them are wrong."""
_TURN, _ZOOM, _STRETCH, _SHIFT = 8.0, 0.10, 0.08, 0.06
_BLOT = (6, 20)
_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Plan:
    """How long networks learn here, and where their runs are kept."""

    folder: Path
    steps: int = STEPS
    say: Say = print

    def learned(self, pictures: Grey, labels: NDArray[np.bool_], name: str) -> Net:
        """Learn from pictures (n, SIDE, SIDE); `name` tells this run from the others."""
        mark = crc32(labels.tobytes(), crc32(np.ascontiguousarray(pictures).tobytes()))
        course = Course(
            seed=SEED, steps=self.steps, fastest=FASTEST, decay=0.02, name=f"{name} {mark:08x}"
        )
        return trained(SHAPE, drawing(pictures, labels), entropy, course, self.folder, self.say)


def drawing(pictures: Grey, labels: NDArray[np.bool_]) -> Callable[[np.random.Generator], Batch]:
    """Return what draws batches, as many ill as healthy."""
    sides = (np.flatnonzero(labels), np.flatnonzero(~labels))

    def draw(random: np.random.Generator) -> Batch:
        rows = np.concatenate([random.choice(side, BATCH // 2) for side in sides])
        inputs = np.stack([varied(pictures[row], random) for row in rows])
        truth = labels[rows].astype(np.float32)
        return {"input": inputs[:, None], "truth": truth[:, None]}

    return draw


def varied(picture: Grey, random: np.random.Generator) -> Grey:
    """Turn, shift, stretch, shade and blot out parts of a picture (SIDE, SIDE)."""
    turn = np.radians(random.uniform(-_TURN, _TURN))
    zoom = 1 + random.uniform(-_ZOOM, _ZOOM)
    wide, high = zoom * (1 + random.uniform(-_STRETCH, _STRETCH, 2))
    middle = (SIDE - 1) / 2
    linear = np.array(
        [
            [wide * np.cos(turn), -high * np.sin(turn)],
            [wide * np.sin(turn), high * np.cos(turn)],
        ]
    )
    shift = middle - linear @ [middle, middle] + random.uniform(-_SHIFT, _SHIFT, 2) * SIDE
    moved = cv2.warpAffine(
        picture, np.column_stack([linear, shift]), (SIDE, SIDE), borderMode=cv2.BORDER_REFLECT_101
    )
    shaded = moved * random.uniform(0.85, 1.15) + _shade(random)
    if random.random() < 0.5:
        high, wide = random.integers(*_BLOT, 2)
        top, left = random.integers(0, SIDE - high), random.integers(0, SIDE - wide)
        shaded[top : top + high, left : left + wide] = random.uniform(-1, 1)
    return np.asarray(shaded, np.float32)


def _shade(random: np.random.Generator) -> Grey:
    coarse = random.normal(0, 0.15, (3, 3)).astype(np.float32)
    shade = cv2.resize(coarse, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    return np.asarray(shade + random.normal(0, 0.05, (SIDE, SIDE)), np.float32)


def entropy(answers: Answers, batch: dict[str, Tensor]) -> Tensor:
    """Return the cross entropy of the answers for whole pictures, labels not quite sure."""
    whole = answers[1]
    if whole is None:
        raise ValueError("the network answers no picture as a whole")
    return binary_cross_entropy_with_logits(whole, batch["truth"] * (1 - 2 * SMOOTHED) + SMOOTHED)


def log_odds(net: Net, pictures: Grey) -> NDArray[np.float64]:
    """Return what a network says of pictures (n, SIDE, SIDE)."""
    found = []
    with torch.inference_mode():
        for start in range(0, len(pictures), _AT_ONCE):
            part = torch.from_numpy(np.ascontiguousarray(pictures[start : start + _AT_ONCE, None]))
            _, whole = net(part)
            found.append(whole[:, 0].double().numpy())
    return np.concatenate(found)
