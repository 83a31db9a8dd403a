"""Things that hold other files: ZIP archives and DICOMDIRs."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Progress
from viewer.io.archive import unpack
from viewer.io.candidates import Candidates, find_files, why_not

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_DIRECTORY_CLASS = b"1.2.840.10008.1.3.10\0"


def unpacked(
    candidates: Candidates, progress: Progress, named: Collection[Path] = ()
) -> Candidates:
    """Replace each container by the files in it.

    An archive is known by its ending; one that is `named` itself needs none.
    """
    opened = Candidates(refused=candidates.refused)
    for path in candidates.files:
        try:
            start = _start(path) if _may_hold_files(path) or path in named else b""
            if start[:4] in (_ZIP, _EMPTY_ZIP):
                _add_archive(path, opened, progress)
            elif path.name.upper() == "DICOMDIR" or _DIRECTORY_CLASS in start:
                _add_referenced(path, opened)
            else:
                opened.files[path] = None
        except (Unreadable, Declined) as refusal:
            opened.refuse(path, refusal.code, str(refusal))
        except OSError as error:
            opened.refuse(path, *why_not(path, error))
    return opened


def _may_hold_files(path: Path) -> bool:
    name = path.name.upper()
    return name.endswith(".ZIP") or name == "DICOMDIR"


def _start(path: Path) -> bytes:
    with path.open("rb", buffering=0) as file:
        return file.read(400)


def _add_archive(path: Path, opened: Candidates, progress: Progress) -> None:
    folder, refused = unpack(path, progress)
    opened.refused += refused
    inside = find_files([folder], progress)
    opened.refused += inside.refused
    nested_archives = [file for file in inside.files if file.suffix.lower() == ".zip"]
    for nested in nested_archives:
        del inside.files[nested]
        opened.refuse(nested, "nested_archive", f"{nested.name} is an archive inside an archive.")
    inside.refused = []
    within = unpacked(inside, progress)
    opened.files.update(within.files)
    opened.refused += within.refused


def _add_referenced(path: Path, opened: Candidates) -> None:
    from viewer.io.dicomdir import referenced_files

    files, refused = referenced_files(path)
    opened.refused += refused
    opened.files.update(dict.fromkeys(files))
