"""Studies opened lately, from where they were; those that are gone are left out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from viewer.commands.desk import Desk
from viewer.commands.keeper import Keeper
from viewer.core.progress import Progress
from viewer.store.index import Recent

__all__ = ["Recent", "list_recent"]


def list_recent(desk: Desk, then: Callable[[tuple[Recent, ...]], None]) -> None:
    """Hand over the recent studies that are still where they were, the latest first."""
    desk.runner.start("List recent studies", partial(_list, desk.keeper), then)


def _list(keeper: Keeper, progress: Progress) -> tuple[Recent, ...]:
    progress.report(0.0, "looking")
    return tuple(recent for recent in keeper.recent() if not recent.missing)
