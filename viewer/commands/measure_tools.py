"""The tools that draw and measure, one command each."""

from __future__ import annotations

from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.session.session import Tool

_TITLES = {
    Tool.LENGTH: ("Length", "L", "Drag, or click both ends."),
    Tool.POLYLINE: ("Path", "", "Click along a path; a double click ends it."),
    Tool.BIDIRECTIONAL: ("Bidirectional", "B", "Draw the long axis, then the short one across."),
    Tool.ANGLE: ("Angle", "K", "Click the end of one arm, the vertex, the other end."),
    Tool.COBB: ("Cobb angle", "", "Click both ends of one line, then of the other."),
    Tool.ELLIPSE: ("Ellipse", "Shift+E", "Drag an ellipse: size, mean and spread of the values."),
    Tool.RECTANGLE: ("Rectangle", "Shift+R", "Drag a rectangle: size, mean and spread."),
    Tool.POLYGON: ("Polygon", "", "Click the corners; the first one or a double click ends it."),
    Tool.FREEHAND: ("Freehand region", "", "Draw round a region with the button held."),
    Tool.SPLINE: ("Spline region", "", "Click points of a smooth outline; a double click ends it."),
    Tool.LIVEWIRE: ("Livewire region", "", "Click along an edge: the line follows it between."),
    Tool.SPHERE: ("Sphere", "", "Drag from the centre: values in a ball of the volume."),
    Tool.BOX: ("Box", "", "Drag a rectangle; the box is as deep as it is wide."),
    Tool.PROBE: ("Probe", "Shift+P", "Click: the value at a point."),
    Tool.ARROW: ("Arrow", "", "Drag from the tip; then write what it points to."),
    Tool.TEXT: ("Text", "", "Click, then write."),
    Tool.CALIBRATION: (
        "Calibrate by a line…",
        "",
        "Drag over something of known length on a picture without calibration, and say it.",
    ),
}


def _take(tool: Tool, desk: Desk) -> None:
    desk.session.tool.set(tool)


def _is_taken(tool: Tool, desk: Desk) -> bool:
    return desk.session.tool.value is tool


def _has_image(desk: Desk) -> bool:
    return desk.session.active_image is not None


COMMANDS: tuple[Command, ...] = tuple(
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
)
