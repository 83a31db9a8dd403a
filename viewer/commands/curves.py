"""The value at the crosshair over the moments of a 4D series, or over the frames of a cine."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.telling import tell
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry, Position
from viewer.core.progress import Progress
from viewer.core.stack import Frame, Stack
from viewer.core.study import Series
from viewer.core.units import in_words
from viewer.core.volume import Fidelity, Volume, blanked
from viewer.io.atomic import Staging
from viewer.session.images import OpenImage
from viewer.session.moments import moment_name
from viewer.session.session import Session

_AT_ONCE = 100
"""So many moments are looked up in a few milliseconds."""
_NEAR_MM = 1.0


@dataclass(frozen=True, slots=True)
class Curve:
    """Values over moments; NaN where a moment is not there, damaged or holds no such place.

    `at` is in `at_unit`, or the number of each moment (from 1) where that is empty.
    """

    title: str
    names: tuple[str, ...]
    at: tuple[float, ...]
    at_name: str
    at_unit: str
    values: tuple[float, ...]
    unit: str
    position: Position
    voxels: int
    shown: int

    @property
    def known(self) -> int:
        """How many moments have a value."""
        return sum(math.isfinite(value) for value in self.values)


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """All that is needed to work out a curve, without the session."""

    series: Series
    names: tuple[str, ...]
    at: tuple[float, ...]
    at_unit: str
    moments: tuple[OpenImage | None, ...]
    frames: Stack | None
    position: Position
    reach: int
    shown: int


def question(session: Session, *, around: bool = False) -> Question | None:
    """Return what the crosshair asks of the active view; None where nothing changes over time.

    With `around` it is the mean of the 3 x 3 voxels round it in their slice.
    """
    cell, place = session.hanging.value.active, session.place.value
    group, opened = session.group_in(cell), session.image_in(cell)
    if opened is None or place.frame_of_reference_uid != opened.frame_of_reference_uid:
        return None
    if group is not None:
        images = session.images.value
        series, names = group, tuple(moment_name(group, n) for n in range(len(group.parts)))
        moments, frames = tuple(images.get(part.key) for part in group.parts), None
        shown = session.moment_in(cell) or 0
    elif isinstance(opened.image, Stack) and opened.count > 1:
        series, moments, frames = opened.series, (), opened.image
        names = tuple(f"frame {n + 1} of {opened.count}" for n in range(opened.count))
        shown = session.hanging.value.cells[cell].frame
    else:
        return None
    axis = session.axis_of(series.key)
    known = axis is not None and len(axis.at) == len(names)
    at = axis.at if axis and known else tuple(float(n + 1) for n in range(len(names)))
    unit = axis.unit if axis and known else ""
    reach = 1 if around else 0
    return Question(series, names, at, unit, moments, frames, place.position, reach, shown)


def find_curve(desk: Desk, asked: Question, then: Callable[[Curve], None]) -> None:
    """Work a curve out: at once where that is quick, else in the background."""
    if len(asked.names) <= _AT_ONCE:
        then(curve(asked))
        return
    desk.runner.start(
        f"Curve of {asked.series.title}",
        partial(_curve, asked),
        then,
        failed=partial(tell, desk),
        instead_of="curve",
        belongs_to=asked.series.study_uid,
    )


def curve(asked: Question) -> Curve:
    """Return the values at a place over all moments or frames."""
    if asked.frames is not None:
        found = [_in_frame(frame, asked) for frame in asked.frames.frames]
        units = {asked.frames.unit}
    else:
        found = list(_in_moments(asked))
        units = {one.image.unit for one in asked.moments if one is not None}
    return Curve(
        title=asked.series.title,
        names=asked.names,
        at=asked.at,
        at_name=_along(asked),
        at_unit=asked.at_unit,
        values=tuple(found),
        unit=in_words(units.pop()) if len(units) == 1 else "",
        position=asked.position,
        voxels=(2 * asked.reach + 1) ** 2,
        shown=asked.shown,
    )


def _curve(asked: Question, progress: Progress) -> Curve:
    progress.report(0.0, "values at the crosshair")
    return curve(asked)


def _along(asked: Question) -> str:
    """Return what the moments lie along; frames with a time, along that."""
    if asked.frames is not None:
        return "time" if asked.at_unit in ("s", "ms") else "frame"
    return asked.series.split_by or "moment"


def _in_moments(asked: Question) -> Iterator[float]:
    """Give the value of each moment; those on the same grid are asked at the same voxel."""
    grid: Geometry | None = None
    index: tuple[int, int, int] | None = None
    for opened in asked.moments:
        image = opened.image if opened is not None else None
        if opened is None or not isinstance(image, Volume):
            yield math.nan
            continue
        if image.geometry is not grid:
            grid = image.geometry
            inside = grid.contains(asked.position)
            index = grid.nearest(asked.position) if inside else None
        if index is None or not _is_original(opened, index[0]):
            yield math.nan
        else:
            yield _mean(image.voxels[index[0]], index[1:], asked.reach, image)


def _is_original(opened: OpenImage, number: int) -> bool:
    fidelity = opened.fidelity
    return fidelity is None or bool(fidelity.quality[number] == Fidelity.ORIGINAL)


def _in_frame(frame: Frame, asked: Question) -> float:
    plane = frame.plane
    if plane is None or frame.damage or frame.pixels.ndim != 2:
        return math.nan
    if abs(float(plane.distance_mm(asked.position))) > _NEAR_MM:
        return math.nan
    row, column = (round(float(part)) for part in plane.to_pixel(asked.position))
    rows, columns = frame.pixels.shape
    if not (0 <= row < rows and 0 <= column < columns):
        return math.nan
    return _mean(frame.pixels, (row, column), asked.reach, frame)


def _mean(
    pixels: NDArray[np.generic], at: tuple[int, int], reach: int, source: Volume | Frame
) -> float:
    """Return the mean of a square of pixels that are no padding, as a real-world value."""
    row, column = at
    rows = slice(max(row - reach, 0), row + reach + 1)
    columns = slice(max(column - reach, 0), column + reach + 1)
    square = blanked(pixels[rows, columns], source.padding)
    known = [value for value in square.ravel().tolist() if math.isfinite(value)]
    return sum(known) / len(known) * source.slope + source.intercept if known else math.nan


def as_table(found: Curve) -> str:
    """Return a curve as CSV (RFC 4180): where it is, then one line for each moment."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    x, y, z = found.position
    writer.writerow(["x_mm", "y_mm", "z_mm", "voxels"])
    writer.writerow([f"{x:.3f}", f"{y:.3f}", f"{z:.3f}", str(found.voxels)])
    at = f"{found.at_name} [{found.at_unit}]" if found.at_unit else "number"
    writer.writerow(["moment", at, f"value [{found.unit}]" if found.unit else "value"])
    for name, where, value in zip(found.names, found.at, found.values, strict=True):
        writer.writerow([name, f"{where:.10g}", f"{value:.10g}" if math.isfinite(value) else ""])
    return file.getvalue()


