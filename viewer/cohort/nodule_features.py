"""The shape of each segment of a file as a table, with the rating of a nodule's malignancy."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from viewer.ai.malignancy import Rating, rate
from viewer.ai.similar import SimilarCase, similar_cases
from viewer.core.errors import Declined
from viewer.core.progress import Part, Progress
from viewer.core.segmentation import Mask
from viewer.core.study import SeriesKind
from viewer.core.volume import Volume
from viewer.imaging.nodule_shape import SHAPE_NAMES, nodule_shape
from viewer.imaging.segment_statistics import cut_out
from viewer.io.atomic import Staging
from viewer.io.load import open_series
from viewer.io.scan import scan
from viewer.io.segment_files import patient_of, read_segments
from viewer.io.segment_forms import OtherGrid

HEAD = ("segment", *SHAPE_NAMES, "rated_risk", "rated_low", "rated_high", "model", "remark")


@dataclass(frozen=True, slots=True)
class Shaped:
    """A segment with its numbers by the names in HEAD; empty texts for what there is not."""

    values: tuple[str, ...]
    rating: Rating | None = None
    similar: tuple[SimilarCase, ...] = ()

    @property
    def in_words(self) -> str:
        """The segment as one sentence."""
        told = dict(zip(HEAD, self.values, strict=True))
        if not told["longest_mm"]:
            return f"{told['segment']}: {told['remark']}"
        words = f"{told['segment']}: {float(told['longest_mm']):.1f} mm"
        if self.rating is None:
            return f"{words}. {told['remark']}".strip()
        near = "".join(f"\n  similar: {one.in_words}" for one in self.similar)
        return f"{words}, readers would call it suspicious with {self.rating.in_words}.{near}"


def features_of_file(
    path: Path, image: Path, out: Path, progress: Progress, *, force: bool = False
) -> tuple[Shaped, ...]:
    """Measure and rate the segments of a file on the chest CT that they lie on; write CSV.

    Raises:
        Declined: if the image is not that of the segments, or the table is there already.
        Unreadable: if a file is damaged.
    """
    if out.exists() and not force:
        raise Declined(f"{out.name} is there already; --force replaces it.", code="exists")
    volume = _volume(path, image, Part(progress, 0.0, 0.5))
    read = read_segments(
        path, volume.geometry, other_grid=OtherGrid.REFUSE, progress=Part(progress, 0.5, 0.6)
    )
    both = [(group, segment) for group in read.segmentations for segment in group.segments]
    rows = []
    for number, (group, segment) in enumerate(both):
        progress.report(0.6 + 0.4 * number / len(both), segment.name)
        cut = cut_out(group.label_map, group.geometry, segment.label)
        mask = None if cut is None else Mask(cut.inside, cut.geometry)
        rows.append(_row(segment.name, volume, mask, progress))
    _write(out, rows)
    return tuple(rows)


def _row(name: str, volume: Volume, mask: Mask | None, progress: Progress) -> Shaped:
    blank = ("",) * len(SHAPE_NAMES)
    if mask is None:
        return Shaped((name, *blank, "", "", "", "", "no voxels"))
    try:
        numbers = tuple(f"{value:.6g}" for value in nodule_shape(mask).numbers())
    except Declined as why:
        return Shaped((name, *blank, "", "", "", "", str(why)))
    try:
        rating = rate(volume, mask, Part(progress, 0.9, 0.9))
        near = similar_cases(rating.shape.numbers())
        return Shaped((name, *numbers, *_told(rating)), rating, near)
    except Declined as why:
        return Shaped((name, *numbers, "", "", "", "", str(why)))


def _told(rating: Rating) -> tuple[str, ...]:
    numbers = (f"{value:.4f}" for value in (rating.risk, rating.low, rating.high))
    return (*numbers, str(rating.said_by), "opinion of readers, not pathology")


def _volume(path: Path, image: Path, progress: Progress) -> Volume:
    listed = scan([image], Part(progress, 0.0, 0.3)).all_series()
    chosen = [(study, one) for study, one in listed if one.kind is SeriesKind.VOLUME]
    if len(chosen) != 1:
        raise Declined(f"{image.name} holds {len(chosen)} volumes; name one.", code="no_series")
    ((study, series),) = chosen
    patient = patient_of(path)
    if patient and study.patient.id and patient != study.patient.id:
        raise Declined(
            f"{image.name} is of another patient than {path.name}.", code="other_patient"
        )
    found = open_series(series).run(Part(progress, 0.3, 1.0), lambda _: None)
    if not isinstance(found, Volume):
        raise Declined(found.reason or "This series is no volume.", code="no_volume")
    return found


def _write(out: Path, rows: list[Shaped]) -> None:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(HEAD)
    table.writerows(tuple(map(_plain, row.values)) for row in rows)
    with Staging(out.parent) as staging:
        staging.write(out.name, text.getvalue().encode())
        staging.commit()


def _plain(text: str) -> str:
    """Keep a name from being taken for a formula by a spreadsheet."""
    return f"'{text}" if text[:1] in ("=", "+", "@") else text
