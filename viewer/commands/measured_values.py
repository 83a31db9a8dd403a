"""The values below the chosen figure: along a line, or how often each occurs in a region."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from viewer.commands.desk import Desk
from viewer.commands.measures import chosen, ground
from viewer.commands.telling import tell
from viewer.core.measurement import Measurement, MeasurementKind
from viewer.core.progress import Progress
from viewer.core.units import in_words
from viewer.core.volume import Volume
from viewer.imaging.measuring import Ruler, values_inside
from viewer.imaging.profile import along

LINES = (MeasurementKind.LENGTH, MeasurementKind.POLYLINE, MeasurementKind.ARROW)
_MOST_BINS = 128


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """Values along a line: `at` in `at_unit` from its start."""

    at: NDArray[np.float64]
    values: NDArray[np.float64]
    at_unit: str
    unit: str


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """How often values occur in a region: `edges` has one more than `counts`."""

    edges: NDArray[np.float64]
    counts: NDArray[np.int64]
    unit: str


Found = Profile | Spread
Then = Callable[[Measurement, Found], None]


def find_values(desk: Desk, then: Then) -> bool:
    """Look up the values below the chosen figure; tell whether there are any to look for."""
    figure = chosen(desk)
    if figure is None or not (figure.kind in LINES or figure.kind.closed or figure.kind.solid):
        return False
    volume, ruler = ground(desk, figure)
    if volume is None:
        return False
    desk.runner.start(
        f"Values of {figure.kind.value}",
        partial(_look_up, figure, volume, ruler),
        partial(then, figure),
        failed=partial(tell, desk),
        instead_of="values of a figure",
    )
    return True


def _look_up(figure: Measurement, volume: Volume, ruler: Ruler, progress: Progress) -> Found:
    progress.report(0.0, figure.kind.value)
    unit = in_words(volume.unit)
    if figure.kind in LINES:
        return profile_of(figure, volume, ruler)
    return spread_of(values_inside(figure, volume), unit)


def profile_of(figure: Measurement, volume: Volume, ruler: Ruler) -> Profile:
    """Return the values along a figure's line, and how far each lies from its start."""
    places, values = along(np.asarray(figure.points, dtype=float), volume)
    steps = np.linalg.norm(np.diff(places * np.asarray(ruler.scale), axis=0), axis=1)
    unit = {"{pixels}": "px"}.get(ruler.unit.value, ruler.unit.value)
    remark = f" ({ruler.remark})" if ruler.remark else ""
    at = np.concatenate([[0.0], np.cumsum(steps)])
    return Profile(at, values, unit + remark, in_words(volume.unit))


def spread_of(values: NDArray[np.float64], unit: str) -> Spread:
    """Count values; whole ones get a bar each as long as there are few."""
    if values.size == 0:
        return Spread(np.array([0.0, 1.0]), np.zeros(1, np.int64), unit)
    low, high = float(values.min()), float(values.max())
    whole = bool((values == np.rint(values)).all())
    if whole:
        width = max(int(np.ceil((high - low + 1) / _MOST_BINS)), 1)
        edges = np.arange(low - 0.5, high + width + 0.5, width)
    else:
        bins = int(np.clip(np.sqrt(values.size), 8, _MOST_BINS))
        edges = np.linspace(low, high if high > low else low + 1, bins + 1)
    counts, edges = np.histogram(values, edges)
    return Spread(np.asarray(edges, dtype=np.float64), np.asarray(counts, dtype=np.int64), unit)


def as_table(found: Found) -> str:
    """Return the values as CSV (RFC 4180), units in the header."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    unit = found.unit or "no unit"
    if isinstance(found, Profile):
        writer.writerow([f"distance [{found.at_unit}]", f"value [{unit}]"])
        for at, value in zip(found.at, found.values, strict=True):
            writer.writerow([f"{at:.6g}", f"{value:.6g}" if np.isfinite(value) else ""])
        return file.getvalue()
    writer.writerow([f"from [{unit}]", f"to [{unit}]", "voxels"])
    for low, high, count in zip(found.edges[:-1], found.edges[1:], found.counts, strict=True):
        writer.writerow([f"{low:.6g}", f"{high:.6g}", str(int(count))])
    return file.getvalue()
