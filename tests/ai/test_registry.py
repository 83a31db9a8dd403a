from __future__ import annotations

import io
import json
import os
import pickle
import stat
import sys
import zipfile

import numpy as np
import pytest

from tests.ai.onnx_phantom import model_files, onnx, written
from viewer.ai import engines
from viewer.ai.card import CARD, ONNX, TEST_VECTOR
from viewer.ai.card_text import card_as_text
from viewer.ai.luggage import MOST_FILES
from viewer.ai.registry import Registry
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Silent


@pytest.fixture
def registry(tmp_path):
    return Registry(tmp_path / "own")


def added(registry, source):
    return registry.add(source, Silent())


def refusal(registry, source):
    with pytest.raises((Declined, Unreadable)) as refused:
        added(registry, source)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    own = registry.own.iterdir() if registry.own.is_dir() else ()
    assert list(own) == []
    return refused.value.code


def zipped(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("name", ["lung_nodules", "one_click"])
def test_a_model_of_the_program_passes_its_test(registry, name):
    trial = registry.test(name, Silent())
    assert trial.passed, trial.in_words
    assert trial.best.off <= trial.tolerance / 10


def test_the_list_begins_with_the_models_of_the_program(registry):
    entries = registry.entries()
    assert {"lung_nodules", "one_click"} <= {entry.id for entry in entries}
    assert all(entry.built_in and entry.card for entry in entries)


def test_a_model_is_added_from_a_folder_tested_listed_and_removed(registry, tmp_path):
    trial = added(registry, written(tmp_path / "it", model_files()))
    assert trial.passed
    assert trial.best.engine in engines.installed()
    entry = registry.entry("plus_one")
    assert not entry.built_in
    assert sorted(path.name for path in entry.folder.iterdir()) == [
        CARD, TEST_VECTOR, ONNX,
    ]  # fmt: skip
    assert registry.test("plus_one", Silent()).passed
    registry.remove("plus_one")
    assert "plus_one" not in {entry.id for entry in registry.entries()}
    assert list(registry.own.iterdir()) == []


def test_every_engine_that_is_installed_gives_the_numbers_of_the_test_vector(registry, tmp_path):
    trial = added(registry, written(tmp_path / "it", model_files()))
    assert [one.engine for one in trial.engines] == list(engines.installed())
    assert all(one.passed(1e-6) for one in trial.engines)


@pytest.mark.parametrize("top", ["", "plus_one/"])
def test_a_model_is_added_from_a_zip_with_or_without_a_folder(registry, tmp_path, top):
    files = {f"{top}{name}": content for name, content in model_files().items()}
    assert added(registry, zipped(tmp_path / "it.zip", files)).passed
    assert registry.entry("plus_one").card.title == "Plus one"


def test_no_engine_reports_its_use_to_its_makers():
    content = onnx()
    for engine in engines.installed():
        engines.compiled(engine, content)
    assert not sys.modules.get("openvino_telemetry")


def test_a_card_without_figures_is_experimental_and_says_so(registry, tmp_path):
    added(registry, written(tmp_path / "it", model_files(experimental=False)))
    text = card_as_text(registry.entry("plus_one").card)
    assert "EXPERIMENTAL" in text
    assert "NON-COMMERCIAL USE ONLY" in text
    assert "nothing is known of how good it is" in text


def test_a_model_of_the_same_name_is_not_replaced(registry, tmp_path):
    source = written(tmp_path / "it", model_files())
    added(registry, source)
    with pytest.raises(Declined, match="remove it first") as refused:
        added(registry, source)
    assert refused.value.code == "taken"


def test_nobody_takes_the_place_of_a_model_of_the_program(registry, tmp_path):
    assert refusal(registry, written(tmp_path / "it", model_files(id="one_click"))) == "taken"


def test_models_of_the_program_stay(registry):
    with pytest.raises(Declined) as refused:
        registry.remove("one_click")
    assert refused.value.code == "built_in"


@pytest.mark.parametrize("name", ["nobody", "../../etc", ""])
def test_what_is_not_in_the_list_cannot_be_removed(registry, name):
    with pytest.raises(Declined) as refused:
        registry.remove(name)
    assert refused.value.code == "no_such_model"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("weights.pt", "pickle"),
        ("weights.pth", "pickle"),
        ("last.ckpt", "pickle"),
        ("model.PKL", "pickle"),
        ("pytorch_model.bin", "pickle"),
        ("array.npy", "objects"),
        ("arrays.npz", "objects"),
        ("net.ts", "torchscript"),
        ("setup.py", "program"),
        ("kernel.so", "program"),
        ("picture.png", "unknown_file"),
        ("deep/er/more.json", "not_flat"),
    ],
)
def test_files_that_could_run_code_or_are_nothing_of_a_model_are_refused(
    registry, tmp_path, name, code
):
    files = {**model_files(), name: b"{}"}
    assert refusal(registry, zipped(tmp_path / "it.zip", files)) == code


