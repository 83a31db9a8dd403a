from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

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
        log = home / "data" / "skiagram.sqlite"
        deadline = time.monotonic() + 60
        while not log.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(2.0)
        program.send_signal(signal.SIGINT)
        _, errors = program.communicate(timeout=30)
    assert program.returncode == 0
    assert "Traceback" not in errors
    assert (home / "config" / "settings.json").exists()
