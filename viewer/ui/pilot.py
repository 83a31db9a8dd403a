"""Moves the eye along the line of a flight, as fast as was said, never faster than is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from viewer.commands.space import space_cell
from viewer.session.flight import Flight
from viewer.ui.view import View

_TICK_MS = 30


class Pilot(QObject):
    """Flies one 3D view: the one that is meant when several are on screen."""

    def __init__(self, view: View, caught_up: Callable[[], bool]) -> None:
        super().__init__(view)
        self._caught_up = caught_up
        self._view, self._desk = view, view.desk
        self._then = 0.0
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._desk.session.flight.changed.connect(self._news)

    def land(self) -> None:
        """Stop where it is, as when the reader takes the view in hand."""
        flight = self._desk.session.flight.value
        if flight is not None and flight.going and self._timer.isActive():
            self._desk.session.flight.set(replace(flight, going=False))

    def _news(self, flight: Flight | None, _: Flight | None) -> None:
        going = flight is not None and flight.going and space_cell(self._desk) == self._view.cell
        if going and not self._timer.isActive():
            self._then = perf_counter()
            self._timer.start()
        elif not going:
            self._timer.stop()

    def _tick(self) -> None:
        flight, now = self._desk.session.flight.value, perf_counter()
        opened = self._desk.session.image_in(self._view.cell)
        if flight is None or opened is None or opened.key != flight.series_key:
            self._desk.session.flight.set(None)
            return
        if not self._caught_up():
            return
        flight, self._then = flight.after(now - self._then), now
        camera = flight.camera
        self._view.hand.change(
            lambda look: replace(look, camera=replace(camera, zoom=look.camera.zoom))
        )
        self._desk.session.flight.set(flight)
        self._view.touched()
