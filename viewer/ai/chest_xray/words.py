"""What the reader of chest radiographs says: codes, names and sentences."""

from __future__ import annotations

from viewer.ai.accepting import Asked
from viewer.ai.card import Accepts
from viewer.core.code import Code

MODEL = "chest_pneumonia"
TITLE = "Pneumonia on chest radiographs of children"
PNEUMONIA = Code("233604007", "SCT", "Pneumonia")
CHEST = Code("51185008", "SCT", "Chest")
ACCEPTS = Accepts(("CR", "DX"), regions=(CHEST,), dimensions=2)
ASKED = Asked("The pneumonia model was made for frontal chest radiographs of children")
ADULT = 18
CAVEAT = (
    "Learned from children of one hospital, whose healthy and ill pictures also differ elsewhere:"
    " with lungs and heart blotted out a simple model still tells them apart with an AUC of 0.95."
)
