"""The window's program, and the one place that wires everything together."""

from __future__ import annotations

import gc
import getpass
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from viewer import __version__
from viewer.commands import clicking
from viewer.commands.cine import playing_as_kept
from viewer.commands.command import Commands
from viewer.commands.corner_texts import texts_as_kept
from viewer.commands.curving import follow_paths
from viewer.commands.desk import Asker, Desk
from viewer.commands.earlier import offer_what_was_left
from viewer.commands.enhance_preview import follow_slices
from viewer.commands.every import COMMANDS
from viewer.commands.files import open_paths, open_sample, want_what_is_seen
from viewer.commands.hangings import protocols_of
from viewer.commands.keeper import Keeper
from viewer.commands.learning import load_learned
from viewer.commands.loading import want_what_views_show
from viewer.commands.measure_refresh import follow_images
from viewer.commands.prepare import get_ready
from viewer.commands.reports import kept_crash
from viewer.commands.segment_trying import follow_trying
from viewer.commands.stored_reads import sealing_as_kept
from viewer.commands.worklist import check_database
from viewer.core.author import Author
from viewer.core.errors import Declined
from viewer.core.finding import Finding
from viewer.core.geometry import Geometry
from viewer.core.memory import GRANT
from viewer.core.progress import Progress
from viewer.core.segmentation import Segmentation
from viewer.core.volume import Volume
from viewer.jobs.runner import Post, Runner
from viewer.session.buttons import Buttons
from viewer.session.calibrating import follow_calibrations
from viewer.session.hanging_rules import Protocol
from viewer.session.images import OpenImage
from viewer.session.session import Place, Session
from viewer.session.space_look import Cut, SpaceLook
from viewer.session.take import Take
from viewer.settings import Settings, crash_file, data_folder, load, log_file, save
from viewer.store.reads import State
from viewer.store.shelf import Shelf
from viewer.ui.asker import QtAsker
from viewer.ui.crashes import noted_crashes
from viewer.ui.door import MainThread
from viewer.ui.theme import dress
from viewer.ui.window import MainWindow
from viewer.ui.words import in_words, speak

_log = logging.getLogger(__name__)
_LOG_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept on this computer, the hanging protocols among it, and what to say of it."""

    shelf: Shelf
    protocols: tuple[Protocol, ...] | None
    sentences: tuple[str, ...]
    states: tuple[State, ...] = ()


def build(
    settings: Settings, post: Post, asker: Asker, kept: Future[Kept] | None = None
) -> tuple[Desk, Commands]:
    """Make every part and give each what it needs.

    `post` queues a call on the thread of the window; `close` takes it all down. What is kept
    is opened on another thread, at best before (`open_kept`).
    """
    session = Session(_reader(settings))
    there = (kept or open_kept()).result()
    for sentence in there.sentences:
        session.say(sentence, serious=True)
    shelf = there.shelf
    desk = Desk(
        session=session,
        runner=Runner(post),
        post=post,
        settings=settings,
        keeper=Keeper(shelf, session, post),
        asker=asker,
        draw=_draw,
        words=in_words,
        shoot=_shoot,
        warnings=_warnings,
        behind=_behind,
    )

    def looked_at(new: Place, _: Place) -> None:
        want_what_is_seen(desk, new)

    session.place.changed.connect(looked_at)
    session.linking.changed.connect(lambda *_: want_what_views_show(desk))
    follow_slices(desk)
    follow_trying(desk)
    follow_calibrations(session)
    clicking.follow_tool(desk)
    follow_images(desk)
    follow_paths(desk)
    session.corner_texts.set(texts_as_kept(settings))
    session.playing.set(playing_as_kept(settings))
    session.sealing.set(sealing_as_kept(settings, there.states, session.reader))
    session.buttons.set(Buttons.named(settings.mouse.middle, settings.mouse.right))
    if there.protocols is not None:
        desk.protocols.set(there.protocols)
    commands = Commands(COMMANDS)
    commands.wear(settings.keys)
    return desk, commands


def close(desk: Desk) -> None:
    """End all work, write what is left."""
    desk.runner.close()
    desk.keeper.close()


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window on the paths given, or on the synthetic study; return the exit code."""
    paths = [Path(word) for word in (sys.argv[1:] if argv is None else argv)]
    _write_log()
    loaded = load()
    os.environ.setdefault("QT_SCALE_FACTOR", f"{loaded.settings.viewing.scale_percent / 100:g}")
    if loaded.settings.computer.memory_mb is not None:
        os.environ.setdefault(GRANT, str(loaded.settings.computer.memory_mb))
    application = QApplication(["skiagram"])
    application.setApplicationName("Skiagram")
    application.setApplicationVersion(__version__)
    appearance = loaded.settings.appearance
    speak(application, appearance.language)
    kept = open_kept()
    dress(application, appearance.theme, letters_percent=appearance.letters_percent)
    door, asker = MainThread(), QtAsker()
    desk, commands = build(loaded.settings, door.post, asker, kept)
    for notice in loaded.notices:
        desk.session.say(notice.sentence, serious=True)
    try:
        crashes = noted_crashes(crash_file(), kept_crash(), desk.session)
        with crashes, _calm_errors(desk.session), _ctrl_c():
            window = MainWindow(desk, commands, _remember)
            desk.window = window
            asker.stand_before(window)
            window.show()
            if not paths and not appearance.tour_seen:
                window.open_tool("tour")
            QTimer.singleShot(0, partial(_begin, desk, paths))
            gc.freeze()  # what was imported stays: looking through it held the window for 0.2 s
            return application.exec()
    finally:
        close(desk)


