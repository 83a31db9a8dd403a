"""Segments as radiotherapy structures: contours that planning systems understand."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.telling import tell
from viewer.core.author import Author
from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.core.segmentation import Segmentation
from viewer.core.study import Series


def save_structures(desk: Desk) -> None:
    """Ask for a name and save the newest accepted segmentation of the active series.

    Raises:
        Declined: if nobody stands behind any segments here.
    """
    chosen = _accepted(desk)
    opened = desk.session.active_image
    if chosen is None or opened is None:
        raise Declined("Accept or draw segments first; only those are saved.", code="no_segments")

    def named(path: Path) -> None:
        desk.runner.start(
            "Save structures",
            partial(_write, path, chosen, opened.series, desk.session.reader),
            partial(_saved, desk, path, opened.study.uid),
            failed=partial(tell, desk),
        )

    start = desk.settings.start_folder / "structures.dcm"
    desk.asker.choose_name("Save segments as RT structures", start, named)


def _accepted(desk: Desk) -> Segmentation | None:
    opened = desk.session.active_image
    if opened is None:
        return None
    found = [
        one
        for one in desk.session.record.value.segmentations
        if one.series_key == opened.key and one.status not in ("proposed", "rejected")
    ]
    return found[-1] if found else None


def _write(
    path: Path, segmentation: Segmentation, series: Series, reader: Author, progress: Progress
) -> int:
    """Write the file beside its place, read it back, compare, and put it there."""
    from viewer.io.atomic import Staging
    from viewer.io.structures import on_grid, read_structures
    from viewer.io.structures_write import write_structures

    progress.report(0.0, path.name)
    with Staging(path.parent) as staging:
        part = staging.path(path.name)
        write_structures(part, segmentation, series, reader=reader)
        progress.report(0.6, "reading it back")
        layers, _ = on_grid(read_structures(part), segmentation.geometry, series.key)
        if len(layers) != 1 or (layers[0].labels != segmentation.labels).any():
            raise Declined(
                f"{path.name} did not come back as it was written; nothing was saved.",
                code="not_the_same",
            )
        staging.commit()
    return len(segmentation.segments)


def _saved(desk: Desk, path: Path, study_uid: str, count: int) -> None:
    desk.keeper.note(desk.session.reader, "saved structures", study_uid, str(path.name))
    what = "1 structure" if count == 1 else f"{count} structures"
    desk.session.say(f"{what} saved as {path.name}, read back and compared.")


COMMANDS: tuple[Command, ...] = (
    Command(
        id="segments.save_structures",
        title="Save segments as RT structures…",
        help="Write the accepted segments of the active series as a DICOM RT structure set.",
        menu="File",
        run=save_structures,
        allowed=lambda desk: _accepted(desk) is not None,
    ),
)
