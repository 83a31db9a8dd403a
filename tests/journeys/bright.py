"""An added model whose weights are set by hand, and how it is chosen by keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from tests.ai.network_phantom import network_folder, threshold_weights
from tests.journeys.walker import CTRL, SHIFT, Walker
from viewer.ui.choice_dialog import ChoiceDialog

MODEL = "Bright parts"


def bright_model(folder: Path) -> Path:
    """Write a network: the brighter than 200 HU, the surer."""
    shape, weights = threshold_weights(3, steep=12.0)
    preparation = {
        "patch_voxels": 0,
        "steps_mm": [],
        "low_hu": 0.0,
        "high_hu": 1.0,
        "spacing_mm": [4.0, 4.0, 4.0],
        "tile_voxels": [32, 32, 32],
        "overlap": 0.25,
        "channels": [{"modality": "CT", "low": 0.0, "high": 400.0}],
    }
    return network_folder(folder, shape, weights, preparation=preparation)


def choose(walker: Walker) -> None:
    """Choose the model by Ctrl+Shift+R, a part of its name and Enter."""
    walker.wait(walker.window.isActiveWindow)
    walker.press(Qt.Key.Key_R, CTRL | SHIFT)
    dialog = walker.dialog(ChoiceDialog)
    walker.wait(dialog.isActiveWindow)
    walker.qtbot.keyClicks(dialog.field, "bright")
    walker.wait(lambda: dialog.list.currentRow() == 0)
    assert MODEL in dialog.list.currentItem().text()
    walker.qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    walker.wait(lambda: not walker.window.findChildren(ChoiceDialog))
    walker.window.activateWindow()


def by_model(walker: Walker) -> list:
    """Return what the model found."""
    return [one for one in walker.session.record.value.findings if one.author.name == MODEL]
