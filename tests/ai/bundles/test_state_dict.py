from __future__ import annotations

import io
import os
import pickle
import zipfile
from collections import OrderedDict

import numpy as np
import pytest
import torch

from viewer.ai.bundles import state_dict
from viewer.ai.bundles.state_dict import arrays_of
from viewer.core.errors import Unreadable


def saved(value):
    file = io.BytesIO()
    torch.save(value, file)
    return file.getvalue()


def zipped(pickled, storages=None, **others: object):
    """Return what looks like a file of torch, with a pickle of one's own."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a/data.pkl", pickled)
        for key, content in (storages or {"0": bytes(16)}).items():
            archive.writestr(f"a/data/{key}", content)
        for name, content in others.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def text(word):
    encoded = word.encode()
    return b"X" + len(encoded).to_bytes(4, "little") + encoded


def number(value):
    return b"J" + value.to_bytes(4, "little", signed=True)


def listed(*, key="0", count=4, shape=(4,), strides=(1,), start=0, kind=b"torch\nFloatStorage"):
    """Return a pickle of one table with one array, as torch writes it."""
    sides, steps = (
        b"(" + b"".join(number(one) for one in many) + b"t" for many in (shape, strides)
    )
    storage = b"(" + text("storage") + b"c" + kind + b"\n" + text(key) + text("cpu")
    storage += number(count) + b"tQ"
    array = b"ctorch._utils\n_rebuild_tensor_v2\n(" + storage + number(start) + sides + steps
    array += b"\x89ccollections\nOrderedDict\n)RtR"
    return b"\x80\x02}(" + text("w") + array + b"u."


def refused(content):
    with pytest.raises(Unreadable) as why:
        arrays_of(content, "model.pt")
    assert str(why.value).endswith(".")
    return why.value.code


def test_every_array_is_the_one_that_torch_saved():
    net = torch.nn.Sequential(torch.nn.Conv3d(1, 2, 3), torch.nn.BatchNorm3d(2))
    found = arrays_of(saved(net.state_dict()), "model.pt")
    assert set(found) == set(net.state_dict())
    for name, value in net.state_dict().items():
        assert np.array_equal(found[name], value.numpy().astype(np.float32))


def test_weights_are_found_among_other_things_of_a_training():
    weights = OrderedDict(w=torch.arange(6.0).view(2, 3).t())
    found = arrays_of(saved({"epoch": 3, "lr": 0.1, "model": weights, "seen": [1, 2]}), "m")
    assert np.array_equal(found["w"], np.arange(6.0).reshape(2, 3).T)


@pytest.mark.parametrize("kind", [torch.float16, torch.bfloat16, torch.float64, torch.int64])
def test_other_kinds_of_numbers_become_floats(kind):
    value = torch.tensor([1.5, -2.0, 100.0]).to(kind)
    found = arrays_of(saved({"w": value, "p": torch.nn.Parameter(torch.ones(2))}), "m")
    assert np.array_equal(found["w"], value.float().numpy())
    assert np.array_equal(found["p"], np.ones(2))


def test_views_of_one_storage_are_each_their_own():
    whole = torch.arange(10.0)
    found = arrays_of(saved({"a": whole[2:5], "b": whole[::2]}), "m")
    assert found["a"].tolist() == [2, 3, 4]
    assert found["b"].tolist() == [0, 2, 4, 6, 8]


class Runs:
    def __init__(self, how):
        self.how = how

    def __reduce__(self):
        return self.how


@pytest.mark.parametrize("protocol", [0, 2, 4])
@pytest.mark.parametrize(
    "how",
    [
        (os.system, ("touch {}",)),
        (eval, ("open('{}', 'w')",)),
        (getattr, (os, "getcwd")),
        (OrderedDict, ([("a", 1)],)),
        (torch._utils._rebuild_tensor_v2, (1, 2)),
    ],
)
def test_a_pickle_that_does_more_is_refused_and_nothing_is_run(tmp_path, protocol, how):
    touched = tmp_path / "touched"
    what, given = how
    given = tuple(one.format(touched) if isinstance(one, str) else one for one in given)
    if given and given[0] is os:
        given = ("os", "getcwd")
    for nested in (Runs((what, given)), {"model": {"w": Runs((what, given))}}):
        content = zipped(pickle.dumps(nested, protocol))
        assert refused(content) in ("pickle", "damaged_model")
        assert not touched.exists()


def test_an_array_that_one_writes_by_hand_is_read():
    numbers = np.arange(4, dtype=np.float32)
    found = arrays_of(zipped(listed(), {"0": numbers.tobytes()}), "m")
    assert np.array_equal(found["w"], numbers)


@pytest.mark.parametrize(
    ("pickled", "code"),
    [
        (listed(key="../../../etc/passwd"), "damaged_model"),
        (listed(key="1"), "damaged_model"),
        (listed(count=5), "damaged_model"),
        (listed(shape=(5,)), "damaged_model"),
        (listed(start=1), "damaged_model"),
        (listed(strides=(2,)), "damaged_model"),
        (listed(strides=(-1,)), "damaged_model"),
        (listed(shape=(2**30, 2**10), strides=(0, 0)), "too_large"),
        (listed(shape=(1,) * 9, strides=(1,) * 9), "damaged_model"),
        (listed(kind=b"torch\nQInt8Storage"), "pickle"),
        (listed(kind=b"builtins\neval"), "pickle"),
        (b"\x80\x02}.", "damaged_model"),
        (b"\x80\x02", "damaged_model"),
        (b"", "damaged_model"),
        (b"\x80\x02t.", "damaged_model"),
        (b"\x80\x02h\x07.", "damaged_model"),
        (b"cos\nsystem\n(S'true'\ntR.", "pickle"),
        (b"\x80\x02(ios\nsystem\n.", "pickle"),
        (b"\x80\x02\x82\x01.", "pickle"),
        (b"\x80\x02X\xff\xff\xff\x7f.", "damaged_model"),
    ],
)
def test_a_hostile_list_is_refused(pickled, code):
    assert refused(zipped(pickled)) == code


def test_a_memory_that_doubles_itself_takes_no_time():
    doubling = b"\x80\x02)q\x00" + b"".join(b"h\x00h\x00\x86q\x00" for _ in range(500)) + b"."
    assert refused(zipped(doubling)) == "damaged_model"


def test_endless_lists_and_too_large_ones_are_refused(monkeypatch):
    monkeypatch.setattr(state_dict, "MOST_STEPS", 1000)
    assert refused(zipped(b"\x80\x02" + b"N" * 2000 + b".")) == "too_large"
    monkeypatch.setattr(state_dict, "LARGEST_PICKLE", 100)
    assert refused(zipped(b"\x80\x02" + b"N" * 200 + b".")) == "too_large"


def test_other_files_are_refused():
    assert refused(b"\x80\x02N.") == "damaged_model"
    assert refused(zipped(listed(), a__code__run_py="x")) == "torchscript"
    assert refused(zipped(listed(), a__byteorder=b"big")) == "damaged_model"
