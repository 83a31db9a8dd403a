"""A slice as the recipe that is being tried makes it, in place of the original, and marked."""

from __future__ import annotations

from dataclasses import replace

from viewer.imaging.histogram import auto_window
from viewer.render.cutting import cut_in
from viewer.render.picture import picture_of
from viewer.render.scene import Picture, Scene
from viewer.session.enhancing import Sheet
from viewer.session.images import OpenImage
from viewer.session.session import Session
from viewer.session.sheets import sheet_wanted


def sheet_in(session: Session, opened: OpenImage, cell: int) -> Sheet | None:
    """Return the slice that stands in for the original in a view, if it is made and wanted."""
    now = session.enhancing.value
    if not now.shown or now.series_key != opened.key or not now.recipe.steps:
        return None
    made = now.sheet(cell)
    if made is None or made.where != sheet_wanted(session, cell):
        return None
    return made


def enhanced_picture(session: Session, opened: OpenImage, cell: int) -> Picture | None:
    """Return what a view shows of the slice that was made for it."""
    made, cut = sheet_in(session, opened, cell), cut_in(session, cell)
    if made is None or cut is None:
        return None
    look = session.hanging.value.cells[cell]
    window = session.window_of(look)
    if made.volume.unit != opened.image.unit:
        window = auto_window(made.volume)
    flat = replace(cut, geometry=made.volume.geometry)
    return picture_of(made.volume, flat, look, window)


def with_trial(session: Session, opened: OpenImage, cell: int, scene: Scene) -> Scene:
    """Show what the recipe makes in place of the original, or beside it, parted by a divider."""
    picture = enhanced_picture(session, opened, cell)
    if picture is None:
        return scene
    divider = session.enhancing.value.swipe
    if divider is None:
        return replace(scene, picture=picture)
    return replace(scene, picture=picture, before=scene.picture, divider=divider)


def trial_marks(session: Session, opened: OpenImage, cell: int) -> tuple[str, ...]:
    """Return what must be said while a recipe is tried on an image."""
    now = session.enhancing.value
    if not now.shown or now.series_key != opened.key or not now.recipe.steps:
        return ()
    made = sheet_in(session, opened, cell)
    if made is not None and now.swipe is not None:
        return ("Preview: original left, enhanced right",)
    if made is not None:
        return ("Preview: enhanced",) if made.exact else ("Preview: enhanced, approximate",)
    wanted = sheet_wanted(session, cell)
    if wanted is None:
        return ("Original: no preview in this plane",)
    refusal = now.refusal(cell, wanted)
    if refusal is not None:
        return (f"Original: {refusal.sentence}",)
    return ("Original: preview is being made",)
