"""The network that learns from one noisy series: blind where it must be, better than smoothing."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from viewer.ai.self_denoise import SHARED_NOISE, BlindNet, denoise, denoised_volume
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.progress import Cancelled, Silent
from viewer.core.volume import Volume
from viewer.imaging.enhance import smoothing
from viewer.imaging.enhance.field import Field

SHAPE = (5, 64, 64)


def clean() -> np.ndarray:
    z, y, x = np.indices(SHAPE)
    values = 40.0 + 60 * (np.hypot(y - 30, x - 34) < 18) - 80 * (np.hypot(y - 20, x - 20) < 7)
    values += 50 * ((x + y) % 16 < 2) * (np.hypot(y - 30, x - 34) < 18)
    return (values + 0.5 * x + z).astype(np.float32)


def noisy(sigma: float = 20.0) -> np.ndarray:
    return (clean() + np.random.default_rng(1).normal(0, sigma, SHAPE)).astype(np.float32)


@pytest.mark.parametrize("slices", [1, 3])
def test_the_network_never_sees_the_voxel_that_it_predicts(slices: int) -> None:
    net = BlindNet(slices)
    given = torch.randn(1, slices, 40, 40, requires_grad=True)
    for row, column in ((20, 21), (7, 8), (0, 0), (39, 12)):
        given.grad = None
        net(given)[0, 0, row, column].backward()
        assert given.grad is not None
        seen = given.grad[0, slices // 2]
        assert seen[row, column] == 0
        assert (seen != 0).sum() > 20


def test_noise_goes_and_the_truth_comes_nearer_than_by_any_gaussian() -> None:
    done, facts = denoise(noisy(), Silent(), steps=100)
    error = float(np.sqrt(np.mean((done - clean()) ** 2)))
    best = min(
        float(np.sqrt(np.mean((smoothing.gaussian(Field(noisy()), s, Silent()) - clean()) ** 2)))
        for s in (0.5, 0.7, 0.9, 1.2)
    )
    assert error < best < 20
    assert facts.noise == pytest.approx(20, rel=0.12)
    assert facts.last_loss < facts.first_loss
    assert abs(float((done - clean()).mean())) < 1.0


def test_the_same_seed_gives_the_same_and_another_does_not() -> None:
    one, facts = denoise(noisy(), Silent(), steps=10)
    same, again = denoise(noisy(), Silent(), steps=10)
    other, _ = denoise(noisy(), Silent(), steps=10, seed=1)
    assert np.array_equal(one, same)
    assert facts.sha256 == again.sha256
    assert not np.array_equal(one, other)


def test_training_is_broken_off_at_a_report() -> None:
    class Unwanted:
        said: tuple[str, ...] = ()

        def report(self, done: float, doing: str = "") -> None:
            self.said = (*self.said, doing)
            if doing.startswith("learning, step 3"):
                raise Cancelled

    progress = Unwanted()
    with pytest.raises(Cancelled):
        denoise(noisy(), progress, steps=50)
    assert "learning, step 2 of 50" in progress.said


def test_what_was_done_is_told_and_what_is_no_value_stays() -> None:
    voxels = noisy()
    voxels[:, :5] = -2000
    grid = Geometry.from_axes(SHAPE, (0, 0, 0), np.eye(3)[::-1], (2, 1, 1), "1.2")
    volume = Volume(voxels, grid, "[hnsf'U]", "CT", "s", padding=(-2000.0, -2000.0))
    made, facts = denoised_volume(volume, Silent(), steps=10, seed=3)
    assert (made.voxels[:, :5] == -2000).all()
    assert (made.unit, made.geometry) == (volume.unit, grid)
    assert made.provenance[0] == "Derived: denoised by a network trained on this series."
    told = " ".join(made.provenance)
    assert "seed 3" in told
    assert facts.sha256 in told
    assert SHARED_NOISE not in told


def test_what_teaches_nothing_is_declined() -> None:
    with pytest.raises(Declined, match="no noise"):
        denoise(np.ones(SHAPE, np.float32), Silent(), steps=10)
    with pytest.raises(Declined, match="too small"):
        denoise(np.ones((9, 16, 40), np.float32), Silent(), steps=10)
