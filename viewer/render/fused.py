"""What is laid over the picture of a view: its own picture, its colours, words and warnings."""

from __future__ import annotations

from dataclasses import replace

from viewer.core.code import NO_UNIT
from viewer.render.colour_bar import colour_bar
from viewer.render.cut import Cut
from viewer.render.picture import picture_of
from viewer.render.probe import unit_in_words
from viewer.render.scene import Badge, Corner, Fused, Scene
from viewer.session.fusion import Upper, upper_in
from viewer.session.images import OpenImage
from viewer.session.look import Look
from viewer.session.session import Session


def with_fusion(session: Session, opened: OpenImage, cut: Cut, look: Look, scene: Scene) -> Scene:
    """Lay another series over the picture of a scene, if one is wanted; name both."""
    if look.fusion is None or scene.picture is None or not cut.in_patient:
        return scene
    upper = upper_in(session, opened, look)
    if upper is None:
        words = "Nothing is laid over this picture: the other series is not open, or not in line."
        return replace(scene, badges=(*scene.badges, Badge("NOT FUSED", words, grave=True)))
    coloured = replace(look, inverted=False, colour_map=upper.fusion.colour_map)
    above = replace(cut, geometry=upper.geometry)
    picture = picture_of(upper.opened.image, above, coloured, upper.window, upper.opened.fidelity)
    return replace(
        scene,
        fused=Fused(picture, upper.fusion.opacity, upper.fusion.mix),
        badges=(*scene.badges, *_badges(upper)),
        colour_bar=colour_bar(upper.opened, above, coloured, upper.window)
        if session.shown.value.colour_bar
        else None,
        texts=_with_words(scene, _words(upper)),
    )


def _badges(upper: Upper) -> tuple[Badge, ...]:
    title = f"{upper.opened.image.modality} {upper.opened.series.title}".strip()
    made = [Badge("FUSED", f"Two series are shown as one picture: {title} is laid over it.")]
    if upper.by_hand:
        words = "The two series were brought in line by hand; nothing else says that they fit."
        made.append(Badge("IN LINE BY HAND", words, grave=True))
    fidelity = upper.opened.fidelity
    if fidelity is not None and fidelity.waiting:
        words = "Slices of the series on top are still landing."
        made.append(Badge("ON TOP STILL LOADING", words, grave=True))
    return tuple(made)


def _words(upper: Upper) -> tuple[str, ...]:
    """Return the lines that name the upper series, its window, and how it is laid over."""
    opened, fusion, window = upper.opened, upper.fusion, upper.window
    number = f"{opened.series.number}: " if opened.series.number else ""
    unit = "" if opened.image.unit == NO_UNIT.value else f" {unit_in_words(opened.image.unit)}"
    low = 0.0 if abs(window.low) < window.width / 1000 else window.low
    return (
        f"+ {opened.image.modality} {number}{opened.series.title}",
        f"{opened.image.modality} {low:.4g} to {window.high:.4g}{unit}",
        f"{fusion.mix.value}, {round(fusion.opacity * 100)} %, {fusion.colour_map.value}",
    )


def _with_words(scene: Scene, words: tuple[str, ...]) -> tuple[tuple[Corner, tuple[str, ...]], ...]:
    """Return the texts of a scene with lines below those of the upper right corner."""
    return tuple(
        (corner, (*lines, *words) if corner is Corner.TOP_RIGHT else lines)
        for corner, lines in scene.texts
    )
