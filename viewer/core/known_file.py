"""What is known of a file from an earlier look at it, and how to tell that it is unchanged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from os import stat_result
from pathlib import Path
from typing import Protocol, Self


@dataclass(frozen=True, slots=True)
class FileMark:
    """What changes when a file does, without reading it."""

    size: int
    modified_ns: int
    changed_ns: int
    inode: int

    @classmethod
    def of(cls, status: stat_result) -> Self:
        """Return the mark of a file whose state was asked for."""
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as it was read once; `told` is what its reader wrote down of it.

    `study_uid` is empty where it belongs to no study.
    """

    path: str
    mark: FileMark
    study_uid: str
    told: str


class KnownFiles(Protocol):
    """Where known files are kept, by the place in which they were found.

    `reader` names the version of what read them: what another one wrote down is not given out.
    """

    def recall(self, place: Path, reader: str) -> tuple[KnownFile, ...]:
        """Return what is known of the files in a place."""

    def keep(
        self, place: Path, reader: str, fresh: Sequence[KnownFile], gone: Sequence[str]
    ) -> None:
        """Keep what was read anew of a place, and drop what is not there any more."""
