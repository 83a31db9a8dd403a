"""Numbers that follow the image: in the unit it is shown in, and as soon as slices are there.

Neither is a step that could be undone. After undo and redo the numbers are those of now.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from viewer.commands.desk import Desk
from viewer.commands.measures import ground, measure
from viewer.core import code
from viewer.core.measurement import Measurement, MeasurementKind
from viewer.session.images import Images, OpenImage


def follow_images(desk: Desk) -> None:
    """Keep numbers as the images are, from now on."""

    def changed(new: Images, old: Images) -> None:
        keys = {
            one.key
            for one in new
            if (before := old.get(one.key)) is not None and _means_other_values(one, before)
        }
        if keys:
            bring_up_to_date(desk, keys)

    desk.session.images.changed.connect(changed)


def _means_other_values(new: OpenImage, old: OpenImage) -> bool:
    return new.image.ways.shown != old.image.ways.shown or (new.is_whole and not old.is_whole)


def bring_up_to_date(desk: Desk, keys: Iterable[str] | None = None) -> None:
    """Measure those figures anew whose numbers are of another unit, or are missing."""
    wanted = None if keys is None else frozenset(keys)
    for figure in desk.session.record.value.measurements:
        if wanted is not None and figure.series_key not in wanted:
            continue
        opened = desk.session.images.value.get(figure.series_key)
        if opened is not None and _is_stale(desk, figure, opened):
            measure(desk, figure, partial(_renew, desk))


def _is_stale(desk: Desk, figure: Measurement, opened: OpenImage) -> bool:
    if not (figure.kind.closed or figure.kind.solid or figure.kind is MeasurementKind.PROBE):
        return False
    if len(opened.image.ways.known) > 1:
        return True
    valued = figure.quantity(code.MEAN) or figure.quantity(code.VALUE)
    return valued is None and ground(desk, figure)[0] is not None


def _renew(desk: Desk, measured: Measurement) -> None:
    """Give a figure its numbers, if it is still as it was measured."""
    session = desk.session
    record = session.record.value
    changed = tuple(
        replace(one, quantities=measured.quantities)
        if one.id == measured.id and one.points == measured.points
        else one
        for one in record.measurements
    )
    if changed != record.measurements:
        session.record.set(replace(record, measurements=changed))
