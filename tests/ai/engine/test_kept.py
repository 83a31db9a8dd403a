from __future__ import annotations

import os
from dataclasses import replace

import numpy as np
import pytest

from tests.ai.network_phantom import model, preparation, random_weights, volume_of
from viewer.ai.engine import kept
from viewer.ai.engine.asking import network_runner
from viewer.ai.engine.kept import answered_once, key_of, make_room
from viewer.ai.engine.preparing import prepare
from viewer.ai.engine.running import PLAIN, Asking, answered
from viewer.ai.networks.shape import NetworkShape
from viewer.ai.readers import Inputs
from viewer.core.progress import Silent

SHAPE = NetworkShape(dimensions=3, inputs=1, widths=(3, 4), outputs=2, wholes=1)


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    folder = model(tmp_path_factory.mktemp("m") / "model", SHAPE, random_weights(SHAPE))
    values = np.random.default_rng(0).integers(0, 100, (10, 24, 26)).astype(np.int16)
    prepared = prepare(preparation(), Inputs(volume_of(values)), Silent())
    return network_runner(folder), folder.card, prepared


def equal(a, b):
    return (
        a.dense.tobytes() == b.dense.tobytes()
        and a.wholes.tobytes() == b.wholes.tobytes()
        and a.places.tobytes() == b.places.tobytes()
        and a.engine == b.engine
    )


def never(_):
    raise AssertionError("asked again")


def files():
    return sorted(kept.folder().iterdir()) if kept.folder().is_dir() else []


def test_the_same_question_is_answered_byte_by_byte_the_same(asked):
    network, card, prepared = asked
    plain = answered(network, card, prepared, Silent())
    first = answered_once(network, card, prepared, Silent())
    again = answered_once(replace(network, compute=never), card, prepared, Silent())
    assert equal(plain, first)
    assert equal(first, again)
    assert equal(plain, answered(network, card, prepared, Silent()))


def test_answers_are_readable_for_their_user_alone(asked):
    answered_once(*asked, Silent())
    (file,) = files()
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "no file at all"])
def test_a_damaged_answer_is_computed_anew(asked, damage):
    first = answered_once(*asked, Silent())
    (file,) = files()
    content = bytearray(file.read_bytes())
    content[-5] ^= 1
    told = {"cut": content[:100], "changed": content, "empty": b"", "no file at all": b"\0" * 999}
    file.write_bytes(told[damage])
    assert equal(first, answered_once(*asked, Silent()))
    assert equal(first, answered_once(*asked, Silent()))


def test_another_question_has_another_key(asked):
    network, card, prepared = asked
    moved = replace(prepared, channels=prepared.channels + np.float32(1e-6))
    placed = replace(prepared, geometry=prepared.geometry.crop((0, 0, 0), (10, 24, 25)))
    other = replace(card, sha256=(("weights.safetensors", "0" * 64),))
    tiles = replace(card, preparation=replace(card.preparation, tile_voxels=(8, 8, 8)))
    keys = {
        key_of(network, card, prepared, PLAIN),
        key_of(network, card, moved, PLAIN),
        key_of(network, card, placed, PLAIN),
        key_of(network, other, prepared, PLAIN),
        key_of(network, tiles, prepared, PLAIN),
        key_of(network, card, prepared, Asking(flips=(0,))),
        key_of(replace(network, engine="torch"), card, prepared, PLAIN),
    }
    assert len(keys) == 7


def test_what_was_used_longest_ago_goes_first(tmp_path):
    for number in range(4):
        path = tmp_path / str(number)
        path.write_bytes(bytes(100))
        os.utime(path, (number, number))
    os.utime(tmp_path / "0", (9, 9))
    make_room(tmp_path, 250)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0", "3"]


def test_nothing_is_kept_where_nothing_can_be_written(asked, home, monkeypatch):
    (home / "cache").mkdir(parents=True, exist_ok=True)
    (home / "cache" / "models").write_text("in the way")
    first = answered_once(*asked, Silent())
    assert equal(first, answered_once(*asked, Silent()))
    assert (home / "cache" / "models").read_text() == "in the way"
