"""The list of all verbs. Menus, tool bar, palette and help are built from it."""

from __future__ import annotations

from viewer.commands import (
    appearance,
    as_ct,
    cine,
    curved,
    curves,
    earlier,
    edit,
    files,
    findings,
    flying,
    looks,
    measure_edits,
    measure_names,
    measure_table,
    measure_tools,
    moments,
    mpr,
    reading,
    recent,
    results,
    space,
    space_export,
    units,
    views,
)
from viewer.commands.command import Command
from viewer.commands.derived import COMMANDS as DERIVED
from viewer.commands.help import help_commands

COMMANDS: tuple[Command, ...] = (
    *files.COMMANDS,
    *results.COMMANDS,
    *earlier.COMMANDS,
    *recent.COMMANDS,
    *files.LEAVING,
    *edit.COMMANDS,
    *views.COMMANDS,
    *cine.COMMANDS,
    *moments.COMMANDS,
    *mpr.COMMANDS,
    *curved.COMMANDS,
    *curves.COMMANDS,
    *looks.COMMANDS,
    *DERIVED,
    *units.COMMANDS,
    *space.COMMANDS,
    *flying.COMMANDS,
    *space_export.COMMANDS,
    *as_ct.COMMANDS,
    *appearance.COMMANDS,
    *measure_tools.COMMANDS,
    *measure_edits.COMMANDS,
    *measure_names.COMMANDS,
    *measure_table.COMMANDS,
    *reading.COMMANDS,
    *findings.COMMANDS,
    *help_commands(lambda: COMMANDS),
)
