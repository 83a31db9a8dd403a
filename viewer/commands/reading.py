"""Let models read the active image, each in a process of its own.

Ctrl+R asks every model whether it takes the image. Of several the reader chooses, once for each
kind of image; a model that its card calls experimental runs only when it is chosen.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.ai.external.exchange import Exchange
from viewer.ai.offer import Offer
from viewer.ai.readers import READERS, Inputs, Reader
from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.improving import keeps_crops
from viewer.commands.known_readers import KnownReaders
from viewer.commands.learning import hold_crops
from viewer.commands.reading_inputs import (
    Gathered,
    bytes_to_load,
    companions,
    front,
    gather,
    inputs_of,
    unchanged,
    voxels_of,
)
from viewer.commands.reading_words import caution, outcome
from viewer.commands.telling import tell
from viewer.core.progress import Progress
from viewer.core.volume import Volume
from viewer.io.exchange import read_from_program, write_for_program
from viewer.jobs.job import Lane
from viewer.session.finding_list import source_of
from viewer.session.images import OpenImage
from viewer.session.operating import Expected, Operating
from viewer.session.second_reading import when_seen
from viewer.session.worked_list import take_point
from viewer.settings import data_folder

if TYPE_CHECKING:
    from viewer.ai.reading import Reading

_Then = Callable[[tuple[Offer, ...]], None]


# -- whom to ask --------------------------------------------------------------------------------


def run_second_reader(desk: Desk) -> None:
    """Let the model read that takes the active image; ask which where there are several.

    Raises:
        Declined: if there is no whole image as it was acquired.
    """
    opened = front(desk)
    _ask(desk, opened, partial(_decide, desk, opened))


def choose_reader(desk: Desk) -> None:
    """Ask which model is to read the active image, and keep the answer for its kind.

    Raises:
        Declined: if there is no whole image as it was acquired.
    """
    opened = front(desk)
    _ask(desk, opened, partial(_choose, desk, opened))


def read_with(desk: Desk, id_: str) -> None:
    """Let one model read the active image.

    Raises:
        Declined: if there is no whole image as it was acquired.
    """
    opened = front(desk)

    def answered(all_: tuple[Offer, ...]) -> None:
        offer = next((one for one in all_ if one.id == id_), None)
        if offer is not None and offer.taken:
            _begin(desk, opened, offer)
        else:
            reason = "This model reads no images by itself." if offer is None else offer.reason
            desk.session.say(reason, serious=True)

    _ask(desk, opened, answered)


def _ask(desk: Desk, opened: OpenImage, then: _Then) -> None:
    """Ask all models about an image, in a job: the first time they are imported."""

    def answered(found: tuple[Offer, ...]) -> None:
        desk.readers.set(KnownReaders(opened.image, found))
        if unchanged(desk.session, opened):
            then(found)

    desk.runner.start(
        f"Second reader: which models take {opened.series.title}",
        partial(ask_all, inputs_of(opened), own_models()),
        answered,
        instead_of="ask models",
        failed=partial(tell, desk),
        belongs_to=opened.study.uid,
    )


def ask_all(inputs: Inputs, own: Path, progress: Progress) -> tuple[Offer, ...]:
    """Ask every model whether it takes an image."""
    from viewer.ai.asking import offers

    progress.report(0.0, "models")
    return offers(inputs, own)


def own_models() -> Path:
    """Return where the reader's own models are kept."""
    return data_folder() / "models"


def _decide(desk: Desk, opened: OpenImage, all_: tuple[Offer, ...]) -> None:
    taken = [one for one in all_ if one.taken]
    kept = desk.settings.second_reader.models.get(opened.image.modality)
    remembered = [one for one in taken if one.id == kept]
    able = [one for one in taken if one.by_itself]
    if remembered or len(able) == 1:
        _begin(desk, opened, (remembered or able)[0])
    elif taken:
        _choose(desk, opened, all_)
    else:
        desk.session.say(_why_none(opened, all_), serious=True)


def _why_none(opened: OpenImage, all_: tuple[Offer, ...]) -> str:
    """Return the reason of the model that was made for this kind of image, if there is one."""
    kind = opened.image.modality
    made_for = {one.id for one in READERS if kind in one.modalities}
    near = [one.reason for one in all_ if one.id in made_for or not one.built_in]
    if len(all_) == 1:
        near = [all_[0].reason]
    if len(near) == 1:
        return near[0]
    return "No model of this computer takes this image; Findings > Read with… tells why."


def _choose(desk: Desk, opened: OpenImage, all_: tuple[Offer, ...]) -> None:
    ordered = sorted(all_, key=lambda one: (not one.taken, one.experimental))

    def chosen(number: int) -> None:
        offer = ordered[number]
        if not offer.taken:
            desk.session.say(offer.reason, serious=True)
            return
        _remember(desk, opened.image.modality, offer)
        _begin(desk, opened, offer)

    words = [_described(desk, one) for one in ordered]
    desk.asker.ask_choice("Read with", "Models of this computer", words, chosen)


def _described(desk: Desk, offer: Offer) -> str:
    said = desk.words
    marks = [said("experimental")] if offer.experimental else []
    marks += [said("non-commercial use only")] if offer.non_commercial else []
    about = offer.help if offer.taken else offer.reason
    title = said(offer.title) + (f" ({', '.join(marks)})" if marks else "")
    sign = "" if offer.taken else "✗ "
    return f"{sign}{title}: {said(about)}"


