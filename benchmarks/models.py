"""Measure models: seconds, memory, and how much faster one engine is than another.

Each model is asked about the same batch by every engine that can compute it, turn by turn in the
same run; the median of the rounds counts, and the ratio is that of torch (or of the first engine)
to the engine. The largest difference of what they answer is given beside it. Memory is what a
process of its own needed more at its peak than before it asked, in bytes per voxel of input too,
beside what the guard of the engine reckons with. On a computer that does other things at the
same time the ratio of processor time is the better one.

    python benchmarks/models.py [--folder DIR] [--quick] [--rounds 7] [--only ID]

Built-in models, those of a folder of added ones, and three networks with drawn weights whose
sizes never change ("phantom"), so that runs on different computers can be compared.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray

from viewer.ai import engines
from viewer.ai.card import ONNX, TEST_VECTOR, Card, load_folder, tensors, vouched
from viewer.ai.engine.asking import TORCH, floats_per_voxel, makers_of, shape_of
from viewer.ai.engine.meaning import INPUT, meaning_of
from viewer.ai.engine.network import Answers, Compute, Floats, by_onnx
from viewer.ai.networks.shape import NetworkShape
from viewer.ai.registry import Registry
from viewer.ai.trial import try_model
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Silent

SEED = 6
PHANTOMS = {
    "phantom_3d": (NetworkShape(dimensions=3, inputs=2, widths=(16, 32, 64), outputs=2), 64),
    "phantom_2d": (NetworkShape(dimensions=2, inputs=3, widths=(16, 32, 64, 128), outputs=1), 256),
    "phantom_whole": (NetworkShape(dimensions=2, inputs=1, widths=(16, 32, 64, 64), wholes=1), 256),
}
"""Shape, and the side of the picture."""
QUICK_SIDE = {2: 128, 3: 32}
WHOLE_TILE = {2: 256, 3: 64}
"""Sides of the batch for cards that name no tile."""


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """One model: what makes it ready on each engine, and what it is asked."""

    name: str
    makers: Mapping[str, Callable[[], Compute]] = field(repr=False)
    batch: Floats = field(repr=False)
    reckoned: float = 0.0
    """Numbers per voxel of input that the memory guard reckons with."""


def subjects(folder: Path | None, *, quick: bool) -> Iterator[Subject | str]:
    """Go through all models; a text where one cannot be measured engine by engine."""
    for name, (shape, usual) in PHANTOMS.items():
        side = QUICK_SIDE[shape.dimensions] if quick else usual
        weights = drawn(shape)
        batch = batch_of(shape.inputs, (side,) * shape.dimensions)
        yield Subject(name, makers_of(shape, weights), batch, floats_per_voxel(shape))
    registry = Registry(folder or Path("/nonexistent"))
    for entry in registry.entries():
        if entry.card is None:
            yield f"{entry.id}: {entry.problem}"
            continue
        try:
            yield subject(entry.folder, entry.card, quick=quick) or of_its_own(entry.folder)
        except (Declined, Unreadable) as why:
            yield f"{entry.id}: {why}"


def subject(folder: Path, card: Card, *, quick: bool) -> Subject | None:
    """Return a model that several engines can compute, None for others."""
    if card.architecture == "network":
        shape = shape_of(card)
        count = shape.dimensions
        sides = card.preparation.tile_voxels[-count:] or (WHOLE_TILE[count],) * count
        if quick:
            sides = tuple(min(side, QUICK_SIDE[count]) for side in sides)
        sides = tuple(max(1, side // shape.step) * shape.step for side in sides)
        makers = makers_of(shape, load_folder(folder).weights)
        return Subject(card.id, makers, batch_of(shape.inputs, sides), floats_per_voxel(shape))
    if card.architecture == "onnx" and card.preparation.channels:
        content = vouched(folder, ONNX, card)
        vector = tensors(folder, TEST_VECTOR, card)
        names = meaning_of(vector, card).names
        makers = {one: partial(by_onnx, one, content, names) for one in engines.installed()}
        return Subject(card.id, makers, vector[INPUT + names.input])
    return None


def of_its_own(folder: Path) -> str:
    """Return what the test vector of a model without networks of engines takes."""
    before, start = psutil.Process().memory_info().rss, time.perf_counter()
    trial = try_model(folder, Silent())
    seconds = time.perf_counter() - start
    held = max(0, psutil.Process().memory_info().rss - before) / 2**20
    best = trial.best
    found = f"off by {best.off:.1g}" if best else "WRONG"
    asked = f"{1000 * best.seconds:.1f} ms asked" if best else ""
    return f"{trial.id}: files and test vector {seconds:.2f} s, {asked}, {held:.0f} MB, {found}"


def drawn(shape: NetworkShape) -> dict[str, NDArray[np.float32]]:
    import torch

    from viewer.ai.networks.torch_net import Net, weights_of

    torch.manual_seed(SEED)
    return weights_of(Net(shape))


def batch_of(channels: int, sides: Sequence[int]) -> Floats:
    return np.random.default_rng(SEED).random((1, channels, *sides), dtype=np.float32)


def off(a: Answers, b: Answers) -> float:
    """Return the greatest difference of two answers."""
    pairs = [(x, y) for x, y in zip(a, b, strict=True) if x is not None and y is not None]
    return max(float(np.abs(x - y).max()) for x, y in pairs)


def measure(one: Subject, rounds: int, arguments: Sequence[str]) -> None:
    """Ask turn by turn, print a line for each engine."""
    ready = {engine: make() for engine, make in one.makers.items()}
    first = {engine: compute(one.batch) for engine, compute in ready.items()}
    taken: dict[str, list[float]] = {engine: [] for engine in ready}
    worked: dict[str, list[float]] = {engine: [] for engine in ready}
    for _ in range(rounds):
        for engine, compute in ready.items():
            start, start_cpu = time.perf_counter(), time.process_time()
            compute(one.batch)
            taken[engine].append(time.perf_counter() - start)
            worked[engine].append(time.process_time() - start_cpu)
    rival = TORCH if TORCH in ready else next(iter(ready))
    sides = " x ".join(map(str, one.batch.shape))
    print(f"{one.name}: {sides}")
    voxels = one.batch.size / one.batch.shape[1]
    for engine, seconds in taken.items():
        ratios = [
            statistics.median(a / b for a, b in zip(of[rival], of[engine], strict=True))
            for of in (taken, worked)
        ]
        peak = peak_bytes(one.name, engine, arguments)
        print(
            f"  {engine:12} {1000 * statistics.median(seconds):8.1f} ms"
            f"  {ratios[0]:5.2f} x as fast as {rival}"
            f" ({ratios[1]:.2f} by processor time)  off by {off(first[engine], first[rival]):.1e}"
            f"  peak {peak / 2**20:6.0f} MB ({peak / voxels:.0f} bytes per voxel,"
            f" {4 * one.reckoned:.0f} reckoned)"
        )


def peak_bytes(name: str, engine: str, arguments: Sequence[str]) -> int:
    """Return what asking needs at most, in a process of its own."""
    command = [sys.executable, __file__, *arguments, "--only", name, "--engine", engine]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(json.loads(found.stdout.splitlines()[-1])["peak"])


def ask_alone(one: Subject, engine: str) -> None:
    """Ask one engine once and print how much more memory was held at the peak."""
    compute = one.makers[engine]()
    if one.reckoned:
        shape = (*one.batch.shape[:2], *(min(side, 16) for side in one.batch.shape[2:]))
        compute(np.zeros(shape, np.float32))
    forget_peak()
    before = psutil.Process().memory_info().rss
    compute(one.batch)
    print(json.dumps({"peak": max(0, peak_so_far() - before)}))


def forget_peak() -> None:
    """Let the kernel count the peak anew (Linux, proc_pid_clear_refs)."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak_so_far() -> int:
    """Return the most bytes that were held since, or ever where that is not told."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--folder", type=Path, help="a folder of added models")
    parser.add_argument("--quick", action="store_true", help="small pictures, three rounds")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", default="", help="the name of one model")
    parser.add_argument("--engine", default="", help=argparse.SUPPRESS)
    told = parser.parse_args()
    passed_on = ["--quick"] if told.quick else []
    passed_on += ["--folder", str(told.folder)] if told.folder else []
    rounds = 3 if told.quick else told.rounds
    if not told.engine:
        print(f"{engines.threads()} threads; engines: {', '.join(engines.installed())}, torch")
    for one in subjects(told.folder, quick=told.quick):
        name = one.partition(":")[0] if isinstance(one, str) else one.name
        if told.only and name != told.only:
            continue
        if isinstance(one, str):
            print(one)
        elif told.engine:
            ask_alone(one, told.engine)
        else:
            measure(one, rounds, passed_on)


if __name__ == "__main__":
    main()
