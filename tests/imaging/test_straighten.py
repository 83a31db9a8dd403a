"""Straightened volumes against a function of the place in the patient that is known everywhere."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest

from viewer.core.errors import Declined
from viewer.core.plane import Plane
from viewer.core.progress import Cancelled, Silent
from viewer.core.stack import Frame, Stack
from viewer.core.study import Notice, Series, SeriesKind
from viewer.core.volume import Origin
from viewer.imaging.derivation import (
    can_be_straightened,
    check_straightening,
    derived_series,
    straightened,
)
from viewer.imaging.straighten import plan_straightening, straighten

SIZE = (20, 24)
SPACING = (0.8, 0.6)
GRADIENT = np.array([3.0, -2.0, 5.0])
"""The truth in HU per mm: linear in space, so that linear interpolation must hit it."""
ORIENTATIONS = [
    (order, signs) for order in permutations(range(3)) for signs in product((1, -1), repeat=3)
]


def truth(positions):
    return np.asarray(positions) @ GRADIENT + 40.0


def stack(along, tilt=0.0, order=(0, 1, 2), signs=(1, 1, 1), sideways=0.0):
    """Slices at some places along their normal, each shifted by the tilt down, and to the side."""
    axes = np.eye(3)[list(order)] * np.array(signs)[:, None]
    right, down = axes[0], axes[1]
    normal = np.cross(right, down)
    rows, columns = np.indices(SIZE)
    frames = []
    for place in along:
        shift = np.tan(np.radians(tilt)) * place
        origin = np.array([11.0, -7.5, 23.25]) + normal * place + down * shift
        origin = origin + right * sideways * place
        plane = Plane(tuple(origin), tuple(right), tuple(down), SPACING)
        values = truth(plane.to_patient(np.stack([rows, columns], axis=-1)))
        stored = ((values + 1024) / 0.5).astype(np.float32)
        frames.append(Frame(stored, plane, SPACING, Origin("", ""), 0.5, -1024.0))
    return Stack(tuple(frames), "[hnsf'U]", "CT", "ct", "", "1.2.3")


def made(image):
    plan = plan_straightening(image)
    return plan, straighten(image, plan, Silent())


def known(volume):
    """Where in the patient a volume has values, and these."""
    inside = volume.voxels != volume.padding[0]
    positions = volume.geometry.to_patient(np.argwhere(inside))
    return positions, volume.voxels[inside]


@pytest.mark.parametrize("tilt", [10, 20, 30, -20])
@pytest.mark.parametrize(("order", "signs"), ORIENTATIONS[::3])
def test_every_value_of_a_tilted_stack_stays_at_its_place(tilt, order, signs):
    _, volume = made(stack(np.arange(6) * 2.5, tilt, order, signs))
    positions, values = known(volume)
    off_mm = np.abs(values - truth(positions)) / np.linalg.norm(GRADIENT)
    assert off_mm.max() < 1e-3
    assert len(values) > 0.85 * 6 * SIZE[0] * SIZE[1]


@pytest.mark.parametrize("sideways", [0.0, 0.37])
def test_a_straight_grid_stands_on_its_slices_and_holds_all_of_them(sideways):
    image = stack(np.arange(6) * 2.5, 15, sideways=sideways)
    _, volume = made(image)
    directions = volume.geometry.directions
    assert np.allclose(directions @ directions.T, np.eye(3), atol=1e-9)
    for frame in image.frames:
        for corner in ((0, 0), (SIZE[0] - 1, SIZE[1] - 1)):
            assert volume.geometry.contains(frame.plane.to_patient(corner))


@pytest.mark.parametrize("along", [
    [0, 2, 4.3, 6, 8.9, 10], [0, 5, 10, 15, 17.5, 20, 22.5], [0, 1, 2, 3, 6, 7, 8],
    [0, 2, 2, 4, 6], [12, 0, 3, 9, 6],
])  # fmt: skip
def test_uneven_slices_are_put_where_they_are(along):
    _, volume = made(stack(along, 12))
    positions, values = known(volume)
    assert np.abs(values - truth(positions)).max() / np.linalg.norm(GRADIENT) < 1e-3
    ends = volume.geometry.to_index(stack([min(along), max(along)], 12).frames[1].plane.origin)
    assert abs(ends[0] - (volume.geometry.shape[0] - 1)) < 1e-6


def test_pixels_of_even_slices_are_moved_in_their_plane_alone():
    image = stack(np.arange(5) * 3.0, 20)
    plan, volume = made(image)
    assert volume.geometry.shape[0] == 5
    assert volume.geometry.spacing_mm == pytest.approx((3.0, *SPACING))
    first = image.frames[0].pixels * 0.5 - 1024
    start = np.rint(plan.shift_px[0]).astype(int)
    rows, columns = (slice(a, a + n) for a, n in zip(start, SIZE, strict=True))
    assert np.allclose(volume.voxels[0, rows, columns], first, atol=1e-3)


def test_slices_in_a_gap_are_named_as_interpolated():
    image = stack([0, 1, 2, 3, 6, 7, 8])
    plan, _ = made(image)
    assert plan.invented == (4, 5)
    assert plan.geometry.shape[0] == 9


def test_a_place_taken_twice_is_used_once_and_a_damaged_slice_not_at_all():
    plan, _ = made(stack([0, 1, 1, 2]))
    assert plan.repeated == (2,)
    image = stack([0, 1, 2, 3])
    broken = Frame(
        image.frames[1].pixels * 0, image.frames[1].plane, SPACING, Origin("", ""), damage="torn"
    )
    image = Stack((image.frames[0], broken, *image.frames[2:]), "1", "CT", "ct")
    plan, volume = made(image)
    assert plan.damaged == (1,)
    assert plan.invented
    positions, values = known(volume)
    assert np.abs(values - truth(positions)).max() < 0.01


def test_padding_is_never_mixed_into_tissue():
    image = stack(np.arange(4) * 2.0, 10)
    frames = []
    for frame in image.frames:
        pixels = frame.pixels.copy()
        pixels[:5] = -9999.0
        frames.append(
            Frame(pixels, frame.plane, SPACING, frame.origin, 0.5, -1024.0, padding=(-9999, -9999))
        )
    _, volume = made(Stack(tuple(frames), "1", "CT", "ct"))
    positions, values = known(volume)
    assert np.abs(values - truth(positions)).max() < 0.01


def test_the_slices_themselves_are_left_alone():
    image = stack(np.arange(4) * 2.0, 10)
    before = [frame.pixels.copy() for frame in image.frames]
    made(image)
    assert all(np.array_equal(a, b.pixels) for a, b in zip(before, image.frames, strict=True))


def _flat(pixels):
    return Stack((Frame(pixels, None, None, Origin("", "")),) * 3, "1", "CT", "ct")


@pytest.mark.parametrize(("image", "code"), [
    (_flat(np.zeros(SIZE, np.int16)), "no_place"),
    (stack([0.0, 0.0]), "too_few_slices"),
    (stack([0.0, 0.01, 0.02, 500.0]), "too_uneven"),
    (stack([0.0, 50.0, 100.0], 60), "too_uneven"),
    (Stack((*stack([0]).frames, *stack([3], order=(1, 2, 0)).frames), "1", "CT", "ct"),
     "mixed_orientation"),
])  # fmt: skip
def test_what_cannot_become_a_volume_is_declined(image, code):
    with pytest.raises(Declined) as why:
        plan_straightening(image)
    assert why.value.code == code


def test_it_stops_when_nobody_wants_it_any_more():
    class Unwanted:
        def report(self, done, doing=""):
            raise Cancelled

    image = stack([0, 1, 2])
    with pytest.raises(Cancelled):
        straighten(image, plan_straightening(image), Unwanted())


# what is said of it


def listed(*codes: str):
    notices = tuple(Notice(code, f"{code}.") for code in codes)
    return Series("k", "1.2", "1.1", "CT", SeriesKind.STACK, (), 3, "Thorax", notices=notices)


@pytest.mark.parametrize(("codes", "may"), [
    (("tilted",), True), (("missing_slice",), True), (("duplicate_position", "lossy"), True),
    (("tilted", "foreign_slice"), False), (("colour",), False), ((), False),
])  # fmt: skip
def test_only_what_can_be_put_right_is_straightened(codes, may):
    series = listed(*codes)
    assert can_be_straightened(series.notices) is may
    if not may:
        with pytest.raises(Declined, match="cannot be straightened"):
            check_straightening(series)


def test_a_derived_series_says_what_it_was_made_from():
    image, series = stack([0, 1, 2, 3, 6, 7], 10), listed("tilted", "missing_slice")
    plan, volume = made(image)
    derived = derived_series(series, plan)
    assert derived.title == "Thorax (straightened)"
    assert derived.key != series.key
    assert derived.notices[0].code == "derived"
    assert "tilted slices and slices with gaps" in derived.notices[0].sentence
    assert "5 to 6" in derived.notices[1].sentence
    volume = straightened(series, image, plan, volume)
    assert volume.series_key == derived.key
    assert any("1.2" in line for line in volume.provenance)
