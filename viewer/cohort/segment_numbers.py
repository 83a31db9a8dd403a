"""Segments of a file measured and written as surfaces, without a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from viewer.core.errors import Declined
from viewer.core.progress import Part, Progress
from viewer.core.segmentation import Segmentation
from viewer.core.study import Notice, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.imaging.segment_statistics import cut_out, statistics_of
from viewer.io.load import open_series
from viewer.io.meshes import MeshWish, meshes_of, write_meshes
from viewer.io.scan import scan
from viewer.io.seg_read import OTHER_SPACE
from viewer.io.segment_files import patient_of, read_segments
from viewer.io.segment_forms import OtherGrid
from viewer.io.segment_table import Line, remark, write_statistics

Named = tuple[str, Volume]


@dataclass(frozen=True, slots=True)
class Told:
    """What was written, and what must be known of it."""

    files: tuple[Path, ...]
    lines: tuple[str, ...]
    notices: tuple[Notice, ...] = ()


def measure_file(
    path: Path, images: Sequence[Path], out: Path, progress: Progress, *, force: bool = False
) -> Told:
    """Measure the segments of a file, and under them volumes; write CSV or JSON.

    Raises:
        Declined: if an image is of another patient or space, or a file is there already.
        Unreadable: if the file is damaged, or holds no segments.
    """
    volumes, notices = _volumes(path, images, Part(progress, 0.0, 0.4))
    groups, more = _segments(path, volumes, Part(progress, 0.4, 0.5))
    both = [(group, segment) for group in groups for segment in group.segments]
    if not both:
        raise Declined(f"There are no segments in {path.name}.", code="no_segments")
    lines = []
    for number, (group, segment) in enumerate(both):
        progress.report(0.5 + 0.5 * number / len(both), segment.name)
        cut = cut_out(group.label_map, group.geometry, segment.label)
        found = None if cut is None else statistics_of(cut, volumes)
        lines.append(Line(group.title, segment, found, group.status))
    files = write_statistics(lines, out, force=force)
    return Told(files, tuple(_summary(line) for line in lines), (*notices, *more))


def _summary(line: Line) -> str:
    if line.statistics is None:
        return f"{line.segment.name}: no voxels"
    shape = line.statistics.shape
    size = f"{shape.volume_ml:.2f} ml, {shape.axes.long.length_mm:.1f} x "
    words = f"{line.segment.name}: {size}{shape.axes.short.length_mm:.1f} mm"
    return f"{words}. {remark(line)}".rstrip(" .") + "."


def write_surfaces(
    path: Path, image: Path | None, wish: MeshWish, error_mm: float, progress: Progress
) -> Told:
    """Write the surfaces of the segments of a file; contours need the image they lie on.

    Raises:
        Declined: if there is no surface, or a file is there already.
        Unreadable: if the file is damaged, or holds no segments.
    """
    places = [] if image is None else [image]
    volumes, notices = _volumes(path, places, Part(progress, 0.0, 0.3))
    groups, more = _segments(path, volumes, Part(progress, 0.3, 0.4))
    meshes = meshes_of(groups, error_mm, Part(progress, 0.4, 0.95))
    lines = tuple(
        f"{one.name}: {len(one.surface.triangles)} triangles, "
        f"{one.surface.volume_mm3 / 1000:.2f} ml, at most {one.error_mm:.3f} mm off"
        for one in meshes
    )
    return Told(write_meshes(wish, meshes), lines, (*notices, *more))


def _segments(
    path: Path, volumes: Sequence[Named], progress: Progress
) -> tuple[tuple[Segmentation, ...], tuple[Notice, ...]]:
    """Read segments, on the voxels of the first volume if those are the same, else on their own."""
    own = volumes[0][1].geometry if volumes else None
    read = read_segments(path, own, other_grid=OtherGrid.OWN, progress=progress)
    if any(one.code == OTHER_SPACE for one in read.notices):
        raise _other_space(volumes[0][0], path)
    for name, volume in volumes:
        for group in read.segmentations:
            _require_same_space(path, group, name, volume)
    return read.segmentations, read.notices


def _require_same_space(path: Path, group: Segmentation, name: str, volume: Volume) -> None:
    ours, theirs = group.geometry.frame_of_reference_uid, volume.geometry.frame_of_reference_uid
    if ours and theirs and ours != theirs:
        raise _other_space(name, path)


def _other_space(name: str, path: Path) -> Declined:
    sentence = f"{name} lies in another patient space than {path.name}; bring them in line first."
    return Declined(sentence, code=OTHER_SPACE)


def _volumes(
    path: Path, places: Sequence[Path], progress: Progress
) -> tuple[tuple[Named, ...], tuple[Notice, ...]]:
    """Load every volume of some places, and check that they are of the patient of a file."""
    if not places:
        return (), ()
    listed = scan(list(places), Part(progress, 0.0, 0.2)).all_series()
    chosen = [(study, one) for study, one in listed if one.kind is SeriesKind.VOLUME]
    if not chosen:
        raise Declined("There is no volume among the images.", code="no_series")
    patient = patient_of(path)
    found: list[Named] = []
    notices: list[Notice] = []
    for number, (study, series) in enumerate(chosen):
        part = Part(
            progress, 0.2 + 0.8 * number / len(chosen), 0.2 + 0.8 * (number + 1) / len(chosen)
        )
        _require_same_patient(path, patient, study, series)
        loading = open_series(series)
        image = loading.run(part, lambda _: None)
        if isinstance(image, Volume):
            found.append((series.title, image))
        notices += [one for one in (*series.notices, *loading.notices) if one not in notices]
    return tuple(found), tuple(notices)


def _require_same_patient(path: Path, patient: str | None, study: Study, series: Series) -> None:
    if patient and study.patient.id and patient != study.patient.id:
        raise Declined(
            f"{series.title} is of another patient than {path.name}.", code="other_patient"
        )
