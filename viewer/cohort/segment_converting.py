"""Segments of a file written in another format, without a window."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Part, Progress
from viewer.core.study import Notice, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.io.load import open_series
from viewer.io.referring import references_of
from viewer.io.scan import scan
from viewer.io.segment_files import patient_of, read_segments, write_segments
from viewer.io.segment_forms import OtherGrid, SegmentForm, form_of


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to become of a file; without a form the name of `out` tells it."""

    out: Path
    form: SegmentForm | None = None
    images: Path | None = None
    series: str = ""
    other_grid: OtherGrid = OtherGrid.REFUSE
    force: bool = False


@dataclass(frozen=True, slots=True)
class Converted:
    """What was written, read back and found equal, and what must be known of it."""

    files: tuple[Path, ...]
    segments: tuple[str, ...]
    notices: tuple[Notice, ...]

    def as_json(self) -> str:
        """Return all of it for a script."""
        return json.dumps(
            {
                "files": [str(path) for path in self.files],
                "segments": list(self.segments),
                "notices": [{"code": n.code, "sentence": n.sentence} for n in self.notices],
            },
            indent=1,
        )


def convert_segments(path: Path, wish: Wish, progress: Progress) -> Converted:
    """Read the segments of a file and write them in another format.

    Raises:
        Declined: if images are needed and missing or of another patient, if a file is there
            already, or the format cannot hold them.
        Unreadable: if the file is damaged, or holds no segments.
        Cancelled: if the work is no longer wanted.
    """
    form = wish.form or form_of(wish.out)
    if form is None:
        raise Declined(
            f"The name {wish.out.name} does not tell which format is wanted.", code="no_form"
        )
    if wish.out.exists() and not wish.force:
        raise Declined(f"{wish.out.name} is there already.", code="exists")
    series, image, said = _image(path, wish, Part(progress, 0.0, 0.3))
    read = read_segments(
        path,
        None if image is None else image.geometry,
        series_key="" if series is None else series.key,
        other_grid=wish.other_grid,
        progress=Part(progress, 0.3, 0.6),
    )
    written = write_segments(
        read.segmentations, series, wish.out, form, progress=Part(progress, 0.6, 1.0)
    )
    names = tuple(segment.name for one in read.segmentations for segment in one.segments)
    return Converted(written.files, names, (*said, *read.notices, *written.notices))


def _image(
    path: Path, wish: Wish, progress: Progress
) -> tuple[Series | None, Volume | None, tuple[Notice, ...]]:
    """Load the volume that segments lie on, if images are given."""
    if wish.images is None:
        return None, None, ()
    catalogue = scan([wish.images], Part(progress, 0.0, 0.2))
    volumes = [
        (study, part)
        for study, one in catalogue.all_series()
        for part in one.parts or (one,)
        if part.kind is SeriesKind.VOLUME and wish.series in ("", part.key, part.uid)
    ]
    study, series = _of_file(path, volumes)
    patient = patient_of(path)
    if patient and study.patient.id and patient != study.patient.id:
        raise Declined(
            f"{series.title} is of another patient than {path.name}.", code="other_patient"
        )
    loading = open_series(series)
    image = loading.run(Part(progress, 0.2, 1.0), lambda _: None)
    if not isinstance(image, Volume):
        raise Declined(f"{series.title} is no volume.", code="no_volume")
    return series, image, tuple(dict.fromkeys((*series.notices, *loading.notices)))


def _of_file(path: Path, volumes: list[tuple[Study, Series]]) -> tuple[Study, Series]:
    """Return the only volume, or that which a DICOM file names."""
    if not volumes:
        raise Declined("There is no such volume among the images.", code="no_series")
    if len(volumes) == 1:
        return volumes[0]
    for modality in ("SEG", "RTSTRUCT"):
        try:
            uid = references_of(path, modality).series_uid
        except Unreadable:
            continue
        named = [one for one in volumes if uid and one[1].uid == uid]
        if len(named) == 1:
            return named[0]
    raise Declined(
        f"There are {len(volumes)} volumes among the images: say which by --series.",
        code="several_series",
    )