def _begin(desk: Desk, paths: Sequence[Path]) -> None:
    offer_what_was_left(desk)
    load_learned(desk)
    get_ready(desk, partial(open_paths, desk, paths) if paths else partial(open_sample, desk))
    check_database(desk)


def _reader(settings: Settings) -> Author:
    name = settings.reader.name.strip()
    if not name:
        with suppress(OSError, KeyError):
            name = getpass.getuser()
    return Author(name or "Reader")


def open_kept() -> Future[Kept]:
    """Begin to open what is kept on this computer, on a thread of its own."""
    pool = ThreadPoolExecutor(1, thread_name_prefix="skiagram-shelf")
    opening = pool.submit(_kept)
    pool.shutdown(wait=False)
    return opening


def _kept() -> Kept:
    """Open what is kept on this computer; go on in memory, and say so, where that fails."""
    try:
        shelf = Shelf.open(data_folder())
        sentences = tuple(notice.sentence for notice in shelf.notices)
    except Declined as why:
        shelf = Shelf.in_memory()
        sentences = (f"{why} Until then your work is kept in memory only.",)
    try:
        states = shelf.reads.states()
        return Kept(shelf, protocols_of(shelf), sentences, states)
    except Declined:
        return Kept(shelf, None, sentences)


def _draw(volume: Volume, finding: Finding, segmentations: tuple[Segmentation, ...]) -> bytes:
    from viewer.render.key_image import draw_key_image

    return draw_key_image(volume, finding, segmentations)


def _shoot(take: Take, progress: Progress) -> Iterator[NDArray[np.uint8]]:
    from viewer.render.filming import shoot

    return shoot(take, progress)


def _warnings(session: Session, opened: OpenImage, look: SpaceLook) -> tuple[str, ...]:
    from viewer.render.over_space import all_warnings

    return all_warnings(session, opened, look)


def _behind(geometry: Geometry, whole: Geometry, cut: Cut) -> NDArray[np.bool_]:
    from viewer.render.parts import behind_line

    return behind_line(geometry, whole, cut)


def _remember(desk: Desk) -> None:
    try:
        save(desk.settings)
    except Declined as why:
        _log.warning("settings were not kept: %s", why)


def _write_log() -> None:
    """Keep warnings and errors in a small file, beside what goes to the terminal."""
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    with suppress(OSError):
        data_folder().mkdir(parents=True, exist_ok=True)
        handlers.append(RotatingFileHandler(log_file(), maxBytes=_LOG_BYTES, backupCount=2))
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(level=logging.WARNING, format=form, handlers=handlers)


@contextmanager
def _calm_errors(session: Session) -> Iterator[None]:
    """Log what nobody expected with its traceback, say one sentence, and live on."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        cause = _cause(error)
        if isinstance(cause, Declined):
            session.say(str(cause), serious=True)
            return
        _log.error("an unexpected error", exc_info=(kind, error, trace))
        session.say(
            "Something went wrong inside the program "
            f"({type(cause).__name__}). Your work is not lost; the details are in the log. "
            "Help > Save a report of an error writes them down without anything of a patient.",
            serious=True,
        )

    before, sys.excepthook = sys.excepthook, hook
    try:
        yield
    finally:
        sys.excepthook = before


def _cause(error: BaseException) -> BaseException:
    """Return the error behind an error, as when a listener of news failed."""
    while error.__cause__ is not None:
        error = error.__cause__
    return error


@contextmanager
def _ctrl_c() -> Iterator[None]:
    """Let Ctrl+C in the terminal close the window: Python must be woken to hear of it.

    Said before there is a window, it closes it when it comes.
    """
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.setblocking(False)
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda *_: ours.recv(64))
    fd = signal.set_wakeup_fd(theirs.fileno())
    handler = signal.signal(
        signal.SIGINT, lambda *_: QTimer.singleShot(0, QApplication.closeAllWindows)
    )
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
        signal.set_wakeup_fd(fd)
        notifier.setEnabled(False)
        ours.close()
        theirs.close()


if __name__ == "__main__":
    # what workers are sent must have a name they can find, which `__main__` is not
    from viewer import app  # noqa: PLW0406

    sys.exit(app.main())
