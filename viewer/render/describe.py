"""From the session to what is on one view: a pure function, the same for window and PNG."""

from __future__ import annotations

from dataclasses import replace

from viewer.core.plane import Plane
from viewer.core.stack import Stack
from viewer.core.technique import Technique
from viewer.core.window import Window
from viewer.render.annotations import annotations_on
from viewer.render.badges import badges, moved_badges
from viewer.render.caveats import caveats, sides_known
from viewer.render.clicking import proposal_on
from viewer.render.colour_bar import colour_bar
from viewer.render.crop_lines import crop_lines
from viewer.render.crossing import with_lines
from viewer.render.curved import lines_on, marks_of, straightened, why_empty
from viewer.render.cut import Cut
from viewer.render.cutting import cut_in, screen_of
from viewer.render.drawn import drawn_over
from viewer.render.eye import Eye
from viewer.render.fused import with_fusion
from viewer.render.lesions import are_on_screen, boxes_of, findings_cut, frames_of, shares_space
from viewer.render.magnification import magnification
from viewer.render.outlines import outlines_of
from viewer.render.over_space import all_warnings
from viewer.render.picture import filling, layer_of, picture_of
from viewer.render.presented import with_presentations
from viewer.render.projection_letters import letters_of_projection
from viewer.render.scale import length_of_pixel, scale_bar, scale_shown
from viewer.render.scene import Box, Layer, Letters, Outline, Scene
from viewer.render.score_maps import sure_by, surely, traced, with_map
from viewer.render.screen import letters_of
from viewer.render.texts import Subject, corner_texts, identity
from viewer.render.trial import trial_marks, with_trial
from viewer.session.curved_look import Along
from viewer.session.images import OpenImage
from viewer.session.look import Look, Viewing
from viewer.session.magnification import NO_GLASS, Glass
from viewer.session.moments import moment_name
from viewer.session.session import Session
from viewer.session.stored_picture import origin_of
from viewer.session.whereabouts import place_in


def describe(session: Session, cell: int, size: tuple[int, int], glass: Glass = NO_GLASS) -> Scene:
    """Decide all that is on one view of (width, height) device pixels of a screen.

    The scene of a 3D view has texts and warnings but no picture; `Space` draws it.
    """
    width, height = max(size[0], 1), max(size[1], 1)
    opened = session.image_in(cell)
    look = session.hanging.value.cells[cell]
    if opened is None:
        return Scene((width, height), empty=_why_empty(session, cell))
    if look.viewing is Viewing.SPACE:
        return _space(session, opened, look, (width, height))
    return _slice(session, opened, cell, (width, height), glass)


def _why_empty(session: Session, cell: int) -> str:
    group, number = session.group_in(cell), session.moment_in(cell)
    if group is None or number is None:
        return "Nothing hangs here: drop a series from the study panel, or another view."
    name = moment_name(group, number)
    return f"{name[:1].upper()}{name[1:]} is not loaded yet."


def cut_of(session: Session, cell: int) -> Cut | None:
    """Return where a view cuts its image: its slice, of how many, at which place."""
    return cut_in(session, cell)


def _space(session: Session, opened: OpenImage, look: Look, size: tuple[int, int]) -> Scene:
    flat = isinstance(opened.image, Stack)
    wanted, marks = session.corner_texts.value, all_warnings(session, opened, look.space)
    return Scene(
        size,
        texts=identity(opened, wanted) if session.shown.value.texts else (),
        letters=Eye.of(look.camera).letters if sides_known(opened) and not flat else Letters(),
        marks=marks,
        badges=badges(opened, look, marks),
        empty="Only a volume can be shown in 3D." if flat else "",
    )


def _slice(
    session: Session, opened: OpenImage, cell: int, size: tuple[int, int], glass: Glass
) -> Scene:
    look, place = session.hanging.value.cells[cell], place_in(session, cell)
    cut = cut_in(session, cell)
    if cut is None:
        return Scene(size, marks=caveats(opened, None), empty=why_empty(session, look))
    plane = screen_of(cut, look, size)
    window = session.window_of(look)
    here = scale_shown(cut, plane, size)
    step_mm = length_of_pixel(cut, plane, here)
    shown = magnification(cut.geometry, plane, step_mm if here.known else None, glass)
    straight = straightened(session, look)
    look = replace(look, slab_mm=0.0) if cut.along == Along.STRETCHED else look
    marks = (*caveats(opened, cut), *marks_of(session, look))
    marks = (*marks, *trial_marks(session, opened, cell))
    scene = Scene(
        size,
        plane=plane,
        in_patient=cut.in_patient,
        calibrated=here.in_patient,
        picture=picture_of(straight or opened.image, cut, look, window, opened.fidelity),
        letters=Letters() if straight else _sides(opened, look, plane, cut),
        scale_bar=scale_bar(step_mm, size[0], here),
        magnification=shown,
        marks=marks,
        badges=(*badges(opened, look, marks, shown), *moved_badges(session, opened)),
    )
    scene = with_trial(session, opened, cell, scene)
    scene = _with_overlays(session, opened, look, cut, window, scene)
    scene = with_fusion(session, opened, cut, look, scene)
    scene = with_map(session, opened, cut, look, scene)
    if straight:
        return replace(scene, lines=lines_on(session, cell, place, scene))
    return with_lines(session, opened, cell, cut, place, scene)


