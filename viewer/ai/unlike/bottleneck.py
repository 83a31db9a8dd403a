"""The autoencoder of the textbooks: slices through a bottleneck, and what does not come out.

A rival of `restoring`, not a model that ships.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor, nn

from viewer.ai.unlike.heads import Head, Pictures, unlikeness
from viewer.ai.unlike.lessons import Lesson
from viewer.ai.unlike.restoring import inputs_of, spoiling
from viewer.ai.unlike.rivals import Mapper

WIDTHS = (2, 16, 32, 48)
NARROW = 12
"""Channels of the narrowest place, which is an eighth as wide and high as a slice."""


class Bottleneck(nn.Module):
    """Three halvings, a narrow place, three doublings, and no way around."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for a, b in pairwise(WIDTHS):
            layers += [nn.Conv2d(a, b, 4, 2, 1), nn.BatchNorm2d(b), nn.ReLU(inplace=True)]
        layers += [nn.Conv2d(WIDTHS[-1], NARROW, 1), nn.Conv2d(NARROW, WIDTHS[-1], 1)]
        for a, b in pairwise((*WIDTHS[:0:-1], 1)):
            layers += [nn.ReLU(inplace=True), nn.ConvTranspose2d(a, b, 4, 2, 1)]
        self.layers = nn.Sequential(*layers)

    def forward(self, pictures: Tensor) -> Tensor:
        """Return slices (n, 1, rows, columns) from slices with their inside (n, 2, ...)."""
        back: Tensor = torch.sigmoid(self.layers(pictures))
        return back


def through_bottleneck(lessons: Sequence[Lesson], *, steps: int, seed: int) -> Mapper:
    """Train on the slices of some patients that have no box; return what maps a head."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    net = Bottleneck()
    optimiser = torch.optim.AdamW(net.parameters(), lr=3e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    draw = spoiling(np.concatenate([inputs_of(one.head)[one.usual] for one in lessons]))
    for step in range(steps):
        batch = draw(np.random.default_rng([seed, step]))
        clean = torch.from_numpy(batch["clean"])
        inside = torch.from_numpy(batch["input"][:, 1:])
        back = net(torch.cat([clean, inside], dim=1))
        loss = ((back - clean) ** 2 * inside).sum() / inside.sum()
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
        schedule.step()
    net.eval()

    def mapped(head: Head) -> Pictures:
        with torch.inference_mode():
            back = net(torch.from_numpy(inputs_of(head)))[:, 0].numpy()
        return unlikeness(head, back)

    return mapped
