"""The 3D view: how the volume looks, what of it is shown, and from where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry, position_of
from viewer.core.volume import Volume
from viewer.session.camera import SIDES, Camera
from viewer.session.images import OpenImage
from viewer.session.look import Look, SpaceLook, Viewing
from viewer.session.session import Tool
from viewer.session.space_look import NORMALS, Clip, Crop, Facing
from viewer.session.transfer import TRANSFERS, Transfer

_SHIFT = 0.02
"""Of the span of a transfer function, by which a key moves it."""


def space_cell(desk: Desk) -> int | None:
    """Return the 3D view that is meant: the active one, else the first on screen."""
    hanging = desk.session.hanging.value
    cells = (hanging.active, *hanging.shown)
    return next((n for n in cells if hanging.look(n).viewing is Viewing.SPACE), None)


def in_space(desk: Desk) -> OpenImage | None:
    """Return the volume that is shown in 3D."""
    cell = space_cell(desk)
    opened = None if cell is None else desk.session.image_in(cell)
    return opened if opened is not None and isinstance(opened.image, Volume) else None


def has_space(desk: Desk) -> bool:
    """Tell whether a volume is shown in 3D."""
    return in_space(desk) is not None


def look_in_space(desk: Desk) -> Look:
    """Return how the 3D view looks; where there is none, how the active view would."""
    hanging, cell = desk.session.hanging.value, space_cell(desk)
    return hanging.look(hanging.active if cell is None else cell)


def change_space(desk: Desk, change: Callable[[SpaceLook], SpaceLook]) -> None:
    """Change what of a volume is shown in 3D, and how, in all views of its series."""
    key = look_in_space(desk).series_key
    desk.session.hanging.set(
        desk.session.hanging.value.all_changed(
            lambda look: replace(look, space=change(look.space)) if look.series_key == key else look
        )
    )


def set_transfer(desk: Desk, transfer: Transfer) -> None:
    """See the volume through a transfer function."""
    change_space(desk, lambda space: replace(space, transfer=transfer))


def change_camera(desk: Desk, change: Callable[[Camera], Camera]) -> None:
    """Look at the patient from elsewhere, in all 3D views."""
    desk.session.hanging.set(
        desk.session.hanging.value.all_changed(
            lambda look: replace(look, camera=change(look.camera))
        )
    )


def bounds_in_space(desk: Desk) -> Crop | None:
    """Return the box along the patient's axes that holds the volume shown in 3D."""
    opened = in_space(desk)
    return None if opened is None or opened.geometry is None else box_round(opened.geometry)


def box_round(geometry: Geometry) -> Crop:
    """Return the box along the patient's axes that holds a grid."""
    corners = geometry.corners()
    return Crop(position_of(corners.min(axis=0)), position_of(corners.max(axis=0)))


def _side(name: str, desk: Desk) -> None:
    change_camera(desk, lambda camera: camera.from_side(SIDES[name]))


def _perspective(desk: Desk) -> None:
    change_camera(desk, lambda camera: replace(camera, perspective=not camera.perspective))


def _fit(desk: Desk) -> None:
    change_camera(
        desk, lambda camera: replace(camera, zoom=1.0, middle=None, inside=False, roll=0.0)
    )


def _transfer_chosen(name: str, desk: Desk) -> bool:
    return has_space(desk) and look_in_space(desk).space.transfer.name == name


def _shift(steps: int, desk: Desk) -> None:
    def shifted(space: SpaceLook) -> SpaceLook:
        low, high = space.transfer.span
        by = steps * _SHIFT * min(high - low, 1000.0)
        return replace(space, transfer=space.transfer.shifted(by))

    change_space(desk, shifted)


def _crop(desk: Desk) -> None:
    box = bounds_in_space(desk)
    change_space(desk, lambda space: replace(space, crop=None if space.crop is not None else box))


def _clip(facing: Facing, desk: Desk) -> None:
    """Clip at the crosshair so that the cut is seen from where the eye stands now."""
    towards = np.asarray(look_in_space(desk).camera.towards)
    normal = -towards if facing is Facing.VIEW else np.asarray(NORMALS[facing])
    if normal @ towards > 0:
        normal = -normal

    def clipped(space: SpaceLook) -> SpaceLook:
        if space.clip(facing) is not None:
            return space.without_clip(facing)
        return space.with_clip(Clip(facing, position_of(normal)))

    change_space(desk, clipped)


def _is_clipped(facing: Facing, desk: Desk) -> bool:
    return look_in_space(desk).space.clip(facing) is not None


def _flip(desk: Desk) -> None:
    change_space(
        desk,
        lambda space: replace(space, clips=tuple(clip.flipped() for clip in space.clips)),
    )


def _tool(tool: Tool, desk: Desk) -> None:
    same = desk.session.tool.value is tool
    desk.session.tool.set(Tool.CROSSHAIR if same else tool)


def _tool_chosen(tool: Tool, desk: Desk) -> bool:
    return desk.session.tool.value is tool


def _take_back_cut(desk: Desk) -> None:
    change_space(desk, lambda space: replace(space, cuts=space.cuts[:-1]))


def _remove_bone(desk: Desk) -> None:
    opened = in_space(desk)
    space = look_in_space(desk).space
    if not space.bone_removed and opened is not None and opened.image.modality != "CT":
        raise Declined("Bone is found by its values on CT only; this image is no CT.")
    change_space(desk, lambda space: replace(space, bone_removed=not space.bone_removed))


