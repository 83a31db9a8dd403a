"""RT structure sets: contours in the patient, read onto a grid, and written from label maps.

Contours of one structure in one plane follow the even-odd rule, so that an inner one is a
hole; written holes are keyholes, which every reader understands (PS3.3 C.8.8.6.3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset

from viewer.core.author import Author
from viewer.core.code import Code
from viewer.core.errors import Unreadable
from viewer.core.geometry import Array, Geometry
from viewer.core.label_map import LabelMap
from viewer.core.segmentation import Colour, Segment, Segmentation
from viewer.core.study import Notice
from viewer.imaging.polygons import toggle
from viewer.io.concepts import code_of, quiet
from viewer.io.identifiers import is_uid, uid_from
from viewer.io.object_file import DAMAGE, first_line, read_object
from viewer.io.seg_read import References

STRUCTURE_SET = "1.2.840.10008.5.1.4.1.1.481.3"
_STRUCTURE = Code("91723000", "SCT", "Anatomical structure")
_FLAT = ("CLOSED_PLANAR", "CLOSEDPLANAR_XOR")
_OPEN = {
    "POINT": "points",
    "OPEN_PLANAR": "open lines",
    "OPEN_NONPLANAR": "open lines in space",
}
_COLOUR: Colour = (230, 180, 80)
_MOST_POINTS = 40_000_000
_MOST_STRUCTURES = 1000
_BENT = 0.25
"""Voxels by which a contour may leave its plane."""
_SAME_PLANE = 0.05
"""Voxels by which contours of one plane may differ."""


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """One structure: its name and colour, and its closed contours (n, 3) in LPS mm.

    `ignored` names what encloses nothing and how often: points and open lines.
    """

    number: int
    name: str
    colour: Colour
    type: Code
    contours: tuple[Array, ...] = field(repr=False)
    ignored: tuple[tuple[str, int], ...] = ()
    algorithm: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class StructureSet:
    """What a file holds, and whose it is."""

    id: str
    title: str
    patient_id: str
    study_uid: str
    series_uid: str
    frame_of_reference_uid: str
    structures: tuple[Structure, ...]
    interpreter: str = ""


def read_structures(path: Path) -> StructureSet:
    """Read the structures of a file.

    Raises:
        Unreadable: if it is no structure set, damaged, or too large to be one.
    """
    try:
        with quiet():
            return _structure_set(read_object(path), path)
    except Unreadable:
        raise
    except DAMAGE as error:
        raise Unreadable(
            f"{path.name} is a damaged structure set ({first_line(error)}).", code="damaged_object"
        ) from error


def structure_references(path: Path) -> References:
    """Return whose structures they are, and the series in which they were drawn.

    Raises:
        Unreadable: if it is no structure set, or damaged.
    """
    found = read_structures(path)
    return References(
        patient_id=found.patient_id,
        study_uid=found.study_uid,
        series_uid=found.series_uid,
        frame_of_reference_uid=found.frame_of_reference_uid,
        instances=(),
    )


def _structure_set(dataset: Dataset, path: Path) -> StructureSet:
    if dataset.get("SOPClassUID") != STRUCTURE_SET:
        raise Unreadable(f"{path.name} is no RT structure set.", code="not_structures")
    rois = list(dataset.get("StructureSetROISequence") or ())
    if len(rois) > _MOST_STRUCTURES:
        raise Unreadable(f"{path.name} names {len(rois)} structures.", code="too_many_parts")
    drawn = {
        int(item.ReferencedROINumber): item for item in dataset.get("ROIContourSequence") or ()
    }
    seen = {
        int(item.ReferencedROINumber): item
        for item in dataset.get("RTROIObservationsSequence") or ()
    }
    left = [_MOST_POINTS]
    structures = tuple(
        _structure(roi, drawn.get(int(roi.ROINumber)), seen.get(int(roi.ROINumber)), left)
        for roi in rois
    )
    frames = {str(roi.get("ReferencedFrameOfReferenceUID", "") or "") for roi in rois} - {""}
    if len(frames) > 1:
        raise Unreadable(
            f"{path.name} mixes structures of {len(frames)} patient spaces.", code="mixed_spaces"
        )
    uid = str(dataset.get("SOPInstanceUID", "") or "")
    return StructureSet(
        id=uid if is_uid(uid) else uid_from("structures", path.name),
        title=str(dataset.get("StructureSetLabel", "") or path.name),
        patient_id=str(dataset.get("PatientID", "") or ""),
        study_uid=str(dataset.get("StudyInstanceUID", "") or ""),
        series_uid=_series_uid(dataset),
        frame_of_reference_uid=next(iter(frames), ""),
        structures=structures,
        interpreter=next(
            (str(s.ROIInterpreter) for s in seen.values() if s.get("ROIInterpreter")), ""
        ),
    )


def _interpreter(seen: Sequence[Dataset]) -> str:
    names = (str(item.get("ROIInterpreter", "") or "") for item in seen)
    return next(filter(None, names), "")


def _series_uid(dataset: Dataset) -> str:
    for frame in dataset.get("ReferencedFrameOfReferenceSequence") or ():
        for study in frame.get("RTReferencedStudySequence") or ():
            for series in study.get("RTReferencedSeriesSequence") or ():
                return str(series.get("SeriesInstanceUID", "") or "")
    return ""


def _structure(
    roi: Dataset, drawn: Dataset | None, seen: Dataset | None, left: list[int]
) -> Structure:
    contours: list[Array] = []
    ignored: Counter[str] = Counter()
    for item in (drawn.get("ContourSequence") if drawn is not None else None) or ():
        kind = str(item.get("ContourGeometricType", "") or "")
        if kind not in _FLAT:
            ignored[_OPEN.get(kind, "contours of an unknown kind")] += 1
            continue
        points = _points(item)
        left[0] -= len(points)
        if left[0] < 0:
            raise Unreadable("it holds more points than any drawing has.", code="too_many_parts")
        if len(points) >= 3:
            contours.append(points)
        else:
            ignored["contours of fewer than three points"] += 1
    codes = seen.get("RTROIIdentificationCodeSequence") if seen is not None else None
    return Structure(
        number=int(roi.ROINumber),
        name=str(roi.get("ROIName", "") or f"Structure {roi.ROINumber}"),
        colour=_colour(drawn),
        type=code_of(codes[0]) if codes else _STRUCTURE,
        contours=tuple(contours),
        ignored=tuple(sorted(ignored.items())),
        algorithm=str(roi.get("ROIGenerationAlgorithm", "") or ""),
    )


def _points(item: Dataset) -> Array:
    """Return the points of a contour without making an object of every number."""
    element: object = item.get_item("ContourData")
    if isinstance(element, RawDataElement):
        content = bytes(element.value or b"").strip(b" \0")
        numbers = np.array(content.split(b"\\") if content else [], dtype=np.float64)
    else:
        numbers = np.array(item.get("ContourData") or [], dtype=np.float64)
    if numbers.size % 3 or not np.isfinite(numbers).all():
        raise Unreadable("its coordinates are not triples of numbers.", code="bad_coordinates")
    return numbers.reshape(-1, 3)


def _colour(drawn: Dataset | None) -> Colour:
    shade = drawn.get("ROIDisplayColor") if drawn is not None else None
    if shade is None or len(shade) != 3:
        return _COLOUR
    red, green, blue = (min(max(int(part), 0), 255) for part in shade)
    return red, green, blue


# -- onto a grid ---------------------------------------------------------------------------


def on_grid(
    found: StructureSet, geometry: Geometry, series_key: str
) -> tuple[tuple[Segmentation, ...], tuple[Notice, ...]]:
    """Return structures as label maps without overlap inside, as few as will do, and what was left.

    Raises:
        Unreadable: if nothing of it lies on the grid.
    """
    notices: list[Notice] = []
    layers: list[tuple[NDArray[np.uint16], list[Segment]]] = []
    for number, structure in enumerate(found.structures, start=1):
        mask, said = _mask(structure, geometry)
        notices += [Notice("left_out", sentence) for sentence in said]
        if mask is None:
            continue
        segment = Segment(number, structure.name, structure.type, colour=structure.colour)
        free = next((layer for layer in layers if not layer[0][mask].any()), None)
        if free is None:
            free = (np.zeros(geometry.shape, np.uint16), [])
            layers.append(free)
        free[0][mask] = number
        free[1].append(segment)
    if not layers:
        raise Unreadable(f"Nothing of {found.title} lies on these images.", code="off_grid")
    author = Author(found.interpreter.strip("^ ") or "unknown")
    many = len(layers) > 1
    return tuple(
        Segmentation(
            id=found.id if n == 0 else uid_from(found.id, str(n)),
            title=f"{found.title} ({n + 1} of {len(layers)})" if many else found.title,
            label_map=LabelMap.of(labels),
            geometry=geometry,
            segments=tuple(segments),
            author=author,
            series_key=series_key,
            status="imported",
        )
        for n, (labels, segments) in enumerate(layers)
    ), tuple(notices)


def _mask(structure: Structure, geometry: Geometry) -> tuple[NDArray[np.bool_] | None, list[str]]:
    """Return the voxels inside a structure, and sentences about what of it was left out."""
    said: list[str] = []
    if structure.ignored:
        what = ", ".join(f"{kind} ({count})" for kind, count in structure.ignored)
        said.append(f"{structure.name}: left out, as they enclose nothing: {what}.")
    mask = np.zeros(geometry.shape, np.bool_)
    outside = bent = between = 0
    lines = list(_in_slices(structure, geometry))
    nearest = _nearest(lines)
    for axis, place, line in lines:
        if axis is None:
            bent += 1
            continue
        number = round(place)
        if not 0 <= number < geometry.shape[axis]:
            outside += 1
            continue
        if abs(place - nearest[number]) > _SAME_PLANE:
            between += 1
            continue
        sheet = np.moveaxis(mask, axis, 0)[number]
        flat = np.ascontiguousarray(sheet)
        toggle(line, flat)
        sheet[...] = flat
    if outside:
        said.append(f"{structure.name}: {outside} contours lie beyond the images.")
    if bent:
        said.append(f"{structure.name}: {bent} contours lie across the slices, not in them.")
    if between:
        sentence = "contours lie between the slices; those nearest to each slice are shown."
        said.append(f"{structure.name}: {between} {sentence}")
    if _sparse(nearest):
        said.append(
            f"{structure.name}: there is no contour in some slices between others; nothing is "
            "filled in."
        )
    return (mask if mask.any() else None), said


def _nearest(lines: Sequence[tuple[int | None, float, Array]]) -> dict[int, float]:
    """Return for each slice the place of the drawn plane that is nearest to it."""
    found: dict[int, float] = {}
    for axis, place, _ in lines:
        number = round(place)
        if axis is not None and abs(place - number) < abs(found.get(number, np.inf) - number):
            found[number] = place
    return found


def _sparse(nearest: dict[int, float]) -> bool:
    """Tell whether contours were drawn on slices thicker than these: at least each other is empty.

    A structure in two parts has gaps too, but also neighbours; two contours tell nothing.
    """
    steps = np.diff(sorted(nearest))
    return bool(steps.size > 1 and steps.min() > 1)


def _in_slices(
    structure: Structure, geometry: Geometry
) -> Iterator[tuple[int | None, float, Array]]:
    """Go through contours: the axis their plane stands on, its place, and the flat line.

    All contours of a structure lie along one axis: that of most of them.
    """
    indexed = [geometry.to_index(points) for points in structure.contours]
    spans = np.array([np.ptp(index, axis=0) for index in indexed]).reshape(-1, 3)
    if not len(spans):
        return
    flat = [int(np.count_nonzero(spans[:, axis] <= 2 * _BENT)) for axis in range(3)]
    axis = int(np.argmax(flat))
    for index, span in zip(indexed, spans, strict=True):
        line = np.delete(index, axis, axis=1)
        known = axis if span[axis] <= 2 * _BENT else None
        yield known, float(index[:, axis].mean()), line
