"""3D pictures without any window: from a `Take` to pixels, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from viewer.core.progress import Part, Progress
from viewer.render.bodies import Body, bodies_of
from viewer.render.burn import burn
from viewer.render.eye import Eye, Stand
from viewer.render.parts import carved, half_spaces
from viewer.render.scene import Letters, Scene
from viewer.render.shrink import shrink
from viewer.render.space import Space
from viewer.session.camera import Camera
from viewer.session.take import Take


def shoot(take: Take, progress: Progress) -> Iterator[NDArray[np.uint8]]:
    """Draw the pictures of a take, each (height, width, 3) RGB, with letters and warnings.

    To be gone through in one thread; it reports before each picture.

    Raises:
        Cancelled: if nobody wants them any more.
    """
    small = shrink(take.volume, Part(progress, 0.0, 0.1))
    volume = carved(
        small, take.volume.geometry, take.look, take.segmentations, Part(progress, 0.1, 0.2)
    )
    bodies = _bodies(take, Part(progress, 0.2, 0.3))
    planes = half_spaces(take.look, take.place)
    stand = Stand.of_grid(take.volume.geometry)
    rest = Part(progress, 0.3, 1.0)
    with Space() as space:
        for number, camera in enumerate(take.cameras):
            rest.report(number / len(take.cameras), f"Picture {number + 1}")
            space.show(
                volume, take.look.transfer, bodies, take.findings, camera,
                window=take.window, planes=planes, stand=stand, selected=take.selected,
                sides_known=take.sides_known,
            )  # fmt: skip
            yield _marked(take, camera, space.render_to_array(take.size))


def _marked(take: Take, camera: Camera, screen: NDArray[np.uint8]) -> NDArray[np.uint8]:
    letters = Eye.of(camera).letters if take.sides_known else Letters()
    burn(Scene(take.size, letters=letters, marks=take.marks), screen)
    return np.ascontiguousarray(screen[..., 2::-1])


def _bodies(take: Take, progress: Progress) -> tuple[Body, ...]:
    found: list[Body] = []
    for number, item in enumerate(take.segmentations):
        part = Part(
            progress, number / len(take.segmentations), (number + 1) / len(take.segmentations)
        )
        found += bodies_of(item, part)
    return tuple(
        replace(body, opacity=take.look.opacity_of(body.key, body.opacity))
        for body in found
        if body.key not in take.hidden
    )
