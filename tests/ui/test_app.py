from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest
from PySide6.QtWidgets import QWidget

from tests.patience import PATIENCE_S
from viewer import app
from viewer.core.author import Author
from viewer.session.session import Session

pytestmark = pytest.mark.window


def test_an_unexpected_error_is_logged_and_told_in_one_calm_sentence(expected_log):
    expected_log("an unexpected error")
    session = Session(Author("Reader"))
    with app._calm_errors(session):
        sys.excepthook(KeyError, KeyError("x"), None)
    message = session.message.value
    assert message.serious
    assert "KeyError" in message.sentence
    assert "Traceback" not in message.sentence


def test_the_program_starts_says_what_is_not_there_and_ends_with_ctrl_c(tmp_path, home):
    nothing = tmp_path / "nothing here"
    nothing.mkdir()
    command = [sys.executable, "-m", "viewer.app", str(nothing)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as program:
        try:
            deadline = time.monotonic() + PATIENCE_S
            while not list((home / "cache").glob("compiled-*")) and time.monotonic() < deadline:
                assert program.poll() is None
                time.sleep(0.1)
            program.send_signal(signal.SIGINT)
            _, errors = program.communicate(timeout=PATIENCE_S)
        finally:
            program.kill()
    assert program.returncode == 0
    assert "Traceback" not in errors
    assert (home / "config" / "settings.json").exists()


def test_ctrl_c_before_the_window_is_there_closes_it_when_it_comes(qtbot):
    with app._ctrl_c():
        signal.raise_signal(signal.SIGINT)
        window = QWidget()
        qtbot.addWidget(window)
        window.show()
        qtbot.waitUntil(lambda: not window.isVisible())
