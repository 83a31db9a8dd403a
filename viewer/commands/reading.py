"""Let the second reader look at the active series, in a process of its own."""

from __future__ import annotations

from functools import partial

from viewer.ai.reading import Reading
from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.files import tell
from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.core.volume import Fidelity, Volume
from viewer.imaging.derivation import DERIVED
from viewer.jobs.job import Lane
from viewer.session.images import OpenImage
from viewer.session.operating import Expected, Operating

_VOLUMES_NEEDED = 6
"""Times the voxels as 32-bit values that a reading holds at most: measured, see benchmarks."""


def run_second_reader(desk: Desk) -> None:
    """Ask for proposals on the active series; they come in as findings nobody has judged.

    Raises:
        Declined: if the active series is no volume, or not all of it has arrived.
    """
    opened = desk.session.active_image
    if opened is None or not isinstance(opened.image, Volume):
        raise Declined("The second reader needs a volume in the active view.", code="no_volume")
    if opened.key in desk.loadings or _still_coming(opened.fidelity):
        raise Declined(
            "Not all of this series is loaded. Start the second reader when it is complete.",
            code="loading",
        )
    if any(notice.code == DERIVED for notice in (*opened.notices, *opened.series.notices)):
        raise Declined(
            "The second reader works on slices as they were acquired; this volume was resampled.",
            code="derived",
        )
    volume = opened.image
    desk.runner.start(
        f"Second reader: {opened.series.title}",
        partial(read_apart, volume),
        partial(_came, desk, opened),
        lane=Lane.PROCESS,
        instead_of=f"second reader {opened.key}",
        failed=partial(tell, desk),
        cancelled=partial(desk.session.say, "The second reader was stopped."),
        belongs_to=opened.study.uid,
        needs_bytes=volume.voxels.size * 4 * _VOLUMES_NEEDED,
    )


def read_apart(volume: Volume, progress: Progress) -> Reading:
    """Read a volume; the model's libraries are imported only where this runs.

    Raises:
        Declined: for anything that is not a chest CT.
    """
    from viewer.ai.second_reader import read

    return read(volume, progress)


def _still_coming(fidelity: Fidelity | None) -> bool:
    if fidelity is None:
        return False
    waiting = (fidelity.quality == Fidelity.EMPTY) | (fidelity.quality == Fidelity.NEIGHBOUR)
    return bool(waiting.any())


def _came(desk: Desk, opened: OpenImage, reading: Reading) -> None:
    session = desk.session
    current = session.images.value.get(opened.key)
    if current is None or current.image is not opened.image:
        return
    record = session.record.value.with_reading(
        opened.key, reading.author.name, reading.findings, reading.segmentations
    )
    session.operating.set(_operating(reading))
    session.threshold.set(reading.threshold)
    session.do("Second reader", record)
    for notice in reading.notices:
        session.say(notice.sentence, serious=True)
    shown = len(reading.shown)
    seconds = sum(spent for _, spent in reading.timings_s)
    session.say(
        f"Second reader: {shown} of {len(reading.findings)} candidates reach the threshold "
        f"{reading.threshold:.2f} ({seconds:.0f} s). Nothing is accepted until you accept it."
    )


def _operating(reading: Reading) -> Operating:
    """Return what the first model with a measured table promises."""
    for card in reading.models:
        if card.operating:
            rows = tuple(
                Expected(row.threshold, row.sensitivity, row.false_positives_per_scan)
                for row in card.operating
            )
            return Operating(card.operating_on, rows)
    return Operating()


def _jobs(desk: Desk) -> list[str]:
    return [job.title for job in desk.runner.jobs]


def _cancel_all(desk: Desk) -> None:
    for job in desk.runner.jobs:
        job.cancel()


COMMANDS: tuple[Command, ...] = (
    Command(
        id="reading.run",
        title="Run second reader",
        help="Let the model look for nodules in the active chest CT, in the background.",
        menu="Findings",
        key="Ctrl+R",
        run=run_second_reader,
        allowed=lambda desk: desk.session.active_image is not None,
        icon="second_reader",
    ),
    Command(
        id="jobs.cancel_all",
        title="Stop all jobs",
        help="Cancel everything that runs in the background.",
        menu="Findings",
        key="Ctrl+.",
        run=_cancel_all,
        allowed=lambda desk: bool(_jobs(desk)),
    ),
)
