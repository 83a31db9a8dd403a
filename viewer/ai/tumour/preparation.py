"""How PET, CT and MR go into the network; the engine does it."""

from __future__ import annotations

from viewer.ai.card import Channel, Preparation

SPACING_MM = 4.0
CHANNELS = (
    Channel("PT", 0.0, 15.0, optional=True),
    Channel("CT", -160.0, 240.0, optional=True),
    Channel("MR", standardised=True, optional=True),
)
"""Any may be missing, but not all; a missing one is 0 everywhere."""
PREPARATION = Preparation(
    patch_voxels=0,
    steps_mm=(),
    low_hu=0.0,
    high_hu=0.0,
    orientation="patient",
    spacing_mm=(SPACING_MM,) * 3,
    tile_voxels=(64, 64, 64),
    overlap=0.5,
    channels=CHANNELS,
)
TITLE = "The sarcoma model"
