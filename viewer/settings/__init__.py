"""What a user may set, where it is kept, and the folders of the program.

Every setting has a default, bounds and a sentence, which the settings dialog
shows (`sections`, all of them in `whole`). They are kept as JSON (`keeping`) in
folders that `SKIAGRAM_HOME` moves together (`folders`).
"""

from viewer.settings.folders import (
    cache_folder,
    config_folder,
    crash_file,
    data_folder,
    log_file,
    settings_file,
)
from viewer.settings.keeping import Loaded, load, save
from viewer.settings.sections import (
    MOST_TRANSFERS,
    Appearance,
    Computer,
    Knot,
    Measuring,
    Mouse,
    OwnTransfer,
    Paths,
    Reader,
    SecondReader,
    Section,
    Space,
    Texts,
    Theme,
    Viewing,
    Window,
)
from viewer.settings.whole import Settings

__all__ = [
    "MOST_TRANSFERS",
    "Appearance",
    "Computer",
    "Knot",
    "Loaded",
    "Measuring",
    "Mouse",
    "OwnTransfer",
    "Paths",
    "Reader",
    "SecondReader",
    "Section",
    "Settings",
    "Space",
    "Texts",
    "Theme",
    "Viewing",
    "Window",
    "cache_folder",
    "config_folder",
    "crash_file",
    "data_folder",
    "load",
    "log_file",
    "save",
    "settings_file",
]
