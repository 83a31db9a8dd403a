"""What is 3D: a volume by casting rays, organs as surfaces, findings as balls.

World coordinates are LPS millimetres. Everything here belongs to one thread,
the one that made the `Space`: VTK and its OpenGL context do not change threads.
`shrink` and the making of surfaces are plain functions for a job.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor, vtkRenderer, vtkRenderWindow

from viewer.core.finding import Finding
from viewer.core.geometry import Position, position_of
from viewer.core.volume import Volume
from viewer.core.window import PRESETS, Window
from viewer.render.bodies import Body, actor_of, actors_of
from viewer.render.burn import burn
from viewer.render.caveats import SYNTHETIC
from viewer.render.cloud import Cloud
from viewer.render.cube import cube_renderer, turn_cube
from viewer.render.eye import Eye, Stand
from viewer.render.offscreen import offscreen_window, pixels_of
from viewer.render.presets import preset_named
from viewer.render.scene import Point, Scene
from viewer.session.look import Camera

_BACKGROUND = (0.04, 0.05, 0.07)
_FRONT = Camera()
_SOFT_TISSUE = PRESETS["Soft tissue"]
_MARGIN = 0.53
"""Of the longest side is shown above and below the middle at zoom 1."""
_AWAY = 3.0
"""Radii between the middle and the eye; without perspective any will do."""


class Space:
    """A 3D view, drawn into a given VTK window, or off the screen into an array.

    Call it from one thread only, that which made it; `close` gives back its
    OpenGL context.
    """

    def __init__(self, render_window: vtkRenderWindow | None = None) -> None:
        self._window = render_window if render_window is not None else offscreen_window()
        self._renderer = vtkRenderer()
        self._renderer.SetBackground(*_BACKGROUND)
        self._cube = cube_renderer()
        self._window.SetNumberOfLayers(2)
        self._window.AddRenderer(self._renderer)
        self._window.AddRenderer(self._cube)
        self._cloud = Cloud()
        self._renderer.AddVolume(self._cloud.prop)
        self._bodies: dict[int, tuple[Body, vtkActor]] = {}
        self._findings: list[vtkActor] = []
        self._camera = Camera()
        self._stand = Stand((0.0, 0.0, 0.0), 100.0)
        self.interactive(on=False)

    def show(
        self,
        volume: Volume | None,
        preset: str,
        bodies: Sequence[Body] = (),
        findings: Sequence[Finding] = (),
        camera: Camera = _FRONT,
        *,
        window: Window = _SOFT_TISSUE,
        selected: str = "",
        sides_known: bool = True,
    ) -> None:
        """Show a volume, already small (`shrink`), with surfaces and findings; nothing of before.

        The cube that names the sides is there only if they are known.

        `window` is in real-world values; MIP and images that are no CT are shown by it.
        """
        self._cloud.show(volume, preset_named(preset), window)
        self._cube.SetDraw(sides_known)
        self.interactive(on=self._turning)
        self._show_bodies(bodies)
        self._show_findings(findings, selected)
        self._stand = _stand(volume, bodies, findings)
        self.aim(camera)

    def aim(self, camera: Camera) -> None:
        """Turn and zoom; nothing else changes."""
        self._camera = camera
        eye, stand = Eye.of(camera), replace(self._stand, zoom=camera.zoom)
        view = self._renderer.GetActiveCamera()
        view.ParallelProjectionOn()
        away = np.asarray(eye.towards) * stand.radius_mm * _AWAY
        view.SetFocalPoint(*stand.middle)
        view.SetPosition(*(np.asarray(stand.middle) + away))
        view.SetViewUp(*eye.up)
        view.SetParallelScale(stand.half_height_mm(self._size()))
        self._renderer.ResetCameraClippingRange()
        turn_cube(self._cube, eye)

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
        return pixels_of(self._window, (width, height))

    def to_screen(self, position: Position, size: tuple[int, int]) -> Point:
        """Return where a position is seen in a picture of (width, height)."""
        stand = replace(self._stand, zoom=self._camera.zoom)
        return Eye.of(self._camera).to_screen(position, stand, size)

    def close(self) -> None:
        """Let go of everything drawn and of the OpenGL context."""
        self._cloud.show(None, preset_named(""), Window(0, 1))
        for renderer in (self._renderer, self._cube):
            renderer.RemoveAllViewProps()
            self._window.RemoveRenderer(renderer)
        self._bodies.clear()
        self._findings.clear()
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
        for actor in self._findings:
            self._renderer.RemoveActor(actor)
        self._findings = actors_of(findings, selected)
        for actor in self._findings:
            self._renderer.AddActor(actor)


def _stand(volume: Volume | None, bodies: Sequence[Body], findings: Sequence[Finding]) -> Stand:
    """Look at all that there is: the volume, or else the surfaces, or else the findings."""
    if volume is not None:
        points = volume.geometry.corners()
    elif bodies:
        points = np.concatenate([body.surface.vertices for body in bodies]).astype(np.float64)
    elif findings:
        points = np.array([corner for item in findings for corner in (item.low, item.high)])
    else:
        return Stand((0.0, 0.0, 0.0), 100.0)
    low, high = points.min(axis=0), points.max(axis=0)
    return Stand(position_of((low + high) / 2), max(float((high - low).max()) * _MARGIN, 1.0))


def picture(
    volume: Volume | None,
    preset: str,
    size: tuple[int, int],
    *,
    bodies: Sequence[Body] = (),
    findings: Sequence[Finding] = (),
    camera: Camera = _FRONT,
    window: Window = _SOFT_TISSUE,
) -> NDArray[np.uint8]:
    """Return one 3D picture with its letters, (height, width, 4) BGRX, without any window."""
    with Space() as space:
        space.show(volume, preset, bodies, findings, camera, window=window)
        screen = space.render_to_array(size)
    marks = (SYNTHETIC,) if volume is not None and volume.synthetic else ()
    burn(Scene(size, letters=Eye.of(camera).letters, marks=marks), screen)
    return screen
