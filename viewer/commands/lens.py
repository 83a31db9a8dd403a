"""The magnifier: a round lens at the pointer, and how strong it is."""

from __future__ import annotations

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.windows import has_image
from viewer.session.session import Tool

WEAKEST, STRONGEST = 2.0, 4.0


def _toggle(desk: Desk) -> None:
    desk.session.shown.update(magnifier=not desk.session.shown.value.magnifier)


def _stronger(desk: Desk) -> None:
    """Go on to the next strength; after the strongest comes the weakest."""
    now = desk.session.lens_factor.value
    desk.session.lens_factor.set(WEAKEST if now >= STRONGEST else now + 1.0)


def _named(desk: Desk) -> str:
    return f"Magnifier strength: {desk.session.lens_factor.value:g} times"


COMMANDS: tuple[Command, ...] = (
    Command(
        id="lens.toggle",
        title="Magnifier",
        help="Show a lens at the pointer with the original pixels enlarged; again to put it away.",
        menu="Tools",
        key="Q",
        run=_toggle,
        allowed=has_image,
        checked=lambda desk: desk.session.shown.value.magnifier,
    ),
    Command(
        id="tool.magnifier",
        title="Magnifier while pressed",
        help="Hold the left button down to look through the magnifier.",
        menu="Tools",
        key="Shift+Q",
        run=lambda desk: desk.session.tool.set(Tool.MAGNIFIER),
        checked=lambda desk: desk.session.tool.value is Tool.MAGNIFIER,
    ),
    Command(
        id="lens.stronger",
        title="Magnifier strength",
        help="Enlarge 2, 3 or 4 times.",
        menu="Tools",
        run=_stronger,
        named=_named,
    ),
    Command(
        id="tool.zoom_region",
        title="Zoom to a region",
        help="Drag a rectangle; the view then shows no more than it.",
        menu="Tools",
        key="Shift+Z",
        run=lambda desk: desk.session.tool.set(Tool.ZOOM_REGION),
        checked=lambda desk: desk.session.tool.value is Tool.ZOOM_REGION,
    ),
)
