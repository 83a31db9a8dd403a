"""How fast segmenting is, beside SimpleITK, scikit-image and scikit-learn in the same run.

    python benchmarks/segment_tools.py [--slices 40] [--side 192] [--only otsu] [--scribbles DATA]

Times are the best of two runs, in seconds, on the same noisy picture; a ratio above 1 means that
we are faster than the faster rival. Rivals that take longer than some minutes run on the small
block alone, as is said in the name. `--scribbles` instead learns from few scribbles on labelled
images of DATA and tells Dice.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import SimpleITK as sitk  # noqa: N813 - its own documentation calls it so
from rich.console import Console
from rich.table import Table
from scipy import ndimage
from skimage import filters, measure, segmentation
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture

from viewer.ai import scribbles
from viewer.core.progress import Silent
from viewer.core.recipe import Step
from viewer.imaging import texture
from viewer.imaging.segment import brush, cut, growing, marching, shape
from viewer.imaging.segment.apply import stepped
from viewer.imaging.segment.operation import Ground

SPACING = (2.0, 0.9, 0.9)
Work = Callable[[], object]
ORGANS = {1: "spleen", 2: "right kidney", 5: "liver", 21: "urinary bladder", 29: "vertebra L3",
          52: "aorta", 80: "left gluteus maximus"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Race:
    """One thing that is done, by us and by others."""

    name: str
    ours: Work
    itk: Work | None = None
    others: Work | None = None


def seconds(work: Work, runs: int = 2) -> float:
    """Return the shortest time of some runs."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def scene(shape: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Return three bright bodies of which two touch, with noise, and marks in and round them."""
    z, y, x = (
        (axis - (count - 1) / 2) / count
        for axis, count in zip(np.indices(shape, np.float32), shape, strict=True)
    )
    middle = [(0.0, 0.0, -0.12), (0.0, 0.0, 0.14), (0.1, 0.3, 0.3)]
    away = [np.sqrt((z - c) ** 2 + (y - b) ** 2 + (x - a) ** 2) for c, b, a in middle]
    bodies = (away[0] < 0.15) | (away[1] < 0.15) | (away[2] < 0.07)
    noise = np.random.default_rng(1).normal(0, 20, shape)
    marks = np.zeros(shape, np.uint16)
    marks[away[0] < 0.04] = 1
    marks[away[1] < 0.04] = 1
    marks[np.maximum(np.maximum(abs(z), abs(y)), abs(x)) > 0.46] = 2
    return (120 * bodies + noise).astype(np.float32), marks


def races(shape: tuple[int, int, int]) -> list[Race]:
    """Return what is raced, on a picture of a shape and a small block."""
    values, marks = scene(shape)
    body = values > 60
    return [*_by_values(values), *_by_shape(values, body), *_from_marks(values, marks), *_small()]


def _itk(array: np.ndarray) -> sitk.Image:
    image = sitk.GetImageFromArray(array.astype(np.uint8) if array.dtype == bool else array)
    image.SetSpacing(SPACING[::-1])
    return image


def _ours(values: np.ndarray, labels: np.ndarray, name: str, **settings: float | str) -> Work:
    ground = Ground(values, labels.astype(np.uint16), SPACING)
    return lambda: stepped(ground, Step(name, tuple(settings.items())), Silent())


