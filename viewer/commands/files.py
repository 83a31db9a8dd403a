"""Opening and closing: files to a catalogue, a series to an image that fills in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.keeping import offer_earlier_work
from viewer.commands.objects import open_object
from viewer.core.code import HOUNSFIELD
from viewer.core.progress import Progress
from viewer.core.stack import Stack
from viewer.core.study import Catalogue, Notice, Series, SeriesKind, Study
from viewer.core.volume import Fidelity, Volume
from viewer.core.window import PRESETS, Window
from viewer.imaging.histogram import auto_window
from viewer.io.load import Loading
from viewer.io.load import open_series as begin_loading
from viewer.io.scan import scan
from viewer.jobs.job import Failure
from viewer.session.images import Image, OpenImage, grid_of
from viewer.session.look import Look, Viewing
from viewer.session.session import Place
from viewer.session.stepping import steps
from viewer.settings import cache_folder

_DAMAGED = "damaged"
_DAMAGED_ONE_BY_ONE = 2


def open_paths(desk: Desk, paths: Sequence[Path]) -> None:
    """Look through files and folders, list what is there and show the first image."""
    if not paths:
        return
    names = paths[0].name if len(paths) == 1 else f"{len(paths)} places"
    desk.runner.start(
        f"Look through {names}",
        partial(scan, list(paths)),
        partial(_listed, desk, paths[0]),
        failed=partial(tell, desk),
    )


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
    if series.kind is SeriesKind.OBJECT:
        open_object(desk, study, series, lambda key, then: open_series(desk, key, None, then))
        return
    opened = desk.session.images.value.get(key)
    if opened is not None and (key in desk.loadings or not _broken_off(opened)):
        if then is None or key not in {look.series_key for look in _looks(desk)}:
            _hang(desk, opened, cell)
        if then is not None:
            then()
        return
    desk.runner.start(
        f"Open {series.title}",
        partial(_begin, series),
        partial(_began, desk, study, series, cell, then),
        failed=partial(tell, desk),
        instead_of="open" if cell is None else f"open in {cell}",
        belongs_to=study.uid,
    )


def close_study(desk: Desk, study: Study) -> None:
    """Put a study away; work for it is stopped and its late results are dropped."""
    desk.runner.drop(study.uid)
    same = [listed for listed in desk.session.catalogue.value.studies if listed.uid == study.uid]
    for listed in (study, *same):
        for series in listed.series:
            desk.loadings.pop(series.key, None)
        desk.session.close(listed)


def want_what_is_seen(desk: Desk, place: Place) -> None:
    """Ask series that are still being loaded for the slice that is looked at."""
    for opened in desk.session.images.value:
        loading = desk.loadings.get(opened.key)
        same = opened.frame_of_reference_uid == place.frame_of_reference_uid
        if loading is not None and same and isinstance(opened.image, Volume):
            line = steps(opened.image.geometry, Viewing.ACQUISITION)
            loading.want(
                opened.image.geometry.nearest(line.at(line.index(place.position), place.position))[
                    0
                ]
            )


def tell(desk: Desk, failure: Failure) -> None:
    """Say why a job brought nothing."""
    desk.session.say(failure.sentence, serious=True)


def first_window(image: Image, number: int) -> Window:
    """Return the window that a series is first shown with: its own, else one that fits a slice."""
    if image.windows:
        return image.windows[0][1]
    if image.modality == "CT" and image.unit == HOUNSFIELD.value:
        return PRESETS["Soft tissue"]
    grid = grid_of(image, number if isinstance(image, Stack) else 0)
    if isinstance(image, Volume):
        geometry = image.geometry
        start, stop = (number, 0, 0), (number + 1, *geometry.shape[1:])
        grid = replace(
            image,
            voxels=image.voxels[number : number + 1],
            geometry=geometry.crop(start, stop),
            origins=(),
        )
    return auto_window(grid)


def first_to_show(catalogue: Catalogue) -> Series | None:
    """Return the series to begin with: a volume, rather DICOM, with the most slices."""
    pictures = [s for _, s in catalogue.all_series() if s.kind is not SeriesKind.OBJECT]

    def worth(series: Series) -> tuple[bool, bool, int]:
        volume = series.kind is SeriesKind.VOLUME
        return volume, series.format == "DICOM", len(series.instances)

    return max(pictures, key=worth, default=None)


def _listed(desk: Desk, place: Path, catalogue: Catalogue) -> None:
    desk.session.add_to_catalogue(catalogue)
    if catalogue.studies:
        desk.settings = desk.settings.with_last_folder(place)
        for study in catalogue.studies:
            desk.keeper.remember(place, study)
    first = first_to_show(catalogue)
    refused = len(catalogue.refused)
    if first is None:
        desk.session.say(_why_nothing(place, catalogue), serious=True)
        return
    if refused:
        files = "1 file was" if refused == 1 else f"{refused} files were"
        desk.session.say(f"{files} not opened; the study panel lists why.")
    open_series(desk, desk.session.listed_as(first))


@dataclass(frozen=True, slots=True, eq=False)
class _Begun:
    """A series whose first slice is there, and the window that suits it."""

    loading: Loading
    window: Window


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


def _begin(series: Series, progress: Progress) -> _Begun:
    progress.report(0.0, "first slice")
    loading = begin_loading(series)
    return _Begun(loading, first_window(loading.image, loading.wanted))


def _began(
    desk: Desk,
    study: Study,
    series: Series,
    cell: int | None,
    then: Callable[[], None] | None,
    begun: _Begun,
) -> None:
    loading = begun.loading
    volume = isinstance(loading.image, Volume)
    opened = OpenImage(
        study,
        series,
        loading.image,
        begun.window,
        loading.fidelity if volume else None,
        _notices(series, loading),
    )
    desk.loadings[series.key] = loading
    _hang(desk, opened, cell)
    offer_earlier_work(desk, study)
    _say(desk, (notice for notice in opened.notices if notice.code != _DAMAGED))
    desk.runner.start(
        f"Load {series.title}",
        partial(_fill, loading, partial(_post_landed, desk, series.key)),
        partial(_loaded, desk, study, series),
        failed=partial(_not_loaded, desk, series.key, loading),
        cancelled=partial(_stopped, desk, series, loading),
        instead_of=f"load {series.key}",
        belongs_to=study.uid,
    )
    if then is not None:
        then()


def _looks(desk: Desk) -> tuple[Look, ...]:
    return desk.session.hanging.value.cells


def _notices(series: Series, loading: Loading) -> tuple[Notice, ...]:
    """Return what headers and pixels made known, each once."""
    return tuple(dict.fromkeys((*series.notices, *loading.notices)))


def _fill(loading: Loading, landed: Callable[[Fidelity], None], progress: Progress) -> Image:
    return loading.run(progress, landed)


def _post_landed(desk: Desk, key: str, fidelity: Fidelity) -> None:
    desk.post(partial(_landed, desk, key, fidelity))


def _landed(desk: Desk, key: str, fidelity: Fidelity) -> None:
    images = desk.session.images.value
    if images.get(key) is not None:
        desk.session.images.set(images.with_fidelity(key, fidelity))


def _loaded(desk: Desk, study: Study, series: Series, image: Image) -> None:
    loading = desk.loadings.pop(series.key, None)
    old = desk.session.images.value.get(series.key)
    if loading is None or old is None:
        return
    fidelity = loading.fidelity if isinstance(image, Volume) else None
    notices = _notices(series, loading)
    opened = OpenImage(study, series, image, old.window, fidelity, notices)
    desk.session.images.set(desk.session.images.value.with_image(opened))
    new = [notice for notice in notices if notice not in old.notices]
    _say(desk, (notice for notice in new if notice.code != _DAMAGED))
    _say(desk, _in_short([notice for notice in notices if notice.code == _DAMAGED], opened))


def _say(desk: Desk, notices: Iterable[Notice]) -> None:
    for notice in notices:
        desk.session.say(notice.sentence, serious=True)


def _in_short(damaged: Sequence[Notice], opened: OpenImage) -> Sequence[Notice]:
    """Return one notice for many damaged slices; all of them stay with the image."""
    if len(damaged) <= _DAMAGED_ONE_BY_ONE:
        return damaged
    sentence = (
        f"{len(damaged)} of {opened.count} slices of {opened.series.title} could not be read; "
        f"the first: {damaged[0].sentence}"
    )
    return [Notice(_DAMAGED, sentence)]


def _not_loaded(desk: Desk, key: str, loading: Loading, failure: Failure) -> None:
    if desk.loadings.get(key) is loading:
        del desk.loadings[key]
    tell(desk, failure)


def _stopped(desk: Desk, series: Series, loading: Loading) -> None:
    """Say that slices are missing, unless the study was closed or is loaded anew."""
    if desk.loadings.get(series.key) is loading:
        del desk.loadings[series.key]
        desk.session.say(
            f"Loading of {series.title} was stopped; open it again for the missing slices.",
            serious=True,
        )


def _broken_off(opened: OpenImage) -> bool:
    """Tell whether slices are missing that nobody is loading any more."""
    return opened.fidelity is not None and bool((opened.fidelity.quality < Fidelity.ORIGINAL).any())


def _hang(desk: Desk, opened: OpenImage, cell: int | None) -> None:
    if cell is None:
        desk.session.show(opened)
    else:
        desk.session.hang(cell, opened)


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
        help="Open DICOM, ZIP, DICOMDIR, NIfTI, NRRD or MetaImage files.",
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
