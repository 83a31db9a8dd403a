"""The other moments of a 4D series: loaded behind the one that is shown, nearest first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from viewer.commands.desk import Desk
from viewer.commands.graphics import read_graphics
from viewer.commands.loading import notices_of, slice_at
from viewer.commands.moment_queue import Queue
from viewer.commands.telling import tell
from viewer.core.errors import Declined, Unreadable
from viewer.core.memory import available_bytes, in_words
from viewer.core.progress import Part, Progress
from viewer.core.study import Series, Study
from viewer.core.volume import Fidelity, Volume
from viewer.io.load import Loading
from viewer.io.load import open_series as begin_loading
from viewer.jobs.job import Failure
from viewer.session.images import Image, OpenImage
from viewer.session.kin import like, like_its_group
from viewer.session.moments import moment_name, moments_in_words, number_of

_SHARE_OF_MEMORY = 0.7


@dataclass(frozen=True, slots=True, eq=False)
class _Round:
    """The loading of some moments of one 4D series."""

    desk: Desk
    study: Study
    group: Series
    queue: Queue

    @property
    def is_wanted(self) -> bool:
        """Tell whether nobody has closed the study or begun another round."""
        return self.desk.moments.get(self.group.key) is self.queue


@dataclass(frozen=True, slots=True)
class _Named:
    """Progress that tells of which moment it is."""

    whole: Progress
    name: str

    def report(self, done: float, doing: str = "") -> None:
        """Pass the fraction on, and what is done to which moment."""
        self.whole.report(done, f"{self.name}, {doing}")


def moment_to_open(desk: Desk, group: Series) -> Series:
    """Return the moment that a 4D series is opened with: the one on screen, else the first."""
    hung = {look.series_key for look in desk.session.hanging.value.cells}
    return next((part for part in group.parts if part.key in hung), group.parts[0])


def load_others(desk: Desk, study: Study, group: Series) -> None:
    """Load all moments that are not there, if they fit into memory; else say so."""
    missing = [n for n, part in enumerate(group.parts) if not _is_there(desk, part.key)]
    model = _model(desk, group)
    if not missing or model is None or group.key in desk.moments:
        return
    needs, free = _bytes(model) * len(missing), available_bytes()
    others = moments_in_words(group, len(missing))
    if needs > free * _SHARE_OF_MEMORY:
        desk.session.say(
            f"The other {others} of {group.title} need {in_words(needs)} of memory, and only "
            f"{in_words(free)} is free: each is loaded when you go to it.",
            serious=True,
        )
        return
    _start(desk, study, group, model, missing, f"Load the other {others}")


def want_moment(desk: Desk, group: Series, number: int) -> None:
    """See to it that a moment is loaded soon: now, or as the next of those under way."""
    part, model = group.parts[number], _model(desk, group)
    if _is_there(desk, part.key) or part.key in desk.loadings or model is None:
        return
    if group.key not in desk.moments and not model.is_whole:
        load_others(desk, model.study, group)
    queue = desk.moments.get(group.key)
    if queue is not None and number in queue.numbers:
        queue.want(number, _slice(desk, model))
        return
    _make_room(desk, group, number, _bytes(model))
    _start(desk, model.study, group, model, [number], f"Load {part.title}")


def _start(
    desk: Desk, study: Study, group: Series, model: OpenImage, numbers: list[int], title: str
) -> None:
    shown = desk.session.shown_moment(group)
    _put_halves_away(desk, desk.moments.pop(group.key, None))
    queue = Queue(numbers, numbers[0] if shown is None else shown, _slice(desk, model))
    turn = _Round(desk, study, group, queue)
    desk.moments[group.key] = queue
    desk.runner.start(
        title,
        partial(_load_all, turn),
        partial(_ended, turn),
        failed=partial(_failed, turn),
        cancelled=partial(_stopped, turn),
        instead_of=f"moments {group.key}",
        belongs_to=study.uid,
    )


# -- on the thread of the job ---------------------------------------------------


def _load_all(turn: _Round, progress: Progress) -> tuple[str, ...]:
    """Load moment after moment; return a sentence for each that could not be read."""
    count, complaints = len(turn.queue), []
    for done, (number, slice_number) in enumerate(turn.queue):
        part = Part(progress, done / count, (done + 1) / count)
        share = _Named(part, moment_name(turn.group, number))
        share.report(0.0, "first slice")
        try:
            _load_one(turn, turn.group.parts[number], slice_number, share)
        except (Unreadable, Declined) as why:
            complaints.append(str(why))
    return tuple(complaints)


def _load_one(turn: _Round, part: Series, slice_number: int, progress: Progress) -> None:
    loading = begin_loading(part, slice_number)
    post = turn.desk.post
    post(partial(_begun, turn, part, loading))
    image = loading.run(
        progress, lambda fidelity: post(partial(_landed, turn, part, loading, fidelity))
    )
    post(partial(_arrived, turn, part, loading, image))


# -- on the thread of the window --------------------------------------------------


def _begun(turn: _Round, part: Series, loading: Loading) -> None:
    if turn.is_wanted:
        turn.desk.loadings[part.key] = loading
        turn.queue.under_way.add(part.key)
        _landed(turn, part, loading, loading.fidelity)


def _landed(turn: _Round, part: Series, loading: Loading, fidelity: Fidelity) -> None:
    """Show what has landed, if that moment is on screen."""
    hung = {look.series_key for look in turn.desk.session.hanging.value.cells}
    if turn.is_wanted and part.key in hung:
        _take_in(turn, part, loading, loading.image, fidelity)


def _arrived(turn: _Round, part: Series, loading: Loading, image: Image) -> None:
    if turn.is_wanted:
        turn.desk.loadings.pop(part.key, None)
        turn.queue.under_way.discard(part.key)
        _take_in(turn, part, loading, image, loading.fidelity)


def _take_in(
    turn: _Round, part: Series, loading: Loading, image: Image, fidelity: Fidelity
) -> None:
    images = turn.desk.session.images
    old = images.value.get(part.key)
    notices = notices_of(part, loading)
    if old is None:
        opened = OpenImage(turn.study, part, image, None, fidelity, notices, turn.group.key)
        opened = like_its_group(turn.desk.session, opened)
        read_graphics(turn.desk, opened, loading)
    else:
        both = tuple(dict.fromkeys((*notices, *old.graphics.notices)))
        opened = replace(old, image=like(image, old.image), fidelity=fidelity, notices=both)
    images.set(images.value.with_image(opened))


def _ended(turn: _Round, complaints: tuple[str, ...]) -> None:
    _forget(turn)
    if complaints:
        what = moments_in_words(turn.group, len(complaints))
        turn.desk.session.say(
            f"{what} of {turn.group.title} could not be read; the first: {complaints[0]}",
            serious=True,
        )


def _failed(turn: _Round, failure: Failure) -> None:
    _forget(turn)
    tell(turn.desk, failure)


def _stopped(turn: _Round) -> None:
    """Say that moments are missing, unless another round was begun or the study closed."""
    if turn.is_wanted:
        _forget(turn)
        others = moments_in_words(turn.group, 2).partition(" ")[2]
        turn.desk.session.say(
            f"Loading of the other {others} of {turn.group.title} was stopped; "
            "each is loaded when you go to it."
        )


def _forget(turn: _Round) -> None:
    if turn.is_wanted:
        _put_halves_away(turn.desk, turn.desk.moments.pop(turn.group.key))


def _put_halves_away(desk: Desk, queue: Queue | None) -> None:
    """Put away what is there only in part, as nobody loads the rest any more."""
    half = frozenset(queue.under_way) if queue is not None else frozenset()
    for key in half:
        desk.loadings.pop(key, None)
    if half:
        desk.session.images.set(desk.session.images.value.without(half))


# -- what is there, and what room ---------------------------------------------------


def _is_there(desk: Desk, key: str) -> bool:
    opened = desk.session.images.value.get(key)
    return opened is not None and opened.is_whole


def _model(desk: Desk, group: Series) -> OpenImage | None:
    """Return a moment whose grid and window the others share."""
    images = desk.session.images.value
    return next((one for one in images if one.group == group.key), None)


def _bytes(opened: OpenImage) -> int:
    return opened.image.voxels.nbytes if isinstance(opened.image, Volume) else 0


def _slice(desk: Desk, model: OpenImage) -> int:
    place = desk.session.place.value
    if not isinstance(model.image, Volume):
        return 0
    if place.frame_of_reference_uid != model.frame_of_reference_uid:
        return model.count // 2
    return slice_at(model.image, place)


def _make_room(desk: Desk, group: Series, number: int, needs: int) -> None:
    """Put moments away that are far from the wanted one, on no screen and nothing said of them."""
    session = desk.session
    free = available_bytes()
    hung = {look.series_key for look in session.hanging.value.cells}
    away = [one for one in session.images.value if one.group == group.key and one.key not in hung]
    away.sort(key=lambda one: -abs((number_of(group, one.key) or 0) - number))
    for one in away:
        if needs <= free * _SHARE_OF_MEMORY:
            return
        said = session.record.value.of(frozenset({one.key}))
        if not (said.findings or said.segmentations or said.measurements):
            session.images.set(session.images.value.without(frozenset({one.key})))
            free += _bytes(one)
