"""The list of all verbs. Menus, tool bar, palette and help are built from it."""

from __future__ import annotations

from viewer.commands import edit, files, findings, looks, reading, results, units, views
from viewer.commands.command import Command
from viewer.commands.help import help_commands

COMMANDS: tuple[Command, ...] = (
    *files.COMMANDS,
    *results.COMMANDS,
    *files.LEAVING,
    *edit.COMMANDS,
    *views.COMMANDS,
    *looks.COMMANDS,
    *units.COMMANDS,
    *reading.COMMANDS,
    *findings.COMMANDS,
    *help_commands(lambda: COMMANDS),
)
