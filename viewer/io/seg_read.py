"""Segmentations from DICOM SEG, ours and those of other tools.

The grid is made from the positions of the frames: what Spacing Between Slices
says is believed only where a single frame leaves no other way. Slices in which
nothing was drawn are usually not stored; they come back when the grid of the
source images is given, else up to the outermost frames.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from highdicom.color import CIELabColor
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from viewer.core.code import ANATOMICAL_STRUCTURE
from viewer.core.errors import Unreadable
from viewer.core.geometry import Array, Geometry, Position, Shape
from viewer.core.label_map import LabelMap
from viewer.core.segmentation import Colour, Mask, Segment, Segmentation
from viewer.io.authorship import segment_author
from viewer.io.concepts import code_of
from viewer.io.identifiers import is_uid, uid_from
from viewer.io.seg_frames import SegFile, open_seg

_STATUSES = ("proposed", "accepted", "edited", "rejected")
_MOST_VOXELS = 2**32
_COLOUR: Colour = (230, 180, 80)


@dataclass(frozen=True, slots=True)
class References:
    """Whose a saved object is, and which images it was made from."""

    patient_id: str
    study_uid: str
    series_uid: str
    frame_of_reference_uid: str
    instances: tuple[str, ...] = field(repr=False)


def read_segmentation(
    path: Path, geometry: Geometry | None = None, series_key: str = ""
) -> Segmentation:
    """Read a SEG as one label map, on the given grid or the smallest of its own.

    Without a `series_key` the segmentation names the UID of its source series.

    Raises:
        Unreadable: if it is damaged, off the grid, or its segments overlap.
    """
    layers = read_segmentations(path, geometry, series_key)
    if len(layers) > 1:
        raise Unreadable(
            f"{path.name}: its segments overlap, so they need {len(layers)} layers.",
            code="overlap",
        )
    return layers[0]


def read_segmentations(
    path: Path, geometry: Geometry | None = None, series_key: str = ""
) -> tuple[Segmentation, ...]:
    """Read a SEG as label maps without overlap inside, as few as will do.

    Raises:
        Unreadable: if it is damaged, or does not lie on the given grid.
    """
    file = open_seg(path)
    grid = geometry or own_grid(file)
    places = _places(file, grid)
    id_, labels = _names(file)
    layers: list[tuple[NDArray[np.unsignedinteger], list[Segment]]] = []
    for number, item in sorted(file.segments.items()):
        segment = _segment(labels[number], item)
        free = (layer for layer in layers if not _meets(file, number, places, layer[0]))
        layer = next(free, None)
        if layer is None:
            kind = np.uint8 if max(labels.values()) < 256 else np.uint16
            layer = (np.zeros(grid.shape, kind), [])
            layers.append(layer)
        _draw(file, number, places, layer[0], segment.label)
        layer[1].append(segment)
    return tuple(
        _segmentation(file, id_ if n == 0 else uid_from(id_, str(n)), *layer, grid, series_key)
        for n, layer in enumerate(layers)
    )


def read_masks(path: Path, geometry: Geometry) -> dict[str, Mask]:
    """Read each segment as a mask cut out of a grid, under its tracking UID.

    Segments without a tracking UID or without voxels are left out.

    Raises:
        Unreadable: if the file is damaged, or does not lie on the grid.
    """
    file = open_seg(path)
    places = _places(file, geometry)
    masks: dict[str, Mask] = {}
    for number, item in file.segments.items():
        mask = _cut_out(file, number, places, geometry)
        if mask is not None and item.get("TrackingUID"):
            masks[str(item.TrackingUID)] = mask
    return masks


def read_references(path: Path) -> References:
    """Return the patient, study, series and images that a SEG names."""
    return _references(open_seg(path).dataset)


def own_grid(file: SegFile) -> Geometry:
    """Return the smallest regular grid on which all frames lie.

    Raises:
        Unreadable: if the frames are unevenly spaced.
    """
    points = np.array([frame.position for frame in file.frames])
    normal = np.cross(file.right, file.down)
    depth = points @ normal
    steps, step = _steps(depth - depth.min(), file)
    design = np.stack([np.ones_like(steps), steps], axis=1)
    fit, *_ = np.linalg.lstsq(design, points, rcond=None)
    if steps.max() == 0:
        fit[1] = normal * step
    if np.abs(points - design @ fit).max() > 0.05 * step + 0.01:
        raise Unreadable(f"{file.name}: its frames are unevenly spaced.", code="uneven")
    affine = np.eye(4)
    affine[:3, 0] = fit[1]
    affine[:3, 1] = file.down * file.spacing_mm[0]
    affine[:3, 2] = file.right * file.spacing_mm[1]
    affine[:3, 3] = fit[0]
    shape = (int(steps.max()) + 1, *file.shape)
    if shape[0] * shape[1] * shape[2] > _MOST_VOXELS:
        raise Unreadable(f"{file.name}: its frames lie absurdly far apart.", code="too_large")
    return Geometry(shape, affine, str(file.dataset.get("FrameOfReferenceUID", "")))


def _steps(depth: Array, file: SegFile) -> tuple[Array, float]:
    """Return how many slices each frame lies from the first, and the distance of two slices."""
    gaps = np.diff(np.sort(depth))
    gaps = gaps[gaps > 0.01]
    if gaps.size == 0:
        if file.thickness_mm <= 0:
            raise Unreadable(f"{file.name}: its only slice has no thickness.", code="bad_geometry")
        return np.zeros_like(depth), file.thickness_mm
    for part in (1, 2, 3):
        step = _common_step(np.sort(gaps), float(gaps.min()) / part)
        if step is not None:
            return np.rint(depth / step), step
    raise Unreadable(f"{file.name}: its frames are unevenly spaced.", code="uneven")


def _common_step(gaps: Array, rough: float) -> float | None:
    """Return the step of which all gaps are multiples, refined from the smallest gap up."""
    total = count = 0.0
    for gap in gaps:
        times = round(float(gap) / rough)
        if times < 1 or abs(float(gap) / rough - times) > 0.1:
            return None
        total, count = total + float(gap), count + times
        rough = total / count
    return rough


def _places(file: SegFile, grid: Geometry) -> list[Shape]:
    """Return the index on the grid of the first pixel of every frame."""
    rows = np.stack([file.down * file.spacing_mm[0], file.right * file.spacing_mm[1]], axis=1)
    slack = 0.25 * min(grid.spacing_mm[1:]) / max(file.shape)
    index = grid.to_index([frame.position for frame in file.frames])
    whole = np.rint(index).astype(int)
    inside = (whole >= 0).all() and (whole + np.array([1, *file.shape]) <= grid.shape).all()
    aligned = np.abs(grid.affine[:3, 1:3] - rows).max() <= slack
    if not (aligned and inside and np.abs(index - whole).max() < 0.1):
        raise Unreadable(f"{file.name}: it was not drawn on these images.", code="other_grid")
    return [(int(s), int(r), int(c)) for s, r, c in whole]


def _window(place: Shape, shape: tuple[int, int]) -> tuple[int, slice, slice]:
    s, r, c = place
    return s, slice(r, r + shape[0]), slice(c, c + shape[1])


def _meets(
    file: SegFile, number: int, places: list[Shape], voxels: NDArray[np.unsignedinteger]
) -> bool:
    """Tell whether a segment covers voxels that are already taken."""
    return any(
        bool(voxels[_window(places[n], file.shape)][file.pixels(n, number)].any())
        for n in file.frames_of(number)
    )


def _draw(
    file: SegFile,
    number: int,
    places: list[Shape],
    voxels: NDArray[np.unsignedinteger],
    label: int,
) -> None:
    for n in file.frames_of(number):
        voxels[_window(places[n], file.shape)][file.pixels(n, number)] = label


def _cut_out(file: SegFile, number: int, places: list[Shape], grid: Geometry) -> Mask | None:
    found = [np.argwhere(file.pixels(n, number)) + places[n][1:] for n in file.frames_of(number)]
    slices = [
        np.full(len(points), places[n][0])
        for n, points in zip(file.frames_of(number), found, strict=True)
    ]
    if not found or not sum(map(len, found)):
        return None
    index = np.column_stack([np.concatenate(slices), np.concatenate(found)])
    start, stop = index.min(axis=0), index.max(axis=0) + 1
    voxels = np.zeros(stop - start, np.bool_)
    voxels[tuple((index - start).T)] = True
    low, high = (tuple(int(n) for n in corner) for corner in (start, stop))
    return Mask(voxels, grid.crop((low[0], low[1], low[2]), (high[0], high[1], high[2])))


def _names(file: SegFile) -> tuple[str, dict[int, int]]:
    """Return the id of the segmentation and the label of each segment number."""
    numbers = {number: number for number in file.segments}
    ids, labels = set(), {}
    for number, item in file.segments.items():
        id_, _, label = str(item.get("TrackingID", "")).rpartition("/")
        if not is_uid(id_) or not label.isdecimal() or not 0 < int(label) < 65536:
            return str(file.dataset.SOPInstanceUID), numbers
        ids.add(id_)
        labels[number] = int(label)
    if len(ids) != 1 or len(set(labels.values())) != len(labels):
        return str(file.dataset.SOPInstanceUID), numbers
    return ids.pop(), labels


def _segment(label: int, item: Dataset) -> Segment:
    type_ = code_of(item.SegmentedPropertyTypeCodeSequence[0])
    categories = item.get("SegmentedPropertyCategoryCodeSequence")
    category = code_of(categories[0]) if categories else ANATOMICAL_STRUCTURE
    name = str(item.get("SegmentLabel", "") or type_.meaning)
    return Segment(label, name, type_, category, _colour(item))


def _colour(item: Dataset) -> Colour:
    lab = item.get("RecommendedDisplayCIELabValue")
    if lab is None or len(lab) != 3:
        return _COLOUR
    red, green, blue = CIELabColor.from_dicom_value(tuple(int(x) for x in lab)).to_rgb()
    return int(red), int(green), int(blue)


def _segmentation(
    file: SegFile,
    id_: str,
    voxels: NDArray[np.unsignedinteger],
    segments: list[Segment],
    grid: Geometry,
    series_key: str,
) -> Segmentation:
    dataset = file.dataset
    status = str(dataset.get("ContentLabel", "") or "").lower()
    title = dataset.get("ContentDescription") or dataset.get("SeriesDescription") or file.name
    return Segmentation(
        id=id_,
        title=str(title),
        label_map=LabelMap.of(voxels),
        geometry=grid,
        segments=tuple(segments),
        author=segment_author(
            file.segments[min(file.segments)], str(dataset.get("ContentCreatorName", "") or "")
        ),
        series_key=series_key or _references(dataset).series_uid,
        status=status if status in _STATUSES else "imported",
    )


def _references(dataset: Dataset) -> References:
    series = next(iter(dataset.get("ReferencedSeriesSequence") or ()), Dataset())
    instances = series.get("ReferencedInstanceSequence") or dataset.get("SourceImageSequence") or ()
    return References(
        patient_id=str(dataset.get("PatientID", "") or ""),
        study_uid=str(dataset.get("StudyInstanceUID", "") or ""),
        series_uid=str(series.get("SeriesInstanceUID", "") or ""),
        frame_of_reference_uid=str(dataset.get("FrameOfReferenceUID", "") or ""),
        instances=tuple(str(item.ReferencedSOPInstanceUID) for item in instances),
    )


def positions_of(path: Path) -> tuple[Position, ...]:
    """Return the stored position of the first pixel of every frame, LPS mm."""
    return tuple(frame.position for frame in open_seg(path).frames)
