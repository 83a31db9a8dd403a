"""Series in other forms: NIfTI, NRRD, PNG pictures, or DICOM in another coding.

Each series appears whole or not at all, and nothing that lies there is
replaced unless that is asked for. What cannot be converted is named.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Part, Progress
from viewer.core.stack import Stack
from viewer.core.study import Catalogue, Notice, Series, SeriesKind
from viewer.core.volume import Volume
from viewer.imaging.derivation import check_straightening
from viewer.io.atomic import Staging
from viewer.io.forms import Coding, Form
from viewer.io.load import open_series
from viewer.io.moment_files import (
    beside,
    moment_prefix,
    write_moment_pictures,
    write_moments,
)
from viewer.io.picture_files import GEOMETRY, write_pictures
from viewer.io.scan import scan
from viewer.io.straight import straight_volume
from viewer.io.transcode import transcode
from viewer.io.volume_files import write_nifti_volume, write_nrrd_volume

_LONGEST_NAME = 60
_ENDING = re.compile(
    r"\.(nii(\.gz)?|hdr|nrrd|nhdr|mha|mhd|png|jpe?g|tiff?|bmp|mp4|m4v|mov|avi|mpe?g|mkv)$",
    re.IGNORECASE,
)
_ENDINGS = {Form.NIFTI: ".nii.gz", Form.NRRD: ".nrrd"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What series shall become, and where."""

    folder: Path
    form: Form
    coding: Coding = Coding.EXPLICIT
    force: bool = False
    straighten: bool = False
    """Resample slices that are no regular grid onto one; refuse all others."""


