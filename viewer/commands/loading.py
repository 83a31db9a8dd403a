"""One series to an image that fills in: its first slice at once, the others as they land."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from viewer.commands.desk import Desk
from viewer.commands.graphics import read_graphics
from viewer.commands.keeping import offer_earlier_work
from viewer.commands.telling import tell
from viewer.core.code import HOUNSFIELD
from viewer.core.progress import Progress
from viewer.core.stack import Stack
from viewer.core.study import Notice, Series, Study
from viewer.core.volume import Fidelity, Volume
from viewer.core.window import PRESETS, Window
from viewer.imaging.histogram import auto_window
from viewer.imaging.warm import be_ready_for
from viewer.io.load import Loading
from viewer.io.load import open_series as begin_loading
from viewer.jobs.job import Failure
from viewer.session.images import Image, OpenImage, grid_of
from viewer.session.kin import like, like_its_group
from viewer.session.look import Viewing
from viewer.session.second_reading import why_hidden
from viewer.session.session import Place
from viewer.session.stepping import steps
from viewer.session.whereabouts import place_in

_DAMAGED = "damaged"
_DAMAGED_ONE_BY_ONE = 2


def _nothing_more() -> None:
    """Nothing follows."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Wish:
    """Which series is to be shown where, and what then: when it hangs, when all of it is there.

    Without a cell it takes all views. `group` is the key of the 4D series it is a moment of.
    """

    study: Study
    series: Series
    cell: int | None = None
    group: str = ""
    hangs: Callable[[], None] = _nothing_more
    loaded: Callable[[], None] = _nothing_more


@dataclass(frozen=True, slots=True, eq=False)
class Begun:
    """A series whose first slice is there, and the window that suits it."""

    loading: Loading
    window: Window


def load_and_show(desk: Desk, wish: Wish) -> None:
    """Hang a series as soon as one slice is there, and fill it in."""
    desk.runner.start(
        f"Open {wish.series.title}",
        partial(_begin, wish.series),
        partial(_began, desk, wish),
        failed=partial(tell, desk),
        instead_of="open" if wish.cell is None else f"open in {wish.cell}",
        belongs_to=wish.study.uid,
    )


def hang(desk: Desk, opened: OpenImage, cell: int | None) -> None:
    """Hang an image in one view, or without a cell in all of them."""
    if cell is None:
        desk.session.show(opened)
    else:
        desk.session.hang(cell, opened)


def want_what_is_seen(desk: Desk, place: Place) -> None:
    """Ask series that are still being loaded for the slice that is looked at."""
    for opened in desk.session.images.value:
        loading = desk.loadings.get(opened.key)
        same = opened.frame_of_reference_uid == place.frame_of_reference_uid
        if loading is not None and same and isinstance(opened.image, Volume):
            loading.want(slice_at(opened.image, place))


def want_what_views_show(desk: Desk) -> None:
    """Ask for the slices of views that were moved apart from the others."""
    session = desk.session
    for cell in session.hanging.value.shown:
        opened, place = session.image_in(cell), place_in(session, cell)
        loading = None if opened is None else desk.loadings.get(opened.key)
        if loading is None or opened is None or not isinstance(opened.image, Volume):
            continue
        if opened.frame_of_reference_uid == place.frame_of_reference_uid:
            loading.want(slice_at(opened.image, place))


def slice_at(volume: Volume, place: Place) -> int:
    """Return the number of the stored slice nearest to a place."""
    line = steps(volume.geometry, Viewing.ACQUISITION)
    return volume.geometry.nearest(line.at(line.index(place.position), place.position))[0]


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


def notices_of(series: Series, loading: Loading) -> tuple[Notice, ...]:
    """Return what headers and pixels made known, each once."""
    return tuple(dict.fromkeys((*series.notices, *loading.notices)))


def _begin(series: Series, progress: Progress) -> Begun:
    progress.report(0.0, "first slice")
    loading = begin_loading(series, None, progress)
    image = loading.image
    be_ready_for((image.voxels if isinstance(image, Volume) else image.frames[0].pixels).dtype)
    return Begun(loading, first_window(loading.image, loading.wanted))


def _began(desk: Desk, wish: Wish, begun: Begun) -> None:
    loading, series = begun.loading, wish.series
    opened = OpenImage(
        wish.study,
        series,
        loading.image,
        begun.window,
        loading.fidelity if isinstance(loading.image, Volume) else None,
        notices_of(series, loading),
        wish.group,
    )
    opened = like_its_group(desk.session, opened)
    if why_hidden(desk.session, series.key):
        return
    desk.loadings[series.key] = loading
    hang(desk, opened, wish.cell)
    offer_earlier_work(desk, wish.study)
    _say(desk, (notice for notice in opened.notices if notice.code != _DAMAGED))
    read_graphics(desk, opened, loading)
    desk.runner.start(
        f"Load {series.title}",
        partial(_fill, loading, partial(_post_landed, desk, series.key)),
        partial(_loaded, desk, wish),
        failed=partial(_not_loaded, desk, series.key, loading),
        cancelled=partial(_stopped, desk, series, loading),
        instead_of=f"load {series.key}",
        belongs_to=wish.study.uid,
    )
    wish.hangs()


def _fill(loading: Loading, landed: Callable[[Fidelity], None], progress: Progress) -> Image:
    return loading.run(progress, landed)


def _post_landed(desk: Desk, key: str, fidelity: Fidelity) -> None:
    desk.post(partial(_landed, desk, key, fidelity))


def _landed(desk: Desk, key: str, fidelity: Fidelity) -> None:
    images = desk.session.images.value
    if images.get(key) is not None:
        desk.session.images.set(images.with_fidelity(key, fidelity))


def _loaded(desk: Desk, wish: Wish, image: Image) -> None:
    loading = desk.loadings.pop(wish.series.key, None)
    old = desk.session.images.value.get(wish.series.key)
    if loading is None or old is None:
        return
    fidelity = loading.fidelity if isinstance(image, Volume) else None
    notices = tuple(dict.fromkeys((*notices_of(wish.series, loading), *old.graphics.notices)))
    opened = replace(old, image=like(image, old.image), fidelity=fidelity, notices=notices)
    desk.session.images.set(desk.session.images.value.with_image(opened))
    new = [notice for notice in notices if notice not in old.notices]
    _say(desk, (notice for notice in new if notice.code != _DAMAGED))
    _say(desk, _in_short([notice for notice in notices if notice.code == _DAMAGED], opened))
    wish.loaded()


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
