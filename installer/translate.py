"""Bring the words of the window into its languages: gather, keep what is translated, compile.

    python installer/translate.py          update resources/translations/*.ts and compile them
    python installer/translate.py --check  list what has no words yet; fails if there is any

Texts of widgets are found where they are translated (`self.tr`, `translate`).
Commands are asked for their titles and help, catalogues of filters and operations
for those and for what can be set. Sentences of the other rooms are
found where they are said (`Declined(...)`, `say(...)`); values inside become
{0}, {1}. `phrases.txt` lists what else those rooms say on the screen.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
SENTENCES = "Sentences"
_SAYING = {
    *("Declined", "Unreadable", "Notice", "Refusal", "Badge", "say", "start", "do", "Failure"),
    *("ask_text", "ask_yes", "ask_choice", "choose_folder", "choose_files", "choose_name"),
    *("NoUptake", "show_page", "_refuse", "_notice", "report", "keep", "change", "change_segment"),
}
_UNSAID = ("instead_of", "belongs_to", "code", "lane")
_ROOMS = ("core", "imaging", "io", "store", "ai", "jobs", "session", "commands", "render", "ui")
_LEAST_LETTERS = 4
Message = tuple[str, str]
"""Context and English text."""


def gathered() -> list[Message]:
    """Return all that can be translated, each once, in a steady order."""
    found: dict[Message, None] = {}
    for message in (*_of_commands(), *_of_catalogues(), *_of_code(), *_of_phrases()):
        found.setdefault(message)
    return sorted(found)


def _of_commands() -> Iterator[Message]:
    from viewer.commands.every import COMMANDS
    from viewer.commands.help import help_texts

    for command in COMMANDS:
        yield "Commands", command.title
        yield "Commands", command.help
        for part in command.menu.split("/"):
            yield "Commands", part
    for text in help_texts():
        yield "Commands", text


def _of_catalogues() -> Iterator[Message]:
    from viewer.commands.segment_operations import ALL
    from viewer.imaging.enhance.catalogue import FILTERS
    from viewer.imaging.segment.operation import COMMON, Choice

    for one in (*FILTERS, *ALL):
        yield from (("Catalogues", text) for text in (one.title, one.group, one.help))
    settings = (*COMMON, *(setting for one in (*FILTERS, *ALL) for setting in one.parameters))
    for setting in settings:
        if isinstance(setting, Choice) or not setting.hidden:
            yield "Catalogues", setting.title
        if isinstance(setting, Choice):
            yield from (("Catalogues", title) for _, title in setting.words)
        elif setting.unit.isalpha():
            yield "Catalogues", setting.unit


def _of_phrases() -> Iterator[Message]:
    for line in (FOLDER / "phrases.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield SENTENCES, line


def _of_code() -> Iterator[Message]:
    for room in _ROOMS:
        for file in sorted((ROOT / "viewer" / room).rglob("*.py")):
            tree = ast.parse(file.read_text("utf-8"))
            yield from _of_widgets(tree)
            yield from _of_sentences(tree)


# -- texts of widgets ---------------------------------------------------------------------


def _of_widgets(tree: ast.Module) -> Iterator[Message]:
    helpers = dict(_helpers(tree))
    yield from _in(tree, "", helpers)


def _in(node: ast.AST, context: str, helpers: dict[str, str]) -> Iterator[Message]:
    for child in ast.iter_child_nodes(node):
        inside = child.name if isinstance(child, ast.ClassDef) else context
        if isinstance(child, ast.Call):
            yield from _of_call(child, context, helpers)
        yield from _in(child, inside, helpers)


def _of_call(call: ast.Call, context: str, helpers: dict[str, str]) -> Iterator[Message]:
    name, texts = _called(call), [text for text in map(_constant, call.args) if text]
    if name == "tr" and texts:
        yield _owner(call, context), texts[0]
    elif name == "translate" and len(texts) > 1:
        yield texts[0], texts[1]
    elif name in helpers and texts:
        yield helpers[name], texts[0]


def _owner(call: ast.Call, context: str) -> str:
    """Return whose `tr` it is: the class of `self`, or a dock's."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    ours = isinstance(owner, ast.Name) and owner.id == "self"
    return context if ours else "QDockWidget"