def _sides(opened: OpenImage, look: Look, plane: Plane, cut: Cut) -> Letters:
    """Return the letters of the sides: by its place in the patient, else as its file names them."""
    if not sides_known(opened):
        return Letters()
    return letters_of(plane) if cut.in_patient else letters_of_projection(opened, look)


def _with_overlays(
    session: Session, opened: OpenImage, look: Look, cut: Cut, window: Window, scene: Scene
) -> Scene:
    """Add what the reader has switched on."""
    shown, plane = session.shown.value, scene.plane
    if plane is None:
        return scene
    if shown.texts:
        technique = technique_shown(session, opened, cut)
        subject = Subject(opened, look, cut, window, scene.magnification, technique)
        scene = replace(scene, texts=corner_texts(session.corner_texts.value, subject))
    if shown.colour_bar:
        scene = replace(scene, colour_bar=colour_bar(opened, cut, look, window))
    if shown.graphics:
        scene = replace(scene, layers=drawn_over(opened, cut, look, plane))
    if shown.segments and cut.in_patient:
        scene = replace(scene, layers=(*scene.layers, *_layers(session, opened)))
    if shown.findings and cut.in_patient:
        half_mm = max(look.slab_mm, cut.step_mm) / 2
        boxes, outlines = _findings(session, opened, scene, half_mm)
        scene = replace(scene, boxes=boxes, outlines=outlines)
    if cut.in_patient:
        tried, lines_round = proposal_on(session, opened, plane)
        boxes, outlines = (*scene.boxes, *tried), (*scene.outlines, *lines_round)
        scene = replace(scene, boxes=boxes, outlines=outlines)
    if cut.in_patient and straightened(session, look) is None:
        lines = crop_lines(look.space.crop, plane)
        scene = replace(scene, outlines=(*scene.outlines, *lines))
    if shown.measurements:
        scene = replace(
            scene, annotations=annotations_on(session, opened, cut, plane, slab_mm=look.slab_mm)
        )
    return with_presentations(session, opened, cut, look, scene)


def technique_shown(session: Session, opened: OpenImage, cut: Cut) -> Technique | None:
    """Return how the stored picture was taken that is shown unmixed; None for any other."""
    stored = cut.stored
    if not cut.original or len(stored) != 1:
        return None
    origin = origin_of(opened, stored.start)
    return session.techniques.value.of(*origin) if origin else None


def _layers(session: Session, opened: OpenImage) -> tuple[Layer, ...]:
    """Return the outlines of all segments; those that are worked on are filled, too."""
    working = session.segmenting.value.segmentation_id if session.tool.value.segments else ""
    layers: list[Layer] = []
    for item in session.segmentations():
        if item.status != "rejected" and shares_space(session, opened, item.series_key):
            layer = surely(session, item, layer_of(item, session.hidden.value))
            veiled = session.shown.value.filled or item.id == working
            layers += [*((filling(layer),) if veiled else ()), layer]
    tried = session.preview.value
    if tried is not None and shares_space(session, opened, tried.series_key):
        layers.append(filling(layer_of(tried)))
    return tuple(layers)


def _findings(
    session: Session, opened: OpenImage, scene: Scene, half_mm: float
) -> tuple[tuple[Box, ...], tuple[Outline, ...]]:
    """Return frames and outlines of the findings on the screen that the slice goes through."""
    plane = scene.plane
    if plane is None:
        return (), ()
    found = findings_cut(session, opened, plane, half_mm)
    lows, highs = frames_of(found, plane)
    seen = are_on_screen(lows, highs, scene.size)
    found = found.only(seen)
    boxes = boxes_of(found, lows[seen], highs[seen], session.selected.value)
    outlines: list[Outline] = []
    for finding, box in zip(found.findings, boxes, strict=True):
        if finding.mask is not None:
            sure = sure_by(session, finding)
            for points in outlines_of(finding.mask, plane):
                whole = Outline(points, box.colour, finding.id, box.selected)
                outlines += traced(whole, sure, plane)
    return boxes, tuple(outlines)
