"""Saving: all files of one reading at once, read back before "saved" is said.

Everything is written beside its destination first. The DICOM objects are read
back there and compared with what was meant; only then do all files appear. If
anything fails, the folder is as it was, and one sentence says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset

from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.errors import Declined, Unreadable
from viewer.core.finding import Finding
from viewer.core.geometry import Geometry
from viewer.core.label_map import LabelMap
from viewer.core.measurement import Measurement
from viewer.core.progress import Part, Progress
from viewer.core.read import Read
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.stack import Stack
from viewer.core.study import Notice, Series, Study
from viewer.core.volume import Volume
from viewer.io.atomic import Staging, spoken_for
from viewer.io.compare import (
    Different,
    compare_findings,
    compare_masks,
    compare_nifti,
    compare_segmentation,
    compare_statements,
)
from viewer.io.compare_figures import figure_difference
from viewer.io.identifiers import file_stem, new_uid
from viewer.io.layers import placed_masks
from viewer.io.measure_table import Line, measurements_table
from viewer.io.nifti_write import write_nifti
from viewer.io.reads_table import reads_table
from viewer.io.report import KeyPicture, Report, report_page
from viewer.io.seg import SavedSegments, write_masks, write_segmentation
from viewer.io.sources import source_headers
from viewer.io.sr import write_findings
from viewer.io.sr_foreign import Ground
from viewer.io.sr_measurements import Pictures
from viewer.io.table import findings_table, ranked

__all__ = ["KeyPicture", "Results", "Saved", "save_results"]


@dataclass(frozen=True, slots=True)
class Results:
    """What is to be saved of one reading of one series.

    `only_accepted` leaves out findings no person stands behind; None means:
    if there is a reader. `verified` says that the reader answers for the
    report as a whole; without it the report stays unverified.
    """

    study: Study
    series: Series
    image: Volume | Stack
    findings: tuple[Finding, ...] = ()
    segmentations: tuple[Segmentation, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    reader: Author | None = None
    pictures: tuple[KeyPicture, ...] = ()
    notices: tuple[Notice, ...] = ()
    only_accepted: bool | None = None
    verified: bool = False
    assessments: tuple[Assessment, ...] = ()
    reads: tuple[Read, ...] = ()

    def __post_init__(self) -> None:
        if self.reader is not None and self.reader.is_model:
            raise ValueError("the reader is a person")
        if self.verified and self.reader is None:
            raise ValueError("only a person may verify a report")

    @property
    def selected(self) -> tuple[Finding, ...]:
        """The findings that leave the house, best first."""
        only = self.reader is not None if self.only_accepted is None else self.only_accepted
        return ranked([f for f in self.findings if f.stands or not only])

    @property
    def statements(self) -> tuple[Assessment, ...]:
        """The statements about the whole image that leave the house."""
        only = self.reader is not None if self.only_accepted is None else self.only_accepted
        return tuple(one for one in self.assessments if one.stands or not only)

    @property
    def grid(self) -> Geometry:
        """The grid that masks lie on.

        Raises:
            Declined: if the image has none.
        """
        if isinstance(self.image, Volume):
            return self.image.geometry
        raise Declined("These pictures form no volume, so no outlines can be saved on them.")

    @property
    def frame_of_reference_uid(self) -> str:
        """The space of the images; empty where they have none."""
        if isinstance(self.image, Volume):
            return self.image.geometry.frame_of_reference_uid
        return self.image.frame_of_reference_uid


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written where, and what the reader must know of it."""

    folder: Path
    files: tuple[Path, ...]
    notices: tuple[Notice, ...] = ()


def save_results(folder: Path, results: Results, progress: Progress) -> Saved:
    """Write SEG, SR, findings.csv, report.html and key images; say so when they are read back.

    Raises:
        Declined: if the folder cannot be written, or something did not survive
            the way to the disk; then nothing is left behind.
    """
    progress.report(0.0, "preparing")
    with Staging(folder) as staging:
        saving = _Saving(staging, results)
        if results.series.format == "DICOM":
            notices = saving.as_dicom(Part(progress, 0.0, 0.9))
        else:
            notices = saving.as_nifti(Part(progress, 0.0, 0.9))
        saving.pages(notices)
        progress.report(0.95, "putting files in place")
        files = staging.commit()
    return Saved(folder, files, notices)


