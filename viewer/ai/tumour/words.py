"""What the card of the sarcoma model says."""

from __future__ import annotations

from dataclasses import dataclass

from viewer.ai.card import Accepts, Card, OperatingPoint, Performance
from viewer.ai.tumour.learning import SHAPE
from viewer.ai.tumour.preparation import PREPARATION
from viewer.core.code import Code

NEOPLASM = Code("108369006", "SCT", "Neoplasm")
_NUMBERS = ("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
TITLE = "Skiagram sarcoma outliner"
FOLDS = 3
"""Into how many parts the patients are divided where nobody says otherwise."""
COMMAND = "python -m viewer.ai.train tumour_petctmr"
ACCEPTS = Accepts(
    modalities=("PT", "CT", "MR"),
    regions=(Code("61685007", "SCT", "Lower limb"), Code("53120007", "SCT", "Upper limb")),
    thickest_mm=8.0,
    coarsest_mm=8.0,
    fewest_slices=8,
    shortest_mm=40.0,
)


@dataclass(frozen=True, slots=True)
class Words:
    """What differs between a whole training and one that was cut short."""

    data: str = "not measured"
    command: str = COMMAND
    weights: str = ""


def words_of(judged: int, patients: int, folds: int, trained: int) -> Words:
    """Return how a card tells what was measured, and from whom the weights learned.

    Args:
        judged: Patients that were judged.
        patients: All patients.
        folds: Into how many parts they were divided.
        trained: How many of these were judged, the first ones.
    """
    data = (
        f"{_spelled(folds)}-fold cross-validation by patient, {judged} of {patients} patients"
        " judged, with one soft-tissue sarcoma each; images cut 5 cm round the tumour (IBSI"
        " validation set of TCIA Soft-tissue-Sarcoma)"
    )
    command = COMMAND if folds == FOLDS else f"{COMMAND} --folds {folds}"
    if trained >= folds:
        weights = f"the weights here learned from all {patients}"
        return Words(data, command, weights)
    weights = (
        "the weights here are those of the last fold that was judged, which learned from the"
        " patients outside it"
    )
    left = folds - trained
    unjudged = "the last fold was" if left == 1 else f"the last {left} folds were"
    again = f"{command} --stop-after {trained}"
    return Words(f"{data}; {unjudged} not judged", again, weights)


def _spelled(number: int) -> str:
    known = 2 <= number < 2 + len(_NUMBERS)
    return _NUMBERS[number - 2] if known else str(number)


def card_words(
    operating: tuple[OperatingPoint, ...],
    threshold: float,
    performance: tuple[Performance, ...],
    words: Words = Words(),
) -> Card:
    """Return the card, without the hashes of its files."""
    return Card(
        id="tumour_petctmr",
        version="1.0",
        title=TITLE,
        architecture="network",
        intended_use=(
            "Research use: a first outline of a soft-tissue sarcoma on FDG PET, CT and T1 MR, any"
            " of them missing. A person looks at every outline and corrects it."
        ),
        not_for=(
            "Diagnosis, staging, treatment planning, response assessment; any disease but"
            " soft-tissue sarcoma; looking for metastases; tumours outside the limbs; whole-body"
            " images, where normal uptake (brain, heart, kidneys, bladder, bowel, brown fat) was"
            " never learned and will be marked; tracers other than FDG; children."
        ),
        accepts=ACCEPTS,
        licence="CC BY 3.0, as the data it was trained on",
        non_commercial=False,
        experimental=False,
        trained_on=(
            "23 patients with soft-tissue sarcoma: FDG PET in SUV, CT and T1 MR with the outline of"
            " the gross tumour (IBSI validation set, A. Zwanenburg, of TCIA Soft-tissue-Sarcoma,"
            " M. Vallières et al. 2015, doi 10.7937/K9/TCIA.2015.7GO2GSKS; CC BY 3.0). The figures"
            f" are of networks that never saw the patient; {words.weights}."
        ),
        preparation=PREPARATION,
        features=(),
        labels=(NEOPLASM,),
        operating_on=f"{words.data}; parts of at least 0.5 ml, with PET, CT and MR",
        operating=operating,
        default_threshold=threshold,
        performance=performance,
        tolerance=2e-3,
        sha256=(),
        network=SHAPE,
    )
