"""Measuring: what is drawn is measured, kept, changed and taken away again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from viewer.commands.desk import Desk
from viewer.core import code
from viewer.core.geometry import position_of
from viewer.core.measurement import Measurement, MeasurementKind, Quantity
from viewer.core.progress import Progress
from viewer.core.stack import Stack
from viewer.core.volume import Fidelity, Volume
from viewer.imaging.curved import smoothed
from viewer.imaging.figures import simplified
from viewer.imaging.measuring import IN_PATIENT, Ruler, measured, sizes
from viewer.jobs.job import Failure
from viewer.session.calibrating import LEAST_MM, MOST_MM, calibrated, why_not
from viewer.session.ground import frame_at, ground_of
from viewer.session.images import OpenImage
from viewer.session.record import Record
from viewer.session.session import Place, Tool
from viewer.session.whereabouts import jump

_QUICK_VOXELS = 300_000
"""So many voxels are measured at once, without a job."""
_DRAWN_VOXELS = 60_000
"""So many are measured at every step of a drag."""
_WORDED = (MeasurementKind.ARROW, MeasurementKind.TEXT)
_TRACED = (MeasurementKind.FREEHAND, MeasurementKind.LIVEWIRE)
Then = Callable[[Measurement], None]


# -- what a hand on a view asks for ---------------------------------------------------------


def measured_quickly(desk: Desk, measurement: Measurement) -> Measurement:
    """Return a figure that is being drawn with the numbers that are quickly known."""
    volume, ruler = ground(desk, measurement)
    points = np.asarray(measurement.points)
    if volume is None or _voxels(measurement, volume) > _DRAWN_VOXELS:
        true = measurement.quantity(code.TRUE_LENGTH)
        line = smoothed(measurement, points)
        known = sizes(measurement.kind, line, ruler) if true is None else (true,)
        return replace(measurement, quantities=known)
    return measured(measurement, volume, ruler)


def draw(desk: Desk, measurement: Measurement) -> None:
    """Keep a new figure, measured; ask for the words of a text or an arrow first."""
    if not (desk.settings.measuring.keep_tool or desk.session.tool.value is Tool.PATH):
        desk.session.tool.set(Tool.CROSSHAIR)
    if measurement.colour is None:
        measurement = replace(measurement, colour=desk.settings.measuring.colour)
    if measurement.kind in _TRACED:
        measurement = _thinned(desk, measurement)
    if measurement.kind is MeasurementKind.CALIBRATION:
        _ask_true_length(desk, measurement)
    elif measurement.kind in _WORDED:
        _ask_words(desk, measurement)
    else:
        measure(desk, measurement, partial(put, desk, "Draw"))


def redraw(desk: Desk, measurement: Measurement) -> None:
    """Put a changed figure in place of its older self, measured anew."""
    old = named(desk, measurement.id)
    if old is not None and old.points == measurement.points:
        put(desk, "Change", replace(measurement, quantities=old.quantities))
        return
    measure(desk, replace(measurement, author=desk.session.reader), partial(put, desk, "Change"))


def _thinned(desk: Desk, measurement: Measurement) -> Measurement:
    """Return a traced figure with no more points than half a pixel of the image needs."""
    volume, _ = ground(desk, measurement)
    pixel = min(volume.geometry.spacing_mm) if volume is not None else 1.0
    points = simplified(np.asarray(measurement.points), pixel / 2)
    if len(points) < measurement.kind.counts[0]:
        return measurement
    return replace(measurement, points=tuple(position_of(point) for point in points))


def _ask_words(desk: Desk, measurement: Measurement) -> None:
    def written(text: str) -> None:
        label = text.strip()
        if label or measurement.kind is MeasurementKind.ARROW:
            put(desk, "Draw", replace(measurement, label=label))

    desk.asker.ask_text(f"New {measurement.kind.value}", "What shall stand there?", "", written)


def _ask_true_length(desk: Desk, measurement: Measurement) -> None:
    """Ask how long the thing below a calibration line is, and keep it if that makes sense."""
    opened = desk.session.images.value.get(measurement.series_key)
    reason = _why_not(opened, measurement)
    if reason:
        desk.session.say(reason, serious=True)
        return

    def answered(text: str) -> None:
        length = length_in_words(text)
        if length is None:
            desk.session.say(
                f"“{text.strip()}” is no length between {LEAST_MM:g} and {MOST_MM:g} mm; "
                "nothing was calibrated.",
                serious=True,
            )
            return
        true = Quantity(code.TRUE_LENGTH, length, code.MILLIMETRE)
        put(desk, "Draw", replace(measurement, quantities=(true,)))
        desk.session.say(f"This picture is calibrated by a line of {length:g} mm.")

    desk.asker.ask_text("Calibration", "How long is this line in truth, in mm?", "", answered)


def _why_not(opened: OpenImage | None, line: Measurement) -> str:
    """Return why there is nothing to calibrate below a line; empty where there is."""
    stack = opened.image if opened is not None else None
    number = frame_at(stack, line.anchor) if isinstance(stack, Stack) else None
    if not isinstance(stack, Stack) or number is None:
        return "Lengths on this picture are those in the patient already."
    return why_not(stack.frames[number])


def length_in_words(text: str) -> float | None:
    """Return the mm that a reader wrote ("25", "25,4 mm", "2.5 cm"); None where it is none."""
    words = text.strip().lower().replace(",", ".")
    factor = 10.0 if words.endswith("cm") else 1.0
    try:
        length = float(words.removesuffix("mm").removesuffix("cm").strip()) * factor
    except ValueError:
        return None
    return length if LEAST_MM <= length <= MOST_MM else None


# -- going to one, and taking some away -----------------------------------------------------


def select(desk: Desk, id_: str) -> None:
    """Choose a figure and bring the views to it."""
    session = desk.session
    figure = named(desk, id_)
    session.selected.set(id_ if figure else "")
    if figure is None:
        return
    opened = session.images.value.get(figure.series_key)
    if opened is None:
        session.say("The series of this measurement is not open.", serious=True)
    elif figure.anchor.in_patient:
        session.show_moment_of(opened.key)
        middle = position_of(np.mean(figure.points, axis=0))
        if figure.kind is MeasurementKind.SPHERE:
            middle = figure.points[0]
        jump(session, Place(middle, opened.frame_of_reference_uid))
    if isinstance(opened, OpenImage) and isinstance(opened.image, Stack):
        number = frame_at(opened.image, figure.anchor)
        if number is not None:
            _turn_to(desk, opened.key, number)


def _turn_to(desk: Desk, key: str, number: int) -> None:
    hanging = desk.session.hanging
    hanging.set(
        hanging.value.all_changed(
            lambda look: replace(look, frame=number) if look.series_key == key else look
        )
    )


def delete(desk: Desk, ids: Iterable[str]) -> None:
    """Take figures away in one step; undo brings them back. Locked ones stay."""
    wanted = frozenset(ids)
    said = desk.session.record.value.measurements
    going = [one for one in said if one.id in wanted and not one.locked]
    if len(going) < sum(one.id in wanted for one in said):
        desk.session.say("What is locked was not deleted.", serious=not going)
    if not going:
        return
    gone = {one.id for one in going}
    desk.session.selected.set("")
    title = f"Delete {going[0].kind.value}" if len(going) == 1 else f"Delete {len(going)} figures"
    keep(desk, title, tuple(one for one in said if one.id not in gone))


def rename(desk: Desk, id_: str, label: str) -> None:
    """Call a figure something else."""
    figure = named(desk, id_)
    if figure is not None and figure.label != label.strip():
        put(desk, "Rename", replace(figure, label=label.strip()))


# -- measuring -----------------------------------------------------------------------------


def ground(desk: Desk, measurement: Measurement) -> tuple[Volume | None, Ruler]:
    """Return the values below a figure, if they are there by now, and what its lengths are in."""
    opened = desk.session.images.value.get(measurement.series_key)
    if opened is None:
        return None, IN_PATIENT
    volume, ruler = ground_of(opened, measurement)
    return (volume if has_landed(opened, measurement) else None), ruler


def has_landed(opened: OpenImage, measurement: Measurement) -> bool:
    """Tell whether all slices that a figure touches are there: no neighbour's copies, no gaps."""
    fidelity = opened.fidelity
    if fidelity is None or not fidelity.waiting or opened.geometry is None:
        return True
    at = opened.geometry.to_index(_extent(measurement))[:, 0]
    last = len(fidelity.quality) - 1
    low, high = (int(np.clip(np.rint(end), 0, last)) for end in (at.min(), at.max()))
    return bool((fidelity.quality[low : high + 1] >= Fidelity.ORIGINAL).all())


