"""Maps of scores saved in files for other programs, and opened again over their images."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.score_maps import maps_here
from viewer.commands.telling import tell
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.progress import Progress
from viewer.core.score_map import ScoreMap
from viewer.io.identifiers import file_stem
from viewer.io.map_forms import MapForm
from viewer.session.images import OpenImage

if TYPE_CHECKING:
    from viewer.io.map_files import ReadMaps

_MENU = "Findings/Maps"
_FORMS = (MapForm.DICOM, MapForm.NIFTI)
_WORDS = {
    MapForm.DICOM: "DICOM Parametric Map, for archives, 3D Slicer and OHIF",
    MapForm.NIFTI: "NIfTI, a byte for each voxel",
}


# -- saving --------------------------------------------------------------------------------


def save_shown(desk: Desk) -> None:
    """Ask for a form and a name, and save the map that is drawn over the active image.

    Raises:
        Declined: if there is none, or its image is not open.
    """
    shown, opened = _shown(desk)
    if shown.geometry is None:
        _ask_name(desk, shown, opened, MapForm.NIFTI)
        return
    forms = _FORMS if opened.series.format == "DICOM" else (MapForm.NIFTI,)

    def chosen(number: int) -> None:
        _ask_name(desk, shown, opened, forms[number])

    if len(forms) == 1:
        chosen(0)
        return
    titles = tuple(desk.words(_WORDS[form]) for form in forms)
    desk.asker.ask_choice("Save map as", "Which format?", titles, chosen)


def _ask_name(desk: Desk, shown: ScoreMap, opened: OpenImage, form: MapForm) -> None:
    start = desk.settings.paths.results or desk.settings.start_folder
    name = f"{file_stem(shown.title, 'map')}{form.ending}"
    save = partial(save_as, desk, shown, opened, form)
    desk.asker.choose_name("Save map as", start / name, save)


def save_as(desk: Desk, shown: ScoreMap, opened: OpenImage, form: MapForm, path: Path) -> None:
    """Save a map in the background; it is read back and compared before it is said."""
    path = _ended(path, form)
    desk.runner.start(
        f"Save {path.name}",
        partial(_write, path, shown, opened, form),
        partial(_saved, desk, opened.study.uid),
        failed=partial(tell, desk),
        cancelled=partial(desk.session.say, "No map was saved."),
        belongs_to=opened.study.uid,
        needs_bytes=12 * shown.voxels.size,
    )


def _shown(desk: Desk) -> tuple[ScoreMap, OpenImage]:
    session, there = desk.session, maps_here(desk)
    keys = frozenset(one.series_key for one in there)
    shown = session.maps.value.drawn(keys, session.selected.value) or next(iter(there[::-1]), None)
    if shown is None:
        raise Declined("No model has drawn a map of this image.", code="no_map")
    opened = session.images.value.get(shown.series_key)
    if opened is None:
        raise Declined("The image of this map is not open.", code="no_volume")
    return shown, opened


def _ended(path: Path, form: MapForm) -> Path:
    """Return a path whose name tells what the file is; a dialog knows only the last ending."""
    name = path.name
    for ending in (form.ending, ".nii.gz", ".nii", ".dcm"):
        if name.lower().endswith(ending):
            name = name[: -len(ending)]
            break
    return path.with_name(f"{name}{form.ending}")


def _write(
    path: Path, shown: ScoreMap, opened: OpenImage, form: MapForm, progress: Progress
) -> tuple[Path, ...]:
    from viewer.io.map_files import save_map

    return save_map(path, shown, opened.series, form, progress)


def _saved(desk: Desk, study_uid: str, files: tuple[Path, ...]) -> None:
    desk.keeper.note(desk.session.reader, f"saved a map: {files[0].name}", study_uid)
    how = "read back and found equal" if len(files) == 1 else f"{len(files)} files"
    desk.session.say(f"Map saved: {files[0]}, {how}.")


# -- opening -------------------------------------------------------------------------------


def open_over(desk: Desk) -> None:
    """Ask for a file and lay the maps in it over the active image.

    Raises:
        Declined: if the active image is no volume.
    """
    opened, grid = _volume(desk)

    def chosen(paths: list[Path]) -> None:
        for path in paths:
            open_map(desk, opened, grid, path)

    start = desk.settings.paths.results or desk.settings.start_folder
    desk.asker.choose_files("Open a map over the image", start, chosen)


def open_map(desk: Desk, opened: OpenImage, grid: Geometry, path: Path) -> None:
    """Lay the maps of a file over an image, in the background."""
    desk.runner.start(
        f"Open {path.name}",
        partial(_read, path, grid, opened),
        partial(_laid, desk, opened, path),
        failed=partial(tell, desk),
        belongs_to=opened.study.uid,
    )


def _volume(desk: Desk) -> tuple[OpenImage, Geometry]:
    opened = desk.session.active_image
    if opened is None or opened.geometry is None:
        raise Declined("Open a volume first; maps are laid over it.", code="no_volume")
    return opened, opened.geometry


def _read(path: Path, grid: Geometry, opened: OpenImage, progress: Progress) -> ReadMaps:
    from viewer.io.map_files import read_maps
    from viewer.io.segment_files import patient_of

    progress.report(0.0, path.name)
    named = patient_of(path)
    if named is not None and named != opened.study.patient.id:
        raise Declined(
            f"{path.name} is about another patient than the images.", code="other_patient"
        )
    return read_maps(path, grid, opened.key)


def _laid(desk: Desk, opened: OpenImage, path: Path, read: ReadMaps) -> None:
    session = desk.session
    now = session.images.value.get(opened.key)
    if now is None or now.geometry != opened.geometry:
        return
    session.maps.set(session.maps.value.with_opened(read.maps))
    desk.keeper.note(session.reader, f"opened a map: {path.name}", opened.study.uid)
    what = "1 map" if len(read.maps) == 1 else f"{len(read.maps)} maps"
    words = [f"{path.name}: {what}, laid over {opened.series.title}."]
    if session.ai_hidden(opened.key):
        words.append("It is shown once your own read is stored.")
    words += [notice.sentence for notice in read.notices]
    session.say(" ".join(words), serious=len(words) > 1)


COMMANDS: tuple[Command, ...] = (
    Command(
        id="maps.save",
        title="Save map…",
        help="Write the map that is shown as a DICOM Parametric Map or as NIfTI.",
        menu=_MENU,
        key="Ctrl+Alt+S",
        run=save_shown,
        allowed=lambda desk: bool(maps_here(desk)),
    ),
    Command(
        id="maps.open",
        title="Open map…",
        help="Lay a Parametric Map, fractional segmentation or NIfTI map over the active volume.",
        menu=_MENU,
        key="Ctrl+Alt+O",
        run=open_over,
        allowed=lambda desk: (
            desk.session.active_image is not None and desk.session.active_image.geometry is not None
        ),
    ),
)
