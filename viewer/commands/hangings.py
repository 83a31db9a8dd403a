"""How studies are hung: by a protocol, by hand, and back to what was seen before."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.files import open_series
from viewer.commands.hanging_up import hang_as, hang_up, priors
from viewer.commands.telling import tell
from viewer.commands.windows import has_image
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Progress
from viewer.core.study import Study
from viewer.session.arrange import side_by_side
from viewer.session.hanging_example import by_example
from viewer.session.hanging_files import (
    LARGEST_FILE,
    MOST_PROTOCOLS,
    exported,
    imported,
    understood,
    with_shipped,
    written,
)
from viewer.session.hanging_rules import LONGEST_NAME, Fit, Protocol, best
from viewer.session.hanging_traits import candidates_of
from viewer.session.look import SECOND, Layout, Look
from viewer.session.second_reading import seen_part
from viewer.store.shelf import Shelf


def protocols_of(shelf: Shelf) -> tuple[Protocol, ...]:
    """Return the reader's list as it was kept; what cannot be understood is left out.

    Raises:
        Declined: if the database cannot be read.
    """
    kept = []
    for text in shelf.hangings.all():
        try:
            kept.append(understood(text))
        except Unreadable:
            continue
    return with_shipped(kept)


def keep_protocols(desk: Desk, protocols: Sequence[Protocol]) -> None:
    """Use these protocols from now on, in this order, and keep them."""
    desk.protocols.set(tuple(protocols))
    texts = [written(one) for one in protocols]
    desk.keeper.write(lambda: desk.keeper.shelf.hangings.keep(texts))


def add_protocols(desk: Desk, more: Sequence[Protocol]) -> None:
    """Put protocols at the top of the list.

    Raises:
        Declined: if the list would grow too long.
    """
    both = (*more, *desk.protocols.value)
    if len(both) > MOST_PROTOCOLS:
        raise Declined(f"There is room for {MOST_PROTOCOLS} protocols: delete some first.")
    keep_protocols(desk, both)


def export_to(desk: Desk, path: Path, protocols: Sequence[Protocol]) -> None:
    """Write protocols to a file."""

    def write(progress: Progress) -> None:
        progress.report(0.0, path.name)
        try:
            path.write_text(exported(protocols), "utf-8")
        except OSError as error:
            why = error.strerror or error
            raise Declined(f"{path} could not be written: {why}.", code="write_failed") from error

    def done(_: None) -> None:
        desk.session.say(f"The hanging protocols are in {path.name}.")

    desk.runner.start(f"Write {path.name}", write, done, failed=lambda f: tell(desk, f))


def import_from(desk: Desk, path: Path) -> None:
    """Read protocols from a file and put them at the top of the list."""

    def read(progress: Progress) -> tuple[Protocol, ...]:
        progress.report(0.0, path.name)
        try:
            with path.open("rb") as file:
                return imported(file.read(LARGEST_FILE + 1))
        except OSError as error:
            why = error.strerror or error
            raise Unreadable(f"{path} could not be read: {why}.", code="unreadable") from error

    def done(found: tuple[Protocol, ...]) -> None:
        try:
            add_protocols(desk, found)
        except Declined as why:
            desk.session.say(str(why), serious=True)
            return
        count = "1 protocol was" if len(found) == 1 else f"{len(found)} protocols were"
        desk.session.say(f"{count} read from {path.name}.")

    desk.runner.start(f"Read {path.name}", read, done, failed=lambda f: tell(desk, f))


def _use_example(desk: Desk) -> None:
    """Make a protocol of what hangs now and open it to be looked over."""
    made = by_example(desk.session, "Like this")
    opened = desk.session.active_image
    if made is None or opened is None:
        return
    words = f"{opened.series.modality} {opened.study.description}".strip() or "Like this"
    plain = "".join(sign for sign in words if sign.isprintable())[:LONGEST_NAME]

    def named(name: str) -> None:
        protocol = by_example(desk.session, name.strip()[:LONGEST_NAME] or plain)
        if protocol is None:
            return
        add_protocols(desk, (protocol,))
        desk.session.say(f"Studies like this are hung as “{protocol.name}” from now on.")
        if desk.window is not None:
            desk.window.open_tool("hangings")

    desk.asker.ask_text("Use this arrangement", "Name of the hanging protocol", plain, named)


def _open_list(desk: Desk) -> None:
    if desk.window is not None:
        desk.window.open_tool("hangings")


def fits_now(desk: Desk) -> tuple[Fit, ...]:
    """Return the protocols that fit the active study now, the best first."""
    opened = desk.session.active_image
    if opened is None:
        return ()
    study = _listed(desk, opened.study)
    return best(desk.protocols.value, study, priors(desk, study))


def _listed(desk: Desk, study: Study) -> Study:
    """Return a study as it is listed now."""
    studies = desk.session.catalogue.value.studies
    listed = next((one for one in studies if one.identity == study.identity), study)
    return seen_part(desk.session, listed)


def _hang_otherwise(desk: Desk) -> None:
    """Offer the protocols that fit, and one series in all views."""
    fits, opened = fits_now(desk), desk.session.active_image
    if opened is None:
        return
    words = (
        *(f"{one.protocol.name} — {one.why}" for one in fits),
        "The active series in all views",
    )

    def chosen(number: int) -> None:
        if number < len(fits):
            hang_as(desk, fits[number], open_series)
            return
        if desk.session.hanging.value.layout.cells > Layout.FOUR.cells:
            desk.session.hanging.set(desk.session.hanging.value.laid_out(Layout.FOUR))
        desk.session.show(opened)

    desk.asker.ask_choice("Hang otherwise", "Protocols that fit this study", words, chosen)


def _why(desk: Desk) -> None:
    """Show which protocols fit and why, what they hang, and what hangs nowhere."""
    parts = []
    for one in fits_now(desk):
        slots = zip(one.protocol.slots, one.hung, strict=True)
        rows = "".join(
            f"<li>View {n}: {escape(hung.series.title) if hung else 'empty'}. "
            f"{escape(' '.join(asked.sentence for asked in slot.asks))}"
            f"{' Of an earlier study.' if slot.earlier else ''}</li>"
            for n, (slot, hung) in enumerate(slots, start=1)
        )
        head = f"<h3>{escape(one.protocol.name)}</h3><p>{escape(one.why.capitalize())}</p>"
        parts.append(f"{head}<ul>{rows}</ul><p>{escape(one.left_out)}</p>")
    body = "".join(parts) or "<p>No protocol fits this study; one series takes all views.</p>"
    desk.asker.show_page("Why it hangs like this", body)


def _hang_all(desk: Desk) -> None:
    """Hang every series of the active study in a view of its own."""
    opened = desk.session.active_image
    if opened is None:
        return
    found = candidates_of(_listed(desk, opened.study))
    keys = tuple(dict.fromkeys(one.series.key for one in found))
    layout, places = side_by_side(keys)
    hang_up(desk, layout, places, open_series)
    left = [one.series.title for one in found if one.series.key in keys[layout.cells :]]
    if left:
        names = ", ".join(left[:3]) + (f" and {len(left) - 3} more" if len(left) > 3 else "")
        desk.session.say(f"There is no view left for {names}.", serious=True)


def _empty(desk: Desk) -> None:
    hanging = desk.session.hanging.value
    desk.session.hanging.set(
        hanging.changed(hanging.active, lambda look: Look(viewing=look.viewing))
    )


def _swap(desk: Desk) -> None:
    hanging = desk.session.hanging.value
    shown = hanging.shown
    if hanging.active in shown and len(shown) > 1:
        other = shown[(shown.index(hanging.active) + 1) % len(shown)]
        desk.session.hanging.set(hanging.swapped(hanging.active, other))


def _pick_grid(desk: Desk) -> None:
    if desk.window is not None:
        desk.window.open_tool("grid")


def second_window(desk: Desk) -> None:
    """Open a second window with a view of its own, or close it."""
    hanging = desk.session.hanging.value
    if hanging.second is not None:
        desk.session.hanging.set(hanging.with_second(None))
        return
    opened = hanging.with_second(Layout.ONE)
    if not opened.look(SECOND).series_key and hanging.look(hanging.active).series_key:
        shown = hanging.look(hanging.active)
        opened = opened.changed(SECOND, lambda _: shown)
    desk.session.hanging.set(opened)


def _back(desk: Desk) -> None:
    desk.sights.back()


def _forward(desk: Desk) -> None:
    desk.sights.forward()


COMMANDS: tuple[Command, ...] = (
    Command(
        id="layout.grid",
        title="Grid…",
        help="Choose a grid of up to four rows of six views.",
        menu="View/Layout",
        key="Ctrl+5",
        run=_pick_grid,
    ),
    Command(
        id="view.swap",
        title="Change places with the next view",
        help="Put what hangs in the active view into the next one, and the other way round.",
        menu="View/Layout",
        key="Ctrl+Shift+X",
        run=_swap,
        allowed=lambda desk: len(desk.session.hanging.value.shown) > 1,
    ),
    Command(
        id="view.empty",
        title="Empty view",
        help="Take the image out of the active view; it stays open.",
        menu="View/Layout",
        key="Ctrl+Del",
        run=_empty,
        allowed=has_image,
    ),
    Command(
        id="view.second",
        title="Second window",
        help="Show views in a second window, on another screen, or close it.",
        menu="View/Layout",
        key="Ctrl+Alt+2",
        run=second_window,
        checked=lambda desk: desk.session.hanging.value.second is not None,
    ),
    Command(
        id="view.back",
        title="Back to what was seen before",
        help="Look as before the last change of arrangement, window, zoom or place.",
        menu="View",
        key="Shift+F7",
        run=_back,
        allowed=lambda desk: desk.sights.can_go_back,
    ),
    Command(
        id="view.forward",
        title="Forward again",
        help="Look as before going back.",
        menu="View",
        key="Shift+F8",
        run=_forward,
        allowed=lambda desk: desk.sights.can_go_forward,
    ),
    Command(
        id="hanging.use_example",
        title="Use this arrangement for studies like this…",
        help="Make a hanging protocol of what hangs where now.",
        menu="View/Hanging",
        run=_use_example,
        allowed=has_image,
    ),
    Command(
        id="hanging.list",
        title="Hanging protocols…",
        help="See, change, order, import and export the hanging protocols.",
        menu="View/Hanging",
        run=_open_list,
    ),
    Command(
        id="hanging.other",
        title="Hang otherwise…",
        help="Choose among the protocols that fit the active study.",
        menu="View/Hanging",
        key="Ctrl+H",
        run=_hang_otherwise,
        allowed=has_image,
    ),
    Command(
        id="hanging.why",
        title="Why it hangs like this",
        help="Show which protocols fit the active study, why, and what hangs nowhere.",
        menu="View/Hanging",
        key="Shift+F9",
        run=_why,
        allowed=has_image,
    ),
    Command(
        id="hanging.all",
        title="Hang all series of the study",
        help="Give every series of the active study a view of its own.",
        menu="View/Hanging",
        key="Ctrl+6",
        run=_hang_all,
        allowed=has_image,
    ),
)
