"""What is on the screen in 3D, and whether all of it has landed."""

from __future__ import annotations

from dataclasses import dataclass

from viewer.core.volume import Volume
from viewer.render.eye import Sight
from viewer.render.scene import Scene
from viewer.session.images import OpenImage
from viewer.ui.studio import Sitting


@dataclass(frozen=True, slots=True, eq=False)
class Finished:
    """Of which volume the picture on screen is, the words that belong to it, and its 4D series."""

    volume: Volume | None
    scene: Scene
    group: str
    sitting: Sitting

    def sight(self, size: tuple[int, int]) -> Sight:
        """Return how the picture sees the patient, in a view of this size."""
        return Sight.of(self.sitting.camera, self.sitting.stand, size)


def still_coming(opened: OpenImage) -> bool:
    """Tell whether slices of an image are not there yet."""
    fidelity = opened.fidelity
    return fidelity is not None and bool((fidelity.quality < fidelity.ORIGINAL).any())
