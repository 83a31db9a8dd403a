"""Segments saved in files of every format, and opened from those of others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.marked_pictures import tell_hidden
from viewer.commands.telling import tell
from viewer.core.author import Author
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.progress import Progress
from viewer.core.segmentation import Segmentation
from viewer.core.study import Series
from viewer.io.identifiers import file_stem
from viewer.io.segment_forms import OtherGrid, SegmentForm
from viewer.jobs.job import Failure, Lane
from viewer.session.images import OpenImage

if TYPE_CHECKING:
    from viewer.io.segment_files import ReadSegments, WrittenSegments

_FORMS = tuple(SegmentForm)
_MAY_BE_LABELS = (".nii", ".nii.gz", ".nrrd", ".nhdr", ".mha", ".mhd")


# -- saving --------------------------------------------------------------------------------


def save_as(desk: Desk) -> None:
    """Ask for a format and a name, and save the segments of the active series in it.

    Raises:
        Declined: if nobody stands behind any segments here.
    """
    _standing(desk)

    def chosen(number: int) -> None:
        form = _FORMS[number]
        if form.losses:
            question = f"{form.losses} Save them so?"
            desk.asker.ask_yes(form.words, question, partial(save_in, desk, form))
        else:
            save_in(desk, form)

    titles = tuple(desk.words(form.words) for form in _FORMS)
    desk.asker.ask_choice("Save segments as", "Which format?", titles, chosen)


def save_in(desk: Desk, form: SegmentForm) -> None:
    """Ask for a name and save the segments of the active series; say what was lost.

    Raises:
        Declined: if nobody stands behind any segments here.
    """
    opened, groups = _standing(desk)

    def named(path: Path) -> None:
        desk.runner.start(
            f"Save {path.name}",
            partial(_write, _ended(path, form), form, groups, opened.series, desk.session.reader),
            partial(_saved, desk, opened.study.uid),
            lane=Lane.PROCESS if form.is_dicom else Lane.THREAD,
            failed=partial(tell, desk),
            belongs_to=opened.study.uid,
        )

    stem = file_stem(groups[0].title, "segments")
    start = desk.settings.start_folder / f"{stem}{form.ending}"
    desk.asker.choose_name(f"Save segments as {form.words}", start, named)


def has_standing(desk: Desk) -> bool:
    """Tell whether somebody stands behind segments of the active series."""
    opened = desk.session.active_image
    return opened is not None and bool(_groups(desk, opened))


def _standing(desk: Desk) -> tuple[OpenImage, tuple[Segmentation, ...]]:
    opened = desk.session.active_image
    groups = _groups(desk, opened) if opened is not None else ()
    if opened is None or not groups:
        raise Declined("Accept or draw segments first; only those are saved.", code="no_segments")
    return opened, groups


def _groups(desk: Desk, opened: OpenImage) -> tuple[Segmentation, ...]:
    return tuple(
        one
        for one in desk.session.record.value.segmentations
        if one.series_key == opened.key
        and one.status not in ("proposed", "rejected")
        and one.segments
    )


def _ended(path: Path, form: SegmentForm) -> Path:
    """Return a path whose name tells what the file is; a dialog knows only the last ending."""
    name = path.name
    for ending in (form.ending, ".nii.gz", ".seg.nrrd", path.suffix):
        if ending and name.lower().endswith(ending):
            name = name[: -len(ending)]
            break
    if form.is_dicom and path.suffix.lower() not in ("", ".gz", ".nrrd", ".csv"):
        return path
    return path.with_name(f"{name}{form.ending}")


def _write(
    path: Path,
    form: SegmentForm,
    groups: Sequence[Segmentation],
    series: Series,
    reader: Author,
    progress: Progress,
) -> tuple[WrittenSegments, int, int]:
    """Write, read back and compare; return what was written, how many segments, and not how many.

    Groups on another grid than the first are left for another file.
    """
    from viewer.io.layers import same_grid
    from viewer.io.segment_files import write_segments

    together = [one for one in groups if same_grid(one.geometry, groups[0].geometry)]
    written = write_segments(together, series, path, form, reader=reader, progress=progress)
    return written, sum(len(one.segments) for one in together), len(groups) - len(together)


def _saved(desk: Desk, study_uid: str, done: tuple[WrittenSegments, int, int]) -> None:
    written, count, others = done
    name = written.files[0].name
    desk.keeper.note(desk.session.reader, "saved segments", study_uid, name)
    what = "1 segment" if count == 1 else f"{count} segments"
    words = [f"{what} saved as {name}, read back and compared."]
    words += [notice.sentence for notice in written.notices]
    if others:
        words.append(f"Not in it: groups on other grids ({others}); save them on their own.")
    desk.session.say(" ".join(words), serious=bool(others))


# -- opening -------------------------------------------------------------------------------


def open_as_segments(desk: Desk) -> None:
    """Ask for files and lay the segments in them over the active image.

    Raises:
        Declined: if the active image is no volume.
    """
    opened, grid = _volume(desk)

    def chosen(paths: list[Path]) -> None:
        for path in paths:
            open_over(desk, opened, grid, path)

    desk.asker.choose_files("Open as segments", desk.settings.start_folder, chosen)


def may_be_segments(desk: Desk, paths: Sequence[Path]) -> bool:
    """Tell whether paths may be segments of the image that is shown; by their names alone."""
    opened = desk.session.active_image
    return (
        opened is not None
        and opened.geometry is not None
        and len(paths) == 1
        and paths[0].name.lower().endswith(_MAY_BE_LABELS)
    )


def open_if_segments(desk: Desk, path: Path, otherwise: Callable[[], None]) -> None:
    """Lay a file that says it holds segments over the active image, if it has the same voxels."""
    opened, grid = _volume(desk)
    desk.runner.start(
        f"Look into {path.name}",
        partial(_read_if_said, path, grid, opened.key),
        lambda read: otherwise() if read is None else _laid(desk, opened, path, read),
        failed=lambda _: otherwise(),
        belongs_to=opened.study.uid,
    )


def open_over(
    desk: Desk,
    opened: OpenImage,
    grid: Geometry,
    path: Path,
    other_grid: OtherGrid = OtherGrid.REFUSE,
) -> None:
    """Lay the segments of a file over an image; ask before they are resampled."""

    def failed(failure: Failure) -> None:
        if failure.code != "other_grid" or other_grid is not OtherGrid.REFUSE:
            tell(desk, failure)
            return
        question = (
            f"{path.name} was drawn on other voxels than those of {opened.series.title}. Resample "
            "it onto them? Its edges and volumes will differ a little."
        )
        again = partial(open_over, desk, opened, grid, path, OtherGrid.RESAMPLE)
        desk.asker.ask_yes("Open as segments", question, again)

    desk.runner.start(
        f"Open {path.name}",
        partial(_read, path, grid, opened.key, opened.study.patient.id, other_grid),
        partial(_laid, desk, opened, path),
        failed=failed,
        belongs_to=opened.study.uid,
    )


def _volume(desk: Desk) -> tuple[OpenImage, Geometry]:
    opened = desk.session.active_image
    if opened is None or opened.geometry is None:
        raise Declined("Open a volume first; segments are laid over it.", code="no_volume")
    return opened, opened.geometry


def _read(
    path: Path,
    grid: Geometry,
    key: str,
    patient_id: str,
    other_grid: OtherGrid,
    progress: Progress,
) -> ReadSegments:
    from viewer.io.segment_files import patient_of, read_segments

    named = patient_of(path)
    if named is not None and named != patient_id:
        raise Declined(
            f"{path.name} is about another patient than the images.", code="other_patient"
        )
    return read_segments(path, grid, series_key=key, other_grid=other_grid, progress=progress)


def _read_if_said(path: Path, grid: Geometry, key: str, progress: Progress) -> ReadSegments | None:
    """Read a file that says it holds segments; None if it does not, or has other voxels."""
    from viewer.io.segment_files import read_segments, says_segments

    progress.report(0.0, path.name)
    if not says_segments(path):
        return None
    try:
        return read_segments(path, grid, series_key=key, progress=progress)
    except Declined:
        return None


def _laid(desk: Desk, opened: OpenImage, path: Path, read: ReadSegments) -> None:
    """Put segments that were read into the record."""
    if desk.session.images.value.get(opened.key) is None:
        return
    record = desk.session.record.value
    new = tuple(replace(one, series_key=opened.key) for one in read.segmentations)
    by_id = {one.id: one for one in (*record.segmentations, *new)}
    desk.session.do(f"Open {path.name}", replace(record, segmentations=tuple(by_id.values())))
    if desk.session.ai_hidden(opened.key) and any(one.author.is_model for one in new):
        tell_hidden(desk)
        return
    count = sum(len(one.segments) for one in new)
    what = "1 segment" if count == 1 else f"{count} segments"
    words = [f"{path.name}: {what}, laid over {opened.series.title}."]
    there = {one.id for one in record.segmentations}
    if any(one.id in there for one in new):
        words.append("It replaces what was open of it, with all changes by hand; undo brings back.")
    words += [notice.sentence for notice in read.notices]
    desk.session.say(" ".join(words), serious=len(words) > 1)


COMMANDS: tuple[Command, ...] = (
    Command(
        id="segments.save_as",
        title="Save segments as…",
        help="Write the accepted segments of the active series as DICOM, NIfTI, NRRD or a table.",
        menu="Segment",
        run=save_as,
        allowed=has_standing,
    ),
    Command(
        id="segments.open_as",
        title="Open as segments…",
        help="Lay a label map, SEG or RT structure set in a file over the active volume.",
        menu="Segment",
        run=open_as_segments,
        allowed=lambda desk: (
            desk.session.active_image is not None and desk.session.active_image.geometry is not None
        ),
    ),
)