@pytest.mark.parametrize("content", [pickle.dumps({"a": 1}), b"PK\x03\x04rest", b"\x93NUMPY\x01"])
def test_a_pickle_or_archive_under_another_name_is_refused(registry, tmp_path, content):
    files = {**model_files(), "weights.safetensors": content}
    assert refusal(registry, zipped(tmp_path / "it.zip", files)) == "disguised"


def test_an_array_of_objects_is_refused_under_every_name(registry, tmp_path):
    packed = io.BytesIO()
    np.save(packed, np.array([{}], dtype=object), allow_pickle=True)
    files = {**model_files(), "notes.txt": packed.getvalue()}
    assert refusal(registry, zipped(tmp_path / "it.zip", files)) == "disguised"


@pytest.mark.parametrize(
    "name",
    ["../evil.txt", "a/../../evil.txt", "/evil.txt", "..\\evil.txt", "C:/evil.txt"],
)
def test_paths_that_lead_out_of_a_zip_are_refused(registry, tmp_path, name):
    source = zipped(tmp_path / "it.zip", model_files())
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), "evil")
    assert refusal(registry, source) == "path_outside"
    assert not list(tmp_path.rglob("evil*"))


def test_a_link_in_a_zip_is_refused(registry, tmp_path):
    source = zipped(tmp_path / "it.zip", model_files())
    link = zipfile.ZipInfo("README.md")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert refusal(registry, source) == "link"


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_link_in_a_folder_is_not_followed(registry, tmp_path, what):
    source = written(tmp_path / "it", model_files())
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "a.txt").write_text("secret")
    (source / "README.md").symlink_to(secret if what == "folder" else secret / "a.txt")
    assert refusal(registry, source) == "link"


def test_a_zip_that_unpacks_to_more_than_it_says_is_refused(registry, tmp_path):
    source = zipped(tmp_path / "it.zip", {**model_files(), "notes.txt": b"a" * 3000})
    content = bytearray(source.read_bytes())
    at = content.rindex(b"notes.txt") - 46
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    source.write_bytes(bytes(content))
    assert refusal(registry, source) == "damaged_model"


def test_sizes_beyond_the_limit_are_refused_before_anything_is_unpacked(registry, tmp_path):
    source = zipped(tmp_path / "it.zip", {**model_files(), "notes.txt": b"a"})
    content = bytearray(source.read_bytes())
    at = content.rindex(b"notes.txt") - 46
    content[at + 24 : at + 28] = (4_000_000_000).to_bytes(4, "little")
    source.write_bytes(bytes(content))
    assert refusal(registry, source) == "too_large"


def test_too_many_files_are_refused(registry, tmp_path):
    many = {f"{number}.txt": b"" for number in range(MOST_FILES + 1)}
    assert refusal(registry, zipped(tmp_path / "it.zip", many)) == "too_many_files"


@pytest.mark.parametrize(
    "settings",
    [
        {"network": {"_target_": "os.system", "command": "true"}},
        {"imports": ["$import os"]},
        {"a": [{"b": "$__import__('os').system('true')"}]},
    ],
)
def test_bundles_with_expressions_are_refused_and_never_evaluated(registry, tmp_path, settings):
    text = json.dumps(settings).replace("$", "\\u0024")
    files = {"configs/inference.json": text, "configs/metadata.json": "{}"}
    assert refusal(registry, zipped(tmp_path / "bundle.zip", files)) == "expressions"


def test_expressions_in_yaml_are_refused(registry, tmp_path):
    text = "network:\n  _target_: subprocess.run\n"
    files = {"configs/train.yaml": text}
    assert refusal(registry, zipped(tmp_path / "bundle.zip", files)) == "expressions"


def test_an_expression_in_the_card_itself_is_refused(registry, tmp_path):
    files = model_files(title="$import os")
    assert refusal(registry, written(tmp_path / "it", files)) == "expressions"