def export_curve(desk: Desk, *, around: bool = False) -> None:
    """Ask for a name and write the curve at the crosshair as CSV.

    Raises:
        Declined: if there is none.
    """
    asked = question(desk.session, around=around)
    if asked is None:
        raise Declined(
            "There is no curve: the active view shows no moments, or the crosshair is elsewhere.",
            code="no_curve",
        )
    suggested = desk.settings.start_folder / "curve.csv"
    desk.asker.choose_name("Export the curve", suggested, partial(_export, desk, asked))


def _export(desk: Desk, asked: Question, path: Path) -> None:
    desk.runner.start(
        f"Write {path.name}",
        partial(_write, asked, path),
        lambda _: desk.session.say(f"The curve is in {path}."),
        failed=partial(tell, desk),
    )


def _write(asked: Question, path: Path, progress: Progress) -> None:
    progress.report(0.0, path.name)
    with Staging(path.parent) as staging:
        staging.write(path.name, as_table(curve(asked)).encode())
        staging.commit()


def _can_export(desk: Desk) -> bool:
    return question(desk.session) is not None


COMMANDS: tuple[Command, ...] = (
    Command(
        id="curve.export",
        title="Export the curve…",
        help="Write the values at the crosshair over time, b-value or echo as CSV.",
        menu="View/Moments",
        run=export_curve,
        allowed=_can_export,
    ),
)
