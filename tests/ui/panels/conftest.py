"""Panels on a desk of their own, without the window round them."""

from __future__ import annotations

import pytest

from viewer import app
from viewer.commands.command import Commands
from viewer.commands.every import COMMANDS
from viewer.settings import Settings
from viewer.ui.asker import QtAsker
from viewer.ui.door import MainThread


@pytest.fixture
def desk(qtbot):
    """A desk whose thread is that of the panels."""
    door = MainThread()
    desk, _ = app.build(Settings(), door.post, QtAsker())
    yield desk
    app.close(desk)


@pytest.fixture
def commands():
    return Commands(COMMANDS)


@pytest.fixture
def settle(qtbot, desk):
    """Wait until nothing runs in the background, or until something holds."""

    def settle(until=None):
        qtbot.waitUntil(until or (lambda: not desk.runner.jobs))
        qtbot.wait(1)

    return settle
