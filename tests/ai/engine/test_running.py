from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ai.network_phantom import card, preparation, random_weights, threshold_weights, volume_of
from viewer.ai.engine import memory
from viewer.ai.engine.asking import network_of_shape
from viewer.ai.engine.network import Network
from viewer.ai.engine.preparing import prepare
from viewer.ai.engine.running import Asking, answered
from viewer.ai.engine.tiles import Blend, cut, most_open, plan
from viewer.ai.networks.shape import NetworkShape
from viewer.ai.readers import Inputs
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Cancelled, Silent

lengths = st.integers(1, 40)


def picture(shape=(12, 30, 34)):
    values = np.random.default_rng(0).integers(0, 100, shape).astype(np.int16)
    return prepare(preparation(), Inputs(volume_of(values)), Silent())


def network(compute, *, dimensions=3, outputs=1, wholes=0, step=1, **more: object):
    return Network("test", dimensions, outputs, wholes, step, 8.0, compute, **more)


def same(batch):
    """Answer with log odds whose probability is the first channel itself."""
    odds = np.log(batch[:, :1].clip(1e-6, 1 - 1e-6) / (1 - batch[:, :1].clip(1e-6, 1 - 1e-6)))
    return odds.astype(np.float32), None


@settings(max_examples=60, deadline=None)
@given(
    st.tuples(lengths, lengths, lengths),
    st.tuples(*[st.integers(1, 24)] * 3),
    st.floats(0, 0.7),
    st.sampled_from([1, 2, 4]),
    st.integers(1, 5),
)
def test_blended_tiles_of_any_plan_give_back_the_picture(shape, tile, overlap, step, batch):
    values = np.random.default_rng(1).random((2, *shape), dtype=np.float32)
    tiles = plan(shape, tile, overlap, (step,) * 3)
    assert all(side % step == 0 for side in tiles.tile)
    blend = Blend(tiles, 2, most_open(tiles, batch))
    for number in range(0, len(tiles.starts), batch):
        starts = tiles.starts[number : number + batch]
        blend.close(starts[0][0])
        for start in starts:
            blend.add(start, cut(values, tiles, start))
    blend.close(shape[0])
    assert np.abs(blend.bytes.astype(float) - values * 255).max() <= 0.501


def test_neighbouring_tiles_share_what_the_card_says():
    tiles = plan((1, 1, 100), (1, 1, 20), 0.5, (1, 1, 1))
    starts = [start[2] for start in tiles.starts]
    assert max(np.diff(starts)) <= 10
    assert starts[-1] == 80


@pytest.mark.parametrize("dimensions", [2, 3])
def test_tiles_of_a_local_network_are_the_answer_for_the_whole(dimensions):
    net = network_of_shape(*threshold_weights(dimensions, steep=4.0))
    tile = (8, 8, 8)[-dimensions:]
    whole = answered(net, card(()), picture(), Silent()).dense
    tiled = answered(net, card(tile, 0.5), picture(), Silent()).dense
    assert np.abs(whole.astype(int) - tiled).max() <= 1


def test_convolutions_in_tiles_are_those_of_the_whole_away_from_the_borders():
    shape = NetworkShape(dimensions=3, inputs=1, widths=(4,), outputs=2)
    net = network_of_shape(shape, random_weights(shape))
    seen = picture((20, 40, 40))
    whole = answered(net, card(()), seen, Silent()).dense
    tiled = answered(net, card((16, 16, 16), 0.5), seen, Silent()).dense
    off = np.abs(whole.astype(int) - tiled)[:, 2:-2, 2:-2, 2:-2]
    assert off.max() <= 3  # the border of a tile counts little, yet it counts


def test_each_flip_is_asked_and_the_mean_counts():
    seen = []

    def uneven(batch):
        seen.append(batch.copy())
        ramp = np.linspace(-3, 3, batch.shape[-1], dtype=np.float32)
        return np.broadcast_to(ramp, batch.shape).copy(), None

    plain = answered(network(uneven), card(()), picture(), Silent()).dense
    both = answered(network(uneven), card(()), picture(), Silent(), Asking(flips=(2,))).dense
    assert plain[0, 0, 0, 0] != plain[0, 0, 0, -1]
    assert np.array_equal(both, np.flip(both, 3))
    assert np.array_equal(seen[1], np.flip(seen[2], 4))


def test_a_network_of_two_dimensions_is_asked_slice_by_slice_in_batches():
    shapes = []

    def watched(batch):
        shapes.append(batch.shape)
        return same(batch)

    seen = picture((12, 30, 34))
    got = answered(network(watched, dimensions=2), card((32, 32)), seen, Silent())
    assert {len(shape) for shape in shapes} == {4}
    assert len(set(shapes)) == 1  # batches are always of one size
    assert len(shapes) < 12
    assert np.abs(got.dense[0] / 255 - seen.channels[0]).max() < 0.003


def test_statements_of_the_whole_are_kept_for_each_tile():
    def brightest(batch):
        return None, batch.max(axis=(2, 3, 4)) * 8 - 4

    seen = picture((12, 30, 34))
    got = answered(network(brightest, outputs=0, wholes=1), card((12, 16, 16)), seen, Silent())
    assert got.dense is None
    assert got.wholes.shape == (len(got.places), 1)
    assert got.highest[0] == got.wholes.max()


def test_classes_that_exclude_each_other_begin_with_none_of_them():
    def classes(batch):
        return np.concatenate([0 * batch, 0 * batch + np.log(3), 0 * batch], axis=1), None

    got = answered(network(classes, outputs=2), card(()), picture(), Silent()).dense
    assert got[:, 0, 0, 0].tolist() == [round(255 * 3 / 5), round(255 / 5)]


def test_a_cancelled_run_asks_for_no_further_batch():
    asked = []

    class Unwanted:
        def report(self, done, doing=""):
            if len(asked) == 2:
                raise Cancelled

    def counted(batch):
        asked.append(1)
        return same(batch)

    with pytest.raises(Cancelled):
        answered(network(counted), card((8, 8, 8)), picture(), Unwanted())
    assert len(asked) == 2


def test_a_flipped_run_can_be_cancelled_between_flips_and_never_goes_back():
    told = []

    class Watch:
        def report(self, done, doing=""):
            told.append(done)

    answered(network(same), card((8, 8, 8)), picture(), Watch(), Asking(flips=(1, 2)))
    assert told == sorted(told)
    assert len(told) > 4 * 2


def test_less_memory_makes_smaller_batches_and_too_little_is_refused(monkeypatch):
    sizes = []

    def watched(batch):
        sizes.append(len(batch))
        return same(batch)

    net = replace(network(watched, dimensions=2), floats_per_voxel=100.0)
    answered(net, card((32, 32)), picture(), Silent())
    much = max(sizes)
    sizes.clear()
    monkeypatch.setattr(memory, "available_bytes", lambda: 2_000_000)
    answered(net, card((32, 32)), picture(), Silent())
    assert max(sizes) < much
    monkeypatch.setattr(memory, "available_bytes", lambda: 100_000)
    with pytest.raises(Declined) as why:
        answered(net, card((32, 32)), picture(), Silent())
    assert why.value.code == "too_little_memory"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (lambda x: (x[:, :, 1:], None), "wrong_outputs"),
        (lambda x: (None, None), "wrong_outputs"),
        (lambda x: (x * np.float32("nan"), None), "no_numbers"),
    ],
)
def test_answers_of_another_shape_or_without_numbers_are_refused(wrong, code):
    with pytest.raises(Unreadable) as why:
        answered(network(wrong), card(()), picture(), Silent())
    assert why.value.code == code
