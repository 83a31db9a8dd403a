"""A bleed lies where it was planted, on its side, however the head is stored."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, permutations

import numpy as np
import pytest

from tests.ai.haemorrhage.conftest import CLOT_HU, HALF_MM, head_with_bleed, stored_otherwise
from viewer.ai.haemorrhage.explaining import subject_of_head
from viewer.ai.haemorrhage.reader import admit, read_with
from viewer.ai.readers import Inputs
from viewer.core.errors import Declined
from viewer.core.progress import Silent
from viewer.imaging.phantom.simple import abdomen, head_mr

PLACE = (30.0, 10.0, 15.0)


@pytest.fixture(scope="session")
def left(model):
    return read_with(Inputs(head_with_bleed(PLACE[0])), model, Silent())


def test_a_planted_bleed_is_found_at_its_place(left):
    best = left.findings[0]
    assert best.score >= left.threshold
    assert np.allclose(best.position, PLACE, atol=4.0)
    assert all(a <= b <= c for a, b, c in zip(best.low, PLACE, best.high, strict=True))
    planted = 4 / 3 * np.pi * np.prod(HALF_MM)
    assert best.volume_mm3 == pytest.approx(planted, rel=0.15)
    assert best.mean_value == pytest.approx(CLOT_HU, abs=4)


def test_the_side_is_that_of_the_patient(left, model):
    right = read_with(Inputs(head_with_bleed(-PLACE[0])), model, Silent())
    assert "left" in left.findings[0].explanation[0].name
    assert "right" in right.findings[0].explanation[0].name
    assert np.isclose(right.findings[0].position[0], -left.findings[0].position[0], atol=2.0)


def test_the_slice_that_is_explained_is_told_by_its_height(left):
    turned = stored_otherwise(head_with_bleed(PLACE[0]), (0, 1, 2), (0,))
    told = subject_of_head(Inputs(turned), left.findings[0], Silent()).caveat
    height = float(re.search(r"z = (-?[\d.]+) mm", told)[1])
    assert abs(height - PLACE[2]) <= HALF_MM[2]


def test_a_head_without_a_bleed_gives_no_finding_above_the_threshold(model):
    reading = read_with(Inputs(head_with_bleed(None)), model, Silent())
    assert not reading.shown
    assert reading.assessments[0].score < reading.threshold
    assert "does not rule one out" in reading.assessments[0].sentence


def test_the_whole_head_is_as_likely_to_bleed_as_its_surest_finding(left):
    (whole,) = left.assessments
    assert whole.score == left.findings[0].score
    assert "nobody knows" in whole.sentence
    assert whole.explanation[0].value >= whole.explanation[-1].value


def test_the_map_is_high_in_the_bleed_and_nowhere_else(left):
    (clots,) = left.maps
    inside = clots.voxels[clots.geometry.nearest(PLACE)]
    assert inside > 128
    assert clots.voxels[clots.geometry.nearest((-PLACE[0], *PLACE[1:]))] < 60


def test_a_head_stored_in_another_order_gives_the_same_finding(left, model):
    head = head_with_bleed(PLACE[0])
    ways = [
        (order, flips)
        for order in permutations(range(3))
        for count in range(4)
        for flips in combinations(range(3), count)
    ]
    assert len(ways) == 48
    for order, flips in ways[1::11]:
        reading = read_with(Inputs(stored_otherwise(head, order, flips)), model, Silent())
        _same(reading.findings[0], left.findings[0])


@pytest.mark.slow
def test_every_one_of_the_48_ways_gives_the_same_finding(left, model):
    head = head_with_bleed(PLACE[0])
    for order in permutations(range(3)):
        for count in range(4):
            for flips in combinations(range(3), count):
                turned = stored_otherwise(head, order, flips)
                reading = read_with(Inputs(turned), model, Silent())
                _same(reading.findings[0], left.findings[0])


def _same(one, other):
    assert np.allclose(one.position, other.position, atol=1e-6)
    assert np.allclose([one.low, one.high], [other.low, other.high], atol=1e-6)
    assert one.score == pytest.approx(other.score, abs=1e-6)
    assert one.volume_mm3 == pytest.approx(other.volume_mm3)
    assert one.explanation[0] == other.explanation[0]


def test_other_parts_of_the_body_are_declined_with_the_reason(model):
    trunk = abdomen(step_mm=2.0)
    volume = replace(head_with_bleed(None), voxels=trunk.values, geometry=trunk.geometry)
    with pytest.raises(Declined, match="no closed skull with a brain") as why:
        read_with(Inputs(volume), model, Silent())
    assert why.value.code == "no_head"


def test_what_is_no_ct_in_hu_is_declined():
    phantom = head_mr()
    volume = replace(head_with_bleed(None), voxels=phantom.values, geometry=phantom.geometry)
    with pytest.raises(Declined, match="magnetic resonance"):
        admit(Inputs(replace(volume, modality="MR", unit="1")))
    with pytest.raises(Declined, match="Hounsfield"):
        admit(Inputs(replace(volume, unit="1")))
    with pytest.raises(Declined, match="of knee"):
        admit(Inputs(head_with_bleed(None), body_part="KNEE"))


def test_the_card_says_what_nobody_measured(model):
    assert model.card.non_commercial
    assert "never measured on" in model.card.not_for
    assert all(figure.command for figure in model.card.performance)
