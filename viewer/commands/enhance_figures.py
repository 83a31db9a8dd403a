"""Signal and contrast to noise in measured regions, of the original and of what is tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from viewer.commands.desk import Desk
from viewer.commands.telling import tell
from viewer.core.measurement import Measurement
from viewer.core.progress import Progress
from viewer.core.volume import Volume
from viewer.imaging.enhance.quality import contrast_to_noise, signal_to_noise
from viewer.imaging.measuring import values_inside
from viewer.session.enhancing import Sheet

_FEW = 2
"""So many regions are looked at, those measured last."""
_LEAST = 4


@dataclass(frozen=True, slots=True)
class Region:
    """A measured region by its number in the list."""

    number: int
    figure: Measurement


def measure_regions(desk: Desk) -> None:
    """Work out signal and contrast to noise of the regions measured last, before and after."""
    session, now = desk.session, desk.session.enhancing.value
    opened = session.images.value.get(now.series_key)
    if opened is None or not isinstance(opened.image, Volume) or not now.recipe.steps:
        return
    space = opened.image.geometry.frame_of_reference_uid
    regions = [
        Region(number, figure)
        for number, figure in enumerate(session.record.value.measurements, start=1)
        if figure.kind.closed and space and figure.anchor.frame_of_reference_uid == space
    ][-_FEW:]
    if not regions:
        if now.regions:
            session.enhancing.set(replace(now, regions=()))
        return
    sheets = [sheet for cell, _ in now.sheets if (sheet := now.sheet(cell)) is not None]

    def came(lines: tuple[str, ...]) -> None:
        current = session.enhancing.value
        if current.recipe == now.recipe and current.regions != lines:
            session.enhancing.set(replace(current, regions=lines))

    desk.runner.start(
        "Signal and noise of regions",
        partial(figures_of, opened.image, tuple(sheets), tuple(regions)),
        came,
        failed=partial(tell, desk),
        instead_of="signal and noise of regions",
        belongs_to=opened.study.uid,
    )


def figures_of(
    volume: Volume, sheets: Sequence[Sheet], regions: Sequence[Region], progress: Progress
) -> tuple[str, ...]:
    """Return a line for each region and one for their contrast; after where it was tried."""
    progress.report(0.0)
    before = [values_inside(region.figure, volume) for region in regions]
    after = [_tried(region.figure, sheets, len(values), volume.unit)
             for region, values in zip(regions, before, strict=True)]  # fmt: skip
    found = []
    for region, one, other in zip(regions, before, after, strict=True):
        if len(one) >= _LEAST:
            told = [signal_to_noise(values) for values in (one, other) if values is not None]
            found.append(f"SNR {region.number}: {_change(told)}")
    if len(regions) == _FEW and min(len(values) for values in before) >= _LEAST:
        told = [contrast_to_noise(before[0], before[1])]
        if after[0] is not None and after[1] is not None:
            told.append(contrast_to_noise(after[0], after[1]))
        found.append(f"CNR {regions[0].number}, {regions[1].number}: {_change(told)}")
    return tuple(found)


def _tried(
    figure: Measurement, sheets: Sequence[Sheet], count: int, unit: str
) -> NDArray[np.float64] | None:
    """Return the values of what is tried in a region, if it lies in a slice that was made."""
    for sheet in sheets:
        if sheet.volume.unit != unit or 1 not in sheet.volume.geometry.shape:
            continue
        values = values_inside(figure, sheet.volume)
        if len(values) == count:
            return values
    return None


def _change(told: Sequence[float]) -> str:
    return " → ".join(f"{value:.3g}" for value in told)
