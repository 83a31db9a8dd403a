"""The gesture of the one-click tool. No Qt."""

from __future__ import annotations

from viewer.session.hand import Gesture, Hand, Pointer

_STILL_PX = 6.0


def click(hand: Hand, press: Pointer) -> Gesture:
    """Click in a lesion; with Ctrl or Shift, at what does not belong to it. Drags do nothing."""
    pointer = press
    while pointer.pressed:
        pointer = yield None
    still = abs(pointer.x - press.x) + abs(pointer.y - press.y) <= _STILL_PX
    if still and press.position is not None:
        hand.verbs.click_lesion(hand.cell, press.position, cut=press.ctrl or press.shift)
