"""What a right click offers: the commands that fit the place, with their keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from viewer.ui.actions import Actions

_LINE = ""
"""A line between groups."""
MENUS: dict[str, tuple[str, ...]] = {
    "view": (
        *("window.auto", "look.invert", "look.fit", "look.reset", _LINE),
        *("tool.crosshair", "tool.window", "tool.pan", "tool.zoom", "tool.scroll", _LINE),
        *("measure.length", "measure.angle", "measure.bidirectional", "measure.ellipse"),
        *("measure.freehand", "measure.arrow", _LINE),
        *("view.axial", "view.coronal", "view.sagittal", "view.acquisition", "view.space", _LINE),
        *("path.straightened", "path.stretched", "path.turn_right", "path.turn_left", _LINE),
        *("fusion.toggle", "fusion.weighted", "fusion.multiplicative", "fusion.average", _LINE),
        *("view.maximise", "view.empty", "hanging.prior", "view.cine", "results.save_picture"),
    ),
    "space": (
        *("space.bone", "space.soft_tissue", "space.vessels", "space.mip", _LINE),
        *("camera.front", "camera.left", "camera.head", "camera.fit", _LINE),
        *("space.crop", "tool.scalpel", "space.remove_bone", "space.uncut", "space.show_all"),
        *(_LINE, "view.axial", "view.maximise", "results.save_picture"),
    ),
    "measurement": (
        *("measure.label", "measure.copy_next", "measure.copy_previous", _LINE),
        *("measure.delete", _LINE, "edit.undo", "edit.redo"),
    ),
    "finding": (
        *("findings.accept", "findings.reject", "findings.edit", _LINE),
        *("findings.next", "findings.previous", _LINE, "edit.undo", "edit.redo"),
    ),
    "studies": (
        *("files.open_folder", "files.open_files", "files.open_sample", _LINE),
        *("files.close_study", "files.forget_recent"),
    ),
    "findings": (
        *("findings.accept", "findings.reject", "findings.edit", _LINE),
        *("findings.next", "findings.previous", "findings.show_more", "findings.show_fewer"),
        *(_LINE, "reading.run", "results.save", "results.save_table"),
    ),
    "measurements": (
        *("measure.label", "measure.copy_next", "measure.copy_previous", "measure.delete"),
    ),
    "segments": ("segments.accept", "show.segments", _LINE, "results.save"),
    "jobs": ("jobs.cancel_all",),
}


def menu_for(place: str, actions: Actions, parent: QWidget) -> QMenu:
    """Return the menu of a place; what is not allowed now is left out."""
    actions.refresh()
    menu = QMenu(parent)
    menu.setObjectName(f"context_{place}")
    for id_ in MENUS.get(place, ()):
        action = actions.all.get(id_)
        if id_ == _LINE:
            menu.addSeparator()
        elif action is not None and action.isEnabled() and action.isVisible():
            menu.addAction(action)
    return menu


def open_menu(place: str, actions: Actions, parent: QWidget, at: QPoint) -> QMenu | None:
    """Show the menu of a place, if there is anything to offer."""
    menu = menu_for(place, actions, parent)
    if all(action.isSeparator() for action in menu.actions()):
        menu.deleteLater()
        return None
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
    return menu
