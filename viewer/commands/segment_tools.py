"""The tools and commands that make segments by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from viewer.commands import segment_edits as edits
from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.segment_clearing import clear_segment, remove_segment
from viewer.session.painting import resize_brush
from viewer.session.segmenting import Brush, Overwrite
from viewer.session.tools import Tool

TOOLS = {
    Tool.PAINT: (
        "Paint",
        "Ctrl+Shift+B",
        "Paint the segment; Ctrl erases, Shift and the wheel size the brush.",
    ),
    Tool.ERASE: ("Erase", "Ctrl+Shift+D", "Take voxels out of the segment; Ctrl paints."),
    Tool.FILL_LASSO: ("Lasso", "", "Draw round what is to be filled with the button held."),
    Tool.FILL_POLYGON: ("Polygon fill", "", "Click the corners of what is to be filled."),
    Tool.FILL_LIVEWIRE: (
        "Livewire fill",
        "",
        "Click along an edge: the line follows it, and the inside is filled.",
    ),
    Tool.SCISSORS: (
        "Scissors",
        "Ctrl+Shift+C",
        "Draw round what is cut out of the segment; in 3D in all its depth, with Alt all else.",
    ),
    Tool.GROW: (
        "Grow region",
        "",
        "Click: what is alike and connected is added, or what lies in the range of the brush.",
    ),
    Tool.LEVEL: (
        "Level tracing",
        "",
        "Click near an edge: the closed outline at that value is filled.",
    ),
    Tool.ISLAND: ("Keep island", "", "Click the island of the segment that is to stay."),
}


def _take(tool: Tool, desk: Desk) -> None:
    desk.session.tool.set(tool)


def _is_taken(tool: Tool, desk: Desk) -> bool:
    return desk.session.tool.value is tool


def change_brush(desk: Desk, change: Callable[[Brush], Brush]) -> None:
    """Use another brush."""
    now = desk.session.segmenting.value
    desk.session.segmenting.set(replace(now, brush=change(now.brush)))


def _resize(factor: float, desk: Desk) -> None:
    resize_brush(desk.session, factor)


def _ball(desk: Desk) -> None:
    change_brush(desk, lambda brush: replace(brush, ball=not brush.ball))


def _adaptive(desk: Desk) -> None:
    change_brush(desk, lambda brush: replace(brush, adaptive=not brush.adaptive))


def _range(desk: Desk) -> None:
    """Ask for the range of values that strokes may take; nothing typed means all."""

    def answered(text: str) -> None:
        words = text.replace(",", ".").split()
        try:
            low, high = (None, None) if not words else (float(words[0]), float(words[1]))
        except (ValueError, IndexError):
            desk.session.say("A range is two numbers, the lower one first.", serious=True)
            return
        if low is not None and high is not None and not low <= high:
            desk.session.say("A range is two numbers, the lower one first.", serious=True)
            return
        change_brush(desk, lambda brush: replace(brush, low=low, high=high))

    brush = desk.session.segmenting.value.brush
    now = "" if brush.low is None or brush.high is None else f"{brush.low:g} {brush.high:g}"
    desk.asker.ask_text("Range", "From which value to which may be painted?", now, answered)


def _keep_others(desk: Desk) -> None:
    now = desk.session.segmenting.value
    other = Overwrite.NOTHING if now.overwrite is Overwrite.UNLOCKED else Overwrite.UNLOCKED
    desk.session.segmenting.set(replace(now, overwrite=other))


def _step(by: int, desk: Desk) -> None:
    edits.step(desk, by)


def _lock(desk: Desk) -> None:
    edits.toggle_lock(desk)


_MENU = "Segment"
TAKING: tuple[Command, ...] = tuple(
    Command(
        id=f"segment.{tool.value.replace(' ', '_')}",
        title=title,
        help=words,
        menu=_MENU,
        key=key,
        run=partial(_take, tool),
        allowed=edits.has_volume,
        checked=partial(_is_taken, tool),
    )
    for tool, (title, key, words) in TOOLS.items()
)
"""What takes each tool; they stand before all else."""
COMMANDS: tuple[Command, ...] = (
    Command(
        id="segment.add",
        title="Add segment",
        help="Add an empty segment and work on it.",
        menu=f"{_MENU}/Segments",
        key="Ctrl+Shift+S",
        run=edits.add_segment,
        allowed=edits.has_volume,
    ),
    Command(
        id="segment.add_group",
        title="Add group",
        help="Add a group of segments: inside it they do not overlap, with other groups they may.",
        menu=f"{_MENU}/Segments",
        run=edits.add_group,
        allowed=edits.has_volume,
    ),
    Command(
        id="segment.next",
        title="Next segment",
        help="Work on the next segment.",
        menu=f"{_MENU}/Segments",
        key="Alt+PgDown",
        run=partial(_step, 1),
        allowed=edits.has_volume,
    ),
    Command(
        id="segment.previous",
        title="Previous segment",
        help="Work on the segment before.",
        menu=f"{_MENU}/Segments",
        key="Alt+PgUp",
        run=partial(_step, -1),
        allowed=edits.has_volume,
    ),
    Command(
        id="segment.rename",
        title="Rename segment…",
        help="Give the segment another name.",
        menu=f"{_MENU}/Segments",
        run=edits.rename,
        allowed=edits.has_chosen,
    ),
    Command(
        id="segment.name_by_code",
        title="Choose a coded name…",
        help="Say in a coded word what the segment is.",
        menu=f"{_MENU}/Segments",
        run=edits.name_by_code,
        allowed=edits.has_chosen,
    ),
    Command(
        id="segment.is_lesion",
        title="Mark as lesion",
        help="Say that the segment is a lesion, not a part of the body.",
        menu=f"{_MENU}/Segments",
        run=edits.mark_as_lesion,
        allowed=edits.has_chosen,
    ),
    Command(
        id="segment.lock",
        title="Lock segment",
        help="Keep the segment from being changed.",
        menu=f"{_MENU}/Segments",
        run=_lock,
        allowed=edits.has_chosen,
        checked=edits.is_locked,
    ),
    Command(
        id="segment.clear",
        title="Empty segment",
        help="Take all voxels out of the segment.",
        menu=f"{_MENU}/Segments",
        run=clear_segment,
        allowed=edits.has_chosen,
    ),
    Command(
        id="segment.remove",
        title="Remove segment",
        help="Take the segment away, with its voxels.",
        menu=f"{_MENU}/Segments",
        run=remove_segment,
        allowed=edits.has_chosen,
    ),
    Command(
        id="segment.remove_group",
        title="Remove group",
        help="Take the group of segments away.",
        menu=f"{_MENU}/Segments",
        run=edits.remove_group,
        allowed=edits.has_chosen,
    ),
    Command(
        id="brush.larger",
        title="Larger brush",
        help="Make the brush larger.",
        menu=f"{_MENU}/Brush",
        key="Ctrl+Shift+=",
        run=partial(_resize, 1.25),
    ),
    Command(
        id="brush.smaller",
        title="Smaller brush",
        help="Make the brush smaller.",
        menu=f"{_MENU}/Brush",
        key="Ctrl+Shift+-",
        run=partial(_resize, 0.8),
    ),
    Command(
        id="brush.ball",
        title="Ball",
        help="Paint a ball through all slices instead of a disc on this one.",
        menu=f"{_MENU}/Brush",
        run=_ball,
        checked=lambda desk: desk.session.segmenting.value.brush.ball,
    ),
    Command(
        id="brush.adaptive",
        title="Adaptive",
        help="Paint only what is like that below the middle of the brush, and connected with it.",
        menu=f"{_MENU}/Brush",
        run=_adaptive,
        checked=lambda desk: desk.session.segmenting.value.brush.adaptive,
    ),
    Command(
        id="brush.range",
        title="Range of values…",
        help="Paint only values from one to another, in the unit of the image.",
        menu=f"{_MENU}/Brush",
        run=_range,
        checked=lambda desk: desk.session.segmenting.value.brush.low is not None,
    ),
    Command(
        id="brush.keep_others",
        title="Keep other segments",
        help="Paint only where no other segment of the group is.",
        menu=f"{_MENU}/Brush",
        run=_keep_others,
        checked=lambda desk: desk.session.segmenting.value.overwrite is Overwrite.NOTHING,
    ),
)
