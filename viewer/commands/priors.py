"""The study before this one: found among what is open and what is listed, hung beside."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.files import first_to_show, open_series
from viewer.commands.hanging_up import hang_up, priors
from viewer.commands.looking import look_through
from viewer.core.progress import Progress
from viewer.core.study import Catalogue, Series, SeriesKind, Study
from viewer.session.arrange import Place
from viewer.session.hanging_traits import kind_of, orientation_of, words_of
from viewer.session.look import Layout, Look
from viewer.store.listed import Listed, Question
from viewer.store.shelf import Shelf

_MOST = 500


def like_it(series: Series, study: Study) -> Series | None:
    """Return the series of a study that is most like one of another; None without any.

    It must be of the same modality; kind, direction, body part and words of the description
    count, in this order.
    """
    same = [
        one
        for one in study.series
        if one.modality == series.modality and one.kind is not SeriesKind.OBJECT
    ]

    def likeness(one: Series) -> tuple[bool, bool, bool, int, int]:
        shared = set(words_of(one)) & set(words_of(series))
        return (
            kind_of(one) == kind_of(series),
            orientation_of(one) == orientation_of(series),
            one.body_part == series.body_part,
            len(shared),
            len(one.instances),
        )

    return max(same, key=likeness, default=None)


def hang_prior(desk: Desk) -> None:
    """Hang what is like the active image in the study before beside it; offer what is listed."""
    opened = desk.session.active_image
    if opened is None:
        return
    for prior in priors(desk, opened.study):
        if _hung_beside(desk, prior):
            return
    desk.runner.start(
        "Look for earlier studies",
        partial(_listed, desk.keeper.shelf, opened.study),
        partial(_offer, desk, opened.study),
        instead_of="priors",
    )


def _hung_beside(desk: Desk, prior: Study) -> bool:
    opened, hanging = desk.session.active_image, desk.session.hanging.value
    found = like_it(opened.series, prior) if opened is not None else None
    if opened is None or found is None:
        return False
    look, plain = hanging.cells[hanging.active], Look(viewing=hanging.cells[hanging.active].viewing)
    key = opened.group or opened.key
    hang_up(desk, Layout.TWO, (Place(0, key, look), Place(1, found.key, plain)), open_series)
    kept = replace(look, series_key=opened.key)
    desk.session.hanging.set(desk.session.hanging.value.changed(0, lambda _: kept))
    desk.session.say(f"On the right: {found.title} of {_day(prior.date)}.")
    return True


def _listed(shelf: Shelf, study: Study, progress: Progress) -> tuple[Listed, ...]:
    """Return the listed earlier studies of the same patient that are where they were."""
    progress.report(0.0, "looking")
    patient = study.patient
    if not patient.id:
        return ()
    page = shelf.studies.page(Question(text=patient.id, until=study.date), 0, _MOST)
    same = [
        one
        for one in page.studies
        if (one.patient_id, one.issuer) == (patient.id, patient.issuer)
        and one.uid != study.uid
        and one.date
        and (one.date, one.time) < (study.date, study.time)
        and one.place.exists()
    ]
    return tuple(sorted(same, key=lambda one: (one.date, one.time), reverse=True))


def _offer(desk: Desk, study: Study, found: tuple[Listed, ...]) -> None:
    if not found:
        desk.session.say("No earlier study of this patient is open or listed on this computer.")
        return
    words = tuple(one.title for one in found)

    def chosen(number: int) -> None:
        _open_beside(desk, study, found[number].place)

    desk.asker.ask_choice("Hang the prior beside", "Earlier studies of this patient", words, chosen)


def _open_beside(desk: Desk, study: Study, place: Path) -> None:
    """List what lies where an earlier study was, and hang it beside, if it is still there."""

    def listed(catalogue: Catalogue) -> None:
        desk.session.add_to_catalogue(catalogue)
        opened = desk.session.active_image
        if opened is None or opened.study.identity != study.identity:
            return
        if not any(_hung_beside(desk, prior) for prior in priors(desk, study)):
            desk.session.say("The earlier study has no images of this kind.", serious=True)

    look_through(desk, [place], listed, first_to_show)


def _day(stored: str) -> str:
    plain = len(stored) == 8 and stored.isdigit()
    return f"{stored[:4]}-{stored[4:6]}-{stored[6:]}" if plain else stored


COMMANDS: tuple[Command, ...] = (
    Command(
        id="hanging.prior",
        title="Hang the prior beside",
        help="Show the like of the active image in the study before, side by side.",
        menu="View/Hanging",
        key="Ctrl+B",
        run=hang_prior,
        allowed=lambda desk: desk.session.active_image is not None,
    ),
)
