"""The letters of a projection: it has no place in the patient, but its file may name its sides."""

from __future__ import annotations

from viewer.core.study import Instance
from viewer.render.scene import Letters
from viewer.session.images import OpenImage
from viewer.session.look import Look

_OPPOSITE = {"L": "R", "R": "L", "A": "P", "P": "A", "H": "F", "F": "H"}
_MOST = 3


def letters_of_projection(opened: OpenImage, look: Look) -> Letters:
    """Return the letters at the edges as the picture is turned now; none where one is unknown."""
    instances = opened.series.instances
    return turned(instances[look.frame], look) if look.frame < len(instances) else Letters()


def turned(picture: Instance, look: Look) -> Letters:
    """Return the letters of a picture after the flips and quarter turns of a look."""
    if len(picture.towards) != 2 or not all(map(_understood, picture.towards)):
        return Letters()
    right, bottom = picture.towards
    left, top = _opposite(right), _opposite(bottom)
    if look.flipped_sideways:
        left, right = right, left
    if look.flipped_upside_down:
        top, bottom = bottom, top
    for _ in range(look.quarter_turns % 4):
        left, top, right, bottom = bottom, left, top, right
    return Letters(left, right, top, bottom)


def _understood(letters: str) -> bool:
    """Tell whether these are sides of a person (PS3.3 C.7.6.1.1.1), each axis named once."""
    axes = {frozenset((letter, _OPPOSITE[letter])) for letter in letters if letter in _OPPOSITE}
    return 0 < len(letters) <= _MOST and len(axes) == len(letters)


def _opposite(letters: str) -> str:
    return "".join(_OPPOSITE[letter] for letter in letters)
