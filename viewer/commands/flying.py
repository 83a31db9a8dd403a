"""Flying along a line that was drawn: through an airway, a vessel, the colon."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.space import change_camera, has_space, in_space
from viewer.core.errors import Declined
from viewer.core.geometry import Array
from viewer.core.measurement import Measurement, MeasurementKind
from viewer.imaging.figures import outline
from viewer.session.flight import Flight, cameras_along

_LINES = (
    MeasurementKind.POLYLINE, MeasurementKind.SPLINE, MeasurementKind.LIVEWIRE,
    MeasurementKind.FREEHAND, MeasurementKind.LENGTH, MeasurementKind.ARROW,
)  # fmt: skip


def lines_in_space(desk: Desk) -> tuple[Measurement, ...]:
    """Return the lines drawn on the volume that is shown in 3D, the chosen one last."""
    opened, chosen = in_space(desk), desk.session.selected.value
    if opened is None:
        return ()
    found = [
        figure
        for figure in desk.session.record.value.measurements
        if figure.kind in _LINES
        and figure.anchor.in_patient
        and figure.anchor.frame_of_reference_uid == opened.frame_of_reference_uid
    ]
    return tuple(sorted(found, key=lambda figure: figure.id == chosen))


def chosen_path(desk: Desk) -> Array:
    """Return the line to fly along (n, 3), LPS mm: the chosen one, else the newest.

    Raises:
        Declined: if there is none.
    """
    lines = lines_in_space(desk)
    if not lines:
        raise Declined("Draw a line along the way first (Measure, polyline); then fly along it.")
    return outline(lines[-1].kind, np.asarray(lines[-1].points, dtype=np.float64))


def fly(desk: Desk) -> None:
    """Fly along the chosen line; stop, and go on from there."""
    flight, opened = desk.session.flight.value, in_space(desk)
    if opened is None:
        return
    if flight is not None and flight.series_key == opened.key and not flight.ended:
        desk.session.flight.set(replace(flight, going=not flight.going))
        return
    try:
        cameras = cameras_along(chosen_path(desk))
    except ValueError as why:
        raise Declined("The line is too short or too long to fly along.") from why
    desk.session.flight.set(Flight(opened.key, cameras))


def leave(desk: Desk) -> None:
    """End the flight and look at the patient from outside again."""
    desk.session.flight.set(None)
    change_camera(
        desk, lambda camera: replace(camera, zoom=1.0, middle=None, inside=False, roll=0.0)
    )


def _speed(steps: int, desk: Desk) -> None:
    flight = desk.session.flight.value
    if flight is not None:
        desk.session.flight.set(flight.with_speed(steps))


def _flies(desk: Desk) -> bool:
    return desk.session.flight.value is not None


def _goes(desk: Desk) -> bool:
    flight = desk.session.flight.value
    return flight is not None and flight.going


COMMANDS: tuple[Command, ...] = (
    Command(
        id="space.fly",
        title="Fly along the chosen line",
        help="Fly through the volume along a line that was measured; stop, and go on.",
        menu="3D/Fly",
        key="Ctrl+Alt+G",
        run=fly,
        checked=_goes,
        allowed=has_space,
    ),
    Command(
        id="space.fly_faster",
        title="Fly faster",
        help="Double the speed of the flight, about.",
        menu="3D/Fly",
        key="Ctrl+Alt+Right",
        run=lambda desk: _speed(1, desk),
        allowed=_flies,
    ),
    Command(
        id="space.fly_slower",
        title="Fly slower",
        help="Halve the speed of the flight, about.",
        menu="3D/Fly",
        key="Ctrl+Alt+Left",
        run=lambda desk: _speed(-1, desk),
        allowed=_flies,
    ),
    Command(
        id="space.fly_end",
        title="End the flight",
        help="Look at the patient from outside again.",
        menu="3D/Fly",
        key="Ctrl+Alt+Escape",
        run=leave,
        allowed=_flies,
    ),
)
