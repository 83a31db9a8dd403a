"""The second reader: one chest CT in, lungs, airways and nodule candidates out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from viewer.ai.admission import admit as admit_volume
from viewer.ai.admission import admit_grid, admit_lungs, admit_values, notices_of
from viewer.ai.candidates import chest_of, measured, spots
from viewer.ai.card import load_folder
from viewer.ai.findings import FLOOR, crops_of, findings_of, stable_uid
from viewer.ai.ranking import rank
from viewer.ai.readers import Inputs
from viewer.ai.reading import Reading
from viewer.ai.stopwatch import Stopwatch
from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.code import AIRWAY, LEFT_LUNG, RIGHT_LUNG
from viewer.core.errors import Declined
from viewer.core.finding import Finding
from viewer.core.label_map import LabelMap
from viewer.core.progress import Part, Progress
from viewer.core.resources import resource_folder
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.volume import Volume
from viewer.imaging import lungs as anatomy
from viewer.imaging.lungs import Lungs, find_lungs

if TYPE_CHECKING:
    from viewer.ai.explaining.subject import Subject

MODEL = "lung_nodules"
ENGINE = "torch"
SEGMENTS = (
    Segment(anatomy.LEFT_LUNG, "Left lung", LEFT_LUNG, colour=(92, 158, 224)),
    Segment(anatomy.RIGHT_LUNG, "Right lung", RIGHT_LUNG, colour=(104, 194, 140)),
    Segment(anatomy.AIRWAYS, "Airways", AIRWAY, colour=(232, 196, 92)),
)


def admit(inputs: Inputs) -> None:
    """Let the volume in front in by what its file says.

    Raises:
        Declined: if it is no CT in HU, too coarse, or too short for lungs.
    """
    admit_volume(inputs.volume)
    admit_grid(inputs.volume)


def read_inputs(inputs: Inputs, progress: Progress) -> Reading:
    """Read the volume in front; see `read`."""
    return read(inputs.volume, progress)


def read(volume: Volume, progress: Progress) -> Reading:
    """Read a chest CT: segment lungs and airways, find and rank nodule candidates.

    Raises:
        Declined: with one sentence, for anything that is not a chest CT.
        Unreadable: if the model's files are damaged.
    """
    return read_with(volume, model_folder(), progress)


def subject(inputs: Inputs, about: Assessment | Finding, progress: Progress) -> Subject:
    """Return how a nodule looked to the network, so that its answer can be explained.

    Raises:
        Declined: for anything that is not a finding on a chest CT.
    """
    from viewer.ai.explaining.cubes import subject_of_cubes

    if not isinstance(about, Finding):
        raise Declined("Choose a finding of this model first.", code="no_finding")
    volume = inputs.volume
    admit(inputs)
    values = volume.values()
    lungs = find_lungs(values, volume.geometry, progress)
    admit_lungs(lungs)
    chest = chest_of(values, lungs)
    return subject_of_cubes(load_folder(model_folder()), chest, volume.geometry, about)


def model_folder() -> Path:
    """Return where the model that `read` uses is kept."""
    return resource_folder() / "models" / MODEL


def read_with(volume: Volume, folder: Path, progress: Progress) -> Reading:
    """Read a chest CT with the model of another folder."""
    watch = Stopwatch()
    admit_volume(volume)
    model = load_folder(folder)
    author = model.card.author((("floor", f"{FLOOR:g}"),))
    values = volume.values()
    admit_values(volume, values)
    admit_grid(volume)
    watch.lap("prepare")
    lungs = find_lungs(values, volume.geometry, Part(progress, 0.0, 0.35))
    admit_lungs(lungs)
    watch.lap("lungs and airways")
    chest = chest_of(values, lungs)
    blobs = spots(chest, Part(progress, 0.35, 0.5))
    watch.lap("spots")
    found = measured(chest, blobs, Part(progress, 0.5, 0.8))
    watch.lap("outlines")
    ranked = rank(model, chest, found, Part(progress, 0.8, 0.98))
    findings = findings_of(volume, author, lungs, found, ranked)
    watch.lap("ranking")
    progress.report(1.0, "read")
    return Reading(
        segmentations=(_segmentation(volume, author, lungs),),
        findings=findings,
        threshold=model.card.default_threshold,
        models=(model.card,),
        author=author,
        timings_s=watch.laps,
        notices=notices_of(volume, lungs),
        engine=ENGINE,
        crops=crops_of(findings, found, ranked),
    )


def _segmentation(volume: Volume, author: Author, lungs: Lungs) -> Segmentation:
    labels = np.ascontiguousarray(lungs.turn.stored(lungs.labels))
    name = f"{volume.series_key}|lungs|{author.weights_sha256}"
    return Segmentation(
        stable_uid(name),
        "Lungs and airways",
        LabelMap.of(labels),
        volume.geometry,
        SEGMENTS,
        author,
        volume.series_key,
    )
