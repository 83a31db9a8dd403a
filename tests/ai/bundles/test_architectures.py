from __future__ import annotations

import numpy as np
import pytest

from tests.ai.bundles.bundle_phantom import SMALL, picture_of, weights_of
from viewer.ai import engines
from viewer.ai.bundles.architectures import asked, unet_of
from viewer.ai.bundles.onnx_unet import axes_of, onnx_unet
from viewer.ai.bundles.unet import UNetShape
from viewer.ai.onnx_file import check_onnx
from viewer.core.errors import Declined, Unreadable

RESIDUAL = UNetShape(2, 3, (2, 3, 4), ((2, 2, 1), (1, 2, 2)), residuals=2, affine=True)
PLAIN = UNetShape(1, 1, (2, 2), ((2, 2, 2),), act="relu", bias=False)
SIDES = (8, 12, 4)


@pytest.mark.parametrize(
    ("shape", "values", "total"),
    [
        (SMALL, [1.511657, -2.379776, -5.452736, 2.906476], 3107.68603515625),
        (RESIDUAL, [-1.694348, 0.5362409, 1.633853, 0.3638569], 1823.335693359375),
        (PLAIN, [0.0, 1.421773, 0.8350034, 0.2847731], 383.69287109375),
    ],
)
def test_the_sums_are_those_of_monai_1_6_1_with_the_same_weights(shape, values, total):
    answer = asked(unet_of(shape, weights_of(shape)), picture_of(shape, SIDES))
    assert answer.ravel()[[0, 7, 100, -1]] == pytest.approx(values, abs=1e-5)
    assert np.abs(answer).sum() == pytest.approx(total, rel=1e-5)


@pytest.mark.parametrize("codes", ["RAS", "LPS", "SPL", "PIR"])
@pytest.mark.parametrize("shape", [SMALL, RESIDUAL, PLAIN])
def test_every_engine_gives_the_numbers_of_torch_in_our_axes(shape, codes):
    axes, weights = axes_of(codes), weights_of(shape)
    theirs = picture_of(shape, SIDES)
    wanted = axes.to_ours(asked(unet_of(shape, weights), theirs * 2 - 1))
    content = onnx_unet(shape, weights, axes, (2.0, -1.0))
    check_onnx(content, "unet.onnx")
    for engine in engines.installed():
        ready = engines.compiled(engine, content)
        found = engines.ask(engine, ready, {"input": axes.to_ours(theirs)})
        assert np.abs(found["dense"] - wanted).max() < 1e-4


def test_letters_say_where_each_axis_grows():
    axes = axes_of("RAS")
    ours = np.zeros((1, 1, 2, 3, 4), np.float32)
    ours[0, 0, 1, 2, 3] = 1  # farthest to the head, the back, the left
    assert np.argwhere(axes.to_bundle(ours))[0].tolist() == [0, 0, 0, 0, 1]
    assert np.array_equal(axes.to_ours(axes.to_bundle(ours)), ours)
    assert axes.ours((1.0, 2.0, 3.0)) == (3.0, 2.0, 1.0)
    for wrong in ("RLS", "XYZ", "RA"):
        with pytest.raises(ValueError, match=wrong):
            axes_of(wrong)


def test_weights_of_another_network_are_refused():
    weights = weights_of(SMALL)
    name = next(iter(weights))
    for changed in (
        {**weights, "more": np.zeros(1, np.float32)},
        {key: value for key, value in weights.items() if key != name},
        {**weights, name: weights[name][:1]},
        {**weights, name: weights[name] * np.float32("nan")},
    ):
        with pytest.raises(Unreadable):
            unet_of(SMALL, changed)


@pytest.mark.parametrize(
    "wrong",
    [
        {"widths": (2,)},
        {"widths": (2, 100_000)},
        {"strides": ((0, 2, 2),)},
        {"residuals": 1000},
        {"kernel": 4},
        {"inputs": 0},
    ],
)
def test_impossible_networks_are_refused(wrong):
    with pytest.raises(Declined):
        UNetShape(**{"inputs": 1, "outputs": 1, "widths": (2, 3), "strides": ((2, 2, 2),), **wrong})
