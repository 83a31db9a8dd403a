import re
from collections import Counter
from html import escape

import pytest

from viewer.commands.command import Command, Commands
from viewer.commands.every import COMMANDS
from viewer.commands.help import PANELS, shortcuts_page
from viewer.core.errors import Declined
from viewer.core.resources import resource_folder
from viewer.ui.actions import VIEW_KEYS

MODIFIERS = {"Ctrl", "Shift", "Alt"}
NAMED = {
    *("Up", "Down", "Left", "Right", "PgUp", "PgDown", "Home", "End"),
    *("Tab", "Return", "Enter", "Space", "Del", "Backspace", "Escape"),
    *(f"F{number}" for number in range(1, 13)),
}
OF_TEXT_FIELDS = {"Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Backspace", "Escape", "Delete"}


def keys(command):
    return [key for key in command.key.split("; ") if key]


def test_every_command_says_what_it_is():
    for command in COMMANDS:
        assert re.fullmatch(r"[a-z_]+\.[a-z0-9_]+", command.id), command
        assert command.title, command
        assert command.title == command.title.strip(), command
        assert command.help.endswith("."), command
        assert command.help != command.title, command
        assert command.menu, command


def test_every_key_is_one_that_a_keyboard_has():
    for command in COMMANDS:
        for key in keys(command):
            *modifiers, last = key.split("+") if key != "+" else ["+"]
            assert set(modifiers) <= MODIFIERS, command
            assert last in NAMED or len(last) == 1, command


def test_ids_titles_and_keys_are_each_there_once():
    commands = Commands(COMMANDS)
    titles = Counter((one.menu, one.title) for one in commands if one.named is None)
    pressed = Counter(key for command in commands for key in keys(command))
    assert len(list(commands)) == len(COMMANDS)
    assert max(titles.values()) == 1
    assert max(pressed.values()) == 1


def test_the_same_key_twice_is_a_mistake_of_ours():
    one, two = (
        Command(id=f"a.{name}", title="A", help="Do.", menu="M", key="K", run=print)
        for name in ("one", "two")
    )
    with pytest.raises(ValueError, match="same key"):
        Commands([one, two])


def test_no_key_is_taken_from_text_fields():
    """Those that a command shares with them are its own only while a view has the keyboard."""
    taken = {key for command in COMMANDS for key in keys(command)} & OF_TEXT_FIELDS
    assert taken <= VIEW_KEYS


def test_every_icon_that_is_named_is_drawn():
    folder = resource_folder() / "icons"
    wanted = {command.icon for command in COMMANDS if command.icon}
    assert {name for name in wanted if not (folder / f"{name}.svg").is_file()} == set()


def test_every_panel_has_its_command():
    ids = {command.id for command in COMMANDS}
    assert {f"panel.{name}" for name, _, _ in PANELS} <= ids


def test_the_page_of_keys_lists_every_command_with_its_help():
    page = shortcuts_page(COMMANDS)
    for command in COMMANDS:
        assert escape(command.help) in page
        assert all(escape(key) in page for key in keys(command))


def test_on_an_empty_desk_nothing_that_is_allowed_fails(desk):
    for command in COMMANDS:
        if not command.id.startswith(("files.open_sample", "files.quit")):
            Commands([command]).run(command.id, desk)
    desk.settle()


def test_what_is_declined_becomes_a_sentence_for_the_reader(desk):
    def decline(_):
        raise Declined("Not today.")

    commands = Commands([Command(id="a.b", title="A", help="Do.", menu="M", run=decline)])
    assert commands.run("a.b", desk)
    assert desk.session.message.value.sentence == "Not today."
    assert desk.session.message.value.serious


def test_what_is_not_allowed_is_not_done(desk):
    done = []
    command = Command(
        id="a.b", title="A", help="Do.", menu="M", run=done.append, allowed=lambda _: False
    )
    assert not Commands([command]).run("a.b", desk)
    assert done == []
