"""Recipes applied to series of a place, without a window: new files, the originals untouched."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from viewer.cohort.each import Chosen, chosen_of, each, volume_of
from viewer.core.errors import Declined, Unreadable
from viewer.core.kernel import Kernel
from viewer.core.progress import Part, Progress
from viewer.core.recipe import Recipe, Step, recipe_from
from viewer.core.study import Notice, Series, SeriesKind
from viewer.core.volume import Volume
from viewer.imaging.enhance.apply import check
from viewer.imaging.enhance.catalogue import filter_of, step_like
from viewer.imaging.enhance.derive import enhanced_volume, sample_of
from viewer.imaging.enhance.remarks import remarks_on
from viewer.imaging.enhance.resampling import isotropic_steps, resampled
from viewer.imaging.enhance.within import enhanced_within, slices_of
from viewer.io.atomic import Staging
from viewer.io.derived_heads import heads_of
from viewer.io.derived_write import save_derived_series
from viewer.io.forms import Form
from viewer.io.load import open_series
from viewer.io.scan import scan
from viewer.io.volume_files import write_nifti_volume, write_nrrd_volume

_LONGEST_RECIPE = 1 << 16


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done, where to, and as what.

    `slices` are the first and the last that are meant, counted from 1; None for all. With
    `training` a network is trained on each series instead, with `finer` the grid is made finer.
    """

    recipe: Recipe
    folder: Path
    form: Form = Form.NIFTI
    force: bool = False
    slices: tuple[int, int] | None = None
    training: Training | None = None
    finer: Finer | None = None


@dataclass(frozen=True, slots=True)
class Training:
    """How long a network is trained for a series, and from which random start."""

    seed: int = 0
    steps: int = 400


@dataclass(frozen=True, slots=True)
class Finer:
    """Steps of a finer grid in mm, the same in all directions; 0 for the least of the series."""

    step_mm: float = 0.0
    kernel: Kernel = Kernel.SPLINE


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one series: its files, or the reason why there are none."""

    key: str
    title: str
    files: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    code: str = ""
    sentence: str = ""
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Enhanced:
    """What became of everything that was asked for."""

    series: tuple[Done, ...]

    @property
    def made(self) -> tuple[Done, ...]:
        """The series that were written."""
        return tuple(one for one in self.series if one.files)

    def as_json(self) -> str:
        """Return it as JSON text."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False)


def recipe_of(steps: Sequence[str], file: Path | None) -> Recipe:
    """Return the recipe of a file, or that of words such as "gaussian:sigma_mm=1.5,flat=1".

    Raises:
        Declined: if there is nothing to do, or a word is none.
        Unreadable: if the file holds no recipe.
    """
    if file is not None:
        return _from_file(file)
    if not steps:
        raise Declined("There is no step to take: name a filter or a recipe.", code="no_steps")
    recipe = Recipe("command line", tuple(_step(words) for words in steps))
    check(recipe)
    return recipe


def _from_file(file: Path) -> Recipe:
    recipe = read_recipe(file)
    check(recipe)
    return recipe


def read_recipe(file: Path) -> Recipe:
    """Return the recipe that a file holds, whatever its steps are.

    Raises:
        Unreadable: if it holds none.
    """
    try:
        with file.open("rb") as content:
            text = content.read(_LONGEST_RECIPE + 1).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{file.name} cannot be read as a recipe.", code="bad_recipe") from error
    return recipe_from(text)


def _step(words: str) -> Step:
    name, _, rest = words.partition(":")
    found = filter_of(Step(name.strip()))
    if found.asks:
        raise Declined(f"{found.title} needs a series to match: say --like.", code="bad_setting")
    step = Step(found.id)
    for pair in filter(None, rest.split(",")):
        key, _, value = pair.partition("=")
        try:
            step = step.setting(key.strip(), float(value))
        except ValueError:
            raise Declined(
                f"{pair.strip()} sets nothing: write {key.strip() or 'name'}=number.",
                code="bad_setting",
            ) from None
    return step


def slices_of_words(words: str) -> tuple[int, int]:
    """Return the first and the last slice of words such as "12-40" or "7".

    Raises:
        Declined: if they name none.
    """
    first, _, last = words.partition("-")
    try:
        one, other = int(first), int(last or first)
    except ValueError:
        raise Declined(f"{words!r} names no slices; write 12-40.", code="no_slices") from None
    if not 1 <= one <= other:
        raise Declined("Slices count from 1, the first before the last.", code="no_slices")
    return one, other


