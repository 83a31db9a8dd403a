"""Surfaces of segmentations, made in the background and kept while they are wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication

from viewer.commands.desk import Desk
from viewer.commands.files import tell
from viewer.core.segmentation import Segmentation
from viewer.render.bodies import Body, bodies_of


class Skins:
    """Knows the surfaces that are there, and has those made that are not."""

    def __init__(self, desk: Desk, cell: int, made: Callable[[], None]) -> None:
        self._desk, self._cell, self._made = desk, cell, made
        self._known: dict[int, tuple[Segmentation, tuple[Body, ...]]] = {}
        self._faded: dict[int, tuple[Body, Body]] = {}

    def of(self, segmentations: Sequence[Segmentation], study_uid: str) -> tuple[Body, ...]:
        """Return the surfaces that are there; `made` is called when others have come."""
        wanted = {id(item): item for item in segmentations}
        self._known = {key: known for key, known in self._known.items() if key in wanted}
        for item in wanted.values():
            if id(item) not in self._known:
                self._start(item, study_uid)
        return tuple(body for _, bodies in self._known.values() for body in bodies)

    def at(self, body: Body, opacity: float) -> Body:
        """Return a body as opaque as wanted; the same one as long as that stays."""
        known = self._faded.get(id(body))
        if known is not None and known[0] is body and known[1].opacity == opacity:
            return known[1]
        there = {id(one) for _, bodies in self._known.values() for one in bodies}
        self._faded = {key: pair for key, pair in self._faded.items() if key in there}
        self._faded[id(body)] = (body, replace(body, opacity=opacity))
        return self._faded[id(body)][1]

    def _start(self, segmentation: Segmentation, study_uid: str) -> None:
        self._known[id(segmentation)] = (segmentation, ())
        title = QCoreApplication.translate("Skins", "Surfaces of {name}")
        self._desk.runner.start(
            title.format(name=segmentation.title),
            partial(bodies_of, segmentation),
            partial(self._came, segmentation),
            failed=partial(tell, self._desk),
            instead_of=f"surfaces {self._cell} {segmentation.id}",
            belongs_to=study_uid,
        )

    def _came(self, segmentation: Segmentation, bodies: tuple[Body, ...]) -> None:
        if id(segmentation) in self._known:
            self._known[id(segmentation)] = (segmentation, bodies)
            self._made()
