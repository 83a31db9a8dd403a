"""Which models read the images at hand, and the reading with one of them.

Models are those of the program (`readers.READERS`) and those that the reader added. Asking
who reads is quick: by what the images' files say. Reading is for a worker process.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path

from viewer.ai.accepting import KINDS, UNSAID
from viewer.ai.card import Card, read_card
from viewer.ai.external.exchange import Exchange
from viewer.ai.external.programs import PROGRAMS, Program, program_of
from viewer.ai.offer import Offer
from viewer.ai.readers import READERS, Inputs, Reader
from viewer.ai.reading import Reading
from viewer.ai.registry import Entry, Registry
from viewer.ai.trust import require_trust
from viewer.core.author import Author
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Progress
from viewer.core.resources import resource_folder
from viewer.core.volume import Volume

INPUT = "input_"
"""How the parameters are called that name the series a model was given; numbered from 1."""
_GUESTS = ("network", "onnx", "torchscript")
"""What added models can be, to read images."""


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """A model that is to read images. `sources` are the UIDs of the series of its inputs.

    `own` is the folder of added models.
    """

    id: str
    inputs: Inputs
    own: Path
    sources: tuple[str, ...] = ()
    readers: tuple[Reader, ...] = field(default=READERS, repr=False)
    learned: tuple[str, ...] = field(default=(), repr=False)
    """What was learned from verdicts, as texts; see `adapting` and `tuning`."""
    keep_crops: bool = False
    """Whether the reading comes with what its network saw round each finding."""
    exchange: Exchange | None = field(default=None, repr=False)
    """How files go to programs of others and back; none are asked without."""


def offers(
    inputs: Inputs,
    own: Path,
    readers: tuple[Reader, ...] = READERS,
    earlier: Inputs | None = None,
) -> tuple[Offer, ...]:
    """Return every model that reads images, with the reason of each that does not take these.

    `own` is the folder of added models; `earlier` are the inputs with those of other dates, for
    models that compare.
    """
    known = {reader.id for reader in readers}
    added = (_guest(one, inputs) for one in _added(own) if one.id not in known)
    built_in = (
        _offer(one, earlier if one.compares and earlier is not None else inputs) for one in readers
    )
    external = (_external(one, inputs) for one in PROGRAMS if not one.lacking)
    return (*built_in, *added, *external)


def read(request: Request, progress: Progress) -> Reading:
    """Read images with a model, and sign all that comes of it with how it came about.

    Raises:
        Declined: if the model does not take them, or there is none of that name.
        Unreadable: if its files are damaged.
    """
    from viewer.ai.adapting import adapted_reading
    from viewer.ai.tuning.using import tuned_reading

    reading = adapted_reading(_read(request, progress), request.learned)
    reading = tuned_reading(reading, request.learned, request.own)
    return reading if request.keep_crops else replace(reading, crops=())


def _read(request: Request, progress: Progress) -> Reading:
    for reader in request.readers:
        if reader.id == request.id:
            return signed(reader.ask().read_inputs(request.inputs, progress), request)
    for entry in _added(request.own):
        if entry.id == request.id:
            from viewer.ai import guest

            return signed(guest.read(entry.folder, request.inputs, progress), request)
    program = program_of(request.id)
    if program is not None and request.exchange is not None:
        from viewer.ai.external import reader as external

        return signed(external.read(program, request.inputs, request.exchange, progress), request)
    raise Declined(f"No model {request.id[:80]!r} reads images here.", code="no_reader")


def signed(reading: Reading, request: Request) -> Reading:
    """Return a reading whose authors say on which series, when and by what they worked.

    Of the series that the model was given those it left out are not named.
    """
    told = dict(_circumstances(request, reading))

    def sign(author: Author) -> Author:
        if not author.is_model:
            return author
        own = dict(author.parameters)
        if own.get("engine", reading.engine).endswith("_cuda"):
            own.setdefault("device", "GPU")
        return replace(author, parameters=tuple({**told, **own}.items()))

    return replace(
        reading,
        author=sign(reading.author),
        segmentations=tuple(replace(one, author=sign(one.author)) for one in reading.segmentations),
        findings=tuple(replace(one, author=sign(one.author)) for one in reading.findings),
        assessments=tuple(replace(one, author=sign(one.author)) for one in reading.assessments),
        maps=tuple(replace(one, author=sign(one.author)) for one in reading.maps),
    )


def _circumstances(request: Request, reading: Reading) -> Iterator[tuple[str, str]]:
    yield "model", request.id
    images = (request.inputs.image, *request.inputs.others)
    keys = (image.series_key for image in images)
    given = zip_longest(request.sources, keys)
    uids = [uid for uid, key in given if uid and _is_used(key, reading.used)]
    for number, uid in enumerate(uids, start=1):
        yield f"{INPUT}{number}", uid
    yield "engine", reading.engine or "Skiagram"
    yield "device", f"CPU {platform.machine()}, {os.cpu_count() or 1} threads"
    yield "read_at", datetime.now(UTC).replace(microsecond=0).isoformat()


def _is_used(key: str | None, used: tuple[str, ...]) -> bool:
    return not used or key is None or key in used


# -- the models of the program ------------------------------------------------------------------


def _offer(reader: Reader, inputs: Inputs) -> Offer:
    told = Offer(
        reader.id,
        reader.title,
        reader.help,
        reader.companions,
        reader.compares,
        reader.times_voxels,
        unasked=reader.unasked,
    )
    try:
        card = read_card(resource_folder() / "models" / reader.id)
        told = replace(told, experimental=card.experimental, non_commercial=card.non_commercial)
        _admit_kind(reader, inputs)
        module = reader.ask()
        module.admit(inputs)
        beyond = getattr(module, "beyond", None)
        told = told if beyond is None else replace(told, beyond=beyond(inputs))
    except (Declined, Unreadable) as why:
        return replace(told, reason=str(why), code=why.code)
    return told


def experimental(id_: str) -> bool:
    """Tell whether a model of the program is not shown to be better than what it would replace."""
    try:
        return read_card(resource_folder() / "models" / id_).experimental
    except Unreadable:
        return True


def _admit_kind(reader: Reader, inputs: Inputs) -> None:
    image = inputs.image
    if reader.kind != "any" and isinstance(image, Volume) != (reader.kind == "volume"):
        wanted = "a volume" if reader.kind == "volume" else "single pictures"
        raise Declined(f"{reader.title} needs {wanted}.", code=f"no_{reader.kind}")
    if image.modality in (*reader.modalities, *UNSAID):
        return
    kind = KINDS.get(image.modality, f"an image of the kind {image.modality}")
    wanted = ", ".join(reader.modalities)
    code = "not_" + "_".join(reader.modalities).lower()
    raise Declined(f"{reader.title} was made for {wanted}; this is {kind}.", code=code)


# -- added models -------------------------------------------------------------------------------


def _added(own: Path) -> Iterator[Entry]:
    for entry in Registry(own).entries():
        if not entry.built_in and (entry.card is None or entry.card.architecture in _GUESTS):
            yield entry


def _guest(entry: Entry, inputs: Inputs) -> Offer:
    card = entry.card
    if card is None:
        return Offer(entry.id, entry.id, "", built_in=False, reason=entry.problem, code="damaged")
    told = _of_card(card)
    try:
        from viewer.ai import guest

        if card.architecture == "torchscript":
            require_trust(entry.folder.parent, card)
        guest.admit(card, inputs)
    except (Declined, Unreadable) as why:
        return replace(told, reason=str(why), code=why.code)
    return told


def _external(program: Program, inputs: Inputs) -> Offer:
    told = Offer(program.id, program.title, program.help, experimental=True, built_in=False)
    try:
        from viewer.ai.external import reader

        reader.admit(program, inputs)
    except Declined as why:
        return replace(told, reason=str(why), code=why.code)
    return told


def _of_card(card: Card) -> Offer:
    channels = card.preparation.channels
    return Offer(
        card.id,
        card.title,
        card.intended_use,
        tuple(dict.fromkeys(one.modality for one in channels)),
        experimental=not card.proven,
        non_commercial=card.non_commercial,
        built_in=False,
    )
