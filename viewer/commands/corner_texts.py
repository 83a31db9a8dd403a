"""What is written in the corners of the views: how much, with names or without, item by item."""

from __future__ import annotations

from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.session.corner_texts import Corners, CornerTexts, Item, Level, rearranged
from viewer.settings import Settings, Texts

_MENU = "View/Texts"


def texts_as_kept(settings: Settings) -> CornerTexts:
    """Return what a reader wants in the corners; words that are not known are left out."""
    kept = settings.texts
    levels, items = {one.value: one for one in Level}, {one.value: one for one in Item}
    arranged = tuple(
        (modality, Corners(*(tuple(items[w] for w in words if w in items) for words in corners)))
        for modality, corners in kept.corners.items()
    )
    off = frozenset(items[word] for word in kept.off if word in items)
    return CornerTexts(levels.get(kept.level, Level.ALL), kept.names_hidden, off, arranged)


def _set(desk: Desk, wanted: CornerTexts) -> None:
    """Show these texts, and keep the choice."""
    desk.session.corner_texts.set(wanted)
    texts: Texts = desk.settings.texts.changed(
        level=wanted.level.value,
        names_hidden=wanted.names_hidden,
        off=tuple(sorted(item.value for item in wanted.off)),
        corners={modality: _words(corners) for modality, corners in wanted.arranged},
    )
    desk.settings = desk.settings.model_copy(update={"texts": texts})


def _words(corners: Corners) -> tuple[tuple[str, ...], ...]:
    sides = (corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right)
    return tuple(tuple(item.value for item in side) for side in sides)


def arrange(desk: Desk, modality: str, corners: Corners | None) -> None:
    """Write other texts in the corners of a kind of image; None for the usual ones."""
    _set(desk, rearranged(desk.session.corner_texts.value, modality, corners))


def _open(desk: Desk) -> None:
    if desk.window is not None:
        desk.window.open_tool("corners")


def _level(level: Level, desk: Desk) -> None:
    now = desk.session.corner_texts.value
    _set(desk, CornerTexts(level, now.names_hidden, now.off, now.arranged))


def _is_level(level: Level, desk: Desk) -> bool:
    return desk.session.corner_texts.value.level is level


def _less(desk: Desk) -> None:
    """Say less; after nothing comes all."""
    levels = list(Level)
    now = levels.index(desk.session.corner_texts.value.level)
    _level(levels[(now + 1) % len(levels)], desk)


def _hide_names(desk: Desk) -> None:
    now = desk.session.corner_texts.value
    _set(desk, CornerTexts(now.level, not now.names_hidden, now.off, now.arranged))


def _switch(item: Item, desk: Desk) -> None:
    _set(desk, desk.session.corner_texts.value.switched(item))


def _is_on(item: Item, desk: Desk) -> bool:
    return item not in desk.session.corner_texts.value.off


_LEVELS = {
    Level.ALL: ("All texts", "Write all that is known of an image in its corners."),
    Level.SHORT: ("Few texts", "Write only name, date, series, slice and window."),
    Level.NONE: ("No texts", "Write nothing in the corners; warnings and sides stay."),
}

COMMANDS: tuple[Command, ...] = (
    *(
        Command(
            id=f"texts.{level.value}",
            title=title,
            help=words,
            menu=_MENU,
            run=partial(_level, level),
            checked=partial(_is_level, level),
        )
        for level, (title, words) in _LEVELS.items()
    ),
    Command(
        id="texts.less",
        title="Fewer texts",
        help="Go from all texts to few, to none, and to all again.",
        menu=_MENU,
        key="T",
        run=_less,
    ),
    Command(
        id="texts.arrange",
        title="Arrange texts…",
        help="Choose which text stands in which corner, for each kind of image.",
        menu=_MENU,
        run=_open,
    ),
    Command(
        id="texts.hide_names",
        title="Hide names",
        help="Leave the patient's name, ID and birth date out of the corners.",
        menu=_MENU,
        key="Ctrl+Shift+H",
        run=_hide_names,
        checked=lambda desk: desk.session.corner_texts.value.names_hidden,
    ),
    *(
        Command(
            id=f"texts.{item.name.lower()}",
            title=f"Text: {item.value}",
            help=f"Write or leave out: {item.value}.",
            menu=f"{_MENU}/Items",
            run=partial(_switch, item),
            checked=partial(_is_on, item),
        )
        for item in Item
    ),
)
