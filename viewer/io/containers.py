"""Things that hold other files: ZIP archives and DICOMDIRs."""

from __future__ import annotations

from pathlib import Path

from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Progress
from viewer.io.archive import unpack
from viewer.io.candidates import Candidates, find_files, why_not

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_DIRECTORY_CLASS = b"1.2.840.10008.1.3.10\0"


def unpacked(candidates: Candidates, progress: Progress) -> Candidates:
    """Replace each container by the files in it."""
    opened = Candidates(refused=candidates.refused)
    for path in candidates.files:
        try:
            start = _start(path)
            if start[:4] in (_ZIP, _EMPTY_ZIP) and path.suffix.lower() in (".zip", ""):
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


def _start(path: Path) -> bytes:
    """Return the beginning of what may be a container; nothing of what surely is none."""
    if path.suffix.lower() not in (".zip", "") and path.name.upper() != "DICOMDIR":
        return b""
    with path.open("rb", buffering=0) as file:
        return file.read(400)


def _add_archive(path: Path, opened: Candidates, progress: Progress) -> None:
    folder, refused = unpack(path, progress)
    opened.refused += refused
    inside = find_files([folder], progress)
    opened.refused += inside.refused
    without_archives = {file: None for file in inside.files if _start(file)[:4] != _ZIP}
    for nested in inside.files.keys() - without_archives.keys():
        opened.refuse(nested, "nested_archive", f"{nested.name} is an archive inside an archive.")
    inside.files = without_archives
    inside.refused = []
    within = unpacked(inside, progress)
    opened.files.update(within.files)
    opened.refused += within.refused


def _add_referenced(path: Path, opened: Candidates) -> None:
    from viewer.io.dicomdir import referenced_files

    files, refused = referenced_files(path)
    opened.refused += refused
    opened.files.update(dict.fromkeys(files))
