"""A forest that learns from scribbles what tissue looks like, and tells it everywhere else.

Random forest (Breiman 2001) on the features of `imaging.texture`, as ilastik and Weka do it.
It is grown by scikit-learn and asked by a compiled loop, so that a slice is answered while one
scribbles. Nothing of it is kept on disk: it belongs to its scribbles and its image.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.progress import Part, Progress
from viewer.imaging.compiled import compiled
from viewer.imaging.enhance.catalogue import Parameter
from viewer.imaging.segment.operation import Gives, Ground, Need, Operation, Settings
from viewer.imaging.texture import Bank, Features, Picture, PixelMm, Scale

Chances = NDArray[np.float32]
Marks = NDArray[np.unsignedinteger]
Values = NDArray[np.float32]
TREES = 40
MOST_PER_CLASS = 2000
MOST_CLASSES = 32
_DEPTH = 14
_THREADS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """The features (sample, feature) of marked pixels and their classes, 1 and up."""

    features: NDArray[np.float32] = field(repr=False)
    classes: NDArray[np.int64] = field(repr=False)

    @classmethod
    def of(cls, features: Features, marks: Marks) -> Samples:
        """Take what is marked on a slice whose features are known."""
        marked = np.flatnonzero(marks.reshape(-1))
        flat = features.reshape(len(features), -1)
        return cls(flat[:, marked].T.copy(), marks.reshape(-1)[marked].astype(np.int64))

    @classmethod
    def together(cls, parts: list[Samples]) -> Samples:
        """Return the samples of several slices as one."""
        return cls(
            np.concatenate([part.features for part in parts]),
            np.concatenate([part.classes for part in parts]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Grown trees, one after the other in the same arrays; the root of each is in `roots`."""

    classes: tuple[int, ...]
    roots: NDArray[np.int64] = field(repr=False)
    asked: NDArray[np.int32] = field(repr=False)
    """Which feature each node asks for; negative at a leaf."""
    levels: NDArray[np.float64] = field(repr=False)
    sons: NDArray[np.int32] = field(repr=False)
    """(node, 2): where to go up to the level, and beyond it."""
    shares: NDArray[np.float32] = field(repr=False)
    """(node, class)"""
    worth: tuple[float, ...] = ()
    """How much each feature counts; the sum is 1."""

    def chances(self, features: Features) -> Chances:
        """Return how likely each class is, (class, row, column), in the order of `classes`."""
        flat = features.reshape(len(features), -1)
        found = np.zeros((flat.shape[1], len(self.classes)), np.float32)
        ends = [flat.shape[1] * number // _THREADS for number in range(_THREADS + 1)]

        def ask(first: int, last: int) -> None:
            _ask(
                flat, self.roots, self.asked, self.levels, self.sons, self.shares,
                found, first, last,
            )  # fmt: skip

        with ThreadPoolExecutor(_THREADS, "scribbles") as pool:
            list(pool.map(ask, ends[:-1], ends[1:]))
        return np.ascontiguousarray(found.T).reshape(len(self.classes), *features.shape[1:])


def grow(samples: Samples, *, trees: int = TREES, seed: int = 0) -> Forest:
    """Grow a forest; every class weighs the same, however much of it was marked.

    Raises:
        Declined: if fewer than two classes are marked.
    """
    from sklearn.ensemble import RandomForestClassifier

    chosen = _balanced(samples, seed)
    make: Callable[..., RandomForestClassifier] = RandomForestClassifier
    engine = make(
        n_estimators=trees, max_depth=_DEPTH, min_samples_leaf=2, class_weight="balanced",
        random_state=seed, n_jobs=None,
    )  # fmt: skip
    engine.fit(chosen.features, chosen.classes)
    grown = [one.tree_ for one in engine.estimators_]
    starts = np.cumsum([0, *(tree.node_count for tree in grown)])
    sons = [
        np.stack([tree.children_left, tree.children_right], axis=1) + start
        for tree, start in zip(grown, starts, strict=False)
    ]
    shares = np.concatenate([tree.value[:, 0] for tree in grown])
    return Forest(
        tuple(int(name) for name in engine.classes_),
        starts[:-1].astype(np.int64),
        np.concatenate([tree.feature for tree in grown]).astype(np.int32),
        np.concatenate([tree.threshold for tree in grown]).astype(np.float64),
        np.concatenate(sons).astype(np.int32),
        (shares / shares.sum(axis=1, keepdims=True)).astype(np.float32),
        tuple(float(one) for one in engine.feature_importances_),
    )


def _balanced(samples: Samples, seed: int) -> Samples:
    names, counts = np.unique(samples.classes, return_counts=True)
    if len(names) < 2:
        raise Declined("Mark at least two classes: tissue and what is not.", code="no_seeds")
    if len(names) > MOST_CLASSES:
        raise Declined(f"At most {MOST_CLASSES} classes can be told apart.", code="too_many")
    chance = np.random.default_rng(seed)
    kept = []
    for name, count in zip(names, counts, strict=True):
        own = np.flatnonzero(samples.classes == name)
        kept.append(own if count <= MOST_PER_CLASS else chance.choice(own, MOST_PER_CLASS, False))
    rows = np.concatenate(kept)
    return Samples(samples.features[rows], samples.classes[rows])


@dataclass(frozen=True, slots=True, eq=False)
class Taught:
    """A forest with what its features were taken of; it answers slices of the same image."""

    forest: Forest
    bank: Bank
    scale: Scale

    def chances(self, picture: Picture, pixel_mm: PixelMm) -> Chances:
        """Return how likely each class is at each pixel of a slice in real-world values."""
        return self.forest.chances(self.bank.of(self.scale.scaled(picture), pixel_mm))

    def named(self, chances: Chances, least: float = 0.0) -> NDArray[np.uint16]:
        """Return the likeliest class of each pixel, 0 where it is less likely than `least`."""
        names = np.array(self.forest.classes, np.uint16)
        found = names[chances.argmax(axis=0)]
        found[chances.max(axis=0) < least] = 0
        return np.asarray(found)


def teach(
    values: Values,
    marks: Marks,
    pixel_mm: PixelMm,
    progress: Progress,
    *,
    bank: Bank | None = None,
    scale: Scale | None = None,
) -> Taught:
    """Learn from scribbles (slice, row, column; 0 unmarked) on an image in real-world values.

    Raises:
        Declined: if fewer than two classes are marked.
        Cancelled: if the work is no longer wanted.
    """
    if marks.shape != values.shape:
        raise ValueError("scribbles lie on the voxels of their image")
    bank = bank or Bank()
    scale = scale or Scale.of(values[:: max(1, len(values) // 32), ::2, ::2])
    drawn = np.flatnonzero(marks.any(axis=(1, 2))).tolist()
    parts = []
    for number, index in enumerate(drawn):
        progress.report(0.7 * number / len(drawn), "looking at the scribbles")
        features = bank.of(scale.scaled(values[index]), pixel_mm)
        parts.append(Samples.of(features, marks[index]))
    if not parts:
        raise Declined("Mark at least two classes: tissue and what is not.", code="no_seeds")
    progress.report(0.7, "growing trees")
    forest = grow(Samples.together(parts))
    progress.report(1.0)
    return Taught(forest, bank, scale)


def apply(
    taught: Taught, values: Values, pixel_mm: PixelMm, progress: Progress, *, least: float = 0.0
) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """Return the class of every voxel, and how sure it is in percent, slice by slice.

    Raises:
        Cancelled: if the work is no longer wanted.
    """
    labels = np.zeros(values.shape, np.uint16)
    sure = np.zeros(values.shape, np.uint8)
    for index, picture in enumerate(values):
        chances = taught.chances(picture, pixel_mm)
        labels[index] = taught.named(chances, least)
        sure[index] = np.rint(100 * chances.max(axis=0))
        progress.report((index + 1) / len(values), f"slice {index + 1} of {len(values)}")
    return labels, sure


def taught_labels(
    values: Values, marks: Marks, pixel_mm: PixelMm, progress: Progress, *, least: float = 0.0
) -> NDArray[np.uint16]:
    """Learn from scribbles and return the class of every voxel; scribbles stay as drawn.

    Raises:
        Declined: if fewer than two classes are marked.
        Cancelled: if the work is no longer wanted.
    """
    taught = teach(values, marks, pixel_mm, Part(progress, 0.0, 0.2))
    labels, _ = apply(taught, values, pixel_mm, Part(progress, 0.2, 1.0), least=least)
    drawn = marks > 0
    labels[drawn] = marks[drawn]
    return labels


@compiled
def _ask(
    features: NDArray[np.float32],
    roots: NDArray[np.int64],
    asked: NDArray[np.int32],
    levels: NDArray[np.float64],
    sons: NDArray[np.int32],
    shares: NDArray[np.float32],
    found: NDArray[np.float32],
    first: int,
    last: int,
) -> None:
    """Send pixels down every tree, some hundred at a time so that all they need stays near."""
    classes = shares.shape[1]
    count = features.shape[0]
    block = 512
    near = np.empty((block, count), np.float32)
    for start in range(first, last, block):
        stop = min(start + block, last)
        for number in range(count):
            for pixel in range(start, stop):
                near[pixel - start, number] = features[number, pixel]
        for tree in range(roots.shape[0]):
            for pixel in range(start, stop):
                node = np.uint64(roots[tree])
                row = np.uint64(pixel - start)
                while asked[node] >= 0:
                    beyond = near[row, np.uint64(asked[node])] > levels[node]
                    node = np.uint64(sons[node, np.uint64(beyond)])
                at = np.uint64(pixel)
                for name in range(classes):
                    found[at, np.uint64(name)] += shares[node, np.uint64(name)]
        for pixel in range(start, stop):
            for name in range(classes):
                found[pixel, name] /= roots.shape[0]


def _forest(ground: Ground, settings: Settings, progress: Progress) -> NDArray[np.uint16]:
    pixel_mm = (ground.spacing_mm[1], ground.spacing_mm[2])
    least = float(settings["least"]) / 100
    return taught_labels(ground.values, ground.labels, pixel_mm, progress, least=least)


FOREST = Operation(
    "forest", "Learn from scribbles", "Marks",
    "Learns what each marked segment looks like (random forest on texture) and finds it elsewhere.",
    _forest,
    (Parameter("least", "Leave out what is less sure than", 0.0, 0.0, 99.0, "%"),),
    frozenset({Need.VALUES, Need.SEEDS}),
    Gives.LABELS,
    16,
)  # fmt: skip
"""The one operation that needs a model; beside those of `imaging.segment.catalogue`."""
