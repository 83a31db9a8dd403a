"""Denoising by a small network that learns from the noisy series itself, on this computer.

The network never sees the voxel it is to predict (Batson and Royer: Noise2Self, 2019; a blind
spot by one masked and then dilated convolutions, Wu et al. 2020), so all it can learn is what
neighbours tell, and noise that is independent from voxel to voxel cannot be learned. What it
predicts and what was measured are then weighed by how well they agree (Laine et al. 2019):
where the network fails, the measured value stays.

Noise that neighbours share (smooth CT kernels, zero-filled MR) is not taken away;
`Facts.correlation` says how much of it there is.
"""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from viewer.core.errors import Declined
from viewer.core.progress import Part, Progress
from viewer.core.volume import Volume
from viewer.imaging.enhance.derive import field_of, padding_of
from viewer.imaging.enhance.noise import correlation_of, noise_of_all, weighed

WIDTH = 24
LAYERS = 3
STEPS = 400
BATCH = 12
PATCH = 64
FASTEST = 4e-3
_SCALE = 6.0
"""Values are given to the network in so many standard deviations of the noise."""
_SHARED = 0.3
"""Correlation of noise from slice to slice above which neighbouring slices are not looked at."""
_SMALLEST = 32
_FEWEST = 4
_MOST_THREADS = 4
_LEAST_NOISE = 1e-6

Values = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Facts:
    """What must be known of a network that was trained for one series."""

    seed: int
    steps: int
    noise: float
    """Standard deviation of the noise, in the unit of the image."""
    correlation: float
    """Of the noise of neighbours in a slice: 0 for none."""
    slices_seen: int
    weights: int
    sha256: str
    first_loss: float
    last_loss: float

    def lines(self, unit: str) -> tuple[str, ...]:
        """Return them as lines of provenance."""
        said = f"{self.noise:.3g} {unit}".rstrip()
        found = [
            "Denoised by a blind-spot network (Noise2Self) trained on this series alone",
            f"network of {self.weights} weights, {self.slices_seen} neighbouring slices seen",
            f"{self.steps} steps, seed {self.seed}, torch {torch.__version__}",
            f"loss {self.first_loss:.3f} to {self.last_loss:.3f}",
            f"SHA-256 of the weights {self.sha256}",
            f"estimated noise {said}, correlation of neighbours {self.correlation:.2f}",
        ]
        if self.correlation > _SHARED:
            found.append(SHARED_NOISE)
        return tuple(found)


SHARED_NOISE = "Neighbouring voxels share their noise; the part that they share is still there."


class BlindNet(nn.Module):
    """Predicts the middle slice of (batch, slices, row, column) without the voxel itself."""

    def __init__(self, slices: int) -> None:
        super().__init__()
        self._middle = slices // 2
        self.own = nn.Conv2d(1, WIDTH, 3, padding=1)
        self.beside = nn.Conv2d(slices - 1, WIDTH, 3, padding=1) if slices > 1 else None
        self.wider = nn.ModuleList(nn.Conv2d(WIDTH, WIDTH, 3, padding=1) for _ in range(LAYERS))
        self.mixed = nn.Conv2d(WIDTH * (LAYERS + 1), WIDTH * 2, 1)
        self.last = nn.Conv2d(WIDTH * 2, 1, 1)
        blind = torch.ones(1, 1, 3, 3)
        blind[..., 1, 1] = 0
        self.register_buffer("blind", blind, persistent=False)
        ring = torch.tensor([[0.0, 0.25, 0.0], [0.25, 0.0, 0.25], [0.0, 0.25, 0.0]])
        self.register_buffer("ring", ring[None, None], persistent=False)

    def forward(self, slices: Tensor) -> Tensor:
        """Return (batch, 1, row, column)."""
        own = slices[:, self._middle : self._middle + 1]
        blind, ring = self.get_buffer("blind"), self.get_buffer("ring")
        seen = functional.conv2d(own, self.own.weight * blind, self.own.bias, padding=1)
        if self.beside is not None:
            others = [n for n in range(slices.shape[1]) if n != self._middle]
            seen = seen + self.beside(slices[:, others])
        seen = _parted(functional.leaky_relu(seen, 0.1))
        levels = [seen]
        for layer in self.wider:
            levels.append(functional.leaky_relu(layer(levels[-1]), 0.1))
        mixed = functional.leaky_relu(self.mixed(torch.cat(levels, 1)), 0.1)
        around = functional.conv2d(functional.pad(own, (1, 1, 1, 1), "reflect"), ring)
        found: Tensor = around + _joined(self.last(mixed), len(slices))
        return found


