"""3D pictures and movies as files: drawn and written in the background."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from viewer.commands.command import Command
from viewer.commands.desk import Desk, Shoot
from viewer.commands.flying import chosen_path
from viewer.commands.space import has_space, in_space, look_in_space
from viewer.commands.telling import tell
from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.core.volume import Volume
from viewer.session.camera import Camera
from viewer.session.flight import cameras_along
from viewer.session.take import MOST_FRAMES, SIZES, Take, turntable

PER_SECOND = 15.0
_ROUND = 72
_MOVIE = (640, 640)
_PICTURE = (1600, 1200)


def make_movie(path: Path, take: Take, shoot: Shoot, progress: Progress) -> int:
    """Draw and write a movie; return how many pictures it has.

    Raises:
        Declined: if it cannot be written.
        Cancelled: if nobody wants it any more; then nothing is left of it.
    """
    from viewer.io.movie import write_movie

    return write_movie(path, shoot(take, progress), PER_SECOND)


def make_picture(path: Path, take: Take, shoot: Shoot, progress: Progress) -> None:
    """Draw and write one picture."""
    from viewer.io.movie import write_picture

    for frame in shoot(take, progress):
        write_picture(path, frame)


def take_of(desk: Desk, cameras: Sequence[Camera], size: tuple[int, int]) -> Take:
    """Put aside what the 3D view shows.

    Raises:
        Declined: if no volume is shown in 3D.
    """
    session, opened, look = desk.session, in_space(desk), look_in_space(desk)
    if opened is None or not isinstance(opened.image, Volume):
        raise Declined("No volume is shown in 3D.")
    if not opened.is_whole:
        raise Declined("3D follows when all slices are there.", code="loading")
    shown, said = session.shown.value, session.record.value.segmentations
    findings = session.visible_findings() if shown.findings else ()
    own = (item for item in said if item.series_key == opened.key and item.status != "rejected")
    return Take(
        volume=opened.image,
        look=look.space,
        window=session.window_of(look),
        cameras=tuple(cameras),
        size=size,
        place=session.place.value.position,
        segmentations=tuple(own) if shown.segments else (),
        hidden=session.hidden.value,
        findings=tuple(item for item in findings if item.series_key == opened.key),
        selected=session.selected.value,
        sides_known=all(one.code != "unknown_orientation" for one in opened.notices),
        marks=desk.warnings(session, opened, look.space),
    )


def size_in(text: str) -> tuple[int, int]:
    """Read a size such as "1600 x 1200".

    Raises:
        Declined: if it is none, or too small or too large.
    """
    found = re.fullmatch(r"\s*(\d{1,5})\s*[x×*, ]\s*(\d{1,5})\s*", text, re.IGNORECASE)
    width, height = (int(found[1]), int(found[2])) if found else (0, 0)
    if not all(SIZES[0] <= side <= SIZES[1] for side in (width, height)):
        raise Declined(f"A size is two numbers from {SIZES[0]} to {SIZES[1]}, as in 1600 x 1200.")
    return width, height


def _picture(desk: Desk) -> None:
    take_of(desk, (look_in_space(desk).camera,), _PICTURE)
    desk.asker.ask_text(
        "Save 3D picture", "Width and height in pixels:",
        f"{_PICTURE[0]} x {_PICTURE[1]}", partial(_picture_of_size, desk),
    )  # fmt: skip


def _picture_of_size(desk: Desk, text: str) -> None:
    try:
        take = take_of(desk, (look_in_space(desk).camera,), size_in(text))
    except Declined as why:
        desk.session.say(str(why), serious=True)
        return
    start = desk.settings.start_folder / "3d.png"
    desk.asker.choose_name("Save 3D picture", start, partial(save_picture, desk, take))


def save_picture(desk: Desk, take: Take, path: Path) -> None:
    """Draw and write a 3D picture in the background."""
    path = path if path.suffix.lower() == ".png" else path.with_name(f"{path.name}.png")
    _start(desk, path, partial(make_picture, path, take, desk.shoot))


def _turntable(desk: Desk) -> None:
    _movie(desk, "turntable.gif", turntable(look_in_space(desk).camera, _ROUND))


def _fly(desk: Desk) -> None:
    cameras = cameras_along(chosen_path(desk))
    step = max(1, -(-len(cameras) // MOST_FRAMES))
    _movie(desk, "flight.mp4", cameras[::step])


def _movie(desk: Desk, name: str, cameras: Sequence[Camera]) -> None:
    take = take_of(desk, cameras, _MOVIE)
    desk.asker.choose_name(
        "Save movie (.gif or .mp4)",
        desk.settings.start_folder / name,
        partial(save_movie, desk, take),
    )


def save_movie(desk: Desk, take: Take, path: Path) -> None:
    """Draw and write a movie in the background."""
    _start(desk, path, partial(make_movie, path, take, desk.shoot))


def _start(desk: Desk, path: Path, work: Callable[[Progress], object]) -> None:
    opened = in_space(desk)
    desk.runner.start(
        f"Write {path.name}",
        work,
        lambda _: desk.session.say(f"Saved: {path}"),
        failed=partial(tell, desk),
        belongs_to=opened.study.uid if opened is not None else "",
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        id="space.picture",
        title="Save 3D picture…",
        help="Draw the 3D view at a chosen size and write it as PNG.",
        menu="3D",
        run=_picture,
        allowed=has_space,
    ),
    Command(
        id="space.turntable",
        title="Save turntable movie…",
        help="Turn once round the patient and write it as a GIF or MP4 movie.",
        menu="3D",
        run=_turntable,
        allowed=has_space,
    ),
    Command(
        id="space.fly_movie",
        title="Save movie of the flight…",
        help="Fly along the chosen line and write it as a GIF or MP4 movie.",
        menu="3D",
        run=_fly,
        allowed=has_space,
    ),
)
