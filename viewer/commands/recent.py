"""Studies opened lately, from where they were; those that are gone are left out.

The list, and what was read of the files of every place that was looked through, can be erased.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.keeper import Keeper
from viewer.core.progress import Progress
from viewer.store.index import Recent

__all__ = ["COMMANDS", "Recent", "list_recent"]


def list_recent(desk: Desk, then: Callable[[tuple[Recent, ...]], None]) -> None:
    """Hand over the recent studies that are still where they were, the latest first."""
    desk.runner.start("List recent studies", partial(_list, desk.keeper), then)


def _list(keeper: Keeper, progress: Progress) -> tuple[Recent, ...]:
    progress.report(0.0, "looking")
    return tuple(recent for recent in keeper.recent() if not recent.missing)


def _forget_all(desk: Desk) -> None:
    def forget() -> None:
        desk.keeper.forget_all()
        desk.session.say("The recent studies are forgotten; their files are where they were.")

    desk.asker.ask_yes(
        "Forget recent studies",
        "Erase the list of recent studies, and what was noted of their files to open them "
        "quickly? The files themselves, drafts and saved results stay.",
        forget,
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        id="files.forget_recent",
        title="Forget recent studies…",
        help="Erase the list of recent studies and what was noted of their files; the files stay.",
        menu="File",
        run=_forget_all,
    ),
)
