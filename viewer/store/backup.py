"""All that is kept on this computer in one file, and back.

A backup is a ZIP: a copy of the database as of one moment, the copied images if
wanted, and a manifest with the SHA-256 of each. It is checked after it was
written, and before anything is restored from it. What is replaced is kept aside.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Part, Progress
from viewer.store.migrations import MIGRATIONS
from viewer.store.private import new_private_file

_FORM = "skiagram-backup-1"
_MANIFEST, _DATABASE, _IMAGES = "manifest.json", "skiagram.sqlite", "images/"
_LONGEST_MANIFEST = 64 << 20
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: when it was made, how many studies, and its other files."""

    made_at: str
    studies: int
    files: tuple[tuple[str, int, str], ...]


def back_up(database: Path, images: Path | None, goal: Path, progress: Progress) -> Backup:
    """Write database and copied images, if a folder is named, to one file; then check it.

    Raises:
        Declined: if it cannot be written, or is not what it should be.
        Cancelled: if the work is no longer wanted.
    """
    beside = goal.with_name(f".{goal.name}-{os.getpid()}")
    try:
        with TemporaryDirectory(prefix=".skiagram-", dir=goal.parent) as name:
            copy = Path(name) / _DATABASE
            _copy_database(database, copy)
            _check_database(copy)
            files = [(_DATABASE, copy), *_below(images)]
            _pack(files, copy, beside, Part(progress, 0.0, 0.7))
        told = check(beside, Part(progress, 0.7, 1.0))
        beside.replace(goal)
        return told
    except OSError as error:
        raise Declined(
            f"The backup could not be written to {goal}: {error.strerror or error}.",
            code="write_failed",
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink()


def check(path: Path, progress: Progress) -> Backup:
    """Read a backup through and compare everything with its manifest.

    Raises:
        Unreadable: if it is no backup, or damaged.
    """
    with _opened(path) as packed:
        told = _manifest(packed)
        total = sum(size for _, size, _ in told.files) or 1
        done = 0
        for name, size, digest in told.files:
            progress.report(done / total, name)
            if _digest(packed, name, size) != digest:
                raise Unreadable(f"{name} in the backup is damaged.", code="damaged")
            done += size
    return told


def restore(path: Path, database: Path, images: Path, progress: Progress) -> Path:
    """Put back what a backup holds; return the file in which the former database is kept.

    The database is replaced in one transaction, even while it is in use. Copied images are
    added where they are not there yet; those that are there stay.

    Raises:
        Unreadable: if it is no backup, or damaged. Nothing was changed then.
        Declined: if it is of a newer program, or cannot be written.
        Cancelled: if the work is no longer wanted.
    """
    told = check(path, Part(progress, 0.0, 0.5))
    stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    aside = database.with_name(f"{database.stem}-before-restore-{stamp}{database.suffix}")
    try:
        with TemporaryDirectory(prefix=".skiagram-", dir=database.parent) as name:
            copy = Path(name) / _DATABASE
            with _opened(path) as packed:
                _unpack(packed, _DATABASE, copy)
                _check_database(copy)
                _put_images(packed, told, images, Part(progress, 0.5, 0.9))
            progress.report(0.9, "keeping the former database aside")
            _copy_database(database, aside)
            _copy_database(copy, database)
    except OSError as error:
        raise Declined(
            f"The backup could not be restored to {database.parent}: {error.strerror or error}.",
            code="write_failed",
        ) from error
    return aside


def _copy_database(source: Path, goal: Path) -> None:
    """Copy a database as of one moment, over whatever the other holds."""
    if not goal.exists():
        goal.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(goal)) as other:
            one.execute("PRAGMA busy_timeout = 5000")
            other.execute("PRAGMA busy_timeout = 5000")
            one.backup(other)
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.Error as error:
        raise Declined(f"{goal.name} could not be written ({error}).", code="locked") from error


