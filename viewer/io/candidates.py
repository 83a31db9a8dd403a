"""Which files there are to look at, in folders and below."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from viewer.core.progress import Progress
from viewer.core.study import Refusal


@dataclass
class Candidates:
    """Files to look at, each once, and what could not even be looked at."""

    files: dict[Path, None] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)

    def refuse(self, path: Path, code: str, sentence: str) -> None:
        """Take note of what cannot be looked at."""
        self.refused.append(Refusal(path, code, sentence))


def find_files(paths: Sequence[Path], progress: Progress) -> Candidates:
    """Return every file in these places, folders with all that is in them."""
    found = Candidates()
    for path in paths:
        for entry in _below(Path(path), found):
            found.files[entry] = None
            if len(found.files) % 500 == 0:
                progress.report(0.0, f"looking through folders: {len(found.files)} files")
    return found


def _below(path: Path, found: Candidates) -> Iterator[Path]:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        what = "is a link to nothing" if path.is_symlink() else "does not exist"
        found.refuse(path, "missing_file", f"{path.name or path} {what}.")
        return
    except OSError as error:
        found.refuse(path, *why_not(path, error))
        return
    if stat.S_ISDIR(mode):
        yield from _in_folder(path, found)
    elif stat.S_ISREG(mode):
        yield path
    else:
        found.refuse(path, "not_a_file", f"{path.name} is neither a file nor a folder.")


def _in_folder(folder: Path, found: Candidates) -> Iterator[Path]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        found.refuse(folder, *why_not(folder, error))
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.is_symlink() and entry.is_dir():
            found.refuse(
                path, "link", f"{path.name} is a link to another folder, which is not followed."
            )
        elif entry.is_dir():
            yield from _in_folder(path, found)
        elif entry.is_file(follow_symlinks=False):
            yield path
        else:
            yield from _below(path, found)


def why_not(path: Path, error: OSError) -> tuple[str, str]:
    """Return code and sentence for a file the system does not let us read."""
    if isinstance(error, PermissionError):
        return "no_permission", f"{path.name} may not be read: permission is missing."
    if isinstance(error, FileNotFoundError):
        return "missing_file", f"{path.name} does not exist."
    return (
        "unreadable",
        f"{path.name} cannot be read: {(error.strerror or 'unknown error').lower()}.",
    )
