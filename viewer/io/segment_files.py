"""Segments from files and into files, whatever the format: the one door for window and scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset

from viewer.core.author import Author
from viewer.core.errors import Declined, Unreadable
from viewer.core.geometry import Geometry
from viewer.core.label_map import Box
from viewer.core.progress import Part, Progress, Silent
from viewer.core.segmentation import Segmentation
from viewer.core.study import Notice, Series
from viewer.io import tags
from viewer.io.atomic import Staging, spoken_for
from viewer.io.compare import Different, check_on_grid
from viewer.io.concepts import short
from viewer.io.heads import header_of
from viewer.io.layers import same_grid
from viewer.io.nifti_write import write_nifti
from viewer.io.other_formats import format_of
from viewer.io.seg import SegKind, write_groups
from viewer.io.seg_csv import segments_table
from viewer.io.seg_kinds import BINARY_OR_FRACTIONAL, LABEL_MAP
from viewer.io.seg_nifti import read_nifti_segments
from viewer.io.seg_nifti import says_labels as nifti_says
from viewer.io.seg_nrrd import read_nrrd_segments, write_nrrd_segments
from viewer.io.seg_nrrd import says_labels as nrrd_says
from viewer.io.seg_place import resampled, same_voxels
from viewer.io.seg_read import ReadSegments, read_seg
from viewer.io.seg_words import snap_labels
from viewer.io.segment_forms import OtherGrid, SegmentForm, form_of
from viewer.io.structures import STRUCTURE_SET, on_grid, read_structures
from viewer.io.structures_write import write_structure_groups

__all__ = [
    "OtherGrid",
    "ReadSegments",
    "SegmentForm",
    "WrittenSegments",
    "form_of",
    "patient_of",
    "read_segments",
    "says_segments",
    "write_segments",
]

_KINDS = {
    SegmentForm.SEG: SegKind.BINARY,
    SegmentForm.SEG_FRACTIONAL: SegKind.FRACTIONAL,
    SegmentForm.SEG_LABEL_MAP: SegKind.LABEL_MAP,
}


@dataclass(frozen=True, slots=True)
class WrittenSegments:
    """The files that were written, read back and found equal, and what is lost in them."""

    files: tuple[Path, ...]
    notices: tuple[Notice, ...] = ()


def says_segments(path: Path) -> bool:
    """Tell whether a file says that it holds segments; a plain label map may not say so."""
    try:
        match format_of(path):
            case "NIfTI":
                return nifti_says(path)
            case "NRRD":
                return nrrd_says(path)
            case None:
                return _dicom_kind(path) is not None
    except (Unreadable, OSError):
        pass
    return False


def patient_of(path: Path) -> str | None:
    """Return the ID of the patient that a file names; None if it is not DICOM."""
    if format_of(path) is not None:
        return None
    try:
        return header_of(path).text(tags.PATIENT_ID)
    except (Unreadable, OSError):
        return None


def read_segments(
    path: Path,
    for_geometry: Geometry | None = None,
    *,
    series_key: str = "",
    other_grid: OtherGrid = OtherGrid.REFUSE,
    progress: Progress | None = None,
) -> ReadSegments:
    """Read a DICOM SEG, RT structure set, NIfTI, NRRD or MetaImage label map.

    With a geometry segments come on its voxels where they are the same; `other_grid` says what
    is done where they are not. RT structures are drawn onto a geometry and need one.

    Raises:
        Unreadable: if the file is damaged, or holds no segments.
        Declined: if it was drawn on other voxels and that is refused, or there is no room.
        Cancelled: if it is no longer wanted.
    """
    progress = progress or Silent()
    kind = format_of(path)
    if kind is None and _dicom_kind(path) is SegmentForm.RTSTRUCT:
        return _structures(path, for_geometry, series_key)
    part = Part(progress, 0.0, 0.6 if for_geometry is not None else 1.0)
    if kind is None:
        return _seg(path, for_geometry, series_key, other_grid, part, progress)
    if kind == "NRRD":
        groups = read_nrrd_segments(path, series_key, part)
    else:
        groups = read_nifti_segments(path, series_key, part, kind)
    if for_geometry is None:
        return ReadSegments(groups)
    return _onto(path, ReadSegments(groups), for_geometry, other_grid, Part(progress, 0.6, 1.0))


def _seg(
    path: Path,
    geometry: Geometry | None,
    key: str,
    other_grid: OtherGrid,
    part: Progress,
    progress: Progress,
) -> ReadSegments:
    try:
        read = read_seg(path, geometry, key, own=other_grid is OtherGrid.OWN, progress=part)
    except Unreadable as error:
        if error.code != "other_grid" or geometry is None:
            raise
        read = read_seg(path, geometry, key, own=True, progress=part)
        notices = tuple(one for one in read.notices if one.code != "own_grid")
        own = ReadSegments(read.segmentations, notices)
        return _onto(path, own, geometry, other_grid, Part(progress, 0.6, 1.0))
    return read


def _onto(
    path: Path, read: ReadSegments, grid: Geometry, other_grid: OtherGrid, progress: Progress
) -> ReadSegments:
    """Bring segments onto the voxels of a grid, or say why not."""
    groups: list[Segmentation] = []
    notices = list(read.notices)
    for number, group in enumerate(read.segmentations):
        count = len(read.segmentations)
        part = Part(progress, number / count, (number + 1) / count)
        placed = same_voxels(group, grid)
        if placed is None and other_grid is OtherGrid.RESAMPLE:
            placed = resampled(group, grid, part)
        if placed is None and other_grid is OtherGrid.REFUSE:
            raise Declined(
                f"{path.name} was drawn on other voxels than those of these images; it can be "
                "resampled onto them.",
                code="other_grid",
            )
        if placed is None:
            placed = _in_space(group, grid)
        groups.append(placed[0])
        notices += [one for one in placed[1] if one not in notices]
    return ReadSegments(tuple(groups), tuple(notices))


def _in_space(group: Segmentation, grid: Geometry) -> tuple[Segmentation, tuple[Notice, ...]]:
    """Return a group on its own grid, taken to lie in the space of the images."""
    own = replace(group.geometry, frame_of_reference_uid=grid.frame_of_reference_uid)
    sentence = f"{group.title} lies on a grid of its own and is shown there, not resampled."
    return replace(group, geometry=own), (Notice("own_grid", sentence),)


def _structures(path: Path, geometry: Geometry | None, key: str) -> ReadSegments:
    if geometry is None:
        raise Declined(
            f"{path.name} holds contours, which need the images they were drawn on.",
            code="needs_images",
        )
    drawn, notices = on_grid(read_structures(path), geometry, key)
    return ReadSegments(drawn, notices)


def _dicom_kind(path: Path) -> SegmentForm | None:
    """Return what a DICOM file says it holds; None if no segments."""
    try:
        sop_class = header_of(path).text(tags.SOP_CLASS)
    except (Unreadable, OSError):
        return None
    if sop_class in (BINARY_OR_FRACTIONAL, LABEL_MAP):
        return SegmentForm.SEG
    return SegmentForm.RTSTRUCT if sop_class == STRUCTURE_SET else None


# -- writing -------------------------------------------------------------------------------


def write_segments(
    groups: Sequence[Segmentation],
    series: Series | None,
    path: Path,
    form: SegmentForm,
    *,
    headers: Sequence[Dataset] | None = None,
    reader: Author | None = None,
    progress: Progress | None = None,
) -> WrittenSegments:
    """Write label groups of one grid as one file, or where its format holds no overlap, several.

    All is written beside its place, read back and compared; only then do files appear.

    Raises:
        Declined: if the format cannot hold them, or they did not come back as they were meant.
        ValueError: if there are none.
        Cancelled: if they are no longer wanted.
    """
    progress = progress or Silent()
    if not groups:
        raise ValueError("there are no segments to be written")
    if any(not same_grid(one.geometry, groups[0].geometry) for one in groups):
        raise Declined("These segments lie on different grids: save them one by one.",
                       code="other_grid")  # fmt: skip
    if form.is_dicom and (series is None or series.format != "DICOM"):
        raise Declined(
            f"{form.words} refers to DICOM images, and these are none: choose NIfTI or NRRD.",
            code="not_dicom",
        )
    with Staging(path.parent) as staging:
        writing = _Writing(staging, path.name, tuple(groups), series, headers, reader)
        with spoken_for(path.parent):
            writing.write(form, Part(progress, 0.0, 0.6))
        progress.report(0.6, "reading it back")
        writing.compare(form, Part(progress, 0.6, 0.95))
        files = staging.commit()
    losses = form.losses
    said = (Notice("loses", losses),) if losses else ()
    return WrittenSegments(files, (*writing.notices, *said))


class _Writing:
    """One act of writing: what goes where."""

    def __init__(
        self,
        staging: Staging,
        name: str,
        groups: tuple[Segmentation, ...],
        series: Series | None,
        headers: Sequence[Dataset] | None,
        reader: Author | None,
    ) -> None:
        self._staging, self._name, self._groups = staging, name, groups
        self._series, self._headers, self._reader = series, headers, reader
        self._paths: list[Path] = []
        self.notices: tuple[Notice, ...] = ()

    def write(self, form: SegmentForm, progress: Progress) -> None:
        """Write in a form."""
        progress.report(0.0, self._name)
        if form is SegmentForm.NIFTI:
            self._niftis(progress)
            return
        if form is SegmentForm.CSV:
            self._staging.write(self._name, segments_table(self._groups).encode())
            return
        path = self._staging.path(self._name)
        self._paths.append(path)
        if form is SegmentForm.NRRD:
            placed = self._series is None or self._series.in_patient
            write_nrrd_segments(path, self._groups, progress, in_patient=placed)
            return
        if self._series is None:
            raise ValueError("a DICOM object refers to a series")
        if form is SegmentForm.RTSTRUCT:
            write_structure_groups(
                path, self._groups, self._series, reader=self._reader, headers=self._headers
            )
            return
        write_groups(path, self._groups, self._series, reader=self._reader,
                     headers=self._headers, kind=_KINDS[form])  # fmt: skip

    def _niftis(self, progress: Progress) -> None:
        """Write a file for each group, as a NIfTI label map holds no overlap."""
        stem = self._name.removesuffix(".gz").removesuffix(".nii")
        ending = self._name[len(stem) :] or ".nii.gz"
        several = len(self._groups) > 1
        for number, group in enumerate(self._groups, start=1):
            progress.report((number - 1) / len(self._groups), group.title)
            mine = f"{stem}_{number}" if several else stem
            path = self._staging.path(f"{mine}{ending}")
            write_nifti(path, group)
            self._paths.append(path)
            self._staging.write(f"{mine}.label", snap_labels(group.segments).encode())
        if several:
            sentence = f"They overlap, so they are in {len(self._groups)} NIfTI files."
            self.notices = (Notice("several_files", sentence),)

    def compare(self, form: SegmentForm, progress: Progress) -> None:
        """Read all back and compare every voxel of every segment by its name.

        Raises:
            Declined: at the first difference.
        """
        if form is SegmentForm.CSV:
            return
        grid = self._groups[0].geometry
        try:
            read = [read_segments(path, grid, progress=progress) for path in self._paths]
            if form in _KINDS:
                check_on_grid(self._paths[0], grid)
        except (Unreadable, Different) as error:
            raise self._declined(str(error)) from error
        wanted = _extents(self._groups, empty=form is not SegmentForm.RTSTRUCT)
        found = _extents([group for one in read for group in one.segmentations], empty=True)
        if sorted(one.name for one in wanted) != sorted(one.name for one in found):
            raise self._declined("segments are missing or called otherwise")
        for one in wanted:
            same = next((other for other in found if one.same_as(other)), None)
            if same is None:
                raise self._declined(f"the voxels of {one.name} differ")
            found.remove(same)

    def _declined(self, why: str) -> Declined:
        return Declined(
            f"{self._name} was not saved, because it did not come back from the disk as it was "
            f"meant ({why.rstrip('.')}).",
            code="not_as_meant",
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Extent:
    """Where a segment is: its name, its group and the box round it, if it has any voxels."""

    name: str
    group: Segmentation
    label: int
    box: Box | None

    def same_as(self, other: _Extent) -> bool:
        """Tell whether another has the same name and the same voxels."""
        if (self.name, self.box) != (other.name, other.box):
            return False
        if self.box is None or other.box is None:
            return True
        mine, theirs = (one.group.label_map.box(self.box) == one.label for one in (self, other))
        return bool(np.array_equal(mine, theirs))


def _extents(groups: Sequence[Segmentation], *, empty: bool) -> list[_Extent]:
    """Return where each segment is; without those that have no voxels, if not `empty`."""
    found = [
        _Extent(short(segment.name), group, segment.label, group.label_map.extent(segment.label))
        for group in groups
        for segment in group.segments
    ]
    return [one for one in found if empty or one.box is not None]
