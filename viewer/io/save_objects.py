"""One standard object saved in a new folder, read back and compared before "saved" is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from pydicom import dcmread

from viewer.core.author import Author
from viewer.core.code import Code
from viewer.core.errors import Declined, Unreadable
from viewer.core.key_image import KeyImage
from viewer.core.presentation import Drawing, Presentation
from viewer.core.progress import Progress
from viewer.core.study import Series
from viewer.io.atomic import Staging, spoken_for
from viewer.io.compare import Different
from viewer.io.concepts import quiet, short
from viewer.io.gsps import write_presentation
from viewer.io.gsps_read import presentation_references, read_presentation
from viewer.io.key_objects import key_references, read_key_objects, write_key_objects
from viewer.io.secondary_capture import Capture, write_capture
from viewer.io.seg_read import References

_CLOSE = 1e-2
"""Pixels: graphics are stored in single precision, areas in whole pixels."""


def save_presentation(
    folder: Path, state: Presentation, series: Series, patient_id: str, progress: Progress
) -> Path:
    """Save a presentation state; return its file.

    Raises:
        Declined: if it cannot be written, or did not come back as it was meant.
    """

    def write(path: Path) -> None:
        write_presentation(path, state, series)

    def check(path: Path) -> None:
        back = read_presentation(path)
        _same_names(presentation_references(path), series, patient_id)
        if back.pictures != state.pictures:
            raise Different("pictures are missing")
        if not _same_display(back, state):
            raise Different("the window, turn or area differs")
        if len(back.shutters) != len(state.shutters):
            raise Different("a shutter is missing")
        for shown, drawings in state.drawings.items():
            if not _same_drawings(back.drawings.get(shown, ()), drawings):
                raise Different("what is drawn differs")

    name = "graphics.dcm" if state.graphics_only else "presentation.dcm"
    return _saved(folder, name, write, check, progress)


def save_key_images(
    folder: Path,
    images: Sequence[KeyImage],
    series: Series,
    title: Code,
    patient_id: str,
    reader: Author,
    progress: Progress,
) -> Path:
    """Save marked pictures as a key object selection; return its file.

    Raises:
        Declined: if it cannot be written, or did not come back as it was meant.
    """

    def write(path: Path) -> None:
        write_key_objects(path, images, series, title, reader=reader)

    def check(path: Path) -> None:
        back = read_key_objects(path)
        _same_names(key_references(path), series, patient_id)
        if set(back.shown) != {one.shown for one in images}:
            raise Different("marked pictures are missing")
        if (back.title.value, back.title.scheme) != (title.value, title.scheme):
            raise Different("the title differs")

    return _saved(folder, "key_images.dcm", write, check, progress)


def save_capture(
    folder: Path, capture: Capture, series: Series, patient_id: str, progress: Progress
) -> Path:
    """Save a view as a DICOM picture; return its file.

    Raises:
        Declined: if it cannot be written, or did not come back as it was meant.
    """

    def write(path: Path) -> None:
        write_capture(path, capture, series)

    def check(path: Path) -> None:
        with quiet():
            back = dcmread(path)
            if not np.array_equal(back.pixel_array, capture.pixels):
                raise Different("pixels differ")
        if str(back.PatientID) != short(patient_id) or back.StudyInstanceUID != series.study_uid:
            raise Different("the picture names another patient or study")

    return _saved(folder, "view.dcm", write, check, progress)


def _saved(
    folder: Path,
    name: str,
    write: Callable[[Path], None],
    check: Callable[[Path], None],
    progress: Progress,
) -> Path:
    progress.report(0.0, name)
    with Staging(folder) as staging:
        path = staging.path(name)
        with spoken_for(staging.folder):
            write(path)
        progress.report(0.6, f"reading {name} back")
        try:
            check(path)
        except (Different, Unreadable) as error:
            raise Declined(
                f"{name} was not saved in {folder}, because it did not come back from the disk as "
                f"it was meant ({str(error).rstrip('.')}): try another folder or disk.",
                code="not_as_meant",
            ) from error
        progress.report(0.9, "putting the file in place")
        staging.commit()
    return folder / name


def _same_names(names: References, series: Series, patient_id: str) -> None:
    if (names.study_uid, names.series_uid) != (series.study_uid, series.uid):
        raise Different("it names another study or series")
    if names.patient_id != short(patient_id):
        raise Different("it names another patient")


def _same_display(back: Presentation, meant: Presentation) -> bool:
    one, other = back.display, meant.display
    windows = (one.window, other.window)
    if None not in windows and windows[0] is not None and windows[1] is not None:
        pairs = [(windows[0].centre, windows[1].centre), (windows[0].width, windows[1].width)]
        near = all(abs(a - b) <= 1e-6 * max(1.0, abs(b)) for a, b in pairs)
        if not near or windows[0].curve is not windows[1].curve:
            return False
    elif windows[0] is not windows[1]:
        return False
    plain = [replace(display, window=None, area=None) for display in (one, other)]
    area = other.area is None or one.area is not None
    if other.area is not None and one.area is not None:
        area = bool(np.abs(np.subtract(one.area, other.area)).max() <= 0.5 + _CLOSE)
    return plain[0] == plain[1] and area


def _same_drawings(back: Sequence[Drawing], meant: Sequence[Drawing]) -> bool:
    def ordered(drawings: Sequence[Drawing]) -> list[Drawing]:
        return sorted(drawings, key=lambda one: one.kind.value == "text")

    if len(back) != len(meant):
        return False
    for one, other in zip(ordered(back), ordered(meant), strict=True):
        words = tuple(short(line, 200) for line in other.words)
        if one.kind is not other.kind or one.words != tuple(filter(None, words)):
            return False
        same = len(one.points) == len(other.points)
        if same and np.abs(np.subtract(one.points, other.points)).max() > _CLOSE:
            return False
    return True
