"""How the active view looks, saved as a DICOM presentation state, and such states applied."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.key_images import object_folder, told_saved
from viewer.commands.measures import ground, put_all
from viewer.commands.stored import bring, is_stored, number_in, number_of_picture, shown_in
from viewer.commands.telling import tell
from viewer.core.errors import Declined
from viewer.core.presentation import Display, Presentation
from viewer.core.progress import Progress
from viewer.core.volume import Volume
from viewer.imaging.measuring import measured
from viewer.io.drawings import drawings_of
from viewer.session.images import OpenImage
from viewer.session.look import Look
from viewer.session.presenting import display_of, look_of
from viewer.session.taking_over import taken_over


def state_of(desk: Desk, *, graphics_only: bool = False) -> Presentation:
    """Return the active view as a presentation state of the pictures of its series.

    Raises:
        Declined: if it shows no stored pictures, or there is nothing to save.
    """
    session = desk.session
    cell = session.hanging.value.active
    opened, look = session.active_image, session.hanging.value.cells[cell]
    number = number_in(desk, cell)
    if opened is None or number is None:
        raise Declined(
            "A presentation state is about stored pictures, and this view shows none: choose a "
            "view along the acquisition, without a slab."
        )
    said = session.record.value.of(frozenset({opened.key})).measurements
    drawings, left_out = drawings_of(said, opened.series)
    if graphics_only and not drawings:
        raise Declined("There are no measurements on stored pictures to be saved as graphics.")
    if left_out:
        names = ", ".join(f"{one.kind.value} {one.label}".strip() for one in left_out)
        session.say(
            f"No stored picture touches these, so they are not in the file: {names}.", serious=True
        )
    display = Display()
    if not graphics_only:
        window = session.window_of(look)
        display = display_of(opened, look, number, window, session.planes.value)
    pictures = tuple((one.sop_instance_uid, one.frame) for one in opened.series.instances)
    shown = shown_in(desk, cell)
    shutters = next((p.shutters for p in session.presentations.value if shown in p.pictures), ())
    return Presentation(
        id="",
        label="GRAPHICS" if graphics_only else "PRESENTATION",
        pictures=pictures,
        display=replace(display, inverted=_inverted(opened)) if graphics_only else display,
        drawings=drawings,
        shutters=() if graphics_only else shutters,
        description=opened.series.title,
        creator=session.reader.name,
        graphics_only=graphics_only,
    )


def _inverted(opened: OpenImage) -> bool:
    image = opened.image
    return image.inverted if isinstance(image, Volume) else image.frames[0].inverted


def save_state(desk: Desk, folder: Path, *, graphics_only: bool = False) -> None:
    """Save the active view as a presentation state below a folder."""
    from viewer.io.save_objects import save_presentation

    state, opened = state_of(desk, graphics_only=graphics_only), desk.session.active_image
    if opened is None:
        return
    what = "graphics" if graphics_only else "presentation"
    goal = folder / object_folder(opened.study, what)
    desk.runner.start(
        f"Save {what} of {opened.series.title}",
        partial(save_presentation, goal, state, opened.series, opened.study.patient.id),
        partial(told_saved, desk, opened.study.uid),
        failed=partial(tell, desk),
    )


def apply(desk: Desk, key: str, state: Presentation) -> None:
    """Show a series as a presentation state wants it, in the active view."""
    session = desk.session
    opened = session.images.value.get(key)
    if opened is None:
        return
    wanted = [*state.drawings, *state.pictures]
    places = ((number_of_picture(opened, shown), shown) for shown in wanted)
    first = next(((n, shown) for n, shown in places if n is not None), None)
    if first is None:
        session.say(f"None of the pictures of {state.label} is in {opened.series.title}.")
        return
    number, shown = first
    session.presentations.set((*_without(session.presentations.value, state.id), state))
    cell, display = session.hanging.value.active, state.of(shown)

    def as_wanted(look: Look) -> Look:
        return look_of(opened, replace(look, series_key=key), number, display)

    session.hanging.set(session.hanging.value.changed(cell, as_wanted))
    bring(desk, opened, number)
    by = f" by {state.creator}" if state.creator else ""
    when = f", {state.made_at}" if state.made_at else ""
    more = " ".join(dict.fromkeys(notice.sentence for notice in state.notices))
    session.say(
        f"Shown as the presentation state {state.label}{by}{when} wants it. {more}".strip(),
        serious=bool(more),
    )


def _without(states: tuple[Presentation, ...], id_: str) -> tuple[Presentation, ...]:
    return tuple(one for one in states if one.id != id_)


def take_off(desk: Desk) -> None:
    """Take all presentation states off; windows and turns stay until they are reset."""
    desk.session.presentations.set(())


def take_over(desk: Desk) -> None:
    """Measure what presentation states draw on the active series as figures of the reader."""
    session, opened = desk.session, desk.session.active_image
    if opened is None:
        return
    said = session.record.value.measurements
    taken = taken_over(opened, session.presentations.value, said, session.reader)
    figures = []
    for figure in taken.figures:
        volume, ruler = ground(desk, figure)
        figures.append(measured(figure, volume, ruler))
    if figures:
        put_all(desk, "Take over graphics", figures)
    count = "1 figure" if len(figures) == 1 else f"{len(figures)} figures"
    left = ", ".join(f"{number} {kind}" for kind, number in taken.left)
    words = f"{count} taken over as own measurements."
    more = f" Left, as no figure is like them: {left}." if left else ""
    session.say(words + more, serious=bool(left) or not figures)


def _has_graphics(desk: Desk) -> bool:
    opened = desk.session.active_image
    return opened is not None and any(one.drawings for one in desk.session.presentations.value)


def save_view(desk: Desk, folder: Path) -> None:
    """Save the active view as a DICOM picture below a folder."""
    session, window = desk.session, desk.window
    opened, cell = session.active_image, session.hanging.value.active
    if opened is None or window is None:
        return
    shown = shown_in(desk, cell)
    work = partial(
        _save_view,
        folder / object_folder(opened.study, "view"),
        window.snapshot(cell),
        opened,
        () if shown is None else (shown,),
        session.shown.value.texts,
    )
    desk.runner.start(
        f"Save the view of {opened.series.title}",
        work,
        partial(told_saved, desk, opened.study.uid),
        failed=partial(tell, desk),
    )


def _save_view(
    folder: Path,
    png: bytes,
    opened: OpenImage,
    shown: tuple[tuple[str, int], ...],
    named: bool,  # noqa: FBT001 - comes from a partial
    progress: Progress,
) -> Path:
    from PIL import Image

    from viewer.io.save_objects import save_capture
    from viewer.io.secondary_capture import Capture

    with Image.open(io.BytesIO(png)) as picture:
        pixels = np.asarray(picture.convert("RGB"), dtype=np.uint8)
    capture = Capture(pixels, named, shown, description=f"View of {opened.series.title}")
    return save_capture(folder, capture, opened.series, opened.study.patient.id, progress)


def _ask_folder(desk: Desk, *, graphics_only: bool) -> None:
    state_of(desk, graphics_only=graphics_only)
    start = desk.settings.paths.results or desk.settings.start_folder
    then = partial(_save_in, desk, graphics_only)
    desk.asker.choose_folder("Save presentation state in", start, then)


def _save_in(desk: Desk, graphics_only: bool, folder: Path) -> None:  # noqa: FBT001 - partial
    try:
        save_state(desk, folder, graphics_only=graphics_only)
    except Declined as why:
        desk.session.say(str(why), serious=True)


def _ask_view(desk: Desk) -> None:
    start = desk.settings.paths.results or desk.settings.start_folder
    desk.asker.choose_folder("Save the view in", start, partial(save_view, desk))


def _is_dicom(desk: Desk) -> bool:
    opened = desk.session.active_image
    return opened is not None and opened.series.format == "DICOM"


def _has_figures(desk: Desk) -> bool:
    return is_stored(desk) and bool(desk.session.record.value.measurements)


COMMANDS: tuple[Command, ...] = (
    Command(
        id="presentations.save",
        title="Save presentation state…",
        help="Save window, zoom, turns and measurements of the active view as DICOM GSPS.",
        menu="File",
        run=partial(_ask_folder, graphics_only=False),
        allowed=is_stored,
    ),
    Command(
        id="presentations.save_graphics",
        title="Save graphics only…",
        help="Save the measurements of the active series as DICOM GSPS, without a window.",
        menu="File",
        run=partial(_ask_folder, graphics_only=True),
        allowed=_has_figures,
    ),
    Command(
        id="presentations.save_view",
        title="Save view as DICOM picture…",
        help="Save the active view as it is on screen as a DICOM secondary capture.",
        menu="File",
        run=_ask_view,
        allowed=_is_dicom,
    ),
)
LOOKING: tuple[Command, ...] = (
    Command(
        id="presentations.take_over",
        title="Take over graphics as measurements",
        help="Measure the lines, circles and texts of presentation states as figures of your own.",
        menu="Measure",
        run=take_over,
        allowed=_has_graphics,
    ),
    Command(
        id="presentations.take_off",
        title="Take presentation states off",
        help="Show no graphics and shutters of presentation states any more.",
        menu="View",
        run=take_off,
        allowed=lambda desk: bool(desk.session.presentations.value),
    ),
)
