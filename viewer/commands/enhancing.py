"""Enhancing: a recipe of filters tried on what is on screen, then applied to a new series."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.enhance_preview import refresh
from viewer.commands.loading import first_window
from viewer.commands.telling import tell
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Progress
from viewer.core.recipe import Recipe, Setting, Step, recipe_from
from viewer.core.study import Catalogue, Notice, Series, SeriesKind
from viewer.core.volume import Fidelity, Volume
from viewer.core.window import Window
from viewer.imaging.derivation import DERIVED
from viewer.imaging.enhance.catalogue import FILTERS, filter_of
from viewer.imaging.enhance.derive import (
    enhanced_volume,
    in_words,
    memory_for,
)
from viewer.session.enhancing import Enhancing
from viewer.session.images import OpenImage

_LONGEST = 1 << 16


# -- the recipe -----------------------------------------------------------------------------


def add(desk: Desk, filter_id: str) -> None:
    """Put a filter at the end of the recipe, as it is usually set."""
    filter_of(Step(filter_id))
    opened = desk.session.active_image
    if opened is None or not isinstance(opened.image, Volume):
        raise Declined("Only a volume can be enhanced; open one first.", code="no_volume")
    now = desk.session.enhancing.value
    fresh = now if now.series_key == opened.key else Enhancing(opened.key, now.recipe)
    _change(desk, replace(fresh.added(Step(filter_id)), shown=True))


def remove(desk: Desk, number: int) -> None:
    """Take a step out of the recipe."""
    _change(desk, desk.session.enhancing.value.removed(number))


def move(desk: Desk, number: int, by: int) -> None:
    """Move a step up or down."""
    _change(desk, desk.session.enhancing.value.moved(number, by))


def set_parameter(desk: Desk, number: int, name: str, value: Setting) -> None:
    """Set one parameter of a step; what is beyond its bounds is declined."""
    changed = desk.session.enhancing.value.set(number, name, value)
    step = changed.recipe.steps[number]
    filter_of(step).settings(step)
    _change(desk, changed)


def clear(desk: Desk) -> None:
    """Forget the recipe; views show the original again."""
    _change(desk, Enhancing())


def compare(desk: Desk) -> None:
    """Show the original instead of the result, or the result again."""
    now = desk.session.enhancing.value
    _change(desk, replace(now, shown=not now.shown))


def swipe(desk: Desk) -> None:
    """Part views by a divider that can be dragged: the original left, the result right; or not."""
    now = desk.session.enhancing.value
    parted = now.shown and now.swipe is not None
    _change(desk, replace(now, shown=True, swipe=None if parted else 0.5))


def _change(desk: Desk, enhancing: Enhancing) -> None:
    desk.session.enhancing.set(enhancing)
    refresh(desk)


# -- for good ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Applied:
    series: Series
    volume: Volume
    window: Window


def apply(desk: Desk) -> None:
    """Make a new series by the recipe; the original stays as it is.

    Raises:
        Declined: if there is nothing to do, or not all of the series has arrived.
    """
    session, now = desk.session, desk.session.enhancing.value
    opened = session.images.value.get(now.series_key)
    if opened is None or not isinstance(opened.image, Volume) or not now.recipe.steps:
        raise Declined("There is no recipe to apply: add a filter first.", code="no_steps")
    if opened.key in desk.loadings:
        raise Declined("Not all of this series is loaded; apply it then.", code="loading")
    desk.runner.start(
        f"Enhance {opened.series.title}",
        partial(_apply, opened.series, opened.image, now.recipe),
        partial(_applied, desk, opened),
        failed=partial(tell, desk),
        cancelled=partial(session.say, "Nothing was enhanced."),
        instead_of=f"enhance {opened.key}",
        belongs_to=opened.study.uid,
        needs_bytes=memory_for(opened.image, now.recipe),
    )


def _apply(series: Series, volume: Volume, recipe: Recipe, progress: Progress) -> _Applied:
    made = enhanced_volume(volume, recipe, progress)
    listed = _derived(series, recipe)
    made = replace(made, series_key=listed.key)
    return _Applied(listed, made, first_window(made, made.geometry.shape[0] // 2))


def _derived(series: Series, recipe: Recipe) -> Series:
    """Return the series under which the result is listed; it lies in no file."""
    mark = hashlib.sha256(recipe.as_json().encode()).hexdigest()[:8]
    words = "; ".join(in_words(step) for step in recipe.steps)
    notice = Notice(DERIVED, f"Derived: {words}.")
    title = f"{series.split}, enhanced" if series.split else "enhanced"
    return replace(
        series,
        key=f"{series.key}#enhanced-{mark}",
        uid="",
        kind=SeriesKind.VOLUME,
        instances=(),
        split=f"{title} {mark[:3]}",
        format=DERIVED,
        notices=(notice, *series.notices),
    )


def _applied(desk: Desk, source: OpenImage, made: _Applied) -> None:
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
    session.enhancing.set(replace(session.enhancing.value, shown=False))
    session.show(
        OpenImage(study, made.series, made.volume, window, Fidelity(quality), made.series.notices)
    )


# -- kept as files ----------------------------------------------------------------------------


def save(desk: Desk) -> None:
    """Ask for a name and keep the recipe as a file."""
    recipe = desk.session.enhancing.value.recipe
    if not recipe.steps:
        raise Declined("There is no recipe to save: add a filter first.", code="no_steps")

    def named(path: Path) -> None:
        text = replace(recipe, name=path.stem.removesuffix(".recipe")).as_json()
        desk.runner.start(
            "Save recipe",
            partial(_write, path, text),
            lambda _: desk.session.say(f"The recipe is saved as {path.name}."),
            failed=partial(tell, desk),
        )

    start = desk.settings.start_folder / "recipe.recipe.json"
    desk.asker.choose_name("Save recipe", start, named)


def _write(path: Path, text: str, progress: Progress) -> None:
    from viewer.io.atomic import Staging

    progress.report(0.0, path.name)
    with Staging(path.parent) as staging:
        staging.write(path.name, text.encode())
        staging.commit()


def load(desk: Desk) -> None:
    """Ask for a recipe file and try it on the active volume."""
    opened = desk.session.active_image
    if opened is None or not isinstance(opened.image, Volume):
        raise Declined("Only a volume can be enhanced; open one first.", code="no_volume")

    def chosen(paths: list[Path]) -> None:
        if paths:
            desk.runner.start(
                "Open recipe",
                partial(_read, paths[0]),
                lambda recipe: _change(desk, Enhancing(opened.key, recipe)),
                failed=partial(tell, desk),
            )

    desk.asker.choose_files("Open recipe", desk.settings.start_folder, chosen)


def _read(path: Path, progress: Progress) -> Recipe:
    progress.report(0.0, path.name)
    try:
        with path.open("rb") as file:
            text = file.read(_LONGEST + 1).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path.name} cannot be read as a recipe.", code="bad_recipe") from error
    recipe = recipe_from(text)
    for step in recipe.steps:
        filter_of(step).settings(step)
    return recipe


# -- commands ---------------------------------------------------------------------------------


def _has_volume(desk: Desk) -> bool:
    opened = desk.session.active_image
    return opened is not None and isinstance(opened.image, Volume)


def _has_recipe(desk: Desk) -> bool:
    now = desk.session.enhancing.value
    return bool(now.recipe.steps) and desk.session.images.value.get(now.series_key) is not None


def _add(filter_id: str, desk: Desk) -> None:
    add(desk, filter_id)


COMMANDS: tuple[Command, ...] = (
    *(
        Command(
            id=f"enhance.{one.id}",
            title=one.title,
            help=one.help,
            menu=f"Image/Enhance/{one.group}",
            run=partial(_add, one.id),
            allowed=_has_volume,
        )
        for one in FILTERS
    ),
    Command(
        id="enhance.compare",
        title="Original or enhanced",
        help="Change between the original and what the recipe makes of it.",
        menu="Image/Enhance",
        key="Ctrl+E",
        run=compare,
        allowed=_has_recipe,
        checked=lambda desk: desk.session.enhancing.value.shown,
    ),
    Command(
        id="enhance.swipe",
        title="Original beside enhanced",
        help="Part the view by a divider: the original on its left, the result on its right.",
        menu="Image/Enhance",
        key="Ctrl+Shift+E",
        run=swipe,
        allowed=_has_recipe,
        checked=lambda desk: desk.session.enhancing.value.swipe is not None,
    ),
    Command(
        id="enhance.apply",
        title="Apply recipe to the series",
        help="Make a new series by the recipe; the original stays as it is.",
        menu="Image/Enhance",
        run=apply,
        allowed=_has_recipe,
    ),
    Command(
        id="enhance.clear",
        title="Clear recipe",
        help="Forget the recipe; views show the original again.",
        menu="Image/Enhance",
        run=clear,
        allowed=_has_recipe,
    ),
    Command(
        id="enhance.save",
        title="Save recipe…",
        help="Keep the recipe as a file, to use it on other studies or from the command line.",
        menu="Image/Enhance",
        run=save,
        allowed=_has_recipe,
    ),
    Command(
        id="enhance.load",
        title="Open recipe…",
        help="Try a recipe from a file on the active volume.",
        menu="Image/Enhance",
        run=load,
        allowed=_has_volume,
    ),
)
