"""Every filter by its id, with its parameters, their units and their bounds.

The window, the command line and recipes all build on this one list.
"""

from __future__ import annotations

import numpy as np

from viewer.core.errors import Declined
from viewer.core.recipe import Step
from viewer.imaging.enhance import contrast, corrections, edges, sharpening, smoothing, tubes
from viewer.imaging.enhance.field import Values
from viewer.imaging.enhance.filter import Filter, Parameter, Reach, Settings

__all__ = ["FILTERS", "QUANTILES", "Filter", "Parameter", "Reach", "Settings", "filter_of",
           "step_like"]  # fmt: skip


def _sigma(usual: float = 1.0, high: float = 20.0) -> Parameter:
    return Parameter("sigma_mm", "Standard deviation", usual, 0.05, high, "mm")


def _flat(*, usual: bool) -> Parameter:
    return Parameter("flat", "Within slices only", float(usual), 0, 1, switch=True)


def _amount(usual: float = 1.0) -> Parameter:
    return Parameter("amount", "Amount", usual, 0.0, 10.0)


def _of_sigma(settings: Settings) -> Reach:
    return 1.0, 4.5 * settings["sigma_mm"]


def _widths(settings: Settings) -> list[float]:
    """Return the widths from the thinnest to the thickest, each a half wider than the last."""
    found = [settings["thinnest_mm"] / 2]
    while found[-1] * 1.5 < settings["thickest_mm"] / 2:
        found.append(found[-1] * 1.5)
    last = settings["thickest_mm"] / 2
    return found if last <= found[-1] else [*found, last]


_WIDTHS = (
    Parameter("thinnest_mm", "Thinnest", 1.5, 0.2, 50.0, "mm"),
    Parameter("thickest_mm", "Thickest", 6.0, 0.2, 80.0, "mm"),
    Parameter("dark", "Dark on bright ground", 0, 0, 1, switch=True),
)
_SLICE = (0.0, 0.0)
QUANTILES = tuple(f"q{n:03d}" for n in range(129))
"""The parameters of histogram matching: values of the reference at evenly spaced ranks."""

