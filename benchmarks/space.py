"""How long a 3D picture takes while turning and at rest, and what comes before the first.

    python benchmarks/space.py [--size 512] [--slices 275]

The rival is the same ray caster on the volume as it was loaded, not made small.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter

import numpy as np

from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.volume import Volume
from viewer.render.shrink import shrink
from viewer.render.space import Space
from viewer.session.look import Camera
from viewer.session.transfer import TRANSFERS, Transfer

SCREEN = (800, 600)


def main() -> None:
    options = _options()
    volume = _trunk(options.slices, options.size)
    begin = perf_counter()
    small = shrink(volume, Silent())
    print(f"volume {volume.geometry.shape}, made small {small.geometry.shape} ", end="")
    print(f"in {1000 * (perf_counter() - begin):.0f} ms; screen {SCREEN[0]}x{SCREEN[1]}")
    print(
        f"{'preset':<16}{'first ms':>10}{'turning ms':>12}{'at rest ms':>12}{'ms, not small':>16}"
    )
    with Space() as space, Space() as large:
        for preset in TRANSFERS:
            first, turning, rest = _times(space, small, preset)
            _, slow, _ = _times(large, volume, preset, rounds=3, at_rest=False)
            print(f"{preset.name:<16}{first:>10.0f}{turning:>12.0f}{rest:>12.0f}{slow:>16.0f}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--slices", type=int, default=275)
    return parser.parse_args()


def _trunk(slices: int, size: int) -> Volume:
    """A body with two lungs, ribs and a spine, with the noise of a scanner."""
    spacing = 400 / size
    origin = (-200 + spacing / 2, -200 + spacing / 2, -150)
    axes, steps = np.eye(3)[::-1], (300 / slices, spacing, spacing)
    geometry = Geometry.from_axes((slices, size, size), origin, axes, steps)
    line = np.linspace(-200, 200, size)
    x, y = line[None, :], line[:, None]
    flat = np.full((size, size), -1000, dtype=np.float32)
    rim = (x / 170) ** 2 + (y / 120) ** 2
    flat[rim < 1] = 40
    for side in (-75, 75):
        flat[((x - side) / 60) ** 2 + (y / 85) ** 2 < 1] = -850
    flat[(x / 22) ** 2 + ((y - 85) / 22) ** 2 < 1] = 400
    ribs = (rim > 0.78) & (rim < 0.88)
    rng = np.random.default_rng(1)
    voxels = np.empty(geometry.shape, dtype=np.int16)
    for number in range(slices):
        sheet = flat.copy()
        if number % 24 < 10:
            sheet[ribs] = 500
        voxels[number] = sheet + rng.normal(0, 20, sheet.shape)
    return Volume(voxels, geometry, "[hnsf'U]", "CT", "trunk")


def _times(
    space: Space, volume: Volume, preset: Transfer, rounds: int = 9, *, at_rest: bool = True
) -> tuple[float, float, float]:
    """Return ms of the first coarse picture, of one while turning, of one at rest."""
    space.interactive(on=True)

    def first() -> None:
        space.show(volume, preset, camera=Camera(20, 10))
        space.render_to_array(SCREEN)

    def turn(azimuth: float) -> None:
        space.aim(Camera(azimuth, 10))
        space.render_to_array(SCREEN)

    began = _ms(first)
    turning = median(_ms(partial(turn, 20 + 5.0 * n)) for n in range(rounds))
    if not at_rest:
        return began, turning, 0.0
    space.interactive(on=False)
    return began, turning, median(_ms(partial(turn, 20 + 40.0 * n)) for n in range(3))


def _ms(work: Callable[[], None]) -> float:
    begin = perf_counter()
    work()
    return 1000 * (perf_counter() - begin)


if __name__ == "__main__":
    main()
