"""What is there: every file in the given places, listed or refused with a reason."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from time import perf_counter
from typing import TypeAlias

from viewer.core.errors import Unreadable
from viewer.core.progress import Progress
from viewer.core.study import Catalogue, Refusal, Study
from viewer.io.candidates import Candidates, find_files, why_not
from viewer.io.containers import unpacked
from viewer.io.decoders import warm_up
from viewer.io.grouping import group
from viewer.io.header import Header
from viewer.io.heads import header_of
from viewer.io.judge import judged
from viewer.io.other_formats import format_of, study_of
from viewer.io.syntaxes import NATIVE

_AT_ONCE = 16
_QUICK_S = 0.0005
"""Seconds a head takes at most while it need not be waited for."""

Found: TypeAlias = Header | Study | Refusal


def scan(paths: Sequence[Path], progress: Progress) -> Catalogue:
    """List the studies and series in folders, archives and files, by their headers alone.

    Nothing is skipped silently: what cannot be opened is in `refused`.

    Raises:
        Cancelled: if the work is no longer wanted.
    """
    progress.report(0.0, "looking through folders")
    candidates = unpacked(find_files(paths, progress), progress, named=paths)
    found = _read_all(candidates, progress)
    headers = [one for one in found if isinstance(one, Header)]
    studies = [one for one in found if isinstance(one, Study)]
    refused = [one for one in found if isinstance(one, Refusal)]
    progress.report(0.99, "sorting series")
    catalogue = group(headers, studies)
    everything = (*candidates.refused, *refused, *catalogue.refused)
    return Catalogue(catalogue.studies, tuple(sorted(everything, key=lambda one: str(one.path))))


def _read_all(candidates: Candidates, progress: Progress) -> list[Found]:
    """Read all heads, in several threads as soon as there is waiting for the disk.

    While heads come from memory, threads would only wait for each other.
    """
    files = list(candidates.files)
    chunks = [files[at : at + _AT_ONCE] for at in range(0, len(files), _AT_ONCE)]
    found: list[Found] = []

    def tell() -> None:
        progress.report(0.98 * len(found) / len(files), f"{len(found)} of {len(files)} files")

    while chunks:
        chunk, began_s = chunks.pop(0), perf_counter()
        found += _read_some(chunk)
        tell()
        if perf_counter() - began_s > _QUICK_S * len(chunk):
            break
    with ThreadPoolExecutor(min(8, (os.cpu_count() or 1) + 2), "scan") as pool:
        waiting: set[Future[list[Found]]] = {pool.submit(_read_some, chunk) for chunk in chunks}
        try:
            while waiting:
                done, waiting = wait(waiting, timeout=0.1, return_when=FIRST_COMPLETED)
                for future in done:
                    found += future.result()
                tell()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return found


def _read_some(paths: list[Path]) -> list[Found]:
    return [look_at(path) for path in paths]


def look_at(path: Path) -> Found:
    """Return what one file is: a DICOM head, a study of another format, or why not."""
    try:
        other = format_of(path)
        if other is not None:
            return study_of(path, other)
        header = judged(header_of(path))
        if header.pixels is not None and header.syntax not in NATIVE:
            warm_up()
        return header
    except Unreadable as refusal:
        return Refusal(path, refusal.code, str(refusal))
    except OSError as error:
        return Refusal(path, *why_not(path, error))
