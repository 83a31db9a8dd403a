"""Saving what a person stands behind: DICOM, report, table, pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.commands.command import Command
from viewer.commands.desk import Desk, Draw
from viewer.commands.files import tell
from viewer.commands.learning import keep_verdicts
from viewer.commands.stored_reads import drawn_now, reads_with_now, results_saved
from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.errors import Declined
from viewer.core.finding import Finding
from viewer.core.measurement import Measurement
from viewer.core.progress import Part, Progress
from viewer.core.read import Read
from viewer.core.segmentation import Segmentation
from viewer.core.stack import Stack
from viewer.core.volume import Volume
from viewer.imaging.outlines import outlines_of
from viewer.io.atomic import Staging
from viewer.io.identifiers import file_stem
from viewer.io.table import findings_table
from viewer.jobs.job import Lane
from viewer.session.images import OpenImage
from viewer.store.listed import Reading

if TYPE_CHECKING:
    from viewer.io.results import Saved


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What of one series is to be saved by whom, and the folder name it would have."""

    opened: OpenImage
    image: Volume | Stack
    findings: tuple[Finding, ...]
    segmentations: tuple[Segmentation, ...]
    measurements: tuple[Measurement, ...]
    reader: Author
    name: str
    assessments: tuple[Assessment, ...] = ()
    reads: tuple[Read, ...] = ()
    drawn: tuple[Segmentation, ...] = ()
    """All outlines of the study, for the last of the reads."""


def save_to(desk: Desk, folder: Path) -> None:
    """Save what the reader accepted of the active series into a new folder below `folder`.

    Raises:
        Declined: if nothing is accepted yet.
    """
    material = _material(desk)
    goal = folder / material.name
    uid = material.opened.study.uid
    desk.runner.start(
        f"Save {material.opened.series.title}",
        partial(draw_and_save, goal, material, desk.draw),
        partial(_saved, desk, uid, _not_saved(desk, material.opened)),
        lane=Lane.PROCESS,
        failed=partial(tell, desk),
        cancelled=partial(desk.session.say, "Saving was stopped; nothing was written."),
    )


def accept_segments(desk: Desk) -> None:
    """Stand behind the outlines of the active series, so that they may be saved."""
    opened = desk.session.active_image
    if opened is None:
        return
    record = desk.session.record.value

    def accepted(item: Segmentation) -> Segmentation:
        seen = item.series_key == opened.key and item.status != "rejected"
        return replace(item, status="accepted") if seen else item

    segmentations = tuple(accepted(item) for item in record.segmentations)
    desk.session.do("Accept segments", replace(record, segmentations=segmentations))
    desk.keeper.note(desk.session.reader, "accepted segments", opened.study.uid)


def _material(desk: Desk) -> Material:
    session = desk.session
    opened = session.active_image
    if opened is None:
        raise Declined("There is no image in the active view to save results of.")
    if opened.key in desk.loadings or (opened.fidelity is not None and opened.fidelity.waiting):
        raise Declined(
            "Not all of this series is loaded, so its pictures would not be true. "
            "Save when it is complete.",
            code="loading",
        )
    said = session.record.value.of(frozenset({opened.key}))
    findings = tuple(finding for finding in said.findings if finding.stands)
    segmentations = tuple(item for item in said.segmentations if item.status == "accepted")
    measurements = tuple(one for one in said.measurements if not one.author.is_model)
    assessments = tuple(one for one in said.assessments if one.stands)
    if not findings and not segmentations and not measurements and not assessments:
        raise Declined(
            "Nothing is accepted yet. Only what you accept is saved: choose a finding "
            "and press A, accept the segments, or measure something."
        )
    stamp = datetime.now().astimezone().strftime("%Y%m%d_%H%M%S")
    patient = file_stem(opened.study.patient.id or opened.study.patient.name, "patient")
    name = f"{patient}_{stamp}"
    image, reads = opened.image, reads_with_now(desk, opened.study.uid)
    return Material(
        opened,
        image,
        findings,
        segmentations,
        measurements,
        session.reader,
        name,
        assessments,
        reads,
        drawn_now(desk, opened.study.uid) if reads else (),
    )


def draw_and_save(folder: Path, material: Material, draw: Draw, progress: Progress) -> Saved:
    """Draw the key images, then write and read back; runs in a process of its own.

    Raises:
        Declined: if something could not be written or did not come back as it was.
    """
    from viewer.io.results import KeyPicture, Results, save_results

    results = Results(
        material.opened.study,
        material.opened.series,
        material.image,
        material.findings,
        material.segmentations,
        material.measurements,
        reader=material.reader,
        notices=material.opened.notices,
        assessments=material.assessments,
        reads=_with_outlines(material),
    )
    pictures = []
    drawing = Part(progress, 0.0, 0.4)
    for number, finding in enumerate(results.selected, start=1):
        drawing.report(number / (len(results.selected) + 1), f"key image {number}")
        if not isinstance(results.image, Volume):
            break
        png = draw(results.image, finding, results.segmentations)
        pictures.append(KeyPicture(finding.id, png))
    drawn = replace(results, pictures=tuple(pictures))
    return save_results(folder, drawn, Part(progress, 0.4, 1.0))


