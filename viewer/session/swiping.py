"""The divider between the original on the left and what a recipe makes of it on the right."""

from __future__ import annotations

from dataclasses import replace

from viewer.session.hand import Gesture, Hand, Pointer
from viewer.session.session import Session

_REACH = 6.0
"""How near the divider the pointer must come to take it, in pixels."""


def divider_in(session: Session, cell: int) -> float | None:
    """Return where the divider stands in a view as a share of its width, None where none does."""
    now, opened = session.enhancing.value, session.image_in(cell)
    if now.swipe is None or opened is None or not now.shown or now.sheet(cell) is None:
        return None
    return now.swipe if opened.key == now.series_key else None


def is_on_divider(session: Session, cell: int, pointer: Pointer) -> bool:
    """Tell whether a press would take the divider of a view."""
    divider = divider_in(session, cell)
    return divider is not None and abs(pointer.x - divider * pointer.size[0]) <= _REACH


def swipe(hand: Hand, press: Pointer) -> Gesture:
    """Drag the divider, in all views alike; it never leaves the picture."""
    pointer = press
    while pointer.pressed:
        share = min(max(pointer.x / pointer.size[0], 0.02), 0.98)
        enhancing = hand.session.enhancing
        if enhancing.value.swipe is not None:
            enhancing.set(replace(enhancing.value, swipe=share))
        pointer = yield None
