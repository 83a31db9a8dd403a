"""A desk without a window: calls are queued and pumped by the test."""

from __future__ import annotations

import queue
import shutil
import time
from pathlib import Path

import numpy as np
import pytest

from tests.patience import PATIENCE_S
from viewer.commands.desk import Desk
from viewer.commands.keeper import Keeper
from viewer.core.author import Author
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.study import Catalogue, Instance, Patient, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.io.sample import sample_study
from viewer.jobs.runner import Runner
from viewer.session.images import OpenImage
from viewer.session.session import Session
from viewer.settings import Settings
from viewer.store.shelf import Shelf


class Answers:
    """Answers every question at once with what the test has laid ready."""

    def __init__(self):
        self.path: Path | None = None
        self.text: str | None = None
        self.yes = False
        self.answer: str | None = None
        self.offered: tuple = ()
        self.asked: list[str] = []
        self.pages: list[str] = []

    def choose_folder(self, title, start, then):
        self._answer(title, self.path, then)

    def choose_files(self, title, start, then):
        self._answer(title, None if self.path is None else [self.path], then)

    def choose_name(self, title, suggested, then):
        self._answer(title, self.path, then)

    def ask_text(self, title, question, text, then):
        self._answer(title, self.text, then)

    def ask_choice(self, title, question, choices, then):
        self.asked.append(title)
        if self.text in choices:
            then(list(choices).index(self.text))

    def ask_yes(self, title, question, then):
        self.asked.append(f"{title}: {question}")
        if self.yes:
            then()

    def offer(self, title, words, heads, rows, answers, then):
        self.asked.append(f"{title}: {words}")
        self.offered = rows
        if self.answer is not None:
            then(self.answer, tuple(range(len(rows))))

    def show_page(self, title, html):
        self.pages.append(html)

    def _answer(self, title, answer, then):
        self.asked.append(title)
        if answer is not None:
            then(answer)


class TestDesk(Desk):
    """A desk that can be waited for."""

    __test__ = False

    def settle(self, until=None, seconds=PATIENCE_S):
        """Run queued calls until no job is left, or until something holds."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                self.calls.get(timeout=0.02)()
                continue
            except queue.Empty:
                pass
            if (until() if until else not self.runner.jobs) and self.calls.empty():
                return
        raise AssertionError("the desk did not come to rest")


def shoot(take, progress):
    """Grey pictures, one for each camera of a take, each a little brighter."""
    width, height = take.size
    for number, _ in enumerate(take.cameras):
        progress.report(number / len(take.cameras))
        yield np.full((height, width, 3), min(number * 3, 255), dtype=np.uint8)


@pytest.fixture(scope="session")
def empty_shelf(tmp_path_factory) -> Path:
    """The folder of a shelf on which nothing lies yet: to copy one is quicker than to make one."""
    folder = tmp_path_factory.mktemp("empty_shelf")
    Shelf.open(folder).close()
    return folder


@pytest.fixture(scope="session")
def few_slices(tmp_path_factory) -> Path:
    """The synthetic chest in 6 slices of 32 x 32, to be copied by a test that changes it."""
    return sample_study(tmp_path_factory.mktemp("few_slices"), Silent(), shape=(6, 32, 32))


@pytest.fixture
def desk(tmp_path, empty_shelf):
    calls: queue.Queue = queue.Queue()
    session = Session(Author("Dr. Roe"))
    shelf = Shelf.open(shutil.copytree(empty_shelf, tmp_path / "shelf"))
    made = TestDesk(
        session=session,
        runner=Runner(calls.put),
        post=calls.put,
        settings=Settings(),
        keeper=Keeper(shelf, session, calls.put),
        asker=Answers(),
        draw=lambda volume, finding, segmentations: b"",
        shoot=shoot,
        warnings=lambda session, opened, look: (),
        behind=lambda geometry, whole, cut: np.ones(geometry.shape, bool),
    )
    made.calls = calls
    yield made
    made.runner.close()
    made.keeper.close()


@pytest.fixture
def opened():
    """A small CT that hangs nowhere yet."""
    geometry = Geometry.from_axes((5, 8, 8), (0, 0, 0), np.eye(3)[::-1], (2, 1, 1), "frame")
    voxels = np.arange(320, dtype=np.int16).reshape(5, 8, 8)
    instance = Instance(Path("a.dcm"), "1.2.3", "1.2.840.10008.5.1.4.1.1.2", "", 1)
    series = Series("key", "1.9", "1.8", "CT", SeriesKind.VOLUME, (instance,), rows=8, columns=8)
    study = Study("1.8", Patient("P1", name="Doe^Jane"), (series,), "20260102")
    volume = Volume(voxels, geometry, "[hnsf'U]", "CT", "key", windows=(("", Window(40, 400)),))
    return OpenImage(study, series, volume)


@pytest.fixture
def hung(desk, opened):
    """The same, listed and hung in every view of the desk."""
    desk.session.catalogue.set(Catalogue((opened.study,)))
    desk.session.show(opened)
    return opened
