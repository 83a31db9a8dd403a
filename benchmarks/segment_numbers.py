"""What the numbers and the surface of a segment cost after a stroke, beside SimpleITK.

    python benchmarks/segment_numbers.py [--size 512] [--slices 500]

A small ball (20 mm) and a large one (200 mm) in a volume; a stroke changes a few voxels. Ours finds
the box of the segment, cuts it out and measures shape, axes, Feret, area and values. The rival
is SimpleITK's label filters on the whole volume, and on the same box; they find less.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from time import perf_counter

import numpy as np
import SimpleITK as sitk  # noqa: N813 - the name everybody knows

from viewer.core.geometry import Geometry
from viewer.core.label_map import LabelMap
from viewer.core.volume import Volume
from viewer.imaging.segment_statistics import cut_out, has_changed, statistics_of
from viewer.imaging.surface import mask_surface
from viewer.imaging.surface_thinning import thinned

SPACING_MM = (0.8, 0.7, 0.7)
REPEATS = 3


def main() -> None:
    options = _options()
    shape = (options.slices, options.size, options.size)
    geometry = Geometry.from_axes(shape, (0, 0, 0), np.eye(3)[::-1], SPACING_MM, "1")
    voxels = np.zeros(shape, np.int16)
    voxels[:] = np.random.default_rng(1).integers(-100, 300, shape[1:], dtype=np.int16)
    volume = Volume(voxels, geometry, "[hnsf'U]", "CT", "series")
    labels, middles = _labels(geometry)
    print(f"volume {options.slices} x {options.size} x {options.size}, int16; best of {REPEATS}")
    before = LabelMap.of(labels)
    for label, name in ((1, "ball of 20 mm"), (2, "ball of 200 mm")):
        stroke = np.full((3, 9, 9), label, np.uint8)
        after = before.with_box(middles[label], stroke)
        _compare(name, before, after, label, geometry, volume)


def _compare(
    name: str,
    before: LabelMap,
    after: LabelMap,
    label: int,
    geometry: Geometry,
    volume: Volume,
) -> None:
    cut_out(before, geometry, label)  # what the base holds is looked up once, not after a stroke
    ours = _best(lambda: statistics_of(_cut(before, after, geometry, label), [("CT", volume)]))
    cut = _cut(before, after, geometry, label)
    surface = _best(lambda: mask_surface(cut.inside, cut.geometry))
    made = mask_surface(cut.inside, cut.geometry)
    print(f"{name}: {np.count_nonzero(cut.inside)} voxels, {len(made.triangles)} triangles")
    print(f"  all numbers after a stroke      {1000 * ours:9.1f} ms")
    image = sitk.GetImageFromArray((after.whole() == label).astype(np.uint8))
    values = sitk.GetImageFromArray(volume.voxels)
    whole = _best(lambda: _theirs(image, values), 1)
    print(f"  SimpleITK, whole volume         {1000 * whole:9.1f} ms  {whole / ours:6.1f} x")
    start = [int(n) for n in cut.start[::-1]]
    size = [int(n) for n in cut.inside.shape[::-1]]
    box = _best(
        lambda: _theirs(
            sitk.RegionOfInterest(image, size, start), sitk.RegionOfInterest(values, size, start)
        )
    )
    print(f"  SimpleITK, box given            {1000 * box:9.1f} ms  {box / ours:6.1f} x")
    print(f"  smoothed surface                {1000 * surface:9.1f} ms")
    began = perf_counter()
    thin = thinned(made, 0.2)
    share, took_ms = (
        len(thin.surface.triangles) / len(made.triangles),
        1000 * (perf_counter() - began),
    )
    print(f"  thinned to {share:.0%}, {thin.error_mm:.2f} mm off    {took_ms:9.1f} ms")


def _cut(before: LabelMap, after: LabelMap, geometry: Geometry, label: int):  # noqa: ANN202
    if not has_changed(before, after, label):
        raise AssertionError("the stroke changed nothing")
    cut = cut_out(after, geometry, label)
    if cut is None:
        raise AssertionError("the segment is gone")
    return cut


def _theirs(labels: sitk.Image, values: sitk.Image) -> None:
    """Shape and statistics; no Feret (minutes for a large ball), no axes, no mesh."""
    sitk.LabelShapeStatisticsImageFilter().Execute(labels)
    statistics = sitk.LabelIntensityStatisticsImageFilter()
    statistics.Execute(labels, values)


def _labels(geometry: Geometry) -> tuple[np.ndarray, dict[int, tuple[int, int, int]]]:
    labels = np.zeros(geometry.shape, np.uint8)
    depth, rows, columns = geometry.shape
    middles = {1: (depth // 8, rows // 8, columns // 8), 2: (depth // 2, rows // 2, columns // 2)}
    for label, radius_mm in ((1, 10.0), (2, min(100.0, 0.33 * rows))):
        s, r, c = (np.arange(n) for n in geometry.shape)
        a, b, d = (
            (line - m) * step
            for line, m, step in zip((s, r, c), middles[label], SPACING_MM, strict=True)
        )
        for number in np.flatnonzero(np.abs(a) <= radius_mm):
            flat = a[number] ** 2 + b[:, None] ** 2 + d**2 <= radius_mm**2
            labels[number][flat] = label
    for label, radius in ((1, 14), (2, 0)):
        s, r, c = middles[label]
        middles[label] = (s, r, c + radius)  # the stroke touches the rim of the small one
    s, r, c = middles[2]
    labels[s : s + 3, r : r + 9, c : c + 9] = 0
    return labels, middles


def _best(work: Callable[[], object], repeats: int = REPEATS) -> float:
    times = []
    for _ in range(repeats):
        began = perf_counter()
        work()
        times.append(perf_counter() - began)
    return min(times)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--slices", type=int, default=500)
    return parser.parse_args()


if __name__ == "__main__":
    main()
