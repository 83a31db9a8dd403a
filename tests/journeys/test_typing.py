"""Where a person types words, keys of commands are letters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLineEdit

from tests.journeys.walker import CTRL, Walker

pytestmark = pytest.mark.window


def letters(walker: Walker) -> str:
    """Return every key of a command that is a single character."""
    keys = {key for command in walker.commands for key in command.key.split("; ")}
    return "".join(sorted(key.lower() for key in keys if len(key) == 1))


def state(walker: Walker) -> tuple[object, ...]:
    session = walker.session
    return session.tool.value, session.hanging.value, session.place.value, session.record.value


@pytest.fixture
def with_image(walker, phantom_images, one_finding) -> Walker:
    """The program with a finding chosen, so that every command may be said."""
    opened = walker.open(phantom_images)
    session = walker.session
    session.do("Mark", session.record.value.with_finding(one_finding(opened)))
    walker.press(Qt.Key.Key_N)
    walker.rest()
    return walker


def test_in_the_palette_every_key_of_a_command_is_a_letter(with_image):
    before, words = state(with_image), letters(with_image)
    assert len(words) > 15
    with_image.press(Qt.Key.Key_K, CTRL)
    palette = with_image.dialog(QLineEdit)
    with_image.wait(palette.window().isActiveWindow)
    with_image.qtbot.keyClicks(palette, words)
    with_image.qtbot.keyClick(palette, Qt.Key.Key_Space)
    with_image.qtbot.wait(1)
    assert palette.text() == f"{words} "
    assert state(with_image) == before
    palette.window().close()


def test_a_note_may_hold_every_letter_and_is_written_to_the_finding(with_image):
    words = letters(with_image).strip()
    with_image.press(Qt.Key.Key_E)
    asked = with_image.dialog(QInputDialog)
    field = asked.findChild(QLineEdit)
    with_image.wait(asked.isActiveWindow)
    tool, hanging, place, _ = state(with_image)
    with_image.qtbot.keyClicks(field, words)
    with_image.qtbot.keyClick(field, Qt.Key.Key_Return)
    (finding,) = with_image.session.record.value.findings
    assert finding.note == words
    assert finding.status == "edited"
    assert state(with_image)[:3] == (tool, hanging, place)
