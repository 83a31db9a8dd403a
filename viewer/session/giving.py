"""The values of an open image in another of the ways in which they can be given.

Voxels stay where they are: slope, unit and windows change. What was measured
before is given in the new unit by who follows the images.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from viewer.core.rescaled import Change, change_to, given_as
from viewer.session.images import Image, OpenImage
from viewer.session.look import Look
from viewer.session.session import Session


def give(session: Session, opened: OpenImage, name: str) -> None:
    """Give the values of an open image, and of all moments of its series, in another way.

    Raises:
        Declined: if there is no such way, with the reason.
    """
    for one in _together(session, opened):
        if one.image.ways.shown == name or (one is not opened and not _has(one.image, name)):
            continue
        change = change_to(one.image.ways, name)
        session.images.set(session.images.value.with_image(given(one, name)))
        turned = partial(_look_given, one.key, change)
        session.hanging.set(session.hanging.value.all_changed(turned))


def given(opened: OpenImage, name: str) -> OpenImage:
    """Return an open image with its values given in another way.

    Raises:
        Declined: if there is no such way, with the reason.
    """
    if opened.image.ways.shown == name:
        return opened
    window = opened.window
    if window is not None:
        window = change_to(opened.image.ways, name).window(window)
    return replace(opened, image=given_as(opened.image, name), window=window)


def given_like(image: Image, other: Image) -> Image:
    """Return an image with its values given as another's are, if they can be."""
    name = other.ways.shown
    return given_as(image, name) if _has(image, name) else image


def _look_given(key: str, change: Change, look: Look) -> Look:
    """Return a look at an image of other values: its window shows what it showed."""
    if look.series_key != key or look.window is None:
        return look
    return replace(look, window=change.window(look.window))


def _together(session: Session, opened: OpenImage) -> list[OpenImage]:
    """Return an image and the other open moments of its series."""
    if not opened.group:
        return [opened]
    others = (one for one in session.images.value if one.group == opened.group)
    return [opened, *(one for one in others if one.key != opened.key)]


def _has(image: Image, name: str) -> bool:
    way = image.ways.of(name)
    return way is not None and not way.why_not
