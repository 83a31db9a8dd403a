"""The card of the map: what it is for, what it is not, and its figures beside the plain ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from viewer.ai.card import Accepts, Card, Channel, Performance, Preparation
from viewer.ai.unlike.heads import HIGH_HU, LOW_HU, SIDE
from viewer.ai.unlike.judging import Judged
from viewer.ai.unlike.lessons import Lesson
from viewer.ai.unlike.model import FEATURES, MODEL
from viewer.ai.unlike.restoring import SHAPE
from viewer.core.code import Code

TITLE = "Skiagram unlike-the-rest map of head CT"
BRAIN = Code("12738006", "SCT", "Brain")
SLICE_MM, PIXEL_MM = 5.0, 1.0
"""Grid on which a CT is looked at: about that of the pictures learned from."""
TOLERANCE = 0.01
PREPARATION = Preparation(
    patch_voxels=0,
    steps_mm=(),
    low_hu=LOW_HU,
    high_hu=HIGH_HU,
    spacing_mm=(SLICE_MM, PIXEL_MM, PIXEL_MM),
    tile_voxels=(1, SIDE, SIDE),
    channels=(Channel("CT", LOW_HU, HIGH_HU),),
)
ACCEPTS = Accepts(
    modalities=("CT",),
    unit="HU",
    regions=(BRAIN,),
    thickest_mm=10.5,
    coarsest_mm=2.05,
    fewest_slices=8,
    shortest_mm=60.0,
)


def described(
    lessons: Sequence[Lesson], ours: Judged, all_: Mapping[str, Judged], command: str
) -> Card:
    """Return the card; hashes come with the files."""
    boxes = sum(len(one) for lesson in lessons for one in lesson.boxes)
    data = (
        f"PHE-SICH-CT-IDS: {len(lessons)} patients with a bleed in the brain,"
        f" {sum(len(one.boxes) for one in lessons)} slices, {boxes} boxes that nothing learned"
        " from; three folds by patient. Which kind of map ships was chosen by these figures."
    )
    return Card(
        id=MODEL,
        version="1.0",
        title=TITLE,
        architecture="unlike_patches",
        intended_use=(
            "Research: shows where a head CT is unlike the slices without a marked bleed of other"
            " patients, so that a reader may look there once more. It does not say what is there."
        ),
        not_for=(
            "Diagnosis, excluding a bleed or anything else, children, contrast-enhanced CT, other"
            " parts of the body. Calcifications, sinuses, surgery and motion are unlike, too."
        ),
        accepts=ACCEPTS,
        licence="Weights for non-commercial use only, as the pictures that they were learned from",
        non_commercial=True,
        experimental=True,
        trained_on=(
            "Slices without a box of PHE-SICH-CT-IDS (head CT, non-commercial use): 36 patients,"
            " all with a bleed elsewhere in the head. The weights hold numbers of patches, and no"
            " pictures; those that ship were learned from all patients."
        ),
        preparation=PREPARATION,
        features=FEATURES,
        labels=(),
        operating_on=data + " Thresholds are distances in spreads of the features.",
        operating=ours.operating,
        default_threshold=_usual_threshold(ours),
        performance=tuple(
            Performance(data, len(lessons), _words(name), command, boxes, one.metrics)
            for name, one in all_.items()
        ),
        tolerance=TOLERANCE,
        sha256=(),
        network=SHAPE,
    )


def _usual_threshold(ours: Judged) -> float:
    """Return the lowest threshold with at most one false mark per patient."""
    fitting = [one.threshold for one in ours.operating if one.false_positives_per_scan <= 1.0]
    return min(fitting)


def _words(name: str) -> str:
    return f"{name[0].upper()}{name[1:]}."
