"""Opening and closing: files to a catalogue, a series to a view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from viewer.commands.axes import look_at_axis
from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.hanging_up import hang_study
from viewer.commands.loading import Wish, first_window, hang, load_and_show, want_what_is_seen
from viewer.commands.looking import look_through
from viewer.commands.marked_pictures import ask_to_show
from viewer.commands.moment_loading import load_others, moment_to_open
from viewer.commands.objects import open_object
from viewer.commands.segment_files import may_be_segments, open_if_segments
from viewer.commands.telling import tell
from viewer.core.progress import Progress
from viewer.core.study import Catalogue, Series, SeriesKind, Study
from viewer.session.look import Look
from viewer.session.second_reading import seen_part, seen_parts, why_hidden
from viewer.settings import cache_folder

__all__ = [
    "COMMANDS",
    "LEAVING",
    "close_study",
    "first_to_show",
    "first_window",
    "open_paths",
    "open_sample",
    "open_series",
    "tell",
    "want_what_is_seen",
]


def open_paths(desk: Desk, paths: Sequence[Path]) -> None:
    """Look through files and folders, list what is there and show the first image."""
    if not paths:
        return
    look = partial(look_through, desk, paths, partial(_listed, desk, paths[0]), first_to_show)
    if may_be_segments(desk, paths):
        open_if_segments(desk, paths[0], look)
    else:
        look()


def open_sample(desk: Desk) -> None:
    """Open the synthetic study, which is made on first use."""

    def made(folder: Path) -> None:
        open_paths(desk, [folder])

    desk.runner.start(
        "Make the sample study",
        partial(_make_sample, desk.settings.paths.sample or cache_folder() / "sample"),
        made,
        failed=partial(tell, desk),
        instead_of="sample",
    )


def _make_sample(folder: Path, progress: Progress) -> Path:
    from viewer.io.sample import sample_study

    return sample_study(folder, progress)


def open_series(
    desk: Desk, key: str, cell: int | None = None, then: Callable[[], None] | None = None
) -> None:
    """Show a series: its first slice at once, the others as they land.

    Without a cell it takes all views. `then` is called when it hangs. Segmentations and
    reports are laid over the images they were made from.
    """
    found = desk.session.catalogue.value.find(key)
    if found is None:
        return
    study, series = found
    if why_hidden(desk.session, key):
        ask_to_show(desk, key, partial(open_series, desk, key, cell, then))
        return
    if series.kind is SeriesKind.OBJECT:
        open_object(desk, study, series, lambda key, then: open_series(desk, key, None, then))
        return
    group = desk.session.catalogue.value.group_of(key)
    if series.kind is SeriesKind.FOUR_D:
        series = moment_to_open(desk, series)
    opened = desk.session.images.value.get(series.key)
    if opened is not None and (series.key in desk.loadings or opened.is_whole):
        if then is not None and group and desk.session.shown_moment(group) is not None:
            desk.session.show_moment_of(series.key)
        elif then is None or series.key not in {look.series_key for look in _looks(desk)}:
            hang(desk, opened, cell)
        if then is not None:
            then()
        elif group is not None:
            load_others(desk, study, group)
        return
    load_and_show(desk, _wish(desk, study, series, cell, group, then))


def _wish(
    desk: Desk,
    study: Study,
    series: Series,
    cell: int | None,
    group: Series | None,
    then: Callable[[], None] | None,
) -> Wish:
    """Return what is to be done for a series; the other moments follow the first."""

    def hangs() -> None:
        look_at_axis(desk, study, group or series)
        if then is not None:
            then()

    def loaded() -> None:
        if group is not None:
            load_others(desk, study, group)

    key = group.key if group is not None else ""
    return Wish(study=study, series=series, cell=cell, group=key, hangs=hangs, loaded=loaded)


def close_study(desk: Desk, study: Study) -> None:
    """Put a study away; work for it is stopped and its late results are dropped."""
    same = [listed for listed in desk.session.catalogue.value.studies if listed.uid == study.uid]
    for listed in (study, *same):
        for key in listed.keys:
            desk.loadings.pop(key, None)
            desk.moments.pop(key, None)
    desk.runner.drop(study.uid)
    for listed in (study, *same):
        desk.session.close(listed)


def first_to_show(catalogue: Catalogue) -> Series | None:
    """Return the series to begin with: of volumes, rather DICOM, with the most slices in one.

    Flat pictures beside reports and segmentations are those of a report, and not begun with.
    """
    everything = [s for _, s in catalogue.all_series()]
    objects = any(s.kind is SeriesKind.OBJECT for s in everything)
    pictures = [
        s
        for s in everything
        if s.kind is not SeriesKind.OBJECT
        and not (objects and s.kind is SeriesKind.STACK and s.format != "DICOM")
    ]

    def worth(series: Series) -> tuple[bool, bool, int]:
        solid = series.kind in (SeriesKind.VOLUME, SeriesKind.FOUR_D)
        one = series.parts[0] if series.parts else series
        return solid, series.format == "DICOM", len(one.instances)

    return max(pictures, key=worth, default=None)


def _listed(desk: Desk, place: Path, catalogue: Catalogue) -> None:
    desk.session.add_to_catalogue(catalogue)
    if catalogue.studies:
        desk.settings = desk.settings.with_last_folder(place)
        desk.keeper.remember(place, *catalogue.studies)
    first = first_to_show(seen_parts(desk.session, catalogue)) or first_to_show(catalogue)
    refused = len(catalogue.refused)
    if first is None:
        desk.session.say(_why_nothing(place, catalogue), serious=True)
        return
    if refused:
        files = "1 file was" if refused == 1 else f"{refused} files were"
        desk.session.say(f"{files} not opened; the study panel lists why.")
    key = desk.session.listed_as(first)
    found = desk.session.catalogue.value.find(key)
    study = seen_part(desk.session, found[0]) if found else None
    if study is None or not hang_study(desk, first, study, open_series):
        open_series(desk, key)


def _why_nothing(place: Path, catalogue: Catalogue) -> str:
    """Return one sentence for a place without images; that of its only file says it all."""
    refused, objects = catalogue.refused, len(list(catalogue.all_series()))
    if objects:
        what = "1 segmentation or report" if objects == 1 else f"{objects} segmentations or reports"
        return (
            f"There are no images in {place.name}, but {what}: "
            "open one in the study panel to lay it over its images."
        )
    if len(refused) == 1 and refused[0].path.name == place.name:
        return refused[0].sentence
    why = refused[0].sentence if refused else "There are no files."
    return f"No images in {place.name}. {why}"


def _looks(desk: Desk) -> tuple[Look, ...]:
    return desk.session.hanging.value.cells


def _open_folder(desk: Desk) -> None:
    desk.asker.choose_folder(
        "Open folder", desk.settings.start_folder, lambda path: open_paths(desk, [path])
    )


def _open_files(desk: Desk) -> None:
    desk.asker.choose_files(
        "Open files", desk.settings.start_folder, lambda paths: open_paths(desk, paths)
    )


def _close(desk: Desk) -> None:
    opened = desk.session.active_image
    if opened is not None:
        close_study(desk, opened.study)


def _quit(desk: Desk) -> None:
    if desk.window is not None:
        desk.window.close()


COMMANDS: tuple[Command, ...] = (
    Command(
        id="files.open_folder",
        title="Open folder…",
        help="Look through a folder or a CD for images.",
        menu="File",
        key="Ctrl+O",
        run=_open_folder,
        icon="open_folder",
    ),
    Command(
        id="files.open_files",
        title="Open files…",
        help="Open DICOM, ZIP, DICOMDIR, NIfTI, NRRD, MetaImage, picture or video files.",
        menu="File",
        key="Ctrl+Shift+O",
        run=_open_files,
    ),
    Command(
        id="files.open_sample",
        title="Open the sample study",
        help="Open the synthetic thorax; it is marked SYNTHETIC everywhere.",
        menu="File",
        run=open_sample,
    ),
)
LEAVING: tuple[Command, ...] = (
    Command(
        id="files.close_study",
        title="Close study",
        help="Put the active study away and stop all work for it.",
        menu="File",
        key="Ctrl+W",
        run=_close,
        allowed=lambda desk: desk.session.active_image is not None,
    ),
    Command(
        id="files.quit",
        title="Quit",
        help="Close the window.",
        menu="File",
        key="Ctrl+Q",
        run=_quit,
    ),
)
