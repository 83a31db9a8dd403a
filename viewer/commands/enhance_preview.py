"""Recipes tried on what is on screen: slices, turned planes and slabs, made anew as they move."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from viewer.commands.desk import Desk
from viewer.commands.telling import tell
from viewer.core.crossing import Slice, Where
from viewer.core.progress import Progress
from viewer.core.recipe import Recipe
from viewer.core.volume import Volume
from viewer.imaging.enhance.apply import can_preview
from viewer.imaging.enhance.derive import enhanced_sheet, sample_of
from viewer.imaging.enhance.quality import noise_against
from viewer.imaging.enhance.through import enhanced_through, is_exact
from viewer.jobs.job import Failure
from viewer.session.enhancing import Refusal, Sheet
from viewer.session.sheets import sheet_wanted


def refresh(desk: Desk) -> None:
    """Make what is on screen anew where it is not what the recipe makes of it."""
    session, now = desk.session, desk.session.enhancing.value
    if not now.shown or not now.recipe.steps:
        return
    for cell in session.hanging.value.shown:
        opened = session.image_in(cell)
        if opened is None or opened.key != now.series_key or not isinstance(opened.image, Volume):
            continue
        wanted = sheet_wanted(session, cell)
        if wanted is None or now.refusal(cell, wanted) is not None:
            continue
        made = now.sheet(cell)
        if made is not None and made.where == wanted:
            continue
        desk.runner.start(
            "Preview",
            partial(_sheet, opened.image, now.recipe, wanted),
            partial(_came, desk, cell, opened.key),
            failed=partial(_failed, desk, cell, Refusal(now.recipe, wanted, "")),
            instead_of=f"preview {cell}",
            belongs_to=opened.study.uid,
        )


def follow_slices(desk: Desk) -> None:
    """Keep the tried slices those on screen, wherever the reader goes."""

    def moved(*_: object) -> None:
        refresh(desk)

    session = desk.session
    for news in (
        session.place.changed,
        session.hanging.changed,
        session.linking.changed,
        session.planes.changed,
    ):
        news.connect(moved)


@dataclass(frozen=True, slots=True, eq=False)
class _Made:
    sheet: Sheet
    quality: tuple[str, ...]


def _sheet(volume: Volume, recipe: Recipe, where: Where, progress: Progress) -> _Made:
    sample = sample_of(volume)
    if not isinstance(where, Slice) or not can_preview(recipe, where.axis):
        made = enhanced_through(volume, recipe, where, sample, progress)
        return _Made(Sheet(made, recipe, where, is_exact(recipe)), ())
    axis, index = where.axis, where.index
    made = enhanced_sheet(volume, recipe, axis, index, sample, progress)
    before = np.moveaxis(volume.voxels, axis, 0)[index].astype(np.float32)
    before = before * np.float32(volume.slope) + np.float32(volume.intercept)
    after = np.moveaxis(made.voxels, axis, 0)[0].astype(np.float32)
    quality = noise_against(after, before) if made.unit == volume.unit else ()
    return _Made(Sheet(made, recipe, where, is_exact(recipe)), quality)


def _came(desk: Desk, cell: int, key: str, made: _Made) -> None:
    now = desk.session.enhancing.value
    if now.series_key == key and now.recipe == made.sheet.recipe:
        changed = replace(now.with_sheet(cell, made.sheet), quality=made.quality or now.quality)
        desk.session.enhancing.set(changed)


def _failed(desk: Desk, cell: int, refusal: Refusal, failure: Failure) -> None:
    """Say in the view why it shows the original; anything unexpected is told as well."""
    now = desk.session.enhancing.value
    if now.recipe == refusal.recipe:
        why = replace(refusal, sentence=failure.sentence)
        desk.session.enhancing.set(now.with_refusal(cell, why))
    if failure.code != "no_preview":
        tell(desk, failure)
