"""What a script can rely on: exit codes, JSON, and sentences instead of tracebacks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import viewer
from tests.patience import PATIENCE_S
from viewer import cli
from viewer.console import Outcome, explained
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Cancelled, Silent
from viewer.io.sample import sample_study

SHAPE = (24, 64, 64)


@pytest.fixture(scope="module")
def phantom(tmp_path_factory) -> Path:
    return sample_study(tmp_path_factory.mktemp("phantom"), Silent(), seed=3, shape=SHAPE)


def run(*arguments: str | Path):
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


def test_help_names_every_command_and_the_exit_codes():
    done = run("--help")
    assert done.exit_code == 0
    for word in (
        "open",
        "review",
        "info",
        "pixels",
        "selftest",
        "warm",
        "Exit codes",
        "not a medical",
    ):
        assert word in done.stdout


def test_help_imports_nothing_heavy():
    heavy = "{'torch', 'numpy', 'pydicom', 'PySide6', 'vtkmodules', 'numba', 'rich.console'}"
    script = f"import sys, viewer.cli\nprint(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_version_is_told():
    done = run("--version")
    assert (done.exit_code, done.stdout.strip()) == (0, f"skiagram {viewer.__version__}")


@pytest.mark.parametrize("arguments", [["info"], ["nonsense"], ["review", "--wrong"]])
def test_wrong_usage_is_told_by_the_exit_code(arguments):
    assert run(*arguments).exit_code == Outcome.USAGE


def test_a_place_that_is_not_there_is_nothing_found(tmp_path):
    for command in ("info", "review", "open"):
        done = run(command, tmp_path / "nowhere")
        assert done.exit_code == Outcome.NOTHING_FOUND
        assert done.stderr.strip() == f"There is nothing at {tmp_path / 'nowhere'}."


def test_an_empty_folder_is_nothing_found(tmp_path):
    done = run("info", tmp_path, "--json")
    assert done.exit_code == Outcome.NOTHING_FOUND
    assert json.loads(done.stdout) == {"series": [], "refused": []}


def test_a_folder_of_refused_files_tells_each_with_its_reason(tmp_path):
    (tmp_path / "note.dcm").write_text("this is a text")
    (tmp_path / "empty.dcm").touch()
    done = run("info", tmp_path, "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == Outcome.DECLINED
    assert found["series"] == []
    assert {one["path"] for one in found["refused"]} == {"note.dcm", "empty.dcm"}
    assert all(one["code"] and one["sentence"] for one in found["refused"])


def test_info_gives_the_geometry_that_opening_gives(phantom):
    truth = json.loads((phantom.parent / "truth.json").read_text())
    done = run("info", phantom, "--json")
    assert done.exit_code == 0
    (series,) = json.loads(done.stdout)["series"]
    assert series["shape"] == list(SHAPE)
    assert series["kind"] == "volume"
    assert series["modality"] == "CT"
    assert series["transfer_syntaxes"] == ["1.2.840.10008.1.2.1"]
    assert series["unit"] == "[hnsf'U]"
    assert series["synthetic"] is truth["synthetic"] is True
    affine = series["affine"]
    assert affine[2][0] == pytest.approx(series["spacing_mm"][0])
    assert affine[1][1] == pytest.approx(series["spacing_mm"][1])
    assert affine[0][2] == pytest.approx(series["spacing_mm"][2])
    assert affine[3] == [0, 0, 0, 1]


def test_a_truncated_file_among_good_ones_is_refused_and_the_rest_listed(phantom, tmp_path):
    for file in phantom.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    cut = tmp_path / "IM0010.dcm"
    cut.write_bytes(cut.read_bytes()[:3000])
    done = run("info", tmp_path, "--json")
    found = json.loads(done.stdout)
    told = [one["path"] for one in found["refused"]]
    told += [
        word
        for one in found["series"]
        for notice in one["warnings"]
        for word in notice["sentence"].split()
    ]
    assert done.exit_code == 0
    assert any("IM0010" in word or word.strip(".") == "10" for word in told)


def test_pixels_saves_a_frame_as_stored_or_as_values(phantom, tmp_path):
    file, out = phantom / "IM0010.dcm", tmp_path / "new" / "f.npy"
    assert run("pixels", file, "--frame", "0", "--out", out, "--stored").exit_code == 0
    stored = np.load(out)
    assert (stored.shape, stored.dtype.kind) == (SHAPE[1:], "i")
    assert run("pixels", file, "--out", out).exit_code == 0
    values = np.load(out)
    assert values.dtype == np.float32
    assert len(np.unique(values - stored)) == 1


def test_a_frame_that_is_not_there_is_wrong_usage(phantom, tmp_path):
    for frame in ("1", "-1"):
        done = run("pixels", phantom / "IM0010.dcm", "--frame", frame, "--out", tmp_path / "f")
        assert done.exit_code == Outcome.USAGE
        assert done.stderr
    assert run("pixels", phantom, "--out", tmp_path / "f").exit_code == Outcome.USAGE
    assert run("pixels", phantom / "IM0010.dcm").exit_code == Outcome.USAGE


def test_pixels_of_a_damaged_file_are_declined_with_a_sentence(phantom, tmp_path):
    cut = tmp_path / "cut.dcm"
    cut.write_bytes((phantom / "IM0010.dcm").read_bytes()[:-500])
    done = run("pixels", cut, "--out", tmp_path / "f.npy")
    assert done.exit_code == Outcome.DECLINED
    assert "cut.dcm" in done.stderr
    assert not (tmp_path / "f.npy").exists()


def test_convert_writes_what_it_can_and_never_over_what_is_there(phantom, tmp_path):
    out = tmp_path / "out"
    done = run("convert", phantom, "--out", out, "--to", "nrrd", "--json")
    (made,) = json.loads(done.stdout)["made"]
    assert done.exit_code == 0
    assert [str(file) for file in out.iterdir()] == made["files"]
    again = run("convert", phantom, "--out", out, "--to", "nrrd")
    assert again.exit_code == Outcome.DECLINED
    assert "--force" in again.stderr
    assert run("convert", phantom, "--out", out, "--to", "nrrd", "--force").exit_code == 0


def test_a_wish_that_cannot_be_is_told_by_the_exit_code(phantom, tmp_path):
    out = ("--out", tmp_path / "out")
    assert run("convert", phantom, *out, "--to", "gif").exit_code == Outcome.USAGE
    assert run("convert", phantom, *out).exit_code == Outcome.USAGE
    nobody = run("convert", phantom, *out, "--to", "png", "--series", "9.9")
    assert nobody.exit_code == Outcome.NOTHING_FOUND
    assert "no series 9.9" in nobody.stderr
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("convert", empty, *out, "--to", "png").exit_code == Outcome.NOTHING_FOUND
    assert not (tmp_path / "out").exists()


def test_tables_are_printed_for_people(phantom):
    done = run("info", phantom)
    assert done.exit_code == 0
    assert "24 x 64 x 64" in done.stdout
    assert "SYNTHETIC" in done.stdout


def test_review_of_what_is_no_chest_ct_is_declined_with_the_sentence(phantom, tmp_path):
    done = run("review", phantom, "--out", tmp_path / "out", "--json")
    assert done.exit_code == Outcome.DECLINED
    (series,) = json.loads(done.stdout)["series"]
    assert (series["fate"], series["code"]) == ("declined", "too_thick")
    assert series["sentence"].startswith("The second reader looks for nodules on chest CT")
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["review.json"]


def test_a_folder_that_cannot_be_written_is_declined_with_a_sentence(phantom, tmp_path):
    (tmp_path / "file").touch()
    done = run("review", phantom, "--out", tmp_path / "file" / "out")
    assert done.exit_code == Outcome.DECLINED
    assert "Traceback" not in done.output
    assert str(tmp_path / "file") in done.stderr


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (KeyboardInterrupt(), Outcome.STOPPED),
        (Cancelled(), Outcome.STOPPED),
        (Declined("no"), Outcome.DECLINED),
        (Unreadable("no"), Outcome.DECLINED),
        (OSError(28, "No space left on device", "/x"), Outcome.FAILED),
        (MemoryError(), Outcome.FAILED),
        (ZeroDivisionError("oh"), Outcome.FAILED),
    ],
)
def test_whatever_goes_wrong_has_an_exit_code_and_a_sentence(error, outcome):
    code, sentence = explained(error)
    assert code is outcome
    assert sentence
    assert "\n" not in sentence


def test_a_traceback_is_shown_only_when_asked_for(monkeypatch, tmp_path):
    def broken(path):
        raise ZeroDivisionError("a defect")

    monkeypatch.setattr(cli, "_existing", broken)
    assert "Traceback" not in run("info", tmp_path).output
    assert "Traceback" in run("--debug", "info", tmp_path).output
    assert run("info", tmp_path).exit_code == Outcome.FAILED


def test_ctrl_c_stops_cleanly(tmp_path):
    """Making the sample study takes a few seconds: time enough to be interrupted."""
    process = subprocess.Popen(
        [sys.executable, "-m", "viewer", "review", "--out", tmp_path / "out"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "SKIAGRAM_HOME": str(tmp_path)},
    )
    assert process.stderr is not None
    process.stderr.readline()
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == Outcome.STOPPED
    assert "Stopped" in told
    assert "Traceback" not in told
    assert not (tmp_path / "out").exists()


def test_pixels_in_a_unit_that_the_file_does_not_have_are_declined(phantom, tmp_path):
    file, out = phantom / "IM0010.dcm", tmp_path / "f.npy"
    done = run("pixels", file, "--out", out, "--unit", "suvbw")
    assert done.exit_code == Outcome.DECLINED
    assert f"No suvbw of {file}. There is: HU." in done.stderr
    both = run("pixels", file, "--out", out, "--unit", "suvbw", "--stored")
    assert both.exit_code == Outcome.USAGE
    assert not out.exists()
