"""Moments of one volume as one series of kind 4D, and what of them does not belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from viewer.core.geometry import Geometry
from viewer.core.study import Notice, Series, SeriesKind
from viewer.io.picture import Picture
from viewer.io.regular import grid
from viewer.io.traits import KIND, PLACE

_SAME_PLACE_MM = 0.01
_NAMED = 3


def together(moments: Sequence[Series], told_by: str, split: str) -> list[Series]:
    """Return one series of the moments that are volumes of one grid, then each other on its own.

    Where fewer than two, or not most of them, share a grid, or where their
    values are not of one kind, all stay on their own.
    """
    if told_by in (PLACE, KIND):
        return list(moments)
    alike = _of_one_grid(moments)
    if len(alike) < 2 or 2 * len(alike) <= len(moments) or not _of_one_unit(alike):
        return list(moments)
    kept = {id(one) for one in alike}
    others = [one for one in moments if id(one) not in kept]
    said = dict.fromkeys(notice for one in alike for notice in one.notices)
    slices = len(alike[0].instances)
    whole = replace(
        alike[0],
        kind=SeriesKind.FOUR_D,
        instances=tuple(instance for one in alike for instance in one.instances),
        split=split,
        notices=(*said, *_missing(others, slices, len(moments))),
        parts=tuple(alike),
        split_by=told_by,
    )
    return [whole, *(_alone(one, told_by, slices) for one in others)]


def _of_one_grid(moments: Sequence[Series]) -> list[Series]:
    """Return the volumes that share the commonest grid."""
    clusters: list[tuple[Geometry, list[Series]]] = []
    for one in moments:
        if one.kind is not SeriesKind.VOLUME:
            continue
        planes = [instance.plane for instance in one.instances if instance.plane is not None]
        lies = grid(planes, one.rows, one.columns, one.frame_of_reference_uid)
        for first, members in clusters:
            if _same(first, lies):
                members.append(one)
                break
        else:
            clusters.append((lies, [one]))
    return max((members for _, members in clusters), key=len, default=[])


def _same(one: Geometry, other: Geometry) -> bool:
    """Tell whether every corner of two grids lies at the same place."""
    if one.shape != other.shape or one.frame_of_reference_uid != other.frame_of_reference_uid:
        return False
    return bool(np.abs(one.corners() - other.corners()).max() <= _SAME_PLACE_MM)


def _of_one_unit(moments: Sequence[Series]) -> bool:
    pictures = [one for each in moments for one in each.instances if isinstance(one, Picture)]
    return len({(one.unit, one.sop_class_uid) for one in pictures}) == 1


def _missing(others: Sequence[Series], slices: int, total: int) -> tuple[Notice, ...]:
    if not others:
        return ()
    named = ", ".join(
        f"{one.split} ({len(one.instances)} of {slices} slices)" for one in others[:_NAMED]
    )
    more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
    sentence = (
        f"{len(others)} of {total} moments do not fill the same grid and are listed on their own: "
        f"{named}{more}."
    )
    return (Notice("incomplete_moment", sentence),)


def _alone(one: Series, told_by: str, slices: int) -> Series:
    sentence = (
        f"This is one of several moments told apart by {told_by}; it has {len(one.instances)} "
        f"slices where the others have {slices}, or lies elsewhere."
    )
    return replace(one, notices=(*one.notices, Notice("incomplete_moment", sentence)))
