"""Ask for a map of what a network's chosen answer hangs on; it is tried before it is shown."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.ai.offer import Offer
from viewer.ai.readers import Inputs
from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.reading import ask_all, own_models
from viewer.commands.reading_inputs import (
    Gathered,
    bytes_to_load,
    companions,
    gather,
    inputs_of,
    unchanged,
    voxels_of,
)
from viewer.commands.telling import tell
from viewer.core.assessment import Assessment
from viewer.core.errors import Declined
from viewer.core.finding import Finding
from viewer.core.progress import Progress
from viewer.jobs.job import Lane
from viewer.session.images import OpenImage
from viewer.session.worked_list import item_of

if TYPE_CHECKING:
    from viewer.ai.explaining.explained import Explained

_About = Finding | Assessment
_TITLES = {"occlusion": "hiding parts", "gradcam": "Grad-CAM", "ig": "integrated gradients"}
_STOPPED = "The explanation was stopped."


def explain_chosen(desk: Desk, method: str) -> None:
    """Explain the chosen answer of a network in the background.

    Raises:
        Declined: if nothing of a model is chosen, or its image is not open or not all there.
    """
    about = item_of(desk.session, desk.session.selected.value)
    if about is None or not about.author.is_model:
        raise Declined("Choose what a model said first.", code="no_finding")
    opened = desk.session.images.value.get(about.series_key)
    if opened is None:
        raise Declined("The image of this result is not open.", code="no_volume")
    if opened.key in desk.loadings or not opened.is_whole:
        raise Declined("Not all of this series is loaded.", code="loading")
    desk.runner.start(
        "Explain: which model said it",
        partial(ask_all, inputs_of(opened), own_models()),
        partial(_load, desk, opened, about, method),
        instead_of=f"explain {about.id}",
        failed=partial(tell, desk),
        belongs_to=opened.study.uid,
    )


def _load(
    desk: Desk, opened: OpenImage, about: _About, method: str, offers: tuple[Offer, ...]
) -> None:
    id_ = dict(about.author.parameters).get("model", "")
    offer = next((one for one in offers if one.id == id_), None)
    if offer is None:
        desk.session.say("The model that said this is not here any more.", serious=True)
        return
    wanted = companions(desk, opened, offer)
    desk.runner.start(
        f"Explain: load for {offer.title}",
        partial(gather, opened, wanted),
        partial(_explain, desk, opened, about, method, offer),
        instead_of=f"explain {about.id}",
        failed=partial(tell, desk),
        belongs_to=opened.study.uid,
        needs_bytes=bytes_to_load(wanted),
    )


def _explain(
    desk: Desk, opened: OpenImage, about: _About, method: str, offer: Offer, gathered: Gathered
) -> None:
    if not unchanged(desk.session, opened):
        return
    desk.runner.start(
        f"Explain: {offer.title}, {_TITLES[method]}",
        partial(explained, offer.id, gathered.inputs, about, method, own_models()),
        partial(_came, desk, opened, about),
        lane=Lane.PROCESS,
        instead_of=f"explain {about.id}",
        failed=partial(tell, desk),
        cancelled=partial(desk.session.say, _STOPPED),
        belongs_to=opened.study.uid,
        needs_bytes=round(voxels_of(gathered.inputs) * offer.times_voxels),
    )


def explained(
    id_: str, inputs: Inputs, about: _About, method: str, own: Path, progress: Progress
) -> Explained:
    """Make and try the map of an answer, in a process of its own.

    Raises:
        Declined: if the model is no network, or its input cannot be made again.
    """
    from viewer.ai.explaining.explained import explain
    from viewer.ai.explaining.methods import Method

    return explain(id_, inputs, about, Method(method), progress, own=own)


def _came(desk: Desk, opened: OpenImage, about: _About, found: Explained) -> None:
    """Show the map, unless the image or the answer is another by now."""
    session = desk.session
    if not unchanged(session, opened) or item_of(session, about.id) is None:
        return
    if found.map is not None:
        session.maps.set(session.maps.value.with_opened((found.map,)))
    desk.keeper.note(
        session.reader,
        f"asked for an explanation of {about.id}",
        opened.study.uid,
        f"{about.author}, {found.method.value}: rank correlation with shuffled weights"
        f" {found.sanity.alike:.2f}",
    )
    session.say(found.sentence, serious=True)


def _of_a_model(desk: Desk) -> bool:
    about = item_of(desk.session, desk.session.selected.value)
    return about is not None and about.author.is_model


def _command(method: str, title: str, help_: str, key: str = "") -> Command:
    return Command(
        id=f"explain.{method}",
        title=title,
        help=help_,
        menu="Findings/Explain this result",
        key=key,
        run=partial(explain_chosen, method=method),
        allowed=_of_a_model,
    )


COMMANDS: tuple[Command, ...] = (
    _command(
        "occlusion",
        "Explain by hiding parts",
        "Show which parts lower a network's score when they are hidden; tried before it is shown.",
        "Ctrl+Alt+Y",
    ),
    _command(
        "gradcam",
        "Explain by Grad-CAM",
        "Show where the deepest level of a network speaks for its answer.",
    ),
    _command(
        "ig",
        "Explain by integrated gradients",
        "Show which voxels' values speak for a network's answer.",
    ),
)
