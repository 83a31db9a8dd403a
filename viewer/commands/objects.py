"""Opening what others said about images: laid over them, applied to them, or read as a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from viewer.commands.desk import Desk
from viewer.commands.key_images import step
from viewer.commands.marked_pictures import tell_hidden, waits
from viewer.commands.object_contents import Said, Source, to_wait
from viewer.commands.presentations import apply
from viewer.core.errors import Declined, Unreadable
from viewer.core.finding import Finding, Status
from viewer.core.geometry import Geometry
from viewer.core.key_image import KeyImage
from viewer.core.measurement import Measurement
from viewer.core.progress import Progress
from viewer.core.study import Catalogue, Series, SeriesKind, Study
from viewer.jobs.job import Failure
from viewer.session.images import OpenImage
from viewer.session.record import Record
from viewer.session.second_reading import said_by_models

if TYPE_CHECKING:
    from viewer.io.seg_read import References

_CLOSE_MM = 1e-2
_PLACELESS = ("no_report", "no_place", "no_tracking_uid")
"""Codes of reports that are to be read, but not laid over images."""


def open_object(
    desk: Desk,
    study: Study,
    series: Series,
    open_images: Callable[[str, Callable[[], None]], None],
) -> None:
    """Lay an object over the images it was made from, or show a report as a page.

    `open_images` opens a series by its key and calls back when it hangs.
    """
    from viewer.io.referring import READ

    if series.modality not in READ:
        desk.session.say(f"{series.title} holds no pictures of its own.", serious=True)
        return
    path = series.instances[0].path
    catalogue = desk.session.catalogue.value
    desk.runner.start(
        f"Look into {series.title}",
        partial(_source, path, series.modality, study, catalogue),
        partial(_found, desk, study, series, open_images),
        failed=partial(_tell, desk),
        belongs_to=study.uid,
    )


def _source(
    path: Path, modality: str, study: Study, catalogue: Catalogue, progress: Progress
) -> Source:
    """Return the key of the listed series that an object was made from."""
    from viewer.io.object_makers import made_by_program
    from viewer.io.referring import references_of
    from viewer.io.sr_page import report_page_of

    progress.report(0.0, path.name)
    try:
        return Source(_key(path, modality, references_of(path, modality), study, catalogue))
    except Declined as why:
        if modality != "SR" or why.code == "other_patient":
            raise
        return Source("", report_page_of(path), str(why), made_by_program(path, modality))
    except Unreadable as why:
        if modality != "SR" or why.code not in _PLACELESS:
            raise
        return Source("", report_page_of(path), by_program=made_by_program(path, modality))


def _key(
    path: Path, modality: str, references: References, study: Study, catalogue: Catalogue
) -> str:
    if references.patient_id != study.patient.id:
        raise Declined(
            f"{path.name} is about another patient than the images it lies with.",
            code="other_patient",
        )
    possible = [
        series
        for owner, listed in catalogue.all_series()
        for series in listed.parts or (listed,)
        if _has_pictures(series, modality)
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


def _has_pictures(series: Series, modality: str) -> bool:
    """Tell whether a series is one that an object can be laid over: segments want a volume."""
    if modality in ("SEG", "RTSTRUCT"):
        return series.kind is SeriesKind.VOLUME
    return series.kind not in (SeriesKind.OBJECT, SeriesKind.FOUR_D)


def _may_be_source(series: Series, references: References) -> bool:
    """Tell whether an object names a series, or if it names none, its pictures or its space."""
    if references.series_uid:
        return series.uid == references.series_uid
    if references.instances and _in_common(series, references):
        return True
    uid = references.frame_of_reference_uid
    return bool(uid) and series.frame_of_reference_uid == uid


def _in_common(series: Series, references: References) -> int:
    """Return how many of the images that an object names are in a series, or in a part of it."""
    named = set(references.instances)
    return sum(instance.sop_instance_uid in named for instance in series.instances)


def _found(
    desk: Desk,
    study: Study,
    series: Series,
    open_images: Callable[[str, Callable[[], None]], None],
    source: Source,
) -> None:
    if source.key:
        open_images(source.key, partial(_read, desk, study, series, source.key))
        return
    if source.by_program and waits(desk, study, series):
        tell_hidden(desk)
        return
    desk.asker.show_page(series.title, source.page)
    desk.session.say(f"{series.title} is shown as a page. {source.why}".strip())


def _read(desk: Desk, study: Study, series: Series, key: str) -> None:
    opened = desk.session.images.value.get(key)
    if opened is None:
        return
    desk.runner.start(
        f"Open {series.title}",
        partial(_said, series.instances[0].path, series.modality, opened, study),
        partial(_add, desk, series, opened),
        failed=partial(_tell, desk),
        belongs_to=opened.study.uid,
    )


def _said(path: Path, modality: str, opened: OpenImage, study: Study, progress: Progress) -> Said:
    from viewer.io.object_makers import made_by_program

    progress.report(0.0, path.name)
    said = _held(path, modality, opened, study, progress)
    return replace(said, by_program=made_by_program(path, modality))


def _held(path: Path, modality: str, opened: OpenImage, study: Study, progress: Progress) -> Said:
    from viewer.io.gsps_read import read_presentation

    match modality:
        case "SEG":
            return _segments(path, opened, progress)
        case "RTSTRUCT":
            return _structures(path, opened)
        case "PR":
            return Said(presentation=read_presentation(path))
        case "KO":
            return _key_images(path, study)
    return _report(path, opened)


def _segments(path: Path, opened: OpenImage, progress: Progress) -> Said:
    """Read segments onto the voxels of a volume, or where they lie on others, as they are."""
    from viewer.io.seg_read import read_seg

    read = read_seg(path, _grid(opened, path), opened.key, own=True, progress=progress)
    notes = tuple(notice.sentence for notice in read.notices)
    return Said(segmentations=read.segmentations, notes=notes)


def _structures(path: Path, opened: OpenImage) -> Said:
    """Read contours onto the grid of a volume; what has no place there is said."""
    from viewer.io.structures import on_grid, read_structures

    drawn, notices = on_grid(read_structures(path), _grid(opened, path), opened.key)
    return Said(segmentations=drawn, notes=tuple(notice.sentence for notice in notices))


def _grid(opened: OpenImage, path: Path) -> Geometry:
    if opened.geometry is None:
        raise Declined(f"{path.name} needs a volume to lie on, and {opened.series.title} is none.")
    return opened.geometry


def _report(path: Path, opened: OpenImage) -> Said:
    """Read a report; its page comes with it where a part of it has no place in the images."""
    from viewer.io.sr_foreign import Ground
    from viewer.io.sr_measurements import Pictures
    from viewer.io.sr_page import report_page_of
    from viewer.io.sr_read import read_report

    pictures = Pictures.of(opened.series)
    try:
        said = read_report(path, Ground(opened.key, pictures, opened.frame_of_reference_uid))
    except Unreadable as why:
        if why.code not in _PLACELESS:
            raise
        return Said(page=report_page_of(path))
    placed = len(said.findings) + len(said.measurements) + len(said.assessments)
    page = report_page_of(path) if placed < said.groups or not said.groups else ""
    return Said(
        said.findings,
        measurements=said.measurements,
        page=page,
        assessments=said.assessments,
    )


def _key_images(path: Path, study: Study) -> Said:
    """Read a selection of key images, of whichever series of the study they are."""
    from viewer.io.key_objects import read_key_objects

    selection = read_key_objects(path)
    keys = {
        (one.sop_instance_uid, one.frame): part.key
        for series in study.series
        for part in series.parts or (series,)
        for one in part.instances
    }
    marks = tuple(
        KeyImage(keys[uid, max(frame, 0)], uid, kind, selection.author, max(frame, 0), at)
        for at in (selection.made_at,)
        for uid, kind, frame in selection.pictures
        if (uid, max(frame, 0)) in keys
    )
    title = f"{selection.title.meaning}, by {selection.author.name}"
    left_out = len(selection.pictures) - len(marks)
    return Said(key_images=marks, title=title, elsewhere=left_out)


def _add(desk: Desk, series: Series, opened: OpenImage, said: Said) -> None:
    if desk.session.images.value.get(opened.key) is None:
        return
    by_models = said_by_models(desk.session, _with(Record(), said))
    if (said.by_program or by_models) and waits(desk, opened.study, series):
        desk.session.do(f"Open {series.title}", _with(desk.session.record.value, to_wait(said)))
        tell_hidden(desk)
        return
    before = desk.session.record.value
    if said.presentation is not None:
        apply(desk, opened.key, said.presentation)
    elif said.page and not (said.findings or said.measurements or said.assessments):
        desk.session.say(f"{series.title} is shown as a page; none of it has a place here.")
    else:
        desk.session.do(f"Open {series.title}", _with(desk.session.record.value, said))
    if said.page:
        desk.asker.show_page(series.title, said.page)
    if len(series.instances) > 1:
        sentence = f"{series.title} holds {len(series.instances)} objects; the first is shown."
        desk.session.say(sentence, serious=True)
    if said.key_images or said.elsewhere:
        _tell_key_images(desk, series, said)
    elif said.findings or said.segmentations or said.measurements:
        stale = _replaced(before, said)
        words = f"{series.title}: {_counted(said)}, laid over {opened.series.title}."
        sentences = (words, stale, *said.notes)
        serious = bool(stale or said.notes)
        desk.session.say(" ".join(filter(None, sentences)), serious=serious)


def _replaced(before: Record, said: Said) -> str:
    """Say how much that was changed after an object was saved gave way to what is saved."""
    mine: tuple[Finding | Measurement, ...] = (*before.findings, *before.measurements)
    ours = {one.id: one for one in mine}
    theirs: tuple[Finding | Measurement, ...] = (*said.findings, *said.measurements)
    count = sum(_differ(ours[one.id], one) for one in theirs if one.id in ours)
    if not count:
        return ""
    what = "1 of them was" if count == 1 else f"{count} of them were"
    return f"{what} changed here after the file was saved; undo brings the change back."


def _differ(one: Finding | Measurement, other: Finding | Measurement) -> bool:
    """Tell whether two states of one thing differ by more than a file's rounding."""
    if isinstance(one, Measurement) and isinstance(other, Measurement):
        same = (one.kind, one.label, len(one.points)) == (
            other.kind,
            other.label,
            len(other.points),
        )
        ends = ((one.points, other.points),) if same else ()
    elif isinstance(one, Finding) and isinstance(other, Finding):
        same = (one.status, one.kind, one.note) == (other.status, other.kind, other.note)
        ends = (((one.low, one.high), (other.low, other.high)),)
    else:
        return True
    return not same or any(np.abs(np.subtract(a, b)).max() > _CLOSE_MM for a, b in ends)


