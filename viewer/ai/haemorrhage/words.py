"""What the model of bleeds is called, what it takes, and what it says."""

from __future__ import annotations

from viewer.ai.accepting import Asked
from viewer.ai.card import Accepts, Channel, Preparation
from viewer.ai.haemorrhage.pictures import BRAIN as WINDOW
from viewer.ai.haemorrhage.pictures import SIDE
from viewer.core.code import Code

MODEL = "head_haemorrhage"
TITLE = "Skiagram bleed finder"
CEREBRAL_HAEMORRHAGE = Code("274100004", "SCT", "Cerebral hemorrhage")
BRAIN = Code("12738006", "SCT", "Brain")
THRESHOLD = 0.5
"""Said before anything was measured, so that it is not fitted to the figures."""

WORDS = "The bleed finder looks for bleeds into the brain on CT of the head"
ASKED = Asked(WORDS)
HEAD = Accepts(
    modalities=("CT",),
    unit="HU",
    regions=(BRAIN,),
    thickest_mm=10.05,
    coarsest_mm=2.05,
    fewest_slices=5,
    shortest_mm=50.0,
)
SLICE_MM, PIXEL_MM = 5.0, 0.9
"""Slices of about this thickness were learned from; pixels of a halved picture are about so."""
_LOW, _HIGH = WINDOW.centre - WINDOW.width / 2, WINDOW.centre + WINDOW.width / 2
PREPARATION = Preparation(
    0,
    (),
    _LOW,
    _HIGH,
    spacing_mm=(SLICE_MM, PIXEL_MM, PIXEL_MM),
    tile_voxels=(SIDE, SIDE),
    channels=(Channel("CT", _LOW, _HIGH),),
)
NEVER_ON_HU = (
    "Learned from pictures in a brain window without HU; on CT in HU it was never measured on"
    " real bleeds."
)
EVERYBODY_BLED = (
    "Everybody it was learned from and measured on had a bleed, so nobody knows how often it"
    " speaks up for a patient without one."
)
