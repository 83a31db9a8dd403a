"""What every test may ask for, and what none may leave behind."""

from __future__ import annotations

import gc
import logging
import os
import re
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hypothesis import settings

from tests.leaks import Left
from tests.patience import PatientBot

# Tests start hundreds of programs; each would compile all of ours again if none kept its code.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

_NUMBERS = count()
"""Of homes: to find a name that is free among thousands would take longer than most tests."""

settings.register_profile("CI", derandomize=True, deadline=None)
settings.register_profile("at the desk", deadline=None)
# a run that decides about a change is the same every time
settings.load_profile("CI" if os.environ.get("CI") else "at the desk")


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real images; a test that needs it is skipped where it is absent."""
    folder = Path(os.environ.get("SKIAGRAM_DATA", "../shared/data")).resolve()
    if not folder.is_dir():
        pytest.skip(f"no real images: SKIAGRAM_DATA names no folder ({folder.name})")
    return folder


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for settings, drafts and caches: no test touches those of the user."""
    folder = tmp_path_factory.getbasetemp() / "homes" / str(next(_NUMBERS))
    folder.mkdir(parents=True)
    monkeypatch.setenv("SKIAGRAM_HOME", str(folder))
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a display where there is none: Qt would abort the whole run."""
    if any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        return
    for item in items:
        if item.get_closest_marker("window"):
            item.add_marker(pytest.mark.skip(reason="no display; run under xvfb-run"))


def pytest_collection_finish() -> None:
    """Set aside what exists before the first test, so that looking for leaks is cheap."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="module")
def set_aside() -> None:
    """Set aside what the modules before have imported, for the same reason."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Fail a test that leaves a thread, process, window, timer or the like behind."""
    before = Left()
    yield
    left = before.behind()
    if left:
        pytest.fail("left behind: " + "; ".join(left), pytrace=False)


class LogWatch(logging.Handler):
    """Keeps log records of warning level and above, and which of them were expected."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self._expected: list[tuple[re.Pattern[str], int]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def expect(self, pattern: str, *, at_least: int = 1) -> None:
        """Allow records in which the pattern is found, and require so many of them."""
        self._expected.append((re.compile(pattern), at_least))

    def complaints(self) -> list[str]:
        """Say which records nobody expected, and which were expected in vain."""
        lines = [f"{r.name} {r.levelname}: {r.getMessage()}" for r in self.records]
        return [
            *(
                f"unexpected log record: {line}"
                for line in lines
                if not any(pattern.search(line) for pattern, _ in self._expected)
            ),
            *(
                f"expected but not logged: {pattern.pattern}"
                for pattern, at_least in self._expected
                if sum(bool(pattern.search(line)) for line in lines) < at_least
            ),
        ]


@pytest.fixture(autouse=True)
def log_watch() -> Iterator[LogWatch]:
    """Fail a test in which a warning or error is logged that it did not expect."""
    watch = LogWatch()
    logging.getLogger().addHandler(watch)
    yield watch
    logging.getLogger().removeHandler(watch)
    complaints = watch.complaints()
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> PatientBot:
    """Hands at the window that wait as long as shared cores need."""
    return PatientBot(request)


@pytest.fixture
def expected_log(log_watch: LogWatch) -> Callable[..., None]:
    """Say beforehand, as a regular expression, which warning or error a test will log."""
    return log_watch.expect
