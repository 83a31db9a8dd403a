"""The map of a head CT, as a reader: no finding, no statement, only where to look once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from viewer.ai.accepting import admit_by_card
from viewer.ai.card import Card, read_card
from viewer.ai.findings import stable_uid
from viewer.ai.readers import Inputs
from viewer.ai.reading import Reading
from viewer.ai.stopwatch import Stopwatch
from viewer.ai.unlike.heads import Bytes, Pictures
from viewer.ai.unlike.pictures import admit_stack, admitted_head, larger, slices_of
from viewer.core.errors import Declined
from viewer.core.progress import Part, Progress
from viewer.core.resources import resource_folder
from viewer.core.score_map import ScoreMap
from viewer.core.stack import Stack
from viewer.core.study import Notice

if TYPE_CHECKING:
    from viewer.ai.unlike.model import UnlikeModel

MODEL = "unlike_head_ct"
HIGHEST = 6.0
"""Distance, in spreads of the features, that is shown as the most unlike."""
ORDINARY = 1.0
"""Up to one spread, as what was learned from lies apart itself, nothing is drawn."""
NEVER_ON_HU = (
    "The figures are of pictures in a brain window without HU; on CT in HU it was never measured on"
    " known bleeds."
)
_NOTHING: tuple[Notice, ...] = ()
TITLE = "Unlike the rest (not a diagnosis)"
MEANING = (
    "How unlike each place in the brain is to slices without a marked bleed of other patients, as a"
    " distance in spreads of what those look like; it does not say what is there, and what is not"
    " bright here may be ill all the same."
)


def admit(inputs: Inputs) -> None:
    """Let the image in front in by what its file says.

    Raises:
        Declined: if it is no CT of a head in HU, or too coarse, nor pictures of one.
    """
    if isinstance(inputs.image, Stack):
        admit_stack(inputs.image)
    else:
        admit_by_card(inputs.volume, _card(), inputs.body_part)


def read_inputs(inputs: Inputs, progress: Progress) -> Reading:
    """Map where the image in front is unlike the rest.

    Raises:
        Declined: if there is no closed skull with a brain in it, or memory is short.
        Unreadable: if the files of the model are damaged.
    """
    from viewer.ai.unlike.model import load_unlike

    admit(inputs)
    watch = Stopwatch()
    model = load_unlike()
    if isinstance(inputs.image, Stack):
        geometry, told = None, _NOTHING
        voxels = _of_pictures(inputs.image, model, progress)
    else:
        geometry = inputs.image.geometry
        voxels, told = _of_volume(inputs, model, progress)
    watch.lap("map")
    author = model.card.author()
    key = inputs.image.series_key
    map_ = ScoreMap(
        id=stable_uid(f"{key}|unlike|{author.weights_sha256}"),
        title=TITLE,
        meaning=MEANING,
        voxels=voxels,
        geometry=geometry,
        series_key=key,
        author=author,
        high=HIGHEST,
        ordinary=ORDINARY,
    )
    return Reading(
        segmentations=(),
        findings=(),
        threshold=model.card.default_threshold,
        models=(model.card,),
        author=author,
        timings_s=watch.laps,
        notices=(*told, *notices(model.card)),
        maps=(map_,),
    )


def _of_volume(
    inputs: Inputs, model: UnlikeModel, progress: Progress
) -> tuple[Bytes, tuple[Notice, ...]]:
    """Return the map on the stored voxels, and what there is to be said of its making."""
    from viewer.ai.engine.preparing import prepare
    from viewer.ai.engine.returning import returned

    card = model.card
    ready = prepare(card.preparation, inputs, Part(progress, 0.0, 0.4), card.title)
    slices = np.rint(ready.channels[0] * 255).astype(np.uint8)
    head = admitted_head(slices)
    shares = _bytes(head.stored(model.mapped(head)))
    progress.report(0.8, card.title)
    back = returned(shares[np.newaxis], ready, Part(progress, 0.8, 1.0))
    return back.stored(0), (*ready.notices, Notice("never_on_hu", NEVER_ON_HU))


def _of_pictures(stack: Stack, model: UnlikeModel, progress: Progress) -> Bytes:
    head = admitted_head(slices_of(stack))
    progress.report(0.3, model.card.title)
    return _bytes(larger(head.stored(model.mapped(head)), stack))


def _bytes(distances: Pictures) -> Bytes:
    shares = np.rint(distances * np.float32(255 / HIGHEST)).clip(0, 255)
    return np.asarray(shares, dtype=np.uint8)


def notices(card: Card) -> tuple[Notice, ...]:
    """Return what a reader must know of the map, with its figures."""
    figures = "; ".join(one.in_words for one in card.performance[0].metrics)
    return (
        Notice("not_a_diagnosis", f"{TITLE}: {MEANING}"),
        Notice(
            "measured",
            f"Experimental, for non-commercial use. On {card.performance[0].n} patients with"
            f" bleeds, none of whom it had seen: {figures}.",
        ),
    )


def _card() -> Card:
    folder = resource_folder() / "models" / MODEL
    if not folder.is_dir():
        raise Declined("The map of what is unlike the rest is not installed.", code="no_model")
    return read_card(folder)
