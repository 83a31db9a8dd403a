"""Getting ready without holding up what the user waits for."""

import threading
import time
from functools import partial

import pytest

from tests.patience import PATIENCE_S
from viewer.commands import prepare
from viewer.commands.prepare import get_ready


@pytest.fixture
def quick(monkeypatch):
    """Notes what is prepared, and prepares nothing."""
    done = []
    monkeypatch.setattr(prepare, "warm", lambda progress: done.append("warm"))
    monkeypatch.setattr(prepare, "import_module", done.append)
    monkeypatch.setattr(prepare, "be_ready_for", lambda kind: done.append(kind.name))
    monkeypatch.setattr(prepare, "_PAUSE_S", 0.01)
    monkeypatch.setattr(prepare, "_WORKER", ())
    return done


def test_the_first_start_prepares_before_anything_is_opened(desk, quick):
    get_ready(desk, lambda: quick.append("opened"))
    assert "opened" not in quick
    desk.settle()
    assert quick.index("warm") < quick.index("opened")


def test_later_starts_open_at_once_and_prepare_when_nothing_else_is_done(desk, quick):
    get_ready(desk, lambda: None)
    desk.settle()
    quick.clear()
    finish = threading.Event()

    def open_something():
        quick.append("opened")
        held = partial(finish.wait, PATIENCE_S)
        desk.runner.start("Load", lambda _: held(), lambda _: quick.append("loaded"))

    get_ready(desk, open_something)
    assert quick[0] == "opened"
    until = time.monotonic() + PATIENCE_S
    while "int16" not in quick and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.15)
    assert "warm" not in quick
    finish.set()
    desk.settle()
    assert "warm" in quick
    assert quick[-1] == prepare._LATER[-1]
