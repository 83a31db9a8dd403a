"""Maps of scores that lie over images: which there are, which is drawn, and how.

They are no part of the record: nobody judges or undoes them, and they go with their series.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from viewer.core.geometry import Geometry
from viewer.core.score_map import ScoreMap
from viewer.core.stack import Stack
from viewer.core.volume import Volume

MOST_BYTES = 1 << 30
"""So much of maps is kept; the oldest go first."""


@dataclass(frozen=True, slots=True, eq=False)
class Maps:
    """All maps, oldest first, and how the one is drawn that was chosen.

    `chosen` is the id of a map; empty means the newest of the image. What is below `floor`,
    as a share of the way from the least to the greatest value of a map, stays clear.
    """

    items: tuple[ScoreMap, ...] = ()
    chosen: str = ""
    shown: bool = True
    opacity: float = 0.5
    floor: float = 0.1

    def __post_init__(self) -> None:
        if not (0 <= self.opacity <= 1 and 0 <= self.floor <= 1):
            raise ValueError("opacity and floor are shares")

    def with_reading(self, series_key: str, author: str, new: tuple[ScoreMap, ...]) -> Maps:
        """Return these with a model's new maps of one series in place of its older ones.

        Maps that explain a finding stay until others explain the same finding.
        """
        told = {one.about for one in new}

        def goes(one: ScoreMap) -> bool:
            same = one.series_key == series_key and one.author.name == author
            return same and (not one.about or one.about in told)

        kept = tuple(one for one in self.items if not goes(one))
        return replace(self, items=_bounded((*kept, *new)), chosen=new[0].id if new else "")

    def with_opened(self, new: tuple[ScoreMap, ...]) -> Maps:
        """Return these with maps from a file, or of an explanation, the first of them chosen.

        Nothing goes but earlier versions of the very same over the same series.
        """
        same = {(one.id, one.series_key) for one in new}
        kept = tuple(one for one in self.items if (one.id, one.series_key) not in same)
        chosen = new[0].id if new else self.chosen
        return replace(self, items=_bounded((*kept, *new)), chosen=chosen, shown=True)

    def without(self, keys: frozenset[str]) -> Maps:
        """Return these less the maps of some series."""
        kept = tuple(one for one in self.items if one.series_key not in keys)
        return self if len(kept) == len(self.items) else replace(self, items=kept)

    def of(self, keys: frozenset[str]) -> tuple[ScoreMap, ...]:
        """Return the maps of some series, oldest first."""
        return tuple(one for one in self.items if one.series_key in keys)

    def drawn(self, keys: frozenset[str], selected: str = "") -> ScoreMap | None:
        """Return the map to draw over images of these series; None where none is.

        That which explains the selected finding comes first, then the chosen one, then the
        newest of a whole image.
        """
        if not self.shown:
            return None
        there = self.of(keys)
        whole = [one for one in there if not one.about]
        explains = [one for one in there if selected and one.about == selected]
        named = [one for one in (*whole, *explains) if one.id == self.chosen]
        return next(iter((*named, *explains[::-1], *whole[::-1])), None)

    def by_author(self, series_key: str, author: str) -> ScoreMap | None:
        """Return the newest map of a whole series that says how sure an author is of it."""
        found = (
            one
            for one in reversed(self.items)
            if one.series_key == series_key and one.author.name == author and not one.about
        )
        return next((one for one in found if one.is_probability), None)


def fits(score_map: ScoreMap, image: Volume | Stack) -> bool:
    """Tell whether a map lies on the voxels, or the frames, of an image as it is now."""
    if isinstance(image, Volume):
        return score_map.geometry is not None and _same(score_map.geometry, image.geometry)
    frames = len(image.frames)
    return score_map.geometry is None and len(score_map.voxels) == frames


def _same(one: Geometry, other: Geometry) -> bool:
    same_space = one.frame_of_reference_uid in ("", other.frame_of_reference_uid)
    return same_space and one.shape == other.shape and np.allclose(one.affine, other.affine)


def _bounded(items: tuple[ScoreMap, ...]) -> tuple[ScoreMap, ...]:
    """Return the newest that are not too much together; the last in any case."""
    kept: list[ScoreMap] = []
    held = 0
    for one in reversed(items):
        held += one.voxels.nbytes
        if kept and held > MOST_BYTES:
            break
        kept.append(one)
    return tuple(reversed(kept))
