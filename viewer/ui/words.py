"""The reader's language: what every room says in English is said anew where it is shown.

Below the window nobody knows languages: commands, models and readers of files
say English sentences, some with values inside. The words of a language are in
`resources/translations`; a sentence with values is found by its pattern, where
{0}, {1} stand for the values, which are passed on as they are unless they are
themselves words that are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from viewer.core.resources import resource_folder

_LANGUAGE = "spoken_language"
_SENTENCES = "Sentences"
_PLACE = re.compile(r"\{(\d+)\}")
_BETWEEN = re.compile(r"(?<=[.!?]) (?=[A-Z0-9+])")
_LEAST_LETTERS = 4
"""A pattern with fewer letters of its own would fit almost anything."""
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sentence with places for values, and how it is said in another language."""

    fits: re.Pattern[str]
    inside: str
    """The longest part of the sentence itself, looked for first."""
    order: tuple[int, ...]
    """Which value stands at each place of the English sentence."""
    said: str


def translations_folder() -> Path:
    """Return the folder of the words."""
    return resource_folder() / "translations"


def languages() -> tuple[str, ...]:
    """Return the languages that the window speaks besides English."""
    return tuple(sorted(path.stem.partition("_")[2] for path in translations_folder().glob("*.qm")))


def speak(application: QApplication, wanted: str) -> None:
    """Let the window speak a language; empty for that of the system; English where unknown."""
    language = wanted or QLocale.system().name().partition("_")[0]
    if language not in languages():
        application.setProperty(_LANGUAGE, "")
        return
    for folder, name in (
        (QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), f"qtbase_{language}"),
        (str(translations_folder()), f"skiagram_{language}"),
    ):
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
    application.setProperty(_LANGUAGE, language)


def spoken() -> str:
    """Return the language of the window; empty for English."""
    application = QCoreApplication.instance()
    return str((application.property(_LANGUAGE) if application is not None else None) or "")


def in_words(text: str) -> str:
    """Return what another room says, in the reader's language; as it is where that is unknown."""
    language = spoken()
    return _in(language, text, _DEPTH) if language and text else text


@lru_cache(maxsize=4096)
def _in(language: str, text: str, depth: int) -> str:
    exact = _known(language).get(text)
    if exact is not None or depth == 0:
        return exact or text
    each = _sentence_by_sentence(language, text, depth)
    if each:
        return each
    for pattern in _patterns(language):
        if pattern.inside not in text:
            continue
        found = pattern.fits.fullmatch(text)
        if found is not None:
            values = dict(zip(pattern.order, found.groups(), strict=True))
            return _PLACE.sub(
                lambda place, values=values: _in(language, values[int(place[1])], depth - 1),  # type: ignore[misc]
                pattern.said,
            )
    lines = text.splitlines()
    if len(lines) > 1:
        return "\n".join(_in(language, line, depth) for line in lines)
    return text


def _sentence_by_sentence(language: str, text: str, depth: int) -> str:
    """Return several sentences, each for itself; empty where one of them is not known."""
    parts = _BETWEEN.split(text)
    if len(parts) < 2:
        return ""
    said = [_in(language, part, depth) for part in parts]
    return "" if any(map(str.__eq__, said, parts)) else " ".join(said)


@cache
def _known(language: str) -> dict[str, str]:
    """Return all words of a language; those of sentences come before others."""
    found: dict[str, str] = {}
    for context, source, said in _messages(language):
        if context == _SENTENCES or source not in found:
            found[source] = said
    return found


@cache
def _patterns(language: str) -> tuple[Pattern, ...]:
    """Return the sentences with values, those that say most first."""
    made = [
        pattern_of(source, said)
        for context, source, said in _messages(language)
        if context == _SENTENCES and _PLACE.search(source)
    ]
    kept = [one for one in made if one is not None]
    return tuple(sorted(kept, key=lambda one: -len(one.fits.pattern)))


def pattern_of(source: str, said: str) -> Pattern | None:
    """Return how sentences of a form are recognised; None if it says too little of its own."""
    parts = _PLACE.split(source)
    own, order = parts[::2], tuple(int(number) for number in parts[1::2])
    if sum(map(str.isalpha, "".join(own))) < _LEAST_LETTERS or len(set(order)) < len(order):
        return None
    form = "(.*?)".join(re.escape(part) for part in own)
    return Pattern(re.compile(form, re.DOTALL), max(own, key=len), order, said)


def _messages(language: str) -> list[tuple[str, str, str]]:
    """Return context, English and other words of all that is translated."""
    file = translations_folder() / f"skiagram_{language}.ts"
    root = ET.parse(file).getroot()  # noqa: S314 - our own file, shipped with the program
    return [
        (context.findtext("name", ""), message.findtext("source", ""), said)
        for context in root.iter("context")
        for message in context.iter("message")
        if (said := message.findtext("translation", ""))
    ]
