"""How the active view looks: turns, zoom, slab, and whether all views follow."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.windows import COMMANDS as WINDOWS
from viewer.commands.windows import active_look, change_look, has_image
from viewer.core.volume import Volume
from viewer.session.look import Look, Slab, Viewing


def has_volume(desk: Desk) -> bool:
    """Tell whether a volume hangs in the active view."""
    opened = desk.session.active_image
    return opened is not None and isinstance(opened.image, Volume)


def _invert(desk: Desk) -> None:
    change_look(desk, lambda look: replace(look, inverted=not look.inverted))


def _turn(quarters: int, desk: Desk) -> None:
    change_look(desk, lambda look: replace(look, quarter_turns=(look.quarter_turns + quarters) % 4))


def _flip_sideways(desk: Desk) -> None:
    change_look(desk, lambda look: replace(look, flipped_sideways=not look.flipped_sideways))


def _flip_upside_down(desk: Desk) -> None:
    change_look(desk, lambda look: replace(look, flipped_upside_down=not look.flipped_upside_down))


def _fit(desk: Desk) -> None:
    change_look(desk, Look.fitted, all_of_series=desk.session.links.value.zoom)


def _reset(desk: Desk) -> None:
    desk.session.planes.update(turned=())
    desk.session.hanging.set(desk.session.hanging.value.all_changed(Look.reset))


def _zoom(factor: float, desk: Desk) -> None:
    def zoomed(look: Look) -> Look:
        if look.viewing is Viewing.SPACE:
            zoom = min(max(look.camera.zoom * factor, 0.2), 10)
            return replace(look, camera=replace(look.camera, zoom=zoom))
        return replace(look, zoom=min(max(look.zoom * factor, 0.05), 64))

    change_look(desk, zoomed, all_of_series=desk.session.links.value.zoom)


def _thicker(desk: Desk) -> None:
    change_look(desk, lambda look: replace(look, slab_mm=min(look.slab_mm + 5, 500)))


def _thinner(desk: Desk) -> None:
    change_look(desk, lambda look: replace(look, slab_mm=max(look.slab_mm - 5, 0)))


def _slab(kind: Slab, desk: Desk) -> None:
    change_look(desk, lambda look: replace(look, slab=kind, slab_mm=look.slab_mm or 10))


def _slab_is(kind: Slab, desk: Desk) -> bool:
    look = active_look(desk)
    return look.slab_mm > 0 and look.slab is kind


def _no_slab(desk: Desk) -> None:
    change_look(desk, lambda look: replace(look, slab_mm=0.0))


def _smooth(desk: Desk) -> None:
    change_look(desk, lambda look: replace(look, smooth=not look.smooth), all_of_series=True)


def _link(name: str, desk: Desk) -> None:
    links = desk.session.links.value
    desk.session.links.update(**{name: not getattr(links, name)})


def _linked(name: str, desk: Desk) -> bool:
    return bool(getattr(desk.session.links.value, name))


def _slabs() -> tuple[Command, ...]:
    words = {
        Slab.MAXIMUM: "the brightest",
        Slab.MINIMUM: "the darkest",
        Slab.MEAN: "the mean of the",
    }
    return tuple(
        Command(
            id=f"slab.{kind.name.lower()}",
            title=f"Slab: {kind.value}",
            help=f"Show {words[kind]} value across a slab of the image.",
            menu="Image/Slab",
            run=partial(_slab, kind),
            allowed=has_volume,
            checked=partial(_slab_is, kind),
        )
        for kind in Slab
    )


COMMANDS: tuple[Command, ...] = (
    *WINDOWS,
    Command(
        id="look.invert",
        title="Invert",
        help="Swap black and white in this view.",
        menu="Image",
        key="I",
        run=_invert,
        allowed=has_image,
        checked=lambda desk: active_look(desk).inverted,
        icon="invert",
    ),
    Command(
        id="look.turn_right",
        title="Turn right",
        help="Turn this view a quarter clockwise.",
        menu="Image",
        key="]",
        run=partial(_turn, 1),
        allowed=has_image,
    ),
    Command(
        id="look.turn_left",
        title="Turn left",
        help="Turn this view a quarter anticlockwise.",
        menu="Image",
        key="[",
        run=partial(_turn, -1),
        allowed=has_image,
    ),
    Command(
        id="look.flip_sideways",
        title="Flip sideways",
        help="Mirror this view left to right; the letters follow.",
        menu="Image",
        key="Shift+H",
        run=_flip_sideways,
        allowed=has_image,
        checked=lambda desk: active_look(desk).flipped_sideways,
    ),
    Command(
        id="look.flip_upside_down",
        title="Flip upside down",
        help="Mirror this view top to bottom; the letters follow.",
        menu="Image",
        key="Shift+V",
        run=_flip_upside_down,
        allowed=has_image,
        checked=lambda desk: active_look(desk).flipped_upside_down,
    ),
    Command(
        id="look.fit",
        title="Fit",
        help="Show the whole image.",
        menu="Image",
        key="F",
        run=_fit,
        allowed=has_image,
        icon="fit",
    ),
    Command(
        id="look.reset",
        title="Reset views",
        help="Undo window, zoom, pan, turns, slabs and oblique planes in every view.",
        menu="Image",
        key="Shift+F",
        run=_reset,
        allowed=has_image,
        icon="reset",
    ),
    Command(
        id="look.zoom_in",
        title="Zoom in",
        help="Enlarge the picture by a quarter.",
        menu="Image",
        key="+; =",
        run=partial(_zoom, 1.25),
        allowed=has_image,
    ),
    Command(
        id="look.zoom_out",
        title="Zoom out",
        help="Shrink the picture by a fifth.",
        menu="Image",
        key="-",
        run=partial(_zoom, 0.8),
        allowed=has_image,
    ),
    Command(
        id="look.smooth",
        title="Smooth pixels",
        help="Interpolate between pixels, or show each as it is.",
        menu="Image",
        key="D",
        run=_smooth,
        allowed=has_image,
        checked=lambda desk: active_look(desk).smooth,
    ),
    *_slabs(),
    Command(
        id="slab.off",
        title="No slab",
        help="Show single slices again.",
        menu="Image/Slab",
        run=_no_slab,
        allowed=has_volume,
    ),
    Command(
        id="slab.thicker",
        title="Thicker slab",
        help="Add 5 mm to the slab of this view.",
        menu="Image/Slab",
        key="Ctrl+Up",
        run=_thicker,
        allowed=has_volume,
    ),
    Command(
        id="slab.thinner",
        title="Thinner slab",
        help="Take 5 mm from the slab of this view.",
        menu="Image/Slab",
        key="Ctrl+Down",
        run=_thinner,
        allowed=has_volume,
    ),
    *(
        Command(
            id=f"link.{name}",
            title=f"Link {name}",
            help=f"Share the {name} among all views of a series.",
            menu="Image/Linked",
            run=partial(_link, name),
            checked=partial(_linked, name),
        )
        for name in ("window", "zoom", "pan")
    ),
)