class _Saving:
    """One act of saving: what is written, and where for now."""

    def __init__(self, staging: Staging, results: Results) -> None:
        self._staging, self._results = staging, results
        self._findings = results.selected
        self._headers: list[Dataset] = []

    def as_dicom(self, progress: Progress) -> tuple[Notice, ...]:
        """Write and compare the DICOM objects."""
        count = len(self._results.segmentations) + 2
        progress.report(0.0, "reading the headers of the images")
        results = self._results
        placed = bool(self._findings or results.segmentations)
        space = results.frame_of_reference_uid
        self._headers = source_headers(results.series, space, placed=placed)
        for number, segmentation in enumerate(self._results.segmentations):
            part = Part(progress, number / count, (number + 1) / count)
            self._segmentation(number, segmentation, part)
        segments = self._masks(Part(progress, (count - 2) / count, (count - 1) / count))
        return self._report(segments, Part(progress, (count - 1) / count, 1.0))

    def as_nifti(self, progress: Progress) -> tuple[Notice, ...]:
        """Write and compare label maps, for images no DICOM object can refer to."""
        maps = list(self._results.segmentations)
        together = _findings_map(self._findings, self._results)
        if together is not None:
            maps.append(together)
        for number, each in enumerate(maps):
            progress.report(number / len(maps), f"saving {each.title}")
            name = self._name("seg", each.title, number, ".nii.gz")
            path = self._staging.path("seg_findings.nii.gz" if each is together else name)
            with spoken_for(self._staging.folder):
                write_nifti(path, each)
            self._check(partial(compare_nifti, path, each))
        sentence = (
            f"The images are {self._results.series.format}, not DICOM: segments were saved as "
            "NIfTI, and no DICOM report could be written; measurements are in the table alone."
        )
        return (Notice("not_dicom", sentence),)

    def pages(self, notices: tuple[Notice, ...]) -> None:
        """Write the table, the page and the key images."""
        results = self._results
        known = {finding.id for finding in self._findings}
        pictures = tuple(p for p in results.pictures if not p.finding_id or p.finding_id in known)
        page = report_page(
            Report(
                results.study,
                results.series,
                self._findings,
                results.segmentations,
                pictures,
                (*results.notices, *notices),
                results.reader,
                datetime.now(UTC),
                measurements=results.measurements,
                assessments=results.statements,
                reads=results.reads,
            )
        )
        table = findings_table(self._findings, results.statements)
        self._staging.write("findings.csv", table.encode())
        if results.measurements:
            self._staging.write("measurements.csv", measurements_table(self._lines()).encode())
        if results.reads:
            self._staging.write("reads.csv", reads_table(results.reads).encode())
        self._staging.write("report.html", page.encode())
        for number, picture in enumerate(pictures, start=1):
            self._staging.write(f"key_{number:02d}.png", picture.png)

    def _lines(self) -> list[Line]:
        study, series = self._results.study, self._results.series
        return [
            Line(
                number,
                measurement,
                study.patient.id,
                study.patient.name,
                study.date,
                study.uid,
                series.title,
                series.uid,
            )
            for number, measurement in enumerate(self._results.measurements, start=1)
        ]

    def _segmentation(self, number: int, segmentation: Segmentation, progress: Progress) -> None:
        progress.report(0.0, f"saving {segmentation.title}")
        results = self._results
        frame = segmentation.geometry.frame_of_reference_uid
        same = frame in ("", results.grid.frame_of_reference_uid)
        path = self._staging.path(self._name("seg", segmentation.title, number, ".dcm"))
        with spoken_for(self._staging.folder):
            write_segmentation(
                path,
                segmentation,
                results.series,
                reader=results.reader,
                headers=self._headers if same else None,
                series_number=9001 + number,
            )
        progress.report(0.7, f"reading {segmentation.title} back")
        self._check(lambda: compare_segmentation(path, segmentation, results.study, results.series))

    def _masks(self, progress: Progress) -> SavedSegments | None:
        progress.report(0.0, "saving findings")
        results = self._results
        if not self._findings or not list(placed_masks(self._findings, results.grid)):
            return None
        grid, path = results.grid, self._staging.path("seg_findings.dcm")
        with spoken_for(self._staging.folder):
            saved = write_masks(
                path,
                self._findings,
                grid,
                results.series,
                reader=results.reader,
                headers=self._headers,
            )
        progress.report(0.7, "reading findings back")
        self._check(
            lambda: compare_masks(path, self._findings, grid, results.study, results.series)
        )
        return saved

    def _report(self, segments: SavedSegments | None, progress: Progress) -> tuple[Notice, ...]:
        progress.report(0.0, "saving the report")
        statements = self._results.statements
        if not self._findings and not self._results.measurements and not statements:
            sentence = "There are no findings to report, so no DICOM report was written."
            return (Notice("no_findings", sentence),)
        results, path = self._results, self._staging.path("sr_findings.dcm")
        with spoken_for(self._staging.folder):
            write_findings(
                path,
                self._findings,
                results.series,
                measurements=results.measurements,
                assessments=statements,
                segments=segments,
                headers=self._headers,
                reader=results.reader,
                verified_by=results.reader if results.verified else None,
            )
        progress.report(0.7, "reading the report back")
        self._check(
            lambda: compare_findings(
                path, self._findings, results.study, results.series, verified=results.verified
            )
        )
        self._check(partial(compare_statements, path, statements, self._ground()))
        self._check(partial(self._compare_figures, path))
        return _unplaced(self._findings, segments)

    def _ground(self) -> Ground:
        results = self._results
        pictures = Pictures.of(results.series, self._headers)
        return Ground(results.series.key, pictures, results.frame_of_reference_uid)

    def _compare_figures(self, path: Path) -> None:
        word = figure_difference(path, self._results.measurements, self._ground())
        if word:
            raise Different(f"{word} of a measurement differs")

    def _check(self, compare: Callable[[], None]) -> None:
        """Compare; a difference ends the saving."""
        try:
            compare()
        except (Different, Unreadable) as error:
            said = str(error).rstrip(".")
            raise Declined(
                f"The results were not saved in {self._staging.folder}, because they did not come "
                f"back from the disk as they were meant ({said}): try another folder or disk.",
                code="not_as_meant",
            ) from error

    def _name(self, kind: str, title: str, number: int, ending: str) -> str:
        stem = file_stem(title, f"{number + 1}")
        taken = [file_stem(each.title, "") for each in self._results.segmentations[:number]]
        clash = stem in taken or stem == "findings"
        return f"{kind}_{stem}_{number + 1}{ending}" if clash else f"{kind}_{stem}{ending}"


