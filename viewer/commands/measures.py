"""Measuring: what is drawn is measured, kept, changed and taken away again."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.findings import now
from viewer.core.geometry import Position, position_of
from viewer.core.identity import new_uid
from viewer.core.measurement import Measurement, MeasurementKind
from viewer.core.progress import Progress
from viewer.core.volume import Volume
from viewer.imaging.measuring import IN_PATIENT, Ruler, measured, sizes
from viewer.jobs.job import Failure
from viewer.session.ground import frame_at, ground_of
from viewer.session.look import Viewing
from viewer.session.session import Place, Tool
from viewer.session.shaping import copied

_QUICK_VOXELS = 300_000
"""So many voxels are measured at once, without a job."""

_TITLES = {
    Tool.LENGTH: ("Length", "L", "Drag, or click both ends."),
    Tool.ANGLE: ("Angle", "K", "Click the end of one arm, the vertex, the other end."),
    Tool.COBB: ("Cobb angle", "", "Click both ends of one line, then of the other."),
    Tool.BIDIRECTIONAL: ("Bidirectional", "B", "Draw the long axis, then the short one across."),
    Tool.POLYLINE: ("Path", "", "Click along a path; a double click ends it."),
    Tool.ELLIPSE: ("Ellipse", "Shift+E", "Drag an ellipse: size, mean and spread of the values."),
    Tool.RECTANGLE: ("Rectangle", "Shift+R", "Drag a rectangle: size, mean and spread."),
    Tool.POLYGON: ("Polygon", "", "Click the corners; the first one or a double click ends it."),
    Tool.FREEHAND: ("Freehand region", "", "Draw round a region with the button held."),
    Tool.SPLINE: ("Spline region", "", "Click points of a smooth outline; a double click ends it."),
    Tool.SPHERE: ("Sphere", "", "Drag from the centre: values in a ball of the volume."),
    Tool.BOX: ("Box", "", "Drag a rectangle; the box is as deep as it is wide."),
    Tool.PROBE: ("Probe", "Shift+P", "Click: the value at a point."),
    Tool.ARROW: ("Arrow", "", "Drag from the tip; then write what it points to."),
    Tool.TEXT: ("Text", "", "Click, then write."),
}
_WORDED = (MeasurementKind.ARROW, MeasurementKind.TEXT)


def measured_quickly(desk: Desk, measurement: Measurement) -> Measurement:
    """Return a figure that is being drawn with the numbers that are quickly known."""
    volume, ruler = _ground(desk, measurement)
    points = np.asarray(measurement.points)
    if volume is None or _voxels(measurement, volume) > _QUICK_VOXELS:
        return replace(measurement, quantities=sizes(measurement.kind, points, ruler))
    return measured(measurement, volume, ruler)


def draw(desk: Desk, measurement: Measurement) -> None:
    """Keep a new figure, measured; ask for the words of a text or an arrow first."""
    if measurement.kind not in _WORDED:
        _measure(desk, measurement, partial(_put, desk, "Draw"))
        return

    def written(text: str) -> None:
        label = text.strip()
        if label or measurement.kind is MeasurementKind.ARROW:
            _put(desk, "Draw", replace(measurement, label=label))

    desk.asker.ask_text(f"New {measurement.kind.value}", "What shall stand there?", "", written)


def redraw(desk: Desk, measurement: Measurement) -> None:
    """Put a changed figure in place of its older self, measured anew."""
    _measure(desk, replace(measurement, author=desk.session.reader), partial(_put, desk, "Change"))


def select(desk: Desk, id_: str) -> None:
    """Choose a figure and bring the views to it."""
    session = desk.session
    figure = _named(desk, id_)
    session.selected.set(id_ if figure else "")
    if figure is None:
        return
    opened = session.images.value.get(figure.series_key)
    if opened is None:
        session.say("The series of this measurement is not open.", serious=True)
    elif figure.anchor.in_patient:
        middle = position_of(np.mean(figure.points, axis=0))
        session.place.set(Place(middle, opened.frame_of_reference_uid))
    elif not isinstance(opened.image, Volume):
        number = frame_at(opened.image, figure.anchor)
        if number is not None:
            session.hanging.set(
                session.hanging.value.all_changed(
                    lambda look: (
                        replace(look, frame=number) if look.series_key == opened.key else look
                    )
                )
            )


def delete(desk: Desk, id_: str) -> None:
    """Take a figure away; undo brings it back."""
    figure = _named(desk, id_)
    if figure is None:
        return
    record = desk.session.record.value
    kept = tuple(one for one in record.measurements if one.id != id_)
    desk.session.selected.set("")
    desk.session.do(f"Delete {figure.kind.value}", replace(record, measurements=kept))


def rename(desk: Desk, id_: str, label: str) -> None:
    """Call a figure something else."""
    figure = _named(desk, id_)
    if figure is not None and figure.label != label.strip():
        _put(desk, "Rename", replace(figure, label=label.strip()))


def copy_on(desk: Desk, count: int) -> None:
    """Copy the chosen figure so many slices on, and go there."""
    session, figure = desk.session, _chosen(desk)
    opened = session.images.value.get(figure.series_key) if figure else None
    if figure is None or opened is None or figure.anchor.normal is None:
        return
    step = _step(desk, figure.anchor.normal, count)
    copy = copied(figure, new_uid(), step, now())
    place = session.place.value
    session.place.set(replace(place, position=position_of(np.add(place.position, step))))
    _measure(desk, replace(copy, author=session.reader), partial(_put, desk, "Copy"))


def _step(desk: Desk, normal: Position, count: int) -> Position:
    """Return the way to another slice along the normal of a figure."""
    from viewer.session.stepping import steps

    session = desk.session
    opened = session.active_image
    if opened is None or opened.geometry is None:
        return (0.0, 0.0, 0.0)
    look = session.hanging.value.cells[session.hanging.value.active]
    viewing = look.viewing if look.viewing is not Viewing.SPACE else Viewing.ACQUISITION
    line = steps(opened.geometry, viewing)
    way = np.asarray(line.axis) * line.step_mm * count
    return position_of(way) if abs(float(np.dot(line.axis, normal))) > 0.9 else (0.0, 0.0, 0.0)


def _ground(desk: Desk, measurement: Measurement) -> tuple[Volume | None, Ruler]:
    opened = desk.session.images.value.get(measurement.series_key)
    return (None, IN_PATIENT) if opened is None else ground_of(opened, measurement)


def _voxels(measurement: Measurement, volume: Volume) -> float:
    """Return about how many voxels a solid figure holds; flat ones are few."""
    if not measurement.kind.solid:
        return 0.0
    ends = np.asarray(measurement.points)
    reach = float(np.linalg.norm(ends - ends[0], axis=1).max())
    return float((2 * reach) ** 3 / volume.geometry.voxel_volume_mm3)


def _measure(desk: Desk, measurement: Measurement, then: partial[None]) -> None:
    """Measure a figure, in a job of its own where that takes time."""
    volume, ruler = _ground(desk, measurement)
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


def _put(desk: Desk, verb: str, measurement: Measurement) -> None:
    session = desk.session
    record = session.record.value
    there = any(one.id == measurement.id for one in record.measurements)
    changed = (
        tuple(measurement if one.id == measurement.id else one for one in record.measurements)
        if there
        else (*record.measurements, measurement)
    )
    session.do(f"{verb} {measurement.kind.value}", replace(record, measurements=changed))
    session.selected.set(measurement.id)


def _named(desk: Desk, id_: str) -> Measurement | None:
    found = (one for one in desk.session.record.value.measurements if one.id == id_)
    return next(found, None)


def _chosen(desk: Desk) -> Measurement | None:
    return _named(desk, desk.session.selected.value)


def _has_chosen(desk: Desk) -> bool:
    return _chosen(desk) is not None


def _delete_chosen(desk: Desk) -> None:
    delete(desk, desk.session.selected.value)


def _rename_chosen(desk: Desk) -> None:
    figure = _chosen(desk)
    if figure is not None:
        desk.asker.ask_text(
            "Label", "What is it called?", figure.label, partial(rename, desk, figure.id)
        )


def _take(tool: Tool, desk: Desk) -> None:
    desk.session.tool.set(tool)


def _is_taken(tool: Tool, desk: Desk) -> bool:
    return desk.session.tool.value is tool


def _has_image(desk: Desk) -> bool:
    return desk.session.active_image is not None


COMMANDS: tuple[Command, ...] = (
    *(
        Command(
            id=f"measure.{tool.value}",
            title=title,
            help=words,
            menu="Measure",
            key=key,
            run=partial(_take, tool),
            allowed=_has_image,
            checked=partial(_is_taken, tool),
        )
        for tool, (title, key, words) in _TITLES.items()
    ),
    Command(
        id="measure.delete",
        title="Delete measurement",
        help="Take the chosen measurement away; undo brings it back.",
        menu="Measure",
        key="Del",
        run=_delete_chosen,
        allowed=_has_chosen,
    ),
    Command(
        id="measure.label",
        title="Label measurement…",
        help="Name the chosen measurement.",
        menu="Measure",
        key="Ctrl+L",
        run=_rename_chosen,
        allowed=_has_chosen,
    ),
    Command(
        id="measure.copy_next",
        title="Copy to next slice",
        help="Copy the chosen measurement one slice on and measure it there.",
        menu="Measure",
        key="Ctrl+Shift+Down",
        run=partial(copy_on, count=1),
        allowed=_has_chosen,
    ),
    Command(
        id="measure.copy_previous",
        title="Copy to previous slice",
        help="Copy the chosen measurement one slice back and measure it there.",
        menu="Measure",
        key="Ctrl+Shift+Up",
        run=partial(copy_on, count=-1),
        allowed=_has_chosen,
    ),
)