@dataclass(frozen=True, slots=True)
class Made:
    """One series that was converted, with what the reader must know of it."""

    key: str
    title: str
    files: tuple[str, ...]
    warnings: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One series or file that was not converted, and why."""

    key: str
    title: str
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of everything in the places."""

    made: tuple[Made, ...]
    left_out: tuple[LeftOut, ...]

    def as_json(self) -> str:
        """Return it as JSON text."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False)


def convert(places: Sequence[Path], wish: Wish, key: str, progress: Progress) -> Converted:
    """Convert every series in the places, or only the one of this key or series UID.

    Raises:
        Declined: if there is no such series, or the folder cannot be written.
        Cancelled: if the work is no longer wanted.
    """
    catalogue = scan(places, Part(progress, 0.0, 0.1))
    chosen = _chosen(catalogue, key)
    made: list[Made] = []
    left_out = [
        LeftOut("", str(one.path), one.code, one.sentence) for one in catalogue.refused if not key
    ]
    names = _names(chosen)
    for number, (series, name) in enumerate(zip(chosen, names, strict=True)):
        step = 0.9 / len(chosen)
        part = Part(progress, 0.1 + number * step, 0.1 + (number + 1) * step)
        try:
            made.append(_converted(series, name, wish, part))
        except (Declined, Unreadable) as why:
            left_out.append(LeftOut(series.key, series.title, why.code, str(why)))
    return Converted(tuple(made), tuple(left_out))


def _chosen(catalogue: Catalogue, key: str) -> list[Series]:
    everything = [series for _, series in catalogue.all_series()]
    chosen = [series for series in everything if key in ("", series.key, series.uid)]
    if found := None if chosen else catalogue.find(key):
        chosen = [found[1]]
    if key and not chosen:
        raise Declined(f"There is no series {key} there.", code="no_series")
    return chosen


def _names(chosen: Sequence[Series]) -> list[str]:
    """Return a file name for each series, its own among them whatever the capitals."""
    names: list[str] = []
    taken: set[str] = set()
    for series in chosen:
        title = series.title if series.format == "DICOM" else _ENDING.sub("", series.title)
        words = re.sub(r"[^\w.-]+", "_", title)[:_LONGEST_NAME].strip("._")
        plain = name = f"{max(series.number, 0):03d}_{words or series.modality or 'series'}"
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain}_{number}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _converted(series: Series, name: str, wish: Wish, progress: Progress) -> Made:
    if series.kind is SeriesKind.OBJECT:
        raise Declined(f"{series.title} has no pictures of its own.", code="object")
    if wish.straighten:
        check_straightening(series)
        if wish.form not in _ENDINGS:
            sentence = "A straightened volume is written as NIfTI or NRRD only."
            raise Declined(sentence, code="not_straightened")
        name = f"{name}_straightened"
    if wish.form is Form.DICOM:
        return _as_dicom(series, name, wish, progress)
    if series.kind is SeriesKind.FOUR_D:
        return _as_moments(series, name, wish, progress)
    return _as_pictures(series, name, wish, progress)


def _as_dicom(series: Series, name: str, wish: Wish, progress: Progress) -> Made:
    if series.format != "DICOM":
        raise Declined(
            f"{series.title} is not DICOM, so it cannot be made DICOM.", code="not_dicom"
        )
    files = list(dict.fromkeys(instance.path for instance in series.instances))
    with Staging(wish.folder / name) as staging:
        targets = [f"IM{number + 1:05d}.dcm" for number in range(len(files))]
        _keep_off(staging.folder, targets, wish)
        for number, (source, target) in enumerate(zip(files, targets, strict=True)):
            progress.report(number / len(files), f"file {number + 1} of {len(files)}")
            transcode(source, staging.path(target), wish.coding)
        progress.report(1.0, f"writing {name}")
        _clear(staging, "IM?????.dcm", wish)
        return Made(series.key, series.title, _told(staging.commit()), series.notices)


def _as_pictures(series: Series, name: str, wish: Wish, progress: Progress) -> Made:
    solid = wish.form in _ENDINGS
    folder = wish.folder if solid else wish.folder / name
    target = name + _ENDINGS[wish.form] if solid else GEOMETRY
    _keep_off(folder, [target], wish)
    loading = open_series(series)
    if solid and not isinstance(loading.image, Volume) and not wish.straighten:
        raise Declined(_why_no_volume(series, loading.image), code="no_volume")
    image = loading.run(Part(progress, 0.0, 0.6), lambda _: None)
    for notice in loading.notices:
        if notice.code == "damaged":
            raise Unreadable(f"{series.title}: {notice.sentence}", code="damaged")
    notices = loading.notices
    if wish.straighten:
        image, notices = straight_volume(series, image, Part(progress, 0.6, 0.8))
    with Staging(folder) as staging:
        progress.report(0.8, f"writing {target}")
        if isinstance(image, Volume) and solid:
            write = write_nifti_volume if wish.form is Form.NIFTI else write_nrrd_volume
            write(staging.path(target), image, in_patient=series.in_patient)
        else:
            write_pictures(staging, image, series, Part(progress, 0.8, 0.95))
            _clear(staging, "slice_????.png", wish)
        progress.report(0.95, f"writing {target}")
        return Made(series.key, series.title, _told(staging.commit()), notices)


def _as_moments(series: Series, name: str, wish: Wish, progress: Progress) -> Made:
    """Write all volumes of a 4D series: in one file, or as pictures of each."""
    solid = wish.form in _ENDINGS
    folder = wish.folder if solid else wish.folder / name
    target = name + _ENDINGS[wish.form] if solid else moment_prefix(1) + GEOMETRY
    _keep_off(folder, [target, beside(target)] if solid else [target], wish)
    with Staging(folder) as staging:
        part = Part(progress, 0.0, 0.95)
        if solid:
            notices = write_moments(staging, target, series, wish.form, part)
        else:
            notices = write_moment_pictures(staging, series, part)
            _clear(staging, "moment_*", wish)
        progress.report(0.95, f"writing {target}")
        return Made(series.key, series.title, _told(staging.commit()), notices)


def _why_no_volume(series: Series, image: Volume | Stack) -> str:
    reason = image.reason if isinstance(image, Stack) else ""
    return f"{series.title} is no volume. {reason}".strip()


def _keep_off(folder: Path, names: Sequence[str], wish: Wish) -> None:
    """Refuse to replace files, unless that is wished."""
    for name in names:
        if (folder / name).exists() and not wish.force:
            sentence = f"{folder / name} is there already; --force replaces it."
            raise Declined(sentence, code="exists")


def _clear(staging: Staging, pattern: str, wish: Wish) -> None:
    """Let none of the pictures of an earlier conversion stay among the new ones."""
    if wish.force:
        staging.clear(pattern)


def _told(files: Sequence[Path]) -> tuple[str, ...]:
    return tuple(str(file) for file in files)
