"""Outlining a soft-tissue sarcoma on PET, CT and MR of one study, whichever of them there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from viewer.ai.accepting import Asked, admit_kind, admit_region, admit_spacing
from viewer.ai.card import Card, load_folder
from viewer.ai.engine.asking import network_runner
from viewer.ai.engine.channels import chosen
from viewer.ai.engine.lesions import Lesion, finding_of, lesions_of, map_of, segmentation_of
from viewer.ai.engine.network import Network
from viewer.ai.engine.preparing import Prepared, prepare
from viewer.ai.engine.returning import Bytes, Returned, returned
from viewer.ai.engine.running import Asking, answered
from viewer.ai.readers import Inputs
from viewer.ai.reading import Reading
from viewer.ai.stopwatch import Stopwatch
from viewer.ai.tumour.finishing import (
    Finishing,
    Kinds,
    asked,
    features_of,
    kinds_of,
    read_finishing,
    without_specks,
)
from viewer.ai.tumour.fitting import admit_part, admit_taking
from viewer.ai.tumour.kinds import check_values, told
from viewer.ai.tumour.lessons import without
from viewer.ai.tumour.preparation import CHANNELS, PREPARATION, TITLE
from viewer.ai.tumour.uptake import Uptake, explained, uptake_of
from viewer.ai.tumour.words import ACCEPTS, NEOPLASM
from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.errors import Declined, Unreadable
from viewer.core.finding import Finding
from viewer.core.geometry import Geometry
from viewer.core.progress import Part, Progress
from viewer.core.resources import resource_folder
from viewer.core.study import Notice
from viewer.core.technique import Technique
from viewer.imaging.upright import Turn

if TYPE_CHECKING:
    from viewer.ai.explaining.subject import Subject

MODEL = "tumour_petctmr"
ASKING = Asking(flips=(2,))
WORDS = {"PT": "PET", "CT": "CT", "MR": "MR"}
_ASKED = Asked(f"{TITLE} outlines soft-tissue sarcomas on PET, CT and MR")
_LONG_MM = 400.0
"""The images it learned from are no longer than this along the body."""
BEYOND = (
    f"{TITLE} learned images of one limb; this one is longer, and normal uptake in it would be"
    " marked as tumour. It reads it only where it is chosen by name."
)


def admit(inputs: Inputs) -> None:
    """Let images in by what their files say.

    Raises:
        Declined: if the one in front is no PET, CT or MR, cannot be given in the unit that is
            needed, or is too coarse or too short.
    """
    named, _ = told(inputs)
    admit_kind(named.volume, ACCEPTS, _ASKED)
    alone = not any(one.modality == "PT" for one in (named.volume, *named.others))
    admit_part(inputs.body_part, inputs.names[:1], needs_limb=alone)
    admit_region(inputs.body_part, ACCEPTS, _ASKED)
    admit_taking(named.volume.modality, *_told_of(named, 0))
    admit_spacing(named.volume.geometry, ACCEPTS, _ASKED)
    chosen(CHANNELS, _fit(named)[0], TITLE)


def beyond(inputs: Inputs) -> str:
    """Say why an image is longer than all that the figures are of; empty if it is not."""
    grid = Turn.of(inputs.volume.geometry).geometry
    return BEYOND if _is_long(grid) else ""


def read_inputs(inputs: Inputs, progress: Progress) -> Reading:
    """Outline the sarcoma on the image in front, with what the others add.

    Raises:
        Declined: with one sentence, for anything that it was not made for.
        Unreadable: if the model's files are damaged.
    """
    return read_with(inputs, model_folder(), progress)


def subject(inputs: Inputs, about: Assessment | Finding, progress: Progress) -> Subject:
    """Return what a map of this model's answer is made of, from the images that it took.

    Raises:
        Declined: if it is no finding, or lies outside what the network saw.
    """
    from viewer.ai.explaining.subject import subject_of_finding

    named, _ = told(inputs)
    fitting, _ = _fit(named)
    return subject_of_finding(load_folder(model_folder()), fitting, about, progress)


def model_folder() -> Path:
    """Return where the model that `read_inputs` uses is kept."""
    return resource_folder() / "models" / MODEL


def read_with(inputs: Inputs, folder: Path, progress: Progress) -> Reading:
    """Outline a sarcoma with the model of another folder."""
    watch = Stopwatch()
    admit(inputs)
    named, taken = told(inputs)
    fitting, dropped = _fit(named)
    for one in (fitting.volume, *(fitting.of(kind) for kind in WORDS)):
        if one is not None:
            check_values(one, taken)
    model = load_folder(folder)
    finishing = read_finishing(folder, model.card)
    prepared = prepare(PREPARATION, fitting, Part(progress, 0.0, 0.3), TITLE)
    kinds = kinds_of(prepared.present, [one.modality for one in CHANNELS])
    threshold = finishing.thresholds[kinds]
    network = network_runner(model)
    engine = ("engine", network.engine)
    author = model.card.author((*_parameters(kinds, finishing), engine))
    watch.lap("prepare")
    asking = asked(kinds, finishing.ways[kinds])
    dense = _mean_answer(network, model.card, prepared, asking, Part(progress, 0.3, 0.85))
    watch.lap("network")
    fine = returned(dense, prepared, Part(progress, 0.85, 0.95))
    kept = without_specks(fine, threshold, finishing.least_ml)
    lesions = lesions_of(kept, 0, threshold)
    uptake = uptake_of(chosen(CHANNELS, fitting, TITLE).volumes[0])
    findings = _findings(lesions, finishing, uptake, author, fine.series_key)
    watch.lap("outlines")
    progress.report(1.0, "read")
    return Reading(
        segmentations=(segmentation_of(kept, (NEOPLASM,), (threshold,), _title(kinds), author),),
        findings=findings,
        threshold=model.card.default_threshold,
        models=(model.card,),
        author=author,
        timings_s=watch.laps,
        notices=(
            *taken,
            *dropped,
            *prepared.notices,
            *(() if _is_long(prepared.turn.geometry) else _measured(model.card, kinds)),
            *_notices(kinds, prepared, fine, lesions),
        ),
        maps=(map_of(fine, 0, NEOPLASM, author),),
        used=prepared.used,
    )


def _told_of(inputs: Inputs, number: int) -> tuple[str, Technique | None]:
    """Return the name of one of the images, and how it was taken, as far as that is known."""
    name = inputs.names[number] if number < len(inputs.names) else ""
    known = number < len(inputs.techniques)
    return name, inputs.techniques[number] if known else None


def _mean_answer(
    network: Network,
    card: Card,
    prepared: Prepared,
    asking: Sequence[Kinds],
    progress: Progress,
) -> Bytes:
    """Return the mean of what the network says with each of some combinations of images."""
    total = np.zeros((1, *prepared.geometry.shape), np.uint16)
    for number, kinds in enumerate(asking):
        part = Part(progress, number / len(asking), (number + 1) / len(asking))
        shown = replace(prepared, channels=without(prepared.channels, kinds))
        dense = answered(network, card, shown, part, ASKING).dense
        if dense is None:
            raise Unreadable(f"{MODEL}: the network answers no voxel", code="damaged_model")
        total += dense
    return np.rint(total / len(asking)).astype(np.uint8)


def _fit(inputs: Inputs) -> tuple[Inputs, tuple[Notice, ...]]:
    """Leave out other images whose values cannot be given as needed: they are only a help."""
    others, notices = [], []
    for number, one in enumerate(inputs.others, start=1):
        if one.modality not in WORDS:
            continue
        try:
            admit_taking(one.modality, *_told_of(inputs, number))
            chosen(CHANNELS, Inputs(one), TITLE)
        except Declined as why:
            notices.append(Notice("left_out", f"Another image was left out: {why}"))
            continue
        others.append(one)
    names, techniques = inputs.names[:1], inputs.techniques[:1]
    fitting = replace(inputs, others=tuple(others), names=names, techniques=techniques)
    return fitting, tuple(notices)


def _parameters(kinds: Kinds, finishing: Finishing) -> tuple[tuple[str, str], ...]:
    return (
        ("images", "+".join(WORDS[one] for one in kinds)),
        ("asked", finishing.ways[kinds]),
        ("threshold", f"{finishing.thresholds[kinds]:g}"),
        ("least_ml", f"{finishing.least_ml:g}"),
        *ASKING.parameters(),
    )


def _title(kinds: Kinds) -> str:
    return "Sarcoma on " + ", ".join(WORDS[one] for one in kinds)


def _findings(
    lesions: Sequence[Lesion],
    finishing: Finishing,
    uptake: Uptake | None,
    author: Author,
    series_key: str,
) -> tuple[Finding, ...]:
    scores = finishing.scores(features_of(lesions))
    made = [
        finding_of(
            lesion,
            NEOPLASM,
            author,
            series_key,
            score=float(score),
            explanation=explained(lesion, uptake),
        )
        for lesion, score in zip(lesions, scores, strict=True)
    ]
    return tuple(sorted(made, key=lambda one: -(one.score or 0.0)))


def _measured(card: Card, kinds: Kinds) -> tuple[Notice, ...]:
    """Return what was measured with just these images, if the card says it."""
    end = "; " + " + ".join(WORDS[one] for one in kinds)
    return tuple(
        Notice("measured", f"On {one.n} patients it never saw, with such images: {one.result}.")
        for one in card.performance
        if one.data.endswith(end)
    )


def _is_long(upright: Geometry) -> bool:
    return upright.shape[0] * upright.spacing_mm[0] > _LONG_MM


def _notices(
    kinds: Kinds, prepared: Prepared, fine: Returned, lesions: Sequence[Lesion]
) -> tuple[Notice, ...]:
    used = ", ".join(WORDS[one] for one in kinds)
    missing = [word for one, word in WORDS.items() if one not in kinds]
    lacking = f"; {' and '.join(missing)} would help" if missing else ""
    found = [Notice("images_used", f"Outlined on {used}{lacking}.")]
    found.append(
        Notice(
            "one_disease",
            "It learned soft-tissue sarcoma only: other tumours, metastases and normal uptake are"
            " nothing that it knows.",
        )
    )
    grid = prepared.turn.geometry
    if _is_long(grid):
        sentence = (
            "This image is longer than any it learned from: brain, heart, kidneys, bladder and"
            " bowel may be marked as tumour."
        )
        found.append(Notice("normal_uptake", sentence))
    if not lesions:
        found.append(Notice("nothing_found", "No tumour was outlined; this is no proof of none."))
    if np.count_nonzero(fine.upright) == 0 and not lesions:
        found.append(Notice("no_answer", "The network gives no voxel any probability."))
    return tuple(found)