def _extent(measurement: Measurement) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return points (n, 3) within which a figure lies."""
    points = np.asarray(measurement.points, dtype=float)
    if measurement.kind is MeasurementKind.SPHERE:
        radius = float(np.linalg.norm(points[1] - points[0]))
        return np.asarray(points[0] + radius * np.concatenate([np.eye(3), -np.eye(3)]))
    if measurement.kind is MeasurementKind.BOX:
        edges = points[1:] - points[0]
        return np.asarray(np.concatenate([points, points[:1] + edges.sum(axis=0)]))
    return points


def _voxels(measurement: Measurement, volume: Volume) -> float:
    """Return about how many voxels a solid figure holds; flat ones are few."""
    if not measurement.kind.solid:
        return 0.0
    ends = np.asarray(measurement.points)
    reach = float(np.linalg.norm(ends - ends[0], axis=1).max())
    return float((2 * reach) ** 3 / volume.geometry.voxel_volume_mm3)


def measure(desk: Desk, measurement: Measurement, then: Then) -> None:
    """Measure a figure and hand it over, from a job of its own where that takes time."""
    volume, ruler = ground(desk, measurement)
    if volume is None or _voxels(measurement, volume) <= _QUICK_VOXELS:
        then(measured(measurement, volume, ruler))
        return

    def work(progress: Progress) -> Measurement:
        progress.report(0.0, measurement.kind.value)
        return measured(measurement, volume, ruler)

    def failed(failure: Failure) -> None:
        desk.session.say(failure.sentence, serious=True)

    desk.runner.start(
        f"Measure {measurement.kind.value}",
        work,
        then,
        failed=failed,
        instead_of=f"measure {measurement.id}",
    )


# -- keeping -------------------------------------------------------------------------------


def put(desk: Desk, verb: str, measurement: Measurement) -> None:
    """Keep a new figure, or put a changed one in place of its older self; choose it."""
    put_all(desk, f"{verb} {measurement.kind.value}", (measurement,))
    desk.session.selected.set(measurement.id)


def put_all(desk: Desk, title: str, measurements: Sequence[Measurement]) -> None:
    """Keep some figures, new or changed, in one step."""
    said = desk.session.record.value.measurements
    there = {one.id for one in said}
    changed = {one.id: one for one in measurements}
    new = tuple(one for one in measurements if one.id not in there)
    keep(desk, title, (*(changed.get(one.id, one) for one in said), *new))


def keep(desk: Desk, title: str, measurements: tuple[Measurement, ...]) -> None:
    """Say these figures and no others; what a calibration changes is measured anew."""
    record = desk.session.record.value
    after = replace(record, measurements=_as_calibrated(desk, record, measurements))
    desk.session.do(title, after)


def _as_calibrated(
    desk: Desk, record: Record, said: tuple[Measurement, ...]
) -> tuple[Measurement, ...]:
    """Return figures with the lengths that the calibrations among them give."""
    if _calibrations(record.measurements) == _calibrations(said):
        return said
    new: dict[str, OpenImage] = {}
    for opened in desk.session.images.value:
        if isinstance(opened.image, Stack):
            stack = calibrated(opened.image, said)
            if stack is not opened.image:
                new[opened.key] = replace(opened, image=stack)

    def again(one: Measurement) -> Measurement:
        opened = new.get(one.series_key)
        if opened is None or one.anchor.in_patient:
            return one
        return measured(one, *ground_of(opened, one))

    return tuple(again(one) for one in said)


def _calibrations(said: Sequence[Measurement]) -> list[tuple[object, ...]]:
    return [
        (one.points, one.anchor, one.quantities)
        for one in said
        if one.kind is MeasurementKind.CALIBRATION
    ]


def named(desk: Desk, id_: str) -> Measurement | None:
    """Return the figure of this id, if there is one."""
    found = (one for one in desk.session.record.value.measurements if one.id == id_)
    return next(found, None)


def chosen(desk: Desk) -> Measurement | None:
    """Return the figure that is chosen."""
    return named(desk, desk.session.selected.value)


def has_chosen(desk: Desk) -> bool:
    """Tell whether a figure is chosen."""
    return chosen(desk) is not None
