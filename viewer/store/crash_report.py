"""A report of what went wrong that holds nothing of any patient, reader or place.

Nothing is crossed out here; only what is known to be harmless is let through:
versions, names of errors, lines of code with their functions, switches and
numbers of the settings. What a message, a path or a text of the settings says
is left behind. The report is a file that the reader saves; it is sent nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

_FRAME = re.compile(r'\s*File "(?P<path>[^"]*)", line (?P<line>\d+),? in (?P<name>[\w.<>]+)')
_OURS = re.compile(r"(?:^|[/\\])(?P<inside>(?:viewer|site-packages)[/\\][\w./\\-]+\.py)$")
_LINE = re.compile(
    r"(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d+ "
    r"(?P<level>DEBUG|INFO|WARNING|ERROR|CRITICAL) (?P<logger>[a-z_][\w.]*): "
)
_ERROR = re.compile(r"(?P<name>(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Interrupt|Exit))\b:?")
_FATAL = re.compile(
    r"Fatal Python error: (Segmentation fault|Aborted|Bus error|Floating point exception|"
    r"Illegal instruction|Bus error|Stack overflow)"
)
_THREAD = re.compile(r"(Current thread|Thread) 0x[0-9a-f]+.*\(most recent call first\):")
_FIXED = ("Traceback (most recent call last):",)
_HARMLESS = frozenset(
    {"appearance.theme", "appearance.language", "mouse.middle", "mouse.right", "viewing.layout"}
)
"""Texts of the settings that are one of a few words of ours."""
_WORD = re.compile(r"[a-z0-9_]{0,20}")


def report(
    versions: Mapping[str, str], settings: Mapping[str, Mapping[str, object]], traces: str
) -> str:
    """Return the whole report: versions, harmless settings, and what is known of the errors."""
    return "\n".join(
        (
            "Skiagram: report of an error",
            "It holds no names, no numbers of patients, no paths and no messages.",
            "",
            *(f"{name}: {version}" for name, version in versions.items()),
            "",
            "Settings",
            *(f"  {line}" for line in harmless_settings(settings)),
            "",
            "Errors, the latest last",
            *harmless_lines(traces.splitlines()),
            "",
        )
    )


def harmless_lines(lines: Iterable[str]) -> Iterator[str]:
    """Let through where in the code something went wrong, and what kind of thing."""
    for line in lines:
        told = _harmless(line)
        if told:
            yield told


def _harmless(line: str) -> str:
    if line.strip() in _FIXED:
        return line.strip()
    if frame := _FRAME.match(line):
        inside = _OURS.search(frame["path"])
        where = inside["inside"].replace("\\", "/") if inside else "elsewhere"
        return f"  {where}, line {frame['line']}, in {frame['name']}"
    if logged := _LINE.match(line):
        return f"{logged['time']} {logged['level']} {logged['logger']}"
    if fatal := _FATAL.match(line):
        return fatal[0]
    if _THREAD.match(line):
        return "Thread, latest call first:"
    if error := _ERROR.match(line):
        return f"{error['name'].rpartition('.')[2]}"
    return ""


def harmless_settings(settings: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    """Let through switches, numbers and a few words of ours; say of other texts if there is one."""
    for section, values in settings.items():
        if section in ("keys", "window"):
            yield f"{section}: {len(values)} kept"
            continue
        for name, value in values.items():
            yield f"{section}.{name}: {_told(f'{section}.{name}', value)}"


def _told(name: str, value: object) -> str:
    if value is None or isinstance(value, bool | int | float):
        return str(value)
    if name in _HARMLESS and _WORD.fullmatch(str(value)):
        return str(value)
    return "set" if value else "not set"
