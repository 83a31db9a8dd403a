"""A ZIP archive, unpacked into a private folder of this user's cache.

Nothing is written outside that folder, links are not made, and sizes, counts
and ratios are bounded by what really comes out, not by what the archive says.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
import time
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from platformdirs import user_cache_path

from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Progress
from viewer.core.study import Refusal

_MOST_FILES = 100_000
_MOST_BYTES = 64 << 30
_MOST_RATIO = 400
_RATIO_FROM = 64 << 20
_BLOCK = 1 << 20
_KEPT_DAYS = 7


def cache_folder() -> Path:
    """Return the folder of what can be made again; it need not exist yet."""
    home = os.environ.get("SKIAGRAM_HOME")
    return Path(home).expanduser().resolve() / "cache" if home else user_cache_path("skiagram")


def import_folder() -> Path:
    """Return the folder that holds unpacked archives, readable for this user only."""
    folder = cache_folder() / "imports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def unpack(path: Path, progress: Progress) -> tuple[Path, list[Refusal]]:
    """Return the folder with the archive's files, and those left out.

    An archive that was unpacked before and has not changed is not unpacked again.

    Raises:
        Unreadable: if it is damaged.
        Declined: if it would get too large.
    """
    root = import_folder()
    _forget_old(root)
    status = path.stat()
    mark = f"{path.resolve()}|{status.st_size}|{status.st_mtime_ns}"
    name = hashlib.sha256(mark.encode("utf-8", "surrogateescape")).hexdigest()[:24]
    target = root / name
    if target.is_dir():
        os.utime(target)
        return target, _left_out(path)
    fresh = Path(tempfile.mkdtemp(prefix="new-", dir=root))
    try:
        refused = _extract(path, fresh, progress)
        fresh.rename(target)
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, ValueError) as error:
        raise Unreadable(f"{path.name} is a damaged archive", code="damaged_archive") from error
    finally:
        if fresh.exists():
            shutil.rmtree(fresh, ignore_errors=True)
    return target, refused


def _forget_old(root: Path) -> None:
    limit = time.time() - _KEPT_DAYS * 86_400
    for folder in root.iterdir():
        if folder.is_dir() and folder.stat().st_mtime < limit:
            shutil.rmtree(folder, ignore_errors=True)


def _left_out(path: Path) -> list[Refusal]:
    with zipfile.ZipFile(path) as archive:
        return [r for entry in archive.infolist() if (r := _refusal(path, entry)) is not None]


def _refusal(path: Path, entry: zipfile.ZipInfo) -> Refusal | None:
    """Return why an entry is not unpacked."""
    shown = path / PurePosixPath(entry.filename).name
    if _inside(entry.filename) is None:
        return Refusal(
            path, "unsafe_path", f"{path.name} holds a file that points outside of it; left out."
        )
    if stat.S_ISLNK(entry.external_attr >> 16):
        return Refusal(
            shown, "link", f"{shown.name} in {path.name} is a link, which is not followed."
        )
    if entry.flag_bits & 1:
        return Refusal(
            shown, "encrypted", f"{shown.name} in {path.name} is locked with a password."
        )
    return None


def _inside(name: str) -> PurePosixPath | None:
    """Return the path of an entry within the archive, or None if it leads out of it."""
    relative = PurePosixPath(name.replace("\\", "/"))
    parts = relative.parts
    if (
        relative.is_absolute()
        or ".." in parts
        or any(":" in part or "\0" in part for part in parts)
    ):
        return None
    return relative


def _extract(path: Path, folder: Path, progress: Progress) -> list[Refusal]:
    refused: list[Refusal] = []
    with zipfile.ZipFile(path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        _check_promise(path, folder, entries)
        written = 0
        for number, entry in enumerate(entries, start=1):
            refusal = _refusal(path, entry)
            relative = _inside(entry.filename)
            if refusal is not None or relative is None:
                refused += [refusal] if refusal else []
                continue
            target = folder.joinpath(*relative.parts)
            written += _write(archive, entry, target, path, written)
            progress.report(0.0, f"unpacking {number} of {len(entries)} files")
    return refused


def _check_promise(path: Path, folder: Path, entries: list[zipfile.ZipInfo]) -> None:
    promised = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_FILES:
        raise Declined(
            f"{path.name} holds {len(entries)} files, more than is unpacked", code="too_large"
        )
    if promised > max(_RATIO_FROM, path.stat().st_size * _MOST_RATIO):
        raise _swelling(path)
    if promised > _MOST_BYTES or promised > shutil.disk_usage(folder).free * 0.9:
        sentence = f"{path.name} would need {promised / 1e9:.1f} GB unpacked, which is too much"
        raise Declined(sentence, code="too_large")


def _write(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, path: Path, before: int
) -> int:
    """Write one entry, watching what really comes out of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    most = max(_RATIO_FROM, entry.compress_size * _MOST_RATIO)
    most = min(most, max(_RATIO_FROM, path.stat().st_size * _MOST_RATIO) - before)
    if entry.file_size > most:
        raise _swelling(path)
    size = 0
    with archive.open(entry) as source, target.open("wb") as sink:
        while block := source.read(_BLOCK):
            size += len(block)
            if size > most or before + size > _MOST_BYTES:
                raise _swelling(path)
            sink.write(block)
    return size


def _swelling(path: Path) -> Declined:
    sentence = f"{path.name} swells beyond all measure when unpacked and was left alone"
    return Declined(sentence, code="archive_bomb")
