"""Fine pictures that take long are painted aside, while the window goes on with coarser ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication

from viewer.commands.desk import Desk
from viewer.session.magnification import Glass
from viewer.ui.sketch import Drawn, Sketch, paint_aside


def draw_aside(
    desk: Desk,
    sketch: Sketch,
    cell: int,
    size: tuple[int, int],
    glass: Glass,
    then: Callable[[], None],
) -> None:
    """Have a view painted finely by a job; call `then` if nothing else was drawn meanwhile."""
    wanted = sketch.number

    def drawn(fine: Drawn) -> None:
        if sketch.number == wanted:
            sketch.take(fine)
            then()

    desk.runner.start(
        QCoreApplication.translate("SliceView", "Draw a thick slice"),
        partial(paint_aside, sketch.described(size, glass)),
        drawn,
        instead_of=f"draw {cell}",
    )
