"""The plain ways to the same map: brightness, the other side, main components, patches.

Each takes the patients that may be learned from and a head, and gives a map as `restoring` does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from sklearn.decomposition import PCA

from viewer.ai.unlike.heads import SIDE, Head, Pictures, blurred, sampled, unlikeness
from viewer.ai.unlike.lessons import Lesson
from viewer.ai.unlike.patches import Floats, Memory, patches, spread_out, usual_patches

COMPONENTS = 60
_ANGLES = np.radians(np.arange(-20.0, 21.0, 4.0))


class Components(Protocol):
    """What scikit-learn has for main components; the library says nothing of types."""

    def fit(self, rows: Pictures) -> Self:
        """Find them in rows (n, numbers)."""

    def transform(self, rows: Pictures) -> Pictures:
        """Return how much of each there is in rows."""

    def inverse_transform(self, rows: Pictures) -> Pictures:
        """Return the rows that they make up."""


_components: Callable[..., Components] = PCA
Mapper: TypeAlias = Callable[[Head], Pictures]
Learn: TypeAlias = Callable[[Sequence[Lesson]], Mapper]


def brightness(lessons: Sequence[Lesson]) -> Mapper:
    """Return what maps how much brighter than the middle of its brain each pixel is."""
    del lessons

    def mapped(head: Head) -> Pictures:
        usual = np.median(head.pictures[head.brain])
        return blurred(head, np.maximum(head.pictures - usual, 0))

    return mapped


def other_side(lessons: Sequence[Lesson]) -> Mapper:
    """Return what maps how far each pixel is from its counterpart on the other side."""
    del lessons

    def mapped(head: Head) -> Pictures:
        angle = _midline(head)
        soft = ndimage.gaussian_filter(head.pictures * head.brain, (0, 1, 1))
        away = np.zeros_like(head.pictures)
        for number in np.flatnonzero(head.brain.any(axis=(1, 2))):
            other = _mirrored(soft[number], head.brain[number], angle)
            inside = (
                _mirrored(head.brain[number].astype(np.float32), head.brain[number], angle) > 0.5
            )
            away[number] = np.abs(soft[number] - other) * inside
        return blurred(head, away)

    return mapped


def _midline(head: Head) -> float:
    """Return the angle of the midline at which the widest slices are most like their mirror."""
    widest = np.argsort(-head.brain.sum(axis=(1, 2)))[:5]
    shapes = [(head.pictures[k] * head.brain[k], head.brain[k]) for k in widest]

    def off(angle: float) -> float:
        return float(sum(np.abs(one - _mirrored(one, at, angle)).sum() for one, at in shapes))

    return float(min(_ANGLES.tolist(), key=off))


def _mirrored(one: Pictures, inside: NDArray[np.bool_], angle: float) -> Pictures:
    """Mirror a slice about a line through the middle of its brain; 0 runs along the columns."""
    cosine, sine = np.cos(2 * angle), np.sin(2 * angle)
    matrix = np.array([[-cosine, sine], [sine, cosine]])
    middle = np.array(ndimage.center_of_mass(inside))
    return sampled(one, matrix, middle - matrix @ middle, (SIDE, SIDE))


def components(lessons: Sequence[Lesson]) -> Mapper:
    """Return what maps what the main components of usual slices cannot give back."""
    usual = np.concatenate([_rows(one.head)[one.usual] for one in lessons])
    sides = usual.reshape(-1, SIDE, SIDE)
    flipped = np.concatenate([sides, sides[:, ::-1], sides[:, :, ::-1], sides[:, ::-1, ::-1]])
    model = _components(COMPONENTS, svd_solver="randomized", random_state=0)
    model.fit(flipped.reshape(len(flipped), -1))

    def mapped(head: Head) -> Pictures:
        rows = _rows(head)
        back = model.inverse_transform(model.transform(rows)).reshape(head.pictures.shape)
        return unlikeness(head, back.astype(np.float32))

    return mapped


def _rows(head: Head) -> Pictures:
    return (head.pictures * head.brain).reshape(len(head.pictures), -1)


def distribution(lessons: Sequence[Lesson]) -> Mapper:
    """Return what maps the Mahalanobis distance of patches from usual ones."""
    usual = _usual(lessons)
    mean = usual.mean(axis=0)
    inverse = np.linalg.inv(np.cov(usual.T) + 1e-6 * np.eye(usual.shape[1]))

    def distances(rows: Floats) -> Floats:
        away = rows - mean
        return np.asarray(np.sqrt(np.einsum("nf,fg,ng->n", away, inverse, away)))

    return lambda head: blurred(head, spread_out(head, distances(patches(head))))


def neighbours(lessons: Sequence[Lesson]) -> Mapper:
    """Return what maps how far patches are from the nearest usual ones."""
    distances = Memory.of(_usual(lessons), 0).distances()
    return lambda head: blurred(head, spread_out(head, distances(patches(head))))


def _usual(lessons: Sequence[Lesson]) -> Floats:
    return usual_patches(
        [one.head for one in lessons], [one.usual for one in lessons], [None] * len(lessons)
    )


RIVALS: Mapping[str, Learn] = {
    "brightness above the middle of the brain (rule)": brightness,
    "difference of the two sides (rule)": other_side,
    "main components (a linear autoencoder)": components,
    "Mahalanobis distance of patches": distribution,
    "nearest usual patches": neighbours,
}