def like(place: Path, key: str, progress: Progress) -> Step:
    """Return the step that matches histograms to the only volume of a place, or that of a key.

    Raises:
        Declined: if there is none, or more than one.
    """
    catalogue = scan([place], Part(progress, 0.0, 0.3))
    volumes = [
        one for _, one in catalogue.all_series()
        if one.kind is SeriesKind.VOLUME and key in ("", one.key, one.uid)
    ]  # fmt: skip
    if len(volumes) != 1:
        raise Declined(
            f"There are {len(volumes)} volumes in {place.name} to match; name one of them.",
            code="no_series",
        )
    image = open_series(volumes[0]).run(Part(progress, 0.3, 1.0), lambda _: None)
    if not isinstance(image, Volume):
        raise Declined(f"{volumes[0].title} is no volume.", code="no_volume")
    return step_like(sample_of(image), volumes[0].title)


def enhance(places: Sequence[Path], wish: Wish, key: str, progress: Progress) -> Enhanced:
    """Apply a recipe to every volume in the places, or to the one of this key or series UID.

    Raises:
        Declined: if there is no such series, or a step cannot be taken.
        Cancelled: if the work is no longer wanted.
    """
    catalogue = scan(places, Part(progress, 0.0, 0.1))
    chosen = chosen_of(catalogue, key)
    return Enhanced(each(chosen, partial(_enhanced, wish), _refused, Part(progress, 0.1, 1.0)))


def _refused(series: Series, code: str, sentence: str) -> Done:
    return Done(series.key, series.title, code=code, sentence=sentence)


def _enhanced(wish: Wish, chosen: Chosen, progress: Progress) -> Done:
    """Make a volume and write it."""
    series = chosen.series
    if wish.form is Form.DICOM:
        heads_of(series, "")  # better declined now than after minutes of work
    part = Part(progress, 0.0, 0.3)
    image, warnings = volume_of(series, "only volumes are enhanced", part)
    said = remarks_on(image)
    dicom = wish.form is Form.DICOM
    volume, word = _made(image, wish, Part(progress, 0.3, 0.7 if dicom else 0.95))
    volume = replace(volume, provenance=(*volume.provenance, *said))
    stem = f"{chosen.stem}_{word}"
    if dicom:
        part = Part(progress, 0.7, 1.0)
        files = _as_dicom(series, (stem, chosen.study.patient.id), volume, wish, part)
    else:
        files = _written(series, stem, volume, wish)
    done = volume.provenance[len(image.provenance) :]
    return Done(series.key, series.title, files, done, warnings=warnings)


def _made(image: Volume, wish: Wish, progress: Progress) -> tuple[Volume, str]:
    """Return what is made of a volume, and the word for it in the name of its file."""
    if wish.training is not None:
        from viewer.ai.self_denoise import denoised_volume

        made, _ = denoised_volume(
            image, progress, seed=wish.training.seed, steps=wish.training.steps
        )
        return made, "denoised"
    if wish.finer is not None:
        step = wish.finer.step_mm
        steps = (step, step, step) if step else isotropic_steps(image.geometry)
        return resampled(image, steps, wish.finer.kernel, progress), "interpolated"
    if wish.slices is None:
        return enhanced_volume(image, wish.recipe, progress), "enhanced"
    first, last = wish.slices
    within = slices_of(image.geometry, first - 1, last - 1, f"slices {first} to {last}")
    return enhanced_within(image, wish.recipe, within, progress), "enhanced"


def _as_dicom(
    series: Series, name: tuple[str, str], volume: Volume, wish: Wish, progress: Progress
) -> tuple[str, ...]:
    """Write the volume as a new series of its study, in a folder of its own."""
    stem, patient_id = name
    folder = wish.folder / stem
    if folder.exists() and any(folder.iterdir()) and not wish.force:
        raise Declined(f"{stem} is there already; ask to replace it.", code="exists")
    written = save_derived_series(folder, volume, series, patient_id, progress)
    return tuple(f"{stem}/{file.name}" for file in written.files)


def _written(series: Series, stem: str, volume: Volume, wish: Wish) -> tuple[str, ...]:
    """Write the volume and what made it, a recipe or words, both or neither."""
    ending = {Form.NIFTI: ".nii.gz", Form.NRRD: ".nrrd"}.get(wish.form)
    if ending is None:
        raise Declined(
            "Enhanced volumes are written as NIfTI, NRRD or DICOM.", code="unsupported_form"
        )
    recipe = bool(wish.recipe.steps)
    names = (f"{stem}{ending}", f"{stem}.recipe.json" if recipe else f"{stem}.txt")
    told = wish.recipe.as_json() if recipe else "\n".join(volume.provenance) + "\n"
    if not wish.force and any((wish.folder / name).exists() for name in names):
        raise Declined(f"{names[0]} is there already; ask to replace it.", code="exists")
    write = write_nifti_volume if wish.form is Form.NIFTI else write_nrrd_volume
    with Staging(wish.folder) as staging:
        write(staging.path(names[0]), volume, in_patient=series.in_patient)
        staging.write(names[1], told.encode())
        staging.commit()
    return names
