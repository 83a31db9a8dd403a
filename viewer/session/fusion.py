"""Which image is laid over that of a view, where it lies there, and in which window."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from viewer.core.geometry import Geometry
from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.session.fusion_look import Fusion
from viewer.session.images import OpenImage
from viewer.session.look import Hanging, Look, Viewing
from viewer.session.session import Session

_FIRST = ("PT", "NM")
"""What is laid over others rather than under them."""


@dataclass(frozen=True, slots=True, eq=False)
class Upper:
    """The image on top: its grid in the patient space of the view, its window.

    `by_hand` tells that its own space was brought in line by a reader.
    """

    opened: OpenImage
    geometry: Geometry
    window: Window
    fusion: Fusion
    by_hand: bool


def upper_in(session: Session, opened: OpenImage, look: Look) -> Upper | None:
    """Return what lies over the image of a view; None where nothing does, or can."""
    fusion = look.fusion
    if fusion is None or look.viewing in (Viewing.SPACE, Viewing.CURVED):
        return None
    upper = named(session, fusion.series_key)
    grid = None if upper is None else grid_over(session, opened, upper)
    if upper is None or grid is None:
        return None
    by_hand = upper.frame_of_reference_uid != opened.frame_of_reference_uid
    return Upper(upper, grid, window_over(session, fusion, upper), fusion, by_hand)


def named(session: Session, key: str) -> OpenImage | None:
    """Return the open image of a key; of a 4D series the moment that is shown, or any."""
    images = session.images.value
    if images.get(key) is not None:
        return images.get(key)
    moments = [one for one in images if one.group == key]
    hung = {look.series_key for look in session.hanging.value.cells}
    return next((one for one in moments if one.key in hung), next(iter(moments), None))


def grid_over(session: Session, opened: OpenImage, upper: OpenImage) -> Geometry | None:
    """Return where an image lies in the space of another; None where that is not known."""
    space, other = opened.frame_of_reference_uid, upper.frame_of_reference_uid
    if not (isinstance(opened.image, Volume) and isinstance(upper.image, Volume)):
        return None
    if not space or not other or opened.key == upper.key:
        return None
    if space == other:
        return upper.image.geometry
    offset = session.linking.value.everywhere(space, (0.0, 0.0, 0.0)).get(other)
    if offset is None:
        return None
    grid = upper.image.geometry
    moved = np.array(grid.affine)
    moved[:3, 3] -= offset
    return Geometry(grid.shape, moved, space)


def window_over(session: Session, fusion: Fusion, upper: OpenImage) -> Window:
    """Return the window of what lies on top."""
    if fusion.window is not None:
        return fusion.window
    hung = hung_window(session.hanging.value, upper.key)
    return upper.first_window if hung is None else hung


def hung_window(hanging: Hanging, key: str) -> Window | None:
    """Return the window that a series has where it hangs itself."""
    looks = (hanging.cells[cell] for cell in hanging.shown)
    return next((one.window for one in looks if one.series_key == key), None)


def may_lie_over(session: Session, opened: OpenImage) -> tuple[OpenImage, ...]:
    """Return the open images that can be laid over one: nuclear ones first, of its study first."""
    able = [
        one
        for one in session.images.value
        if one.key != opened.key
        and (not one.group or one.group != opened.group)
        and grid_over(session, opened, one) is not None
    ]

    def order(one: OpenImage) -> tuple[bool, bool]:
        return one.image.modality not in _FIRST, one.study.identity != opened.study.identity

    return tuple(sorted(able, key=order))


def looks_otherwise(new: Hanging, old: Hanging, cell: int) -> bool:
    """Tell whether what lies over a view has another window than before where it hangs itself."""
    fusion = new.look(cell).fusion
    if fusion is None or fusion.window is not None or new.cells is old.cells:
        return False
    others = [(one, two) for one, two in zip(new.cells, old.cells, strict=False) if one is not two]
    return any(one.window != two.window for one, two in others)


def with_fusion(look: Look, **values: object) -> Look:
    """Return a look with what lies over it changed; as it is where nothing does."""
    if look.fusion is None:
        return look
    return replace(look, fusion=replace(look.fusion, **values))  # type: ignore[arg-type]
