import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.core.geometry import Geometry
from viewer.session.look import Viewing
from viewer.session.stepping import steps, viewing_axes

PERMUTATIONS = [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]
STANDARD = (Viewing.AXIAL, Viewing.CORONAL, Viewing.SAGITTAL)


def grid(order, signs, shape=(4, 5, 6), spacing=(3.0, 1.0, 0.5)):
    directions = np.eye(3)[list(order)] * np.asarray(signs, float)[:, None]
    return Geometry.from_axes(shape, (10.0, -20.0, 30.0), directions, spacing)


orientations = st.tuples(st.sampled_from(PERMUTATIONS), st.tuples(*[st.sampled_from([-1, 1])] * 3))


@given(orientations, st.sampled_from(STANDARD))
def test_steps_along_the_patient_hit_voxel_centres_in_every_orientation(orientation, viewing):
    geometry = grid(*orientation)
    line = steps(geometry, viewing)
    index = geometry.to_index(line.at(1, geometry.to_patient((1, 2, 3))))
    assert line.aligned
    assert np.allclose(index, np.rint(index), atol=1e-9)


@given(orientations, st.sampled_from([*STANDARD, Viewing.ACQUISITION]), st.integers(0, 3))
def test_a_slice_number_comes_back_from_its_position(orientation, viewing, number):
    geometry = grid(*orientation)
    line = steps(geometry, viewing)
    assert line.index(line.at(number, geometry.centre)) == number


@given(orientations)
def test_slices_as_acquired_are_counted_as_stored(orientation):
    geometry = grid(*orientation)
    line = steps(geometry, Viewing.ACQUISITION)
    assert line.count == geometry.shape[0]
    for number in range(line.count):
        assert round(geometry.to_index(line.at(number, geometry.centre))[0]) == number


def test_standard_views_are_radiological():
    geometry = grid((0, 1, 2), (1, 1, 1))
    right, down = viewing_axes(geometry, Viewing.AXIAL)
    assert right == (1, 0, 0), "the patient's left is on the right of the screen"
    assert down == (0, 1, 0), "the back is at the bottom"


def test_an_oblique_grid_is_covered_from_end_to_end():
    turn = np.deg2rad(20)
    directions = [
        [0, -np.sin(turn), np.cos(turn)],
        [0, np.cos(turn), np.sin(turn)],
        [1, 0, 0],
    ]
    geometry = Geometry.from_axes((10, 20, 20), (0, 0, 0), directions, (3, 1, 1))
    line = steps(geometry, Viewing.AXIAL)
    heights = geometry.corners()[:, 2]
    assert not line.aligned
    assert line.first_mm - line.step_mm <= heights.min()
    assert line.first_mm + line.count * line.step_mm >= heights.max() - line.step_mm


def test_scrolling_stops_at_both_ends():
    geometry = grid((2, 1, 0), (1, 1, 1))
    line = steps(geometry, Viewing.SAGITTAL)
    assert line.at(-5, geometry.centre) == line.at(0, geometry.centre)
    assert line.at(999, geometry.centre) == pytest.approx(line.at(line.count - 1, geometry.centre))