def _by_values(values: np.ndarray) -> list[Race]:
    nothing = np.zeros(values.shape, np.uint16)
    flat = values.reshape(-1, 1)
    return [
        Race("otsu", _ours(values, nothing, "otsu"), lambda: sitk.OtsuThreshold(_itk(values)),
             lambda: values > filters.threshold_otsu(values)),
        Race("li", _ours(values, nothing, "li"), lambda: sitk.LiThreshold(_itk(values)),
             lambda: values > filters.threshold_li(values)),
        Race("yen", _ours(values, nothing, "yen"), lambda: sitk.YenThreshold(_itk(values)),
             lambda: values > filters.threshold_yen(values)),
        Race("triangle", _ours(values, nothing, "triangle"),
             lambda: sitk.TriangleThreshold(_itk(values)),
             lambda: values > filters.threshold_triangle(values)),
        Race("multi_otsu 3", _ours(values, nothing, "multi_otsu", classes=3.0),
             lambda: sitk.OtsuMultipleThresholds(_itk(values), 2),
             lambda: np.digitize(values, filters.threshold_multiotsu(values, 3))),
        Race("hysteresis", _ours(values, nothing, "hysteresis", low=60.0, high=110.0),
             lambda: sitk.DoubleThreshold(_itk(values), 60, 110, 1e4, 1e4),
             lambda: filters.apply_hysteresis_threshold(values, 60, 110)),
        Race("sauvola", _ours(values, nothing, "sauvola", radius_mm=6.3),
             None, lambda: [one > filters.threshold_sauvola(one, 15) for one in values]),
        Race("k_means 3", _ours(values, nothing, "k_means", classes=3.0),
             lambda: sitk.ScalarImageKmeans(_itk(values), [-20, 50, 120]),
             lambda: KMeans(3, n_init=1, random_state=0).fit_predict(flat)),
        Race("mixture 2", _ours(values, nothing, "mixture", classes=2.0),
             None, lambda: GaussianMixture(2, random_state=0).fit_predict(flat)),
    ]  # fmt: skip


def _by_shape(values: np.ndarray, body: np.ndarray) -> list[Race]:
    image = _itk(body)
    voxels = [int(4 / step) for step in SPACING[::-1]]
    solid = ndimage.binary_opening(body, iterations=2)
    return [
        Race("islands", lambda: shape.largest(body),
             lambda: sitk.RelabelComponent(sitk.ConnectedComponent(image, True)) == 1,
             lambda: measure.label(body, connectivity=3)),
        Race("fill_holes", lambda: shape.filled(body),
             lambda: sitk.BinaryFillhole(image), lambda: ndimage.binary_fill_holes(body)),
        Race("margin 4 mm", _ours(values, solid, "margin", mm=4.0),
             lambda: sitk.BinaryDilate(_itk(solid), voxels, sitk.sitkBall),
             lambda: ndimage.distance_transform_edt(~solid, sampling=SPACING) <= 4),
        Race("closing 4 mm", _ours(values, solid, "smooth", way="closing", mm=4.0),
             lambda: sitk.BinaryMorphologicalClosing(_itk(solid), voxels, sitk.sitkBall),
             None),
        Race("median 2 mm", _ours(values, body, "smooth", way="median", mm=2.0),
             lambda: sitk.BinaryMedian(image, [2, 2, 1]),
             lambda: ndimage.median_filter(body, footprint=np.ones((3, 5, 5)))),
        Race("split_touching", _ours(values, solid, "split_touching", neck_mm=3.0),
             lambda: sitk.MorphologicalWatershed(
                 sitk.SignedMaurerDistanceMap(_itk(solid), useImageSpacing=True), 9.0, False),
             None),
    ]  # fmt: skip


def _from_marks(values: np.ndarray, marks: np.ndarray) -> list[Race]:
    image = _itk(values)
    inside = marks == 1
    bright = np.argwhere(inside & (values > 100) & (values < 140))
    seeds = [tuple(int(n) for n in at[::-1]) for at in bright[:1]]
    start = np.zeros(values.shape, bool)
    start[seeds[0][::-1]] = True
    steep = ndimage.gaussian_gradient_magnitude(values, 1)
    speed = marching.speed_from(values, inside, 2.0)
    return [
        Race("connected", lambda: growing.reached(values, start, 60.0, 1e6),
             lambda: sitk.ConnectedThreshold(image, seeds, 60, 1e6),
             lambda: segmentation.flood(values, seeds[0][::-1], tolerance=60)),
        Race("alike", lambda: growing.reached_alike(values, inside, 2.5, 4, Silent()),
             lambda: sitk.ConfidenceConnected(image, seeds, 4, 2.5, 4), None),
        Race("march, all arrivals", lambda: marching.arrival(speed, start, SPACING, Silent()),
             lambda: sitk.FastMarching(_itk(speed), seeds, 1.0, 1e30), None),
        Race("watershed", _ours(values, marks, "watershed", around_mm=0.0),
             lambda: sitk.MorphologicalWatershedFromMarkers(
                 _itk(steep), _itk(marks.astype(np.uint8))),
             lambda: segmentation.watershed(steep, marks.astype(np.int32))),
    ]  # fmt: skip


