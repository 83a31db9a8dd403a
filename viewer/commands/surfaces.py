"""Surfaces of segments as files for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.telling import tell
from viewer.core.errors import Declined
from viewer.core.progress import Part, Progress
from viewer.core.segmentation import Segmentation
from viewer.io.mesh_forms import MeshForm, Space

Choice = tuple[str, MeshForm, Space]
CHOICES: tuple[Choice, ...] = (
    ("STL, millimetres, LPS (as in DICOM)", MeshForm.STL, Space.LPS),
    ("STL, millimetres, RAS (as in 3D Slicer)", MeshForm.STL, Space.RAS),
    ("PLY with colours, millimetres, LPS", MeshForm.PLY, Space.LPS),
    ("PLY with colours, millimetres, RAS", MeshForm.PLY, Space.RAS),
    ("OBJ, millimetres, LPS", MeshForm.OBJ, Space.LPS),
    ("OBJ, millimetres, RAS", MeshForm.OBJ, Space.RAS),
    ("GLB with colours, metres, head up (y)", MeshForm.GLB, Space.LPS),
)
_ERROR_MM = 0.1
_MOST_ERROR_MM = 10.0


def export_surfaces(desk: Desk) -> None:
    """Ask for format, error and folder, and write the surfaces of what somebody stands behind.

    Raises:
        Declined: if nobody stands behind any segments here.
    """
    groups = accepted(desk)
    if not groups:
        raise Declined("Accept or draw segments first; only those are saved.", code="no_segments")
    words = [desk.words(choice[0]) for choice in CHOICES]
    desk.asker.ask_choice(
        desk.words("Export surfaces"), desk.words("Format, unit and space:"), words,
        lambda number: _ask_error(desk, groups, CHOICES[number]),
    )  # fmt: skip


def accepted(desk: Desk) -> tuple[Segmentation, ...]:
    """Return the segmentations of the active image that a person stands behind."""
    opened = desk.session.active_image
    if opened is None:
        return ()
    return tuple(
        one
        for one in desk.session.record.value.segmentations
        if one.series_key == opened.key and one.status not in ("proposed", "rejected")
    )


def _ask_error(desk: Desk, groups: tuple[Segmentation, ...], choice: Choice) -> None:
    desk.asker.ask_text(
        "Export surfaces",
        "Largest error in mm by which triangles may be saved (0 keeps all of them):",
        f"{_ERROR_MM:g}",
        partial(_ask_folder, desk, groups, choice),
    )


def error_in(text: str) -> float:
    """Read an error in mm.

    Raises:
        Declined: if it is none.
    """
    try:
        error_mm = float(text.replace(",", "."))
    except ValueError:
        error_mm = -1.0
    if not 0 <= error_mm <= _MOST_ERROR_MM:
        raise Declined(f"An error is a number from 0 to {_MOST_ERROR_MM:g} mm.", code="bad_error")
    return error_mm


def _ask_folder(desk: Desk, groups: tuple[Segmentation, ...], choice: Choice, text: str) -> None:
    try:
        error_mm = error_in(text)
    except Declined as why:
        desk.session.say(str(why), serious=True)
        return
    desk.asker.choose_folder(
        "Export surfaces into",
        desk.settings.start_folder,
        partial(_start, desk, groups, choice, error_mm),
    )


def _start(
    desk: Desk,
    groups: tuple[Segmentation, ...],
    choice: Choice,
    error_mm: float,
    folder: Path,
) -> None:
    opened = desk.session.images.value.get(groups[0].series_key)
    uid = opened.study.uid if opened is not None else ""
    desk.runner.start(
        "Export surfaces",
        partial(_write, groups, choice, error_mm, folder),
        partial(_saved, desk, uid),
        failed=partial(tell, desk),
        belongs_to=uid,
    )


def _write(
    groups: Sequence[Segmentation],
    choice: Choice,
    error_mm: float,
    folder: Path,
    progress: Progress,
) -> tuple[tuple[Path, ...], float]:
    from viewer.io.meshes import MeshWish, meshes_of, write_meshes

    _, form, space = choice
    meshes = meshes_of(groups, error_mm, Part(progress, 0.0, 0.9))
    progress.report(0.9, folder.name)
    wish = MeshWish(folder, groups[0].title, form, space)
    return write_meshes(wish, meshes), max((one.error_mm for one in meshes), default=0.0)


def _saved(desk: Desk, study_uid: str, result: tuple[tuple[Path, ...], float]) -> None:
    files, error_mm = result
    what = "1 file" if len(files) == 1 else f"{len(files)} files"
    desk.keeper.note(desk.session.reader, "exported surfaces", study_uid, files[0].name)
    desk.session.say(
        f"Surfaces saved as {what} in {files[0].parent}; at most {error_mm:.2f} mm were lost."
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        id="segments.export_surfaces",
        title="Export surfaces…",
        help="Write the surfaces of the accepted segments as STL, OBJ, PLY or GLB.",
        menu="Segment",
        run=export_surfaces,
        allowed=lambda desk: bool(accepted(desk)),
    ),
)