def _helpers(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Find functions that do nothing but translate in a context."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef):
            continue
        last = node.body[-1]
        if isinstance(last, ast.Return) and isinstance(last.value, ast.Call):
            call = last.value
            first = _constant(call.args[0]) if call.args else None
            if _called(call) == "translate" and first and isinstance(call.args[1], ast.Name):
                yield node.name, first


# -- sentences -----------------------------------------------------------------------------


def _of_sentences(tree: ast.Module) -> Iterator[Message]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in _SAYING:
            least = 3 if _called(node) == "Badge" else _LEAST_LETTERS
            words = (word.value for word in node.keywords if word.arg not in _UNSAID)
            for value in (*node.args, *words):
                yield from ((SENTENCES, text) for text in _texts(value) if _speaks(text, least))


def _texts(value: ast.expr) -> Iterator[str]:
    """Return the texts that an argument may be."""
    if isinstance(value, ast.IfExp):
        yield from _texts(value.body)
        yield from _texts(value.orelse)
    elif isinstance(value, ast.JoinedStr):
        yield _pattern(value)
    else:
        text = _constant(value)
        if text:
            yield text


def _pattern(text: ast.JoinedStr) -> str:
    parts, count = [], 0
    for part in text.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        else:
            parts.append(f"{{{count}}}")
            count += 1
    return "".join(parts)


def _speaks(text: str, least: int) -> bool:
    own = "".join(part for part in text.replace("{", " {").split() if not part.startswith("{"))
    words = " " in text.strip() or text.endswith("…") or (text.isupper() and least < _LEAST_LETTERS)
    return words and sum(map(str.isalpha, own)) >= least and "<" not in text


def _called(call: ast.Call) -> str:
    func = call.func
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def _constant(value: ast.expr) -> str | None:
    said = isinstance(value, ast.Constant) and isinstance(value.value, str)
    return value.value if said else None  # type: ignore[attr-defined]


# -- files ---------------------------------------------------------------------------------


def known(file: Path) -> dict[Message, str]:
    """Return what a file of translations holds."""
    if not file.exists():
        return {}
    return {
        (context.findtext("name", ""), message.findtext("source", "")): said
        for context in ET.parse(file).getroot().iter("context")  # noqa: S314 - our own file
        for message in context.iter("message")
        if (said := message.findtext("translation", ""))
    }


def missing(language: str) -> list[Message]:
    """Return what has no words in a language, be it of its own or by a pattern."""
    from viewer.ui.words import pattern_of

    there = known(FOLDER / f"skiagram_{language}.ts")
    told = [
        pattern_of(source, said)
        for (context, source), said in there.items()
        if context == SENTENCES
    ]
    patterns = [one.fits for one in told if one is not None and one.order]
    return [
        (context, source)
        for context, source in gathered()
        if (context, source) not in there
        and not (context == "Commands" and any(one.fullmatch(source) for one in patterns))
    ]


def update(language: str) -> Path:
    """Write the file of a language anew: all that is said now, with the words that are known."""
    file = FOLDER / f"skiagram_{language}.ts"
    there = known(file)
    by_text = {source: said for (_, source), said in there.items()}
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for context, source in gathered():
        if context not in contexts:
            contexts[context] = ET.SubElement(root, "context")
            ET.SubElement(contexts[context], "name").text = context
        message = ET.SubElement(contexts[context], "message")
        ET.SubElement(message, "source").text = source
        said = there.get((context, source)) or by_text.get(source, "")
        translation = ET.SubElement(message, "translation")
        translation.text = said
        if not said:
            translation.set("type", "unfinished")
    ET.indent(root, " ")
    body = ET.tostring(root, encoding="unicode")
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', "utf-8")
    return file


def compiled(file: Path) -> None:
    """Make the file that Qt loads."""
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    target = file.with_suffix(".qm")
    subprocess.run(  # noqa: S603 - Qt's own tool
        [str(tool), "-silent", str(file), "-qm", str(target)], check=True
    )


def main(words: list[str]) -> int:
    """Update and compile, or tell what is missing."""
    sys.path.insert(0, str(ROOT))
    if "--check" in words:
        lost = [(language, *message) for language in ("de",) for message in missing(language)]
        for language, context, source in lost:
            print(f"{language}: {context}: {source}")
        return 1 if lost else 0
    for language in ("de",):
        compiled(update(language))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
