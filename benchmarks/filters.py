"""How fast filters are, beside SimpleITK and scikit-image in the same run.

    python benchmarks/filters.py [--slices 40] [--side 512] [--only gaussian]

Times are the best of two runs, in seconds, on the same noisy picture. Work that a rival does
slice by slice is done on a few slices and multiplied; such figures are marked with ~. A ratio
above 1 means that we are faster than the faster rival.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import SimpleITK
from rich.console import Console
from rich.table import Table
from scipy import ndimage
from skimage import exposure, filters, restoration

from viewer.core.progress import Silent
from viewer.core.recipe import Recipe, Step
from viewer.imaging.enhance.apply import enhanced
from viewer.imaging.enhance.field import Field, Values

FEW = 4
Work = Callable[[Values], object]


@dataclass(frozen=True, slots=True)
class Race:
    """One filter of ours and the same work by others; `sliced` where they work on slices."""

    step: Step
    itk: Work | None = None
    skimage: Work | None = None
    sliced: bool = False


def itk(work: Callable[[SimpleITK.Image], object]) -> Work:
    """Return work of SimpleITK on an array, its import of the array included."""
    return lambda values: work(SimpleITK.GetImageFromArray(values))


RACES = (
    Race(
        Step("gaussian", (("sigma_mm", 1.0),)),
        itk(lambda image: SimpleITK.DiscreteGaussian(image, 1.0)),
        lambda values: filters.gaussian(values, 1.0),
    ),
    Race(
        Step("mean", (("width_mm", 3.0),)),
        itk(lambda image: SimpleITK.Mean(image, [1, 1, 1])),
        lambda values: ndimage.uniform_filter(values, 3),
    ),
    Race(
        Step("median", (("radius", 1.0),)),
        itk(lambda image: SimpleITK.Median(image, [1, 1, 0])),
        lambda values: filters.median(values, np.ones((1, 3, 3), bool)),
    ),
    Race(
        Step("median", (("radius", 1.0), ("flat", False))),
        itk(lambda image: SimpleITK.Median(image, [1, 1, 1])),
        lambda values: filters.median(values, np.ones((3, 3, 3), bool)),
    ),
    Race(
        Step("clahe"),
        itk(lambda image: SimpleITK.AdaptiveHistogramEqualization(image, [32, 32, 0])),
        lambda values: exposure.equalize_adapthist(values[0] / np.ptp(values)),
        sliced=True,
    ),
    Race(
        Step("bilateral", (("sigma_mm", 1.5), ("sigma_value", 40.0))),
        itk(lambda image: SimpleITK.Bilateral(image, 1.5, 40.0)),
        lambda values: restoration.denoise_bilateral(values[0] / np.ptp(values), sigma_spatial=1.5),
        sliced=True,
    ),
    Race(
        Step("diffusion", (("rounds", 10.0), ("flat", False))),
        itk(lambda image: SimpleITK.GradientAnisotropicDiffusion(image, 0.06, 3.0, 1, 10)),
    ),
    Race(
        Step("unsharp", (("flat", True),)),
        skimage=lambda values: filters.unsharp_mask(values[0], 1.0, preserve_range=True),
        sliced=True,
    ),
    Race(
        Step("sobel", (("flat", False),)),
        itk(SimpleITK.GradientMagnitude),
        filters.sobel,
    ),
    Race(
        Step("log_edges", (("sigma_mm", 2.0),)),
        itk(lambda image: SimpleITK.LaplacianRecursiveGaussian(image, 2.0)),
        lambda values: ndimage.gaussian_laplace(values, 2.0),
    ),
    Race(
        Step("sato", (("thinnest_mm", 3.0), ("thickest_mm", 3.0))),
        itk(lambda image: SimpleITK.ObjectnessMeasure(SimpleITK.DiscreteGaussian(image, 1.5))),
        lambda values: filters.sato(values, sigmas=[1.5], black_ridges=False),
    ),
    Race(Step("equalise"), skimage=exposure.equalize_hist),
    Race(Step("stretch"), skimage=exposure.rescale_intensity),
)


def seconds(work: Callable[[], object], runs: int = 2) -> float:
    """Return the shortest time of some runs."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def rival(work: Work | None, values: Values, *, sliced: bool) -> float | None:
    """Return how long a rival takes for all slices."""
    if work is None:
        return None
    if not sliced:
        return seconds(lambda: work(values), 1)
    few = [np.ascontiguousarray(one[None]) for one in values[:FEW]]
    return seconds(lambda: [work(one) for one in few], 1) * len(values) / len(few)


def main() -> None:
    """Run every race and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slices", type=int, default=40)
    parser.add_argument("--side", type=int, default=512)
    parser.add_argument("--only", default="")
    chosen = parser.parse_args()
    z, y, x = np.indices((chosen.slices, chosen.side, chosen.side), dtype=np.float32)
    noise = np.random.default_rng(1).normal(0, 20, z.shape)
    values = (400 * np.sin(x / 40) * np.cos(y / 30) + z + noise).astype(np.float32)
    table = Table(title=f"{chosen.slices} x {chosen.side} x {chosen.side}, seconds")
    for column in ("filter", "ours", "SimpleITK", "scikit-image", "faster rival / ours"):
        table.add_column(column, justify="right")
    for race in RACES:
        if chosen.only and chosen.only not in race.step.filter:
            continue
        table.add_row(*_raced(race, values))
    Console().print(table)


def _raced(race: Race, values: Values) -> tuple[str, ...]:
    recipe = Recipe("", (race.step,))
    ours = seconds(lambda: enhanced(Field(values), recipe, Silent()))
    others = [rival(work, values, sliced=race.sliced) for work in (race.itk, race.skimage)]
    mark = "~" if race.sliced else ""
    told = ["-" if time is None else f"{mark}{time:.2f}" for time in others]
    best = min(time for time in others if time is not None)
    words = ", ".join(f"{name} {value:g}" for name, value in race.step.settings)
    return f"{race.step.filter} {words}", f"{ours:.2f}", *told, f"{best / ours:.1f}"


if __name__ == "__main__":
    main()
