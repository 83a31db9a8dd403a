"""A report of what went wrong, without anything of a patient, for the reader to pass on or not."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from viewer import __version__
from viewer.commands.desk import Desk
from viewer.commands.telling import tell
from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.settings import Settings, crash_file, log_file
from viewer.store.crash_report import report

_LIBRARIES = ("PySide6-Essentials", "vtk", "numpy", "SimpleITK", "pydicom", "torch", "numba")
_MOST_BYTES = 400_000


def save_report(desk: Desk) -> None:
    """Ask where, then write the report in the background."""
    suggested = desk.settings.start_folder / "skiagram-report.txt"

    def chosen(path: Path) -> None:
        desk.runner.start(
            "Save a report",
            partial(write_report, path, desk.settings),
            lambda _: desk.session.say(f"Report saved as {path.name}."),
            failed=partial(tell, desk),
            instead_of="report",
        )

    desk.asker.choose_name("Save a report of an error", suggested, chosen)


def write_report(path: Path, settings: Settings, progress: Progress) -> Path:
    """Write versions, harmless settings and where errors happened.

    Raises:
        Declined: if the file cannot be written.
    """
    progress.report(0.0, "report")
    text = report(versions(), values_of(settings), _ends(log_file(), kept_crash()))
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise Declined(
            f"The report could not be written: {error.strerror or 'the disk refused'}.",
            code="write_failed",
        ) from error
    return path


def kept_crash() -> Path:
    """Return where the traces of the last crash are kept."""
    return crash_file().with_name("crash-last.txt")


def versions() -> Mapping[str, str]:
    """Return the versions of program, system and libraries."""
    found = {
        "Skiagram": __version__,
        "Python": platform.python_version(),
        "System": f"{platform.system()} {platform.release()}",
        "Machine": platform.machine(),
        "Byte order": sys.byteorder,
    }
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def values_of(settings: Settings) -> dict[str, dict[str, object]]:
    """Return settings as plain values."""
    plain: dict[str, dict[str, object]] = json.loads(settings.model_dump_json())
    return plain


def _ends(*files: Path) -> str:
    parts = []
    for file in files:
        with suppress(OSError):
            parts.append(file.read_bytes()[-_MOST_BYTES:].decode("utf-8", "replace"))
    return "\n".join(parts)
