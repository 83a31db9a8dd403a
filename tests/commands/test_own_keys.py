"""The reader's own keys: none is lost by accident, none is there twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from viewer.commands.command import Command, Commands, keys_of


def command(name, key):
    return Command(id=f"a.{name}", title=name, help="Do.", menu="M", key=key, run=print)


@pytest.fixture
def commands():
    return Commands([command("one", "A; B"), command("two", "C"), command("three", "")])


def test_a_key_of_the_readers_own_takes_the_place_of_the_shipped_ones(commands):
    commands.wear({"a.one": "X"})
    assert commands["a.one"].key == "X"
    assert commands.holder("A") is None
    assert commands.shipped_key("a.one") == "A; B"


def test_a_key_that_is_given_away_is_lost_by_whom_it_came_with(commands):
    commands.wear({"a.three": "A"})
    assert commands.holder("A").id == "a.three"
    assert commands["a.one"].key == "B"


def test_without_own_keys_all_is_as_shipped_again(commands):
    commands.wear({"a.one": "", "a.three": "C"})
    commands.wear({})
    assert [one.key for one in commands] == ["A; B", "C", ""]


def test_keys_for_commands_that_are_no_more_do_no_harm(commands):
    commands.wear({"gone.away": "A"})
    assert commands["a.one"].key == "A; B"


@given(
    some.dictionaries(
        some.sampled_from(["a.one", "a.two", "a.three"]),
        some.lists(some.sampled_from("ABCXYZ"), max_size=3).map("; ".join),
    )
)
def test_no_key_belongs_to_two_commands_whatever_the_settings_say(own):
    commands = Commands([command("one", "A; B"), command("two", "C"), command("three", "")])
    commands.wear(own)
    given_keys = [key for one in commands for key in keys_of(one.key)]
    assert len(given_keys) == len(set(given_keys))
