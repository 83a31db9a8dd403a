"""The map of a head CT, as a reader: no finding, no statement, only where to look once more."""

from __future__ import annotations

import numpy as np

from viewer.ai.accepting import admit_by_card
from viewer.ai.card import Card, read_card
from viewer.ai.findings import stable_uid
from viewer.ai.readers import Inputs
from viewer.ai.reading import Reading
from viewer.ai.stopwatch import Stopwatch
from viewer.core.errors import Declined
from viewer.core.progress import Part, Progress
from viewer.core.resources import resource_folder
from viewer.core.score_map import ScoreMap
from viewer.core.study import Notice

MODEL = "unlike_head_ct"
TITLE = "Unlike the rest (not a diagnosis)"
MEANING = (
    "How unlike each place in the brain is to slices without a marked bleed of other patients, as a"
    " distance in spreads of what those look like; it does not say what is there, and what is not"
    " bright here may be ill all the same."
)


def admit(inputs: Inputs) -> None:
    """Let the volume in front in by what its file says.

    Raises:
        Declined: if it is no CT of a head in HU, or too coarse.
    """
    admit_by_card(inputs.volume, _card(), inputs.body_part)


def read_inputs(inputs: Inputs, progress: Progress) -> Reading:
    """Map where the volume in front is unlike the rest.

    Raises:
        Declined: if there is no closed skull with a brain in it, or memory is short.
        Unreadable: if the files of the model are damaged.
    """
    from viewer.ai.engine.preparing import prepare
    from viewer.ai.engine.returning import returned
    from viewer.ai.unlike.model import HIGHEST, load_unlike

    watch = Stopwatch()
    volume = inputs.volume
    model = load_unlike()
    card = model.card
    admit_by_card(volume, card, inputs.body_part)
    ready = prepare(card.preparation, inputs, Part(progress, 0.0, 0.4), card.title)
    slices = np.rint(ready.channels[0] * 255).astype(np.uint8)
    watch.lap("prepare")
    distances = model.slices(slices)
    progress.report(0.8, card.title)
    watch.lap("map")
    shares = np.rint(distances * np.float32(255 / HIGHEST)).clip(0, 255).astype(np.uint8)
    back = returned(shares[np.newaxis], ready, Part(progress, 0.8, 1.0))
    watch.lap("bring back")
    author = card.author()
    name = f"{volume.series_key}|unlike|{author.weights_sha256}"
    map_ = ScoreMap(
        id=stable_uid(name),
        title=TITLE,
        meaning=MEANING,
        voxels=back.stored(0),
        geometry=volume.geometry,
        series_key=volume.series_key,
        author=author,
        high=HIGHEST,
    )
    return Reading(
        segmentations=(),
        findings=(),
        threshold=card.default_threshold,
        models=(card,),
        author=author,
        timings_s=watch.laps,
        notices=(*ready.notices, *notices(card)),
        maps=(map_,),
    )


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
