"""The reader's own transfer functions: kept under a name, chosen, forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from viewer.commands.desk import Desk
from viewer.commands.space import look_in_space, set_transfer
from viewer.commands.telling import tell
from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.core.volume import Volume
from viewer.imaging.histogram import Histogram, histogram
from viewer.session.images import OpenImage
from viewer.session.transfer import TRANSFERS, Blend, Transfer, transfer_named
from viewer.settings import MOST_TRANSFERS, OwnTransfer, Settings, save


def own_transfers(desk: Desk) -> tuple[Transfer, ...]:
    """Return the reader's own transfer functions; one that makes no sense is left out."""
    found = []
    for kept in desk.settings.space.transfers:
        try:
            found.append(_transfer(kept))
        except ValueError:
            continue
    return tuple(found)


def all_transfers(desk: Desk) -> tuple[Transfer, ...]:
    """Return those that are shipped, then the reader's own."""
    return (*TRANSFERS, *own_transfers(desk))


def keep_transfer(desk: Desk, name: str) -> None:
    """Keep the transfer function of the 3D view under a name, in place of one so called.

    Raises:
        Declined: if the name is empty, too long or that of a shipped one, or there are too many.
    """
    name = name.strip()
    if not 1 <= len(name) <= 40:
        raise Declined("A name has 1 to 40 letters.")
    if any(one.name.casefold() == name.casefold() for one in TRANSFERS):
        raise Declined(f"{name} is shipped with the program; choose another name.")
    others = tuple(one for one in desk.settings.space.transfers if one.name != name)
    if len(others) >= MOST_TRANSFERS:
        raise Declined(f"There are {MOST_TRANSFERS} kept already; delete one first.")
    made = replace(look_in_space(desk).space.transfer, name=name)
    _keep(desk, (*others, _kept(made)))
    set_transfer(desk, made)


def forget_transfer(desk: Desk, name: str) -> None:
    """Forget one of the reader's own; what is on screen stays until another is chosen."""
    _keep(desk, tuple(one for one in desk.settings.space.transfers if one.name != name))


def reset_transfer(desk: Desk) -> None:
    """Take all changes back: see the volume as it was shipped or kept under this name."""
    name = look_in_space(desk).space.transfer.name
    found = (one for one in all_transfers(desk) if one.name == name)
    set_transfer(desk, next(found, transfer_named(name)))


def count_in_space(desk: Desk, opened: OpenImage, then: Callable[[Histogram], None]) -> None:
    """Count the values of a volume in the background and hand the histogram over."""
    if isinstance(opened.image, Volume):
        desk.runner.start(
            f"Histogram of {opened.series.title}",
            partial(_count, opened.image),
            then,
            instead_of="3d histogram",
            belongs_to=opened.study.uid,
        )


def _count(volume: Volume, progress: Progress) -> Histogram:
    progress.report(0.0, "counting")
    return histogram(volume)


def _keep(desk: Desk, transfers: tuple[OwnTransfer, ...]) -> None:
    space = desk.settings.space.changed(transfers=transfers)
    desk.settings = desk.settings.model_copy(update={"space": space})
    desk.runner.start(
        "Keep settings",
        partial(_save, desk.settings),
        lambda _: None,
        failed=partial(tell, desk),
        instead_of="keep settings",
    )


def _save(settings: Settings, progress: Progress) -> None:
    progress.report(0.0)
    save(settings)


def _transfer(kept: OwnTransfer) -> Transfer:
    return Transfer(
        kept.name, kept.knots, kept.relative, kept.shaded, kept.steepest, kept.step,
        Blend(kept.blend),
    )  # fmt: skip


def _kept(transfer: Transfer) -> OwnTransfer:
    return OwnTransfer(
        name=transfer.name,
        knots=transfer.knots,
        relative=transfer.relative,
        shaded=transfer.shaded,
        steepest=transfer.steepest,
        step=transfer.step,
        blend=transfer.blend.value,
    )
