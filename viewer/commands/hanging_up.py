"""Hanging several series at once: each where it belongs, loaded once however often it is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol as Shape

from viewer.commands.desk import Desk
from viewer.core.study import Series, Study
from viewer.session.arrange import Place, places_of
from viewer.session.hanging_rules import Fit, best, priors_of
from viewer.session.hanging_traits import kind_of
from viewer.session.look import Layout, Look
from viewer.session.second_reading import seen_part


class Open(Shape):
    """Opens a series in a view, and calls when it hangs."""

    def __call__(
        self, desk: Desk, key: str, cell: int | None = None, then: Callable[[], None] | None = None
    ) -> None:
        """Open it; without a view it takes all of them."""


def hang_up(desk: Desk, layout: Layout, places: Sequence[Place], open_one: Open) -> None:
    """Lay out the main window and hang a series in each view that has one."""
    session = desk.session
    looks = tuple(Look(viewing=place.look.viewing) for place in places)
    session.hanging.set(session.hanging.value.filled(looks, layout))
    by_key: dict[str, list[Place]] = {}
    for place in places:
        if place.series_key:
            by_key.setdefault(place.series_key, []).append(place)
    for key, same in by_key.items():
        open_one(desk, key, same[0].cell, partial(_hang_all, desk, key, same))


def _hang_all(desk: Desk, key: str, places: Sequence[Place]) -> None:
    """Hang a series that has been opened in all its views, unless something else hangs there."""
    session = desk.session
    images = session.images.value
    opened = images.get(key) or next((one for one in images if one.group == key), None)
    if opened is None:
        return
    for place in places:
        hangs = session.hanging.value.look(place.cell).series_key
        if hangs not in ("", opened.key) or place.cell >= len(session.hanging.value.cells):
            continue
        session.hang(place.cell, opened)
        session.hanging.set(session.hanging.value.changed(place.cell, partial(_turned, place.look)))


def _turned(wanted: Look, look: Look) -> Look:
    """Return the look that a view has now, as it is wanted."""
    return replace(
        look,
        frame=wanted.frame or look.frame,
        flipped_sideways=wanted.flipped_sideways,
        flipped_upside_down=wanted.flipped_upside_down,
        fusion=wanted.fusion,
        edge=wanted.edge,
    )


def hang_study(desk: Desk, first: Series, study: Study, open_one: Open) -> bool:
    """Hang a study that was opened as the best protocol says; tell whether one did.

    `first` is the series it would begin with otherwise.
    """
    study = _latest(desk, first, study)
    desk.fits = best(desk.protocols.value, study, priors(desk, study))
    chosen = next(iter(desk.fits), None)
    if chosen is None or chosen.protocol.looks_as_before:
        return False
    hang_as(desk, chosen, open_one)
    return True


def hang_as(desk: Desk, chosen: Fit, open_one: Open) -> None:
    """Hang a study as a protocol says, and say so, with what hangs nowhere."""
    protocol = chosen.protocol
    shown = [one for one in chosen.hung if one is not None]
    if protocol.looks_as_before and shown:
        open_one(desk, shown[0].series.key)
    else:
        layout = protocol.layout or desk.session.hanging.value.layout
        hang_up(desk, layout, places_of(chosen, layout), open_one)
    said = f"Hung as “{protocol.name}”; Ctrl+H hangs otherwise. {chosen.left_out}"
    desk.session.say(said.strip())


def priors(desk: Desk, study: Study) -> tuple[Study, ...]:
    """Return the listed earlier studies of the same patient, the latest first."""
    studies = desk.session.catalogue.value.studies
    return priors_of(study, tuple(seen_part(desk.session, one) for one in studies))


def _latest(desk: Desk, first: Series, study: Study) -> Study:
    """Return the study to read: of radiographs of one patient the latest, as one reads them."""
    if kind_of(first) != "projection":
        return study
    same = [
        other
        for other in desk.session.catalogue.value.studies
        if study.identity in {one.identity for one in priors(desk, other)}
        and any(series.modality == first.modality for series in other.series)
    ]
    latest = max(same, key=lambda one: (one.date, one.time), default=study)
    return seen_part(desk.session, latest)
