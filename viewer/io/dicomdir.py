"""The files that a DICOMDIR names, never outside its own folder (PS3.10 8, PS3.3 F)."""

from __future__ import annotations

from pathlib import Path

from pydicom import dcmread
from pydicom.multival import MultiValue

from viewer.core.errors import Unreadable
from viewer.core.study import Refusal
from viewer.io.quiet import quietly


def referenced_files(path: Path) -> tuple[list[Path], list[Refusal]]:
    """Return the files a DICOMDIR refers to, and the references that lead nowhere.

    Raises:
        Unreadable: if the DICOMDIR itself is damaged.
    """
    folder = path.parent.resolve()
    files: dict[Path, None] = {}
    refused: list[Refusal] = []
    for parts in _references(path):
        found = _find(path.parent, parts)
        shown = "/".join(parts)
        if found is None:
            refused.append(
                Refusal(
                    path.parent.joinpath(*parts),
                    "missing_file",
                    f"{path.name} names {shown}, which is not there.",
                )
                if _harmless(parts)
                else Refusal(
                    path, "unsafe_path", f"{path.name} names a file outside its folder; left out."
                )
            )
        elif not found.resolve().is_relative_to(folder):
            refused.append(
                Refusal(
                    path, "unsafe_path", f"{path.name} names a file outside its folder; left out."
                )
            )
        else:
            files[found] = None
    return list(files), refused


def _references(path: Path) -> list[tuple[str, ...]]:
    try:
        with quietly():
            records = dcmread(path, force=True).get("DirectoryRecordSequence")
            return [
                _parts(record.ReferencedFileID)
                for record in records
                if record.get("ReferencedFileID")
            ]
    except OSError:
        raise
    except Exception as error:  # pydicom raises almost anything on a mangled file
        raise Unreadable(
            f"{path.name} is a damaged table of contents", code="damaged_dicomdir"
        ) from error


def _parts(file_id: object) -> tuple[str, ...]:
    if isinstance(file_id, (MultiValue, list)):
        return tuple(str(part) for part in file_id)
    return tuple(str(file_id).split("\\"))


def _harmless(parts: tuple[str, ...]) -> bool:
    return all(part not in ("", ".", "..") and not set(part) & set("/\\:\0") for part in parts)


def _find(folder: Path, parts: tuple[str, ...]) -> Path | None:
    """Return the file, whatever the case of its name on this disk."""
    if not _harmless(parts):
        return None
    here = folder
    for part in parts:
        exact = here / part
        if not exact.exists():
            if not here.is_dir():
                return None
            alike = [entry for entry in here.iterdir() if entry.name.upper() == part.upper()]
            if not alike:
                return None
            exact = alike[0]
        here = exact
    return here if here.is_file() else None
