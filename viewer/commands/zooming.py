"""How large the picture of the active view is: fitted, pixel for pixel, or true to life."""

from __future__ import annotations

from dataclasses import replace

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.windows import active_look, change_look, has_image
from viewer.core.errors import Declined
from viewer.session.look import Look, Viewing
from viewer.session.magnification import Magnification

_LEAST, _MOST = 0.05, 64.0


def _is_flat(desk: Desk) -> bool:
    return has_image(desk) and active_look(desk).viewing is not Viewing.SPACE


def _shown(desk: Desk) -> Magnification:
    found = None
    if desk.window is not None:
        found = desk.window.magnification(desk.session.hanging.value.active)
    if found is None:
        raise Declined("No picture is on the screen yet.", code="no_picture")
    return found


def _enlarge(desk: Desk, factor: float) -> None:
    """Enlarge the active view about its middle; others of its series by the same, if linked."""
    if not _LEAST <= active_look(desk).zoom * factor <= _MOST:
        raise Declined("That is more than this view can enlarge or shrink.", code="zoom")

    def enlarged(look: Look) -> Look:
        return replace(look, zoom=min(max(look.zoom * factor, _LEAST), _MOST))

    change_look(desk, enlarged, all_of_series=desk.session.links.value.zoom)


def one_to_one(desk: Desk) -> None:
    """Show each pixel of the image on one pixel of the screen."""
    _enlarge(desk, 1 / _shown(desk).pixels)


def true_size(desk: Desk) -> None:
    """Show a centimetre of the patient as a centimetre on the glass."""
    shown = _shown(desk)
    if shown.life is None:
        raise Declined(
            "The size of this picture in the patient, or that of the screen, is not known, "
            "so it cannot be shown in true size.",
            code="no_size",
        )
    _enlarge(desk, 1 / shown.life)
    if not shown.calibrated:
        desk.session.say(
            "True size by what the screen says of itself; measure it once under "
            "Image, Size, Calibrate the screen."
        )


def _calibrate(desk: Desk) -> None:
    if desk.window is not None:
        desk.window.calibrate_screen()


COMMANDS: tuple[Command, ...] = (
    Command(
        id="look.one_to_one",
        title="Pixel for pixel (1:1)",
        help="Show each pixel of the image on one pixel of the screen: zoom 100 %.",
        menu="Image/Size",
        key="Ctrl+0",
        run=one_to_one,
        allowed=_is_flat,
    ),
    Command(
        id="look.true_size",
        title="True size",
        help="Show a centimetre of the patient as a centimetre on the screen.",
        menu="Image/Size",
        key="Ctrl+Shift+0",
        run=true_size,
        allowed=_is_flat,
    ),
    Command(
        id="screen.calibrate",
        title="Calibrate the screen",
        help="Lay a bank card or a ruler on the screen, so that true size is true.",
        menu="Image/Size",
        run=_calibrate,
        allowed=lambda desk: desk.window is not None,
    ),
)
