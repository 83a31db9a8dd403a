"""Small volumes from which something was cut away, made in the background, the newest kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication

from viewer.commands.desk import Desk
from viewer.commands.files import tell
from viewer.core.segmentation import Segmentation
from viewer.core.volume import Volume
from viewer.render.parts import carved
from viewer.session.images import OpenImage
from viewer.session.space_look import Cut, SpaceLook


@dataclass(frozen=True, slots=True, eq=False)
class _Wish:
    small: Volume
    cuts: tuple[Cut, ...]
    bone_removed: bool
    segmentations: tuple[Segmentation, ...]

    def is_as(self, other: _Wish | None) -> bool:
        return (
            other is not None
            and self.small is other.small
            and (self.cuts, self.bone_removed) == (other.cuts, other.bone_removed)
            and len(self.segmentations) == len(other.segmentations)
            and all(a is b for a, b in zip(self.segmentations, other.segmentations, strict=True))
        )


class Carvings:
    """Knows the volume as it is cut now, and has it cut anew when that is wanted."""

    def __init__(self, desk: Desk, cell: int, made: Callable[[], None]) -> None:
        self._desk, self._cell, self._made = desk, cell, made
        self._wish: _Wish | None = None
        self._known: Volume | None = None

    def of(
        self,
        small: Volume,
        opened: OpenImage,
        look: SpaceLook,
        segmentations: tuple[Segmentation, ...],
    ) -> Volume:
        """Return the volume as it is to be seen; until that is made, as it was seen before."""
        if not look.cuts and not look.bone_removed:
            self._wish = self._known = None
            return small
        kept = segmentations if look.bone_removed else ()
        wish = _Wish(small, look.cuts, look.bone_removed, kept)
        if not wish.is_as(self._wish):
            same = self._wish is not None and self._wish.small is small
            self._known = self._known if same else None
            self._wish = wish
            self._start(wish, opened, look)
        return small if self._known is None else self._known

    @property
    def waits(self) -> bool:
        """Tell whether what is shown is not cut yet as it is wanted."""
        return self._wish is not None and self._known is None

    def forget(self) -> None:
        """Let go of what was made."""
        self._wish = self._known = None

    def _start(self, wish: _Wish, opened: OpenImage, look: SpaceLook) -> None:
        whole = opened.geometry
        if whole is None:
            return
        title = QCoreApplication.translate("Carvings", "Cut away in 3D")
        self._desk.runner.start(
            title,
            partial(carved, wish.small, whole, look, wish.segmentations),
            partial(self._came, wish),
            failed=partial(tell, self._desk),
            instead_of=f"carve {self._cell}",
            belongs_to=opened.study.uid,
        )

    def _came(self, wish: _Wish, volume: Volume) -> None:
        if self._wish is wish:
            self._known = volume
            self._made()
