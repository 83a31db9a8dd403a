from __future__ import annotations

import numpy as np
import pytest

from viewer.core.progress import Cancelled
from viewer.imaging.phantom import (
    WISHES,
    Phantom,
    Seat,
    Texture,
    Wish,
    random_wishes,
    thorax,
)

SMALL = (56, 192, 192)


@pytest.fixture(scope="module")
def phantom() -> Phantom:
    return thorax(7, shape=(70, 256, 256))


def litres(phantom, label) -> float:
    voxels = np.count_nonzero(phantom.lungs == label)
    return voxels * phantom.volume.geometry.voxel_volume_mm3 / 1e6


def test_it_is_marked_as_synthetic_and_says_its_seed(phantom):
    assert phantom.volume.synthetic
    assert "seed 7" in phantom.volume.provenance[0]
    assert phantom.volume.unit == "[hnsf'U]"


def test_the_same_seed_is_the_same_patient_and_another_is_not():
    first, again, other = (thorax(seed, shape=SMALL, wishes=WISHES[:2]) for seed in (3, 3, 4))
    assert np.array_equal(first.volume.voxels, again.volume.voxels)
    assert first.truth[0].position == again.truth[0].position
    assert not np.array_equal(first.volume.voxels, other.volume.voxels)


def test_lungs_are_of_human_size_and_on_their_sides(phantom):
    assert 1.6 < litres(phantom, 1) < 4.0
    assert 1.4 < litres(phantom, 2) < 4.0
    right = np.argwhere(phantom.lungs == 1).mean(axis=0)
    assert phantom.volume.geometry.to_patient(right)[0] < -40


def test_tissues_have_the_values_of_the_textbook(phantom):
    voxels = phantom.volume.voxels
    lung = np.median(voxels[(phantom.lungs > 0) & ~phantom.airways])
    assert -890 < lung < -800
    assert np.median(voxels[phantom.airways]) < -930
    corner = voxels[:, :6, :6]
    assert corner.mean() == pytest.approx(-1000, abs=8)
    assert (voxels > 250).sum() * phantom.volume.geometry.voxel_volume_mm3 > 150_000
    heart = phantom.volume.geometry.nearest((18, -20, -50))
    block = voxels[tuple(slice(k - 3, k + 4) for k in heart)]
    assert block.mean() == pytest.approx(43, abs=8)
    assert 5 < block.std() < 30


def test_all_nodules_wished_for_are_there(phantom):
    assert sorted((n.texture, n.seat) for n in phantom.truth) == sorted(
        (w.texture, w.seat) for w in WISHES
    )


def test_the_truth_of_a_nodule_is_what_its_voxels_say(phantom):
    voxels, grid = phantom.volume.voxels, phantom.volume.geometry
    for nodule in phantom.truth:
        assert nodule.mask.volume_mm3 == pytest.approx(nodule.volume_mm3, rel=0.2, abs=40)
        start = grid.nearest(nodule.mask.geometry.origin)
        box = tuple(slice(a, a + n) for a, n in zip(start, nodule.mask.geometry.shape, strict=True))
        inside = voxels[box][nodule.mask.voxels]
        assert inside.mean() == pytest.approx(nodule.mean_hu, abs=4 * 20 / len(inside) ** 0.5 + 1)
        assert (phantom.lungs[box][nodule.mask.voxels] > 0).all()


def test_a_large_round_nodule_has_the_volume_of_its_ball():
    made = thorax(1, shape=SMALL, wishes=[Wish(18)], noise_hu=0).truth[0]
    assert made.diameter_mm == pytest.approx(18, rel=0.02)
    assert made.volume_mm3 == pytest.approx(np.pi / 6 * 18**3, rel=0.05)
    assert made.mask.geometry.contains(made.position)


def test_solid_is_denser_than_ground_glass(phantom):
    mean = {n.texture: n.mean_hu for n in sorted(phantom.truth, key=lambda n: n.diameter_mm)}
    assert mean[Texture.SOLID] > mean[Texture.PART_SOLID] > mean[Texture.GROUND_GLASS] > -800


def test_an_isolated_nodule_is_surrounded_by_lung():
    phantom = thorax(5, shape=SMALL, wishes=[Wish(12)])
    nodule = phantom.truth[0]
    assert nodule.seat is Seat.ISOLATED
    for step in np.vstack([np.eye(3), -np.eye(3)]) * 9:
        place = phantom.volume.geometry.nearest(np.add(nodule.position, step))
        assert phantom.lungs[place] > 0


def test_any_seed_and_any_wishes_make_a_patient():
    for seed in (11, 12):
        wishes = random_wishes(np.random.default_rng(seed))
        made = thorax(seed, shape=(28, 96, 96), wishes=wishes)
        assert 0 < len(made.truth) <= len(wishes)


def test_a_patient_nobody_wants_is_not_finished():
    class Stopped:
        def report(self, done: float, doing: str = "") -> None:
            if done > 0.1:
                raise Cancelled

    with pytest.raises(Cancelled):
        thorax(1, shape=SMALL, progress=Stopped())
