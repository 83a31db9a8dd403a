"""Whether a picture is a frontal chest radiograph, as far as its file says."""

from __future__ import annotations

from viewer.ai.accepting import KINDS, UNSAID, admit_region
from viewer.ai.chest_xray.words import ACCEPTS, ADULT, ASKED
from viewer.ai.readers import Inputs
from viewer.core.errors import Declined
from viewer.core.stack import Frame, Stack
from viewer.core.study import Notice

FRONTAL = ("AP", "PA")
LATERAL = ("lateral", "seitlich", "lat.")
SMALLEST = 192
"""Rows and columns that a picture needs: less detail than that was never learned from."""
LARGEST_PIXELS = 60_000_000
LONGEST = 3.0
"""A picture so many times as long as wide, or as wide as long, shows no chest alone."""


def admitted(inputs: Inputs) -> Frame:
    """Return the one frame that is to be read.

    Raises:
        Declined: if it is of another kind, part or view, one of several, damaged or too small.
    """
    image = inputs.image
    if not isinstance(image, Stack):
        raise Declined(f"{ASKED.words}; this is a volume.", code="no_stack")
    if image.modality not in (*ACCEPTS.modalities, *UNSAID):
        kind = KINDS.get(image.modality, f"an image of the kind {image.modality}")
        raise Declined(f"{ASKED.words}; this is {kind}.", code="not_cr_dx")
    if len(image.frames) != 1:
        count = len(image.frames)
        raise Declined(f"{ASKED.words}, one at a time; here are {count}.", code="several_pictures")
    admit_region(inputs.body_part, ACCEPTS, ASKED)
    _admit_view(inputs)
    frame = image.frames[0]
    _admit_size(frame.pixels.shape)
    if frame.damage:
        raise Declined(f"{ASKED.words}; this picture is damaged.", code="damaged_picture")
    return frame


def _admit_view(inputs: Inputs) -> None:
    view = inputs.techniques[0].view.strip() if inputs.techniques else ""
    name = " ".join(inputs.names[:1]).lower()
    if view and view.upper() not in FRONTAL:
        raise Declined(f"{ASKED.words}; the view of this one is {view[:16]}.", code="not_frontal")
    if not view and any(word in name for word in LATERAL):
        raise Declined(f"{ASKED.words}; this one is a lateral view.", code="not_frontal")


def _admit_size(shape: tuple[int, ...]) -> None:
    rows, columns = shape[:2]
    if min(rows, columns) < SMALLEST or rows * columns > LARGEST_PIXELS:
        raise Declined(
            f"{ASKED.words}, from {SMALLEST} pixels across to {LARGEST_PIXELS // 1_000_000} million"
            f" in all; this one has {rows} x {columns}.",
            code="wrong_size",
        )
    if max(rows, columns) > LONGEST * min(rows, columns):
        raise Declined(f"{ASKED.words}; this one is a strip of one.", code="wrong_shape")


def notices_of(inputs: Inputs) -> tuple[Notice, ...]:
    """Say what the reader of the result must know about the picture."""
    years = inputs.years
    found = []
    if years is None:
        sentence = "The age is not known; the pneumonia model was made for children alone."
        found.append(Notice("age_unknown", sentence))
    elif years >= ADULT:
        sentence = f"At {years:.0f} years: the pneumonia model was made for children alone."
        found.append(Notice("adult", sentence))
    if inputs.image.modality in UNSAID:
        sentence = "The file does not say what it shows; it was taken as a frontal chest."
        found.append(Notice("taken_as_chest", sentence))
    return tuple(found)
