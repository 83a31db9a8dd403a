"""Windows by name: presets, those of the file, and whose they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.commands import windows
from viewer.commands.command import Commands
from viewer.core.stack import Frame, Stack
from viewer.core.volume import Origin
from viewer.core.window import PRESETS, Curve, Window

COMMANDS = Commands(windows.COMMANDS)
CHEST = Window.of_table(0, np.arange(200, dtype=np.uint8))
SOFT = Window(40, 400, Curve.SIGMOID)


@pytest.fixture
def shown(desk, hung):
    """A CT whose file brings two windows and a table."""
    named = (("Mediastinum", SOFT), ("Lung", Window(-600, 1500, Curve.LINEAR)), ("Chest", CHEST))
    opened = replace(hung, image=replace(hung.image, windows=named))
    desk.session.images.set(desk.session.images.value.with_image(opened))
    return desk


def window(desk) -> Window:
    return desk.session.window_of(desk.session.hanging.value.cells[0])


def test_every_window_of_the_file_is_listed_by_its_name(shown):
    named = [c.named(shown) for c in COMMANDS if c.named is not None and c.listed(shown)]
    assert named == [
        "Mediastinum (C 40  W 400, sigmoid)", "Lung (C -600  W 1500)", "Chest (table)",
    ]  # fmt: skip


def test_a_window_of_the_file_is_taken_and_marked(shown):
    assert COMMANDS.run("window.file_3", shown)
    assert window(shown) == CHEST
    assert COMMANDS["window.file_3"].checked(shown)
    assert not COMMANDS["window.file_1"].checked(shown)
    assert not COMMANDS.run("window.file_4", shown)


def test_the_next_window_comes_round_to_the_first(shown):
    seen = []
    for _ in range(4):
        seen.append(window(shown))
        COMMANDS.run("window.next_from_file", shown)
    assert seen == [SOFT, Window(-600, 1500, Curve.LINEAR), CHEST, SOFT]


def test_a_preset_keeps_the_curve_of_the_file(shown):
    COMMANDS.run("window.lung", shown)
    assert window(shown) == replace(PRESETS["Lung"], curve=Curve.SIGMOID)
    COMMANDS.run("window.file_3", shown)
    COMMANDS.run("window.bone", shown)
    assert window(shown) == PRESETS["Bone"]


def test_the_window_from_the_file_is_that_of_each_picture(desk, hung):
    pixels = np.zeros((8, 8), np.int16)
    frames = tuple(
        Frame(pixels, None, None, Origin("", ""), windows=(("", Window(centre, 10)),))
        for centre in (1, 2)
    )
    stack = Stack(frames, "1", "CR", hung.key)
    desk.session.images.set(desk.session.images.value.with_image(replace(hung, image=stack)))
    COMMANDS.run("window.lung", desk)
    COMMANDS.run("window.from_file", desk)
    look = desk.session.hanging.value.cells[0]
    centres = [desk.session.window_of(replace(look, frame=n)).centre for n in (0, 1)]
    assert centres == [1, 2]
