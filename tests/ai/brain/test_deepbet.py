"""deepbet as a guest: its files are read as numbers, never loaded; or it says how to get it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from viewer.ai.brain import deepbet_files, extraction
from viewer.ai.brain.deepbet_files import FINE, ROUGH, installed_folder, plain_arrays, weights_of
from viewer.ai.brain.extraction import agreement, extracted
from viewer.ai.brain.linknet import LinkNet, asked, network_of
from viewer.core.author import Author
from viewer.core.errors import Declined, Unreadable
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.volume import Volume


def archive(arrays, *, extra=()):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for number, values in enumerate(arrays):
            made.writestr(f"net/data/{number}", values.astype("<f4").tobytes())
        for name, text in extra:
            made.writestr(name, text)
    return content.getvalue()


def random_weights(seed=0):
    random = np.random.default_rng(seed)
    return tuple(
        random.normal(0, 0.1, one.numel()).astype(np.float32) for one in LinkNet().parameters()
    )


def test_it_is_not_a_requirement_and_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(deepbet_files, "PACKAGE", "a-package-nobody-has")
    with pytest.raises(Declined, match=r"pip install deepbet==1\.0\.2"):
        installed_folder()


def test_a_file_with_another_hash_is_refused(tmp_path):
    (tmp_path / FINE).write_bytes(archive(random_weights()))
    with pytest.raises(Unreadable, match="not the file of deepbet"):
        weights_of(tmp_path / FINE)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(Unreadable, match="cannot be read"):
        weights_of(tmp_path / ROUGH)


def test_arrays_are_read_as_numbers_and_a_pickle_beside_them_is_not_opened(tmp_path):
    harm = tmp_path / "harmed"
    pickle = f"cos\nsystem\n(S'touch {harm}'\ntR."
    arrays = [np.arange(6.0), np.ones(3)]
    found = plain_arrays(archive(arrays, extra=[("net/data.pkl", pickle)]), "it")
    assert [list(one) for one in found] == [list(one) for one in arrays]
    assert not harm.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"no archive",
        archive([], extra=[("net/data.pkl", "x")]),
        archive([np.ones(2)], extra=[("net/data/7", "1234")]),
        archive([np.ones(2)], extra=[("net/data/1", "12345")]),
    ],
)
def test_what_is_no_archive_of_arrays_is_refused(content):
    with pytest.raises(Unreadable):
        plain_arrays(content, "it")


def test_other_weights_build_no_network():
    with pytest.raises(Unreadable, match="not those of deepbet"):
        network_of(random_weights()[:-1])


def test_the_network_answers_each_voxel_with_a_share():
    values = np.random.default_rng(1).normal(100, 20, (20, 24, 28)).astype(np.float32)
    share = asked(network_of(random_weights()), values, 64)
    assert share.shape == values.shape
    assert (share >= 0).all()
    assert (share <= 1).all()


def geometry(shape, flipped):
    affine = np.eye(4)
    affine[:3, :3] = np.array([[0, 0, 2.0], [0, 2.0, 0], [2.0, 0, 0]])
    if flipped:
        affine[:3, 2] *= -1
        affine[0, 3] = 2.0 * (shape[2] - 1)
    return Geometry(shape, affine)


@pytest.mark.parametrize("flipped", [False, True])
def test_the_brain_comes_back_to_its_side_in_any_stored_order(monkeypatch, flipped):
    shape = (30, 32, 34)
    values = np.zeros(shape, np.float32)
    values[8:20, 10:24, 4:14] = 100.0
    seen = []

    def as_bright(_weights, picture, _side):
        seen.append(picture)
        return (picture > 50).astype(np.float32)

    monkeypatch.setattr(extraction, "_asked", as_bright)
    monkeypatch.setattr(extraction, "deepbet_of", lambda _: SAID)
    stored = values[:, :, ::-1] if flipped else values
    volume = Volume(np.ascontiguousarray(stored), geometry(shape, flipped), "1", "MR", "key")
    brain = extracted(volume, Silent(), deepbet_files.Path("anywhere"))
    assert np.array_equal(brain.inside, stored > 50)
    assert brain.volume_ml == pytest.approx(12 * 14 * 10 * 8 / 1000)
    right_front_head = np.argwhere(seen[0] > 50).mean(axis=0)
    assert right_front_head[0] > shape[2] / 2  # columns 4 to 13 of left-growing columns: right


SAID = type("Said", (), {"rough": (), "fine": (), "author": Author("deepbet", True, "1.0.2")})()


def test_a_ct_is_declined_at_once():
    volume = Volume(np.zeros((4, 4, 4), np.float32), geometry((4, 4, 4), False), "1", "MR", "key")
    with pytest.raises(Declined, match="MR of the head"):
        extracted(replace(volume, modality="CT"), Silent())


def test_agreement_is_dice():
    one = np.array([True, True, False])
    assert agreement(one, one) == 1
    assert agreement(one, ~one) == 0
    assert agreement(np.zeros(3, bool), np.zeros(3, bool)) == 1
