"""Unsaved work in a file of its own, for when it cannot be kept where it belongs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from viewer.core.errors import Declined, Unreadable
from viewer.store.database import Damaged, Database
from viewer.store.drafts import Draft, Drafts

SUFFIX = ".skiagram"


def rescue_to(path: Path, drafts: Mapping[str, Draft]) -> None:
    """Write drafts by study UID to a new file, read back and compared.

    Raises:
        Declined: if there is nothing to write, the file is there already, or it cannot be written.
    """
    if not drafts:
        raise Declined("There is no work in memory to be saved.", code="nothing")
    if path.exists():
        raise Declined(f"{path.name} is there already: choose another name.", code="exists")
    try:
        with _opened(path) as database:
            kept = Drafts(database)
            for uid, draft in drafts.items():
                kept.record(uid, draft)
            _require_all(kept, drafts)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def _require_all(kept: Drafts, drafts: Mapping[str, Draft]) -> None:
    """Read everything back, as it will be when it is needed."""
    for uid in drafts:
        if kept.latest(uid) is None:
            raise Declined("What was written did not come back as it was.", code="differs")


def rescued_from(path: Path) -> dict[str, Draft]:
    """Return the drafts by study UID that a file holds.

    Raises:
        Unreadable: if it is none, or damaged.
    """
    if not path.is_file():
        raise Unreadable(f"There is no file {path.name}.", code="missing_file")
    try:
        with _opened(path) as database:
            kept = Drafts(database)
            found = {one.study_uid: kept.latest(one.study_uid) for one in kept.waiting()}
    except Damaged as damaged:
        raise Unreadable(f"{path.name} is no work that was saved by this program.") from damaged
    return {uid: draft for uid, draft in found.items() if draft is not None}


@contextmanager
def _opened(path: Path) -> Iterator[Database]:
    database = Database(path)
    try:
        yield database
    finally:
        database.close()
