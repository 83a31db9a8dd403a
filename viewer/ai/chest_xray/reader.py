"""Reading a frontal chest radiograph of a child: how alike it is to those with pneumonia."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.ai.card import Card, ModelFolder, load_folder
from viewer.ai.chest_xray.admitting import SMALLEST, admitted, notices_of
from viewer.ai.chest_xray.picture import Box, Grey, equalised
from viewer.ai.chest_xray.words import ASKED, CAVEAT, MODEL, PNEUMONIA
from viewer.ai.findings import stable_uid
from viewer.ai.readers import Inputs
from viewer.ai.reading import Reading
from viewer.ai.stopwatch import Stopwatch
from viewer.core.assessment import Assessment
from viewer.core.errors import Declined
from viewer.core.finding import Finding, Reason
from viewer.core.progress import Part, Progress
from viewer.core.resources import resource_folder
from viewer.core.score_map import ScoreMap
from viewer.core.stack import Frame
from viewer.core.study import Notice

if TYPE_CHECKING:
    from viewer.ai.engine.network import Network
    from viewer.ai.explaining.subject import Subject

LEAST_ALIKE = 0.4
"""Correlation with the mean chest; the least of the 390 pictures learned from has 0.45."""
CLEARLY = 0.1


def admit(inputs: Inputs) -> None:
    """Let one frontal radiograph in by what its file says.

    Raises:
        Declined: if it is of another kind, part or view, one of several, damaged or too small.
    """
    admitted(inputs)


def read_inputs(inputs: Inputs, progress: Progress) -> Reading:
    """Read one radiograph: a calibrated score, what it hangs on, and a map.

    Raises:
        Declined: if it is not what the model was made for.
        Unreadable: if the model's files are damaged.
    """
    from viewer.ai.engine.asking import network_runner
    from viewer.ai.explaining.explained import explained
    from viewer.ai.explaining.methods import Method

    watch = Stopwatch()
    frame = admitted(inputs)
    model = load_folder(resource_folder() / "models" / MODEL)
    picture, box = chest_of(frame)
    admit_chest(picture, model)
    watch.lap("prepare")
    progress.report(0.1, model.card.title)
    network = network_runner(model)
    score = score_of(network, picture)
    assessment = _assessment(inputs, model.card, score)
    watch.lap("network")
    what = _subject(inputs, model, assessment, picture, box)
    shown = explained(what, Method.OCCLUSION, Part(progress, 0.2, 1.0))
    watch.lap("map")
    untold = () if shown.map else (Notice("no_map", shown.sentence),)
    return Reading(
        segmentations=(),
        findings=(),
        threshold=model.card.default_threshold,
        models=(model.card,),
        author=assessment.author,
        timings_s=watch.laps,
        notices=(*notices_of(inputs), *untold),
        assessments=(_with_share(assessment, shown.map, box),),
        maps=() if shown.map is None else (shown.map,),
        engine=network.engine,
    )


def subject(inputs: Inputs, about: Assessment | Finding, progress: Progress) -> Subject:
    """Return what a map of this model's answer is made of.

    Raises:
        Declined: if the picture is not what the model was made for.
    """
    model = load_folder(resource_folder() / "models" / MODEL)
    picture, box = chest_of(admitted(inputs))
    progress.report(1.0, model.card.title)
    return _subject(inputs, model, about, picture, box)


def chest_of(frame: Frame) -> tuple[Grey, Box]:
    """Return the equalised chest of a frame, and where it lies in it.

    Raises:
        Declined: if nothing is to be seen, or what shows something is too small.
    """
    grey = grey_of(frame)
    if not np.isfinite(grey).all() or float(np.ptp(grey)) == 0:
        raise Declined(f"{ASKED.words}; nothing is to be seen in this one.", code="empty")
    picture, box = equalised(grey, inverted=frame.inverted)
    if min(box.width, box.height) < SMALLEST / 2:
        raise Declined(f"{ASKED.words}; no chest was found in this one.", code="no_chest")
    return picture, box


def admit_chest(picture: Grey, model: ModelFolder) -> None:
    """Let a picture in that looks like a chest.

    Raises:
        Declined: if it is too unlike the mean of those learned from, or more like it upside down.
    """
    mean = model.test_vector["input"][0, 0]  # see `making`: the first picture is the mean
    upright, turned = (_alike(one, mean) for one in (picture, picture[::-1]))
    if max(upright, turned) < LEAST_ALIKE:
        raise Declined(f"{ASKED.words}; this picture does not look like one.", code="no_chest")
    if turned > upright + CLEARLY:
        raise Declined(f"{ASKED.words}; this one seems to be upside down.", code="upside_down")


def _alike(one: Grey, other: Grey) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def grey_of(frame: Frame) -> Grey:
    """Return the values of a frame as one channel (row, column); padding as dark as can be."""
    pixels = frame.pixels
    if pixels.ndim == 3:
        return np.asarray(cv2.cvtColor(pixels.astype(np.uint8), cv2.COLOR_RGB2GRAY), np.float32)
    grey = pixels.astype(np.float32)
    if frame.padding is not None:
        low, high = frame.padding
        nothing = (grey >= low) & (grey <= high)
        if nothing.any() and not nothing.all():
            there = grey[~nothing]
            grey[nothing] = there.max() if frame.inverted else there.min()
    return np.asarray(grey * np.float32(frame.slope), np.float32)


def score_of(network: Network, picture: Grey) -> float:
    """Return the calibrated score (0 to 1) of an equalised chest."""
    _, whole = network(picture[None, None])
    if whole is None:
        raise ValueError("the network answers no picture as a whole")
    with np.errstate(over="ignore"):
        return float(1 / (1 + np.exp(-whole[0, 0].astype(np.float64))))


def _assessment(inputs: Inputs, card: Card, score: float) -> Assessment:
    key, threshold = inputs.image.series_key, card.default_threshold
    like = "like" if score >= threshold else "unlike"
    sentence = (
        f"Score {score:.2f} (threshold {threshold:.2f}): {like} the pictures with pneumonia."
        f" {CAVEAT}"
    )
    return Assessment(
        stable_uid(f"{key}|{MODEL}|{card.weights_sha256}"),
        PNEUMONIA,
        key,
        card.author(),
        sentence,
        round(score, 4),
        threshold,
    )


def _with_share(assessment: Assessment, found: ScoreMap | None, box: Box) -> Assessment:
    """Tell how much of a map lies over lungs and heart, as far as a rough outline knows them."""
    if found is None:
        return assessment
    from viewer.ai.chest_xray.views import LUNGS, inside

    weight = found.voxels[0].astype(np.float64)
    lungs = inside(LUNGS, weight.shape, box)
    share = 100 * float(weight[lungs].sum() / max(weight.sum(), 1.0))
    size = 100 * float(lungs.sum() / max(box.width * box.height, 1))
    return replace(
        assessment,
        explanation=(
            Reason("Part of the map over lungs and heart, roughly outlined", round(share, 1), "%"),
            Reason("Part of the chest's box that they fill", round(size, 1), "%"),
        ),
    )


def _subject(
    inputs: Inputs, model: ModelFolder, about: Assessment | Finding, picture: Grey, box: Box
) -> Subject:
    from viewer.ai.explaining.asked import Target
    from viewer.ai.explaining.subject import Subject

    rows, columns = admitted(inputs).pixels.shape[:2]
    back = partial(on_the_frame, box=box, shape=(rows, columns))
    key = inputs.image.series_key
    return Subject(model, picture[None], Target(0), back, None, key, about, CAVEAT)


def on_the_frame(found: NDArray[np.uint8], box: Box, shape: tuple[int, int]) -> NDArray[np.uint8]:
    """Bring bytes on the equalised chest (SIDE, SIDE) to the frame (1, row, column)."""
    whole = np.zeros((1, *shape), np.uint8)
    large = cv2.resize(found, (box.width, box.height), interpolation=cv2.INTER_LINEAR)
    whole[0, box.top : box.bottom, box.left : box.right] = large
    return whole
