"""Opening what others said about images: segmentations and reports, laid over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.commands.desk import Desk
from viewer.core.errors import Declined
from viewer.core.finding import Finding, Status
from viewer.core.geometry import Geometry
from viewer.core.progress import Progress
from viewer.core.segmentation import Segmentation
from viewer.core.study import Catalogue, Series, SeriesKind, Study
from viewer.jobs.job import Failure
from viewer.session.images import OpenImage
from viewer.session.record import Record

if TYPE_CHECKING:
    from viewer.io.seg_read import References

Said = tuple[tuple[Finding, ...], tuple[Segmentation, ...]]


def open_object(
    desk: Desk,
    study: Study,
    series: Series,
    open_images: Callable[[str, Callable[[], None]], None],
) -> None:
    """Lay a segmentation or a report over the images it was made from.

    `open_images` opens a series by its key and calls back when it hangs.
    """
    if series.modality not in ("SEG", "SR"):
        desk.session.say(f"{series.title} holds no pictures of its own.", serious=True)
        return
    path = series.instances[0].path
    catalogue = desk.session.catalogue.value
    desk.runner.start(
        f"Look into {series.title}",
        partial(_source, path, series.modality, study, catalogue),
        lambda key: open_images(key, partial(_read, desk, series, key)),
        failed=partial(_tell, desk),
        belongs_to=study.uid,
    )


def _source(
    path: Path, modality: str, study: Study, catalogue: Catalogue, progress: Progress
) -> str:
    """Return the key of the listed volume that an object was made from."""
    from viewer.io.seg_read import read_references
    from viewer.io.sr_read import read_report_references

    progress.report(0.0, path.name)
    references = read_references(path) if modality == "SEG" else read_report_references(path)
    if references.patient_id != study.patient.id:
        raise Declined(f"{path.name} is about another patient than the images it lies with.")
    possible = [
        series
        for owner, listed in catalogue.all_series()
        for series in listed.parts or (listed,)
        if series.kind is SeriesKind.VOLUME
        and owner.patient == study.patient
        and _may_be_source(series, references)
    ]
    if not possible:
        raise Declined(f"The images that {path.name} was made from are not among those listed.")
    best = max(possible, key=lambda series: _in_common(series, references))
    if references.instances and not _in_common(best, references):
        raise Declined(
            f"{path.name} was made from other images of {best.title} than those listed here."
        )
    return best.key


def _may_be_source(series: Series, references: References) -> bool:
    """Tell whether an object names a series, or if it names none, the space it lies in."""
    if references.series_uid:
        return series.uid == references.series_uid
    uid = references.frame_of_reference_uid
    return bool(uid) and series.frame_of_reference_uid == uid


def _in_common(series: Series, references: References) -> int:
    """Return how many of the images that an object names are in a series, or in a part of it."""
    named = set(references.instances)
    return sum(instance.sop_instance_uid in named for instance in series.instances)


def _read(desk: Desk, series: Series, key: str) -> None:
    opened = desk.session.images.value.get(key)
    if opened is None or opened.geometry is None:
        return
    desk.runner.start(
        f"Open {series.title}",
        partial(_said, series.instances[0].path, series.modality, opened.geometry, key),
        partial(_add, desk, series, opened),
        failed=partial(_tell, desk),
        belongs_to=opened.study.uid,
    )


def _said(path: Path, modality: str, geometry: Geometry, key: str, progress: Progress) -> Said:
    from viewer.io.seg_read import read_segmentations
    from viewer.io.sr_read import read_findings

    progress.report(0.0, path.name)
    if modality == "SEG":
        return (), read_segmentations(path, geometry, key)
    return read_findings(path, key), ()


def _add(desk: Desk, series: Series, opened: OpenImage, said: Said) -> None:
    findings, segmentations = said
    if desk.session.images.value.get(opened.key) is None:
        return
    record = desk.session.record.value
    for finding in findings:
        record = _with_judged(record, finding)
    new = {item.id for item in segmentations}
    kept = tuple(item for item in record.segmentations if item.id not in new)
    record = replace(record, segmentations=(*kept, *segmentations))
    desk.session.do(f"Open {series.title}", record)
    if len(series.instances) > 1:
        sentence = f"{series.title} holds {len(series.instances)} objects; the first is shown."
        desk.session.say(sentence, serious=True)
    desk.session.say(
        f"{series.title}: {len(findings)} findings, {sum(len(s.segments) for s in segmentations)} "
        f"segments, laid over {opened.series.title}."
    )


def _with_judged(record: Record, finding: Finding) -> Record:
    """Put a finding in; one that is there already keeps its mask.

    Where a file names nobody who judged it, nobody did.
    """
    if not finding.history:
        finding = replace(finding, status=Status.PROPOSED)
    known = record.finding(finding.id)
    if known is not None and finding.mask is None:
        finding = replace(finding, mask=known.mask)
    return record.with_finding(finding)


def _tell(desk: Desk, failure: Failure) -> None:
    desk.session.say(failure.sentence, serious=True)
