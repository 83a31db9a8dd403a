from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viewer.core.author import Author
from viewer.session.gestures import Button, Hand, Pointer, begin, wheel
from viewer.session.look import Viewing
from viewer.session.session import Session, Tool

drags = st.floats(-400, 400)


class Noted:
    """Takes note of what a gesture asks for."""

    def __init__(self):
        self.scrolled = 0
        self.resized = []

    def scroll(self, cell, count):
        self.scrolled += count

    def resize(self, finding):
        self.resized.append(finding)

    def segment_to_paint(self, cell):
        return None

    def segment_from(self, cell, tool, pointer): ...

    def click_lesion(self, cell, position, *, cut): ...


@pytest.fixture
def hand(opened):
    session = Session(Author("Reader"))
    session.show(opened)
    return Hand(session, 0, Noted())


def drag(hand, button, start, end):
    gesture = begin(hand, button, start)
    if gesture is None:
        return
    try:
        next(gesture)
        gesture.send(replace(start, x=end[0], y=end[1]))
        gesture.send(replace(start, x=end[0], y=end[1], pressed=False))
    except StopIteration:
        return
    raise AssertionError("a gesture went on after the button was let go")


PRESS = Pointer(200, 200, size=(400, 400), mm_per_pixel=0.5, position=(0.0, 0.0, 0.0))


def test_a_drag_to_the_right_widens_the_window_and_down_raises_its_centre(hand):
    before = hand.session.window_of(hand.look)
    drag(hand, Button.RIGHT, PRESS, (300, 200))
    wide = hand.session.window_of(hand.look)
    assert (wide.centre, wide.width > before.width) == (before.centre, True)
    drag(hand, Button.RIGHT, PRESS, (200, 300))
    assert hand.session.window_of(hand.look).centre > before.centre


def test_ctrl_and_shift_with_the_left_button_stand_for_right_and_middle(hand):
    drag(hand, Button.LEFT, replace(PRESS, ctrl=True), (260, 200))
    assert hand.look.window is not None
    drag(hand, Button.LEFT, replace(PRESS, shift=True), (210, 220))
    assert hand.look.pan_mm == (5.0, 10.0)


def test_a_click_with_the_window_tool_changes_nothing(hand):
    hand.session.tool.set(Tool.WINDOW)
    drag(hand, Button.LEFT, PRESS, (200, 200))
    assert hand.look.window is None


def test_the_scroll_tool_goes_through_all_slices_in_one_height(hand):
    hand.session.tool.set(Tool.SCROLL)
    drag(hand, Button.LEFT, PRESS, (200, 600))
    assert hand.verbs.scrolled == 60


def test_the_wheel_scrolls_and_with_shift_ten_at_a_time(hand):
    wheel(hand, PRESS, 1)
    wheel(hand, replace(PRESS, shift=True), -1)
    assert hand.verbs.scrolled == 1 - 10


def test_in_space_left_turns_and_right_comes_nearer(hand):
    hand = replace(hand, cell=3)
    assert hand.look.viewing is Viewing.SPACE
    drag(hand, Button.LEFT, PRESS, (300, 200))
    assert hand.look.camera.azimuth == pytest.approx(-45)
    drag(hand, Button.RIGHT, PRESS, (200, 100))
    assert hand.look.camera.zoom > 1


def test_over_an_empty_view_no_gesture_begins():
    hand = Hand(Session(Author("Reader")), 0, Noted())
    assert begin(hand, Button.LEFT, PRESS) is None


@settings(max_examples=60)
@given(x=drags, y=drags, tool=st.sampled_from(list(Tool)), button=st.sampled_from(list(Button)))
def test_no_drag_leaves_what_a_look_allows(x, y, tool, button):
    hand = _fresh()
    hand.session.tool.set(tool)
    for _ in range(5):
        drag(hand, button, PRESS, (200 + 10 * x, 200 + 10 * y))
    assert hand.session.window_of(hand.look).width > 0
    assert 0.05 <= hand.look.zoom <= 64
    assert np.isfinite(hand.look.pan_mm).all()


@given(notches=st.lists(st.integers(-3, 3), max_size=12), x=st.floats(0, 400), y=st.floats(0, 400))
def test_zooming_keeps_the_point_below_the_pointer(notches, x, y):
    hand = _fresh()

    def below():
        scale = 0.5 / hand.look.zoom
        across, along = (x - 200) * scale, (y - 200) * scale
        return across - hand.look.pan_mm[0], along - hand.look.pan_mm[1]

    before = below()
    for count in notches:
        scale = 0.5 / hand.look.zoom
        wheel(hand, replace(PRESS, x=x, y=y, ctrl=True, mm_per_pixel=scale), count)
    assert np.allclose(below(), before, atol=1e-6)


def _fresh():
    from viewer.core.geometry import Geometry
    from viewer.core.study import Patient, Series, SeriesKind, Study
    from viewer.core.volume import Volume
    from viewer.session.images import OpenImage

    geometry = Geometry.from_axes((4, 4, 4), (0, 0, 0), np.eye(3)[::-1], (1, 1, 1), "frame")
    volume = Volume(np.zeros((4, 4, 4), np.int16), geometry, "1", "CT", "key")
    series = Series("key", "1.9", "1.8", "CT", SeriesKind.VOLUME, ())
    session = Session(Author("Reader"))
    session.show(OpenImage(Study("1.8", Patient(), (series,)), series, volume))
    return Hand(session, 0, Noted())
