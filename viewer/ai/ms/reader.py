"""What the window asks: a FLAIR in front, and another date of the same patient where there is one.

With two dates it proposes what changed; with one, bright lesions by rules. Which date is the
earlier one is told by the studies alone; where they do not say, nothing is called new or grown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from viewer.ai.accepting import Asked, admit_kind, admit_spacing
from viewer.ai.card import ModelFolder, load_folder
from viewer.ai.ms.card import ACCEPTS, THRESHOLD
from viewer.ai.ms.change import changes_of, scores_of
from viewer.ai.ms.drawing import (
    Drawn,
    change_map,
    findings_of,
    lesion_findings,
    lesion_segmentation,
    outlines_of,
    segmentation_of,
)
from viewer.ai.ms.features import NAMES, seen_of
from viewer.ai.ms.flair import Kind, admit_contrast, admit_words
from viewer.ai.ms.lesions import lesions_of
from viewer.ai.ms.pair import Head, Upright, half_way, head_of, together, upright_of
from viewer.ai.ms.saying import how_compared, one_date_alone, order_of, what_it_is_worth
from viewer.ai.readers import Image, Inputs
from viewer.ai.reading import Reading
from viewer.ai.stopwatch import Stopwatch
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Part, Progress
from viewer.core.resources import resource_folder
from viewer.core.technique import Technique
from viewer.core.volume import Volume
from viewer.imaging.click.trees import Forest
from viewer.imaging.rigid import Motion, sampled

MODEL = "ms_change"
_ASKED = Asked("This model looks for lesions of multiple sclerosis on FLAIR of the brain")
FRONT, OTHER = "The image in front", "The other image"
UNSURE_BRAIN = 0.7


@dataclass(frozen=True, slots=True, eq=False)
class Other:
    """The image that the one in front is compared with."""

    volume: Volume
    date: str
    kind: Kind | None


def admit(inputs: Inputs) -> None:
    """Let an MR in that does not say it is something else than FLAIR.

    Raises:
        Declined: with the reason.
    """
    _admit_volume(inputs.volume)
    admit_words(_name(inputs, 0), _technique(inputs, 0), FRONT)


def read_inputs(inputs: Inputs, progress: Progress) -> Reading:
    """Read one date, or compare two.

    Raises:
        Declined: if an image is not what it must be, or both do not fit onto each other.
        Unreadable: if the model's files are damaged.
    """
    return read_with(inputs, resource_folder() / "models" / MODEL, progress)


def read_with(inputs: Inputs, folder: Path, progress: Progress) -> Reading:
    """Read with the model of another folder."""
    admit(inputs)
    watch = Stopwatch()
    model, forest = _model(folder)
    volume = inputs.volume
    head = head_of(volume, Part(progress, 0.0, 0.4))
    watch.lap("brain")
    said = admit_words(_name(inputs, 0), _technique(inputs, 0), FRONT)
    kind = said or admit_contrast(head.values, head.brain, head.geometry, FRONT)
    other, skipped = other_of(inputs)
    doubts = [*_doubtful(FRONT, kind), *_brain_doubts(head)]
    if other is None:
        doubts += _no_flair(skipped)
        return _one_date(volume, head, model, watch, doubts, progress)
    earlier = order_of(_date(inputs, 0), other.date)
    compared = upright_of(other.volume)
    motion = together(head, compared, Part(progress, 0.4, 0.6))
    watch.lap("alignment")
    its_kind = other.kind or _contrast_of(head, compared, motion)
    doubts += _doubtful(OTHER, its_kind)
    pair = half_way(head, compared, motion.matrix, front_first=earlier == "front")
    progress.report(0.65, "measuring the noise")
    seen = seen_of(pair)
    watch.lap("features")
    progress.report(0.8, "asking the forest")
    changes = changes_of(seen, scores_of(seen, forest))
    watch.lap("lesions")
    author = model.card.author(
        (("threshold", f"{THRESHOLD:g}"), ("compared", other.volume.series_key))
    )
    drawn = Drawn(volume, head, motion, seen, author, dated=earlier != "")
    outlines = outlines_of(drawn, changes)
    shown = [one.change for one in outlines if one.change.score >= THRESHOLD]
    reading = Reading(
        segmentations=(segmentation_of(drawn, outlines, THRESHOLD),),
        findings=findings_of(drawn, outlines),
        threshold=model.card.default_threshold,
        models=(model.card,),
        author=author,
        timings_s=(),
        notices=(
            how_compared((_date(inputs, 0), other.date), head, motion),
            what_it_is_worth(shown, doubts),
        ),
        maps=(change_map(drawn),),
        used=(volume.series_key, other.volume.series_key),
    )
    watch.lap("drawing")
    progress.report(1.0, "compared")
    return _timed(reading, watch)


def other_of(inputs: Inputs) -> tuple[Other | None, int]:
    """Choose what the image in front is compared with: another FLAIR, of the nearest date before.

    Images of the same study in the same frame of reference are no other date. The number is of
    those that are one, and no FLAIR.
    """
    front = inputs.volume
    found: list[Other] = []
    skipped = 0
    for number, image in enumerate(inputs.others, start=1):
        if not _is_other_date(inputs, number, image, front):
            continue
        try:
            volume = _admit_volume(image)
            kind = admit_words(_name(inputs, number), _technique(inputs, number), OTHER)
        except Declined:
            skipped += 1
            continue
        found.append(Other(volume, _date(inputs, number), kind))
    named = [one for one in found if one.kind is not None] or found
    here = _date(inputs, 0)
    before = [one for one in named if one.date and here and one.date < here]
    if before:
        return max(before, key=lambda one: one.date), skipped
    dated = [one for one in named if one.date] if here else named
    return min(dated or named, key=lambda one: one.date, default=None), skipped


def _is_other_date(inputs: Inputs, number: int, image: Image, front: Volume) -> bool:
    if not isinstance(image, Volume) or image.series_key == front.series_key:
        return False
    frames = (image.geometry.frame_of_reference_uid, front.geometry.frame_of_reference_uid)
    same_place = bool(frames[0]) and frames[0] == frames[1]
    dates = (_date(inputs, number), _date(inputs, 0))
    same_day = bool(dates[0]) and dates[0] == dates[1]
    return not same_place and not same_day


def _one_date(
    volume: Volume,
    head: Head,
    model: ModelFolder,
    watch: Stopwatch,
    doubts: Sequence[str],
    progress: Progress,
) -> Reading:
    """Propose what is bright on one date."""
    progress.report(0.7, "looking for bright lesions")
    lesions = lesions_of(head)
    watch.lap("lesions")
    # the forest says nothing here, and its figures are none of the rule's
    author = replace(model.card.author((("rule", "bright on one date"),)), weights_sha256="")
    card = replace(model.card, operating=(), operating_on="")
    reading = Reading(
        segmentations=(lesion_segmentation(volume, head, lesions, author),),
        findings=lesion_findings(volume, head, lesions, author),
        threshold=model.card.default_threshold,
        models=(card,),
        author=author,
        timings_s=(),
        notices=(one_date_alone(doubts),),
        used=(volume.series_key,),
    )
    progress.report(1.0, "read")
    return _timed(reading, watch)


def _timed(reading: Reading, watch: Stopwatch) -> Reading:
    return replace(reading, timings_s=watch.laps)


def _model(folder: Path) -> tuple[ModelFolder, Forest]:
    model = load_folder(folder)
    if model.card.features != NAMES:
        raise Unreadable(
            f"{model.card.id}: made for another version of the features.", code="other_features"
        )
    return model, Forest.of(model.weights, len(NAMES))


def _admit_volume(image: Image) -> Volume:
    if not isinstance(image, Volume):
        raise Declined("This model needs a volume.", code="no_volume")
    admit_kind(image, ACCEPTS, _ASKED)
    admit_spacing(image.geometry, ACCEPTS, _ASKED)
    return image


def _contrast_of(head: Head, other: Upright, motion: Motion) -> Kind:
    """Judge the other image by its contrast, within the brain of the one in front."""
    there = sampled(other.values, other.geometry, motion.matrix, head.geometry)
    known = head.brain & np.isfinite(there)
    return admit_contrast(np.nan_to_num(there, nan=0.0), known, head.geometry, OTHER)


def _doubtful(which: str, kind: Kind) -> list[str]:
    return [] if kind.certain else [f"{which} is taken as FLAIR {kind.how}."]


def _no_flair(skipped: int) -> list[str]:
    if skipped == 1:
        return ["One image of another date was not compared: it is no FLAIR."]
    return [f"{skipped} images of other dates were not compared: they are no FLAIR."] * (
        skipped > 1
    )


def _brain_doubts(head: Head) -> list[str]:
    if head.certainty >= UNSURE_BRAIN:
        return []
    return [f"The outline of the brain is unsure ({head.certainty:.0%}): look at its edges."]


def _date(inputs: Inputs, number: int) -> str:
    return inputs.dates[number].strip() if number < len(inputs.dates) else ""


def _name(inputs: Inputs, number: int) -> str:
    return inputs.names[number] if number < len(inputs.names) else ""


def _technique(inputs: Inputs, number: int) -> Technique | None:
    return inputs.techniques[number] if number < len(inputs.techniques) else None