def _remember(desk: Desk, modality: str, offer: Offer) -> None:
    section = desk.settings.second_reader
    models = {**section.models, modality: offer.id}
    desk.settings = desk.settings.model_copy(
        update={"second_reader": section.changed(models=models)}
    )


# -- reading --------------------------------------------------------------------------------------


def _begin(desk: Desk, opened: OpenImage, offer: Offer) -> None:
    """Load what the model takes along, then let it read."""
    wanted = companions(desk, opened, offer)
    desk.runner.start(
        f"Second reader: load for {offer.title}",
        partial(gather, opened, wanted),
        partial(_read, desk, opened, offer),
        instead_of=f"second reader {offer.id} {opened.key}",
        failed=partial(tell, desk),
        cancelled=partial(desk.session.say, "The second reader was stopped."),
        belongs_to=opened.study.uid,
        needs_bytes=bytes_to_load(wanted),
    )


def _read(desk: Desk, opened: OpenImage, offer: Offer, gathered: Gathered) -> None:
    if not unchanged(desk.session, opened):
        return
    from viewer.ai.asking import Request, read

    for sentence in gathered.left_out:
        desk.session.say(sentence, serious=True)
    request = Request(
        offer.id,
        gathered.inputs,
        own_models(),
        gathered.sources,
        learned=desk.learned.value,
        keep_crops=keeps_crops(desk),
        exchange=Exchange(write_for_program, read_from_program),
    )
    desk.runner.start(
        f"Second reader: {offer.title}, {opened.series.title}",
        partial(read, request),
        partial(_came, desk, opened, offer),
        lane=Lane.PROCESS,
        instead_of=f"second reader {offer.id} {opened.key}",
        failed=partial(tell, desk),
        cancelled=partial(desk.session.say, "The second reader was stopped."),
        belongs_to=opened.study.uid,
        needs_bytes=round(voxels_of(gathered.inputs) * offer.times_voxels),
    )


def _came(desk: Desk, opened: OpenImage, offer: Offer, reading: Reading) -> None:
    """Take in what a model made, unless the image is another one by now."""
    session = desk.session
    if not unchanged(session, opened):
        return
    author = reading.author.name
    if keeps_crops(desk):  # the reader may have taken it back meanwhile
        hold_crops(desk, reading.crops)
    record = session.record.value.with_reading(
        opened.key,
        reading.author.as_it_came,
        reading.findings,
        reading.segmentations,
        reading.assessments,
    )
    if reading.findings:
        point = source_of(reading.author), reading.threshold, _operating(reading)
        when_seen(session, opened.key, partial(take_point, session, *point))
    session.do("Second reader", record)
    session.maps.set(session.maps.value.with_reading(opened.key, author, reading.maps))
    if session.ai_hidden(opened.key):
        session.say("The second reader has read; its results stay hidden until you have.")
        return
    for notice in reading.notices:
        session.say(notice.sentence, serious=True)
    if caution(offer):
        session.say(caution(offer), serious=True)
    if reading.assessments and not reading.findings:
        session.selected.set(reading.assessments[0].id)
    session.say(outcome(offer, reading))


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


# -- commands -------------------------------------------------------------------------------------


def _fits(reader: Reader, desk: Desk) -> bool:
    return not _reason(reader, desk)


def _reason(reader: Reader, desk: Desk) -> str:
    """Say why a model cannot read the active image, as far as that is known without asking it."""
    opened = desk.session.active_image
    if opened is None:
        return "No image is open."
    said = desk.readers.value.of(opened.image, reader.id)
    if said is not None:
        return said.reason
    volume = isinstance(opened.image, Volume)
    if reader.kind != "any" and volume != (reader.kind == "volume"):
        return f"{reader.title} needs {'a volume' if not volume else 'single pictures'}."
    if opened.image.modality in (*reader.modalities, "", "OT"):
        return ""
    return f"{reader.title} was made for {', '.join(reader.modalities)}."


def _has_image(desk: Desk) -> bool:
    return desk.session.active_image is not None


def _read_with_chosen(desk: Desk) -> None:
    model = desk.models.value.current
    if model is not None:
        read_with(desk, model.id)


def _can_read_with_chosen(desk: Desk) -> bool:
    return _has_image(desk) and desk.models.value.current is not None


def _jobs(desk: Desk) -> list[str]:
    return [job.title for job in desk.runner.jobs]


def _cancel_all(desk: Desk) -> None:
    for job in desk.runner.jobs:
        job.cancel()


def _with(reader: Reader) -> Command:
    return Command(
        id=f"reading.with_{reader.id}",
        title=f"Read with: {reader.title}",
        help=reader.help,
        menu="Findings/Read with",
        run=lambda desk: read_with(desk, reader.id),
        allowed=partial(_fits, reader),
        why=partial(_reason, reader),
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        id="reading.run",
        title="Run second reader",
        help="Let the model that takes the active image look at it, in the background.",
        menu="Findings",
        key="Ctrl+R",
        run=run_second_reader,
        allowed=_has_image,
        icon="second_reader",
    ),
    Command(
        id="reading.choose",
        title="Read with…",
        help="Choose which model looks at the active image; experimental ones are among them.",
        menu="Findings",
        key="Ctrl+Shift+R",
        run=choose_reader,
        allowed=_has_image,
    ),
    Command(
        id="reading.chosen",
        title="Read with this model",
        help="Let the model that is chosen in the panel Models look at the active image.",
        menu="Findings",
        run=_read_with_chosen,
        allowed=_can_read_with_chosen,
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
    *map(_with, READERS),
)
