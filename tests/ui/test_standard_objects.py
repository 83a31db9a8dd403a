"""Key images are marked by key, and what presentation states cover is black on the screen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from viewer.core.presentation import Drawing, DrawingKind, Presentation, Shutter
from viewer.core.volume import Origin
from viewer.core.window import Window

pytestmark = pytest.mark.window


@pytest.fixture
def stored(shown, opened):
    """The program with a CT whose slices have names, one view alone."""
    origins = tuple(Origin(f"1.2.3.{n}", "1.2.840.10008.5.1.4.1.1.2") for n in range(60))
    named = replace(opened, image=replace(opened.image, origins=origins))
    session = shown.desk.session
    session.images.set(session.images.value.with_image(named))
    shown.run("layout.one")
    shown.settle()
    return shown


def _press(program, key, keys=Qt.KeyboardModifier.NoModifier):
    program.view().setFocus()
    program.qtbot.keyClick(program.view(), key, keys)
    program.qtbot.wait(30)


def test_a_key_marks_the_picture_and_takes_the_mark_off(stored):
    session = stored.desk.session
    _press(stored, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    (mark,) = session.record.value.key_images
    assert mark.shown == ("1.2.3.25", 0)
    stored.settle()
    assert "\N{BLACK STAR} KEY IMAGE" in [badge.word for badge in stored.view().scene.badges]
    assert stored.window.actions_.all["key_images.mark"].isCheckable()
    _press(stored, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    assert session.record.value.key_images == ()
    stored.run("edit.undo")
    assert session.record.value.key_images == (mark,)


def test_what_a_shutter_leaves_out_is_covered_until_it_is_switched_off(stored):
    session = stored.desk.session
    state = Presentation("1", "SEEN", (("1.2.3.25", 0),))
    circle = Shutter("CIRCULAR", ((22.0, 37.0), (27.0, 37.0)))
    line = Drawing(DrawingKind.POLYLINE, ((2.0, 2.0), (60.0, 2.0)))
    grey = Window(0, 4000)
    session.hanging.set(session.hanging.value.all_changed(lambda look: replace(look, window=grey)))
    stored.settle()
    bright = stored.picture().copy()
    session.presentations.set((replace(state, shutters=(circle,)),))
    stored.settle()
    covered = stored.picture()
    scene = stored.view().scene
    x, y = (round(part) for part in scene.to_screen((-20.0, 10.0, 30.0)))
    ratio = covered.shape[1] / scene.size[0]
    spot = (round(y * ratio), round(x * ratio))
    assert np.array_equal(covered[spot], bright[spot])
    x, y = scene.to_screen((31.0, -29.0, 30.0))
    outside = (round(y * ratio), round(x * ratio))
    assert bright[outside].max() > 40
    assert covered[outside].max() < 20
    stored.run("show.shutters")
    stored.settle()
    assert np.array_equal(stored.picture()[outside], bright[outside])
    session.presentations.set((replace(state, drawings={("1.2.3.25", 0): (line,)}),))
    stored.settle()
    drawn = stored.picture().astype(int) - bright
    assert np.abs(drawn).max() > 60
    stored.run("presentations.take_off")
    stored.settle()
    assert session.presentations.value == ()
