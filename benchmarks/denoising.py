"""How well noise is taken away where the truth is known, beside simpler ways, and how fast.

    python benchmarks/denoising.py [--slices 16] [--side 256] [--noise 25] [--shared]

A phantom like a chest CT (air, soft tissue, lungs, small round and thin bright things) with
Gaussian noise; with --shared neighbours share their noise, as with smooth kernels, which no
network that learns from its own series can take away. Errors are in HU, PSNR over the whole
range, SSIM in the window -160 to 240. Gaussian and non-local means are shown at several
strengths, which in practice nobody could choose by the truth.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy import ndimage

from viewer.ai.self_denoise import STEPS, denoise
from viewer.core.progress import Silent
from viewer.imaging.enhance import smoothing
from viewer.imaging.enhance.field import Field, Values
from viewer.imaging.enhance.quality import peak_signal_to_noise_db, structural_similarity

WINDOW = (-160.0, 240.0)


def phantom(slices: int, side: int) -> Values:
    """Return a noiseless chest of round and thin things, in HU."""
    z, y, x = np.indices((slices, side, side)).astype(np.float32)
    middle = side / 2
    values = np.full(z.shape, -1000, np.float32)
    values[((y - middle) / (0.42 * side)) ** 2 + ((x - middle) / (0.45 * side)) ** 2 < 1] = 40
    lung = ((y - middle) / (0.3 * side)) ** 2 + ((x - middle * 0.6) / (0.15 * side)) ** 2 < 1
    values[lung] = -850
    random = np.random.default_rng(1)
    for _ in range(120):
        at = random.uniform(0, slices), *random.uniform(0.2 * side, 0.8 * side, 2)
        radius = random.uniform(1.5, 8)
        inside = ((z - at[0]) * 2) ** 2 + (y - at[1]) ** 2 + (x - at[2]) ** 2 < radius**2
        values[inside] += random.choice([-60, 20, 80, 120, 300, 60, 0])
    for _ in range(40):
        angle, away = random.uniform(0, np.pi), random.uniform(-0.3, 0.3) * side
        across = (x - middle) * np.cos(angle) + (y - middle) * np.sin(angle) - away
        line = np.abs(across + (z - slices / 2) * random.uniform(-1, 1))
        values[(line < 1) & (values > -900)] += 60
    return smoothing.gaussian(Field(values), 0.6, Silent())


def noise(shape: tuple[int, ...], sigma: float, *, shared: bool) -> Values:
    """Return Gaussian noise, independent or shared by neighbours within slices."""
    white = np.random.default_rng(0).normal(0, 1, shape)
    if shared:
        white = ndimage.gaussian_filter(white, (0, 0.8, 0.8))
    return np.asarray(white * (sigma / white.std()), np.float32)


def main() -> None:
    """Measure every way and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slices", type=int, default=16)
    parser.add_argument("--side", type=int, default=256)
    parser.add_argument("--noise", type=float, default=25.0)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--shared", action="store_true")
    chosen = parser.parse_args()
    truth = phantom(chosen.slices, chosen.side)
    noisy = truth + noise(truth.shape, chosen.noise, shared=chosen.shared)
    field = Field(noisy)
    ways: list[tuple[str, Callable[[], Values]]] = [("as it is", lambda: noisy)]
    ways += [
        (f"Gaussian {sigma}", partial(smoothing.gaussian, field, sigma, Silent()))
        for sigma in (0.5, 0.7, 1.0)
    ]
    ways += [
        (
            f"non-local means {strength}",
            partial(smoothing.non_local_means, field, strength, Silent()),
        )
        for strength in (0.5, 0.7, 1.0)
    ]
    ways.append(("own network", lambda: denoise(noisy, Silent(), steps=chosen.steps)[0]))
    table = Table(title=f"{truth.shape}, noise {chosen.noise:g} HU")
    for column in ("way", "error in HU", "PSNR in dB", "SSIM", "seconds"):
        table.add_column(column, justify="right")
    for name, work in ways:
        began = time.perf_counter()
        done = work()
        took = time.perf_counter() - began
        error = float(np.sqrt(np.mean((done - truth) ** 2)))
        ratio = peak_signal_to_noise_db(done, truth)
        likeness = structural_similarity(done.clip(*WINDOW), truth.clip(*WINDOW))
        table.add_row(name, f"{error:.1f}", f"{ratio:.1f}", f"{likeness:.3f}", f"{took:.1f}")
    Console().print(table)


if __name__ == "__main__":
    main()
