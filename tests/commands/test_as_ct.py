"""What a reader says about a file that does not tell what it shows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.commands.as_ct import COMMANDS as AS_CT
from viewer.commands.command import Commands
from viewer.render.caveats import caveats

COMMANDS = Commands(AS_CT)
TAKE = "image.take_as_hu"


@pytest.fixture
def untold(desk, hung):
    """The open volume, as if it came from a NIfTI file."""
    image = replace(hung.image, modality="OT", unit="1")
    opened = replace(hung, image=image, series=replace(hung.series, modality="OT", format="NIfTI"))
    desk.session.images.set(desk.session.images.value.with_image(opened))
    return opened


def test_values_are_hu_only_at_the_readers_word(desk, untold):
    assert COMMANDS[TAKE].allowed(desk)
    COMMANDS.run(TAKE, desk)
    now = desk.session.active_image
    assert (now.image.modality, now.image.unit) == ("CT", "[hnsf'U]")
    assert np.shares_memory(now.image.voxels, untold.image.voxels)
    assert "reader's word" in now.image.provenance[-1]
    assert "HU at a reader's word" in caveats(now, None)


def test_the_word_can_be_taken_back(desk, untold):
    COMMANDS.run(TAKE, desk)
    assert COMMANDS[TAKE].checked(desk)
    COMMANDS.run(TAKE, desk)
    now = desk.session.active_image
    assert (now.image.modality, now.image.unit, now.notices) == ("OT", "1", untold.notices)
    assert now.image.provenance == untold.image.provenance


def test_what_dicom_says_is_not_overruled(desk, hung):
    assert not COMMANDS[TAKE].allowed(desk)
