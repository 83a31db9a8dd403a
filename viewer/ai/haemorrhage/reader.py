"""Bleeds into the brain on a CT of the head, in HU or as pictures in a brain window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from viewer.ai.accepting import admit_kind, admit_region, admit_spacing
from viewer.ai.findings import stable_uid
from viewer.ai.haemorrhage.head import HeadSlices, head_slices
from viewer.ai.haemorrhage.places import clot_map, finding_of, places_of
from viewer.ai.haemorrhage.saying import SLICES_TOLD, whole
from viewer.ai.haemorrhage.slices import Model, Said, load_model, read_slices
from viewer.ai.haemorrhage.stacks import admit_stack, read_stack
from viewer.ai.haemorrhage.words import (
    ASKED,
    HEAD,
    MODEL,
    NEVER_ON_HU,
)
from viewer.ai.readers import Inputs
from viewer.ai.reading import Reading
from viewer.ai.stopwatch import Stopwatch
from viewer.core.assessment import Assessment
from viewer.core.finding import Finding, Reason
from viewer.core.progress import Part, Progress
from viewer.core.resources import resource_folder
from viewer.core.score_map import ScoreMap
from viewer.core.stack import Stack
from viewer.core.study import Notice

if TYPE_CHECKING:
    from viewer.ai.explaining.subject import Subject


def admit(inputs: Inputs) -> None:
    """Let a CT in HU or a stack of pictures in by what their files say.

    Raises:
        Declined: with the reason.
    """
    if isinstance(inputs.image, Stack):
        admit_stack(inputs.image)
        return
    admit_kind(inputs.volume, HEAD, ASKED)
    admit_region(inputs.body_part, HEAD, ASKED)
    admit_spacing(inputs.volume.geometry, HEAD, ASKED)


def model_folder() -> Path:
    """Return where the model is kept."""
    return resource_folder() / "models" / MODEL


def read_inputs(inputs: Inputs, progress: Progress) -> Reading:
    """Read the image in front.

    Raises:
        Declined: if there is no head in it, or not in a way that the model knows.
        Unreadable: if the model's files are damaged.
    """
    return read_with(inputs, load_model(model_folder()), progress)


def subject(inputs: Inputs, about: Assessment | Finding, progress: Progress) -> Subject:
    """Return what a map of this model's answer is made of.

    Raises:
        Declined: if there is no head, or the answer lies outside what the network saw.
    """
    from viewer.ai.haemorrhage.explaining import subject_of_head

    admit(inputs)
    return subject_of_head(inputs, about, progress)


def read_with(inputs: Inputs, model: Model, progress: Progress) -> Reading:
    """Read the image in front with a model that is loaded."""
    admit(inputs)
    if isinstance(inputs.image, Stack):
        return read_stack(inputs.image, model, progress)
    return _read_volume(inputs, model, progress)


def _read_volume(inputs: Inputs, model: Model, progress: Progress) -> Reading:
    watch = Stopwatch()
    volume = inputs.volume
    author = model.card.author()
    head = head_slices(inputs, Part(progress, 0.0, 0.4))
    watch.lap("head")
    said = read_slices(head.pictures, model, Part(progress, 0.4, 0.8))
    watch.lap("slices")
    places = places_of(volume, head, said, author, Part(progress, 0.8, 0.95))
    findings = tuple(finding_of(one, said, places) for one in said.bleeds)
    watch.lap("places")
    progress.report(1.0, "read")
    notices = [*head.prepared.notices, Notice("never_on_hu", NEVER_ON_HU)]
    if head.cut:
        notices.append(Notice("brain_cut", "The brain is cut off by the first or last slice."))
    clots = ScoreMap(
        id=stable_uid(f"{volume.series_key}|{author.weights_sha256}|clot|map"),
        title="Bleed: probability of clot",
        meaning="How likely each voxel is clotted blood, as the network says it; learned from what"
        " is bright within boxes, not from outlines by hand.",
        voxels=clot_map(places),
        geometry=volume.geometry,
        series_key=volume.series_key,
        author=author,
    )
    return Reading(
        segmentations=(),
        findings=findings,
        threshold=model.card.default_threshold,
        models=(model.card,),
        author=author,
        timings_s=watch.laps,
        notices=tuple(notices),
        assessments=(whole(volume.series_key, model.card, said, _heights(said, head)),),
        maps=(clots,),
        engine=model.network.engine,
    )


def _heights(said: Said, head: HeadSlices) -> tuple[Reason, ...]:
    """Return the heights in the patient at which slices speak most for a bleed."""
    told = []
    for number in said.surest(SLICES_TOLD):
        z = head.height_mm(number)
        told.append(Reason(f"Slice at z = {z:.1f} mm", round(float(said.slices[number]), 3)))
    return tuple(told)