@pytest.mark.parametrize("location", ["/etc/passwd", "../../secret.bin", "weights.data"])
def test_weights_outside_of_an_onnx_file_are_refused(registry, tmp_path, location):
    files = model_files(network=onnx(location=location))
    assert refusal(registry, written(tmp_path / "it", files)) == "external_data"


def test_weights_outside_are_found_in_the_attribute_of_a_node(registry, tmp_path):
    files = model_files(network=onnx(inside=True))
    assert refusal(registry, written(tmp_path / "it", files)) == "external_data"


def test_operators_of_somebody_else_are_refused(registry, tmp_path):
    files = model_files(network=onnx(domain="com.stranger"))
    assert refusal(registry, written(tmp_path / "it", files)) == "own_operators"


@pytest.mark.parametrize("network", [b"", b"\xff" * 200, b"\x3a\x7f", onnx()[:-9]])
def test_a_damaged_onnx_file_is_refused(registry, tmp_path, network):
    files = model_files(network=network)
    assert refusal(registry, written(tmp_path / "it", files)) == "damaged_model"


def test_a_test_vector_that_comes_out_otherwise_is_refused(registry, tmp_path):
    files = model_files(answer=1.01)
    assert refusal(registry, written(tmp_path / "it", files)) == "wrong_numbers"


def test_a_test_vector_of_other_names_is_refused(registry, tmp_path):
    from safetensors.numpy import save

    from tests.ai.onnx_phantom import card_of

    files = {ONNX: onnx(), TEST_VECTOR: save({"a": np.ones(3, np.float32)})}
    files[CARD] = json.dumps(card_of(files)).encode()
    assert refusal(registry, written(tmp_path / "it", files)) == "damaged_model"


@pytest.mark.parametrize("name", [ONNX, TEST_VECTOR])
def test_a_file_other_than_the_card_vouches_for_is_refused(registry, tmp_path, name):
    files = model_files()
    files[name] = files[name][:-1] + bytes([files[name][-1] ^ 1])
    assert refusal(registry, written(tmp_path / "it", files)) == "hash_mismatch"


def test_a_file_that_the_card_does_not_name_is_refused(registry, tmp_path):
    files = {**model_files(), "more.safetensors": b"more"}
    assert refusal(registry, written(tmp_path / "it", files)) == "unnamed_file"


def test_a_card_that_says_what_nobody_knows_is_refused(registry, tmp_path):
    files = model_files(max_spacing=5)
    assert refusal(registry, written(tmp_path / "it", files)) == "bad_card"


@pytest.mark.parametrize("id_", ["../up", "a/b", "", ".hidden", "UPPER", "a" * 41])
def test_a_name_that_is_no_plain_word_is_refused(registry, tmp_path, id_):
    assert refusal(registry, written(tmp_path / "it", model_files(id=id_))) == "bad_card"


def test_what_is_no_model_is_refused(registry, tmp_path):
    text = tmp_path / "a.txt"
    text.write_text("nothing")
    assert refusal(registry, text) == "no_model"
    assert refusal(registry, written(tmp_path / "empty", {})) == "no_model"


def test_a_model_that_was_damaged_afterwards_is_listed_with_the_reason(registry, tmp_path):
    added(registry, written(tmp_path / "it", model_files()))
    (registry.own / "plus_one" / CARD).write_text("{")
    entry = registry.entry("plus_one")
    assert entry.card is None
    assert "damaged" in entry.problem
    registry.remove("plus_one")
    assert list(registry.own.iterdir()) == []


def test_weights_that_were_exchanged_afterwards_do_not_pass_the_test(registry, tmp_path):
    added(registry, written(tmp_path / "it", model_files()))
    (registry.own / "plus_one" / ONNX).write_bytes(onnx() + b"\x08\x08")
    with pytest.raises(Unreadable) as refused:
        registry.test("plus_one", Silent())
    assert refused.value.code == "hash_mismatch"


def test_removing_a_linked_folder_leaves_what_it_names(registry, tmp_path):
    real = written(tmp_path / "plus_one", model_files())
    registry.own.mkdir()
    (registry.own / "plus_one").symlink_to(real)
    registry.remove("plus_one")
    assert (real / CARD).exists()


def test_leftovers_of_an_addition_that_was_killed_are_swept(registry, tmp_path):
    left = registry.own / ".adding-old"
    left.mkdir(parents=True)
    os.utime(left, (0, 0))
    added(registry, written(tmp_path / "it", model_files()))
    assert not left.exists()
