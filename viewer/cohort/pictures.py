"""3D pictures and movies of what lies in a folder, without any window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.progress import Part, Progress
from viewer.core.study import Catalogue, Series, SeriesKind
from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.imaging.histogram import auto_window
from viewer.io.load import load
from viewer.io.movie import write_movie, write_picture
from viewer.io.scan import scan
from viewer.session.camera import Camera
from viewer.session.space_look import SpaceLook
from viewer.session.take import SIZES, Take, turntable
from viewer.session.transfer import TRANSFERS, Transfer

Shoot: TypeAlias = Callable[[Take, Progress], Iterator[NDArray[np.uint8]]]
"""Draws the pictures of a take."""

_ROUND, _PER_SECOND = 72, 15.0
_SCANS = ("CT", "MR", "PT")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be drawn of which series, from where, how large."""

    preset: str = ""
    series: str = ""
    camera: Camera = Camera()  # noqa: RUF009 - frozen
    size: tuple[int, int] = (800, 600)
    bone_removed: bool = False


def draw_picture(place: Path, file: Path, wish: Wish, shoot: Shoot, progress: Progress) -> str:
    """Write one 3D picture as PNG; return what it shows in one line.

    Raises:
        Declined: if there is no volume, or the picture cannot be written.
    """
    take, title = _take(place, wish, (wish.camera,), Part(progress, 0.0, 0.6))
    for frame in shoot(take, Part(progress, 0.6, 1.0)):
        write_picture(file, frame)
    return title


def draw_turntable(place: Path, file: Path, wish: Wish, shoot: Shoot, progress: Progress) -> str:
    """Write a movie once round the patient; return what it shows in one line.

    Raises:
        Declined: if there is no volume, or the movie cannot be written.
    """
    take, title = _take(place, wish, turntable(wish.camera, _ROUND), Part(progress, 0.0, 0.3))
    write_movie(file, shoot(take, Part(progress, 0.3, 1.0)), _PER_SECOND)
    return title


def _take(
    place: Path, wish: Wish, cameras: tuple[Camera, ...], progress: Progress
) -> tuple[Take, str]:
    if any(not SIZES[0] <= side <= SIZES[1] for side in wish.size):
        raise Declined(f"A picture has {SIZES[0]} to {SIZES[1]} pixels along each side.")
    series = _chosen(scan([place], Part(progress, 0.0, 0.2)), wish.series)
    volume = load(series, Part(progress, 0.2, 1.0))
    if not isinstance(volume, Volume):
        raise Declined(f"{series.title} is no volume, so there is no 3D of it.", code="no_volume")
    transfer = _transfer(wish.preset, volume)
    made = Take(
        volume=volume,
        look=SpaceLook(transfer, bone_removed=wish.bone_removed),
        window=_window(volume),
        cameras=cameras,
        size=wish.size,
        place=volume.geometry.centre,
        marks=_marks(series, volume, wish),
    )
    return made, f"{series.title}, {transfer.name}"


def _chosen(catalogue: Catalogue, key: str) -> Series:
    """Return the series that was named, else the volume with the most pictures."""
    volumes = [one for _, one in catalogue.all_series() if one.kind is SeriesKind.VOLUME]
    chosen = [one for one in volumes if key in ("", one.key, one.uid)]
    if not chosen:
        named = f" {key}" if key else ""
        raise Declined(f"There is no volume{named} there to be shown in 3D.", code="no_volume")
    return max(chosen, key=lambda one: (one.modality in _SCANS, len(one.instances)))


def _transfer(name: str, volume: Volume) -> Transfer:
    named = name or {"CT": "Lung and bone", "PT": "PET"}.get(volume.modality, "MR")
    found = [one for one in TRANSFERS if one.name.casefold() == named.casefold()]
    if not found:
        known = ", ".join(one.name for one in TRANSFERS)
        raise Declined(f"There is no preset {name}. There are: {known}.", code="no_preset")
    return found[0]


def _window(volume: Volume) -> Window:
    return volume.windows[0][1] if volume.windows else auto_window(volume)


def _marks(series: Series, volume: Volume, wish: Wish) -> tuple[str, ...]:
    synthetic = ("SYNTHETIC",) if series.synthetic or volume.synthetic else ()
    return (*synthetic, *(("BONE REMOVED: automatic, check",) if wish.bone_removed else ()))
