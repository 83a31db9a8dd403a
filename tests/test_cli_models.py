from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from tests.ai.onnx_phantom import model_files, written
from viewer.cli import app
from viewer.console import Outcome


def run(*words: object):
    return CliRunner().invoke(app, ["models", *map(str, words)])


def test_the_list_names_the_models_of_the_program_with_figures_and_limits():
    done = run("list")
    assert done.exit_code == 0
    assert "lung_nodules 1.0: Skiagram lung nodule finder (with the program, experimental)" in (
        done.stdout
    )
    assert "(n = 6, 123 lesions)" in done.stdout
    assert "Not for: Diagnosis" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 110
    assert "All figures: skiagram models show unlike_head_ct" in done.stdout
    found = {entry["id"]: entry for entry in json.loads(run("list", "--json").stdout)}
    assert found["one_click"]["built_in"]
    assert len(found["one_click"]["weights_sha256"]) == 64


def test_a_card_is_shown_as_text_and_as_json():
    text = run("show", "one_click").stdout
    assert "Accepts: CT, MR, PT" in text
    assert "Dice after 1 click 0.648 (0.559 to 0.721), drawn over patients" in text
    assert "measured by: python benchmarks/click.py" in text
    assert json.loads(run("show", "one_click", "--json").stdout)["licence"].startswith("CC BY")


def test_a_model_is_added_tested_apart_and_removed(tmp_path):
    source = written(tmp_path / "it", model_files())
    done = run("add", source)
    assert done.exit_code == 0, done.output
    assert "comes out right" in done.stdout
    (trial,) = json.loads(run("test", "plus_one", "--json").stdout)
    assert trial["passed"]
    assert trial["engine"]
    assert run("remove", "plus_one").exit_code == 0
    assert run("show", "plus_one").exit_code == Outcome.DECLINED


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"weights.pt": b""}, "pickle"),
        ({"config.json": b'{"_target_": "os.system"}'}, "_target_"),
    ],
)
def test_what_is_refused_is_said_in_one_sentence(tmp_path, files, reason):
    done = run("add", written(tmp_path / "it", {**model_files(), **files}))
    assert done.exit_code == Outcome.DECLINED
    assert reason in done.stderr
    assert "Traceback" not in done.output


def test_nothing_there_and_no_such_model_have_their_exit_codes(tmp_path):
    assert run("add", tmp_path / "nothing").exit_code == Outcome.NOTHING_FOUND
    assert run("test", "nobody").exit_code == Outcome.DECLINED
    assert run("remove", "one_click").exit_code == Outcome.DECLINED


def test_testing_all_models_fails_if_one_is_damaged(tmp_path, monkeypatch):
    from viewer.ai.card import ONNX
    from viewer.settings import data_folder

    assert run("add", written(tmp_path / "it", model_files())).exit_code == 0
    (data_folder() / "models" / "plus_one" / ONNX).write_bytes(b"")
    done = run("test")
    assert done.exit_code == Outcome.FAILED
    assert "not the file its card vouches for" in done.stderr
    assert "lung_nodules 1.0: the test vector comes out right" in done.stdout