def _counted(said: Said) -> str:
    segments = sum(len(one.segments) for one in said.segmentations)
    measured = f", {len(said.measurements)} measurements" if said.measurements else ""
    return f"{len(said.findings)} findings, {segments} segments{measured}"


def _tell_key_images(desk: Desk, series: Series, said: Said) -> None:
    step(desk, 1)
    count = len(said.key_images)
    sentence = f"{series.title}: {count} key image{'' if count == 1 else 's'}, {said.title}."
    if said.elsewhere:
        sentence += f" {said.elsewhere} more are of pictures that are not listed here."
    desk.session.say(sentence, serious=bool(said.elsewhere))


def _with(record: Record, said: Said) -> Record:
    """Put in what was said; what is there already under the same name is replaced."""
    for finding in said.findings:
        record = _with_judged(record, finding)
    for one in said.assessments:
        record = record.with_assessment(one)
    segmentations = {one.id: one for one in (*record.segmentations, *said.segmentations)}
    measurements = {one.id: one for one in (*record.measurements, *said.measurements)}
    marks = {one.shown: one for one in (*record.key_images, *said.key_images)}
    return replace(
        record,
        segmentations=tuple(segmentations.values()),
        measurements=tuple(measurements.values()),
        key_images=tuple(marks.values()),
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
