"""All numbers of one segment: its shape, and the values of images under it.

Only the box round the segment is looked at, so that a small segment in a large volume
costs what the segment does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from viewer.core.errors import Declined
from viewer.core.geometry import Geometry, Shape
from viewer.core.label_map import LabelMap
from viewer.core.volume import Volume
from viewer.imaging.diameters import Mask3D
from viewer.imaging.segment_shape import SegmentShape, shape_of
from viewer.imaging.segment_values import SegmentValues, values_in


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """One segment cut out: a mask as small as it can be, its grid, and its place in the whole."""

    inside: Mask3D = field(repr=False)
    geometry: Geometry
    start: Shape


@dataclass(frozen=True, slots=True)
class Within:
    """What an image says within a segment, or why it says nothing."""

    image: str
    values: SegmentValues | None = None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class SegmentStatistics:
    """The numbers of one segment; `within` are those of the images, in their order."""

    shape: SegmentShape
    within: tuple[Within, ...] = ()


def cut_out(labels: LabelMap, geometry: Geometry, label: int) -> Cut | None:
    """Return a segment by itself; None if no voxel has its label."""
    box = labels.extent(label)
    if box is None:
        return None
    start = (box[0].start, box[1].start, box[2].start)
    stop = (box[0].stop, box[1].stop, box[2].stop)
    return Cut(labels.box(box) == label, geometry.crop(start, stop), start)


def has_changed(old: LabelMap, new: LabelMap, label: int) -> bool:
    """Tell whether other voxels have a label now; only what was touched is compared."""
    box = new.changed_since(old)
    return box is not None and not np.array_equal(old.box(box) == label, new.box(box) == label)


def statistics_of(cut: Cut, images: Sequence[tuple[str, Volume]]) -> SegmentStatistics:
    """Measure a segment, and under it images given with their names.

    An image that has no values there is kept, with a sentence that says why.
    """
    shape = shape_of(cut.inside, cut.geometry, cut.start[0])
    return SegmentStatistics(shape, tuple(within(cut, name, one) for name, one in images))


def within(cut: Cut, name: str, volume: Volume) -> Within:
    """Return what a volume of this name says within a segment."""
    try:
        return Within(name, values_in(volume, cut.inside, cut.geometry, cut.start[0]))
    except Declined as why:
        return Within(name, why_not=str(why))
