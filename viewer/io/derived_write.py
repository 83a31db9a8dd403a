"""A volume made from a DICOM series as a new series of its study, in plain slices.

The slices lie in the frame of reference of the source, their places computed from the grid.
Values are kept in 16 bits by one scale for the whole series (`stored_scale`). All files are
read back and compared before any of them is put in place.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import isclose
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset
from pydicom.valuerep import format_number_as_ds

from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.progress import Part, Progress
from viewer.core.study import Series
from viewer.core.volume import Volume
from viewer.core.window import Curve, Window
from viewer.io.atomic import Staging, spoken_for
from viewer.io.compare import Different
from viewer.io.concepts import short
from viewer.io.derived_check import Meant, Slice, check_files
from viewer.io.derived_heads import CT, MR, PET, Heads, acquired, heads_of, later_words
from viewer.io.derived_units import StoredUnit, say_values, stored_unit
from viewer.io.derived_words import SOURCE_IMAGE, description, say_by_whom, say_what_was_done
from viewer.io.identifiers import new_uid
from viewer.io.new_object import code_item, image_item, new_object, stamp_content, write_object
from viewer.io.stored_scale import StoredScale, scale_for, slice_values, spread_of

_SERIES_NUMBER = 9700
_MOST_SLICES = 20_000
_MODALITIES = {CT: "CT", MR: "MR", PET: "PT"}
_CURVES = {Curve.LINEAR: "LINEAR", Curve.EXACT: "LINEAR_EXACT", Curve.SIGMOID: "SIGMOID"}
_PAIRED = (
    "BREAST", "SHOULDER", "ARM", "ELBOW", "WRIST", "HAND", "FINGER", "THUMB", "CLAVICLE", "SCAPULA",
    "HIP", "THIGH", "FEMUR", "KNEE", "LEG", "CALF", "ANKLE", "FOOT", "TOE", "EXTREMITY", "EYE",
    "ORBIT", "EAR", "KIDNEY", "LUNG", "OVARY", "TESTIS", "ADRENAL", "CAROTID", "ILIAC",
)  # fmt: skip
"""Words in the names of parts of the body that there are two of."""
_OF_THE_SCANNER = (
    "Manufacturer",
    "ManufacturerModelName",
    "DeviceSerialNumber",
    "SoftwareVersions",
)


@dataclass(frozen=True, slots=True)
class WrittenSeries:
    """The files of a new series, and how far the farthest value is from the stored one.

    `step` is the difference of two neighbouring stored values; both in `unit` (UCUM).
    """

    files: tuple[Path, ...]
    series_uid: str
    step: float
    largest_error: float
    unit: str


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """What is the same for all slices."""

    volume: Volume
    heads: Heads
    unit: StoredUnit
    scale: StoredScale
    base: Dataset = field(repr=False)
    same_grid: bool

    def values(self, number: int) -> Slice:
        change = self.unit.change
        return slice_values(self.volume, number, (change.slope, change.intercept))


def save_derived_series(
    folder: Path,
    volume: Volume,
    source: Series,
    patient_id: str,
    progress: Progress,
    *,
    window: Window | None = None,
) -> WrittenSeries:
    """Write a volume made from a series as a new series of that study into a folder.

    Raises:
        Declined: if the source is no DICOM, or of a class that cannot be written, or the
            series did not come back from the disk as it was meant.
        Cancelled: if the work is no longer wanted.
    """
    if volume.geometry.shape[0] > _MOST_SLICES:
        raise Declined("The volume has too many slices for a series.", code="too_large")
    progress.report(0.0, "reading the heads of the source")
    plan = _planned(volume, source, window, Part(progress, 0.0, 0.2))
    count = volume.geometry.shape[0]
    worst = 0.0
    with Staging(folder) as staging:
        paths = [staging.path(f"IM{number + 1:05d}.dcm") for number in range(count)]
        for number, path in enumerate(paths):
            progress.report(0.2 + 0.4 * number / count, f"slice {number + 1} of {count}")
            with spoken_for(folder):
                worst = max(worst, _write_slice(path, plan, number))
        try:
            meant = Meant(
                volume.geometry,
                plan.values,
                (source.study_uid, str(plan.base.SeriesInstanceUID), short(patient_id)),
            )
            check_files(paths, meant, Part(progress, 0.6, 0.95))
        except Different as error:
            raise Declined(
                f"The series was not saved in {folder}, because it did not come back from the "
                f"disk as it was meant ({error}).",
                code="not_as_meant",
            ) from error
        progress.report(0.97, "putting the files in place")
        staging.clear("IM?????.dcm")
        files = staging.commit()
    return WrittenSeries(
        files, str(plan.base.SeriesInstanceUID), plan.scale.slope, worst, plan.unit.unit
    )


# -- what is the same for all slices ----------------------------------------------------------


def _planned(volume: Volume, source: Series, window: Window | None, progress: Progress) -> _Plan:
    heads = heads_of(source, volume.geometry.frame_of_reference_uid)
    unit = stored_unit(volume, heads)
    grid = _grid_of_source(heads)
    change = (unit.change.slope, unit.change.intercept)
    spread = spread_of(_slices(volume, change, progress), grid)
    scale = scale_for(spread, grid, through_zero=heads.sop_class == PET)
    same_grid = _is_same_grid(volume, heads)
    base = _base(volume, heads, same_grid=same_grid)
    say_values(base, unit, scale, heads.sop_class)
    shown = ([("", window)] if window is not None else []) + list(volume.windows)
    _say_windows(base, [(name, unit.change.window(one)) for name, one in shown])
    _say_pixels(base, volume, scale, heads.sop_class)
    return _Plan(volume, heads, unit, scale, base, same_grid)


def _slices(volume: Volume, change: tuple[float, float], progress: Progress) -> Iterator[Slice]:
    count = volume.geometry.shape[0]
    for number in range(count):
        progress.report(number / count, "looking for the scale")
        yield slice_values(volume, number, change)


def _grid_of_source(heads: Heads) -> tuple[float, float] | None:
    """Return slope and intercept of the stored values of the source, whole numbers for none."""
    try:
        slope = float(str(heads.said("RescaleSlope") or 1.0))
        intercept = float(str(heads.said("RescaleIntercept") or 0.0))
    except ValueError:
        return None
    grid = float(f"{slope:.10g}"), float(f"{intercept:.10g}")
    return grid if grid[0] > 0 else None


def _is_same_grid(volume: Volume, heads: Heads) -> bool:
    """Tell whether every slice lies where one of the source lies, pixel by pixel."""
    by_picture = {(one.sop_instance_uid, one.frame): one.plane for one in heads.series.instances}
    grid = volume.geometry
    if len(volume.origins) != grid.shape[0]:
        return False
    if grid.shape[1:] != (heads.series.rows, heads.series.columns):
        return False
    for number, origin in enumerate(volume.origins):
        plane = by_picture.get((origin.sop_instance_uid, origin.frame))
        if plane is None or not np.allclose(
            plane.origin, grid.to_patient((number, 0, 0)), atol=0.05
        ):
            return False
    return True


def _base(volume: Volume, heads: Heads, *, same_grid: bool) -> Dataset:
    series = heads.series
    number = _SERIES_NUMBER + max(series.number, 0) % 100
    modality = _MODALITIES[heads.sop_class]
    words = description(volume, series)
    made = new_object(heads.clean[0], heads.sop_class, modality, number, words)
    for keyword in _OF_THE_SCANNER:
        del made[keyword]
    side = str(heads.said("Laterality") or heads.said("FrameLaterality") or "")
    if side in ("R", "L", ""):
        made.Laterality = side
    if heads.sop_class == PET:  # decay is corrected to the start of the series that was taken
        del made.SeriesDate, made.SeriesTime
    everything = range(len(series.instances))
    if not same_grid:
        made.update(acquired(heads, everything))
    earlier = heads.said("ContributingEquipmentSequence")
    at = f"{made.InstanceCreationDate}{made.InstanceCreationTime}"
    say_by_whom(made, earlier if isinstance(earlier, Sequence) else (), at)
    stamp_content(made)
    made.FrameOfReferenceUID = volume.geometry.frame_of_reference_uid
    made.PositionReferenceIndicator = heads.clean[0].get("PositionReferenceIndicator", "")
    made.ImageType = _image_type(heads)
    say_what_was_done(made, volume)
    _say_grid(made, volume.geometry, heads)
    if heads.sop_class == PET:
        made.SeriesType, made.NumberOfSlices = ["STATIC", "IMAGE"], volume.geometry.shape[0]
    return made


def _image_type(heads: Heads) -> list[str]:
    """Return the type of the image; that of PET is always primary (PS3.3 C.8.9.4.1.1)."""
    if heads.sop_class == PET:
        return ["DERIVED", "PRIMARY"]
    words = [word for word in later_words(heads.said("ImageType")) if word and len(word) <= 16]
    if heads.sop_class == CT:
        words = ["AXIAL", *[word for word in words if word != "AXIAL"][:2]]
    return ["DERIVED", "SECONDARY", *(words[:4] or ["OTHER"])]


def _say_grid(made: Dataset, grid: Geometry, heads: Heads) -> None:
    _, down, right = grid.directions
    made.ImageOrientationPatient = [format_number_as_ds(float(x)) for x in (*right, *down)]
    made.PixelSpacing = [format_number_as_ds(float(x)) for x in grid.spacing_mm[1:]]
    made.Rows, made.Columns = grid.shape[1:]
    made.SliceThickness = format_number_as_ds(_thickness_mm(grid, heads))
    if heads.sop_class != PET:
        made.SpacingBetweenSlices = format_number_as_ds(grid.spacing_mm[0])


def _thickness_mm(grid: Geometry, heads: Heads) -> float:
    """Return the thickness of the source where slices lie as close as there, else their step."""
    step = grid.spacing_mm[0]
    planes = [one.plane for one in heads.series.instances if one.plane is not None]
    if len(planes) < 2:
        return step
    apart = float(np.linalg.norm(np.subtract(planes[1].origin, planes[0].origin)))
    try:
        told = float(str(heads.said("SliceThickness") or 0.0))
    except ValueError:
        return step
    return told if told > 0 and isclose(apart, step, rel_tol=1e-2) else step


def _say_windows(made: Dataset, windows: Sequence[tuple[str, Window]]) -> None:
    """Write windows of one curve, that of the first; tables are left behind."""
    plain = [(name, one) for name, one in windows if one.curve in _CURVES]
    alike = [(name, one) for name, one in plain if one.curve is plain[0][1].curve]
    named = list(
        dict.fromkeys(
            (format_number_as_ds(one.centre), format_number_as_ds(one.width)) for _, one in alike
        )
    )
    if not named:
        return
    made.WindowCenter = [centre for centre, _ in named]
    made.WindowWidth = [width for _, width in named]
    made.VOILUTFunction = _CURVES[plain[0][1].curve]


def _say_pixels(made: Dataset, volume: Volume, scale: StoredScale, sop_class: str) -> None:
    inverted = volume.inverted and sop_class != PET
    made.SamplesPerPixel = 1
    made.PhotometricInterpretation = "MONOCHROME1" if inverted else "MONOCHROME2"
    made.BitsAllocated = made.BitsStored = 16
    made.HighBit, made.PixelRepresentation = 15, int(scale.signed)


# -- one slice ----------------------------------------------------------------------------------


def _write_slice(path: Path, plan: _Plan, number: int) -> float:
    """Write one slice; return how far its farthest value is from the stored one."""
    values, nothing = plan.values(number)
    stored = plan.scale.stored(values, nothing)
    made = copy.copy(plan.base)
    sources = _sources(plan, number)
    if plan.same_grid:
        kept = {element.tag for element in plan.base}
        made.update({one.tag: one for one in acquired(plan.heads, sources) if one.tag not in kept})
    if not made.get("Manufacturer"):
        made.Manufacturer = plan.heads.first.get("Manufacturer") or ""
    made.SOPInstanceUID, made.InstanceNumber = new_uid(), number + 1
    position = plan.volume.geometry.to_patient((number, 0, 0))
    made.ImagePositionPatient = [format_number_as_ds(float(x)) for x in position]
    _, down, right = plan.volume.geometry.directions
    made.SliceLocation = format_number_as_ds(float(position @ np.cross(right, down)))
    if plan.heads.sop_class == PET:
        made.ImageIndex = number + 1
    made.SourceImageSequence = _references(plan, sources)
    _say_once(made)
    made.PixelData = stored.tobytes()
    write_object(path, made)
    apart = np.abs(plan.scale.values(stored) - values)[~nothing]
    return float(apart.max()) if apart.size else 0.0


def _say_once(made: Dataset) -> None:
    """Leave out what may not stand beside another way to say it (PS3.3 C.7.3.1, C.7.6.1)."""
    if made.get("PatientOrientationCodeSequence"):
        made.pop("PatientPosition", None)
    elif "PatientPosition" not in made:
        made.PatientPosition = ""
    region = made.get("AnatomicRegionSequence") or [Dataset()]
    part = f"{made.get('BodyPartExamined') or ''} {region[0].get('CodeMeaning') or ''}".upper()
    single = part.strip() and not any(word in part for word in _PAIRED)
    if made.get("ImageLaterality") or (single and not made.get("Laterality")):
        made.pop("Laterality", None)


def _sources(plan: _Plan, number: int) -> list[int]:
    """Return the source slices that a slice was made from: its own, or those about its plane."""
    instances, grid = plan.heads.series.instances, plan.volume.geometry
    if plan.same_grid:
        origin = plan.volume.origins[number]
        return [
            n for n, one in enumerate(instances)
            if (one.sop_instance_uid, one.frame) == (origin.sop_instance_uid, origin.frame)
        ][:1]  # fmt: skip
    planes = [one.plane for one in instances if one.plane is not None]
    if len(planes) < len(instances) or len(planes) < 2:
        return list(range(len(instances)))
    normal = np.asarray(planes[0].normal)
    depths = np.array([np.dot(plane.origin, normal) for plane in planes])
    rows, columns = grid.shape[1:]
    corners = grid.to_patient([(number, r, c) for r in (0, rows - 1) for c in (0, columns - 1)])
    reached = corners @ normal
    gap = 2 * float(np.ptp(depths)) / (len(depths) - 1)
    near = (depths >= reached.min() - gap) & (depths <= reached.max() + gap)
    return [int(n) for n in np.flatnonzero(near)] or list(range(len(instances)))


def _references(plan: _Plan, sources: Sequence[int]) -> list[Dataset]:
    frames: dict[Path, list[int]] = {}
    for number in sources:
        instance = plan.heads.series.instances[number]
        frames.setdefault(instance.path, []).append(instance.frame + 1)
    items = []
    for path, numbers in frames.items():
        head = plan.heads.whole[path]
        several = int(head.get("NumberOfFrames") or 1) > 1
        item = image_item(head, numbers if several else None)
        item.PurposeOfReferenceCodeSequence = [code_item(SOURCE_IMAGE)]
        items.append(item)
    return items
