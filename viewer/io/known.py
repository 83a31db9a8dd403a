"""What was read of the files of a place before, given out again while they are unchanged.

Each file stands for itself: what is kept of one says nothing of another. What cannot
be understood is read anew. Nothing is kept of a file that was written so lately
that it might change again without its mark telling.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeAlias

from viewer import __version__
from viewer.core.errors import Declined
from viewer.core.known_file import FileMark, KnownFile, KnownFiles
from viewer.core.progress import Progress
from viewer.core.study import Refusal, Series
from viewer.io import tags
from viewer.io.header import Header, Stamp
from viewer.io.other_formats import Listed
from viewer.io.picture import Picture
from viewer.io.picture_heads import PictureFile
from viewer.io.written import understand, write

Kept: TypeAlias = Header | Listed | PictureFile | Refusal

_SETTLED_S = 2.0
_LONGEST = 1 << 22
_REPORT_EVERY = 500
_OF_THE_DISK = frozenset({"missing_file", "no_permission", "unreadable"})
"""Refusals that say nothing of the file itself: it is tried again."""


@cache
def reader() -> str:
    """Return the name of this version of what reads heads: its code itself is part of it."""
    digest = hashlib.sha256(__version__.encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()


class Earlier:
    """What is known of the files of one place, and what was read anew of them."""

    def __init__(self, paths: Sequence[Path], known: KnownFiles | None) -> None:
        """Take the places that are looked through; only one alone is known by its name."""
        self._keeping = known if len(paths) == 1 else None
        self._place = paths[0] if paths else Path()
        self._known: dict[str, KnownFile] = {}
        self._marks: dict[Path, FileMark] = {}
        self._gone: list[str] = []
        if self._keeping is not None:
            with suppress(Declined):
                before = self._keeping.recall(self._place, reader())
                self._known = {one.path: one for one in before}

    def all_known(self) -> list[Kept]:
        """Return all that was read before, whatever has become of the files, by their names."""
        known = (_understood(Path(name), one) for name, one in sorted(self._known.items()))
        return [one for one in known if one is not None]

    def unchanged(self, files: Iterable[Path], progress: Progress) -> dict[Path, Kept]:
        """Return what was read before of those files that are still the same."""
        found: dict[Path, Kept] = {}
        if self._keeping is None:
            return found
        gone = dict(self._known)
        for number, path in enumerate(files):
            if number % _REPORT_EVERY == 0:
                progress.report(0.0, f"{number} files compared")
            one = gone.pop(str(path), None)
            with suppress(OSError):
                mark = self._marks[path] = FileMark.of(path.stat())
                same = one is not None and one.mark == mark
                before = _understood(path, one) if one is not None and same else None
                if before is not None:
                    found[path] = before
        self._gone = list(gone)
        return found

    def keep(self, read: Mapping[Path, object]) -> None:
        """Keep what was read anew and drop what is not there any more; go on if that fails."""
        fresh = [
            known
            for path, found in read.items()
            if (mark := self._marks.get(path)) is not None
            and _settled(mark)
            and (known := _written(path, mark, found)) is not None
        ]
        if self._keeping is None or not (fresh or self._gone):
            return
        with suppress(Declined):
            self._keeping.keep(self._place, reader(), fresh, self._gone)


def untouched(series: Series) -> bool:
    """Tell whether the files of a series are there, and as they were when it was listed."""
    stamps = {one.path: one.stamp if isinstance(one, Picture) else None for one in series.instances}
    try:
        for path, stamp in stamps.items():
            status = path.stat()
            if stamp not in (None, Stamp(status.st_size, status.st_mtime_ns)):
                return False
    except OSError:
        return False
    return True


def _settled(mark: FileMark) -> bool:
    return time.time() - max(mark.modified_ns, mark.changed_ns) / 1e9 >= _SETTLED_S


def _written(path: Path, mark: FileMark, found: object) -> KnownFile | None:
    """Write down what was read of a file; None if it cannot be, or is better read again."""
    uid = ""
    if isinstance(found, Listed):
        if found.sources:
            return None  # its mark would not tell that one of those has changed
        uid = found.study.uid
    elif isinstance(found, Header):
        uid = found.text(tags.STUDY_UID)
    elif isinstance(found, PictureFile):
        uid = found.digest
    elif not isinstance(found, Refusal) or found.code in _OF_THE_DISK:
        return None
    try:
        told = write(found, path)
        for words in (str(path), uid):
            words.encode()
    except ValueError:
        return None
    return None if len(told) > _LONGEST else KnownFile(str(path), mark, uid, told)


def _understood(path: Path, known: KnownFile) -> Kept | None:
    """Return what was written down of a file; None if that is not to be understood."""
    with suppress(ValueError):
        found = understand(known.told, path)
        if isinstance(found, Header):
            stamp = Stamp(known.mark.size, known.mark.modified_ns)
            return found if found.path == path and found.stamp == stamp else None
        if isinstance(found, (PictureFile, Refusal)):
            return found if found.path == path else None
        if isinstance(found, Listed):
            return found
    return None
