"""What is 3D: a volume by casting rays, organs as surfaces, findings as balls.

World coordinates are LPS millimetres. Everything here belongs to one thread,
the one that made the `Space`: VTK and its OpenGL context do not change threads.
`shrink` and the making of surfaces are plain functions for a job.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isinf
from operator import is_
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor, vtkRenderer, vtkRenderWindow

from viewer.core.finding import Finding
from viewer.core.geometry import Position
from viewer.core.volume import Volume
from viewer.core.window import PRESETS, Window
from viewer.render.bodies import Body, actor_of, actors_of
from viewer.render.burn import burn
from viewer.render.caveats import SYNTHETIC
from viewer.render.cloud import Cloud
from viewer.render.cube import cube_renderer, turn_cube
from viewer.render.eye import Eye, Sight, Stand
from viewer.render.offscreen import offscreen_window, pixels_of
from viewer.render.parts import HalfSpace
from viewer.render.projection import Projection
from viewer.render.scene import Point, Scene
from viewer.session.camera import Camera
from viewer.session.transfer import LUNG_AND_BONE, Blend, Transfer

_BACKGROUND = (0.04, 0.05, 0.07)
_FRONT = Camera()
_SOFT_TISSUE = PRESETS["Soft tissue"]
_AWAY = 3.0
"""Radii between the middle and the eye; without perspective any will do."""
_NEAREST, _NEAREST_INSIDE = 0.01, 0.001
"""Of the depth that is seen, what lies right before the eye is left out."""


class Space:
    """A 3D view, drawn into a given VTK window, or off the screen into an array.

    Call it from one thread only, that which made it; `close` gives back its
    OpenGL context. `wanted` is asked while something slow is drawn.
    """

    def __init__(
        self,
        render_window: vtkRenderWindow | None = None,
        wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        self._window = render_window if render_window is not None else offscreen_window()
        self._renderer = vtkRenderer()
        self._renderer.SetBackground(*_BACKGROUND)
        self._cube = cube_renderer()
        self._window.SetNumberOfLayers(2)
        self._window.AddRenderer(self._renderer)
        self._window.AddRenderer(self._cube)
        self._cloud = Cloud()
        self._projection = Projection(wanted)
        self._renderer.AddVolume(self._cloud.prop)
        self._bodies: dict[int, tuple[Body, vtkActor]] = {}
        self._findings: list[vtkActor] = []
        self._found: tuple[tuple[Finding, ...], str] = ((), "")
        self._camera = Camera()
        self._stand = Stand((0.0, 0.0, 0.0), 100.0)
        self.interactive(on=False)

    def show(
        self,
        volume: Volume | None,
        transfer: Transfer = LUNG_AND_BONE,
        bodies: Sequence[Body] = (),
        findings: Sequence[Finding] = (),
        camera: Camera = _FRONT,
        *,
        window: Window = _SOFT_TISSUE,
        planes: Sequence[HalfSpace] = (),
        stand: Stand | None = None,
        selected: str = "",
        sides_known: bool = True,
    ) -> None:
        """Show a volume, already small (`shrink`), with surfaces and findings; nothing of before.

        The cube that names the sides is there only if they are known. `planes` leave
        out parts of the volume, never of surfaces and findings.

        `window` is in real-world values; images that are no CT are shown by it.
        """
        own = transfer.blend in (Blend.MINIMUM, Blend.MEAN)
        self._cloud.show(None if own else volume, transfer, window)
        self._cloud.clip(planes)
        self._projection.show(volume if own else None, transfer, window, planes)
        self._cube.SetDraw(sides_known)
        self.interactive(on=self._turning)
        self._show_bodies(bodies)
        self._show_findings(findings, selected)
        self._stand = stand if stand is not None else stand_of(volume, bodies, findings)
        self.aim(camera)

    def aim(self, camera: Camera) -> None:
        """Turn and zoom; nothing else changes."""
        self._camera = camera
        sight = self._sight(self._size())
        view = self._renderer.GetActiveCamera()
        view.SetParallelProjection(isinf(sight.away_mm))
        away = self._stand.radius_mm * _AWAY if isinf(sight.away_mm) else sight.away_mm
        view.SetFocalPoint(*sight.middle)
        view.SetPosition(*(np.asarray(sight.middle) + np.asarray(sight.eye.towards) * away))
        view.SetViewUp(*sight.eye.up)
        view.SetParallelScale(sight.half_height_mm)
        if not isinf(sight.away_mm):
            view.SetViewAngle(sight.angle)
        nearest = _NEAREST_INSIDE if camera.inside else _NEAREST
        self._renderer.SetNearClippingPlaneTolerance(nearest)
        self._renderer.ResetCameraClippingRange()
        turn_cube(self._cube, sight.eye)

    def interactive(self, *, on: bool) -> None:
        """Draw coarsely and fast while the reader turns, finely at rest."""
        self._turning = on
        self._cloud.interactive(turning=on)

    def render(self) -> None:
        """Draw into the window."""
        self.aim(self._camera)
        self._window.Render()

    def render_to_array(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        """Draw at (width, height) and return (height, width, 4) BGRX."""
        width, height = max(size[0], 1), max(size[1], 1)
        self._window.SetSize(width, height)
        self.aim(self._camera)
        drawn = pixels_of(self._window, (width, height))
        sight = self._sight((width, height))
        return self._projection.behind(drawn, sight, _BACKGROUND, coarse=self._turning)

    @property
    def whole(self) -> bool:
        """Tell whether the last picture is complete, as far as our own rays go."""
        return self._projection.whole

    def to_screen(self, position: Position, size: tuple[int, int]) -> Point:
        """Return where a position is seen in a picture of (width, height)."""
        return self._sight(size).to_screen(position)

    def _sight(self, size: tuple[int, int]) -> Sight:
        return Sight.of(self._camera, self._stand, size)

    def close(self) -> None:
        """Let go of everything drawn and of the OpenGL context."""
        self._cloud.show(None, LUNG_AND_BONE, Window(0, 1))
        for renderer in (self._renderer, self._cube):
            renderer.RemoveAllViewProps()
            self._window.RemoveRenderer(renderer)
        self._bodies.clear()
        self._findings.clear()
        self._found = ((), "")
        self._window.Finalize()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _size(self) -> tuple[int, int]:
        width, height = self._window.GetSize()
        return (int(width), int(height)) if width and height else (1, 1)

    def _show_bodies(self, bodies: Sequence[Body]) -> None:
        wanted = {id(body): body for body in bodies}
        for key in [key for key in self._bodies if key not in wanted]:
            self._renderer.RemoveActor(self._bodies.pop(key)[1])
        for key, body in wanted.items():
            if key not in self._bodies:
                self._bodies[key] = (body, actor_of(body))
                self._renderer.AddActor(self._bodies[key][1])

    def _show_findings(self, findings: Sequence[Finding], selected: str) -> None:
        before, chosen = self._found
        same = len(before) == len(findings) and all(map(is_, before, findings))
        if same and chosen == selected:
            return
        self._found = tuple(findings), selected
        for actor in self._findings:
            self._renderer.RemoveActor(actor)
        self._findings = actors_of(findings, selected)
        for actor in self._findings:
            self._renderer.AddActor(actor)


def stand_of(
    volume: Volume | None, bodies: Sequence[Body] = (), findings: Sequence[Finding] = ()
) -> Stand:
    """Look at all that there is: the volume, or else the surfaces, or else the findings."""
    if volume is not None:
        return Stand.of_grid(volume.geometry)
    if bodies:
        return Stand.about(np.concatenate([body.surface.vertices for body in bodies]))
    if findings:
        return Stand.about([corner for item in findings for corner in (item.low, item.high)])
    return Stand((0.0, 0.0, 0.0), 100.0)


def picture(
    volume: Volume | None,
    transfer: Transfer,
    size: tuple[int, int],
    *,
    bodies: Sequence[Body] = (),
    findings: Sequence[Finding] = (),
    camera: Camera = _FRONT,
    window: Window = _SOFT_TISSUE,
) -> NDArray[np.uint8]:
    """Return one 3D picture with its letters, (height, width, 4) BGRX, without any window."""
    with Space() as space:
        space.show(volume, transfer, bodies, findings, camera, window=window)
        screen = space.render_to_array(size)
    marks = (SYNTHETIC,) if volume is not None and volume.synthetic else ()
    burn(Scene(size, letters=Eye.of(camera).letters, marks=marks), screen)
    return screen
