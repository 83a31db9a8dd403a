"""The 3D picture, drawn on a thread of its own so that the window never waits for it.

VTK and its OpenGL context belong to that thread. Only the newest wish counts:
a fine picture that is under way is broken off when the reader turns on. VTK
lets go of Python's lock while it draws.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from viewer.core.finding import Finding
from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.session.camera import Camera
from viewer.session.transfer import Transfer

if TYPE_CHECKING:
    from viewer.render.bodies import Body
    from viewer.render.eye import Stand
    from viewer.render.parts import HalfSpace
    from viewer.render.space import Space

_log = logging.getLogger(__name__)
_SMOOTH_MS = 60.0
_SMALLEST = 0.35
"""The part of the full size to which pictures shrink while the reader turns."""
_JOIN_S = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Sitting:
    """What is to be drawn, and how large in device pixels."""

    volume: Volume = field(repr=False)
    transfer: Transfer
    window: Window
    camera: Camera
    size: tuple[int, int]
    stand: Stand
    planes: tuple[HalfSpace, ...] = ()
    bodies: tuple[Body, ...] = ()
    findings: tuple[Finding, ...] = ()
    selected: str = ""
    sides_known: bool = True
    turning: bool = False


class Studio(QObject):
    """Draws the newest wish. To be closed in the end."""

    drawn = Signal(object, object)
    """The picture, (height, width, 4) BGRX, and the `Sitting` it is of."""
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wish: Sitting | None = None
        self._closed = False
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="skiagram-3d", daemon=True)
        self._part, self._fine = 1.0, True

    def want(self, sitting: Sitting) -> None:
        """Ask for a picture; an older wish that was not drawn yet is forgotten."""
        with self._news:
            self._wish = sitting
            self._news.notify()
        if not self._thread.is_alive() and not self._closed:
            self._thread.start()

    def close(self) -> None:
        """Draw nothing more and give the OpenGL context back."""
        with self._news:
            self._closed = True
            self._news.notify()
        if self._thread.is_alive():
            self._thread.join(_JOIN_S)

    # -- on the thread of the studio -------------------------------------------

    def _run(self) -> None:
        try:
            self._draw_all()
        except Exception as error:
            _log.exception("the 3D view came to an end")
            self.failed.emit(str(error))

    def _draw_all(self) -> None:
        from vtkmodules.vtkCommonCore import vtkCommand

        from viewer.render.offscreen import offscreen_window
        from viewer.render.space import Space

        render_window = offscreen_window()

        def wanted() -> bool:
            return not (self._closed or (self._fine and self._wish is not None))

        def break_off(*_: object) -> None:
            if not wanted():
                render_window.SetAbortRender(1)

        render_window.AddObserver(vtkCommand.AbortCheckEvent, break_off)
        with Space(render_window, wanted) as space:
            while (sitting := self._next()) is not None:
                render_window.SetAbortRender(0)
                self._fine = not sitting.turning
                picture = self._drawn(space, sitting)
                if sitting.turning or (space.whole and not render_window.GetAbortRender()):
                    self.drawn.emit(picture, sitting)
        render_window.RemoveAllObservers()

    def _next(self) -> Sitting | None:
        with self._news:
            self._news.wait_for(lambda: self._closed or self._wish is not None)
            wish, self._wish = self._wish, None
            return None if self._closed else wish

    def _drawn(self, space: Space, sitting: Sitting) -> NDArray[np.uint8]:
        space.show(
            sitting.volume,
            sitting.transfer,
            sitting.bodies,
            sitting.findings,
            sitting.camera,
            window=sitting.window,
            planes=sitting.planes,
            stand=sitting.stand,
            selected=sitting.selected,
            sides_known=sitting.sides_known,
        )
        space.interactive(on=sitting.turning)
        part = self._part if sitting.turning else 1.0
        width, height = (max(round(n * part), 1) for n in sitting.size)
        began = perf_counter()
        picture = space.render_to_array((width, height))
        if sitting.turning:
            self._keep_pace((perf_counter() - began) * 1000)
        return picture

    def _keep_pace(self, took_ms: float) -> None:
        """Draw smaller while turning is not smooth, larger again where it is."""
        wanted = self._part * (_SMOOTH_MS / max(took_ms, 1.0)) ** 0.5
        self._part = min(max(wanted, _SMALLEST), 1.0)
