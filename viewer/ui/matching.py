"""Finding a command by a part of its name, its letters in order, its menu or its help."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from viewer.commands.command import Command

_TITLE, _MENU, _HELP = 3.0, 1.5, 1.0


_PHRASE = 0.2
"""What it is worth that the words stand in the title as they were typed."""


def matching(
    commands: Iterable[Command], typed: str, said: Callable[[str], str] = str
) -> list[Command]:
    """Return the commands that fit what was typed, the best first; all where nothing was.

    `said` gives a text in the reader's language, in which is looked too.
    """
    words = typed.casefold().split()
    rated = [(_best(command, words, said), command) for command in commands]
    fitting = [(rating, command) for rating, command in rated if rating is not None]
    return [command for _, command in sorted(fitting, key=lambda pair: -pair[0])]


def _best(command: Command, words: list[str], said: Callable[[str], str]) -> float | None:
    """Return how well all words fit in English or in the reader's language."""
    spoken = replace(
        command, title=said(command.title), menu=said(command.menu), help=said(command.help)
    )
    ratings = [_rating(one, words) for one in {command.id: command, spoken.title: spoken}.values()]
    return max((one for one in ratings if one is not None), default=None)


def _rating(command: Command, words: list[str]) -> float | None:
    """Return how well all words fit, None if one does not."""
    total = _PHRASE if words and " ".join(words) in command.title.casefold() else 0.0
    for word in words:
        ratings = (
            _TITLE * closeness(word, command.title),
            _MENU * closeness(word, command.menu),
            _HELP * (0.5 if word in command.help.casefold() else 0.0),
        )
        if max(ratings) <= 0:
            return None
        total += max(ratings)
    return total


def closeness(word: str, text: str) -> float:
    """Return 0 to 1: 1 where the text begins with a word, 0 where its letters are not in order."""
    text = text.casefold()
    if text.startswith(word):
        return 1.0
    if f" {word}" in text:
        return 0.9
    if word in text:
        return 0.7
    return _scattered(word, text)


def _scattered(word: str, text: str) -> float:
    """Rate letters in order, each at the start of a word or right after the last."""
    place = -1
    for letter in word:
        after = text.startswith(letter, place + 1) and place >= 0
        if after:
            place += 1
            continue
        place = _start_of_word(letter, text, place + 1)
        if place < 0:
            return 0.0
    return 0.6 if text.startswith(word[0]) else 0.5


def _start_of_word(letter: str, text: str, start: int) -> int:
    for place in range(start, len(text)):
        if text[place] == letter and (place == 0 or not text[place - 1].isalnum()):
            return place
    return -1
