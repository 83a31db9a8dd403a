"""The list of studies: asked page by page, opened, changed, added to, erased, backed up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from viewer.commands.adding import Added, add_place
from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.earlier import open_one
from viewer.commands.keeper import Keeper
from viewer.commands.telling import tell
from viewer.core.author import Author
from viewer.core.progress import Progress
from viewer.store.backup import Backup
from viewer.store.listed import Held, Listed, Page, Priority, Question, Reading

__all__ = [
    "COMMANDS",
    "Listed",
    "Page",
    "Priority",
    "Question",
    "Reading",
    "ask_page",
    "ask_tags",
    "check_database",
    "erase",
    "look_again",
    "open_listed",
    "remove",
    "set_notes",
    "set_priority",
    "set_status",
    "set_tags",
]
_BACKUP_SUFFIX = ".zip"


# -- asking -------------------------------------------------------------------


def ask_page(
    desk: Desk, question: Question, start: int, most: int, then: Callable[[Page], None]
) -> None:
    """Hand over a part of the studies that answer a question."""
    desk.runner.start(
        "List studies",
        partial(_page, desk.keeper, question, start, most),
        then,
        failed=partial(tell, desk),
        instead_of=f"list studies {start}",
    )


def _page(keeper: Keeper, question: Question, start: int, most: int, progress: Progress) -> Page:
    progress.report(0.0, "listing")
    return keeper.shelf.studies.page(question, start, most)


def ask_tags(desk: Desk, then: Callable[[tuple[str, ...]], None]) -> None:
    """Hand over all tags that studies have."""

    def tags(progress: Progress) -> tuple[str, ...]:
        progress.report(0.0, "tags")
        return desk.keeper.shelf.studies.tags()

    desk.runner.start("List tags", tags, then, instead_of="list tags")


def check_database(desk: Desk) -> None:
    """Look the database over in the background; say so only if it is not sound."""

    def check(progress: Progress) -> str:
        progress.report(0.0, "checking")
        return desk.keeper.shelf.check()

    def checked(said: str) -> None:
        if said:
            desk.session.say(
                f"{said} Save a backup of what can be read: File > Study list > Back up.",
                serious=True,
            )

    desk.runner.start("Check the study list", check, checked, instead_of="check the study list")


# -- opening and changing -------------------------------------------------------


def open_listed(desk: Desk, listed: Listed) -> None:
    """Open a study of the list, from where it lies."""
    open_one(desk, listed.place, listed.uid)


def set_status(desk: Desk, studies: Sequence[Listed], status: Reading) -> None:
    """Say how far studies are read."""
    change = partial(desk.keeper.shelf.studies.set_status, _numbers(studies), status)
    desk.keeper.change_list(change)
    for one in studies:
        desk.keeper.note(desk.session.reader, f"marked {status.value}", one.uid)


def set_priority(desk: Desk, studies: Sequence[Listed], priority: Priority) -> None:
    """Say how soon studies are to be read."""
    change = partial(desk.keeper.shelf.studies.set_priority, _numbers(studies), priority)
    desk.keeper.change_list(change)


def set_tags(desk: Desk, listed: Listed, tags: Sequence[str]) -> None:
    """Give a study these tags and no others."""
    desk.keeper.change_list(partial(desk.keeper.shelf.studies.set_tags, listed.id, tuple(tags)))


def set_notes(desk: Desk, listed: Listed, notes: str) -> None:
    """Write down something about a study."""
    desk.keeper.change_list(partial(desk.keeper.shelf.studies.set_notes, listed.id, notes))


def remove(desk: Desk, studies: Sequence[Listed]) -> None:
    """Take studies off the list, after a question; files stay."""

    def gone() -> None:
        desk.keeper.change_list(partial(desk.keeper.shelf.studies.remove, _numbers(studies)))
        for one in studies:
            desk.keeper.note(desk.session.reader, "taken off the list", one.uid)

    desk.asker.ask_yes(
        "Remove from the list",
        f"Take {_named(studies)} off the list, with status, tags and notes? "
        "All files stay where they are.",
        gone,
    )


def erase(desk: Desk, studies: Sequence[Listed]) -> None:
    """Erase all that is kept of studies, after a question that says what that means."""
    copied = sum(one.held is Held.COPIED for one in studies)
    files = (f"The files of {copied} that were copied in are deleted. " if copied else "") + (
        "Files that were listed in place stay. " if copied < len(studies) else ""
    )

    def gone(_: None) -> None:
        desk.keeper.list_changed()
        desk.session.say(f"Erased: {_named(studies)}.")

    def start() -> None:
        desk.runner.start(
            "Erase studies",
            partial(_erase, desk.keeper, tuple(studies), desk.session.reader),
            gone,
            failed=partial(tell, desk),
        )

    desk.asker.ask_yes(
        "Erase studies",
        f"Erase {_named(studies)} from this computer, with unsaved work, notes and small "
        f"pictures? {files}This cannot be undone; backups made before still hold them.",
        start,
    )


def _erase(keeper: Keeper, studies: tuple[Listed, ...], by: Author, progress: Progress) -> None:
    keeper.flush()  # what is still to be written of them would come after they are erased
    for number, one in enumerate(studies):
        progress.report(number / len(studies), one.title)
        keeper.shelf.erase(one, by)


def _numbers(studies: Sequence[Listed]) -> tuple[int, ...]:
    return tuple(one.id for one in studies)


def _named(studies: Sequence[Listed]) -> str:
    return studies[0].title if len(studies) == 1 else f"{len(studies)} studies"


# -- adding -------------------------------------------------------------------


def add_folder(desk: Desk, folder: Path, *, copy: bool) -> None:
    """List the studies of a folder, in place or copied in."""

    def added(found: Added) -> None:
        desk.keeper.list_changed()
        left_out = f" {len(found.refused)} files were left out." if found.refused else ""
        some = "1 study is" if found.studies == 1 else f"{found.studies} studies are"
        desk.session.say(f"{some} listed, {found.images} images.{left_out}")

    def stopped() -> None:
        desk.keeper.list_changed()
        desk.session.say("Stopped; no study was left half copied.")

    desk.runner.start(
        f"{'Copy in' if copy else 'List'} {folder.name}",
        partial(_add, desk.keeper, folder, copy=copy),
        added,
        failed=partial(tell, desk),
        cancelled=stopped,
    )


def _add(keeper: Keeper, folder: Path, progress: Progress, *, copy: bool) -> Added:
    return add_place(keeper.shelf, folder, progress, copy=copy)


def _choose_to_add(desk: Desk, *, copy: bool) -> None:
    title = "Copy a folder in" if copy else "List a folder in place"
    start = desk.settings.start_folder
    desk.asker.choose_folder(title, start, lambda path: add_folder(desk, path, copy=copy))


def look_again(desk: Desk, *, quietly: bool = False) -> None:
    """See which studies miss files."""

    def looked(missing: int) -> None:
        desk.keeper.list_changed()
        if not quietly:
            some = "1 study misses" if missing == 1 else f"{missing} studies miss"
            said = f"{some} files; they are grey in the list." if missing else ""
            desk.session.say(said or "All listed studies are where they were.")

    desk.runner.start(
        "Look for missing files",
        desk.keeper.shelf.studies.look_again,
        looked,
        failed=partial(tell, desk),
        instead_of="look for missing files",
    )


# -- backup -------------------------------------------------------------------


def _back_up(desk: Desk) -> None:
    def made(goal: Path, backup: Backup) -> None:
        desk.session.say(
            f"{goal}: {backup.studies} studies, {len(backup.files)} files, read back and equal."
        )
        desk.keeper.note(desk.session.reader, f"backed up to {goal.name}", "")

    def save(goal: Path) -> None:
        desk.runner.start(
            "Back up the study list",
            partial(_write_backup, desk.keeper, goal),
            partial(made, goal),
            failed=partial(tell, desk),
            cancelled=partial(desk.session.say, "Stopped; there is no half backup."),
        )

    stamp = datetime.now().astimezone().strftime("%Y%m%d")
    suggested = desk.settings.start_folder / f"skiagram backup {stamp}{_BACKUP_SUFFIX}"
    desk.asker.choose_name("Back up to", suggested, save)


def _write_backup(keeper: Keeper, goal: Path, progress: Progress) -> Backup:
    keeper.flush()
    return keeper.shelf.back_up(goal, progress, with_images=True)


def _restore(desk: Desk) -> None:
    def restored(aside: Path) -> None:
        desk.keeper.list_changed()
        desk.session.say(f"Restored; what was there before is kept as {aside.name}.", serious=True)

    def start(backup: Path) -> None:
        desk.runner.start(
            "Restore the study list",
            partial(_read_backup, desk.keeper, backup, desk.session.reader),
            restored,
            failed=partial(tell, desk),
            cancelled=partial(desk.session.say, "Stopped; the study list is as it was."),
        )

    def ask(paths: list[Path]) -> None:
        desk.asker.ask_yes(
            "Restore the study list",
            f"Replace the study list, unsaved work and notes by those of {paths[0].name}? "
            "What is there now is kept aside.",
            partial(start, paths[0]),
        )

    desk.asker.choose_files("Restore from", desk.settings.start_folder, ask)


def _read_backup(keeper: Keeper, backup: Path, by: Author, progress: Progress) -> Path:
    keeper.flush()
    return keeper.shelf.restore(backup, by, progress)


def _mark(status: Reading) -> Callable[[Desk], None]:
    def mark(desk: Desk) -> None:
        opened = desk.session.active_image
        if opened is not None:
            study = opened.study
            desk.keeper.change_list(partial(desk.keeper.shelf.studies.mark, study, status))
            desk.keeper.note(desk.session.reader, f"marked {status.value}", study.uid)
            desk.session.say(f"The study is marked as {status.value}.")

    return mark


def _open_list(desk: Desk) -> None:
    if desk.window is not None:
        desk.window.open_tool("worklist")


def _is_open(desk: Desk) -> bool:
    return desk.session.active_image is not None


COMMANDS: tuple[Command, ...] = (
    Command(
        id="studies.list",
        title="Study list",
        help="List, search and filter all studies of this computer; open one of them.",
        menu="File/Study list",
        key="F12",
        run=_open_list,
    ),
    Command(
        id="studies.add_in_place",
        title="List a folder in place…",
        help="Look through a folder and list its studies; the files stay where they are.",
        menu="File/Study list",
        run=partial(_choose_to_add, copy=False),
    ),
    Command(
        id="studies.copy_in",
        title="Copy a folder in…",
        help="Copy the DICOM studies of a folder to this computer and list them; each is checked.",
        menu="File/Study list",
        run=partial(_choose_to_add, copy=True),
    ),
    Command(
        id="studies.look_again",
        title="Look for missing files",
        help="See which listed studies are not where they were.",
        menu="File/Study list",
        run=look_again,
    ),
    Command(
        id="studies.mark_read",
        title="Mark the study as read",
        help="Say in the study list that the active study is read.",
        menu="File/Study list",
        run=_mark(Reading.READ),
        allowed=_is_open,
    ),
    Command(
        id="studies.mark_reported",
        title="Mark the study as reported",
        help="Say in the study list that the report on the active study is written.",
        menu="File/Study list",
        run=_mark(Reading.REPORTED),
        allowed=_is_open,
    ),
    Command(
        id="studies.back_up",
        title="Back up the study list…",
        help="Write the study list, unsaved work and copied images to one file, and check it.",
        menu="File/Study list",
        run=_back_up,
    ),
    Command(
        id="studies.restore",
        title="Restore the study list…",
        help="Put back what a backup holds; what is there now is kept aside.",
        menu="File/Study list",
        run=_restore,
    ),
)
