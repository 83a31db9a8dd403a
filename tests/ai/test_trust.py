"""TorchScript: refused, unless the reader trusts this very file; run only in a worker."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import warnings
from functools import partial

import numpy as np
import pytest
import torch
from safetensors.numpy import save
from typer.testing import CliRunner

from tests.ai.network_phantom import LEGEND, ball, card_words, volume_of
from viewer.ai.asking import Request, offers
from viewer.ai.asking import read as ask
from viewer.ai.card import CARD, TEST_VECTOR, TORCHSCRIPT
from viewer.ai.guest import read
from viewer.ai.readers import Inputs
from viewer.ai.registry import Registry
from viewer.ai.trust import TRUSTED, require_worker
from viewer.cli import app
from viewer.cohort.apart import apart
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Silent


class Bright(torch.nn.Module):
    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        return 60 * (pictures - 0.5)


def scripted(module):
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.jit.save(torch.jit.script(module), file)
    return file.getvalue()


@pytest.fixture(scope="module")
def program():
    return scripted(Bright())


def written(folder, program, *, off=0.0):
    x = np.random.default_rng(0).random((1, 1, 8, 8, 8), dtype=np.float32)
    files = {
        TORCHSCRIPT: program,
        TEST_VECTOR: save({"input.x": x, "output.y": 60 * (x - np.float32(0.5)) + off}),
    }
    words = card_words(files, architecture="torchscript", dimensions=3)
    words["labels"] = [LEGEND]
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / CARD).write_text(json.dumps(words))
    return folder, words["id"]


def adding(registry, source, *, trusting):
    return apart("Add", partial(registry.add, source, torchscript=trusting), Silent())


@pytest.fixture(scope="module")
def kept(tmp_path_factory, program):
    place = tmp_path_factory.mktemp("kept")
    source, id_ = written(place / "it", program)
    assert adding(Registry(place / "own"), source, trusting=True).passed
    return place / "own", id_


@pytest.fixture
def added(kept, tmp_path):
    own, id_ = kept
    return Registry(shutil.copytree(own, tmp_path / "own")), id_


def test_without_trust_it_is_refused_and_nothing_stays(tmp_path, program):
    registry = Registry(tmp_path / "own")
    source, _ = written(tmp_path / "it", program)
    with pytest.raises(Declined) as why:
        registry.add(source, Silent())
    assert why.value.code == "torchscript"
    assert list(registry.own.iterdir()) == []


def test_a_trusted_program_reads_in_a_worker_and_signs(added, tmp_path):
    registry, id_ = added
    lit = volume_of(ball(), unit="[hnsf'U]")
    (offer,) = (one for one in offers(Inputs(lit), registry.own) if one.id == id_)
    assert offer.taken
    request = Request(id_, Inputs(lit), registry.own, ("1.2.3",))
    reading = apart("Read", partial(ask, request), Silent())
    (group,) = reading.segmentations
    truth = lit.voxels > 0
    assert 2 * ((group.labels > 0) & truth).sum() / ((group.labels > 0).sum() + truth.sum()) > 0.9
    assert dict(group.author.parameters)["engine"] == "torchscript"
    assert group.status == "proposed"


def test_it_never_runs_in_the_process_of_the_window(added):
    registry, id_ = added
    with pytest.raises(Declined, match="process of its own"):
        read(registry.own / id_, Inputs(volume_of(ball(), unit="[hnsf'U]")), Silent())
    with pytest.raises(Declined, match="process of its own"):
        registry.test(id_, Silent())
    with pytest.raises(Declined):
        require_worker()


def test_a_changed_program_is_a_stranger(added):
    registry, id_ = added
    folder = registry.own / id_
    changed = scripted(torch.nn.Identity())
    (folder / TORCHSCRIPT).write_bytes(changed)
    with pytest.raises(Unreadable, match="vouches"):
        registry.test(id_, Silent())
    words = json.loads((folder / CARD).read_text())
    for one in words["sha256"]:
        if one["file"] == TORCHSCRIPT:
            one["hash"] = hashlib.sha256(changed).hexdigest()
    (folder / CARD).write_text(json.dumps(words))
    inputs = Inputs(volume_of(ball(), unit="[hnsf'U]"))
    (offer,) = (one for one in offers(inputs, registry.own) if one.id == id_)
    assert (offer.taken, offer.code) == (False, "not_trusted")
    for work in (registry.test, _reading(folder, inputs)):
        with pytest.raises(Declined, match="not trusted"):
            work(id_, Silent())


def _reading(folder, inputs):
    return lambda _, progress: read(folder, inputs, progress)


def test_removing_a_model_ends_the_trust(added, tmp_path, program):
    registry, id_ = added
    assert json.loads((registry.own / TRUSTED).read_text())
    registry.remove(id_)
    assert json.loads((registry.own / TRUSTED).read_text()) == {}


def test_a_model_brings_no_trust_along(tmp_path, program):
    source, _ = written(tmp_path / "it", program)
    (source / TRUSTED).write_text("{}")
    with pytest.raises(Declined):
        Registry(tmp_path / "own").add(source, Silent(), torchscript=True)


def test_trust_does_not_open_the_door_for_other_things(tmp_path, program):
    for number, name in enumerate(("model.ts", "weights.pt", "run.py", "sub/weights.ts")):
        source, _ = written(tmp_path / str(number), program)
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_bytes(program)
        with pytest.raises(Declined):
            Registry(tmp_path / "own").add(source, Silent(), torchscript=True)


def test_a_program_that_gives_other_numbers_is_not_kept(tmp_path, program):
    registry = Registry(tmp_path / "own")
    source, _ = written(tmp_path / "it", program, off=1.0)
    with pytest.raises(Declined) as why:
        adding(registry, source, trusting=True)
    assert why.value.code == "wrong_numbers"
    assert not (registry.own / TRUSTED).exists()


def test_the_command_line_asks_for_the_word_and_notes_it(tmp_path, program, monkeypatch):
    monkeypatch.setenv("SKIAGRAM_HOME", str(tmp_path / "home"))
    source, id_ = written(tmp_path / "it", program)
    done = CliRunner().invoke(app, ["models", "add", str(source)])
    assert done.exit_code != 0
    assert "TorchScript" in done.output
    done = CliRunner().invoke(app, ["models", "add", str(source), "--trust-torchscript"])
    assert done.exit_code == 0, done.output
    from viewer.settings import data_folder
    from viewer.store.shelf import Shelf

    shelf = Shelf.open(data_folder())
    try:
        told = {one.what: one.detail for one in shelf.audit.lines()}
    finally:
        shelf.close()
    assert told["said to trust TorchScript"] == "it"
    assert told["added with trust"] == f"{id_} {hashlib.sha256(program).hexdigest()}"
