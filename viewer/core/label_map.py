"""Labels of voxels that change a little at a time, each version a value of its own.

A version is an array that never changes and the small blocks ("bricks") that are different by
now. A stroke makes new bricks where it went and shares all others with the version before, so
that undo, drafts and pictures cost what was changed, not what there is.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Labels: TypeAlias = NDArray[np.unsignedinteger]
Index: TypeAlias = tuple[int, int, int]
Box: TypeAlias = tuple[slice, slice, slice]

BRICK: Final = (16, 32, 32)
"""Slices, rows and columns of a brick; those at the far ends may be smaller."""
_MOST_LABELS: Final = 65536


class LabelMap:
    """Labels on a grid (slice, row, column), unsigned, 0 outside; never changed in place."""

    __slots__ = ("__weakref__", "_base", "_bricks", "_filled", "_whole")

    def __init__(self, base: _Base, bricks: Mapping[Index, Labels]) -> None:
        self._base, self._bricks = base, dict(bricks)
        self._whole: weakref.ref[Labels] | None = None
        self._filled: Box | None = None

    def __reduce__(self) -> tuple[type[LabelMap], tuple[_Base, dict[Index, Labels]]]:
        """Hand over to another process what is kept, without the copy that may be in use."""
        return LabelMap, (self._base, self._bricks)

    @staticmethod
    def of(array: NDArray[np.generic]) -> LabelMap:
        """Take an array as labels; nobody may change it from now on.

        It is copied only where it does not lie in memory in its order (slice, row, column).

        Raises:
            ValueError: if it is no block of unsigned whole numbers.
        """
        if array.ndim != 3 or array.dtype.kind != "u" or array.dtype.itemsize > 4:
            raise ValueError("labels are a block of unsigned whole numbers")
        native = array.astype(array.dtype.newbyteorder("="), copy=False)
        if any(native.strides):
            native = np.ascontiguousarray(native)  # or every draft would copy it anew
        return LabelMap(_Base(_read_only(native)), {})

    @staticmethod
    def empty(shape: Index, dtype: type[np.unsignedinteger] = np.uint8) -> LabelMap:
        """Return labels that are 0 everywhere, and take no memory for it."""
        return LabelMap.of(np.broadcast_to(np.zeros((), dtype), shape))

    @property
    def shape(self) -> Index:
        """Slices, rows, columns."""
        depth, height, width = self._base.array.shape
        return depth, height, width

    @property
    def dtype(self) -> np.dtype[np.unsignedinteger]:
        """The kind of its numbers."""
        return self._base.array.dtype

    @property
    def base(self) -> Labels:
        """What all versions that came of one array share."""
        return self._base.array

    @property
    def bricks(self) -> Mapping[Index, Labels]:
        """The blocks that differ from the base, by slice, row and column in bricks."""
        return self._bricks

    def whole(self) -> Labels:
        """Return all labels, read-only; this may copy them, which is not for the window's thread.

        The copy is kept for as long as somebody uses it.
        """
        if not self._bricks:
            return self._base.array
        kept = self._whole() if self._whole is not None else None
        if kept is None:
            kept = np.array(self._base.array)
            for at, brick in self._bricks.items():
                kept[self._box_of(at)] = brick
            kept.setflags(write=False)
            self._whole = weakref.ref(kept)
        return kept

    def box(self, box: Box) -> Labels:
        """Return the labels in a box as a copy that is the caller's; it must lie in the grid."""
        result = np.array(self._base.array[box])
        for at in self._set_in(box):
            mine, theirs = _common(self._box_of(at), box)
            result[theirs] = self._bricks[at][mine]
        return result

    def _set_in(self, box: Box) -> Iterator[Index]:
        """Return the bricks in a box that differ from the base, looking at as few as possible."""
        (a, b), (c, d), (e, f) = (
            (side.start // n, -(-side.stop // n)) for side, n in zip(box, BRICK, strict=True)
        )
        if (b - a) * (d - c) * (f - e) < len(self._bricks):
            yield from (at for at in self._bricks_of(box) if at in self._bricks)
            return
        for at in self._bricks:
            if a <= at[0] < b and c <= at[1] < d and e <= at[2] < f:
                yield at

    def plane(self, axis: int, index: int) -> Labels:
        """Return one plane of voxels, two-dimensional."""
        box = [slice(0, n) for n in self.shape]
        box[axis] = slice(index, index + 1)
        return self.box((box[0], box[1], box[2])).squeeze(axis)

    def with_box(self, start: Index, block: NDArray[np.generic]) -> LabelMap:
        """Return these labels with a block put in at an index; the same if that changes nothing.

        Raises:
            ValueError: if the block does not lie in the grid.
        """
        box = _box(start, block.shape)
        if any(side.start < 0 or side.stop > n for side, n in zip(box, self.shape, strict=True)):
            raise ValueError("the block does not lie in the grid")
        made: dict[Index, Labels] = {}
        for at in self._bricks_of(box):
            mine, theirs = _common(self._box_of(at), box)
            before = self._brick(at)
            new = block[theirs]
            if not np.array_equal(before[mine], new):
                after = np.array(before)
                after[mine] = new
                made[at] = _read_only(after)
        return LabelMap(self._base, {**self._bricks, **made}) if made else self

    def with_bricks(self, bricks: Mapping[Index, NDArray[np.generic]]) -> LabelMap:
        """Return these labels with whole bricks put in, as they were kept.

        Raises:
            ValueError: if one is no brick of this grid.
        """
        ends = [-(-n // m) for n, m in zip(self.shape, BRICK, strict=True)]
        for at, brick in bricks.items():
            outside = any(not 0 <= i < n for i, n in zip(at, ends, strict=True))
            if outside or brick.shape != self._base.array[self._box_of(at)].shape:
                raise ValueError("a block that is no brick of this grid")
            if brick.dtype != self.dtype:
                raise ValueError("a brick of another kind of number")
        return LabelMap(
            self._base, {**self._bricks, **{k: _read_only(v) for k, v in bricks.items()}}
        )

    def with_whole(self, array: NDArray[np.generic]) -> LabelMap:
        """Return labels as in an array, sharing with these what is the same.

        Raises:
            ValueError: if the array is of another shape.
        """
        if array.shape != self.shape:
            raise ValueError(f"{array.shape} labels on a grid of {self.shape}")
        bricks: dict[Index, Labels] = {}
        places = list(self._bricks_of(_box((0, 0, 0), self.shape)))
        for at in places:
            box = self._box_of(at)
            new = array[box]
            mine = self._bricks.get(at)
            if mine is not None and np.array_equal(mine, new):
                bricks[at] = mine
            elif not np.array_equal(self._base.array[box], new):
                bricks[at] = _read_only(np.array(new, self.dtype))
        if 2 * len(bricks) > len(places):
            return LabelMap.of(np.array(array, self.dtype))
        return LabelMap(self._base, bricks)

    def widened(self) -> LabelMap:
        """Return the same labels as numbers up to 65,535; this may copy all of them."""
        if self._base.empty:
            bricks = {at: brick.astype(np.uint16) for at, brick in self._bricks.items()}
            return LabelMap.empty(self.shape, np.uint16).with_bricks(bricks)
        return LabelMap.of(self.whole().astype(np.uint16))

    def changed_since(self, older: LabelMap) -> Box | None:
        """Return a box that holds all that differs from an older version; None if nothing does.

        It is everything where the two have not come of one array.
        """
        if older._base is not self._base:
            return _box((0, 0, 0), self.shape)
        either = self._bricks.keys() | older._bricks.keys()
        return _round(
            [self._box_of(at) for at in either if self._bricks.get(at) is not older._bricks.get(at)]
        )

    def counts(self) -> NDArray[np.int64]:
        """Return how many voxels have each label, as many numbers as there may be labels."""
        result = self._base.counts().copy()
        for at, brick in self._bricks.items():
            new, old = _counted_once(brick), self._base.counts_at(at, self._box_of(at))
            result[: len(new)] += new
            result[: len(old)] -= old
        return result

    def extent(self, label: int) -> Box | None:
        """Return the smallest box round a label; None if no voxel has it."""
        places = [*(self._base.bricks_with(label) - self._bricks.keys()), *self._bricks]
        boxes = [_tight(self._brick(at), label, self._box_of(at)) for at in places]
        return _round([box for box in boxes if box is not None])

    @property
    def filled(self) -> Box | None:
        """A box that holds all that is not 0; None where everything is. It may be too large."""
        if not self._base.empty:
            return _box((0, 0, 0), self.shape)
        if self._filled is None and self._bricks:
            self._filled = _round([self._box_of(at) for at in self._bricks])
        return self._filled

    def held(self) -> Iterator[Labels]:
        """Return every array that this version keeps in memory."""
        yield self._base.array
        yield from self._bricks.values()

    def _brick(self, at: Index) -> Labels:
        brick = self._bricks.get(at)
        return self._base.array[self._box_of(at)] if brick is None else brick

    def _box_of(self, at: Index) -> Box:
        z, y, x = at[0] * BRICK[0], at[1] * BRICK[1], at[2] * BRICK[2]
        depth, height, width = self._base.array.shape
        return (
            slice(z, min(z + BRICK[0], depth)),
            slice(y, min(y + BRICK[1], height)),
            slice(x, min(x + BRICK[2], width)),
        )

    def _bricks_of(self, box: Box) -> Iterator[Index]:
        ranges = (
            range(side.start // n, -(-side.stop // n)) for side, n in zip(box, BRICK, strict=True)
        )
        yield from product(*ranges)


class _Base:
    """An array that many versions share, and what was once counted in it."""

    __slots__ = ("_counts", "_counts_at", "_where", "array")

    def __init__(self, array: Labels) -> None:
        self.array = array
        self._counts: NDArray[np.int64] | None = None
        self._counts_at: dict[Index, NDArray[np.int64]] = {}
        self._where: dict[int, frozenset[Index]] = {}

    @property
    def empty(self) -> bool:
        """Whether it is one 0 for all voxels."""
        return not any(self.array.strides) and not self.array.flat[0]

    def counts(self) -> NDArray[np.int64]:
        if self._counts is None:
            self._counts = _counted(self.array)
        return self._counts

    def counts_at(self, at: Index, box: Box) -> NDArray[np.int64]:
        """Return how many voxels of a brick have each label, up to the greatest in it."""
        if at not in self._counts_at:
            self._counts_at[at] = np.bincount(self.array[box].ravel())
        return self._counts_at[at]

    def bricks_with(self, label: int) -> frozenset[Index]:
        """Return the bricks in which a label is."""
        if label not in self._where:
            self._where[label] = frozenset(self._find(label))
        return self._where[label]

    def _find(self, label: int) -> Iterator[Index]:
        if not any(self.array.strides):
            if self.array.size and int(self.array.flat[0]) == label:
                yield from product(
                    *(range(-(-n // m)) for n, m in zip(self.array.shape, BRICK, strict=True))
                )
            return
        for first in range(0, self.array.shape[0], BRICK[0]):
            found = (self.array[first : first + BRICK[0]] == label).any(axis=0)
            for row, column in np.argwhere(_coarse(found)).tolist():
                yield first // BRICK[0], row, column


def _coarse(found: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell for each brick of a layer whether anything in it was found."""
    rows = np.logical_or.reduceat(found, range(0, found.shape[0], BRICK[1]), axis=0)
    return np.asarray(np.logical_or.reduceat(rows, range(0, found.shape[1], BRICK[2]), axis=1))


_COUNTED: dict[int, tuple[weakref.ref[Labels], NDArray[np.int64]]] = {}
"""What was once counted in bricks, by identity, while they live."""


def _counted_once(brick: Labels) -> NDArray[np.int64]:
    """Return how many voxels of a brick have each label; versions share most of their bricks."""
    key = id(brick)
    known = _COUNTED.get(key)
    if known is None or known[0]() is not brick:
        known = weakref.ref(brick, lambda _: _COUNTED.pop(key, None)), np.bincount(brick.ravel())
        _COUNTED[key] = known
    return known[1]


def _counted(array: Labels) -> NDArray[np.int64]:
    result = np.zeros(_MOST_LABELS, np.int64)
    if not any(array.strides):
        if array.size:
            result[int(array.flat[0])] = array.size
        return result
    for plane in array:
        found = np.bincount(plane.ravel())
        result[: len(found)] += found
    return result


def _tight(block: Labels, label: int, box: Box) -> Box | None:
    inside = block == label
    if not inside.any():
        return None
    sides = []
    for axis, side in enumerate(box):
        others = tuple(other for other in range(3) if other != axis)
        where = np.flatnonzero(inside.any(axis=others))
        sides.append(slice(side.start + int(where[0]), side.start + int(where[-1]) + 1))
    return sides[0], sides[1], sides[2]


def _round(boxes: list[Box]) -> Box | None:
    """Return the box round boxes."""
    if not boxes:
        return None
    sides = [
        slice(min(side.start for side in along), max(side.stop for side in along))
        for along in zip(*boxes, strict=True)
    ]
    return sides[0], sides[1], sides[2]


def _box(start: Index, shape: tuple[int, ...]) -> Box:
    first, second, third = (slice(a, a + n) for a, n in zip(start, shape, strict=True))
    return first, second, third


def _common(one: Box, other: Box) -> tuple[Box, Box]:
    """Return what two boxes have in common, as seen from the start of each."""
    (a, b), (c, d), (e, f) = (
        (max(p.start, q.start), min(p.stop, q.stop)) for p, q in zip(one, other, strict=True)
    )

    def seen(box: Box) -> Box:
        z, y, x = box[0].start, box[1].start, box[2].start
        return slice(a - z, b - z), slice(c - y, d - y), slice(e - x, f - x)

    return seen(one), seen(other)


def _read_only(array: NDArray[np.generic]) -> Labels:
    view = array.view()
    view.setflags(write=False)
    return view  # type: ignore[return-value]
