"""Added models that read images: networks and ONNX files whose card says how to ask them.

A guest names its input in the card (`preparation.channels`, `spacing_mm`, `tile_voxels`,
`overlap`) and what its outputs mean (`labels`); docs/models.md tells how, with an example. Voxel
by voxel it gives a segmentation, a map for each label, and, if the card says `lesions`, a
finding for each connected part; as a whole it gives a statement for each label. `admit` is
quick and imports no engine; `read` is meant for a worker process: the files are a stranger's.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from viewer.ai.accepting import admit_by_card
from viewer.ai.card import Card, load_folder, read_card
from viewer.ai.engine.channels import chosen
from viewer.ai.readers import Inputs
from viewer.ai.reading import Reading
from viewer.ai.stopwatch import Stopwatch
from viewer.ai.trust import require_trust
from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.code import ANATOMICAL_STRUCTURE, MORPHOLOGICALLY_ABNORMAL, Code
from viewer.core.errors import Declined, Unreadable
from viewer.core.finding import Finding
from viewer.core.progress import Part, Progress
from viewer.core.score_map import ScoreMap
from viewer.core.segmentation import Segmentation
from viewer.core.study import Notice

if TYPE_CHECKING:
    from viewer.ai.engine.network import Network
    from viewer.ai.engine.preparing import Prepared
    from viewer.ai.engine.returning import Returned

ARCHITECTURES = ("network", "onnx", "torchscript")
_NO_IMAGES = "reads_no_images"
MOST = 1000
"""So many findings at most, the most certain ones."""
MOST_MAPS = 8
"""Models with more labels than this give no map of each."""
GUEST = Notice(
    "guest",
    "This model was added on this computer; its figures are those of its card and were not"
    " measured here.",
)


def reads_images(card: Card) -> bool:
    """Tell whether a card says all that it takes to ask its model about images."""
    try:
        admit_card(card)
    except Declined:
        return False
    return True


def admit_card(card: Card) -> None:
    """Let a model in by what its card says of input and output.

    Raises:
        Declined: naming what is missing.
    """
    why = _lacking(card)
    if why is not None:
        raise why


def _lacking(card: Card) -> Declined | None:
    """Return what a card does not say that it would have to."""
    title, preparation = card.title, card.preparation
    if card.architecture not in ARCHITECTURES:
        return Declined(f"{title} is of a kind that does not read images here.", code=_NO_IMAGES)
    if not preparation.channels:
        return Declined(
            f"The card of {title} names no channels: nobody knows what goes in.", code=_NO_IMAGES
        )
    if not card.labels:
        return Declined(
            f"The card of {title} names no labels: nobody knows what comes out.", code=_NO_IMAGES
        )
    if len(preparation.tile_voxels) not in _tile_sides(card):
        return Declined(
            f"The card of {title} does not name each side of its tiles.", code=_NO_IMAGES
        )
    if len(preparation.spacing_mm) not in (0, 3):
        return Declined(
            f"The card of {title} does not name the spacing of slice, row and column.",
            code=_NO_IMAGES,
        )
    return None


def _tile_sides(card: Card) -> tuple[int, ...]:
    """Return how many sides of a tile a card may name; networks can do without."""
    if card.network is None or card.architecture == "onnx":
        return (card.accepts.dimensions,)
    return (0, card.network.dimensions)


def admit(card: Card, inputs: Inputs) -> None:
    """Let images in by what their files say, in no time.

    Raises:
        Declined: with the reason, for the first thing that is not as the card wants it.
    """
    admit_card(card)
    images = chosen(card.preparation.channels, inputs, card.title)
    admit_by_card(images.in_front, card, inputs.body_part)


def read(folder: Path, inputs: Inputs, progress: Progress) -> Reading:
    """Read images with the model of a folder, in a process of its own.

    Raises:
        Declined: if they are not such as the card wants, memory is short, or no engine gives
            the numbers of its test vector.
        Unreadable: if its files are damaged or answer otherwise than the card says.
    """
    from viewer.ai.engine.kept import answered_once
    from viewer.ai.engine.preparing import prepare

    watch = Stopwatch()
    card = read_card(folder)
    admit(card, inputs)
    network = _network(folder, card)
    progress.report(0.05, card.title)
    watch.lap("model")
    prepared = prepare(card.preparation, inputs, Part(progress, 0.05, 0.15), card.title)
    watch.lap("prepare")
    answer = answered_once(network, card, prepared, Part(progress, 0.15, 0.85))
    watch.lap("network")
    author = card.author((("engine", network.engine),))
    told = _Told(card, author, prepared)
    if answer.dense is not None:
        told.voxels(answer.dense, Part(progress, 0.85, 0.99))
    if answer.wholes.size:
        told.whole(answer.highest)
    watch.lap("results")
    progress.report(1.0, card.title)
    return Reading(
        segmentations=tuple(told.segmentations),
        findings=tuple(sorted(told.findings, key=lambda one: -(one.score or 0.0))[:MOST]),
        threshold=card.default_threshold,
        models=(card,),
        author=author,
        timings_s=watch.laps,
        notices=(GUEST, *prepared.notices),
        assessments=tuple(told.assessments),
        maps=tuple(told.maps),
        used=prepared.used,
    )


def _network(folder: Path, card: Card) -> Network:
    """Return the network of a folder.

    Raises:
        Unreadable: if it does not answer for the labels of the card.
    """
    from viewer.ai.engine.asking import network_runner
    from viewer.ai.engine.onnx_asking import onnx_network

    if card.architecture == "onnx":
        return onnx_network(folder, card)
    if card.architecture == "torchscript":
        from viewer.ai.engine.torchscript_asking import torchscript_network

        require_trust(folder.parent, card)
        return torchscript_network(folder, card)
    network = network_runner(load_folder(folder))
    channels = len(card.preparation.channels)
    if card.network is None or card.network.inputs != channels:
        raise Unreadable(
            f"{card.id}: the model does not take the {channels} channels of its card",
            code="wrong_inputs",
        )
    if network.outputs + network.wholes != len(card.labels):
        raise Unreadable(
            f"{card.id}: the model does not answer for the {len(card.labels)} labels of its card",
            code="wrong_outputs",
        )
    return network


class _Told:
    """What a guest said, as it is put together label by label."""

    def __init__(self, card: Card, author: Author, prepared: Prepared) -> None:
        self._card, self._author, self._prepared = card, author, prepared
        self.segmentations: list[Segmentation] = []
        self.findings: list[Finding] = []
        self.maps: list[ScoreMap] = []
        self.assessments: list[Assessment] = []

    def voxels(self, dense: NDArray[np.uint8], progress: Progress) -> None:
        """Tell what was answered voxel by voxel (labels, ...), one label at a time."""
        from viewer.ai.engine.lesions import map_of, segmentation_from
        from viewer.ai.engine.returning import Labelling, returned

        card, count = self._card, len(dense)
        kinds = card.labels[:count]
        labels = Labelling(self._prepared.turn)
        for number, kind in enumerate(kinds):
            part = Part(progress, number / count, (number + 1) / count)
            answer = returned(dense[number : number + 1], self._prepared, part)
            labels.add(answer.upright[0], card.default_threshold)
            if count <= MOST_MAPS:
                self.maps.append(map_of(answer, 0, kind, self._author))
            if card.lesions:
                self.findings += self._lesions(answer, kind)
        category = MORPHOLOGICALLY_ABNORMAL if card.lesions else ANATOMICAL_STRUCTURE
        grid, series = self._prepared.stored, self._prepared.series_key
        self.segmentations.append(
            segmentation_from(
                labels.stored(), grid, kinds, card.title, self._author, series, category=category
            )
        )

    def _lesions(self, answer: Returned, kind: Code) -> Iterator[Finding]:
        from viewer.ai.engine.lesions import finding_of, lesions_of

        for lesion in lesions_of(answer, 0, self._card.default_threshold):
            yield finding_of(lesion, kind, self._author, answer.series_key)

    def whole(self, scores: NDArray[np.float32]) -> None:
        """Tell what was answered of the image as a whole."""
        from viewer.ai.findings import stable_uid

        card, series = self._card, self._prepared.series_key
        for kind, score in zip(card.labels[-len(scores) :], scores, strict=True):
            name = f"{series}|{self._author.weights_sha256}|{kind.value}|whole"
            self.assessments.append(
                Assessment(
                    id=stable_uid(name),
                    kind=kind,
                    series_key=series,
                    author=self._author,
                    sentence=f"{kind.meaning}: {100 * score:.0f} %, says {card.title}.",
                    score=float(score),
                    threshold=card.default_threshold,
                )
            )