def _with_outlines(material: Material) -> tuple[Read, ...]:
    """Return the reads, the last with the outlines that are drawn now."""
    if not material.reads:
        return ()
    *earlier, last = material.reads
    return (*earlier, replace(last, outlines=outlines_of(material.drawn)))


def _not_saved(desk: Desk, opened: OpenImage) -> str:
    """Say what is accepted on other moments of a 4D series, as only one is saved at a time."""
    group = desk.session.catalogue.value.group_of(opened.key)
    parts = group.parts if group is not None else ()
    keys = frozenset(part.key for part in parts if part.key != opened.key)
    said = desk.session.record.value.of(keys)
    count = sum(one.stands for one in said.findings)
    count += sum(one.status == "accepted" for one in said.segmentations)
    count += len(said.measurements)
    what = "1 thing" if count == 1 else f"{count} things"
    left = f" Not in it: {what} accepted on other moments of the series." if count else ""
    own = desk.session.record.value.of(frozenset((opened.key,))).segmentations
    if any(one.status == "proposed" and not one.author.is_model for one in own):
        left += " Not in it: outlines that you changed, but did not accept (Ctrl+Shift+A)."
    return left


def _saved(desk: Desk, study_uid: str, not_saved: str, saved: Saved) -> None:
    for notice in saved.notices:
        desk.session.say(notice.sentence, serious=True)
    desk.keeper.note(desk.session.reader, f"saved {saved.folder}", study_uid)
    _reported(desk, study_uid)
    keep_verdicts(desk, study_uid)
    results_saved(desk, study_uid)
    desk.session.say(
        f"Saved: {len(saved.files)} files in {saved.folder}, read back and found equal.{not_saved}",
        serious=bool(not_saved),
    )


def _reported(desk: Desk, study_uid: str) -> None:
    """Note in the list that the results of a study are saved."""
    for study in desk.session.catalogue.value.studies:
        if study.uid == study_uid:
            desk.keeper.change_list(
                partial(desk.keeper.shelf.studies.mark, study, Reading.REPORTED)
            )
            desk.keeper.note(desk.session.reader, f"marked {Reading.REPORTED.value}", study_uid)


def _save(desk: Desk) -> None:
    _material(desk)
    start = desk.settings.paths.results or desk.settings.start_folder
    desk.asker.choose_folder("Save results in", start, partial(_save_in, desk))


def _save_in(desk: Desk, folder: Path) -> None:
    try:
        save_to(desk, folder)
    except Declined as why:
        desk.session.say(str(why), serious=True)


def _save_table(desk: Desk) -> None:
    findings = desk.session.visible_findings()
    ask_name(
        desk,
        "findings.csv",
        "Save the table of findings",
        lambda: findings_table(findings).encode(),
    )


def _save_picture(desk: Desk) -> None:
    window, active = desk.window, desk.session.hanging.value.active
    if window is None:
        return
    png = window.snapshot(active)
    ask_name(desk, "view.png", "Save the picture of this view", lambda: png)


def ask_name(desk: Desk, name: str, title: str, content: Callable[[], bytes]) -> None:
    """Ask where a file is to be written, and write it in the background."""
    start = desk.settings.start_folder / name
    desk.asker.choose_name(title, start, partial(_write_in_background, desk, content()))


def _write_in_background(desk: Desk, content: bytes, path: Path) -> None:
    desk.runner.start(
        f"Write {path.name}",
        partial(_write, content, path),
        lambda _: desk.session.say(f"Saved: {path}"),
        failed=partial(tell, desk),
    )


def _write(content: bytes, path: Path, progress: Progress) -> None:
    progress.report(0.0, path.name)
    with Staging(path.parent) as staging:
        staging.write(path.name, content)
        staging.commit()


def _has_said(desk: Desk) -> bool:
    record = desk.session.record.value
    said = record.findings or record.segmentations or record.measurements or record.assessments
    return bool(said)


COMMANDS: tuple[Command, ...] = (
    Command(
        id="results.save",
        title="Save results…",
        help="Save what you accepted as DICOM SEG and SR, with a report, read back and compared.",
        menu="File",
        key="Ctrl+S",
        run=_save,
        allowed=_has_said,
        icon="save",
    ),
    Command(
        id="results.save_table",
        title="Save table of findings…",
        help="Write the findings shown as CSV, positions in LPS mm.",
        menu="File",
        run=_save_table,
        allowed=lambda desk: bool(desk.session.visible_findings()),
    ),
    Command(
        id="results.save_picture",
        title="Save picture…",
        help="Write the active view as it is on screen, as PNG.",
        menu="File",
        key="Ctrl+P",
        run=_save_picture,
        allowed=lambda desk: desk.session.active_image is not None,
        icon="camera",
    ),
    Command(
        id="segments.accept",
        title="Accept segments",
        help="Stand behind the outlines of the active series, so that they are saved.",
        menu="Findings",
        key="Ctrl+Shift+A",
        run=accept_segments,
        allowed=lambda desk: bool(desk.session.record.value.segmentations),
    ),
)
