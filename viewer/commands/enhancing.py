"""Enhancing: a recipe of filters that is tried on what is on screen."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.enhance_preview import refresh
from viewer.commands.telling import tell
from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.core.recipe import Setting, Step
from viewer.core.volume import Volume
from viewer.imaging.enhance.catalogue import FILTERS, filter_of, step_like
from viewer.imaging.enhance.derive import sample_of
from viewer.session.enhancing import Enhancing
from viewer.session.images import OpenImage

# -- the recipe -----------------------------------------------------------------------------


def add(desk: Desk, filter_id: str) -> None:
    """Put a filter at the end of the recipe, as it is usually set."""
    filter_of(Step(filter_id))
    add_step(desk, Step(filter_id))


def add_step(desk: Desk, step: Step) -> None:
    """Put a step at the end of the recipe that is tried on the active volume."""
    opened = wanted_volume(desk)
    now = desk.session.enhancing.value
    fresh = now if now.series_key == opened.key else Enhancing(opened.key, now.recipe)
    change(desk, replace(fresh.added(step), shown=True))


def like(desk: Desk, key: str) -> None:
    """Add a step that gives the active volume the distribution of another open series.

    Raises:
        Declined: if that series is not open, or no volume.
    """
    wanted_volume(desk)
    other = desk.session.images.value.get(key)
    if other is None or not isinstance(other.image, Volume):
        raise Declined("Open the series to be matched first.", code="no_volume")
    desk.runner.start(
        f"Histogram of {other.series.title}",
        partial(_step_like, other.image, other.series.title),
        partial(add_step, desk),
        failed=partial(tell, desk),
        instead_of="histogram to match",
        belongs_to=other.study.uid,
    )


def _step_like(volume: Volume, title: str, progress: Progress) -> Step:
    progress.report(0.0, title)
    return step_like(sample_of(volume), title)


def others_open(desk: Desk) -> tuple[OpenImage, ...]:
    """Return the open volumes other than the active one, whose histograms can be matched."""
    active = desk.session.active_image
    return tuple(
        one
        for one in desk.session.images.value
        if isinstance(one.image, Volume) and (active is None or one.key != active.key)
    )


def choose_like(desk: Desk) -> None:
    """Ask which open series the active one is to be matched to."""
    found = others_open(desk)

    def chosen(number: int) -> None:
        like(desk, found[number].key)

    titles = [one.series.title for one in found]
    desk.asker.ask_choice("Histogram matching", "Match the histogram of", titles, chosen)


def remove(desk: Desk, number: int) -> None:
    """Take a step out of the recipe."""
    change(desk, desk.session.enhancing.value.removed(number))


def move(desk: Desk, number: int, by: int) -> None:
    """Move a step up or down."""
    change(desk, desk.session.enhancing.value.moved(number, by))


def set_parameter(desk: Desk, number: int, name: str, value: Setting) -> None:
    """Set one parameter of a step; what is beyond its bounds is declined."""
    changed = desk.session.enhancing.value.set(number, name, value)
    step = changed.recipe.steps[number]
    filter_of(step).settings(step)
    change(desk, changed)


def clear(desk: Desk) -> None:
    """Forget the recipe; views show the original again."""
    change(desk, Enhancing())


def compare(desk: Desk) -> None:
    """Show the original instead of the result, or the result again."""
    now = desk.session.enhancing.value
    change(desk, replace(now, shown=not now.shown))


def swipe(desk: Desk) -> None:
    """Part views by a divider that can be dragged: the original left, the result right; or not."""
    now = desk.session.enhancing.value
    parted = now.shown and now.swipe is not None
    change(desk, replace(now, shown=True, swipe=None if parted else 0.5))


def change(desk: Desk, enhancing: Enhancing) -> None:
    """Try another recipe, or the same in another way."""
    desk.session.enhancing.set(enhancing)
    refresh(desk)


# -- commands ---------------------------------------------------------------------------------


def wanted_volume(desk: Desk) -> OpenImage:
    """Return the active image, if it is a volume.

    Raises:
        Declined: if it is none.
    """
    opened = desk.session.active_image
    if opened is None or not isinstance(opened.image, Volume):
        raise Declined("Only a volume can be enhanced; open one first.", code="no_volume")
    return opened


def has_volume(desk: Desk) -> bool:
    """Tell whether a volume is active."""
    opened = desk.session.active_image
    return opened is not None and isinstance(opened.image, Volume)


def has_recipe(desk: Desk) -> bool:
    """Tell whether a recipe is tried on an open volume."""
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
            allowed=has_volume,
        )
        for one in FILTERS
        if not one.asks
    ),
    Command(
        id="enhance.match",
        title="Histogram matching…",
        help="Give values the distribution of another open series.",
        menu="Image/Enhance/Contrast",
        run=choose_like,
        allowed=lambda desk: has_volume(desk) and bool(others_open(desk)),
    ),
    Command(
        id="enhance.compare",
        title="Original or enhanced",
        help="Change between the original and what the recipe makes of it.",
        menu="Image/Enhance",
        key="Ctrl+E",
        run=compare,
        allowed=has_recipe,
        checked=lambda desk: desk.session.enhancing.value.shown,
    ),
    Command(
        id="enhance.swipe",
        title="Original beside enhanced",
        help="Part the view by a divider: the original on its left, the result on its right.",
        menu="Image/Enhance",
        key="Ctrl+Alt+E",
        run=swipe,
        allowed=has_recipe,
        checked=lambda desk: desk.session.enhancing.value.swipe is not None,
    ),
    Command(
        id="enhance.clear",
        title="Clear recipe",
        help="Forget the recipe; views show the original again.",
        menu="Image/Enhance",
        run=clear,
        allowed=has_recipe,
    ),
)