def _check_database(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            connection.execute("SELECT count(*) FROM audit").fetchone()
    except sqlite3.Error as error:
        raise Unreadable(f"The database in the backup is damaged ({error}).") from error
    if said != "ok":
        raise Unreadable(f"The database in the backup is damaged ({said}).")
    if version > len(MIGRATIONS):
        raise Declined(
            "The backup was made by a newer version of this program: use that one.", code="newer"
        )


def _below(folder: Path | None) -> list[tuple[str, Path]]:
    if folder is None or not folder.is_dir():
        return []
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    inside = ((path.relative_to(folder), path) for path in files)
    return [
        (_IMAGES + name.as_posix(), path)
        for name, path in inside
        if not name.parts[0].startswith(".")
    ]


def _pack(files: list[tuple[str, Path]], copy: Path, goal: Path, progress: Progress) -> None:
    listed = []
    with new_private_file(goal) as raw, zipfile.ZipFile(raw, "w") as packed:
        for number, (name, path) in enumerate(files):
            progress.report(number / len(files), name)
            digest, size = hashlib.sha256(), 0
            with path.open("rb") as read, packed.open(name, "w", force_zip64=True) as written:
                while block := read.read(_BLOCK):
                    digest.update(block)
                    size += written.write(block)
            listed.append((name, size, digest.hexdigest()))
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = {
            "form": _FORM,
            "made_at": made_at,
            "studies": _count(copy),
            "files": listed,
        }
        packed.writestr(_MANIFEST, json.dumps(manifest, indent=1))
        raw.flush()
    with goal.open("rb+") as written_out:
        os.fsync(written_out.fileno())


def _count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM study").fetchone()[0])


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a backup, and speak for it where it is none."""
    try:
        with zipfile.ZipFile(path) as packed:
            yield packed
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise Unreadable(f"{path.name} is no backup, or damaged ({error}).") from error
    except FileNotFoundError as error:
        raise Unreadable(f"There is nothing at {path}.", code="missing_file") from error


def _manifest(packed: zipfile.ZipFile) -> Backup:
    """Return what a backup says of itself, if it can be true."""
    try:
        about = packed.getinfo(_MANIFEST)
        if about.file_size > _LONGEST_MANIFEST:
            raise Unreadable("The list in the backup is too long to be one.")
        said = json.loads(packed.read(about))
    except (KeyError, ValueError, RecursionError) as error:
        raise Unreadable("This is no backup of this program: it has no list of itself.") from error
    match said:
        case {"form": str(form), "made_at": str(made_at), "studies": int(count), "files": list()}:
            if form != _FORM:
                raise Unreadable("This is a backup of another form than this program knows.")
        case _:
            raise Unreadable("This is no backup of this program: its list is of another kind.")
    files = tuple(_entry(one) for one in said["files"])
    if _DATABASE not in {name for name, _, _ in files}:
        raise Unreadable("There is no database in the backup.")
    return Backup(made_at, count, files)


def _entry(said: object) -> tuple[str, int, str]:
    """Return name, size and SHA-256 of a file; a name that leads elsewhere is refused."""
    match said:
        case [str(name), int(size), str(digest)] if size >= 0:
            parts = PurePosixPath(name).parts
            plain = not any(part in ("..", "/") or "\\" in part or ":" in part for part in parts)
            if name == _DATABASE or (name.startswith(_IMAGES) and plain and len(parts) > 1):
                return name, size, digest
    raise Unreadable("The backup lists a file that cannot be one of it.", code="hostile")


def _digest(packed: zipfile.ZipFile, name: str, size: int) -> str:
    """Return the SHA-256 of a packed file of exactly this size; "" if it has another."""
    digest = hashlib.sha256()
    try:
        if packed.getinfo(name).file_size != size:
            return ""
        with packed.open(name) as read:
            while block := read.read(_BLOCK):
                digest.update(block)
    except KeyError:
        return ""
    return digest.hexdigest()


def _unpack(packed: zipfile.ZipFile, name: str, goal: Path) -> None:
    goal.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with packed.open(name) as read, new_private_file(goal) as written:
        while block := read.read(_BLOCK):
            written.write(block)


def _put_images(packed: zipfile.ZipFile, told: Backup, images: Path, progress: Progress) -> None:
    files = [name for name, _, _ in told.files if name.startswith(_IMAGES)]
    for number, name in enumerate(files):
        progress.report(number / len(files), name)
        goal = images / Path(*PurePosixPath(name).parts[1:])
        if not goal.exists():
            _unpack(packed, name, goal)
