"""What is packed comes back the same, and nothing else comes back."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests.store import things
from viewer.core.author import Author
from viewer.core.errors import Unreadable
from viewer.core.label_map import LabelMap
from viewer.core.segmentation import Mask
from viewer.store import serial
from viewer.store.serial import pack, unpack

shapes = arrays.array_shapes(min_dims=3, max_dims=3, max_side=12)
words = st.text(max_size=20)
authors = st.builds(
    Author, words.filter(str.strip), st.just(True), st.just("1"), words, st.just((("a", "b"),))
)
label_maps = arrays.arrays(st.sampled_from([np.uint8, np.uint16, np.uint32]), shapes)
masks = arrays.arrays(np.bool_, shapes).map(lambda m: Mask(m, things.geometry(m.shape)))
any_property = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def round_trip(value: object) -> object:
    packed = pack(value)
    chunks = {name: bytes(chunk) for name, chunk in packed.chunks.items()}
    return unpack(packed.text, chunks.__getitem__)


@any_property
@given(authors, label_maps, masks)
def test_what_is_packed_comes_back_the_same(author, labels, mask):
    value = (author, things.segmentation(labels), mask, things.finding(), things.measurement())
    assert things.same(round_trip(value), value)


@any_property
@given(label_maps, st.integers(1, 40))
def test_arrays_of_any_layout_in_any_number_of_chunks_come_back(labels, size):
    value = things.segmentation(labels.transpose(2, 0, 1)[::-1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(serial, "CHUNK_BYTES", 8 * size)
        patch.setattr(serial, "_INLINE_BYTES", 16)
        assert things.same(round_trip(value), value)


def test_arrays_of_another_byte_order_come_back_as_ours():
    labels = np.arange(1000, dtype=">u2").reshape(10, 10, 10)
    back = round_trip(things.segmentation(labels))
    assert np.array_equal(back.labels, labels)


def test_what_comes_back_cannot_be_written():
    back = round_trip(things.segmentation(np.ones((30, 30, 30), np.uint8)))
    assert not back.labels.flags.writeable


def test_only_the_chunk_that_changed_is_new():
    labels = np.zeros((300, 256, 256), np.uint8)
    before = pack(things.segmentation(labels)).chunks
    labels[150, 3, 4] = 1
    after = pack(things.segmentation(labels)).chunks
    assert len(after.keys() - before.keys()) == 1


def test_painted_labels_come_back_and_a_stroke_writes_only_what_it_changed():
    empty = LabelMap.empty((100, 256, 256))
    first = empty.with_box((10, 20, 30), np.ones((3, 40, 40), np.uint8))
    second = first.with_box((90, 200, 200), np.full((1, 5, 5), 2, np.uint8))
    before, after = pack(drawn(first)), pack(drawn(second))
    new = after.chunks.keys() - before.chunks.keys()
    assert 0 < len(new) <= 4
    assert sum(after.chunks[name].nbytes for name in new) <= 4 * 16 * 32 * 32
    back = unpack(after.text, lambda name: bytes(after.chunks[name]))
    assert things.same(back, drawn(second))
    assert not any(back.label_map.base.strides)


def test_labels_as_they_were_written_once_are_read():
    labels = np.arange(27, dtype=np.uint8).reshape(3, 3, 3)
    tree = json.loads(pack(things.segmentation(labels)).text)
    tree["labels"] = json.loads(pack(labels).text)
    del tree["label_map"]
    assert np.array_equal(unpack(json.dumps(tree), {}.__getitem__).labels, labels)


@pytest.mark.parametrize(
    "change",
    [
        {"shape": [1 << 40, 1, 1]},
        {"shape": [2, 2]},
        {"places": [[0, 0, 9]]},
        {"places": [[0, 0]]},
        {"places": []},
        {"bricks": [3]},
        {"base": {"is": "array", "dtype": "|u1", "shape": [2, 1, 1], "base64": "AAA="}},
    ],
    ids=str,
)
def test_painted_labels_that_do_not_fit_their_grid_are_refused(change):
    painted = LabelMap.empty((4, 4, 4)).with_box((1, 1, 1), np.ones((1, 1, 1), np.uint8))
    tree = json.loads(pack(painted).text) | change
    with pytest.raises(Unreadable, match="cannot be read any more"):
        unpack(json.dumps(tree), {}.__getitem__)


def drawn(labels):
    value = things.segmentation(np.zeros((1, 1, 1), np.uint8))
    return replace(value, label_map=labels, geometry=things.geometry(labels.shape))


@pytest.mark.parametrize("value", [object(), {"a": 1}, b"bytes", {1, 2}, np.array([None])])
def test_what_is_not_of_core_is_not_kept(value):
    with pytest.raises(TypeError, match="cannot be kept"):
        pack((value,))


@pytest.mark.parametrize(
    "tree",
    [
        {"is": "Popen", "args": "ls"},
        {"is": "Author", "name": ""},
        {"is": "Author"},
        {"is": "Status", "word": "certain"},
        {"no": "kind"},
        {"is": "array", "dtype": "|O", "shape": [1], "base64": "AAAAAAAAAAA="},
        {"is": "array", "dtype": "|u1", "shape": [-1], "base64": ""},
        {"is": "array", "dtype": "|u1", "shape": [2], "base64": "AA=="},
        {"is": "array", "dtype": "|u1", "shape": [1], "base64": "A"},
        {"is": "array", "dtype": "|u1", "shape": [1]},
        {"is": "array", "dtype": "<f8", "shape": [10**12], "chunks": []},
        {"is": "array", "dtype": "|u1", "shape": [1], "chunks": ["unknown"]},
    ],
    ids=lambda tree: json.dumps(tree)[:40],
)
def test_what_was_not_packed_by_us_is_refused_with_a_sentence(tree):
    with pytest.raises(Unreadable, match="cannot be read any more"):
        unpack(json.dumps(tree), {}.__getitem__)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000])
def test_broken_text_is_refused_with_a_sentence(text):
    with pytest.raises(Unreadable, match="cannot be read any more"):
        unpack(text, {}.__getitem__)


def test_bytes_that_changed_are_refused():
    packed = pack(things.segmentation(np.ones((30, 30, 30), np.uint8)))
    with pytest.raises(Unreadable, match="changed while they were kept"):
        unpack(packed.text, lambda name: bytes(27_000))


def test_parts_that_a_newer_program_added_are_passed_over():
    tree = json.loads(pack(things.PERSON).text) | {"new": 1}
    assert unpack(json.dumps(tree), {}.__getitem__) == things.PERSON
