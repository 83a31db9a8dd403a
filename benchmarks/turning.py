"""How long a move takes while a plane is turned: three slanted views, described and painted.

    python benchmarks/turning.py [--size 512] [--slices 256] [--moves 60]

Each move turns the two other planes by a degree and draws the three views as the window does
while dragging, coarser where they would be late; `at rest` draws them as fine as they stay, which
the window does aside where it takes long. Times are those that the thread worked, whatever
other programs did. A move is to stay below 33 ms in 95 of 100 cases.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from math import radians
from time import thread_time

import numpy as np

from viewer.core.author import Author
from viewer.core.geometry import Geometry
from viewer.core.study import Patient, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.session.images import OpenImage
from viewer.session.look import Slab
from viewer.session.oblique import STANDARD, rotation
from viewer.session.session import Session
from viewer.session.turning import set_planes
from viewer.ui.sketch import Sketch

SIZE = (620, 480)
LIMIT_MS = 33.0
TILT = np.array([0.6, 0.48, 0.64])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--slices", type=int, default=256)
    parser.add_argument("--moves", type=int, default=60)
    options = parser.parse_args()
    print(f"volume {options.slices} x {options.size} x {options.size} int16, views {SIZE}")
    print(f"{'slab':<12}{'p50 ms':>10}{'p95 ms':>10}{'at rest ms':>12}")
    for slab_mm in (0.0, 10.0, 40.0):
        session = _session(options.slices, options.size, slab_mm)
        times, rest = _turned(session, options.moves)
        p50, p95 = np.percentile(times, (50, 95))
        kept = "" if p95 < LIMIT_MS else "  too late"
        print(f"{slab_mm:>5.0f} mm    {p50:>10.1f}{p95:>10.1f}{rest:>12.1f}{kept}")


def _turned(session: Session, moves: int) -> tuple[list[float], float]:
    sketches = [Sketch(session, cell) for cell in range(3)]
    _draw(sketches, hurried=False)
    times = []
    for _ in range(moves):
        began = thread_time()
        turn = rotation(TILT, radians(1))
        set_planes(session, session.planes.value.with_turn("1.2.3", STANDARD, turn))
        _draw(sketches, hurried=True)
        times.append((thread_time() - began) * 1000)
    began = thread_time()
    _draw(sketches, hurried=False)
    return times, (thread_time() - began) * 1000


def _draw(sketches: list[Sketch], *, hurried: bool) -> None:
    for sketch in sketches:
        sketch.draw(SIZE, hurried=hurried)


def _session(slices: int, size: int, slab_mm: float) -> Session:
    grid = Geometry.from_axes(
        (slices, size, size), (0, 0, 0), np.eye(3)[::-1], (1.0, 0.75, 0.75), "1.2.3"
    )
    sheet = np.random.default_rng(0).normal(-500, 400, (size, size))
    voxels = np.stack([np.roll(sheet, 3 * n, axis=0) for n in range(slices)]).astype(np.int16)
    volume = Volume(voxels, grid, "[hnsf'U]", "CT", "ct")
    series = Series("ct", "1.2", "1.1", "CT", SeriesKind.VOLUME, ())
    session = Session(Author("A. Reader"))
    session.show(OpenImage(Study("1.1", Patient(), (series,)), series, volume))
    session.hanging.set(
        session.hanging.value.all_changed(
            lambda look: replace(look, slab_mm=slab_mm, slab=Slab.MAXIMUM)
        )
    )
    return session


if __name__ == "__main__":
    main()
