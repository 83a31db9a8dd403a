"""From clicks to a lesion: all families judged, the best of them joined to one nested answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import log

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry, Shape
from viewer.core.segmentation import Mask
from viewer.core.volume import Volume
from viewer.imaging.click.corrections import LARGEST, NEVER, SMALLEST, corrected, graded
from viewer.imaging.click.family import MEMBERS, Family, Ground, Seeds, families_of, ground_of
from viewer.imaging.click.features import NAMES, features_of
from viewer.imaging.click.field import Field, fields_of

Judge = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""Says of each row of features how well that member fits the lesion (expected Dice)."""
VOTERS = 9
"""So many members of one block are joined: the middle of them is more steady than the best."""
_UNSURE = 0.35
_SURE = 0.75
"""A block that is judged so well is not followed by more than one that is worse."""
_DISAGREEING = 0.15
"""What a member loses for each click that it disagrees with, in Dice."""
_VOLUME = NAMES.index("log_volume")
_BORDER = NAMES.index("at_border")


@dataclass(frozen=True, slots=True)
class Clicks:
    """Voxels (slice, row, column) that belong to the lesion, and such that do not."""

    adds: tuple[Shape, ...]
    cuts: tuple[Shape, ...] = ()

    def __post_init__(self) -> None:
        if not self.adds:
            raise ValueError("a lesion has at least one click inside")


@dataclass(frozen=True, slots=True, eq=False)
class ClickResult:
    """Nested regions: voxel by voxel from which size on it belongs (0 is the proposed size).

    `sizes` lie on every `stride`-th voxel of the image from `start` on. `certainty` is the
    expected Dice (0 to 1) of size 0; `reason` says why it should not be trusted, else empty.
    """

    sizes: NDArray[np.int8] = field(repr=False)
    block: Field = field(repr=False)
    image: Geometry = field(repr=False)
    certainty: float
    reason: str = ""

    def coarse(self, size: int = 0) -> Mask:
        """Return a member on the grid of the block, at once; it may be empty."""
        return Mask(np.asarray(self.sizes <= size), self.grid)

    @property
    def grid(self) -> Geometry:
        """The grid of the block, in the patient."""
        stride = np.asarray(self.block.stride, dtype=float)
        affine = self.image.affine.copy()
        affine[:3, :3] = affine[:3, :3] * stride
        first = np.asarray(self.block.start) + (stride - 1) / 2
        affine[:3, 3] = self.image.to_patient(first)
        shape = (self.sizes.shape[0], self.sizes.shape[1], self.sizes.shape[2])
        return Geometry(shape, affine, self.image.frame_of_reference_uid)

    def volume_mm3(self, size: int = 0) -> float:
        """Return how large a member is, on the grid of the block."""
        return float(np.count_nonzero(self.sizes <= size)) * self.grid.voxel_volume_mm3

    def mask(self, size: int = 0) -> Mask | None:
        """Return a member on the voxels of the image, cut out; None if it is empty."""
        return on_image(np.asarray(self.sizes <= size), self.block, self.image)

    def next_size(self, size: int, step: int) -> int:
        """Return the next size that is another region, or the same where there is none."""
        there, now = size + step, np.count_nonzero(self.sizes <= size)
        while SMALLEST <= there <= LARGEST:
            count = np.count_nonzero(self.sizes <= there)
            if count == 0:
                return size
            if count != now:
                return there
            there += step
        return size


def segment_click(volume: Volume, clicks: Clicks, modality: str, judge: Judge) -> ClickResult:
    """Return the lesion that clicks mean; `modality` is CT, MR or PT.

    All clicks lie in the volume. Blocks that do not hold them all are not tried. Further clicks
    choose among the outlines, and where none agrees with them they change the best one nearby.
    """
    best: _Ballot | None = None
    blocks = fields_of(volume, clicks.adds[0])
    every = (*clicks.adds, *clicks.cuts)
    inside = [one for one in blocks if all(one.holds(voxel) for voxel in every)]
    for block in inside or blocks[-1:]:
        ballot = _ballot(block, clicks, modality, judge)
        if best is None or ballot.best > best.best:
            best = ballot
        elif best.best >= _SURE:
            break
    if best is None:
        raise ValueError("a volume without a block round a voxel")
    return _joined(best, clicks, volume.geometry)


@dataclass(frozen=True, slots=True, eq=False)
class _Ballot:
    """All members of all families of one block, and how well each is said to fit."""

    ground: Ground
    families: list[Family]
    scores: NDArray[np.float32]
    features: NDArray[np.float32]

    @property
    def best(self) -> float:
        return float(self.scores.max())


def _ballot(block: Field, clicks: Clicks, modality: str, judge: Judge) -> _Ballot:
    ground = ground_of(block, modality)
    adds, cuts = seeds_of(block, clicks.adds), seeds_of(block, clicks.cuts)
    families = families_of(ground, seeds_of(block, clicks.adds[:1]), modality)
    if len(adds) > 1:
        families += families_of(ground, adds, modality)
    features = np.stack([features_of(one, ground, modality) for one in families])
    scores = judge(features.reshape(-1, len(NAMES))).reshape(len(families), MEMBERS)
    against = np.stack([_against(one, adds, cuts) for one in families])
    return _Ballot(ground, families, scores - np.float32(_DISAGREEING) * against, features)


def _against(family: Family, adds: Seeds, cuts: Seeds) -> NDArray[np.float32]:
    """Return with how many clicks each member disagrees."""
    members = np.arange(MEMBERS)
    against = np.zeros(MEMBERS, np.float32)
    for add in adds:
        against += members < _number_about(family, add)
    for cut in cuts:
        against += members >= _number_about(family, cut)
    return against