def _small() -> list[Race]:
    values, marks = scene((48, 64, 64))
    inside, outside = marks == 1, marks == 2
    network = cut.network(values, inside, outside, SPACING)
    disc = brush.round_brush((64, 64, 64), 30, (1, 1, 1))
    cube, _ = scene((64, 64, 64))
    picture = scene((1, 512, 512))[0][0] / 60
    features = texture.Bank().of(picture, (0.8, 0.8))
    drawn = np.zeros((512, 512), np.uint16)
    drawn[250:256, 160:230], drawn[20:25, 50:400] = 1, 2
    samples = scribbles.Samples.of(features, drawn)
    forest = scribbles.grow(samples)
    rows = features.reshape(len(features), -1).T
    return [
        Race("grow_from_seeds, 48x64x64", _ours(values, marks, "grow_from_seeds"), None, None),
        Race("two_regions, 48x64x64", _ours(values, inside, "two_regions"), None,
             lambda: segmentation.morphological_chan_vese(values, 40, init_level_set=inside)),
        Race("walker, 48x64x64", _ours(values, marks, "walker"), None,
             lambda: segmentation.random_walker(values, marks.astype(np.int32), mode="cg_j")),
        Race("graph cut, 48x64x64 (scipy: flow)", lambda: cut.least_cut(network, Silent()),
             None, lambda: _scipy_flow(network)),
        Race("adaptive brush, 64x64x64", lambda: brush.adaptive(cube, disc, (32, 32, 25))),
        Race("adaptive brush, 1x64x64",
             lambda: brush.adaptive(cube[32:33], disc[32:33], (0, 32, 25))),
        Race("features of 512x512", lambda: texture.Bank().of(picture, (0.8, 0.8))),
        Race("local patterns, 512x512", lambda: texture.patterns(picture), None,
             lambda: _local_patterns(picture)),
        Race("forest: grow", lambda: scribbles.grow(samples)),
        Race("forest: ask 512x512", lambda: forest.chances(features), None,
             _sklearn_asked(samples, rows)),
    ]  # fmt: skip


def _local_patterns(picture: np.ndarray) -> object:
    from skimage.feature import local_binary_pattern

    return local_binary_pattern((picture * 1000).astype(np.int32), 8, 1, "uniform")


def _sklearn_asked(samples: scribbles.Samples, rows: np.ndarray) -> Work:
    from sklearn.ensemble import RandomForestClassifier

    engine = RandomForestClassifier(scribbles.TREES, max_depth=14, min_samples_leaf=2, n_jobs=2)
    engine.fit(samples.features, samples.classes)
    return lambda: engine.predict_proba(rows)


def _scipy_flow(network: cut.Network) -> object:
    from scipy import sparse
    from scipy.sparse.csgraph import maximum_flow

    count = network.pull.size
    index = np.arange(count).reshape(network.pull.shape)
    start, end, room = [], [], []
    for axis in range(3):
        one = np.moveaxis(index, axis, 0)
        links = np.moveaxis(network.to_next[axis], axis, 0)[:-1].ravel()
        start += [one[:-1].ravel(), one[1:].ravel()]
        end += [one[1:].ravel(), one[:-1].ravel()]
        room += [links, links]
    pull = network.pull.ravel()
    inner, outer = np.flatnonzero(pull > 0), np.flatnonzero(pull < 0)
    start += [np.full(inner.size, count), outer]
    end += [inner, np.full(outer.size, count + 1)]
    room += [pull[inner], -pull[outer]]
    cells = (np.concatenate(start), np.concatenate(end))
    graph = sparse.csr_matrix((np.concatenate(room), cells), shape=(count + 2, count + 2))
    return maximum_flow(graph, count, count + 1)


def scribbled(data: Path) -> None:
    """Learn from few scribbles on two slices of labelled CT, and tell Dice on slices between."""
    table = Table("structure", "scribbled", "Dice", "hanging on", "corrected", "hanging on")
    values, truth, spacing = labelled(data / "ct_organs_totalsegmentator")
    for label, name in ORGANS.items():
        table.add_row(name, *_learned(values, truth == label, spacing))
    Console().print(table)


