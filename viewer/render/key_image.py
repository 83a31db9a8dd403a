"""Pictures of a finding for reports: cut out in three planes, or on its whole slice."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.core.code import HOUNSFIELD, NODULE
from viewer.core.finding import Finding
from viewer.core.geometry import position_of
from viewer.core.plane import Plane
from viewer.core.segmentation import Segmentation
from viewer.core.units import in_words
from viewer.core.volume import Volume
from viewer.core.window import PRESETS, Window
from viewer.imaging.derivation import derived_marks
from viewer.imaging.histogram import auto_window
from viewer.render.burn import TEXT, png, scene_pixels, text_size, write
from viewer.render.caveats import SYNTHETIC
from viewer.render.cut import Cut, cut_volume
from viewer.render.lesions import box_of, caption_of
from viewer.render.outlines import outlines_of
from viewer.render.picture import layer_of, picture_of
from viewer.render.scale import scale_bar
from viewer.render.scene import Corner, Outline, Scene
from viewer.render.screen import centred_plane, letters_of, screen_plane
from viewer.render.texts import position_text
from viewer.session.look import Look, Viewing
from viewer.session.session import Place

_PANEL = (360, 360)
_WHOLE = (640, 640)
_GAP = 4
_FOOT = 30
_LEAST_MM = 50.0
_CONTEXT = 3.0
"""Times the lesion's size that a panel is wide."""
_VIEWINGS = (Viewing.AXIAL, Viewing.CORONAL, Viewing.SAGITTAL)


def draw_key_image(
    volume: Volume, finding: Finding, segmentations: tuple[Segmentation, ...]
) -> bytes:
    """Return a PNG: the finding with what is round it, axial, coronal and sagittal."""
    panels = [_panel(volume, finding, segmentations, viewing) for viewing in _VIEWINGS]
    height, width = panels[0].shape[:2]
    sheet = np.zeros((height + _FOOT, 3 * width + 2 * _GAP, 4), dtype=np.uint8)
    for number, panel in enumerate(panels):
        left = number * (width + _GAP)
        sheet[:height, left : left + width] = panel
    words = _words(finding)
    _, high = text_size(words, sheet)
    write(words, (8, height + (_FOOT + high) / 2), TEXT, sheet)
    return png(sheet)


def draw_overview(
    volume: Volume, finding: Finding, segmentations: tuple[Segmentation, ...]
) -> bytes:
    """Return a PNG of the whole axial slice through a finding."""
    cut = _cut(volume, finding, Viewing.AXIAL)
    plane = screen_plane(cut.geometry, cut.through, cut.right, cut.down, Look(), _WHOLE)
    return png(
        scene_pixels(_scene(volume, finding, segmentations, cut, plane, Viewing.AXIAL, _WHOLE))
    )


def _panel(
    volume: Volume, finding: Finding, segmentations: tuple[Segmentation, ...], viewing: Viewing
) -> NDArray[np.uint8]:
    cut = _cut(volume, finding, viewing)
    largest = max(b - a for a, b in zip(finding.low, finding.high, strict=True))
    side_mm = max(_CONTEXT * largest, _LEAST_MM)
    middle = _onto(cut, finding)
    plane = centred_plane(middle, cut.right, cut.down, side_mm, _PANEL)
    return scene_pixels(_scene(volume, finding, segmentations, cut, plane, viewing, _PANEL))


def _cut(volume: Volume, finding: Finding, viewing: Viewing) -> Cut:
    place = Place(finding.position, volume.geometry.frame_of_reference_uid)
    return cut_volume(volume, Look(viewing=viewing), place)


def _onto(cut: Cut, finding: Finding) -> tuple[float, float, float]:
    """Return the middle of a finding, moved into the slice that is shown."""
    axis = np.cross(cut.right, cut.down)
    off = float((np.asarray(finding.position) - cut.through) @ axis)
    return position_of(np.asarray(finding.position) - off * axis)


def _scene(
    volume: Volume,
    finding: Finding,
    segmentations: tuple[Segmentation, ...],
    cut: Cut,
    plane: Plane,
    viewing: Viewing,
    size: tuple[int, int],
) -> Scene:
    box = box_of(finding, plane)
    lines = outlines_of(finding.mask, plane) if finding.mask is not None else ()
    title = f"{viewing.value.capitalize()} {position_text(cut)}"
    return Scene(
        size,
        plane=plane,
        in_patient=True,
        calibrated=True,
        picture=picture_of(volume, cut, Look(), _window(volume, finding)),
        layers=tuple(layer_of(item) for item in segmentations if item.status != "rejected"),
        boxes=(box,),
        outlines=tuple(Outline(points, box.colour, finding.id) for points in lines),
        texts=((Corner.TOP_LEFT, (title,)),),
        letters=letters_of(plane),
        scale_bar=scale_bar(plane.spacing_mm[0], size[0]),
        marks=((SYNTHETIC,) if volume.synthetic else ()) + derived_marks(volume),
    )


def _window(volume: Volume, finding: Finding) -> Window:
    """Return the window in which such a finding is read."""
    if volume.modality == "CT" and finding.kind == NODULE:
        return PRESETS["Lung"]
    if volume.windows:
        return volume.windows[0][1]
    if volume.modality == "CT":
        return PRESETS["Soft tissue"]
    return auto_window(volume, 0.01, 0.995)


def _words(finding: Finding) -> str:
    """Return what is known of a finding in one line."""
    parts = [finding.kind.meaning]
    if finding.site is not None:
        parts.append(finding.site.meaning)
    parts += [caption_of(finding), f"{finding.volume_mm3:.0f} mm³"]
    if finding.mean_value is not None:
        number = f"{finding.mean_value:.{0 if finding.unit == HOUNSFIELD.value else 2}f}"
        parts.append(f"mean {number} {in_words(finding.unit)}".strip())
    parts.append(finding.status.value)
    return " · ".join(parts)
