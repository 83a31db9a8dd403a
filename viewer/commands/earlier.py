"""Work that was left unsaved: offered at the start, kept elsewhere in need, and taken over.

After a start that follows a crash all unsaved work is offered; after an ordinary one
a line tells that there is some. Opening its study offers it in any case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.files import first_to_show, open_series
from viewer.commands.keeper import Keeper, parts
from viewer.commands.keeping import offer_earlier_work
from viewer.commands.looking import look_through
from viewer.commands.telling import tell
from viewer.core.author import Author
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Progress
from viewer.core.study import Catalogue, Series, Study
from viewer.session.record import Record
from viewer.session.sealing import Sealing, items_of, left_to_see
from viewer.session.second_reading import seen_parts
from viewer.store.drafts import Draft
from viewer.store.rescue import SUFFIX, rescued_from

BRING_BACK, NOT_NOW, FORGET = "Bring back", "Not now", "Forget"


@dataclass(frozen=True, slots=True)
class Left:
    """Unsaved work on a study: whose it is, what was done last and when, and where it lies."""

    study_uid: str
    whose: str
    last: str
    at: str
    place: Path | None


@dataclass(frozen=True, slots=True)
class Found:
    """All unsaved work, and whether the last program that worked ended without a word."""

    work: tuple[Left, ...]
    after_a_crash: bool


_UNSAVED = "This is the work that was not saved as a result yet."
_AFTER_A_CRASH = (
    "The program ended unexpectedly. Nothing is lost: this is the work that was not saved as a "
    "result yet."
)


def offer_what_was_left(desk: Desk) -> None:
    """At the start: offer all unsaved work after a crash, say that there is some otherwise."""

    def found(there: Found) -> None:
        if there.work and there.after_a_crash:
            _offer(desk, there.work, _AFTER_A_CRASH)
        elif there.work:
            some = "1 study" if len(there.work) == 1 else f"{len(there.work)} studies"
            desk.session.say(f"There is unsaved work on {some}: see File > Unsaved work.")

    desk.runner.start("Look for unsaved work", _looking(desk), found)


def _looking(desk: Desk) -> Callable[[Progress], Found]:
    session = desk.session
    return partial(_find, desk.keeper, session.sealing.value, session.reader)


def _find(keeper: Keeper, sealing: Sealing, reader: Author, progress: Progress) -> Found:
    """Look for unsaved work; that of models alone, while it is hidden, is not told of."""
    progress.report(0.0, "looking")
    try:
        crashed = bool(keeper.shelf.locks.left_behind())
        work = tuple(
            _left(keeper, one.study_uid, one.title, one.at)
            for one in keeper.waiting()
            if not sealing.hides(one.study_uid) or _has_own(keeper, one.study_uid, reader)
        )
    except Declined:
        return Found((), after_a_crash=False)
    return Found(work, crashed)


def _has_own(keeper: Keeper, study_uid: str, reader: Author) -> bool:
    """Tell whether a draft holds something that may be seen before the first read."""
    try:
        draft = keeper.latest(study_uid)
    except Unreadable:
        return True  # opening the study says what is wrong
    if draft is None:
        return False
    said = Record(
        draft.findings,
        draft.segmentations,
        draft.measurements,
        draft.key_images,
        draft.assessments,
    )
    keys = frozenset(one.series_key for one in (*items_of(said), *said.key_images))
    return parts(left_to_see(said, keys, reader)) != parts(Record())


def _left(keeper: Keeper, uid: str, title: str, at: str) -> Left:
    """Say of unsaved work what is known of its study."""
    listed = keeper.shelf.studies.of_uid(uid)
    recent = keeper.shelf.index.of_study(uid)
    if listed:
        return Left(uid, listed[0].title, title, at, listed[0].place)
    if recent:
        person = recent[0].patient_name.replace("^", " ").strip() or recent[0].patient_id
        return Left(uid, person or recent[0].path.name, title, at, recent[0].path)
    return Left(uid, f"Study {uid}", title, at, None)


def _last(desk: Desk, work: Left) -> str:
    """Return what was done last, unless that would tell of a model that is hidden."""
    return "" if desk.session.sealing.value.hides(work.study_uid) else desk.words(work.last)


def _offer(desk: Desk, work: tuple[Left, ...], said: str = _UNSAVED) -> None:
    rows = tuple(
        (one.whose, _last(desk, one), f"{one.at[:16].replace('T', ' ')} UTC") for one in work
    )

    desk.keeper.offered.update(one.study_uid for one in work)

    def answered(answer: str, numbers: tuple[int, ...]) -> None:
        desk.keeper.offered.clear()
        chosen = tuple(work[number] for number in numbers)
        if answer == FORGET:
            _ask_to_forget(desk, chosen)
        elif answer == BRING_BACK:
            for one in chosen:
                _bring_back(desk, one)

    desk.asker.offer(
        "Unsaved work",
        said,
        ("Study", "Last step", "When"),
        rows,
        (BRING_BACK, NOT_NOW, FORGET),
        answered,
    )


def _bring_back(desk: Desk, left: Left) -> None:
    if left.place is None:
        desk.session.say(
            f"It is not known where {left.whose} lies: open it, and its work is offered there.",
            serious=True,
        )
        return
    desk.keeper.wanted_back.add(left.study_uid)
    study = _open_study(desk, left.study_uid)
    if study is not None:
        offer_earlier_work(desk, study)
    else:
        open_one(desk, left.place, left.study_uid)


def _open_study(desk: Desk, study_uid: str) -> Study | None:
    """Return a study of which something is open already."""
    images = desk.session.images.value
    for study in desk.session.catalogue.value.studies:
        if study.uid == study_uid and any(images.get(key) is not None for key in study.keys):
            return study
    return None


def _ask_to_forget(desk: Desk, chosen: tuple[Left, ...]) -> None:
    def forget() -> None:
        for one in chosen:
            desk.keeper.clear(one.study_uid)
            desk.keeper.note(desk.session.reader, "forgot unsaved work", one.study_uid)

    names = "; ".join(one.whose for one in chosen)
    desk.asker.ask_yes("Forget unsaved work", f"Forget the work on {names} for good?", forget)


def open_one(desk: Desk, place: Path, study_uid: str) -> None:
    """Open one study of a place, and list no other of it."""

    def only(catalogue: Catalogue) -> Catalogue:
        return Catalogue(tuple(one for one in catalogue.studies if one.uid == study_uid))

    def first(catalogue: Catalogue) -> Series | None:
        return first_to_show(only(catalogue))

    def listed(catalogue: Catalogue) -> None:
        found = only(catalogue)
        series = first_to_show(seen_parts(desk.session, found)) or first_to_show(found)
        if series is None:
            desk.session.say(f"The study is not at {place} any more.", serious=True)
            return
        desk.session.add_to_catalogue(found)
        desk.keeper.remember(place, *found.studies)
        open_series(desk, desk.session.listed_as(series))

    look_through(desk, [place], listed, first)


def _show_all(desk: Desk) -> None:
    def found(there: Found) -> None:
        if there.work:
            _offer(desk, there.work)
        else:
            desk.session.say("There is no unsaved work.")

    desk.runner.start("Look for unsaved work", _looking(desk), found)


def _save_copy(desk: Desk) -> None:
    drafts = desk.keeper.drafts_now()
    if not drafts:
        raise Declined("There is no work in memory to be saved.")

    def written(path: Path) -> None:
        desk.session.say(f"The work is in {path}; File > Open a copy of work brings it back.")

    def save(path: Path) -> None:
        goal = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
        desk.runner.start(
            "Save a copy of the work",
            partial(_rescue, desk.keeper, goal, drafts),
            written,
            failed=partial(tell, desk),
        )

    suggested = desk.settings.start_folder / f"unsaved work{SUFFIX}"
    desk.asker.choose_name("Save a copy of the work", suggested, save)


def _rescue(keeper: Keeper, path: Path, drafts: dict[str, Draft], progress: Progress) -> Path:
    progress.report(0.0, path.name)
    keeper.rescue(path, drafts)
    return path


def _open_copy(desk: Desk) -> None:
    def take(paths: list[Path]) -> None:
        desk.runner.start(
            "Open a copy of work",
            partial(_take_in, desk.keeper, paths[0]),
            taken,
            failed=partial(tell, desk),
        )

    def taken(count: int) -> None:
        some = "1 study" if count == 1 else f"{count} studies"
        desk.session.say(f"Work on {some} was taken in; it is offered when a study is opened.")
        _show_all(desk)

    desk.asker.choose_files("Open a copy of work", desk.settings.start_folder, take)


def _take_in(keeper: Keeper, path: Path, progress: Progress) -> int:
    progress.report(0.0, path.name)
    drafts = rescued_from(path)
    for uid, draft in drafts.items():
        keeper.shelf.drafts.record(uid, draft)
    return len(drafts)


def _take_over(desk: Desk) -> None:
    opened = desk.session.active_image
    if opened is None:
        return
    study = opened.study

    def ours() -> None:
        desk.session.say("You work on this study now; elsewhere it is for looking only.")
        desk.keeper.note(desk.session.reader, "took the study over", study.uid)
        offer_earlier_work(desk, study)

    desk.asker.ask_yes(
        "Take over this study",
        "Work on this study here? Whoever works on it elsewhere can only look at it from then on; "
        "what they did so far is kept.",
        partial(desk.keeper.take_over, study.uid, ours),
    )


def _only_looked_at(desk: Desk) -> bool:
    opened = desk.session.active_image
    return opened is not None and opened.study.uid in desk.session.only_looked_at.value


COMMANDS: tuple[Command, ...] = (
    Command(
        id="files.unsaved_work",
        title="Unsaved work…",
        help="List all work that was not saved as a result yet; bring it back or forget it.",
        menu="File",
        run=_show_all,
    ),
    Command(
        id="files.save_copy",
        title="Save a copy of the work elsewhere…",
        help="Write the work that is in memory to a file, as when it cannot be kept here.",
        menu="File",
        run=_save_copy,
        allowed=lambda desk: bool(desk.session.images.value.items),
    ),
    Command(
        id="files.open_copy",
        title="Open a copy of work…",
        help="Take in work that was saved elsewhere; it is offered when its study is opened.",
        menu="File",
        run=_open_copy,
    ),
    Command(
        id="files.take_over",
        title="Take over this study…",
        help="Work on a study that another window or program works on.",
        menu="File",
        run=_take_over,
        allowed=_only_looked_at,
    ),
)
