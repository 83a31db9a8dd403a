"""Another series laid over that of the active view, as a PET over its CT."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.looks import has_volume
from viewer.commands.windows import active_look, change_look
from viewer.core.window import Window
from viewer.imaging.colour_maps import ColourMap
from viewer.imaging.fuse import Mix
from viewer.session.fusion import may_lie_over, upper_in, with_fusion
from viewer.session.fusion_look import Fusion
from viewer.session.look import Viewing

_MENU = "Image/Fusion"
_STEP = 0.1
_WIDER = 1.25
_LAST_IN_VIEW = (Viewing.SPACE, Viewing.CURVED)
_NOTHING = (
    "Nothing can be laid over this series: open a volume of the same patient space, or bring two "
    "spaces in line by hand first."
)


def lay_over(desk: Desk, key: str, cell: int | None = None) -> None:
    """Lay an open series over that of a view, the active one if none is said."""
    hanging = desk.session.hanging.value
    cell = hanging.active if cell is None else cell
    desk.session.hanging.set(hanging.changed(cell, lambda look: replace(look, fusion=Fusion(key))))


def take_off(desk: Desk) -> None:
    """Show the series of the active view alone."""
    change_look(desk, lambda look: replace(look, fusion=None))


def _toggle(desk: Desk) -> None:
    """Lay the likeliest series over the active view, or take off what lies there."""
    opened = desk.session.active_image
    if active_look(desk).fusion is not None:
        take_off(desk)
        return
    able = () if opened is None else may_lie_over(desk.session, opened)
    if able:
        lay_over(desk, able[0].group or able[0].key)
    else:
        desk.session.say(_NOTHING)


def _choose(desk: Desk) -> None:
    """Ask which open series is to be laid over the active view."""
    opened = desk.session.active_image
    able = () if opened is None else may_lie_over(desk.session, opened)
    if not able:
        desk.session.say(_NOTHING)
        return
    cell = desk.session.hanging.value.active
    words = tuple(f"{one.image.modality} {one.series.title}" for one in able)

    def chosen(number: int) -> None:
        lay_over(desk, able[number].group or able[number].key, cell)

    desk.asker.ask_choice("Lay another series over", "Open series that fit this one", words, chosen)


def set_opacity(desk: Desk, cell: int, opacity: float) -> None:
    """Show more or less of what lies over a view, 0 to 1."""
    held = round(min(max(opacity, 0.0), 1.0), 3)
    hanging = desk.session.hanging.value
    desk.session.hanging.set(hanging.changed(cell, lambda look: with_fusion(look, opacity=held)))


def _more(step: float, desk: Desk) -> None:
    fusion = active_look(desk).fusion
    if fusion is not None:
        set_opacity(desk, desk.session.hanging.value.active, fusion.opacity + step)


def _reach(factor: float, desk: Desk) -> None:
    """Move the upper end of the window of what lies on top; the lower end stays."""
    opened, look = desk.session.active_image, active_look(desk)
    upper = None if opened is None else upper_in(desk.session, opened, look)
    if upper is None:
        return
    width = max(upper.window.width * factor, 1e-6)
    window = Window(upper.window.low + width / 2, width)
    _change(desk, window=window)


def _change(desk: Desk, **values: object) -> None:
    change_look(desk, lambda look: with_fusion(look, **values))


def _may(desk: Desk) -> bool:
    return has_volume(desk) and active_look(desk).viewing not in _LAST_IN_VIEW


def _is_fused(desk: Desk) -> bool:
    return _may(desk) and active_look(desk).fusion is not None


def _mixes(mix: Mix, desk: Desk) -> bool:
    fusion = active_look(desk).fusion
    return fusion is not None and fusion.mix is mix


def _colours(colour_map: ColourMap, desk: Desk) -> bool:
    fusion = active_look(desk).fusion
    return fusion is not None and fusion.colour_map is colour_map


_MIXES = {
    Mix.WEIGHTED: "Go from the lower series over to the upper one as the slider says.",
    Mix.MULTIPLICATIVE: "Let the upper series light the lower one, which is dark elsewhere.",
    Mix.AVERAGE: "Show at most half of the upper series, so that the lower one is never hidden.",
}

COMMANDS: tuple[Command, ...] = (
    Command(
        id="fusion.toggle",
        title="Fuse with PET",
        help="Lay the PET, or another series of the same space, over the active view.",
        menu=_MENU,
        key="U",
        run=_toggle,
        allowed=_may,
        checked=_is_fused,
    ),
    Command(
        id="fusion.choose",
        title="Lay another series over…",
        help="Choose which open series is laid over the active view.",
        menu=_MENU,
        key="Ctrl+U",
        run=_choose,
        allowed=_may,
    ),
    Command(
        id="fusion.more",
        title="More of the upper series",
        help="Show a tenth more of the series that lies on top.",
        menu=_MENU,
        key="Alt+Up",
        run=partial(_more, _STEP),
        allowed=_is_fused,
    ),
    Command(
        id="fusion.less",
        title="Less of the upper series",
        help="Show a tenth less of the series that lies on top.",
        menu=_MENU,
        key="Alt+Down",
        run=partial(_more, -_STEP),
        allowed=_is_fused,
    ),
    *(
        Command(
            id=f"fusion.{mix.value}",
            title=f"Fusion: {mix.value}",
            help=words,
            menu=_MENU,
            run=partial(_change, mix=mix),
            allowed=_is_fused,
            checked=partial(_mixes, mix),
        )
        for mix, words in _MIXES.items()
    ),
    Command(
        id="fusion.brighter",
        title="Upper series brighter",
        help="Bring the upper end of the window of the series on top down by a fifth.",
        menu=_MENU,
        run=partial(_reach, 1 / _WIDER),
        allowed=_is_fused,
    ),
    Command(
        id="fusion.darker",
        title="Upper series darker",
        help="Bring the upper end of the window of the series on top up by a quarter.",
        menu=_MENU,
        run=partial(_reach, _WIDER),
        allowed=_is_fused,
    ),
    *(
        Command(
            id=f"fusion.colours_{colour_map.name.lower()}",
            title=f"Upper series: {colour_map.value}",
            help=f"Show the series on top in the colours {colour_map.value}.",
            menu=f"{_MENU}/Colours on top",
            run=partial(_change, colour_map=colour_map),
            allowed=_is_fused,
            checked=partial(_colours, colour_map),
        )
        for colour_map in ColourMap
    ),
)