def labelled(folder: Path) -> tuple[np.ndarray, np.ndarray, tuple[float, float, float]]:
    """Return a CT (slice, row, column), its organs, and the spacing."""
    import nibabel

    image = nibabel.load(folder / "example_ct.nii.gz")
    organs = nibabel.load(folder / "example_seg_fast_force_split.nii.gz")
    a, b, c = (float(step) for step in image.header.get_zooms()[:3])
    return (
        np.asarray(image.dataobj, np.float32).T,
        np.asarray(organs.dataobj).astype(np.uint16).T,
        (c, b, a),
    )


def _learned(
    values: np.ndarray, truth: np.ndarray, spacing: tuple[float, float, float]
) -> tuple[str, ...]:
    """Scribble on two slices, then three times where the answer on the middle slice is wrong."""
    sizes = truth.sum(axis=(1, 2))
    used = np.flatnonzero(sizes > 0.5 * sizes.max())
    part = slice(int(used[0]), int(used[-1]) + 1)
    values, truth = values[part], truth[part]
    marks = np.zeros(truth.shape, np.uint16)
    for index in (0, -1):
        marks[index] = _strokes(truth[index], 1) + _strokes(~truth[index], 2)
    told = []
    middle = len(truth) // 2
    for _ in range(4):
        found = scribbles.taught_labels(values, marks, spacing[1:], Silent()) == 1
        told += [dice(found[1:-1], truth[1:-1]), dice(_hanging(found, marks), truth)]
        wrong, missed = found[middle] & ~truth[middle], truth[middle] & ~found[middle]
        marks[middle] = np.maximum(marks[middle], _strokes(missed, 1, 1) + _strokes(wrong, 2, 1))
    return str(int((marks > 0).sum())), *(f"{one:.2f}" for one in (told[0], told[1], *told[-2:]))


def _strokes(inside: np.ndarray, name: int, deep_by: int = 2) -> np.ndarray:
    """Return three lines across what is inside, none close to its border."""
    deep = ndimage.binary_erosion(inside, iterations=deep_by, border_value=1)
    rows = np.flatnonzero(deep.any(axis=1))
    lines = np.zeros(inside.shape, np.uint16)
    if rows.size:
        chosen = rows[[rows.size // 4, rows.size // 2, 3 * rows.size // 4]]
        lines[chosen] = name
    lines[~deep] = 0
    return lines


def _hanging(found: np.ndarray, marks: np.ndarray) -> np.ndarray:
    """Return the opened answer as far as it hangs on scribbles inside."""
    from viewer.imaging.segment.growing import reached

    opened = shape.opened(found, 1.0, (1.0, 1.0, 1.0))
    return reached(opened.astype(np.float32), marks == 1, 1.0, 1.0)


def dice(one: np.ndarray, other: np.ndarray) -> float:
    """Return how far two masks overlap, 0 to 1."""
    return float(2 * (one & other).sum() / max(int(one.sum() + other.sum()), 1))


def main() -> None:
    """Run every race and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slices", type=int, default=40)
    parser.add_argument("--side", type=int, default=192)
    parser.add_argument("--only", default="")
    parser.add_argument("--scribbles", type=Path)
    chosen = parser.parse_args()
    if chosen.scribbles:
        scribbled(chosen.scribbles)
        return
    shape = (chosen.slices, chosen.side, chosen.side)
    tell = Console(stderr=True)
    table = Table(title=" x ".join(map(str, shape)) + ", seconds")
    for column in ("operation", "ours", "SimpleITK", "scikit / scipy", "faster rival / ours"):
        table.add_column(column, justify="right")
    for race in races(shape):
        if chosen.only not in race.name:
            continue
        ours = seconds(race.ours, 3)
        others = [None if work is None else seconds(work) for work in (race.itk, race.others)]
        told = ["-" if one is None else f"{one:.3f}" for one in others]
        known = [one for one in others if one is not None]
        ratio = f"{min(known) / ours:.1f}" if known else "-"
        tell.print(race.name, f"{ours:.3f}", *told)
        table.add_row(race.name, f"{ours:.3f}", *told, ratio)
    Console().print(table)


if __name__ == "__main__":
    main()
