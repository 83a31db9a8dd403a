"""Files appear whole or not at all.

What belongs together is written into a hidden folder beside its destination,
flushed to the disk, may be read back there, and only then put in place. When
anything fails, what lay there before lies there still.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from viewer.core.errors import Declined

_REASONS = {
    errno.ENOSPC: ("full_disk", "the disk is full: free some space or choose another folder"),
    errno.EDQUOT: ("full_disk", "your quota is used up: free some space or choose another folder"),
    errno.EFBIG: ("full_disk", "the file would become too large: choose another folder"),
    errno.EROFS: ("read_only", "the disk is read-only: choose another folder"),
    errno.EACCES: ("no_permission", "you may not write there: choose another folder"),
    errno.EPERM: ("no_permission", "you may not write there: choose another folder"),
    errno.ENOTDIR: ("no_folder", "a part of the path is a file: choose another folder"),
    errno.EEXIST: ("no_folder", "a file of that name is in the way: choose another folder"),
    errno.ENAMETOOLONG: ("long_name", "the path is too long: choose a folder nearer to the root"),
}


def declined(folder: Path, error: OSError) -> Declined:
    """Return a failed write as one sentence: what, where, what now."""
    spoken = f"{error.strerror or error}: try again or choose another folder"
    code, reason = _REASONS.get(error.errno or 0, ("write_failed", spoken))
    return Declined(f"The results could not be saved in {folder}: {reason}.", code=code)


@contextmanager
def spoken_for(folder: Path) -> Iterator[None]:
    """Turn what the operating system refuses into a sentence about this folder."""
    try:
        yield
    except OSError as error:
        raise declined(folder, error) from error


class Staging:
    """Write files beside their destination, then put all of them in place at once.

    Used as a context: leaving it without `commit` leaves no trace.

    Raises:
        Declined: if the folder cannot be made or written, in one sentence.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._names: list[str] = []
        self._outdated: list[str] = []
        self._made: Path | None = None

    def __enter__(self) -> Self:
        with spoken_for(self.folder):
            self._made = _make_folder(self.folder)
            try:
                self._place = Path(tempfile.mkdtemp(prefix=".saving-", dir=self.folder))
            except OSError:
                self._forget_folder()
                raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        shutil.rmtree(self._place, ignore_errors=True)
        self._forget_folder()

    def path(self, name: str) -> Path:
        """Return where a file is to be written for now, under its final name."""
        if name not in self._names:
            self._names.append(name)
        return self._place / name

    def write(self, name: str, content: bytes) -> Path:
        """Write one file whole and flush it to the disk."""
        path = self.path(name)
        with spoken_for(self.folder), path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return path

    def clear(self, pattern: str) -> None:
        """Have files of an earlier time that match a pattern vanish when the others appear."""
        earlier = sorted(path.name for path in self.folder.glob(pattern) if path.is_file())
        self._outdated = [name for name in earlier if name not in self._names]

    def commit(self) -> tuple[Path, ...]:
        """Put every file in place; if one cannot be, take all of them back."""
        placed: list[str] = []
        with spoken_for(self.folder):
            try:
                for name in self._names:
                    _flush(self._place / name)
                    _keep(self.folder / name, self._old(name))
                for name in self._outdated:
                    _keep(self.folder / name, self._old(name))
                for name in self._names:
                    (self._place / name).replace(self.folder / name)
                    placed.append(name)
                for name in self._outdated:
                    (self.folder / name).unlink()
                    placed.append(name)
                _flush(self.folder)
            except BaseException:
                for name in placed:
                    self._take_back(name)
                raise
        self._made = None
        return tuple(self.folder / name for name in self._names)

    def _old(self, name: str) -> Path:
        return self._place / f".before-{name}"

    def _take_back(self, name: str) -> None:
        with suppress(OSError):
            if self._old(name).exists():
                self._old(name).replace(self.folder / name)
            else:
                (self.folder / name).unlink()

    def _forget_folder(self) -> None:
        """Remove the folders that were made only for files that never came."""
        if self._made is None:
            return
        folder = self.folder
        while True:
            with suppress(OSError):
                folder.rmdir()
            if folder == self._made:
                return
            folder = folder.parent


def _make_folder(folder: Path) -> Path | None:
    """Make a folder and its parents; return the uppermost that was not there."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[-1] if missing else None


def _keep(path: Path, copy: Path) -> None:
    """Hold on to the file that is about to be replaced, if there is one."""
    if not path.exists():
        return
    if path.is_dir():
        raise FileExistsError(errno.EEXIST, "a folder of that name is in the way")
    try:
        copy.hardlink_to(path)
    except OSError:
        shutil.copy2(path, copy)


def _flush(path: Path) -> None:
    """Have the operating system put a file or folder on the disk itself."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
