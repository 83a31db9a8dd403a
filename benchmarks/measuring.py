"""What one step of the mouse costs while a figure is drawn on a large volume.

    python benchmarks/measuring.py [--size 512]

Each step of a drag measures the figure, lays it on the screen and, for the livewire and for
snapping, looks at the picture round the pointer. The window has 50 ms for all of it. Solid
figures of many voxels are measured when they are let go, in a job; the rival for that is
SimpleITK's LabelStatisticsImageFilter on a label map that is made already.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter

import numpy as np
import SimpleITK as sitk  # noqa: N813 - the name everybody knows

from viewer.core.author import Author
from viewer.core.geometry import Geometry, Position, position_of
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.core.volume import Volume
from viewer.imaging.livewire import Sheet, edge_near, livewire
from viewer.imaging.measuring import measured, sizes
from viewer.render.annotations import annotation_of
from viewer.render.cut import cut_volume
from viewer.render.screen import screen_plane
from viewer.session.look import Look, Viewing
from viewer.session.session import Place
from viewer.session.shaping import ellipse

BUDGET_MS = 50.0
SPACING_MM = 0.7
READER = Author("benchmark")
SHEET = Sheet((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
STEPS = 40


def main() -> None:
    size = _options().size
    volume = _volume(size)
    print(f"volume {size} x {size} x {size} int16, voxels of {SPACING_MM} mm")
    print(f"{'step of a drag':<44}{'mean ms':>9}{'worst ms':>10}{'of budget':>11}")
    reach = min(150, size // 4)
    ball_mm = min(100.0, size * SPACING_MM / 4)
    for name, step in (
        (f"ellipse of {2 * reach} px, all values", partial(_ellipse, volume, reach)),
        (f"sphere of {2 * ball_mm:.0f} mm, its size", partial(_sphere, volume, ball_mm)),
        ("livewire over 100 px", partial(_livewire, volume)),
        ("snap to the strongest edge", partial(_snap, volume)),
    ):
        mean, worst = _timed(step)
        print(f"{name:<44}{mean:9.2f}{worst:10.2f}{worst / BUDGET_MS:10.0%}")
    _let_go(volume, ball_mm)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=512)
    return parser.parse_args()


def _volume(size: int) -> Volume:
    geometry = Geometry.from_axes((size,) * 3, (0, 0, 0), np.eye(3)[::-1], (SPACING_MM,) * 3, "1")
    rng = np.random.default_rng(1)
    sheet = rng.normal(0, 40, (size, size)).astype(np.int16)
    voxels = np.broadcast_to(sheet, geometry.shape).copy()
    return Volume(voxels, geometry, "[hnsf'U]", "CT", "series")


def _middle(volume: Volume) -> np.ndarray:
    return volume.geometry.to_patient(np.asarray(volume.geometry.shape) // 2)


def _drawn(kind: MeasurementKind, points: tuple[Position, ...]) -> Measurement:
    anchor = Anchor("series", "1", None if kind.solid else (0.0, 0.0, 1.0))
    return Measurement("1.9", kind, points, anchor, READER)


def _on_screen(volume: Volume) -> Callable[[Measurement], None]:
    look = Look("series", Viewing.AXIAL)
    cut = cut_volume(volume, look, Place(position_of(_middle(volume)), "1"))
    plane = screen_plane(cut.geometry, cut.through, cut.right, cut.down, look, (1200, 900))

    def lay(figure: Measurement) -> None:
        if annotation_of(figure, cut, plane) is None:
            raise AssertionError("the figure is not seen")

    return lay


def _ellipse(volume: Volume, reach: int) -> Iterator[None]:
    lay, middle = _on_screen(volume), _middle(volume)
    for n in range(STEPS):
        half = (reach - n / 4) * SPACING_MM * np.array([1.0, 1.0, 0.0])
        ends = ellipse(
            position_of(middle - half), position_of(middle + half), SHEET.right, SHEET.down
        )
        lay(measured(_drawn(MeasurementKind.ELLIPSE, ends), volume))
        yield


def _sphere(volume: Volume, radius_mm: float) -> Iterator[None]:
    lay, middle = _on_screen(volume), _middle(volume)
    for n in range(STEPS):
        edge = middle + np.array([radius_mm - n / 4, 0, 0])
        points = (position_of(middle), position_of(edge))
        sizes(MeasurementKind.SPHERE, np.asarray(points))
        lay(_drawn(MeasurementKind.SPHERE, points))
        yield


def _livewire(volume: Volume) -> Iterator[None]:
    start = _middle(volume)
    for n in range(STEPS):
        turn = n / STEPS * 2 * np.pi
        end = start + 100 * SPACING_MM * np.array([np.cos(turn), np.sin(turn), 0])
        livewire(volume, SHEET, position_of(start), position_of(end))
        yield


def _snap(volume: Volume) -> Iterator[None]:
    start = _middle(volume)
    for n in range(STEPS):
        edge_near(volume, SHEET, position_of(start + np.array([n * SPACING_MM, 0, 0])))
        yield


def _timed(drag: Callable[[], Iterator[None]]) -> tuple[float, float]:
    """Return mean and worst ms of a step; a first drag warms up, as the window does."""
    for _ in drag():
        pass
    took, began = [], perf_counter()
    for _ in drag():
        now = perf_counter()
        took.append((now - began) * 1000)
        began = now
    return float(np.mean(took)), max(took)


def _let_go(volume: Volume, radius_mm: float) -> None:
    """Measure a whole ball, as the job does, against the rival."""
    middle = _middle(volume)
    points = (position_of(middle), position_of(middle + np.array([radius_mm, 0, 0])))
    began = perf_counter()
    measured(_drawn(MeasurementKind.SPHERE, points), volume)
    ours = perf_counter() - began
    grid = np.ogrid[tuple(slice(0, n) for n in volume.geometry.shape)]
    index = volume.geometry.to_index(middle)
    off = sum(((axis - place) * SPACING_MM) ** 2 for axis, place in zip(grid, index, strict=True))
    labels = sitk.GetImageFromArray((off <= radius_mm**2).astype(np.uint8))
    image = sitk.GetImageFromArray(np.asarray(volume.voxels))
    began = perf_counter()
    sitk.LabelStatisticsImageFilter().Execute(image, labels)
    rival = perf_counter() - began
    print(
        f"let go: ball of {2 * radius_mm:.0f} mm in a job {ours * 1000:.0f} ms, "
        f"LabelStatistics {rival * 1000:.0f} ms, ratio {ours / rival:.2f}"
    )


if __name__ == "__main__":
    main()