def _unplaced(findings: Sequence[Finding], segments: SavedSegments | None) -> tuple[Notice, ...]:
    """Say which masks are not in the SEG because they do not lie on the voxels of the image."""
    known = dict(segments.numbers) if segments else {}
    off = [f for f in findings if f.mask is not None and f.mask.voxels.any() and f.id not in known]
    if not off:
        return ()
    sentence = (
        f"The outlines of {len(off)} of {len(findings)} findings do not lie on the image's voxels; "
        "the report gives their place and box only."
    )
    return (Notice("outline_off_grid", sentence),)


def _findings_map(findings: Sequence[Finding], results: Results) -> Segmentation | None:
    """Return the masks of findings as one label map; where they overlap, the first is kept."""
    if not findings:
        return None
    grid = results.grid
    placed = list(placed_masks(findings, grid))
    if not placed:
        return None
    labels = np.zeros(grid.shape, np.uint16 if len(placed) > 255 else np.uint8)
    for label, (_, mask, (s, r, c)) in enumerate(placed, start=1):
        slices, rows, columns = mask.geometry.shape
        block = labels[s : s + slices, r : r + rows, c : c + columns]
        block[mask.voxels & (block == 0)] = label
    segments = tuple(
        Segment(label, f"{finding.kind.meaning} {label}", finding.kind)
        for label, (finding, _, _) in enumerate(placed, start=1)
    )
    author = placed[0][0].author
    return Segmentation(
        new_uid(), "Findings", LabelMap.of(labels), grid, segments, author, results.series.key
    )
