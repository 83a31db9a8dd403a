"""Recipes applied for good: to a series, slices or a region, always as a new series."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.enhancing import change, has_recipe
from viewer.commands.loading import first_window
from viewer.commands.telling import tell
from viewer.core.crossing import Slice
from viewer.core.errors import Declined
from viewer.core.measurement import Measurement
from viewer.core.progress import Part, Progress
from viewer.core.recipe import Recipe
from viewer.core.segmentation import Segmentation
from viewer.core.study import Catalogue, Notice, Series, SeriesKind
from viewer.core.target import WHOLE, Aim, Target
from viewer.core.volume import Fidelity, Volume
from viewer.core.window import Window
from viewer.imaging.derivation import DERIVED
from viewer.imaging.enhance.derive import enhanced_volume, in_words, memory_for
from viewer.imaging.enhance.remarks import remarks_on
from viewer.imaging.enhance.within import (
    Within,
    enhanced_within,
    region_of,
    segment_of,
    slices_of,
)
from viewer.session.images import OpenImage
from viewer.session.sheets import sheet_wanted


@dataclass(frozen=True, slots=True, eq=False)
class Applied:
    """A volume that was made, the series it is listed as, and its first window.

    `invented` are the numbers of slices that lie where none was taken.
    """

    series: Series
    volume: Volume
    window: Window
    invented: tuple[int, ...] = ()


# -- what it is applied to --------------------------------------------------------------------


def targets(desk: Desk) -> tuple[Target, ...]:
    """Return what the recipe can be applied to: the series, its slice, its regions, segments."""
    session, now = desk.session, desk.session.enhancing.value
    opened = session.images.value.get(now.series_key) or session.active_image
    if opened is None or not isinstance(opened.image, Volume):
        return (WHOLE,)
    found = [WHOLE]
    shown = sheet_wanted(session, session.hanging.value.active)
    if isinstance(shown, Slice) and shown.axis == 0:
        found.append(Target(Aim.SLICES, shown.index, shown.index))
    if now.target.aim is Aim.SLICES and now.target not in found:
        found.append(now.target)
    space = opened.image.geometry.frame_of_reference_uid
    record = session.record.value
    for number, figure in enumerate(record.measurements, start=1):
        closed = figure.kind.closed or figure.kind.solid
        if closed and space and figure.anchor.frame_of_reference_uid == space:
            name = f"{number} {figure.label}".strip()
            found.append(Target(Aim.MEASUREMENT, id=figure.id, name=name))
    for shape in record.segmentations:
        if shape.geometry.frame_of_reference_uid == space and shape.status != "rejected":
            found += [
                Target(Aim.SEGMENT, id=shape.id, label=one.label, name=one.name)
                for one in shape.segments
            ]
    return tuple(found)


def aim(desk: Desk, target: Target) -> None:
    """Choose what the recipe is applied to."""
    change(desk, replace(desk.session.enhancing.value, target=target))


def choose_target(desk: Desk) -> None:
    """Ask what the recipe is applied to."""
    found = targets(desk)

    def chosen(number: int) -> None:
        aim(desk, found[number])

    desk.asker.ask_choice("Apply to", "Apply the recipe to", [one.words for one in found], chosen)


def choose_slices(desk: Desk) -> None:
    """Ask for the first and last slice that the recipe is applied to."""
    now = desk.session.enhancing.value
    opened = desk.session.images.value.get(now.series_key)
    if opened is None:
        raise Declined("There is no recipe to apply: add a filter first.", code="no_steps")

    def typed(text: str) -> None:
        try:
            aim(desk, slices_from(text, opened.count))
        except Declined as why:
            desk.session.say(str(why), serious=True)

    question = f"First and last slice, 1 to {opened.count}"
    desk.asker.ask_text("Apply to slices", question, f"1-{opened.count}", typed)


def slices_from(text: str, count: int) -> Target:
    """Return the slices that words such as "12-40" or "7" name, counted from 1.

    Raises:
        Declined: if they name none of the series.
    """
    first, _, last = text.partition("-")
    try:
        one, other = int(first), int(last or first)
    except ValueError:
        raise Declined(f"{text!r} names no slices; write 12-40.", code="no_slices") from None
    if not 1 <= one <= other <= count:
        raise Declined(f"The series has the slices 1 to {count}.", code="no_slices")
    return Target(Aim.SLICES, one - 1, other - 1)


def within_of(
    target: Target, volume: Volume, shape: Segmentation | None, figure: Measurement | None
) -> Within | None:
    """Return the voxels that a target means, None for all of them. Looks at labels: for jobs.

    Raises:
        Declined: if there are none.
    """
    match target.aim:
        case Aim.SERIES:
            return None
        case Aim.SLICES:
            return slices_of(volume.geometry, target.first, target.last, target.words)
        case Aim.MEASUREMENT if figure is not None:
            return region_of(figure, volume.geometry, target.words)
        case Aim.SEGMENT if shape is not None:
            return segment_of(shape.labels, shape.geometry, target.label, volume, target.words)
    raise Declined("The region is not there any more; choose another.", code="no_region")


# -- for good ---------------------------------------------------------------------------------


def apply(desk: Desk) -> None:
    """Make a new series by the recipe; the original stays as it is.

    Raises:
        Declined: if there is nothing to do, or not all of the series has arrived.
    """
    session, now = desk.session, desk.session.enhancing.value
    opened = session.images.value.get(now.series_key)
    if opened is None or not isinstance(opened.image, Volume) or not now.recipe.steps:
        raise Declined("There is no recipe to apply: add a filter first.", code="no_steps")
    check_loaded(desk, opened)
    record, target = session.record.value, now.target
    shape = next((one for one in record.segmentations if one.id == target.id), None)
    figure = next((one for one in record.measurements if one.id == target.id), None)
    desk.runner.start(
        f"Enhance {opened.series.title}",
        partial(_apply, opened.series, opened.image, now.recipe, (target, shape, figure)),
        partial(show_made, desk, opened),
        failed=partial(tell, desk),
        cancelled=partial(session.say, "Nothing was enhanced."),
        instead_of=f"enhance {opened.key}",
        belongs_to=opened.study.uid,
        needs_bytes=memory_for(opened.image, now.recipe),
    )


def check_loaded(desk: Desk, opened: OpenImage) -> None:
    """Let a series in of which all has arrived.

    Raises:
        Declined: if it has not.
    """
    if opened.key in desk.loadings:
        raise Declined("Not all of this series is loaded; apply it then.", code="loading")


def _apply(
    series: Series,
    volume: Volume,
    recipe: Recipe,
    where: tuple[Target, Segmentation | None, Measurement | None],
    progress: Progress,
) -> Applied:
    target, shape, figure = where
    part = Part(progress, 0.05, 1.0)
    said = remarks_on(volume)
    within = within_of(target, volume, shape, figure)
    if within is None:
        made = enhanced_volume(volume, recipe, part)
    else:
        made = enhanced_within(volume, recipe, within, part)
    words = [in_words(step) for step in recipe.steps]
    if within is not None:
        words.append(f"{within.words} only")
    mark = recipe.as_json() + ("" if within is None else within.words + target.id)
    return made_from(series, made, "enhanced", words, mark, said)


def made_from(
    series: Series,
    volume: Volume,
    title: str,
    words: Sequence[str],
    mark: str,
    said: Sequence[str] = (),
) -> Applied:
    """Return a derived volume with the series under which it is listed; it lies in no file.

    `words` say what was done, `said` what else must be known, `mark` tells it from others.
    """
    short = hashlib.sha256(mark.encode()).hexdigest()[:8]
    notices = (
        Notice(DERIVED, f"Derived: {'; '.join(words)}."),
        *(Notice("values", sentence) for sentence in said),
    )
    named = f"{series.split}, {title}" if series.split else title
    listed = replace(
        series,
        key=f"{series.key}#{title}-{short}",
        uid="",
        kind=SeriesKind.VOLUME,
        instances=(),
        split=f"{named} {short[:3]}",
        rows=volume.geometry.shape[1],
        columns=volume.geometry.shape[2],
        format=DERIVED,
        notices=(*notices, *series.notices),
    )
    made = replace(volume, series_key=listed.key, provenance=(*volume.provenance, *said))
    return Applied(listed, made, first_window(made, made.geometry.shape[0] // 2))


def show_made(desk: Desk, source: OpenImage, made: Applied) -> None:
    """List and show what was made, unless its source was closed meanwhile."""
    session = desk.session
    found = session.catalogue.value.find(source.key)
    current = session.images.value.get(source.key)
    if found is None or current is None:
        return
    study = found[0]
    session.add_to_catalogue(Catalogue((replace(study, series=(made.series,)),)))
    same = made.volume.unit == source.image.unit
    window = current.window if same and current.window is not None else made.window
    quality = np.full(made.volume.geometry.shape[0], Fidelity.ORIGINAL, np.uint8)
    quality[list(made.invented)] = Fidelity.INVENTED
    session.enhancing.set(replace(session.enhancing.value, shown=False))
    session.show(
        OpenImage(study, made.series, made.volume, window, Fidelity(quality), made.series.notices)
    )
    for notice in made.series.notices:
        if notice.code == "values":
            session.say(notice.sentence)


COMMANDS: tuple[Command, ...] = (
    Command(
        id="enhance.apply",
        title="Apply recipe",
        help="Make a new series by the recipe; the original stays as it is.",
        menu="Image/Enhance",
        run=apply,
        allowed=has_recipe,
    ),
    Command(
        id="enhance.target",
        title="Apply to…",
        help="Choose what the recipe is applied to: the series, a slice, a region or a segment.",
        menu="Image/Enhance",
        run=choose_target,
        allowed=has_recipe,
    ),
    Command(
        id="enhance.slices",
        title="Apply to slices…",
        help="Choose the first and the last slice that the recipe is applied to.",
        menu="Image/Enhance",
        run=choose_slices,
        allowed=has_recipe,
    ),
)
