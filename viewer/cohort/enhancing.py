"""Recipes applied to series of a place, without a window: new files, the originals untouched."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Part, Progress
from viewer.core.recipe import Recipe, Step, recipe_from
from viewer.core.study import Notice, Series, SeriesKind
from viewer.core.volume import Volume
from viewer.imaging.enhance.apply import check
from viewer.imaging.enhance.catalogue import filter_of
from viewer.imaging.enhance.derive import enhanced_volume, lines
from viewer.io.atomic import Staging
from viewer.io.forms import Form
from viewer.io.identifiers import file_stem
from viewer.io.load import open_series
from viewer.io.scan import scan
from viewer.io.volume_files import write_nifti_volume, write_nrrd_volume

_LONGEST_RECIPE = 1 << 16


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done, where to, and as what."""

    recipe: Recipe
    folder: Path
    form: Form = Form.NIFTI
    force: bool = False


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
    try:
        with file.open("rb") as content:
            text = content.read(_LONGEST_RECIPE + 1).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{file.name} cannot be read as a recipe.", code="bad_recipe") from error
    recipe = recipe_from(text)
    check(recipe)
    return recipe


def _step(words: str) -> Step:
    name, _, rest = words.partition(":")
    found = filter_of(Step(name.strip()))
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


def enhance(places: Sequence[Path], wish: Wish, key: str, progress: Progress) -> Enhanced:
    """Apply a recipe to every volume in the places, or to the one of this key or series UID.

    Raises:
        Declined: if there is no such series, or a step cannot be taken.
        Cancelled: if the work is no longer wanted.
    """
    check(wish.recipe)
    catalogue = scan(places, Part(progress, 0.0, 0.1))
    chosen = [one for _, one in catalogue.all_series() if key in ("", one.key, one.uid)]
    if found := None if chosen else catalogue.find(key):
        chosen = [found[1]]
    if key and not chosen:
        raise Declined(f"There is no series {key} there.", code="no_series")
    results = []
    chosen = [part for one in chosen for part in (one.parts or (one,))]
    for number, series in enumerate(chosen):
        step = 0.9 / len(chosen)
        part = Part(progress, 0.1 + number * step, 0.1 + (number + 1) * step)
        try:
            results.append(_enhanced(series, wish, part))
        except (Declined, Unreadable) as why:
            results.append(Done(series.key, series.title, code=why.code, sentence=str(why)))
    return Enhanced(tuple(results))


def _enhanced(series: Series, wish: Wish, progress: Progress) -> Done:
    if series.kind is not SeriesKind.VOLUME:
        raise Declined(f"{series.title} is no volume; only volumes are enhanced.", code="no_volume")
    loading = open_series(series)
    image = loading.run(Part(progress, 0.0, 0.3), lambda _: None)
    if not isinstance(image, Volume):
        raise Declined(f"{series.title} is no volume; only volumes are enhanced.", code="no_volume")
    volume = enhanced_volume(image, wish.recipe, Part(progress, 0.3, 0.95))
    files = _written(series, volume, wish)
    warnings = tuple(dict.fromkeys((*series.notices, *loading.notices)))
    return Done(series.key, series.title, files, lines(wish.recipe), warnings=warnings)


def _written(series: Series, volume: Volume, wish: Wish) -> tuple[str, ...]:
    """Write the volume and the recipe that made it, both or neither."""
    stem = f"{max(series.number, 0):03d}_{file_stem(series.title, 'series')}_enhanced"
    ending = {Form.NIFTI: ".nii.gz", Form.NRRD: ".nrrd"}.get(wish.form)
    if ending is None:
        raise Declined("Enhanced volumes are written as NIfTI or NRRD.", code="unsupported_form")
    names = (f"{stem}{ending}", f"{stem}.recipe.json")
    if not wish.force and any((wish.folder / name).exists() for name in names):
        raise Declined(f"{names[0]} is there already; ask to replace it.", code="exists")
    write = write_nifti_volume if wish.form is Form.NIFTI else write_nrrd_volume
    with Staging(wish.folder) as staging:
        write(staging.path(names[0]), volume, in_patient=series.in_patient)
        staging.write(names[1], wish.recipe.as_json().encode())
        staging.commit()
    return names
