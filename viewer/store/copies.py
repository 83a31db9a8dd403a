"""Copies of DICOM files kept on this computer: complete and checked, or not there at all."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.core.study import Series, Study
from viewer.store.private import new_private_file

_UID = re.compile(r"[0-9][0-9.]{0,63}")
_UNFINISHED = ".copying-"
_BLOCK = 1 << 20
_SPARE_BYTES = 64 << 20
"""What is left free on the disk, so that drafts can still be written."""
Copied = tuple[Path, int, str]
"""Where a copied file is, its size and its SHA-256."""


def copy_study(study: Study, below: Path, progress: Progress) -> tuple[Path, tuple[Copied, ...]]:
    """Copy the DICOM files of a study into a new folder; each is read back and compared.

    The folder appears when all of it is there; a copy that is stopped leaves nothing.

    Raises:
        Declined: if it is no DICOM, there is no room, or a file is not what was read.
        Cancelled: if the work is no longer wanted.
    """
    files = _files(study)
    goal = below / _folder_name(study)
    _require_room(below, sum(_size(path) for path in files))
    work = below / f"{_UNFINISHED}{uuid4().hex}"
    try:
        work.mkdir(mode=0o700, parents=True)
        copied: list[Copied] = []
        for number, (path, name) in enumerate(files.items()):
            progress.report(number / len(files), f"file {number + 1} of {len(files)}")
            size, digest = _copy(path, work / name)
            copied.append((goal / name, size, digest))
        progress.report(1.0, "putting the copy in its place")
        if goal.exists():
            goal.rename(below / f"{_UNFINISHED}{uuid4().hex}")
        work.rename(goal)
        _flush_folder(below)
    except OSError as error:
        raise Declined(
            f"The study could not be copied to {below}: {error.strerror or error}.",
            code="write_failed",
        ) from error
    finally:
        for left in below.glob(f"{_UNFINISHED}*"):
            if left == work or goal.exists():
                shutil.rmtree(left, ignore_errors=True)
    return goal, tuple(copied)


def erase_copy(folder: Path, below: Path) -> None:
    """Delete a copied study; nothing outside of where copies are kept is ever deleted.

    Raises:
        Declined: if it is no copy of ours, or cannot be deleted.
    """
    inside = folder.resolve().parent == below.resolve() and folder.name
    if not inside or folder.is_symlink():
        raise Declined(f"{folder} is no copy of this program; it is left alone.", code="not_ours")
    try:
        if folder.exists():
            doomed = below / f"{_UNFINISHED}{uuid4().hex}"
            folder.rename(doomed)
            shutil.rmtree(doomed)
    except OSError as error:
        raise Declined(
            f"{folder} could not be deleted: {error.strerror or error}.", code="write_failed"
        ) from error


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(study: Study) -> dict[Path, Path]:
    """Return the files of a study, and under which name each is kept."""
    others = {series.format for series in study.series} - {"DICOM"}
    if others:
        raise Declined(
            f"Only DICOM is copied in, and this study is {', '.join(sorted(others))}: "
            "index it in place instead.",
            code="not_dicom",
        )
    named: dict[Path, Path] = {}
    taken: set[Path] = set()
    for series in study.series:
        for path, uid in _of_series(series):
            if path in named:
                continue
            name = Path(_safe(series.uid)) / f"{_safe(uid)}.dcm"
            if name in taken:
                name = name.with_stem(f"{name.stem}-{_mark(str(path))}")
            taken.add(name)
            named[path] = name
    if not named:
        raise Declined("There is no file in this study that could be copied.", code="nothing")
    return named


def _of_series(series: Series) -> list[tuple[Path, str]]:
    return [(one.path, one.sop_instance_uid) for one in series.instances]


def _folder_name(study: Study) -> str:
    return f"{_safe(study.uid)}-{_mark(repr(study.identity))}"


def _safe(uid: str) -> str:
    """Return a UID as a name of a file; anything that is none as a name made from it."""
    return uid if _UID.fullmatch(uid) else f"x{_mark(uid)}"


def _mark(words: str) -> str:
    return hashlib.sha256(words.encode(errors="surrogateescape")).hexdigest()[:16]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise Declined(
            f"{path.name} cannot be read: {error.strerror or error}.", code="missing_file"
        ) from error


def _require_room(below: Path, needed: int) -> None:
    try:
        below.mkdir(mode=0o700, parents=True, exist_ok=True)
        free = shutil.disk_usage(below).free
    except OSError as error:
        raise Declined(
            f"{below} cannot be written: {error.strerror or error}.", code="no_permission"
        ) from error
    if free < needed + _SPARE_BYTES:
        raise Declined(
            f"The copy needs {needed / 1e6:.0f} MB and {free / 1e6:.0f} MB are free in {below}: "
            "free some space, or index the folder in place.",
            code="full_disk",
        )


def _copy(source: Path, goal: Path) -> tuple[int, str]:
    """Copy a file, flush it, read it back; return its size and SHA-256."""
    goal.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as read, new_private_file(goal) as written:
        while block := read.read(_BLOCK):
            digest.update(block)
            size += written.write(block)
        written.flush()
        os.fsync(written.fileno())
    told = digest.hexdigest()
    if sha256_of(goal) != told:
        raise Declined(f"{source.name} came out different when it was read back.", code="differs")
    return size, told


def _flush_folder(folder: Path) -> None:
    """Have the name of a new folder on the disk as well, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
