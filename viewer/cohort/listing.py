"""What lies in a place, as `skiagram info` says it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeAlias

from viewer.cohort.account import Refused, refused
from viewer.core.errors import Declined, Unreadable
from viewer.core.geometry import Geometry
from viewer.core.progress import Part, Progress
from viewer.core.region import Region
from viewer.core.scale import Scale
from viewer.core.stack import Stack
from viewer.core.study import Catalogue, Notice, Series, SeriesKind, Study
from viewer.core.units import NONE
from viewer.core.volume import Volume
from viewer.io.load import open_series
from viewer.io.picture import Picture
from viewer.io.referring import READ, contents_of, references_of
from viewer.io.regular import grid
from viewer.io.scan import scan
from viewer.io.time_step import time_step_s

Matrix: TypeAlias = tuple[tuple[float, ...], ...]
Spacing: TypeAlias = tuple[float | None, float, float]

_UPTAKE = "PT"
"""The modality whose unit hangs on more than its headers; it is opened to be told."""


@dataclass(frozen=True, slots=True)
class PixelScale:
    """What a pixel measures (rows, columns), and where: "detector", "estimated", "pixels" ..."""

    kind: str
    spacing_mm: tuple[float, float] | None
    magnification: float | None
    sentence: str
    regions: tuple[Region, ...]
    """Of ultrasound: the box of each, its kind, and what a pixel adds across and down."""


@dataclass(frozen=True, slots=True)
class ListedSeries:
    """One series. Shape is slices, rows, columns; `affine` takes an index in that order to LPS mm.

    Spacing is between slices, rows and columns. It and the affine are None where they are not
    known or differ from picture to picture; pictures that form no volume have no slice spacing.
    Spacing is always in the patient; `pixel_scale` tells what pixels of other pictures measure.
    `unit` is that of the values as they are shown, in UCUM ("[hnsf'U]" is HU): "1" where the files
    say that there is none, None where they do not say, or pictures differ in it. Of kind
    "4d" are `moments` volumes of this shape, told apart by `split_by`, each with its label.
    """

    key: str
    series_uid: str
    study_uid: str
    patient_name: str
    patient_id: str
    study_date: str
    modality: str
    kind: str
    number: int
    description: str
    split: str
    title: str
    body_part: str
    images: int
    shape: tuple[int, int, int]
    spacing_mm: Spacing | None
    pixel_scale: PixelScale | None
    affine: Matrix | None
    unit: str | None
    frame_of_reference_uid: str
    transfer_syntaxes: tuple[str, ...]
    format: str
    synthetic: bool
    warnings: tuple[Notice, ...]
    moments: int
    split_by: str
    moment_labels: tuple[str, ...]
    moment_keys: tuple[str, ...]
    time_step_s: float | None
    contents: str = ""
    """Of an object without pictures: what it is, by whom, how much it holds."""
    refers_to: str = ""
    """The UID of the series that an object is about, if it names one."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything that was found in the places that were looked at, and what was refused."""

    series: tuple[ListedSeries, ...]
    refused: tuple[Refused, ...]

    def as_json(self) -> str:
        """Return it as JSON text."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False)


def listing(places: Sequence[Path], progress: Progress) -> Listing:
    """Look into places and say what is there."""
    catalogue = scan(places, Part(progress, 0.0, 0.8))
    return listed(catalogue, places, Part(progress, 0.8, 1.0))


def listed(catalogue: Catalogue, places: Sequence[Path], progress: Progress) -> Listing:
    """Say what a catalogue holds."""
    entries = []
    pairs = list(catalogue.all_series())
    for number, (study, series) in enumerate(pairs):
        progress.report(number / len(pairs), series.title)
        entries.append(_entry(study, series))
    progress.report(1.0)
    return Listing(tuple(entries), tuple(refused(one, places) for one in catalogue.refused))


def _entry(study: Study, series: Series) -> ListedSeries:
    geometry, unit, remarks = _measures(series)
    contents, refers_to = _told_of(series)
    return ListedSeries(
        key=series.key,
        series_uid=series.uid,
        study_uid=study.uid,
        patient_name=study.patient.name,
        patient_id=study.patient.id,
        study_date=study.date,
        modality=series.modality,
        kind=series.kind.value,
        number=series.number,
        description=series.description,
        split=series.split,
        title=series.title,
        body_part=series.body_part,
        images=len(series.instances),
        shape=geometry.shape if geometry else _flat_shape(series),
        spacing_mm=geometry.spacing_mm if geometry else _flat_spacing(series),
        pixel_scale=None if geometry else _pixel_scale(series),
        affine=_rows(geometry) if geometry and _affine_told(series) else None,
        unit=unit,
        frame_of_reference_uid=series.frame_of_reference_uid,
        transfer_syntaxes=_transfer_syntaxes(series),
        format=series.format,
        synthetic=series.synthetic,
        warnings=(*series.notices, *remarks),
        moments=max(1, len(series.parts)),
        split_by=series.split_by,
        moment_labels=tuple(part.split for part in series.parts),
        moment_keys=tuple(part.key for part in series.parts),
        time_step_s=time_step_s(series),
        contents=contents,
        refers_to=refers_to,
    )


def _told_of(series: Series) -> tuple[str, str]:
    """Return what an object holds, and the UID of the series it is about."""
    if series.kind is not SeriesKind.OBJECT or not series.instances:
        return "", ""
    path = series.instances[0].path
    contents = contents_of(path, series.modality)
    try:
        names = references_of(path, series.modality) if series.modality in READ else None
    except Unreadable:
        names = None
    return contents, "" if names is None else names.series_uid


def _affine_told(series: Series) -> bool:
    """Tell whether an affine is told: in DICOM only one that leads into the patient."""
    return series.in_patient or series.format != "DICOM"


def _measures(series: Series) -> tuple[Geometry | None, str | None, tuple[Notice, ...]]:
    """Return the grid and the unit exactly as they would be opened, and what there is to remark."""
    if series.kind is SeriesKind.OBJECT:
        return None, None, ()
    if series.kind is SeriesKind.FOUR_D:
        return _measures(series.parts[0])
    if any(notice.code == "no_calibration" for notice in series.notices):
        return None, None, ()
    plain = series.format == "DICOM" and series.modality != _UPTAKE
    if plain and series.kind is not SeriesKind.VOLUME:
        return None, _unit(series), _remarks(series)
    planes = [instance.plane for instance in series.instances if instance.plane is not None]
    if plain and len(planes) == len(series.instances) > 1:
        space = series.frame_of_reference_uid
        return grid(planes, series.rows, series.columns, space), _unit(series), _remarks(series)
    try:
        loading = open_series(series)
    except (Unreadable, Declined) as error:
        return None, None, (Notice(error.code, str(error)),)
    image = loading.image
    remarks = tuple(one for one in loading.notices if one not in series.notices)
    geometry = image.geometry if isinstance(image, Volume) else None
    return geometry, _unit_shown(image, series), remarks


def _unit(series: Series) -> str | None:
    """Return the unit that all pictures share."""
    units = {one.unit for one in series.instances if isinstance(one, Picture)}
    return (units.pop() or None) if len(units) == 1 else None


def _remarks(series: Series) -> tuple[Notice, ...]:
    """Return what the files say that is made known when they are opened."""
    pictures = (one for one in series.instances if isinstance(one, Picture))
    return tuple(dict.fromkeys(remark for one in pictures for remark in one.remarks))


def _unit_shown(image: Volume | Stack, series: Series) -> str | None:
    """Return the unit of an opened image; "1" only where its files say that there is none."""
    return _unit(series) if image.unit in ("", NONE) else image.unit


def _flat_spacing(series: Series) -> Spacing | None:
    """Return the size of the pixels where all pictures share it; no step between pictures."""
    planes = {None if one.plane is None else one.plane.spacing_mm for one in series.instances}
    size = planes.pop() if len(planes) == 1 else None
    if size is None:
        scale = _shared_scale(series)
        size = None if scale is None else scale.patient_mm
    return None if size is None else (None, *size)


def _pixel_scale(series: Series) -> PixelScale | None:
    """Return what the pixels of all pictures measure; nothing where they differ."""
    scale = _shared_scale(series)
    if scale is None:
        return None
    main = scale.main_region
    spacing = scale.spacing_mm if main is None else main.spacing_mm
    return PixelScale(scale.kind.value, spacing, scale.magnification, scale.sentence, scale.regions)


def _shared_scale(series: Series) -> Scale | None:
    scales = {one.scale for one in series.instances if isinstance(one, Picture)}
    return scales.pop() if len(scales) == 1 else None


def _flat_shape(series: Series) -> tuple[int, int, int]:
    pictures = 0 if series.kind is SeriesKind.OBJECT else len(series.instances)
    return pictures, series.rows, series.columns


def _transfer_syntaxes(series: Series) -> tuple[str, ...]:
    found = {instance.transfer_syntax_uid for instance in series.instances}
    return tuple(sorted(found - {""}))


def _rows(geometry: Geometry) -> Matrix:
    return tuple(tuple(float(value) for value in row) for row in geometry.affine)
