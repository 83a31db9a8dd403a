"""Derived series that are no recipe: denoised by a network of their own, and on a finer grid."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.enhance_apply import Applied, check_loaded, made_from, show_made
from viewer.commands.enhancing import has_volume, wanted_volume
from viewer.commands.telling import tell
from viewer.core.errors import Declined
from viewer.core.kernel import Kernel
from viewer.core.progress import Progress
from viewer.core.study import Notice, Series
from viewer.core.volume import Volume
from viewer.imaging.enhance.resampling import (
    Steps,
    finer_steps,
    invented_slices,
    isotropic_steps,
    resampled,
    resampled_grid,
    told,
)
from viewer.jobs.job import Lane

_DENOISING = 6
"""How many times the memory of its values denoising takes."""
_RESAMPLING = 4


# -- a network for one series -------------------------------------------------------------------


def denoise(desk: Desk) -> None:
    """Train a small network on the active series and make a series with less noise by it.

    Raises:
        Declined: if the active image is no volume, or not all of it has arrived.
    """
    opened = wanted_volume(desk)
    check_loaded(desk, opened)
    volume = opened.image
    if not isinstance(volume, Volume):
        return
    desk.runner.start(
        f"Denoise {opened.series.title}",
        partial(denoised_apart, opened.series, volume),
        partial(show_made, desk, opened),
        lane=Lane.PROCESS,
        failed=partial(tell, desk),
        cancelled=partial(desk.session.say, "Nothing was denoised."),
        instead_of=f"denoise {opened.key}",
        belongs_to=opened.study.uid,
        needs_bytes=4 * volume.voxels.size * _DENOISING,
    )


def denoised_apart(
    series: Series, volume: Volume, progress: Progress, *, steps: int | None = None
) -> Applied:
    """Train and apply; the heavy library is imported only where this runs.

    Raises:
        Declined: if there is too little to learn from, or no noise.
    """
    from viewer.ai.self_denoise import SHARED_NOISE, STEPS, denoised_volume

    made, facts = denoised_volume(volume, progress, steps=steps or STEPS)
    unit = "" if volume.unit == "1" else f" {volume.unit.strip('[]')}"
    words = [
        "denoised by a network trained on this series alone (Noise2Self)",
        f"estimated noise {facts.noise:.3g}{unit}",
    ]
    said = [line for line in facts.lines(volume.unit) if line == SHARED_NOISE]
    return made_from(series, made, "denoised", words, facts.sha256, said)


# -- a finer grid -------------------------------------------------------------------------------

_CHOICES = (
    ("Equal steps in all directions, cubic B-spline", 0.0, Kernel.SPLINE),
    ("Equal steps in all directions, Lanczos", 0.0, Kernel.LANCZOS),
    ("Twice as fine within slices, cubic B-spline", 2.0, Kernel.SPLINE),
    ("Twice as fine within slices, Lanczos", 2.0, Kernel.LANCZOS),
    ("Three times as fine within slices, Lanczos", 3.0, Kernel.LANCZOS),
)


def resample(desk: Desk) -> None:
    """Ask for a finer grid and make a series on it by interpolation.

    Raises:
        Declined: if the active image is no volume, or not all of it has arrived.
    """
    opened = wanted_volume(desk)
    check_loaded(desk, opened)
    volume = opened.image
    if not isinstance(volume, Volume):
        return

    def chosen(number: int) -> None:
        _, factor, kernel = _CHOICES[number]
        grid = volume.geometry
        steps = finer_steps(grid, factor) if factor else isotropic_steps(grid)
        try:
            size = resampled_grid(grid, steps).shape
        except Declined as why:
            desk.session.say(str(why), serious=True)
            return
        desk.runner.start(
            f"Resample {opened.series.title}",
            partial(_resample, opened.series, volume, steps, kernel),
            partial(show_made, desk, opened),
            failed=partial(tell, desk),
            cancelled=partial(desk.session.say, "Nothing was resampled."),
            instead_of=f"resample {opened.key}",
            belongs_to=opened.study.uid,
            needs_bytes=4 * int(np.prod(size)) * _RESAMPLING,
        )

    desk.asker.ask_choice("Resample", "Interpolate to", [one[0] for one in _CHOICES], chosen)


def _resample(
    series: Series, volume: Volume, steps: Steps, kernel: Kernel, progress: Progress
) -> Applied:
    made = resampled(volume, steps, kernel, progress)
    words = told(volume.geometry, made.geometry, kernel)
    invented = tuple(np.flatnonzero(invented_slices(volume.geometry, made.geometry)).tolist())
    applied = made_from(series, made, "interpolated", [words], words)
    if not invented:
        return applied
    count = made.geometry.shape[0]
    sentence = f"{len(invented)} of {count} slices lie where none was taken; they are interpolated."
    notices = (*applied.series.notices, Notice("interpolated_slices", sentence))
    listed = replace(applied.series, notices=notices)
    return replace(applied, series=listed, invented=invented)


COMMANDS: tuple[Command, ...] = (
    Command(
        id="enhance.denoise",
        title="Denoise by a network of its own",
        help=(
            "Train a small network on this series alone, on this computer, and make a series "
            "with less noise; takes some minutes in the background."
        ),
        menu="Image/Enhance",
        run=denoise,
        allowed=has_volume,
    ),
    Command(
        id="enhance.resample",
        title="Interpolate to a finer grid…",
        help="Make a series with smaller steps between voxels by interpolation, marked as such.",
        menu="Image/Enhance",
        run=resample,
        allowed=has_volume,
    ),
)
