"""Anatomy by rules on the series of a place, without a window: SEG or NIfTI, and an account."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from viewer.cohort.anatomy_forms import BrainBy, Format, Taken
from viewer.cohort.brain_guest import brain_by_deepbet
from viewer.cohort.each import Chosen, chosen_of, each, volume_of
from viewer.core.errors import Declined
from viewer.core.progress import Part, Progress
from viewer.core.segmentation import Segmentation
from viewer.core.study import Notice, Series, Study
from viewer.core.taken import all_as_ct
from viewer.imaging.anatomy.result import Anatomy
from viewer.imaging.anatomy.segments import anatomy_of, segmentations_of
from viewer.imaging.anatomy.structures import Structure
from viewer.io.atomic import Staging, spoken_for
from viewer.io.compare import Different, compare_nifti, compare_segmentation
from viewer.io.identifiers import file_stem
from viewer.io.nifti_write import write_nifti
from viewer.io.scan import scan
from viewer.io.seg import write_segmentation
from viewer.io.sources import source_headers


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be found, where to, and as what."""

    structures: tuple[Structure, ...]
    folder: Path
    format: Format = Format.SEG
    force: bool = False
    taken: Taken | None = None
    brain_by: BrainBy | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one structure of one series."""

    structure: str
    title: str
    code: str
    certainty: float
    volume_ml: float
    reasons: tuple[str, ...]
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one series: its files, or the reason why there are none."""

    key: str
    title: str
    files: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    structures: tuple[Told, ...] = ()
    code: str = ""
    sentence: str = ""
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlined:
    """What became of everything that was asked for."""

    series: tuple[Done, ...]

    @property
    def made(self) -> tuple[Done, ...]:
        """The series of which something was written."""
        return tuple(one for one in self.series if one.files)

    def as_json(self) -> str:
        """Return it as JSON text."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False)


def outline(places: Sequence[Path], wish: Wish, key: str, progress: Progress) -> Outlined:
    """Find anatomy in every volume in the places, or in the one of this key or series UID.

    Raises:
        Declined: if there is no such series.
        Cancelled: if the work is no longer wanted.
    """
    catalogue = scan(places, Part(progress, 0.0, 0.1))
    if wish.taken is Taken.CT_HU:
        catalogue = all_as_ct(catalogue)
    chosen = chosen_of(catalogue, key)
    return Outlined(each(chosen, partial(_outlined, wish), _refused, Part(progress, 0.1, 1.0)))


def _refused(series: Series, code: str, sentence: str) -> Done:
    return Done(series.key, series.title, code=code, sentence=sentence)


def _outlined(wish: Wish, chosen: Chosen, progress: Progress) -> Done:
    study, series, stem = chosen.study, chosen.series, chosen.stem
    what = "anatomy is looked for in volumes"
    image, warnings = volume_of(series, what, Part(progress, 0.0, 0.25))
    if wish.taken is Taken.MR and series.format != "DICOM":
        image = replace(image, modality="MR")
    part = Part(progress, 0.25, 0.85)
    if wish.brain_by is BrainBy.DEEPBET:
        anatomy, groups = brain_by_deepbet(image, series.key, part)
    else:
        anatomy = anatomy_of(image, part, wish.structures)
        groups = segmentations_of(anatomy, series.key)
    told = _told(anatomy)
    progress.report(0.85, "writing")
    files, more = _written(study, series, stem, groups, anatomy, wish)
    sentence = "" if files else "Nothing was found of what was asked for."
    code = "" if files else "nothing_found"
    return Done(
        series.key, series.title, files, anatomy.regions, told, code, sentence, (*warnings, *more)
    )


def _told(anatomy: Anatomy) -> tuple[Told, ...]:
    return tuple(
        Told(
            one.structure.id,
            one.structure.title,
            one.structure.code.value,
            one.certainty,
            round(one.volume_ml, 2),
            one.reasons,
            one.failed,
        )
        for one in anatomy.found
    )


def _written(
    study: Study,
    series: Series,
    stem: str,
    groups: tuple[Segmentation, ...],
    anatomy: Anatomy,
    wish: Wish,
) -> tuple[tuple[str, ...], tuple[Notice, ...]]:
    """Write all groups of a series and the account of it, all or nothing, and read them back."""
    if not groups:
        return (), ()
    dicom = series.format == "DICOM"
    formats = [Format.SEG, Format.NIFTI] if wish.format is Format.BOTH else [wish.format]
    notices: tuple[Notice, ...] = ()
    if not dicom and Format.SEG in formats:
        formats = [Format.NIFTI]
        sentence = f"The images are {series.format}, not DICOM: segments were saved as NIfTI."
        notices = (Notice("not_dicom", sentence),)
    names: list[str] = []
    with Staging(wish.folder) as staging:
        for form in formats:
            for number, group in enumerate(groups):
                ending = ".dcm" if form is Format.SEG else ".nii.gz"
                name = f"{stem}_{file_stem(group.title, str(number))}{ending}"
                _refuse_if_there(wish, name)
                path = staging.path(name)
                _write(path, group, study, series, form, number)
                names.append(name)
        name = f"{stem}_anatomy.json"
        _refuse_if_there(wish, name)
        account = {"series": series.title, "regions": anatomy.regions}
        structures = [asdict(one) for one in _told(anatomy)]
        text = json.dumps({**account, "structures": structures}, indent=2, ensure_ascii=False)
        staging.write(name, text.encode())
        staging.commit()
    return (*names, name), notices


def _refuse_if_there(wish: Wish, name: str) -> None:
    if not wish.force and (wish.folder / name).exists():
        raise Declined(f"{name} is there already; ask to replace it.", code="exists")


def _write(
    path: Path, group: Segmentation, study: Study, series: Series, form: Format, number: int
) -> None:
    """Write one label group and compare what lies on the disk with it."""
    if form is Format.NIFTI:
        with spoken_for(path.parent):
            write_nifti(path, group)
        _check(partial(compare_nifti, path, group))
        return
    headers = source_headers(series, group.geometry.frame_of_reference_uid)
    with spoken_for(path.parent):
        write_segmentation(path, group, series, headers=headers, series_number=9101 + number)
    _check(partial(compare_segmentation, path, group, study, series))


def _check(compare: partial[None]) -> None:
    try:
        compare()
    except Different as error:
        raise Declined(
            f"The segments did not come back from the disk as they were meant ({error}).",
            code="not_as_meant",
        ) from error
