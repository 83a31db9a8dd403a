"""What was meant against what is on the disk. The first difference is a sentence.

Lengths of text and the wording of codes may differ as DICOM makes them;
nothing else may.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from viewer.core.assessment import Assessment
from viewer.core.code import Code
from viewer.core.errors import Unreadable
from viewer.core.finding import Finding
from viewer.core.geometry import Geometry
from viewer.core.segmentation import Mask, Segmentation
from viewer.core.study import Series, Study
from viewer.io import judgements
from viewer.io.authorship import canonical, canonical_in_segments
from viewer.io.concepts import coded, long_text, mean_of, same_code, short
from viewer.io.layers import placed_masks
from viewer.io.nifti_write import read_labels
from viewer.io.seg_read import (
    References,
    positions_of,
    read_masks,
    read_references,
    read_segmentation,
)
from viewer.io.sr_foreign import Ground
from viewer.io.sr_read import read_findings, read_report, read_report_references, verified_by
from viewer.io.sr_statements import same_statement

_CLOSE_MM = 1e-3


class Different(Exception):
    """What came back is not what was meant."""


def compare_segmentation(path: Path, meant: Segmentation, study: Study, series: Series) -> None:
    """Read a SEG back and compare every voxel, position and word.

    Raises:
        Different: at the first difference.
        Unreadable: if it cannot be read at all.
    """
    read = read_segmentation(path, meant.geometry, meant.series_key)
    _same_names(read_references(path), study, series)
    check_on_grid(path, meant.geometry)
    if not np.array_equal(read.labels, meant.labels):
        raise Different("voxels of a segmentation differ")
    if [s.label for s in read.segments] != [s.label for s in meant.segments]:
        raise Different("segments are missing")
    for back, segment in zip(read.segments, meant.segments, strict=True):
        same = back.name == (short(segment.name) or back.name)
        if not (same and _same(back.type, segment.type) and _same(back.category, segment.category)):
            raise Different(f"the segment {segment.name} is called otherwise")
        if np.abs(np.subtract(back.colour, segment.colour)).max() > 1:
            raise Different(f"the segment {segment.name} has another colour")
    author = canonical_in_segments(meant.author)
    if (read.id, read.author, read.status) != (meant.id, author, meant.status):
        raise Different("a segmentation names another author, status or identifier")


def compare_masks(
    path: Path, meant: Sequence[Finding], grid: Geometry, study: Study, series: Series
) -> None:
    """Read the SEG of findings back and compare every mask.

    Raises:
        Different: at the first difference.
        Unreadable: if it cannot be read at all.
    """
    masks = read_masks(path, grid)
    _same_names(read_references(path), study, series)
    check_on_grid(path, grid)
    wanted = {finding.id: mask for finding, mask, _ in placed_masks(meant, grid)}
    if set(masks) != set(wanted):
        raise Different("masks of findings are missing")
    for id_, mask in wanted.items():
        if not _same_mask(masks[id_], mask):
            raise Different("the mask of a finding differs")


def compare_findings(
    path: Path,
    meant: Sequence[Finding],
    study: Study,
    series: Series,
    *,
    verified: bool,
) -> None:
    """Read a report back and compare every finding.

    Raises:
        Different: at the first difference.
        Unreadable: if it cannot be read at all.
    """
    read = read_findings(path)
    _same_names(read_report_references(path), study, series)
    if (verified_by(path) is not None) is not verified:
        raise Different("the report says wrongly whether a person verified it")
    if [f.id for f in read] != [f.id for f in meant]:
        raise Different("findings are missing")
    for back, finding in zip(read, meant, strict=True):
        differs = _finding_difference(back, finding)
        if differs:
            raise Different(f"{differs} of a finding differs")


def compare_statements(path: Path, meant: Sequence[Assessment], ground: Ground) -> None:
    """Read a report back over its images and compare every statement about a whole image.

    Raises:
        Different: at the first difference.
        Unreadable: if it cannot be read at all.
    """
    read = read_report(path, ground).assessments
    if len(read) != len(meant):
        raise Different("statements are missing")
    for back, said in zip(read, meant, strict=True):
        if not same_statement(back, said):
            raise Different(f"the statement {said.kind.meaning} differs")


def compare_nifti(path: Path, meant: Segmentation) -> None:
    """Read a NIfTI label map back and compare every voxel and its place.

    Raises:
        Different: at the first difference.
    """
    labels, grid = read_labels(path)
    if grid.shape != meant.geometry.shape or not np.array_equal(labels, meant.labels):
        raise Different("voxels of a segmentation differ")
    if np.abs(grid.corners() - meant.geometry.corners()).max() > _CLOSE_MM:
        raise Different("a segmentation lies elsewhere")


def _finding_difference(back: Finding, meant: Finding) -> str:
    """Return what differs between two findings in one word; nothing if they are the same."""
    places = (("centre", "position"), ("box", "low"), ("box", "high"))
    for word, name in places:
        if np.abs(np.subtract(getattr(back, name), getattr(meant, name))).max() > _CLOSE_MM:
            return word
    numbers = (
        ("diameter", back.diameter_mm, meant.diameter_mm),
        ("volume", back.volume_mm3, meant.volume_mm3),
        ("score", back.score, meant.score),
        ("mean value", back.mean_value, meant.mean_value),
    )
    for word, one, other in numbers:
        if not _same_number(one, other):
            return word
    site = back.site == meant.site or (
        back.site is not None and meant.site is not None and _same(back.site, meant.site)
    )
    unit = meant.mean_value is None or back.unit == mean_of(meant.unit)[1].value
    facts = (
        ("kind", _same(back.kind, meant.kind)),
        ("site", site),
        ("unit", unit),
        ("status", back.status is meant.status),
        ("original", _same_original(back, meant)),
        ("author", back.author == canonical(meant.author)),
        ("history", back.history == tuple(map(judgements.canonical, meant.history))),
        ("note", back.note == long_text(meant.note).strip()),
    )
    return next((word for word, same in facts if not same), "")


def _same(back: Code, meant: Code) -> bool:
    stored = coded(meant)
    return same_code(back, Code(stored.value, stored.scheme_designator, stored.meaning))


def _same_number(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-9 * max(1.0, abs(other))


def _same_mask(back: Mask, meant: Mask) -> bool:
    """Tell whether two masks fill the same voxels, however much air is around them."""
    index = np.argwhere(meant.voxels)
    start, stop = index.min(axis=0), index.max(axis=0) + 1
    tight = meant.voxels[tuple(slice(a, b) for a, b in zip(start, stop, strict=True))]
    apart = np.subtract(meant.geometry.to_patient(start), back.geometry.origin)
    return np.array_equal(tight, back.voxels) and bool(np.abs(apart).max() <= _CLOSE_MM)


def _same_names(names: References, study: Study, series: Series) -> None:
    if names.study_uid != study.uid or names.series_uid != series.uid:
        raise Different("an object names another study or series")
    if names.patient_id != short(study.patient.id):
        raise Different("an object names another patient")
    known = {instance.sop_instance_uid for instance in series.instances}
    if not known & set(names.instances):
        raise Different("an object refers to none of the images")


def check_on_grid(path: Path, grid: Geometry) -> None:
    """Check that every frame of a SEG lies exactly where the grid has a slice.

    Raises:
        Different: if one does not.
    """
    index = grid.to_index(positions_of(path))
    apart = np.abs(index - np.rint(index)) * np.asarray(grid.spacing_mm)
    if apart.max() > _CLOSE_MM:
        raise Different("a segmentation lies elsewhere")


def _same_original(back: Finding, meant: Finding) -> bool:
    """Tell whether what the model had given came back, if a person changed it."""
    if back.original is None or meant.original is None:
        return back.original is meant.original
    return all(
        np.abs(np.subtract(getattr(back.original, name), getattr(meant.original, name))).max()
        <= _CLOSE_MM
        for name in ("position", "low", "high", "diameter_mm", "volume_mm3")
    )


__all__ = [
    "Different",
    "Unreadable",
    "check_on_grid",
    "compare_findings",
    "compare_masks",
    "compare_nifti",
    "compare_segmentation",
    "compare_statements",
]
