"""Getting ready: what is slow only once is done in the background.

Kernels are compiled at the very first start of a version (about ten seconds);
until then no picture is painted, because painting would wait for them. Later
starts find them on the disk.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from time import sleep

import numba
import numpy as np

from viewer import __version__
from viewer.commands.desk import Desk
from viewer.commands.files import tell
from viewer.core.progress import Part, Progress
from viewer.imaging.warm import be_ready_for, warm
from viewer.settings import cache_folder

_LATER = (
    "viewer.io.results",
    "viewer.io.seg_read",
    "viewer.io.sr_read",
    "viewer.ai.asking",
    "scipy.optimize",
)
"""Imported ahead of time, so that a first save, reading or object does not wait for them."""
_PAUSE_S, _CALM, _MOST_PAUSES = 0.25, 4, 240
"""Seconds between looks, how many in a row are to find it quiet, and after how many not to wait."""
_WORKER = ("viewer.ai.second_reader",)


def get_ready(desk: Desk, then: Callable[[], None]) -> None:
    """Call `then` as soon as pictures can be painted, and prepare the rest meanwhile."""
    stamp = cache_folder() / f"compiled-{__version__}-numba-{numba.__version__}"
    first = not stamp.exists()
    if first:
        desk.session.say("Preparing for the first start on this computer; this takes a moment.")
    else:
        then()

    def ready(_: None) -> None:
        if first:
            desk.session.say("Ready.")
            then()
        desk.runner.warm_up(*_WORKER)

    wait = _no_wait if first else partial(_wait_until_quiet, desk)
    work = partial(_prepare, stamp, wait)
    desk.runner.start("Get ready", work, ready, failed=partial(tell, desk))


def _prepare(stamp: Path, wait: Callable[[Progress], None], progress: Progress) -> None:
    be_ready_for(np.dtype(np.int16))
    wait(progress)
    warm(Part(progress, 0.0, 0.9))
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.touch()
    wait(progress)
    for number, name in enumerate(_LATER):
        progress.report(0.9 + 0.1 * number / len(_LATER), "importing")
        import_module(name)


def _no_wait(_: Progress) -> None:
    """Go on: everything else waits for this."""


def _wait_until_quiet(desk: Desk, progress: Progress) -> None:
    """Wait until nothing else was done for a while: loading code would hold up the window."""
    calm = 0
    for _ in range(_MOST_PAUSES):
        calm = 0 if len(desk.runner.jobs) > 1 else calm + 1
        if calm == _CALM:
            return
        progress.report(0.0, "waiting until nothing else is done")
        sleep(_PAUSE_S)
