"""What the files of a series say of its moments: read in the background, once."""

from __future__ import annotations

from functools import partial

from viewer.commands.desk import Desk
from viewer.core.axis import Axis
from viewer.core.progress import Progress
from viewer.core.study import Series, SeriesKind, Study


def look_at_axis(desk: Desk, study: Study, series: Series) -> None:
    """Learn the times (b-values ...) of a series, and how fast it is to be played."""
    plays = series.kind in (SeriesKind.FOUR_D, SeriesKind.CINE)
    if not plays or desk.session.axis_of(series.key) is not None:
        return
    desk.runner.start(
        f"Times of {series.title}",
        partial(_read, series),
        partial(_known, desk),
        belongs_to=study.uid,
        instead_of=f"times {series.key}",
    )


def _read(series: Series, progress: Progress) -> Axis:
    from viewer.io.pace import axis_of

    return axis_of(series, progress)


def _known(desk: Desk, axis: Axis) -> None:
    axes = desk.session.axes
    others = tuple(one for one in axes.value if one.series_key != axis.series_key)
    axes.set((*others, axis))
