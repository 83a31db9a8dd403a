"""Reading without the second reader first: hide, store the first read, show, keep both reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.files import open_series
from viewer.commands.marked_pictures import (
    TITLE,
    ask_to_show,
    has_waiting,
    marked_was_open,
    waiting_pictures,
)
from viewer.commands.results import ask_name
from viewer.commands.stored_reads import (
    drawn_now,
    first_stored,
    own_reads,
    read_now,
    reads_of,
    store_read_now,
)
from viewer.commands.telling import tell
from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.core.read import Read, ReadKind
from viewer.core.segmentation import Segmentation
from viewer.core.study import Study
from viewer.imaging.outlines import outlines_of
from viewer.io.reads_page import reads_page
from viewer.io.reads_table import reads_table
from viewer.session.sealing import items_of
from viewer.session.second_reading import keys_of, reveal, seal, seal_everywhere
from viewer.store.database import now


def first_read_done(desk: Desk) -> None:
    """Store what the reader has found; then show what models found.

    Raises:
        Declined: if there is no study to read, or its first read is stored already.
    """
    study = _study(desk)
    if not desk.session.sealing.value.hides(study.uid):
        raise Declined(
            "The second reader is not hidden on this study, so there is no first read to store.",
            code="not_hidden",
        )
    if desk.keeper.is_storing(study.uid):
        return
    if study.uid in desk.session.only_looked_at.value:
        raise Declined("This study is here for looking only.", code="read_only")
    store_read_now(desk, study.uid, ReadKind.FIRST, partial(first_stored, desk))


def show_early(desk: Desk) -> None:
    """Show what models found before the first read is stored, if there is a reason to.

    Raises:
        Declined: if nothing is hidden.
    """
    study = _study(desk)
    if not desk.session.sealing.value.hides(study.uid):
        raise Declined("Nothing is hidden on this study.", code="not_hidden")
    desk.asker.ask_text(
        "Show the second reader before the first read",
        "Why? The reason, your name and the time are kept for good.",
        "",
        partial(_show_early, desk, study.uid),
    )


def _show_early(desk: Desk, study_uid: str, reason: str) -> None:
    if not reason.strip():
        desk.session.say("Without a reason the second reader stays hidden.", serious=True)
        return
    shown = partial(_shown_early, desk)
    store_read_now(desk, study_uid, ReadKind.SHOWN_EARLY, shown, reason.strip())


def _shown_early(desk: Desk, read: Read) -> None:
    what = "showed the second reader before the first read"
    desk.keeper.note(desk.session.reader, what, read.study_uid, read.reason)
    reveal(desk.session, read.study_uid)
    desk.session.say("The second reader is shown before your first read; the reason is kept.")


def _choose_to_show(desk: Desk) -> None:
    """Choose among the series of the study that wait because another program may have marked them.

    Raises:
        Declined: if none does.
    """
    waiting = waiting_pictures(desk)
    if not waiting:
        raise Declined(
            "No pictures with marks of other programs wait for your first read.", code="not_hidden"
        )
    names = [f"{number}. {why}" for number, (_, why) in enumerate(waiting, start=1)]

    def chosen(number: int) -> None:
        key = waiting[number][0].key
        ask_to_show(desk, key, partial(open_series, desk, key))

    desk.asker.ask_choice(TITLE, "Which?", names, chosen)


def _toggle_study(desk: Desk) -> None:
    """Hide what models say of this study; once hidden, only a read or a reason shows it."""
    study = _study(desk)
    if desk.session.sealing.value.hides(study.uid):
        show_early(desk)
        return
    if any(read.is_a_read for read in own_reads(desk, study.uid)):
        raise Declined(
            "The first read of this study is stored: the second reader has been seen.",
            code="seen",
        )
    said = desk.session.record.value.of(keys_of(desk.session, study.uid))
    seen = any(one.author.is_model for one in items_of(said)) or marked_was_open(desk, study)
    reason = "results of models had been on the screen before" if seen else ""
    read = Read(study.uid, ReadKind.SEALED, desk.session.reader, now(), reason=reason)
    seal(desk.session, study.uid)
    desk.session.hush()
    desk.keeper.store_read(read, lambda _: None)
    desk.keeper.note(desk.session.reader, "hid the second reader", study.uid, reason)
    desk.session.say(
        "The second reader is hidden on this study until your first read is stored (Ctrl+Return)."
    )


def _toggle_everywhere(desk: Desk) -> None:
    on = not desk.session.sealing.value.everywhere
    section = desk.settings.second_reader.changed(read_first=on)
    desk.settings = desk.settings.model_copy(update={"second_reader": section})
    seal_everywhere(desk.session, on=on)
    if on:
        desk.session.hush()
    desk.session.say(
        "The second reader is hidden on every study until your first read of it is stored."
        if on
        else "The second reader shows what it finds at once; studies hidden by now stay so."
    )


def _study(desk: Desk) -> Study:
    opened = desk.session.active_image
    if opened is None:
        raise Declined("There is no image in the active view.", code="no_image")
    return opened.study


def _hidden(desk: Desk) -> bool:
    opened = desk.session.active_image
    return opened is not None and desk.session.sealing.value.hides(opened.study.uid)


def _has_image(desk: Desk) -> bool:
    return desk.session.active_image is not None


def _has_reads(desk: Desk) -> bool:
    opened = desk.session.active_image
    return opened is not None and bool(reads_of(desk, opened.study.uid))


def _show_reads(desk: Desk) -> None:
    study = _study(desk)
    work = partial(
        _page,
        reads_of(desk, study.uid),
        read_now(desk, study.uid, ReadKind.SECOND),
        drawn_now(desk, study.uid),
        desk.words,
    )
    title = "Reads of this study"
    desk.runner.start(
        title,
        work,
        partial(desk.asker.show_page, title),
        failed=partial(tell, desk),
        instead_of="page of reads",
        belongs_to=study.uid,
    )


def _page(
    reads: tuple[Read, ...],
    now_: Read,
    drawn: tuple[Segmentation, ...],
    say: Callable[[str], str],
    progress: Progress,
) -> str:
    progress.report(0.0, "outlines")
    return reads_page(reads, replace(now_, outlines=outlines_of(drawn)), say=say)


def _save_reads(desk: Desk) -> None:
    study = _study(desk)

    def ask(table: str) -> None:
        ask_name(desk, "reads.csv", "Save the reads of this study", table.encode)

    desk.runner.start(
        "Table of reads",
        partial(_table, reads_of(desk, study.uid)),
        ask,
        failed=partial(tell, desk),
        belongs_to=study.uid,
    )


def _table(reads: tuple[Read, ...], progress: Progress) -> str:
    progress.report(0.0, "outlines")
    return reads_table(reads)


COMMANDS: tuple[Command, ...] = (
    Command(
        id="second_reading.first_done",
        title="First read done",
        help="Store what you found, for good; then show what the second reader found.",
        menu="Findings/Second reader",
        key="Ctrl+Return",
        run=first_read_done,
        allowed=_hidden,
    ),
    Command(
        id="second_reading.this_study",
        title="Hidden on this study until the first read",
        help="Hide all that models find on this study until your first read is stored.",
        menu="Findings/Second reader",
        run=_toggle_study,
        allowed=_has_image,
        checked=_hidden,
    ),
    Command(
        id="second_reading.every_study",
        title="Hidden on every study until the first read",
        help="Hide all that models find on every study until your first read of it is stored.",
        menu="Findings/Second reader",
        run=_toggle_everywhere,
        checked=lambda desk: desk.session.sealing.value.everywhere,
    ),
    Command(
        id="second_reading.show_early",
        title="Show before the first read…",
        help="Show what models found at once. You are asked why, and that is kept for good.",
        menu="Findings/Second reader",
        run=show_early,
        allowed=_hidden,
    ),
    Command(
        id="second_reading.show_marked",
        title="Show marks of another program…",
        help="Show one series in which another program may have drawn. You are asked why.",
        menu="Findings/Second reader",
        run=_choose_to_show,
        allowed=has_waiting,
    ),
    Command(
        id="second_reading.reads",
        title="Reads of this study",
        help="Show what you found before and after you saw the second reader, and what changed.",
        menu="Findings/Second reader",
        run=_show_reads,
        allowed=_has_reads,
    ),
    Command(
        id="second_reading.save_reads",
        title="Save table of reads…",
        help="Write both reads of this study with times and changes as CSV.",
        menu="Findings/Second reader",
        run=_save_reads,
        allowed=_has_reads,
    ),
)