FILTERS: tuple[Filter, ...] = (
    # -- contrast ----------------------------------------------------------------------
    Filter(
        "stretch", "Contrast stretch by percentiles", "Contrast",
        "Spreads the values between two percentiles over the whole range.",
        lambda f, s, p: contrast.stretch(f, s["low"], s["high"], p),
        (
            Parameter("low", "From percentile", 1.0, 0.0, 49.0, "%"),
            Parameter("high", "To percentile", 99.0, 51.0, 100.0, "%"),
        ),
        lambda _: _SLICE,
    ),
    Filter(
        "stretch_between", "Contrast stretch between values", "Contrast",
        "Spreads the values between two others over the whole range.",
        lambda f, s, p: contrast.stretch_between(f, s["low"], s["high"], p),
        (
            Parameter("low", "From value", -160.0, -1e9, 1e9),
            Parameter("high", "To value", 240.0, -1e9, 1e9),
        ),
        lambda _: _SLICE,
    ),
    Filter(
        "gamma", "Gamma", "Contrast",
        "Lifts dark values below 1, lowers them above 1.",
        lambda f, s, p: contrast.gamma(f, s["power"], p),
        (Parameter("power", "Power", 0.7, 0.1, 5.0),),
        lambda _: _SLICE,
    ),
    Filter(
        "log", "Logarithm", "Contrast",
        "Opens up dark values.",
        lambda f, s, p: contrast.logarithm(f, s["strength"], p),
        (Parameter("strength", "Strength", 10.0, 0.1, 1000.0),),
        lambda _: _SLICE,
    ),
    Filter(
        "sigmoid", "Sigmoid", "Contrast",
        "An S-shaped bend: steep round a value, flat at both ends.",
        lambda f, s, p: contrast.sigmoid(f, s["centre"], s["width"], p),
        (
            Parameter("centre", "Centre", 40.0, -1e9, 1e9),
            Parameter("width", "Width", 400.0, 1e-6, 1e9),
        ),
        lambda _: _SLICE,
    ),
    Filter(
        "equalise", "Histogram equalisation", "Contrast",
        "Makes all values equally frequent.",
        lambda f, _, p: contrast.equalise(f, p),
        (),
        lambda _: _SLICE,
    ),
    Filter(
        "clahe", "Local histogram equalisation (CLAHE)", "Contrast",
        "Equalises tile by tile within slices, with a limit to the contrast.",
        lambda f, s, p: contrast.clahe(f, s["limit"], int(s["tiles"]), p),
        (
            Parameter("limit", "Contrast limit", 2.0, 1.0, 40.0),
            Parameter("tiles", "Tiles along a side", 8, 2, 32, whole=True),
        ),
        lambda _: _SLICE, sliced=True, whole_slice=True,
    ),
    Filter(
        "match", "Histogram matching", "Contrast",
        "Gives values the distribution of another series.",
        lambda f, s, p: contrast.match_levels(f, np.array([s[name] for name in QUANTILES]), p),
        tuple(
            Parameter(name, f"Quantile {n} of {len(QUANTILES) - 1}", float(n), -1e12, 1e12,
                      hidden=True)
            for n, name in enumerate(QUANTILES)
        ),
        lambda _: _SLICE, asks=True,
    ),
    # -- sharpening --------------------------------------------------------------------
    Filter(
        "unsharp", "Unsharp mask", "Sharpen",
        "Adds what a Gaussian takes away.",
        lambda f, s, p: sharpening.unsharp(
            f, s["sigma_mm"], s["amount"], s["threshold"], p, flat=s["flat"] > 0
        ),
        (
            _sigma(), _amount(),
            Parameter("threshold", "Leave details below", 0.0, 0.0, 1e6),
            _flat(usual=True),
        ),
        _of_sigma,
    ),
    Filter(
        "laplacian", "Laplacian sharpening", "Sharpen",
        "Takes away the second derivative within slices.",
        lambda f, s, p: sharpening.laplacian(f, s["amount"], p),
        (_amount(0.5),),
        lambda _: (1.0, 0.0), sliced=True,
    ),
    Filter(
        "guided", "Guided detail", "Sharpen",
        "Strengthens detail but not edges; an amount of -1 smooths and keeps edges.",
        lambda f, s, p: sharpening.guided(f, s["radius_mm"], s["edge"], s["amount"], p),
        (
            Parameter("radius_mm", "Radius", 3.0, 0.1, 30.0, "mm"),
            Parameter("edge", "Step that is an edge", 50.0, 1e-6, 1e6),
            Parameter("amount", "Amount", 1.0, -1.0, 10.0),
        ),
        lambda s: (2.0, 2 * s["radius_mm"]), sliced=True,
    ),
    # -- smoothing ---------------------------------------------------------------------
    Filter(
        "mean", "Mean", "Smooth",
        "The mean of a box.",
        lambda f, s, p: smoothing.mean(f, s["width_mm"], p, flat=s["flat"] > 0),
        (Parameter("width_mm", "Width", 3.0, 0.1, 50.0, "mm"), _flat(usual=False)),
        lambda s: (1.0, s["width_mm"] / 2),
    ),
    Filter(
        "gaussian", "Gaussian", "Smooth",
        "Blurs by a Gaussian.",
        lambda f, s, p: smoothing.gaussian(f, s["sigma_mm"], p, flat=s["flat"] > 0),
        (_sigma(), _flat(usual=False)),
        _of_sigma,
    ),
    Filter(
        "median", "Median", "Smooth",
        "The median of a square or cube; takes away single spots.",
        lambda f, s, p: smoothing.median(f, int(s["radius"]), p, flat=s["flat"] > 0),
        (Parameter("radius", "Radius", 1, 1, 5, "voxels", whole=True), _flat(usual=True)),
        lambda s: (s["radius"], 0.0),
    ),
    Filter(
        "bilateral", "Bilateral", "Smooth",
        "Smooths between values that are alike, within slices.",
        lambda f, s, p: smoothing.bilateral(f, s["sigma_mm"], s["sigma_value"], p),
        (_sigma(1.5), Parameter("sigma_value", "Values that are alike", 40.0, 1e-6, 1e6)),
        lambda _: (16.0, 0.0), sliced=True,
    ),
    Filter(
        "non_local_means", "Non-local means", "Smooth",
        "Averages patches of a slice that look alike.",
        lambda f, s, p: smoothing.non_local_means(f, s["strength"], p),
        (Parameter("strength", "Strength", 0.8, 0.1, 3.0, "noise"),),
        lambda _: _SLICE, sliced=True, whole_slice=True,
    ),
    Filter(
        "total_variation", "Total variation", "Smooth",
        "Makes even areas even and keeps edges, within slices.",
        lambda f, s, p: smoothing.total_variation(f, s["weight"], p),
        (Parameter("weight", "Strength", 1.0, 0.05, 10.0, "noise"),),
        lambda _: _SLICE, sliced=True, whole_slice=True,
    ),
    Filter(
        "diffusion", "Anisotropic diffusion", "Smooth",
        "Smooths where the picture is even, not across edges.",
        lambda f, s, p: smoothing.diffusion(
            f, s["contrast"], int(s["rounds"]), p, flat=s["flat"] > 0
        ),
        (
            Parameter("contrast", "Step that is an edge", 30.0, 1e-6, 1e6),
            Parameter("rounds", "Rounds", 10, 1, 100, whole=True),
            _flat(usual=False),
        ),
        lambda s: (s["rounds"], 0.0),
    ),
    Filter(
        "wavelet", "Wavelet", "Smooth",
        "Shrinks details of a slice that are no larger than noise.",
        lambda f, s, p: smoothing.wavelet(f, s["strength"], p),
        (Parameter("strength", "Strength", 1.0, 0.1, 3.0, "noise"),),
        lambda _: _SLICE, sliced=True, whole_slice=True,
    ),
    # -- corrections -------------------------------------------------------------------
    Filter(
        "bias", "MR shading correction (N4)", "Correct",
        "Takes away the slow shading of MR coils.",
        lambda f, s, p: corrections.bias(f, int(s["shrink"]), p),
        (Parameter("shrink", "Find it on a picture smaller by", 4, 1, 8, "times", whole=True),),
    ),
    Filter(
        "outliers", "Cut off outliers", "Correct",
        "Sets values beyond two percentiles to those, so that single ones rule no range.",
        lambda f, s, p: corrections.cut_off(f, s["low"], s["high"], p),
        (
            Parameter("low", "From percentile", 0.1, 0.0, 49.0, "%"),
            Parameter("high", "To percentile", 99.9, 51.0, 100.0, "%"),
        ),
        lambda _: _SLICE,
    ),
    Filter(
        "rings", "CT ring reduction", "Correct",
        "Takes away thin rings about the middle of the slice.",
        lambda f, s, p: corrections.rings(f, s["width_mm"], s["strength"], p),
        (
            Parameter("width_mm", "Widest ring", 3.0, 0.2, 20.0, "mm"),
            Parameter("strength", "Largest fault", 60.0, 1e-3, 1e6),
        ),
        lambda _: _SLICE, sliced=True, whole_slice=True,
    ),
    Filter(
        "speckle", "Ultrasound speckle (Lee)", "Correct",
        "Smooths speckle, which grows with the signal, within pictures.",
        lambda f, s, p: smoothing.speckle(f, int(s["radius"]), s["looks"], p),
        (
            Parameter("radius", "Radius", 3, 1, 10, "pixels", whole=True),
            Parameter("looks", "Number of looks", 8.0, 0.5, 100.0),
        ),
        lambda s: (s["radius"], 0.0), sliced=True,
    ),
    # -- edges and structures ------------------------------------------------------------
    Filter(
        "sobel", "Gradient (Sobel)", "Edges and structures",
        "How steep the values are, per mm.",
        lambda f, s, p: edges.sobel(f, p, flat=s["flat"] > 0),
        (_flat(usual=True),),
        lambda _: (1.0, 0.0), new_unit=True,
    ),
    Filter(
        "canny", "Edges (Canny)", "Edges and structures",
        "Thin edges within slices: 1 on them, 0 elsewhere.",
        lambda f, s, p: edges.canny(f, s["sigma_mm"], s["low"], s["high"], p),
        (
            _sigma(1.5),
            Parameter("low", "Goes on at percentile", 80.0, 0.0, 100.0, "%"),
            Parameter("high", "Begins at percentile", 92.0, 0.0, 100.0, "%"),
        ),
        lambda _: _SLICE, sliced=True, whole_slice=True, new_unit=True,
    ),
    Filter(
        "log_edges", "Laplacian of Gaussian", "Edges and structures",
        "The bend of the blurred picture; bright spots are negative.",
        lambda f, s, p: edges.laplacian_of_gaussian(f, s["sigma_mm"], p, flat=s["flat"] > 0),
        (_sigma(2.0), _flat(usual=False)),
        _of_sigma, new_unit=True,
    ),
    Filter(
        "frangi", "Vessels (Frangi)", "Edges and structures",
        "How much a place looks like a vessel, 0 to 1.",
        lambda f, s, p: tubes.frangi(f, _widths(s), p, dark=s["dark"] > 0),
        _WIDTHS, new_unit=True,
    ),
    Filter(
        "sato", "Tubes (Sato)", "Edges and structures",
        "How strongly a tube answers.",
        lambda f, s, p: tubes.sato(f, _widths(s), p, dark=s["dark"] > 0),
        _WIDTHS, lambda s: (2.0, 2.5 * s["thickest_mm"]), new_unit=True,
    ),
    Filter(
        "blobs", "Round spots (Laplacian of Gaussian)", "Edges and structures",
        "How strongly a ball answers.",
        lambda f, s, p: tubes.blobs(f, _widths(s), p, dark=s["dark"] > 0),
        _WIDTHS, lambda s: (2.0, 2.5 * s["thickest_mm"]), new_unit=True,
    ),
)  # fmt: skip


def step_like(reference: Values, name: str) -> Step:
    """Return the step that gives an image the distribution of the values of another.

    Raises:
        Declined: if the other has no values.
    """
    known = reference[np.isfinite(reference)]
    if not known.size:
        raise Declined(f"{name} has no values to match.", code="no_values")
    levels = np.quantile(known, np.linspace(0, 1, len(QUANTILES)))
    settings = tuple(zip(QUANTILES, (float(level) for level in levels), strict=True))
    return Step("match", settings, name)


_BY_ID = {one.id: one for one in FILTERS}


def filter_of(step: Step) -> Filter:
    """Return the filter that a step names.

    Raises:
        Declined: if there is none of this name.
    """
    found = _BY_ID.get(step.filter)
    if found is None:
        raise Declined(f"There is no filter called {step.filter}.", code="unknown_filter")
    return found
