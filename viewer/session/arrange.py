"""Where things go on the screen: a grid for so many series, and breasts back to back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from viewer.core.study import Instance
from viewer.session.edge import Edge
from viewer.session.fusion_look import Fusion
from viewer.session.hanging_rules import Fit
from viewer.session.look import MOST_COLUMNS, MOST_ROWS, Layout, Look, Viewing

_BREAST = "MG"


@dataclass(frozen=True, slots=True)
class Place:
    """Which series hangs in a view, and how it is looked at; without a key the view is empty."""

    cell: int
    series_key: str
    look: Look


def grid_for(count: int) -> Layout:
    """Return the smallest grid that shows so many views, rather wide than high, or the largest."""
    grids = [
        Layout(rows, columns)
        for rows in range(1, MOST_ROWS + 1)
        for columns in range(rows, min(2 * rows, MOST_COLUMNS) + 1)
    ]
    enough = [grid for grid in grids if grid.cells >= count]
    return min(
        enough, key=lambda grid: (grid.cells, grid.columns), default=Layout(MOST_ROWS, MOST_COLUMNS)
    )


def places_of(fit: Fit, layout: Layout) -> tuple[Place, ...]:
    """Return what a protocol hangs in each view."""
    places = []
    for cell, (slot, one) in enumerate(zip(fit.protocol.slots, fit.hung, strict=True)):
        if one is None:
            places.append(Place(cell, "", Look(viewing=slot.viewing)))
            continue
        look = Look(viewing=slot.viewing, frame=one.frame)
        upper = None if slot.under_slot is None else fit.hung[slot.under_slot]
        if upper is not None:
            look = replace(look, fusion=Fusion(upper.series.key))
        picture = one.series.instances[one.frame]
        if one.series.modality == _BREAST:
            left_half = cell % layout.columns < layout.columns / 2
            look = back_to_back(picture, look, left_half=left_half)
        places.append(Place(cell, one.series.key, look))
    return tuple(places)


def back_to_back(picture: Instance, look: Look, *, left_half: bool) -> Look:
    """Turn a mammogram so that its chest wall lies at that edge of its view that is the inner one.

    It stands head up, and in CC the outer side up. Nothing is turned where the file does not
    say how the picture lies.
    """
    if len(picture.towards) != 2 or picture.towards[0][:1] not in ("A", "P"):
        return look
    right, down = picture.towards
    sideways = right.startswith("A" if left_half else "P")
    inner = {"R": "L", "L": "R"}.get(picture.side, "")
    upside_down = down[:1] == "H" or (down[:1] in ("L", "R") and inner not in ("", down[:1]))
    edge = Edge.RIGHT if left_half else Edge.LEFT
    return replace(look, flipped_sideways=sideways, flipped_upside_down=upside_down, edge=edge)


def side_by_side(keys: tuple[str, ...]) -> tuple[Layout, tuple[Place, ...]]:
    """Return a grid with each series in a view of its own, as the scanner stored it."""
    layout = grid_for(len(keys))
    looks = Look(viewing=Viewing.ACQUISITION)
    return layout, tuple(Place(n, key, looks) for n, key in enumerate(keys[: layout.cells]))
