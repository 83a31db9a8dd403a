"""What is laid over the picture of a view: its own picture, its colours, words and warnings."""

from __future__ import annotations

from dataclasses import replace

from viewer.core.code import NO_UNIT
from viewer.core.volume import Volume
from viewer.render.colour_bar import colour_bar
from viewer.render.cut import Cut
from viewer.render.picture import picture_of
from viewer.render.probe import unit_in_words
from viewer.render.scene import Badge, Corner, Fused, Picture, Scene
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
        lacks = Badge(
            "NOT FUSED", "The series to be laid over is not open, or not in line.", grave=True
        )
        return replace(scene, badges=(*scene.badges, lacks))
    coloured = replace(look, inverted=False, colour_map=upper.fusion.colour_map)
    above = replace(cut, geometry=upper.geometry)
    picture = picture_of(upper.opened.image, above, coloured, upper.window, upper.opened.fidelity)
    return replace(
        scene,
        fused=_fused(picture, upper),
        badges=(*scene.badges, *_badges(upper)),
        colour_bar=colour_bar(upper.opened, above, coloured, upper.window)
        if session.shown.value.colour_bar
        else None,
        texts=_with_words(scene, upper),
    )


def _fused(picture: Picture, upper: Upper) -> Fused:
    image, fusion = upper.opened.image, upper.fusion
    values = (image.slope, image.intercept, image.unit) if isinstance(image, Volume) else (1, 0, "")
    return Fused(picture, fusion.opacity, fusion.mix, image.modality, *values)


def _badges(upper: Upper) -> tuple[Badge, ...]:
    title = f"{upper.opened.image.modality} {upper.opened.series.title}".strip()
    made = [Badge("FUSED", f"Two series are shown as one picture: {title} is laid over it.")]
    if upper.by_hand:
        made.append(
            Badge(
                "IN LINE BY HAND",
                "The two series were brought in line by hand; nothing else says that they fit.",
                grave=True,
            )
        )
    fidelity = upper.opened.fidelity
    if fidelity is not None and fidelity.waiting:
        made.append(
            Badge("ON TOP LOADING", "Slices of the series on top are still landing.", grave=True)
        )
    return tuple(made)


def _words(upper: Upper) -> tuple[str, ...]:
    """Return the lines that name the upper series and its window."""
    opened, window = upper.opened, upper.window
    number = f"{opened.series.number}: " if opened.series.number else ""
    unit = "" if opened.image.unit == NO_UNIT.value else f" {unit_in_words(opened.image.unit)}"
    low = 0.0 if abs(window.low) < window.width / 1000 else window.low
    return (
        f"+ {opened.image.modality} {number}{opened.series.title}",
        f"{opened.image.modality} {low:.4g} to {window.high:.4g}{unit}",
    )


def _with_words(scene: Scene, upper: Upper) -> tuple[tuple[Corner, tuple[str, ...]], ...]:
    """Return the texts of a scene with what is laid over it, and above the window how."""
    fusion = upper.fusion
    how = f"fused: {fusion.mix.value}, {round(fusion.opacity * 100)} %, {fusion.colour_map.value}"
    below, above = {Corner.TOP_RIGHT: _words(upper)}, {Corner.BOTTOM_RIGHT: (how,)}
    return tuple(
        (corner, (*above.get(corner, ()), *lines, *below.get(corner, ())))
        for corner, lines in scene.texts
    )
