"""Volumes made from series that are none, at the reader's wish; the originals stay as they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.loading import first_window
from viewer.commands.telling import tell
from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.core.stack import Stack
from viewer.core.study import Catalogue, Series
from viewer.core.volume import Fidelity, Volume
from viewer.core.window import Window
from viewer.imaging.derivation import (
    can_be_straightened,
    check_straightening,
    derived_key,
    derived_notices,
    derived_series,
    straightened,
)
from viewer.imaging.straighten import Straightening, plan_straightening, straighten
from viewer.session.images import OpenImage


@dataclass(frozen=True, slots=True, eq=False)
class _Made:
    """A straightened volume, the series it is listed as, its window, and where it is invented."""

    series: Series
    volume: Volume
    window: Window
    fidelity: Fidelity


def make_straight(desk: Desk) -> None:
    """Offer to resample the active stack onto a regular grid; a volume made already is shown.

    Raises:
        Declined: if it cannot be straightened, or not all of it has arrived.
    """
    opened = desk.session.active_image
    if opened is None or not isinstance(opened.image, Stack):
        raise Declined("Only a stack of slices can be made straight.", code="no_stack")
    check_straightening(opened.series)
    if opened.key in desk.loadings:
        raise Declined(
            "Not all of this series is loaded. Make it straight when it is complete.",
            code="loading",
        )
    known = desk.session.images.value.get(derived_key(opened.series))
    if known is not None:
        desk.session.show(known)
        return
    plan = plan_straightening(opened.image)
    desk.asker.ask_yes(
        "Make a straight volume", _offer(opened, plan), partial(_begin, desk, opened, plan)
    )


def _offer(opened: OpenImage, plan: Straightening) -> str:
    slices, rows, columns = plan.geometry.shape
    size = f"{slices} slices of {columns} x {rows}, {plan.step_mm:.3g} mm apart"
    said = " ".join(notice.sentence for notice in derived_notices(opened.series, plan))
    memory = f"{plan.needs_bytes / 2**20:.0f} MB"
    return (
        f"A new volume of {size}, is made from the {opened.count} slices of "
        f"{opened.series.title}; it takes {memory} of memory. The slices themselves stay as they "
        f"are. In views and files it is marked:\n\n{said}"
    )


def _begin(desk: Desk, opened: OpenImage, plan: Straightening) -> None:
    if not isinstance(opened.image, Stack):
        return
    desk.runner.start(
        f"Make a straight volume of {opened.series.title}",
        partial(_make, opened.series, opened.image, plan),
        partial(_came, desk, opened),
        failed=partial(tell, desk),
        cancelled=partial(desk.session.say, "No straight volume was made."),
        instead_of=f"straighten {opened.key}",
        belongs_to=opened.study.uid,
        needs_bytes=plan.needs_bytes,
    )


def _make(series: Series, stack: Stack, plan: Straightening, progress: Progress) -> _Made:
    volume = straightened(series, stack, plan, straighten(stack, plan, progress))
    window = first_window(volume, volume.geometry.shape[0] // 2)
    quality = np.full(volume.geometry.shape[0], Fidelity.ORIGINAL, np.uint8)
    quality[list(plan.invented)] = Fidelity.INVENTED
    return _Made(derived_series(series, plan), volume, window, Fidelity(quality))


def _came(desk: Desk, source: OpenImage, made: _Made) -> None:
    """List and show a volume, unless its source was closed meanwhile."""
    session = desk.session
    found = session.catalogue.value.find(source.key)
    current = session.images.value.get(source.key)
    if found is None or current is None:
        return
    study = found[0]
    session.add_to_catalogue(Catalogue((replace(study, series=(made.series,)),)))
    window = current.window or made.window
    session.show(
        OpenImage(study, made.series, made.volume, window, made.fidelity, made.series.notices)
    )
    for notice in made.series.notices:
        session.say(notice.sentence, serious=True)


def _may_be_made(desk: Desk) -> bool:
    opened = desk.session.active_image
    return (
        opened is not None
        and isinstance(opened.image, Stack)
        and can_be_straightened(opened.series.notices)
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        id="image.straighten",
        title="Make a straight volume…",
        help="Resample tilted or uneven slices onto a regular grid; the original stays as it is.",
        menu="Image",
        run=make_straight,
        allowed=_may_be_made,
    ),
)
