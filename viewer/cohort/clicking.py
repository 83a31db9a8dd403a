"""A lesion outlined from points, without a window, and saved as SEG or NIfTI with its measures."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from viewer.ai.click import click_model
from viewer.cohort.segment_files import write
from viewer.cohort.segment_forms import ENDINGS, SegmentForm
from viewer.core.code import LESION
from viewer.core.errors import Declined
from viewer.core.geometry import Position, Shape
from viewer.core.identity import new_uid
from viewer.core.label_map import LabelMap
from viewer.core.progress import Part, Progress
from viewer.core.segmentation import Mask, Segment, Segmentation
from viewer.core.study import Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.imaging.click.engine import ClickResult, Clicks, segment_click
from viewer.imaging.click.hover import KINDS, MODALITIES, would_work
from viewer.imaging.click.measures import lesion_measures
from viewer.io.atomic import Staging
from viewer.io.identifiers import file_stem
from viewer.io.load import load
from viewer.io.scan import scan

_COLOUR = (213, 94, 0)


@dataclass(frozen=True, slots=True)
class Wish:
    """Points (LPS mm) in the lesion and beside it, and where the result goes."""

    points: tuple[Position, ...]
    cuts: tuple[Position, ...]
    folder: Path
    series: str = ""
    size: int = 0
    force: bool = False


@dataclass(frozen=True, slots=True)
class Clicked:
    """What was outlined and written; `certainty` is the expected Dice, 0 to 1."""

    series: str
    title: str
    modality: str
    method: str
    points: tuple[Position, ...]
    cuts: tuple[Position, ...]
    size: int
    centre: Position
    diameter_mm: float
    volume_mm3: float
    mean: float | None
    unit: str
    certainty: float
    files: tuple[str, ...]
    warnings: tuple[str, ...] = ()

    def as_json(self) -> str:
        """Return it as JSON text."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False)


def point_of(text: str) -> Position:
    """Return the point that a text such as "12.5,-30,110" means.

    Raises:
        Declined: if it is none.
    """
    try:
        x, y, z = (float(part) for part in text.split(","))
    except ValueError:
        x = y = z = math.nan
    if not all(map(math.isfinite, (x, y, z))):
        raise Declined(f"{text} is no point: write x,y,z in LPS mm.", code="bad_point")
    return x, y, z


def click(places: Sequence[Path], wish: Wish, progress: Progress) -> Clicked:
    """Outline the lesion at the points and write it with its measures.

    Raises:
        Declined: if there is no such series, or a click would not work there.
        Unreadable: if the series or the model is damaged.
    """
    study, series = _chosen(places, wish, Part(progress, 0.0, 0.1))
    volume = load(series, Part(progress, 0.1, 0.8))
    if not isinstance(volume, Volume):
        raise Declined(f"{series.title} is no volume.", code="no_volume")
    if volume.modality not in MODALITIES:
        raise Declined(KINDS, code="other_modality")
    clicks = Clicks(_voxels(volume, wish.points), _voxels(volume, wish.cuts))
    why_not = would_work(volume, clicks.adds[0])
    if why_not:
        raise Declined(f"No lesion was outlined. {why_not}", code="no_lesion")
    model = click_model()
    result = segment_click(volume, clicks, volume.modality, model.forest)
    mask = result.mask(wish.size)
    if mask is None:
        raise Declined("At this size nothing is left of the outline.", code="no_lesion")
    progress.report(0.9, "saving")
    return _written(study, series, volume, wish, result, mask)


def _chosen(places: Sequence[Path], wish: Wish, progress: Progress) -> tuple[Study, Series]:
    """Return the series that is named, or the only one all points lie in."""
    listed = scan(places, progress).all_series()
    parts = [(study, one) for study, series in listed for one in (series.parts or (series,))]
    found = [
        (study, one)
        for study, one in parts
        if one.kind is SeriesKind.VOLUME and wish.series in ("", one.key, one.uid)
    ]
    if not found:
        raise Declined("There is no such volume there.", code="no_series")
    if len(found) > 1:
        keys = ", ".join(one.key for _, one in found[:8])
        raise Declined(f"Name one series with --series: {keys}.", code="many_series")
    return found[0]


def _voxels(volume: Volume, points: Sequence[Position]) -> tuple[Shape, ...]:
    for point in points:
        if not volume.geometry.contains(point):
            words = ", ".join(f"{mm:g}" for mm in point)
            raise Declined(f"The point {words} is outside the image.", code="outside")
    return tuple(volume.geometry.nearest(point) for point in points)


def _written(
    study: Study, series: Series, volume: Volume, wish: Wish, result: ClickResult, mask: Mask
) -> Clicked:
    model = click_model()
    measures = lesion_measures(volume, mask)
    stem = f"{file_stem(series.title, 'series')}_lesion"
    form = SegmentForm.SEG if series.format == "DICOM" else SegmentForm.NIFTI
    names = (f"{stem}{ENDINGS[form]}", f"{stem}.json")
    if not wish.force and any((wish.folder / name).exists() for name in names):
        raise Declined(f"{names[0]} is there already; ask to replace it.", code="exists")
    with Staging(wish.folder) as staging:
        write(staging.path(names[0]), form, _segmentation(volume, mask), study, series)
        done = Clicked(
            series.key, series.title, volume.modality,
            f"{model.card.title} {model.card.version}", wish.points, wish.cuts, wish.size,
            measures.centre, measures.diameter_mm, measures.volume_mm3, measures.mean,
            volume.unit, result.certainty, names,
            tuple(filter(None, (result.reason,))),
        )  # fmt: skip
        staging.write(names[1], done.as_json().encode())
        staging.commit()
    return done


def _segmentation(volume: Volume, mask: Mask) -> Segmentation:
    labels = np.zeros(volume.geometry.shape, np.uint8)
    start = np.rint(volume.geometry.to_index(mask.geometry.origin)).astype(int)
    cut = tuple(slice(int(a), int(a) + n) for a, n in zip(start, mask.voxels.shape, strict=True))
    labels[cut] = mask.voxels
    segment = Segment(1, "Lesion", LESION, colour=_COLOUR)
    return Segmentation(
        new_uid(), "One-click lesion", LabelMap.of(labels), volume.geometry, (segment,),
        click_model().author(), volume.series_key,
    )  # fmt: skip