def _parted(pictures: Tensor) -> Tensor:
    """Part pictures into four by odd and even rows and columns, each a picture of its own.

    A convolution of these is one that looks at every second voxel of the whole, but quicker.
    """
    many, depth, height, width = pictures.shape
    parts = pictures.view(many, depth, height // 2, 2, width // 2, 2).permute(3, 5, 0, 1, 2, 4)
    parts = parts.reshape(4 * many, depth, height // 2, width // 2)
    return parts.contiguous(memory_format=torch.channels_last)


def _joined(parts: Tensor, many: int) -> Tensor:
    """Put pictures together again that `_parted` has parted."""
    _, depth, height, width = parts.shape
    pictures = parts.reshape(2, 2, many, depth, height, width).permute(2, 3, 4, 0, 5, 1)
    return pictures.reshape(many, depth, 2 * height, 2 * width)


def denoise(
    values: Values, progress: Progress, *, seed: int = 0, steps: int = STEPS
) -> tuple[Values, Facts]:
    """Train on values (slice, row, column), all of them known, and return them with less noise.

    The same seed gives the same result on the same computer.

    Raises:
        Declined: if there is too little to learn from, or no noise.
        Cancelled: if the work is no longer wanted.
    """
    if min(values.shape[1:]) < _SMALLEST:
        raise Declined("Slices of less than 32 x 32 are too small to learn from.", code="too_small")
    progress.report(0.0, "measuring the noise")
    noise = noise_of_all(values)
    if noise <= _LEAST_NOISE * max(float(np.ptp(values)), _LEAST_NOISE):
        raise Declined("There is no noise in this series.", code="no_noise")
    flat, upright = correlation_of(values, noise)
    slices = 3 if len(values) >= 3 and upright < _SHARED else 1
    torch.manual_seed(seed)
    torch.set_num_threads(1)  # small pictures: threads would wait for one another
    net = BlindNet(slices)
    middle = float(np.median(values[:: max(len(values) // 16, 1), ::4, ::4]))
    scaled = (values - np.float32(middle)) / np.float32(noise * _SCALE)
    first, last = _train(net, scaled, seed, steps, Part(progress, 0.02, 0.65))
    result = _predict(net, scaled, Part(progress, 0.65, 1.0))
    result *= np.float32(noise * _SCALE)
    result += np.float32(middle)
    for index in range(len(values)):
        result[index] = weighed(values[index], result[index], noise)
    facts = Facts(
        seed=seed,
        steps=steps,
        noise=noise,
        correlation=flat,
        slices_seen=slices - 1,
        weights=sum(one.numel() for one in net.parameters()),
        sha256=_hash(net),
        first_loss=first,
        last_loss=last,
    )
    progress.report(1.0)
    return result, facts


def _train(
    net: BlindNet, scaled: Values, seed: int, steps: int, progress: Progress
) -> tuple[float, float]:
    """Take some steps on patches from everywhere; return the loss at the beginning and the end."""
    random = np.random.default_rng(seed)
    walk = torch.optim.Adam(net.parameters(), lr=FASTEST)
    pace = torch.optim.lr_scheduler.OneCycleLR(walk, FASTEST, total_steps=steps, pct_start=0.15)
    losses = []
    for number in range(steps):
        batch = torch.from_numpy(_patches(scaled, net, random))
        truth = batch[:, batch.shape[1] // 2, None]
        edge = 2 * LAYERS + 1
        inner = (..., slice(edge, -edge), slice(edge, -edge))
        loss = functional.smooth_l1_loss(net(batch)[inner], truth[inner], beta=3 / _SCALE)
        walk.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        walk.step()
        pace.step()
        losses.append(float(loss.detach()))
        progress.report((number + 1) / steps, f"learning, step {number + 1} of {steps}")
    few = max(steps // 10, 1)
    return float(np.mean(losses[:few])), float(np.mean(losses[-few:]))


def _patches(scaled: Values, net: BlindNet, random: np.random.Generator) -> Values:
    """Cut patches of (slices, PATCH, PATCH), mirrored by chance; half of them where much is."""
    reach = 0 if net.beside is None else 1
    depth, height, width = scaled.shape
    down, across = (min(PATCH, side - side % 2) for side in (height, width))
    drawn: list[Values] = []
    many = int(np.clip(scaled.size // PATCH**2, _FEWEST, BATCH))
    while len(drawn) < 2 * many:
        z = int(random.integers(reach, depth - reach))
        y = int(random.integers(0, height - down + 1))
        x = int(random.integers(0, width - across + 1))
        drawn.append(scaled[z - reach : z + reach + 1, y : y + down, x : x + across])
    busy = sorted(range(many), key=lambda n: -float(drawn[n][reach].std()))[: many // 2]
    chosen = [drawn[n] for n in (*busy, *range(many, 2 * many - len(busy)))]
    turns = random.integers(0, 2, (len(chosen), 2)) * 2 - 1
    return np.stack(
        [one[:, :: turn[0], :: turn[1]] for one, turn in zip(chosen, turns, strict=True)]
    )


def _predict(net: BlindNet, scaled: Values, progress: Progress) -> Values:
    """Return what the network makes of every slice, as many at a time as there are processors."""
    net.eval()
    reach = 0 if net.beside is None else 1
    result = np.empty_like(scaled)
    last = len(scaled) - 1
    even = ((0, 0), (0, scaled.shape[1] % 2), (0, scaled.shape[2] % 2))

    def one(index: int) -> None:
        near = [last - abs(last - abs(index + k)) for k in range(-reach, reach + 1)]
        with torch.inference_mode():
            found = net(torch.from_numpy(np.pad(scaled[near], even, "edge"))[None])
        result[index] = found[0, 0, : scaled.shape[1], : scaled.shape[2]].numpy()

    with ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST_THREADS), "denoise") as pool:
        jobs = [pool.submit(one, index) for index in range(len(scaled))]
        try:
            for done, job in enumerate(jobs, start=1):
                job.result()
                progress.report(done / len(jobs), f"slice {done} of {len(jobs)}")
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return result


def _hash(net: BlindNet) -> str:
    digest = hashlib.sha256()
    for name, weight in sorted(net.state_dict().items()):
        digest.update(name.encode())
        digest.update(weight.detach().contiguous().numpy().tobytes())
    return digest.hexdigest()


def denoised_volume(
    volume: Volume, progress: Progress, *, seed: int = 0, steps: int = STEPS
) -> tuple[Volume, Facts]:
    """Return a volume with less noise, its provenance saying how, and what must be known.

    Raises:
        Declined: if there is too little to learn from, or no noise.
        Cancelled: if the work is no longer wanted.
    """
    progress.report(0.0, "values")
    field = field_of(volume)
    values, facts = denoise(field.filled().values, progress, seed=seed, steps=steps)
    told = ("Derived: denoised by a network trained on this series.", *facts.lines(volume.unit))
    made = replace(
        volume,
        voxels=field.restored(values),
        slope=1.0,
        intercept=0.0,
        padding=padding_of(volume),
        provenance=(*volume.provenance, *told),
    )
    return made, facts