def _number_about(family: Family, voxel: NDArray[np.int64]) -> int:
    """Return with which member most neighbours of a voxel come in: a click alone is no region."""
    about = tuple(slice(max(int(n) - 1, 0), int(n) + 2) for n in voxel)
    return int(np.median(family.numbers[about]))


def seeds_of(block: Field, voxels: tuple[Shape, ...]) -> Seeds:
    """Return the voxels of a block that were clicked at, (n, 3)."""
    if not voxels:
        return np.zeros((0, 3), np.int64)
    return np.unique(np.stack([block.index_of(voxel) for voxel in voxels]), axis=0)


def _joined(ballot: _Ballot, clicks: Clicks, image: Geometry) -> ClickResult:
    """Join the best members: a voxel belongs where most of them, all grown alike, have it."""
    order = np.argsort(ballot.scores, axis=None)[::-1]
    chosen = [divmod(int(place), MEMBERS) for place in order[:VOTERS]]
    votes = np.stack([_relative(ballot.families[family], member) for family, member in chosen])
    block = ballot.ground.block
    adds, cuts = seeds_of(block, clicks.adds), seeds_of(block, clicks.cuts)
    middle = np.partition(votes, len(votes) // 2, axis=0)[len(votes) // 2]
    inside = corrected(middle <= 0, ballot.ground, adds, cuts)
    family, member = chosen[0]
    certainty = float(np.clip(ballot.best, 0.0, 1.0)) if inside.any() else 0.0
    at_border = max(float(ballot.features[family, member, _BORDER]), _share_at_border(inside))
    sizes = graded(inside, ballot.ground, adds, cuts)
    return ClickResult(sizes, block, image, certainty, _doubt(certainty, at_border))


def _share_at_border(inside: NDArray[np.bool_]) -> float:
    """Return the share of the faces of a block that a region touches; see `features`."""
    axes = [axis for axis in range(3) if inside.shape[axis] >= 3]
    faces = [inside.take(end, axis=axis) for axis in axes for end in (0, -1)]
    size = sum(face.size for face in faces)
    return sum(int(np.count_nonzero(face)) for face in faces) / max(size, 1)


def _relative(family: Family, member: int) -> NDArray[np.int8]:
    """Return by how many members beyond the chosen one each voxel comes in."""
    away = family.numbers.astype(np.int8) - np.int8(member)
    return np.where(family.numbers >= MEMBERS, np.int8(NEVER), away)


def _doubt(certainty: float, at_border: float) -> str:
    if certainty < _UNSURE:
        return "No clear outline was found here: check it, or click again elsewhere in the lesion."
    if at_border > 0.15:
        return "The region reaches further than can be seen from this click: check its ends."
    return ""


def on_image(inside: NDArray[np.bool_], block: Field, image: Geometry) -> Mask | None:
    """Return a region of a block on the voxels of the image, its edge interpolated."""
    if not inside.any():
        return None
    places = np.argwhere(inside)
    low, high = places.min(axis=0), places.max(axis=0)
    start = np.maximum(np.asarray(block.start) + (low - 1) * block.stride, 0)
    stop = np.minimum(np.asarray(block.start) + (high + 2) * block.stride, image.shape)
    made = inside.astype(np.float32)
    for axis in range(3):
        made = _stretched(made, axis, block, int(start[axis]), int(stop[axis]))
    voxels = made > 0.5
    if not voxels.any():
        return None
    found = np.argwhere(voxels)
    first, last = found.min(axis=0), found.max(axis=0) + 1
    cut = tuple(slice(int(a), int(b)) for a, b in zip(first, last, strict=True))
    begin, end = (start + first).tolist(), (start + last).tolist()
    grid = image.crop((begin[0], begin[1], begin[2]), (end[0], end[1], end[2]))
    return Mask(np.ascontiguousarray(voxels[cut]), grid)


def _stretched(
    values: NDArray[np.float32], axis: int, block: Field, start: int, stop: int
) -> NDArray[np.float32]:
    """Interpolate along one axis from the voxels of the block to those of the image."""
    stride = block.stride[axis]
    at = (np.arange(start, stop) - block.start[axis] - (stride - 1) / 2) / stride
    at = at.clip(0, values.shape[axis] - 1)
    below = np.floor(at).astype(int)
    above = np.minimum(below + 1, values.shape[axis] - 1)
    shape = [1, 1, 1]
    shape[axis] = -1
    part = (at - below).astype(np.float32).reshape(shape)
    first = values.take(below, axis=axis)
    if stride == 1:
        return first
    return np.asarray(first * (1 - part) + values.take(above, axis=axis) * part)


def diameter_of_ball_mm(volume_mm3: float) -> float:
    """Return the diameter of a ball of a volume."""
    return float((6 * max(volume_mm3, 0.0) / np.pi) ** (1 / 3))


def plain(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Judge without learning: sharp, round, and not cut off by the block."""
    named = {name: features[:, number] for number, name in enumerate(NAMES)}
    sharp = named["step_peak"] * np.minimum(named["step_noise"], 4.0) / 4.0
    round_ = np.clip(named["roundness"], 0.0, 1.0)
    open_ = np.clip(1 - 5 * named["at_border"], 0.0, 1.0)
    small = np.clip((named["log_volume"] - log(15.0)) / 2, 0.0, 1.0)
    return np.asarray(sharp * round_ * open_ * small, np.float32)
