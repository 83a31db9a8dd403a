"""Places put into the list of studies: in place, or copied to this computer's own folder.

Used by the window and by the command line alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from viewer.core.errors import Declined
from viewer.core.progress import Part, Progress
from viewer.core.study import Refusal, Study
from viewer.io.scan import scan
from viewer.store.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Added:
    """What came of a place: the studies that are listed now, and what was not taken and why."""

    studies: int
    images: int
    refused: tuple[Refusal, ...]


def add_place(shelf: Shelf, place: Path, progress: Progress, *, copy: bool = False) -> Added:
    """Look through a place and list its studies, copied in if wanted.

    A copy that is stopped leaves the studies that were copied whole, and no half one.

    Raises:
        Declined: if nothing can be kept, or there is no room for a copy.
        Cancelled: if the work is no longer wanted.
    """
    found = scan([place], Part(progress, 0.0, 0.5 if copy else 0.9), shelf.places)
    refused = list(found.refused)
    taken: Sequence[Study] = found.studies
    if copy:
        taken, failed = _copied(shelf, found.studies, Part(progress, 0.5, 1.0))
        refused += failed
    else:
        progress.report(0.9, "listing")
        shelf.studies.add(place, found.studies)
    images = sum(len(series.instances) for study in taken for series in study.series)
    return Added(len(taken), images, tuple(refused))


def _copied(
    shelf: Shelf, studies: Sequence[Study], progress: Progress
) -> tuple[list[Study], list[Refusal]]:
    """Copy studies one by one; those that are no DICOM are named, and the others go on."""
    taken: list[Study] = []
    failed: list[Refusal] = []
    for number, study in enumerate(studies):
        part = Part(progress, number / len(studies), (number + 1) / len(studies))
        try:
            shelf.copy_in(study, part)
        except Declined as why:
            if why.code not in ("not_dicom", "missing_file", "nothing"):
                raise
            failed.append(Refusal(_somewhere(study), why.code, str(why)))
        else:
            taken.append(study)
    return taken, failed


def _somewhere(study: Study) -> Path:
    files = (one.path for series in study.series for one in series.instances)
    return next(files, Path(study.uid))
