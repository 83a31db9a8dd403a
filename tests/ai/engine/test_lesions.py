from __future__ import annotations

import numpy as np
import pytest

from tests.ai.network_phantom import (
    ball,
    card,
    preparation,
    stored_otherwise,
    threshold_weights,
    volume_of,
)
from viewer.ai.engine.asking import network_of_shape
from viewer.ai.engine.lesions import finding_of, lesions_of, map_of, segmentation_of
from viewer.ai.engine.preparing import prepare
from viewer.ai.engine.returning import Returned, returned
from viewer.ai.engine.running import answered
from viewer.ai.readers import Inputs
from viewer.core.author import Author
from viewer.core.code import LESION
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.volume import Volume
from viewer.imaging.upright import Turn

MODEL = Author("Test", True, "1", "abc")


@pytest.fixture(scope="module")
def net():
    return network_of_shape(*threshold_weights(3))


def asked(net, volume, spacing=(2.0, 1.5, 1.5)):
    prepared = prepare(preparation(spacing_mm=spacing), Inputs(volume), Silent())
    answer = answered(net, card((12, 16, 16), 0.25), prepared, Silent())
    return returned(answer.dense, prepared, Silent())


def test_a_planted_ball_is_found_where_it_lies(net):
    volume = volume_of(ball())
    answer = asked(net, volume)
    (lesion,) = lesions_of(answer, 0, 0.5)
    where = volume.geometry.to_patient((9.0, 14.0, 27.0))
    assert np.linalg.norm(np.subtract(lesion.centre, where)) < 0.3
    assert lesion.volume_mm3 == pytest.approx(4 / 3 * np.pi * 6**3, rel=0.1)
    assert lesion.diameter_mm == pytest.approx(12, abs=1)
    assert np.subtract(lesion.high, lesion.low) == pytest.approx(12, abs=2)
    assert 0.5 <= lesion.mean <= lesion.highest == 1


def test_all_48_ways_to_store_a_scan_give_the_same_finding_at_the_same_place(net):
    volume = volume_of(ball())
    (wanted,) = lesions_of(asked(net, volume), 0, 0.5)
    first = finding_of(wanted, LESION, MODEL, volume.series_key)
    for stored in stored_otherwise(volume):
        answer = asked(net, stored)
        (lesion,) = lesions_of(answer, 0, 0.5)
        found = finding_of(lesion, LESION, MODEL, stored.series_key)
        assert np.allclose(found.position, first.position, atol=1e-6)
        assert np.allclose((found.low, found.high), (first.low, first.high), atol=1e-6)
        assert found.id == first.id
        assert found.score == first.score
        assert found.volume_mm3 == pytest.approx(first.volume_mm3)
        assert found.diameter_mm == pytest.approx(first.diameter_mm, abs=1e-4)
        labels = segmentation_of(answer, [LESION], [0.5], "Lesions", MODEL).labels
        assert same_place(lesion.mask, stored, labels)


def same_place(mask, stored, labels):
    """Tell whether a mask marks, on the stored grid, just the voxels that are labelled."""
    inside = np.argwhere(mask.voxels)
    index = stored.geometry.to_index(mask.geometry.to_patient(inside))
    assert np.allclose(index, index.round(), atol=1e-6)
    assert mask.geometry.directions == pytest.approx(stored.geometry.directions)
    return {tuple(one) for one in index.round().astype(int)} == {
        tuple(one) for one in np.argwhere(labels)
    }


def test_a_slanted_scan_gives_the_ball_where_it_lies_too(net):
    c, s = np.cos(0.4), np.sin(0.4)
    directions = np.array([[0, -s, c], [0, c, s], [1, 0, 0]])
    grid = Geometry.from_axes((24, 40, 44), (-30, 12, 55), directions, (2, 1, 1), "1.2.3")
    volume = Volume(ball(), grid, "HU", "CT", "slanted")
    (lesion,) = lesions_of(asked(net, volume), 0, 0.5)
    where = grid.to_patient((9.0, 14.0, 27.0))
    assert np.linalg.norm(np.subtract(lesion.centre, where)) < 0.3


def test_small_parts_and_those_outside_are_left_out_and_the_most_certain_come_first(net):
    values = np.zeros((24, 40, 44), np.int16)
    values[4:8, 4:12, 4:12] = 100
    values[12:16, 20:28, 20:28] = 56
    values[20, 36, 40] = 100
    answer = asked(net, volume_of(values), (0.0, 0.0, 0.0))
    assert len(lesions_of(answer, 0, 0.5)) == 3
    big = lesions_of(answer, 0, 0.5, least_mm3=10.0)
    assert len(big) == 2
    assert big[0].highest > big[1].highest
    inside = np.zeros(answer.upright.shape[1:], bool)
    inside[10:18] = True
    assert len(lesions_of(answer, 0, 0.5, inside=inside)) == 1
    assert len(lesions_of(answer, 0, 0.5, most=1)) == 1


def test_nothing_is_found_in_nothing(net):
    answer = asked(net, volume_of(np.zeros((8, 16, 16), np.int16)))
    assert lesions_of(answer, 0, 0.5) == ()
    assert not segmentation_of(answer, [LESION], [0.5], "Lesions", MODEL).labels.any()


def test_a_map_is_as_large_as_the_image_and_says_what_it_shows(net):
    volume = next(iter(list(stored_otherwise(volume_of(ball())))[17:]))
    shown = map_of(asked(net, volume), 0, LESION, MODEL)
    assert shown.geometry == volume.geometry
    assert np.mean((shown.voxels >= 128) == (volume.voxels >= 50)) > 0.99
    assert shown.meaning.endswith(".")


def test_a_core_and_the_ring_round_it_are_two_findings():
    probable = np.zeros((1, 9, 9, 9), np.uint8)
    probable[0, 1:8, 1:8, 1:8] = 200
    probable[0, 2:7, 2:7, 2:7] = 0
    probable[0, 4, 4, 4] = 250
    grid = Geometry((9, 9, 9), np.eye(4))
    lesions = lesions_of(Returned(probable, Turn.of(grid), grid, "key"), 0, 0.5)
    assert len({finding_of(one, LESION, MODEL, "key").id for one in lesions}) == 2
