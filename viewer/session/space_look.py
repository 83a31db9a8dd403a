"""How a volume is looked at in space: what of it is shown, and how. Never changes a voxel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from viewer.core.geometry import Position
from viewer.session.camera import Camera
from viewer.session.transfer import LUNG_AND_BONE, MR, PET, Transfer

MOST_CUTS = 50
MOST_POINTS = 4000


@dataclass(frozen=True, slots=True)
class Crop:
    """A box along the axes of the patient, LPS mm: what lies outside is not shown."""

    low: Position
    high: Position

    def __post_init__(self) -> None:
        if any(a >= b for a, b in zip(self.low, self.high, strict=True)):
            raise ValueError("a box without room")


class Facing(StrEnum):
    """How a clip plane lies."""

    AXIAL = "axial"
    CORONAL = "coronal"
    SAGITTAL = "sagittal"
    VIEW = "view"


NORMALS: dict[Facing, Position] = {
    Facing.AXIAL: (0.0, 0.0, 1.0),
    Facing.CORONAL: (0.0, 1.0, 0.0),
    Facing.SAGITTAL: (1.0, 0.0, 0.0),
}


@dataclass(frozen=True, slots=True)
class Clip:
    """A plane; what lies on the side of its `normal` is shown. It goes through the crosshair.

    `through` fixes it; None lets it follow the crosshair.
    """

    facing: Facing
    normal: Position
    through: Position | None = None

    def flipped(self) -> Clip:
        """Return the plane that shows the other side."""
        x, y, z = self.normal
        return replace(self, normal=(-x, -y, -z))


@dataclass(frozen=True, slots=True)
class Cut:
    """A closed line drawn on a 3D picture: what lies behind it is cut away, in all its depth.

    `outline` are (x, y) in pixels of a picture of `size` = (width, height), seen by
    `camera`. With `keeps` what lies inside stays, and all else goes.
    """

    outline: tuple[tuple[float, float], ...]
    camera: Camera
    size: tuple[int, int]
    keeps: bool = False

    def __post_init__(self) -> None:
        if not 3 <= len(self.outline) <= MOST_POINTS:
            raise ValueError(f"a line of {len(self.outline)} points does not go round anything")


@dataclass(frozen=True, slots=True)
class SpaceLook:
    """What of a volume is shown in 3D, and how. `opacities` are of surfaces, by segment key."""

    transfer: Transfer = LUNG_AND_BONE
    crop: Crop | None = None
    clips: tuple[Clip, ...] = ()
    cuts: tuple[Cut, ...] = ()
    bone_removed: bool = False
    opacities: tuple[tuple[str, float], ...] = ()

    def opacity_of(self, key: str, otherwise: float = 0.35) -> float:
        """Return how much the surface of a segment hides, 0 to 1."""
        return dict(self.opacities).get(key, otherwise)

    def with_opacity(self, key: str, opacity: float) -> SpaceLook:
        """Return it with the surface of one segment more or less opaque."""
        others = tuple(pair for pair in self.opacities if pair[0] != key)
        return replace(self, opacities=(*others, (key, min(max(opacity, 0.0), 1.0))))

    def clip(self, facing: Facing) -> Clip | None:
        """Return the clip plane that lies so, if it is on."""
        return next((clip for clip in self.clips if clip.facing is facing), None)

    def with_clip(self, clip: Clip) -> SpaceLook:
        """Return it with a clip plane on, in place of one that lay so."""
        others = tuple(one for one in self.clips if one.facing is not clip.facing)
        return replace(self, clips=(*others, clip))

    def without_clip(self, facing: Facing) -> SpaceLook:
        """Return it without the clip plane that lies so."""
        return replace(self, clips=tuple(one for one in self.clips if one.facing is not facing))

    def with_cut(self, cut: Cut) -> SpaceLook:
        """Return it with something more cut away; when there are too many, it stays as it is."""
        return self if len(self.cuts) >= MOST_CUTS else replace(self, cuts=(*self.cuts, cut))

    @property
    def whole(self) -> SpaceLook:
        """It with all of the volume shown again."""
        return replace(self, crop=None, clips=(), cuts=(), bone_removed=False)

    @property
    def shows_all(self) -> bool:
        """Tell whether nothing of the volume is left out."""
        return self == self.whole


def first_look(modality: str) -> SpaceLook:
    """Return how a volume of a modality is seen in 3D at first."""
    return SpaceLook({"MR": MR, "PT": PET}.get(modality, LUNG_AND_BONE))
