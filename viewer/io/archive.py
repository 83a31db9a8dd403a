"""A ZIP archive, unpacked into a private folder of this user's cache.

Nothing is written outside that folder, links are not made, and sizes, counts
and ratios are bounded by what really comes out, not by what the archive says.
What cannot be unpacked is named, and the rest is opened.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import struct
import tempfile
import time
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from platformdirs import user_cache_path

from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Progress
from viewer.core.study import Refusal
from viewer.io.entry_names import Places, inside

_MOST_FILES = 100_000
_MOST_BYTES = 64 << 30
_MOST_RATIO = 400
_RATIO_FROM = 64 << 20
_BLOCK = 1 << 20
_KEPT_DAYS = 7
_LONGEST_DIRECTORY = 64 << 20
_END, _END_64, _LOCATOR = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE = (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, ValueError)


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
    target, account = root / name, root / f"{name}.json"
    if target.is_dir():
        os.utime(target)
        return target, _left_out(account)
    fresh = Path(tempfile.mkdtemp(prefix="new-", dir=root))
    try:
        _check_directory(path)
        refused = _extract(path, fresh, progress)
        if refused:
            told = [(str(one.path), one.code, one.sentence) for one in refused]
            account.write_text(json.dumps(told), encoding="utf-8", errors="surrogatepass")
        fresh.rename(target)
    except _DAMAGE as error:
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
            folder.with_suffix(".json").unlink(missing_ok=True)


def _left_out(account: Path) -> list[Refusal]:
    """Return what was left out when the archive was unpacked."""
    try:
        told = json.loads(account.read_text(encoding="utf-8", errors="surrogatepass"))
    except FileNotFoundError:
        return []
    return [Refusal(Path(place), code, sentence) for place, code, sentence in told]


def _check_directory(path: Path) -> None:
    """Look how long the table of contents is before it is read.

    Raises:
        Declined: if it is longer than any that is unpacked.
    """
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        start = file.seek(max(0, size - (1 << 16) - 42))
        tail = file.read()
        at = tail.rfind(_END)
        if at < 0 or len(tail) < at + 20:
            return
        count, length = struct.unpack_from("<HL", tail, at + 10)
        locator = tail[max(0, at - 20) : at]
        if len(locator) == 20 and locator.startswith(_LOCATOR):
            file.seek(min(size, struct.unpack_from("<Q", locator, 8)[0]))
            record = file.read(56)
            if len(record) == 56 and record.startswith(_END_64):
                count, length = struct.unpack_from("<QQ", record, 32)
    if count > _MOST_FILES or min(length, start + at) > _LONGEST_DIRECTORY:
        raise Declined(f"{path.name} holds more files than are unpacked", code="too_large")


def _refusal(path: Path, entry: zipfile.ZipInfo) -> Refusal | None:
    """Return why an entry is not unpacked."""
    shown = path / PurePosixPath(entry.filename).name
    if inside(entry.filename) is None:
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
    if entry.compress_type not in _METHODS:
        return Refusal(
            shown,
            "archive_method",
            f"{shown.name} in {path.name} is packed in a way not read here.",
        )
    return None


def _extract(path: Path, folder: Path, progress: Progress) -> list[Refusal]:
    refused: list[Refusal] = []
    places = Places()
    with zipfile.ZipFile(path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        _check_promise(path, folder, entries)
        written = 0
        for number, entry in enumerate(entries, start=1):
            progress.report(0.0, f"unpacking {number} of {len(entries)} files")
            refusal, relative = _refusal(path, entry), inside(entry.filename)
            if refusal is None and relative is not None:
                target = folder.joinpath(*places.of(relative).parts)
                try:
                    written += _write(archive, entry, target, path, written)
                except _DAMAGE:
                    target.unlink(missing_ok=True)
                    refusal = _damaged(path, relative.name)
            refused += [refusal] if refusal else []
    return refused


def _damaged(path: Path, name: str) -> Refusal:
    return Refusal(path / name, "damaged_archive", f"{name} in {path.name} is damaged.")


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
