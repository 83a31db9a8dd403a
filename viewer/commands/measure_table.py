"""The list of measurements: as a table in a file, and as text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.telling import tell
from viewer.core.errors import Declined
from viewer.core.measurement import Measurement
from viewer.core.progress import Progress
from viewer.core.stack import Stack
from viewer.core.study import Series, Study
from viewer.io.atomic import Staging
from viewer.io.measure_table import Line, measurements_table
from viewer.session.ground import frame_at
from viewer.session.images import OpenImage


def lines(desk: Desk, ids: Collection[str] = ()) -> list[Line]:
    """Return the measurements of the record with their numbers; only those named, if any are."""
    session = desk.session
    found = []
    for number, one in enumerate(session.record.value.measurements, start=1):
        if ids and one.id not in ids:
            continue
        listed = session.catalogue.value.find(one.series_key)
        line = Line(number, one, slice_number=slice_number(desk, one))
        found.append(line if listed is None else _of(line, *listed))
    return found


def _of(line: Line, study: Study, series: Series) -> Line:
    title = f"{series.number}: {series.title}" if series.number else series.title
    return replace(
        line,
        patient_id=study.patient.id,
        patient_name=study.patient.name,
        study_date=study.date,
        study_uid=study.uid,
        series=title,
        series_uid=series.uid,
    )


def slice_number(desk: Desk, figure: Measurement) -> int | None:
    """Return the stored slice or frame (from 1) that a figure lies on; None for oblique ones."""
    opened: OpenImage | None = desk.session.images.value.get(figure.series_key)
    if opened is None:
        return None
    if isinstance(opened.image, Stack):
        number = frame_at(opened.image, figure.anchor)
        return None if number is None else number + 1
    slices = opened.image.geometry.to_index(figure.points)[:, 0]
    if figure.kind.solid:
        slices = slices[:1]
    if float(np.ptp(slices)) > 0.5:
        return None
    number = round(float(slices.mean()))
    return number + 1 if 0 <= number < opened.image.geometry.shape[0] else None


def export(desk: Desk) -> None:
    """Ask for a name and write all measurements as CSV.

    Raises:
        Declined: if there are none.
    """
    there = lines(desk)
    if not there:
        raise Declined("There are no measurements to be exported.", code="no_measurements")
    suggested = desk.settings.start_folder / "measurements.csv"
    desk.asker.choose_name("Export the measurements", suggested, partial(_export, desk, there))


def _export(desk: Desk, there: list[Line], path: Path) -> None:
    desk.runner.start(
        f"Write {path.name}",
        partial(_write, there, path),
        lambda _: desk.session.say(f"{len(there)} measurements are in {path}."),
        failed=partial(tell, desk),
    )


def _write(there: list[Line], path: Path, progress: Progress) -> None:
    progress.report(0.0, path.name)
    with Staging(path.parent) as staging:
        staging.write(path.name, measurements_table(there).encode("utf-8-sig"))
        staging.commit()


def _has_any(desk: Desk) -> bool:
    return bool(desk.session.record.value.measurements)


def _toggle_shown(desk: Desk) -> None:
    shown = desk.session.shown
    shown.update(measurements=not shown.value.measurements)


COMMANDS: tuple[Command, ...] = (
    Command(
        id="measure.show",
        title="Show measurements",
        help="Draw all measurements, or none.",
        menu="Measure",
        key="Shift+M",
        run=_toggle_shown,
        checked=lambda desk: desk.session.shown.value.measurements,
    ),
    Command(
        id="measure.export",
        title="Export measurements…",
        help="Write all measurements as a table (CSV) with units and places.",
        menu="Measure",
        run=export,
        allowed=_has_any,
    ),
)
