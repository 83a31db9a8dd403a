"""A nodule finder with a tiny network, and verdicts of a site with a false mark of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from viewer.ai.card import Card, ModelFolder, load_folder, read_card
from viewer.ai.network import NoduleNet, weights_of
from viewer.ai.ranking import NETWORK_PREFIX
from viewer.ai.tuning.tail import log_odds, net_of
from viewer.ai.tuning.using import share_of, shipped
from viewer.ai.writing import write_folder
from viewer.core.correction import Correction
from viewer.core.crop import Crop

SIDE = 12
WHEN = "2026-01-02T03:04:05"


def small_folder(folder: Path) -> Path:
    """Write a model whose small network knows how crops are spread, and nothing else yet."""
    torch.manual_seed(3)
    net = NoduleNet(width=8).train()
    random = np.random.default_rng(2)
    balls = [crop_of("", hollow=bool(number % 2), random=random).voxels for number in range(32)]
    with torch.no_grad():
        for _ in range(20):
            net(torch.from_numpy(np.stack(balls) / np.float32(255)))
    card = read_card(shipped("lung_nodules"))
    count = len(card.features)
    # rounded, so that the hash, by which patients are held out, is the same on every processor
    weights = {NETWORK_PREFIX + name: value.round(3) for name, value in weights_of(net).items()}
    weights |= {
        "features.mean": np.zeros(count, np.float32),
        "features.scale": np.ones(count, np.float32),
        "odds.weight": np.array([*[0.5] * count, 1.3], np.float32),
        "odds.bias": np.zeros(1, np.float32),
    }
    preparation = replace(card.preparation, patch_voxels=SIDE)
    write_folder(folder, _bare(card, preparation), weights, {})
    return folder


def _bare(card: Card, preparation) -> Card:
    return replace(card, preparation=preparation, tolerance=0.5)


def crop_of(id_: str, *, hollow: bool, random: np.random.Generator) -> Crop:
    """Draw a ball in both cubes; a hollow one is the false mark."""
    away = np.linalg.norm(np.indices((SIDE,) * 3) - (SIDE - 1) / 2, axis=0)
    radius = random.uniform(3, 5)
    ball = np.where(away < radius, 200.0, 20.0)
    if hollow:
        ball[away < 0.55 * radius] = 20.0
    noisy = ball + random.normal(0, 8, (2, *ball.shape))
    return Crop(id_, noisy.clip(0, 255).astype(np.uint8))


def site(
    model: ModelFolder, *, patients: int = 60, shuffled: bool = False, seed: int = 5
) -> tuple[tuple[Correction, ...], tuple[Crop, ...]]:
    """Verdicts by which balls are right and hollow ones wrong; both scored alike before."""
    random = np.random.default_rng(seed)
    hollow = [bool(number % 2) for number in range(patients * 3)]
    crops = tuple(
        crop_of(f"f{number}", hollow=one, random=random) for number, one in enumerate(hollow)
    )
    seen = share_of(model.weights) * log_odds(
        net_of(model.weights), np.stack([c.voxels for c in crops])
    )
    right = np.array([not one for one in hollow])
    if shuffled:
        right = random.permutation(right)
    corrections = tuple(
        Correction(
            crop.finding_id,
            model.card.weights_sha256,
            f"p{number // 3}",
            f"7.{number // 3}",
            WHEN,
            bool(right[number]),
            (("look", float(seen[number])), ("size", float(random.normal(0, 0.5)))),
        )
        for number, crop in enumerate(crops)
    )
    return corrections, crops


def small_model(folder: Path) -> ModelFolder:
    """Write the model and load it."""
    return load_folder(small_folder(folder))
