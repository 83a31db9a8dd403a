"""Which engine computes a network here: the fastest that gives the numbers of its test vector.

The choice is kept in the user's cache, with the versions of the engines; what was kept is taken
only after the test vector came out right again. A network is never computed by an engine that
does not give its numbers, and not at all if none does.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np

from viewer.ai import engines
from viewer.ai.card import Card
from viewer.ai.engine import choices
from viewer.ai.engine.network import Answers, Compute, Floats
from viewer.core.errors import Declined, Unreadable

_LARGEST = {2: 192, 3: 48}
"""Sides of the tile on which engines are compared, at most."""
_ROUNDS = 2
_CLEARLY = 0.9
"""An engine later in the order must take less than this share of the time."""


@dataclass(frozen=True, slots=True)
class EngineTrial:
    """What one engine made of the test vector."""

    engine: str
    seconds: float
    off: float
    """Greatest difference from the outputs that the model came with."""
    problem: str = ""

    def passed(self, tolerance: float) -> bool:
        """Tell whether the numbers are those of the model."""
        return not self.problem and self.off <= tolerance


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Ways to compute one network, by the name of the engine, the one to prefer first."""

    card: Card
    makers: Mapping[str, Callable[[], Compute]] = field(repr=False)
    input: Floats = field(repr=False)
    """Of the test vector (n, channels, ...)."""
    wanted: Answers = field(repr=False)

    @property
    def key(self) -> str:
        """What tells this choice from others: weights, tiles, and versions of the engines."""
        parts = [self.card.weights_sha256, repr(self.card.preparation.tile_voxels)]
        parts += [f"{name} {engines.version(name)}" for name in self.makers]
        return sha256("|".join(parts).encode()).hexdigest()


def chosen(which: Candidates) -> tuple[str, Compute]:
    """Return the engine to use, and the network ready to be asked by it.

    Raises:
        Unreadable: if the network cannot be made at all.
        Declined: if no engine gives the right numbers.
    """
    kept = choices.kept(which.key)
    if kept in which.makers:
        compute, trial = tried(which.makers[kept], kept, which.input, which.wanted)
        if compute is not None and trial.passed(which.card.tolerance):
            return kept, compute
    found = [
        tried(make, engine, which.input, which.wanted) for engine, make in which.makers.items()
    ]
    right = [
        (trial.engine, compute)
        for compute, trial in found
        if compute is not None and trial.passed(which.card.tolerance)
    ]
    if not right:
        raise _wrong(which.card, [trial for _, trial in found])
    best, fastest = right[0], float("inf")
    for engine, compute in right if len(right) > 1 else ():
        seconds = _seconds(compute, _tile_like(which))
        if seconds < fastest * _CLEARLY:
            best, fastest = (engine, compute), seconds
    choices.keep(which.key, best[0])
    return best


def tried(
    make: Callable[[], Compute], engine: str, batch: Floats, wanted: Answers
) -> tuple[Compute | None, EngineTrial]:
    """Make a network ready on one engine, and compare what it answers with what it should."""
    try:
        compute = make()
        compute(batch)  # the first time includes what is made once
        start = time.perf_counter()
        got = compute(batch)
    except Unreadable as why:
        return None, EngineTrial(engine, 0.0, float("inf"), str(why))
    except RuntimeError as why:
        return None, EngineTrial(engine, 0.0, float("inf"), str(why)[:200])
    return compute, EngineTrial(engine, time.perf_counter() - start, _off(wanted, got))


def _off(wanted: Answers, got: Answers) -> float:
    """Return the greatest difference; without limit where one is missing or of another shape."""
    pairs = [(a, b) for a, b in zip(wanted, got, strict=True) if a is not None]
    return max((difference(a, b) for a, b in pairs), default=float("inf"))


def difference(wanted: np.ndarray[tuple[int, ...], np.dtype[np.generic]], got: object) -> float:
    """Return the greatest difference; without limit where shapes differ or nothing compares."""
    if not isinstance(got, np.ndarray) or wanted.shape != got.shape or not wanted.size:
        return float("inf")
    greatest = np.abs(wanted.astype(np.float64) - got.astype(np.float64)).max()
    return float(greatest) if np.isfinite(greatest) else float("inf")


def _tile_like(which: Candidates) -> Floats:
    """Return a batch as large as a tile of this model, within reason."""
    count, channels, *sides = which.input.shape
    tile = which.card.preparation.tile_voxels[-len(sides) :]
    if tile and which.card.network is not None:
        step, most = which.card.network.step, _LARGEST[len(sides)]
        sides = [max(step, min(side, most) // step * step) for side in tile]
        count = 1
    return np.random.default_rng(0).random((count, channels, *sides), dtype=np.float32)


def _seconds(compute: Compute, batch: Floats) -> float:
    compute(batch)
    seconds = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        compute(batch)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def _wrong(card: Card, trials: Sequence[EngineTrial]) -> Declined:
    whys = "; ".join(f"{one.engine}: {one.problem or f'off by {one.off:.3g}'}" for one in trials)
    return Declined(
        f"{card.id} {card.version}: no engine gives the numbers of its test vector,"
        f" {card.tolerance:.2g} is allowed. {whys.rstrip('.')}.",
        code="wrong_numbers",
    )
