"""Derived series saved as DICOM: a new series in the study of the one they were made from."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.key_images import object_folder
from viewer.commands.telling import tell
from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.core.study import Series
from viewer.core.units import in_words
from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.imaging.derivation import DERIVED, sources_of
from viewer.session.images import OpenImage

if TYPE_CHECKING:
    from viewer.io.derived_write import WrittenSeries


def save_series(desk: Desk) -> None:
    """Ask for a folder and save the active derived series there as DICOM.

    Raises:
        Declined: if the active series lies in a file already, or its source is gone.
    """
    _wanted(desk)
    start = desk.settings.paths.results or desk.settings.start_folder
    desk.asker.choose_folder("Save series as DICOM in", start, partial(save_series_in, desk))


def save_series_in(desk: Desk, folder: Path) -> None:
    """Save the active derived series in a new folder below this one."""
    try:
        opened, volume, source = _wanted(desk)
    except Declined as why:
        desk.session.say(str(why), serious=True)
        return
    desk.runner.start(
        f"Save {opened.series.title} as DICOM",
        partial(
            _save,
            folder / object_folder(opened.study, "series"),
            volume,
            source,
            opened.study.patient.id,
            opened.window,
        ),
        partial(_saved, desk, opened.study.uid),
        failed=partial(tell, desk),
        cancelled=partial(desk.session.say, "No series was saved."),
        instead_of=f"save series {opened.key}",
        belongs_to=opened.study.uid,
    )


def is_derived(desk: Desk) -> bool:
    """Tell whether the active series was made here and lies in no file."""
    opened = desk.session.active_image
    return (
        opened is not None and opened.series.format == DERIVED and isinstance(opened.image, Volume)
    )


def _wanted(desk: Desk) -> tuple[OpenImage, Volume, Series]:
    opened = desk.session.active_image
    if opened is None or not isinstance(opened.image, Volume) or opened.series.format != DERIVED:
        raise Declined(
            "Only a series that was made here is saved so; this one lies in files already.",
            code="not_derived",
        )
    for key in sources_of(opened.key):
        found = desk.session.catalogue.value.find(key)
        if found is not None and found[1].format != DERIVED:
            return opened, opened.image, found[1]
    raise Declined(
        "The series that this one was made from is not open any more; open it again.",
        code="source_gone",
    )


def _save(
    folder: Path,
    volume: Volume,
    source: Series,
    patient_id: str,
    window: Window | None,
    progress: Progress,
) -> WrittenSeries:
    from viewer.io.derived_write import save_derived_series

    return save_derived_series(folder, volume, source, patient_id, progress, window=window)


def _saved(desk: Desk, study_uid: str, written: WrittenSeries) -> None:
    folder = written.files[0].parent
    desk.keeper.note(desk.session.reader, f"saved {folder}", study_uid)
    error = f"{written.largest_error:.2g} {in_words(written.unit)}".strip()
    desk.session.say(
        f"Saved: {folder}, {len(written.files)} slices, read back and found equal; "
        f"values are within {error}."
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        id="image.save_derived",
        title="Save series as DICOM…",
        help="Write the derived series in the active view as a new DICOM series of its study.",
        menu="File",
        run=save_series,
        allowed=is_derived,
    ),
)
