"""What is there: every file in the given places, listed or refused with a reason."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from time import perf_counter
from typing import TypeAlias

from viewer.core.errors import Unreadable
from viewer.core.known_file import KnownFiles
from viewer.core.progress import Progress
from viewer.core.study import Catalogue, Refusal
from viewer.io.candidates import find_files, why_not
from viewer.io.containers import unpacked
from viewer.io.decoders import warm_up
from viewer.io.film_files import is_video_name, video_study
from viewer.io.grouping import group
from viewer.io.header import Header
from viewer.io.heads import header_of
from viewer.io.judge import judged
from viewer.io.known import Earlier
from viewer.io.other_formats import Listed, format_of, study_of
from viewer.io.picture_heads import PictureFile
from viewer.io.picture_series import format_of_picture, is_dicom, read_pictures, studies_of
from viewer.io.syntaxes import NATIVE

_AT_ONCE = 16
_QUICK_S = 0.0005
"""Seconds a head takes at most while it need not be waited for."""

Found: TypeAlias = Header | Listed | PictureFile | Refusal


def scan(paths: Sequence[Path], progress: Progress, known: KnownFiles | None = None) -> Catalogue:
    """List the studies and series in folders, archives and files, by their headers alone.

    Nothing is skipped silently: what cannot be opened is in `refused`. In a place whose files
    are `known`, only those are read that are new or have changed.

    Raises:
        Cancelled: if the work is no longer wanted.
    """
    progress.report(0.0, "looking through folders")
    candidates = unpacked(find_files(paths, progress), progress, named=paths)
    earlier = Earlier(paths, known)
    before = earlier.unchanged(candidates.files, progress)
    if any(isinstance(one, Header) and _needs_decoder(one) for one in before.values()):
        warm_up()
    anew = [path for path in candidates.files if path not in before]
    read = dict(zip(anew, _read_all(anew, progress), strict=True))
    earlier.keep(read)
    found = [before[path] if path in before else read[path] for path in candidates.files]
    progress.report(0.99, "sorting series")
    return _sorted(found, candidates.refused)


def listed_before(paths: Sequence[Path], known: KnownFiles) -> Catalogue | None:
    """Return what an earlier scan found in a place, without a look at the disk; None if none."""
    found = Earlier(paths, known).all_known()
    return _sorted(found, ()) if found else None


def _sorted(found: Sequence[Found], further: Sequence[Refusal]) -> Catalogue:
    """Return what was found as studies, with all that was refused."""
    headers = [one for one in found if isinstance(one, Header)]
    others = [one for one in found if isinstance(one, Listed)]
    taken = {source for one in others for source in one.sources}
    refused = [one for one in found if isinstance(one, Refusal) and one.path not in taken]
    pictures = studies_of([one for one in found if isinstance(one, PictureFile)])
    catalogue = group(headers, [*(one.study for one in others), *pictures])
    everything = (*further, *refused, *catalogue.refused)
    return Catalogue(catalogue.studies, tuple(sorted(everything, key=lambda one: str(one.path))))


def _read_all(files: Sequence[Path], progress: Progress) -> list[Found]:
    """Read all heads, in several threads as soon as there is waiting for the disk.

    While heads come from memory, threads would only wait for each other.
    """
    chunks = [list(files[at : at + _AT_ONCE]) for at in range(0, len(files), _AT_ONCE)]
    found: list[Found] = []

    def tell(count: int) -> None:
        progress.report(0.98 * count / len(files), f"{count} of {len(files)} files")

    while chunks:
        chunk, began_s = chunks.pop(0), perf_counter()
        found += _read_some(chunk)
        tell(len(found))
        if perf_counter() - began_s > _QUICK_S * len(chunk):
            break
    with ThreadPoolExecutor(min(8, (os.cpu_count() or 1) + 2), "scan") as pool:
        read = [pool.submit(_read_some, chunk) for chunk in chunks]
        waiting: set[Future[list[Found]]] = set(read)
        count = len(found)
        try:
            while waiting:
                done, waiting = wait(waiting, timeout=0.1, return_when=FIRST_COMPLETED)
                count += sum(len(future.result()) for future in done)
                tell(count)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    for future in read:
        found += future.result()
    return found


def _read_some(paths: list[Path]) -> list[Found]:
    return [look_at(path) for path in paths]


def _needs_decoder(header: Header) -> bool:
    return header.pixels is not None and header.syntax not in NATIVE


def look_at(path: Path) -> Found:
    """Return what one file is: a DICOM head, a study of another format, pictures, or why not."""
    try:
        other = format_of(path)
        if other is not None:
            return study_of(path, other)
        picture = format_of_picture(path)
        if picture is not None:
            warm_up()
            return read_pictures(path, picture)
        if is_video_name(path) and not is_dicom(path):
            return video_study(path)
        header = judged(header_of(path))
        if _needs_decoder(header):
            warm_up()
        return header
    except Unreadable as refusal:
        return Refusal(path, refusal.code, str(refusal))
    except OSError as error:
        return Refusal(path, *why_not(path, error))
