"""What the window knows of sizes: that of a picture on the glass, and that of the glass itself."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from viewer.commands.desk import Desk
from viewer.session.magnification import Magnification
from viewer.ui.calibrate_screen import CalibrateScreen
from viewer.ui.glass import name_of
from viewer.ui.grid import Grid
from viewer.ui.slice_view import SliceView


def magnification_in(grid: Grid, cell: int) -> Magnification | None:
    """Return how large the picture of a view is on the screen."""
    found = grid.cell(cell)
    view = found.view if found is not None else None
    scene = view.scene if isinstance(view, SliceView) else None
    return None if scene is None else scene.magnification


def ask_screen(desk: Desk, grid: Grid, window: QWidget) -> CalibrateScreen:
    """Ask how large the screen of the window is; keep it in the settings and show it."""

    def keep(name: str, mm_per_pixel: float) -> None:
        viewing = desk.settings.viewing
        screens = {**viewing.screens, name: mm_per_pixel}
        changed = viewing.changed(screens=screens)
        desk.settings = desk.settings.model_copy(update={"viewing": changed})
        for cell in grid.cells:
            cell.view.refresh()
        desk.session.say(f"A pixel of this screen is {mm_per_pixel:.4f} mm wide.")

    known = desk.settings.viewing.screens.get(name_of(window.screen()))
    dialog = CalibrateScreen(window, known, keep)
    dialog.open()
    return dialog
