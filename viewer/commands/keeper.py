"""Writes what is done to the shelf, in the order in which it was done.

Writing has a thread of its own, so that the window never waits long for a disk and
what was done first is written first. A gesture waits a moment for the one before
it to be on the disk. What could not be written stays in memory and is tried again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from viewer.commands.scribe import Scribe
from viewer.core.author import Author
from viewer.core.errors import Declined, Unreadable
from viewer.core.known_file import KnownFiles
from viewer.core.read import Read, ReadKind
from viewer.core.segmentation import Segmentation
from viewer.core.study import Study
from viewer.imaging.outlines import outlines_of
from viewer.session.images import Images
from viewer.session.observable import Observable
from viewer.session.record import Record
from viewer.session.sealing import Sealing
from viewer.session.second_reading import everything
from viewer.session.session import Session
from viewer.store.database import now
from viewer.store.drafts import Draft, Waiting, parts_of
from viewer.store.index import Recent
from viewer.store.locks import BEAT_S
from viewer.store.rescue import rescue_to
from viewer.store.shelf import Shelf
from viewer.store.thumbnails import Thumbnails

_log = logging.getLogger(__name__)
_PATIENCE_S = 0.06
"""How long a gesture waits for the one before it to be on the disk; then it goes on."""
_AT_ONCE = 100
Post = Callable[[Callable[[], None]], None]


class Keeper:
    """Writes drafts, the audit trail and the list of studies to the shelf, in order."""

    def __init__(self, shelf: Shelf, session: Session, post: Post, beat_s: float = BEAT_S) -> None:
        self.shelf = shelf
        """What is kept. Uses the disk: not for the window's thread."""
        self._session, self._post = session, post
        self._scribe = Scribe(self._recur, beat_s)
        self._told: set[str] = set()
        self._unkept: dict[str, Draft] = {}
        self._ours: set[str] = set()
        self._storing: set[str] = set()
        self._since: dict[str, str] = {}
        self.offered: set[str] = set()
        """The studies whose unsaved work stands in a list that was just shown."""
        self.wanted_back: set[str] = set()
        """The studies whose unsaved work is to come back without another question."""
        self.listed = Observable(0)
        """How often the list of studies was changed."""
        session.record.changed.connect(self._changed)
        session.sealing.changed.connect(self._sealed)
        session.images.changed.connect(self._opened)

    def note(self, who: Author, what: str, study_uid: str, detail: str = "") -> None:
        """Append a line to the audit trail."""
        self.write(partial(self.shelf.audit.note, who, what, study_uid, detail))

    def remember(self, place: Path, *studies: Study) -> None:
        """List studies as recent ones; drafts need not wait for that."""
        for at in range(0, len(studies), _AT_ONCE):
            some = studies[at : at + _AT_ONCE]
            self._scribe.write(
                partial(self._try, partial(self.shelf.remember, place, *some)), later=True
            )

    def forget(self, recent: Recent) -> None:
        """Take a study off the list of recent ones."""
        self.write(partial(self.shelf.forget, recent))

    def forget_all(self) -> None:
        """Empty the list of recent studies."""
        self.write(self.shelf.forget_all)

    @property
    def known_files(self) -> KnownFiles:
        """Where what was read of files is kept. Uses the disk: not for the window's thread."""
        return self.shelf.places

    @property
    def thumbnails(self) -> Thumbnails:
        """Where small pictures are kept. Uses the disk: not for the window's thread."""
        return self.shelf.thumbnails

    def recent(self) -> tuple[Recent, ...]:
        """Return the recent studies. Reads the disk: not for the window's thread."""
        return self.shelf.index.recent()

    def latest(self, study_uid: str) -> Draft | None:
        """Return the last draft of a study. Reads the disk: not for the window's thread.

        Raises:
            Unreadable: if it is damaged.
        """
        return self.shelf.drafts.latest(study_uid)

    def waiting(self) -> tuple[Waiting, ...]:
        """Return all studies with a draft. Reads the disk: not for the window's thread."""
        return self.shelf.drafts.waiting()

    def store_read(
        self, read: Read, then: Callable[[Read], None], drawn: tuple[Segmentation, ...] = ()
    ) -> None:
        """Store how a study was read, with the outlines drawn by now.

        `then` is called with what was stored when that is on the disk.
        """
        if read.kind is ReadKind.FIRST:
            self._storing.add(read.study_uid)

        def done(stored: Read) -> None:
            self._storing.discard(read.study_uid)
            self._read_back((stored,))
            then(stored)

        def store() -> None:
            try:
                stored = replace(read, outlines=outlines_of(drawn))
                self.shelf.reads.add(stored)
            except BaseException:
                self._post(partial(self._storing.discard, read.study_uid))
                raise
            self._post(partial(done, stored))

        self.write(store)

    def is_storing(self, study_uid: str) -> bool:
        """Tell whether the first read of a study is on its way to the disk."""
        return study_uid in self._storing

    def opened_at(self, study_uid: str) -> str:
        """Return when a study was opened, ISO 8601 in UTC; empty if it is not open."""
        return self._since.get(study_uid, "")

    def change_list(self, call: Callable[[], None]) -> None:
        """Change something in the list of studies; then tell that it is another."""

        def change() -> None:
            call()
            self._post(self.list_changed)

        self.write(change)

    def list_changed(self) -> None:
        """Tell that the list of studies is another now."""
        self.listed.set(self.listed.value + 1)

    def clear(self, study_uid: str) -> None:
        """Forget the drafts of a study."""
        self.write(partial(self.shelf.drafts.clear, study_uid))

    @property
    def unkept(self) -> bool:
        """Tell whether there is work that could not be written to the disk yet."""
        return bool(self._unkept)

    def drafts_now(self) -> dict[str, Draft]:
        """Return what was said about every open study, as it is in memory."""
        record = everything(self._session)
        drafts = {}
        for study in self._session.catalogue.value.studies:
            part = record.of(study.keys)
            if parts(part) != parts(Record()):
                drafts[study.uid] = _draft("Copy", part)
        return drafts

    def rescue(self, path: Path, drafts: dict[str, Draft]) -> None:
        """Write drafts to a file anywhere, to be brought back from there.

        Raises:
            Declined: if that cannot be written either.
        """
        rescue_to(path, drafts)

    def take_over(self, study_uid: str, then: Callable[[], None]) -> None:
        """Take a study from whoever works on it; `then` is called when it is ours."""

        def take() -> None:
            self.shelf.locks.take(study_uid, self._session.reader.name, by_force=True)
            self._post(partial(self._now_ours, study_uid, then))

        self.write(take)

    def flush(self) -> None:
        """Wait until all that was asked for is on the disk."""
        self._scribe.wait()

    def close(self) -> None:
        """Write what is left and let the shelf go."""
        self._session.record.changed.disconnect(self._changed)
        self._session.sealing.changed.disconnect(self._sealed)
        self._session.images.changed.disconnect(self._opened)
        if self._unkept:
            self.write(self._again)
        self._scribe.close()
        self.shelf.close()

    def write(self, call: Callable[[], None]) -> None:
        """Have something done to the shelf after all that was asked for before."""
        self._scribe.write(partial(self._try, call))

    # -- on the thread of the window -------------------------------------------

    def _changed(self, new: Record, old: Record) -> None:
        """Write a draft of every open study about which something else is said now."""
        self._draft_of_changed(new, old, self._session.history.undo_title or "")

    def _sealed(self, new: Sealing, old: Sealing) -> None:
        """Write a draft of every open study of which something else is put aside now."""
        self._draft_of_changed(new.aside, old.aside, "Second reader")

    def _draft_of_changed(self, new: Record, old: Record, title: str) -> None:
        open_keys = {opened.key for opened in self._session.images.value}
        for study in self._session.catalogue.value.studies:
            keys = study.keys
            if keys & open_keys and parts(new.of(keys)) != parts(old.of(keys)):
                draft = _draft(title, everything(self._session).of(keys))
                self._scribe.wait(_PATIENCE_S, for_all=False)
                self._scribe.write(partial(self._record, study.uid, draft))

    def _opened(self, new: Images, old: Images) -> None:
        """Take the studies that came to work on; give back those that went."""
        known = {opened.study.uid for opened in old}
        came = {opened.study.uid: opened.study for opened in new if opened.study.uid not in known}
        went = known - {opened.study.uid for opened in new}
        for uid, study in came.items():
            self._since[uid] = now()
            self.write(partial(self._take, uid))
            self.note(self._session.reader, "opened", uid)
            self.write(partial(self._load_reads, uid))
            note_opened = partial(self._try, partial(self.shelf.studies.opened, study))
            self._scribe.write(note_opened, later=True)
        for uid in went:
            self._ours.discard(uid)
            self._since.pop(uid, None)
            self._session.only_looked_at.set(self._session.only_looked_at.value - {uid})
            kept = (read for read in self._session.reads.value if read.study_uid != uid)
            self._session.reads.set(tuple(kept))
            self.write(partial(self.shelf.locks.release, uid))

    def _now_ours(self, study_uid: str, then: Callable[[], None]) -> None:
        self._ours.add(study_uid)
        self._session.only_looked_at.set(self._session.only_looked_at.value - {study_uid})
        then()

    def _not_ours(self, study_uid: str, sentence: str) -> None:
        self._ours.discard(study_uid)
        self._session.only_looked_at.set(self._session.only_looked_at.value | {study_uid})
        self._session.say(sentence, serious=True)

    def _tell(self, why: str) -> None:
        """Say once that keeping fails; the work itself is still in memory."""
        if why not in self._told:
            self._told.add(why)
            self._session.say(
                f"Your work is not being kept on this computer: {why} It is still in memory and "
                "will be tried again; or choose File > Save a copy of the work elsewhere.",
                serious=True,
            )

    def _tell_kept(self) -> None:
        self._told.clear()
        self._session.say("Your work is kept on this computer again.")

    def _read_back(self, reads: tuple[Read, ...]) -> None:
        there = self._session.reads.value
        new = tuple(read for read in reads if read not in there)
        self._session.reads.set((*there, *new))

    # -- on the thread of the scribe -------------------------------------------

    def _take(self, study_uid: str) -> None:
        holder = self.shelf.locks.take(study_uid, self._session.reader.name)
        if holder is None:
            self._post(partial(self._ours.add, study_uid))
            return
        sentence = (
            f"{holder} is working on this study: here it is for looking only. "
            "File > Take over this study lets you work on it."
        )
        self._post(partial(self._not_ours, study_uid, sentence))

    def _load_reads(self, study_uid: str) -> None:
        """Bring back how a study was read before."""
        try:
            reads = self.shelf.reads.of(study_uid)
        except Unreadable as why:
            self._post(partial(self._session.say, str(why), serious=True))
            return
        self._post(partial(self._read_back, reads))

    def _recur(self) -> None:
        """Say that we still live, and try again what could not be written."""
        self._try(self._beat)
        if self._unkept:
            self._try(self._again)

    def _beat(self) -> None:
        for uid in self.shelf.locks.beat(tuple(self._ours)):
            sentence = "Somebody else has taken over this study: here it is for looking only."
            self._post(partial(self._not_ours, uid, sentence))

    def _record(self, study_uid: str, draft: Draft) -> None:
        self._unkept[study_uid] = draft
        self._try(self._again)

    def _again(self) -> None:
        """Write all that is not written yet; one that was taken over is not tried again."""
        for uid, draft in list(self._unkept.items()):
            try:
                self.shelf.drafts.record(uid, draft)
            except Declined as why:
                if why.code != "taken_over":
                    raise
                sentence = f"{why} Your last step was not kept; here it is for looking only now."
                self._post(partial(self._not_ours, uid, sentence))
            del self._unkept[uid]

    def _try(self, call: Callable[[], None]) -> None:
        try:
            call()
        except Declined as why:
            self._post(partial(self._tell, str(why)))
        except Exception:
            _log.exception("keeping failed")
            self._post(partial(self._tell, "of an error inside the program, which is logged."))
        else:
            if self._told and not self._unkept:
                self._post(self._tell_kept)


def parts(record: Record) -> tuple[tuple[object, ...], ...]:
    """Return what a record holds, to be compared by value or identity of its items."""
    return parts_of(_draft("", record))


def _draft(title: str, part: Record) -> Draft:
    return Draft(
        title,
        part.findings,
        part.segmentations,
        part.measurements,
        key_images=part.key_images,
        assessments=part.assessments,
    )
