"""How the window looks and speaks: its theme, the size of its letters, its language."""

from __future__ import annotations

from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.settings import Theme

_THEMES = {
    Theme.DARK: ("Dark", "Wear dark colours, for the reading room."),
    Theme.LIGHT: ("Light", "Wear light colours, for an office; pictures stay on black."),
    Theme.SYSTEM: ("As the system", "Wear dark or light colours as the system says."),
}
LANGUAGES = {
    "": ("As the system", "Speak the language of the system, where it is known."),
    "en": ("English", "Speak English."),
    "de": ("Deutsch", "Speak German."),
}
_STEP_PERCENT = 10
_LETTERS = (80, 200)


def _changed(desk: Desk, **values: object) -> None:
    appearance = desk.settings.appearance.changed(**values)
    desk.settings = desk.settings.model_copy(update={"appearance": appearance})
    if desk.window is not None:
        desk.window.wear()


def _wear(theme: Theme, desk: Desk) -> None:
    _changed(desk, theme=theme)


def _worn(theme: Theme, desk: Desk) -> bool:
    return desk.settings.appearance.theme is theme


def _speak(language: str, desk: Desk) -> None:
    _changed(desk, language=language)
    desk.session.say("The language changes when the program is started again.")


def _spoken(language: str, desk: Desk) -> bool:
    return desk.settings.appearance.language == language


def _letters(percent: int, desk: Desk) -> None:
    _changed(desk, letters_percent=percent)


def _resize(step: int, desk: Desk) -> None:
    least, most = _LETTERS
    wanted = desk.settings.appearance.letters_percent + step
    _changed(desk, letters_percent=min(max(wanted, least), most))


COMMANDS: tuple[Command, ...] = (
    *(
        Command(
            id=f"appearance.{theme.value}",
            title=title,
            help=words,
            menu="View/Appearance",
            run=partial(_wear, theme),
            checked=partial(_worn, theme),
        )
        for theme, (title, words) in _THEMES.items()
    ),
    Command(
        id="appearance.larger_letters",
        title="Larger letters",
        help="Write all words in the window larger.",
        menu="View/Appearance",
        key="Ctrl+=",
        run=partial(_resize, _STEP_PERCENT),
        allowed=lambda desk: desk.settings.appearance.letters_percent < _LETTERS[1],
    ),
    Command(
        id="appearance.smaller_letters",
        title="Smaller letters",
        help="Write all words in the window smaller.",
        menu="View/Appearance",
        key="Ctrl+-",
        run=partial(_resize, -_STEP_PERCENT),
        allowed=lambda desk: desk.settings.appearance.letters_percent > _LETTERS[0],
    ),
    Command(
        id="appearance.usual_letters",
        title="Letters of the usual size",
        help="Write all words in the window in their usual size.",
        menu="View/Appearance",
        run=partial(_letters, 100),
    ),
    *(
        Command(
            id=f"language.{code or 'system'}",
            title=title,
            help=words,
            menu="View/Language",
            run=partial(_speak, code),
            checked=partial(_spoken, code),
        )
        for code, (title, words) in LANGUAGES.items()
    ),
)
