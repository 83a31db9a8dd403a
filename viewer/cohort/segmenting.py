"""Segments made by recipes in series of a place, without a window, and saved in any form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from viewer import __version__
from viewer.ai.scribbles import FOREST
from viewer.cohort.each import Chosen, chosen_of, each, volume_of
from viewer.cohort.enhancing import read_recipe
from viewer.cohort.segment_files import as_volume, marks_from, write
from viewer.cohort.segment_forms import ENDINGS, SegmentForm
from viewer.core.author import SEGMENTED_BY_RECIPE, Author
from viewer.core.code import TISSUE
from viewer.core.errors import Declined
from viewer.core.identity import new_uid
from viewer.core.label_map import LabelMap
from viewer.core.progress import Part, Progress
from viewer.core.recipe import Recipe, Setting, Step
from viewer.core.segmentation import Segment, Segmentation, colour_in_turn
from viewer.core.study import Notice, Series, Study
from viewer.core.volume import Volume, padded
from viewer.imaging.enhance.catalogue import Parameter
from viewer.imaging.segment.apply import check, segmented
from viewer.imaging.segment.catalogue import OPERATIONS, operation_of
from viewer.imaging.segment.operation import COMMON, Choice, Ground, Operation
from viewer.imaging.segment.parts import Labels
from viewer.io.atomic import Staging
from viewer.io.scan import scan

ALL: tuple[Operation, ...] = (*OPERATIONS, FOREST)
"""Every operation that a recipe may name."""
_MOST_SEGMENTS = 1000


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done, where to, and as what.

    `marks` is a NIfTI label map on the grid of the image to begin with. With `outside` a
    volume is written too in which everything outside all segments has this value.
    """

    recipe: Recipe
    folder: Path
    form: SegmentForm = SegmentForm.AUTO
    marks: Path | None = None
    outside: float | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One segment that was made."""

    label: int
    name: str
    volume_ml: float


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one series: its files and segments, or the reason why there are none."""

    key: str
    title: str
    files: tuple[str, ...] = ()
    segments: tuple[Found, ...] = ()
    done: tuple[str, ...] = ()
    code: str = ""
    sentence: str = ""
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Segmented:
    """What became of everything that was asked for."""

    series: tuple[Done, ...]

    @property
    def made(self) -> tuple[Done, ...]:
        """The series of which segments were written."""
        return tuple(one for one in self.series if one.files)

    def as_json(self) -> str:
        """Return it as JSON text."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False)


# -- recipes -----------------------------------------------------------------------------------


def recipe_of(words: str, file: Path | None) -> Recipe:
    """Return the recipe of a file, or of words: "otsu; islands keep_largest; margin 3".

    Steps are parted by semicolons. After the name of an operation come settings (mm=3), words
    of its choices (keep_largest), its switches (by_slice), and numbers in the order of its
    parameters.

    Raises:
        Declined: if there is nothing to do, or a word is none.
        Unreadable: if the file holds no recipe.
    """
    if file is not None:
        recipe = read_recipe(file)
    else:
        steps = tuple(_step(part.split()) for part in words.split(";") if part.strip())
        recipe = Recipe("command line", steps)
    check(recipe, ALL)
    return recipe


def _step(words: list[str]) -> Step:
    operation = operation_of(Step(words[0]), ALL)
    step = Step(operation.id)
    for word in words[1:]:
        name, value = _setting(operation, step, word)
        step = step.setting(name, value)
    operation.settings(step)
    return step


def _setting(operation: Operation, step: Step, word: str) -> tuple[str, Setting]:
    known = {one.name: one for one in (*operation.parameters, *COMMON)}
    name, sign, value = word.partition("=")
    if sign:
        parameter = known.get(name)
        if parameter is None:
            raise Declined(f"{operation.title} has no parameter {name}.", code="bad_setting")
        return name, value if isinstance(parameter, Choice) else _number(name, value)
    for parameter in known.values():
        if isinstance(parameter, Choice) and word in dict(parameter.words) and not _digit(word):
            return parameter.name, word
        if isinstance(parameter, Parameter) and parameter.switch and word == parameter.name:
            return parameter.name, True
    for parameter in operation.parameters:
        free = isinstance(parameter, Parameter) and not parameter.switch
        if free and step.of(parameter.name) is None:
            return parameter.name, _number(parameter.name, word)
    raise Declined(f"{operation.title} does not know {word}.", code="bad_setting")


def _digit(word: str) -> bool:
    return word[:1].isdigit()


def _number(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise Declined(f"{name} is a number, not {text!r}.", code="bad_setting") from None


def lines(recipe: Recipe) -> tuple[str, ...]:
    """Return what is done in words, one line for each step."""
    found = []
    for step in recipe.steps:
        operation = operation_of(step, ALL)
        said = [f"{name} {value}" for name, value in step.settings]
        found.append(f"{operation.title}: {', '.join(said)}" if said else operation.title)
    return tuple(found)


# -- the work ----------------------------------------------------------------------------------


def segment(places: Sequence[Path], wish: Wish, key: str, progress: Progress) -> Segmented:
    """Apply a recipe to every volume in the places, or to the one of this key or series UID.

    Raises:
        Declined: if there is no such series, or the recipe is none.
        Cancelled: if the work is no longer wanted.
    """
    check(wish.recipe, ALL)
    catalogue = scan(places, Part(progress, 0.0, 0.1))
    chosen = chosen_of(catalogue, key)
    return Segmented(each(chosen, partial(_segmented, wish), _refused, Part(progress, 0.1, 1.0)))


def _refused(series: Series, code: str, sentence: str) -> Done:
    return Done(series.key, series.title, code=code, sentence=sentence)


def _segmented(wish: Wish, chosen: Chosen, progress: Progress) -> Done:
    study, series, stem = chosen.study, chosen.series, chosen.stem
    part = Part(progress, 0.0, 0.3)
    image, warnings = volume_of(series, "only volumes are segmented", part)
    marks = None if wish.marks is None else marks_from(wish.marks, image.geometry)
    labels = segmented_volume(image, wish.recipe, Part(progress, 0.3, 0.8), marks=marks)
    made = segmentation_of(image, labels, wish.recipe)
    files = _written(study, series, stem, image, made, wish, Part(progress, 0.8, 1.0))
    volumes = made.volumes_mm3()
    found = tuple(Found(one.label, one.name, volumes[one.label] / 1000) for one in made.segments)
    return Done(series.key, series.title, files, found, lines(wish.recipe), warnings=warnings)


def segmented_volume(
    volume: Volume, recipe: Recipe, progress: Progress, *, marks: Labels | None = None
) -> Labels:
    """Return the label map that a recipe makes on a volume, from marks if there are any.

    Padding and what is no number belongs to no segment that is found by values.

    Raises:
        Declined: if a step cannot be taken.
        Cancelled: if the work is no longer wanted.
    """
    values = volume.values()
    nothing = padded(volume.voxels, volume.padding)
    if nothing is not None:
        values[nothing] = np.nan
    labels = np.zeros(values.shape, np.uint16) if marks is None else marks.astype(np.uint16)
    ground = Ground(values, labels, volume.geometry.spacing_mm)
    return segmented(ground, recipe, progress, operations=ALL)


def segmentation_of(volume: Volume, labels: Labels, recipe: Recipe) -> Segmentation:
    """Return a label map as segments of a volume, their author the recipe.

    Raises:
        Declined: if nothing was found, or more segments than can be told apart.
    """
    used = [int(label) for label in np.flatnonzero(np.bincount(labels.ravel())) if label]
    if not used:
        raise Declined("The recipe found nothing in this image.", code="nothing_found")
    if len(used) > _MOST_SEGMENTS:
        raise Declined(
            f"The recipe made {len(used)} segments; {_MOST_SEGMENTS} can be saved at most.",
            code="too_many",
        )
    title = recipe.name if recipe.name not in ("", "command line") else "Segments"
    steps = tuple((f"step {n}", line) for n, line in enumerate(lines(recipe), start=1))
    return Segmentation(
        id=new_uid(),
        title=title,
        label_map=LabelMap.of(labels.astype(np.uint8) if used[-1] < 256 else labels),
        geometry=volume.geometry,
        segments=tuple(
            Segment(
                label,
                f"Segment {label}",
                TISSUE,
                TISSUE,
                colour_in_turn(label),
            )
            for label in used
        ),
        author=Author(SEGMENTED_BY_RECIPE, is_model=True, version=__version__, parameters=steps),
        series_key=volume.series_key,
    )


def _written(
    study: Study,
    series: Series,
    stem: str,
    volume: Volume,
    made: Segmentation,
    wish: Wish,
    progress: Progress,
) -> tuple[str, ...]:
    """Write segments, the recipe that made them, and the masked volume if asked: all or none."""
    form = wish.form
    if form is SegmentForm.AUTO:
        form = SegmentForm.SEG if series.format == "DICOM" else SegmentForm.NIFTI
    stem = f"{stem}_segments"
    names = [f"{stem}{ENDINGS[form]}", f"{stem}.recipe.json"]
    if wish.outside is not None:
        names.append(f"{stem}_masked.nii.gz")
    if not wish.force and any((wish.folder / name).exists() for name in names):
        raise Declined(f"{names[0]} is there already; ask to replace it.", code="exists")
    with Staging(wish.folder) as staging:
        progress.report(0.0, "writing")
        write(staging.path(names[0]), form, made, study, series)
        staging.write(names[1], replace(wish.recipe, name=made.title).as_json().encode())
        if wish.outside is not None:
            as_volume(staging.path(names[2]), volume, made, wish.outside, series)
        progress.report(0.9, "putting files in place")
        staging.commit()
    return tuple(names)
