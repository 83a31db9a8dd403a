"""Surfaces of segmentations, made in the background and kept while they are wanted.

After an edit a segment is shown as it was until its new surface has come; only
segments that changed are made anew, and only for the newest edit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication

from viewer.commands.desk import Desk
from viewer.commands.files import tell
from viewer.core.segmentation import Segmentation
from viewer.render.bodies import Body, Skin, renewed


class Skins:
    """Knows the surfaces that are there, and has those made that are not."""

    def __init__(self, desk: Desk, cell: int, made: Callable[[], None]) -> None:
        self._desk, self._cell, self._made = desk, cell, made
        self._asked: dict[str, Segmentation] = {}
        self._known: dict[str, dict[int, Skin]] = {}
        self._faded: dict[int, tuple[Body, Body]] = {}

    def of(self, segmentations: Sequence[Segmentation], study_uid: str) -> tuple[Body, ...]:
        """Return the surfaces that are there; `made` is called when others have come."""
        wanted = {item.id: item for item in segmentations}
        self._asked = {id_: item for id_, item in self._asked.items() if id_ in wanted}
        self._known = {id_: skins for id_, skins in self._known.items() if id_ in wanted}
        for item in wanted.values():
            if self._asked.get(item.id) is not item:
                self._start(item, study_uid)
        skins = (skin for known in self._known.values() for skin in known.values())
        return tuple(skin.body for skin in skins if skin.body is not None)

    def at(self, body: Body, opacity: float) -> Body:
        """Return a body as opaque as wanted; the same one as long as that stays."""
        known = self._faded.get(id(body))
        if known is not None and known[0] is body and known[1].opacity == opacity:
            return known[1]
        skins = (skin for known in self._known.values() for skin in known.values())
        there = {id(skin.body) for skin in skins}
        self._faded = {key: pair for key, pair in self._faded.items() if key in there}
        self._faded[id(body)] = (body, replace(body, opacity=opacity))
        return self._faded[id(body)][1]

    def close(self) -> None:
        """Take no more surfaces: the view is gone."""
        self._asked.clear()

    def _start(self, segmentation: Segmentation, study_uid: str) -> None:
        self._asked[segmentation.id] = segmentation
        listed = {one.label for one in segmentation.segments}
        known = self._known.get(segmentation.id, {})
        kept = {label: skin for label, skin in known.items() if label in listed}
        self._known[segmentation.id] = kept
        title = QCoreApplication.translate("Skins", "Surfaces of {name}")
        self._desk.runner.start(
            title.format(name=segmentation.title),
            partial(renewed, segmentation, dict(kept), partial(self._hand_over, segmentation)),
            lambda _: None,
            failed=partial(tell, self._desk),
            instead_of=f"surfaces {self._cell} {segmentation.id}",
            belongs_to=study_uid,
        )

    def _hand_over(self, segmentation: Segmentation, skin: Skin) -> None:
        """Take a surface from the job, on its thread."""
        self._desk.post(partial(self._came, segmentation, skin))

    def _came(self, segmentation: Segmentation, skin: Skin) -> None:
        if self._asked.get(segmentation.id) is segmentation:
            known = self._known[segmentation.id]
            old = known.get(skin.segment.label)
            known[skin.segment.label] = skin
            if old is None or old.body is not skin.body:
                self._made()