def _show_all(desk: Desk) -> None:
    change_space(desk, lambda space: space.whole)


def _has_cuts(desk: Desk) -> bool:
    return has_space(desk) and bool(look_in_space(desk).space.cuts)


_SIDES = (
    ("front", "From the front", "A"),
    ("back", "From the back", "P"),
    ("left", "From the patient's left", "L"),
    ("right", "From the patient's right", "R"),
    ("head", "From the head", "H"),
    ("feet", "From the feet", "F"),
)
_CLIPS = (
    (Facing.AXIAL, "Clip axially", "an axial plane"),
    (Facing.CORONAL, "Clip coronally", "a coronal plane"),
    (Facing.SAGITTAL, "Clip sagittally", "a sagittal plane"),
    (Facing.VIEW, "Clip across the line of sight", "the plane that faces the eye now"),
)
_CUTTERS = (
    (
        Tool.SCALPEL,
        "Scalpel",
        "Ctrl+Alt+C",
        "Draw a line round what is to be cut away, in all its depth; voxels stay as they are.",
    ),
    (
        Tool.TRIM,
        "Cut away all around",
        "Ctrl+Alt+T",
        "Draw a line round what is to stay; all else is cut away, in all its depth.",
    ),
)

COMMANDS: tuple[Command, ...] = (
    *(
        Command(
            id=f"space.{transfer.name.lower().replace(' ', '_')}",
            title=f"3D: {transfer.name}",
            help=f"See the volume in 3D as shipped under {transfer.name}.",
            menu="3D/Appearance",
            run=lambda desk, transfer=transfer: set_transfer(desk, transfer),  # type: ignore[misc]
            checked=partial(_transfer_chosen, transfer.name),
            allowed=has_space,
        )
        for transfer in TRANSFERS
    ),
    *(
        Command(
            id=f"space.shift_{name}",
            title=f"3D: {title}",
            help=f"Move colours and opacities to {name} values.",
            menu="3D/Appearance",
            key=key,
            run=partial(_shift, steps),
            allowed=has_space,
        )
        for name, title, key, steps in (
            ("higher", "Show less dense parts less", "Ctrl+Alt+Up", 1),
            ("lower", "Show less dense parts more", "Ctrl+Alt+Down", -1),
        )
    ),
    *(
        Command(
            id=f"camera.{name}",
            title=f"3D: {title.lower()}",
            help=f"Look at the patient {title.lower()}.",
            menu="3D/Look from",
            key=f"Ctrl+Alt+{side}",
            run=partial(_side, side),
            allowed=has_space,
        )
        for name, title, side in _SIDES
    ),
    Command(
        id="camera.perspective",
        title="Perspective",
        help="Show what is near larger than what is far, or all alike so that lengths compare.",
        menu="3D/Look from",
        key="Ctrl+Alt+V",
        run=_perspective,
        checked=lambda desk: look_in_space(desk).camera.perspective,
        allowed=has_space,
    ),
    Command(
        id="camera.fit",
        title="3D: whole volume",
        help="Stand outside and show all of the volume, about its own middle.",
        menu="3D/Look from",
        key="Ctrl+Alt+0",
        run=_fit,
        allowed=has_space,
    ),
    Command(
        id="space.crop",
        title="Crop box",
        help="Show what lies within a box along the patient's axes; its sides are in the 3D panel.",
        menu="3D",
        key="Ctrl+Alt+B",
        run=_crop,
        checked=lambda desk: look_in_space(desk).space.crop is not None,
        allowed=has_space,
    ),
    *(
        Command(
            id=f"space.clip_{facing.value}",
            title=title,
            help=f"Leave out in 3D what lies before {words}, at the crosshair.",
            menu="3D/Clip at the crosshair",
            run=partial(_clip, facing),
            checked=partial(_is_clipped, facing),
            allowed=has_space,
        )
        for facing, title, words in _CLIPS
    ),
    Command(
        id="space.clip_flip",
        title="Show the other side",
        help="Leave out in 3D what lies on the other side of the planes.",
        menu="3D/Clip at the crosshair",
        run=_flip,
        allowed=lambda desk: has_space(desk) and bool(look_in_space(desk).space.clips),
    ),
    *(
        Command(
            id=f"tool.{tool.value}",
            title=title,
            help=words,
            menu="3D",
            key=key,
            run=partial(_tool, tool),
            checked=partial(_tool_chosen, tool),
            allowed=has_space,
        )
        for tool, title, key, words in _CUTTERS
    ),
    Command(
        id="space.uncut",
        title="Take the last cut back",
        help="Show again what the scalpel cut away last.",
        menu="3D",
        key="Ctrl+Alt+Z",
        run=_take_back_cut,
        allowed=_has_cuts,
    ),
    Command(
        id="space.remove_bone",
        title="Remove bone",
        help="Leave bone out in 3D: outlined bones, else found by rule, which is to be checked.",
        menu="3D",
        key="Ctrl+Alt+N",
        run=_remove_bone,
        checked=lambda desk: look_in_space(desk).space.bone_removed,
        allowed=has_space,
    ),
    Command(
        id="space.show_all",
        title="Show all of the volume again",
        help="Take back crop box, planes, cuts and the removal of bone.",
        menu="3D",
        key="Ctrl+Alt+Backspace",
        run=_show_all,
        allowed=lambda desk: has_space(desk) and not look_in_space(desk).space.shows_all,
    ),
)
