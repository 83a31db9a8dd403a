"""The tools for looking, one after the other as they stand in the menus."""

from __future__ import annotations

from viewer.commands.colours import COMMANDS as COLOURS
from viewer.commands.command import Command
from viewer.commands.corner_texts import COMMANDS as TEXTS
from viewer.commands.jumping import COMMANDS as JUMPING
from viewer.commands.lens import COMMANDS as LENS
from viewer.commands.window_regions import COMMANDS as REGIONS
from viewer.commands.zooming import COMMANDS as ZOOMING

COMMANDS: tuple[Command, ...] = (*COLOURS, *ZOOMING, *JUMPING, *REGIONS, *LENS, *TEXTS)
