"""Programs of others, played by small scripts that do what such programs do, good and bad."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
import psutil
import pytest

from tests.ai.network_phantom import ball, volume_of
from viewer.ai.asking import Request, offers
from viewer.ai.asking import read as ask
from viewer.ai.engine.places import cache_folder
from viewer.ai.external.exchange import Exchange
from viewer.ai.external.programs import program_of
from viewer.ai.external.reader import read
from viewer.ai.external.running import Limits
from viewer.ai.readers import Inputs
from viewer.cohort.apart import apart
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Cancelled, Silent
from viewer.core.stack import Frame, Stack
from viewer.core.volume import Origin
from viewer.io.exchange import read_from_program, write_for_program
from viewer.io.load import load
from viewer.io.scan import scan

EXCHANGE = Exchange(write_for_program, read_from_program)
UNIT = "[hnsf'U]"
FRAME = Frame(np.zeros((8, 8), np.uint8), None, None, Origin("1.2.3", "1.2.4"))
HEAD = """
import json, os, subprocess, sys, time
from pathlib import Path
words = sys.argv[1:]
if "--version" in words:
    print("2.4.0"); raise SystemExit
given, out = (Path(words[words.index(k) + 1]) for k in ("-i", "-o"))
Path(NOTE).write_text(json.dumps({"words": words, "env": dict(os.environ), "cwd": os.getcwd(),
    "home": Path(os.environ["TOTALSEG_HOME_DIR"], "config.json").read_text()}))
"""
LABELS = """
import nibabel as nib, numpy as np
image = nib.load(given)
assert image.affine[0, 0] < 0, "x to the right"
labels = (np.asarray(image.dataobj) > 50).astype(np.uint8) * 5
labels[-1, -1, -1] = 7
found = nib.Nifti1Image(labels, image.affine)
table = '<CaretExtension><VolumeInformation><LabelTable>'
table += '<Label Key="5" Red="1" Green="0" Blue="0" Alpha="1"><![CDATA[liver]]></Label>'
table += '<Label Key="7" Red="0" Green="1" Blue="0" Alpha="1"><![CDATA[rib_left_1]]></Label>'
table += '</LabelTable></VolumeInformation></CaretExtension>'
if NAMED:
    found.header.extensions.append(nib.nifti1.Nifti1Extension(30, table.encode()))
"""
SAVE = "nib.save(found, out)\n"


@pytest.fixture
def play(tmp_path, monkeypatch):
    """Put a script on the PATH as TotalSegmentator; returns the note that it leaves."""
    note = tmp_path / "note.json"
    (tmp_path / "weights" / "Dataset291").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("TOTALSEG_WEIGHTS_PATH", str(tmp_path / "weights"))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("SKIAGRAM_HOME", str(tmp_path / "skiagram"))
    monkeypatch.setenv("https_proxy", "http://proxy.hospital:3128")
    monkeypatch.setenv("SECRET_TOKEN", "not for others")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")

    def playing(body, *, named=True):
        script = tmp_path / "bin" / "TotalSegmentator"
        head = HEAD.replace("NOTE", repr(str(note)))
        script.write_text(f"#!{sys.executable}\n{head}{body.replace('NAMED', str(named))}")
        script.chmod(0o755)
        return note

    return playing


@pytest.fixture
def program():
    return program_of("totalsegmentator")


@pytest.fixture
def lit():
    return volume_of(ball(), unit=UNIT)


def left_behind():
    return [*(cache_folder() / "external").glob("*")]


def test_what_a_program_outlines_is_proposed_on_the_stored_voxels(play, program, lit):
    note = play(LABELS + SAVE)
    reading = read(program, Inputs(lit), EXCHANGE, Silent())
    (group,) = reading.segmentations
    assert np.array_equal(group.labels == 5, lit.voxels > 50)
    assert {one.label: one.name for one in group.segments} == {5: "Liver", 7: "rib left 1"}
    assert {one.label: one.type.value for one in group.segments}[5] == "10200004"
    assert group.status == "proposed"
    assert (group.author.name, group.author.version) == (program.title, "2.4.0")
    assert group.author.is_model
    assert group.series_key == lit.series_key
    assert [one.code for one in reading.notices] == ["external"]
    words = json.loads(note.read_text())["words"]
    assert words[-3:] == ["--ml", "--task", "total"]
    assert left_behind() == []


def test_its_environment_names_no_network_and_no_secret(play, program, lit):
    note = play(LABELS + SAVE)
    read(program, Inputs(lit), EXCHANGE, Silent())
    told = json.loads(note.read_text())
    assert told["env"]["https_proxy"] == told["env"]["HTTP_PROXY"] == "http://127.0.0.1:9"
    assert "SECRET_TOKEN" not in told["env"]
    assert "PYTHONPATH" not in told["env"]
    assert json.loads(told["home"])["send_usage_stats"] is False
    assert told["cwd"].startswith(str(cache_folder() / "external"))


def test_mr_and_the_quick_program_are_asked_in_their_own_way(play, lit):
    note = play(LABELS + SAVE)
    volume = volume_of(ball(), modality="MR", unit="1")
    read(program_of("totalsegmentator_fast"), Inputs(volume), EXCHANGE, Silent())
    assert json.loads(note.read_text())["words"][-3:] == ["--task", "total_mr", "--fast"]


def test_labels_without_names_keep_their_numbers_and_that_is_told(play, program, lit):
    play(LABELS + SAVE, named=False)
    reading = read(program, Inputs(lit), EXCHANGE, Silent())
    assert {one.name for one in reading.segmentations[0].segments} == {"Label 5", "Label 7"}
    assert "unnamed" in {one.code for one in reading.notices}


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        ("print('no memory'); raise SystemExit(3)", "external_failed", "exit code 3): no memory."),
        ("import os; os.kill(os.getpid(), 11)", "external_failed", "exit code -11"),
        ("pass", "nothing_written", "wrote no labels"),
        ("out.symlink_to('/etc/passwd')", "nothing_written", "wrote no labels"),
        (LABELS + "found = nib.Nifti1Image(labels[1:], image.affine)\n" + SAVE, "other_grid",
         "other voxels"),
        (LABELS + "found = nib.Nifti1Image(labels, image.affine * 2)\n" + SAVE, "other_grid",
         "other voxels"),
        ("out.write_bytes(b'no image')", None, "no label map"),
        (LABELS + "found = nib.Nifti1Image(labels + 0.5, image.affine)\n" + SAVE, "no_labels",
         "fractions"),
        ("while True: print('x' * 10000)", "too_large", "without end"),
        ("f = open('big', 'wb')\nwhile True: f.write(bytes(1 << 20))", "too_large", "without end"),
        ("time.sleep(60)", "too_long", "within 2 s"),
    ],
)  # fmt: skip
def test_whatever_else_a_program_does_is_told_and_cleared_away(
    play, program, lit, body, code, said
):
    play(body)
    limits = Limits(2.0, 2_000_000, 50_000_000)
    with pytest.raises((Declined, Unreadable)) as why:
        read(program, Inputs(lit), EXCHANGE, Silent(), limits)
    assert said in str(why.value)
    assert code in (None, why.value.code)
    assert str(why.value).endswith(".")
    assert left_behind() == []


class Impatient:
    """Want no more as soon as a file is there."""

    def __init__(self, sign):
        self.sign, self.since, self.said = sign, 0.0, []

    def report(self, done, doing=""):
        self.said.append(doing)
        if self.sign.exists() and self.sign.stat().st_size:
            self.since = self.since or time.monotonic()
            raise Cancelled


STUBBORN = """
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
Path(SIGN).write_text(f"{os.getpid()} {child.pid}")
time.sleep(60)
"""


def gone(sign):
    """Tell whether all processes that wrote their numbers have ended."""
    pids = [int(pid) for pid in sign.read_text().split()]
    end = time.monotonic() + 2
    while time.monotonic() < end and any(map(_runs, pids)):
        time.sleep(0.02)
    return len(pids) == 2 and not any(map(_runs, pids))


def _runs(pid):
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_cancelling_ends_a_program_and_its_children_within_two_seconds(
    play, program, lit, tmp_path
):
    sign = tmp_path / "sign"
    play(STUBBORN.replace("SIGN", repr(str(sign))))
    progress = Impatient(sign)
    with pytest.raises(Cancelled):
        read(program, Inputs(lit), EXCHANGE, progress)
    assert time.monotonic() - progress.since < 2
    assert gone(sign)
    assert any(one.startswith("running for ") for one in progress.said)
    assert left_behind() == []


def test_a_worker_that_is_ended_takes_the_program_and_its_folder_along(play, lit, tmp_path):
    sign = tmp_path / "sign"
    play(STUBBORN.replace("SIGN", repr(str(sign))))
    progress = Impatient(sign)
    with pytest.raises(Cancelled):
        apart("Read", _Asking("totalsegmentator", lit, tmp_path / "own"), progress)
    assert gone(sign)
    assert time.monotonic() - progress.since < 3
    assert left_behind() == []


class _Asking:
    """Ask a program as a job does."""

    def __init__(self, id_, volume, own):
        self.request = Request(id_, Inputs(volume), own, ("1.2.3",), exchange=EXCHANGE)

    def __call__(self, progress):
        return ask(self.request, progress)


def test_it_is_offered_only_where_it_is_installed_with_weights(play, lit, tmp_path):
    own = tmp_path / "own"
    assert "totalsegmentator" not in {one.id for one in offers(Inputs(lit), own)}
    play("pass")
    (said,) = (one for one in offers(Inputs(lit), own) if one.id == "totalsegmentator")
    assert said.taken
    assert said.experimental
    assert not said.by_itself
    (tmp_path / "weights" / "Dataset291").rmdir()
    assert "totalsegmentator" not in {one.id for one in offers(Inputs(lit), own)}
    assert "totalseg_download_weights" in program_of("totalsegmentator").lacking


def test_images_that_are_not_for_it_are_refused(play, program, tmp_path):
    play("pass")
    for image, code in (
        (volume_of(ball(), modality="PT", unit="1"), "not_ct_mr"),
        (volume_of(ball(), unit="1"), "not_hu"),
        (Stack((FRAME,), "1", "CR", "s"), "no_volume"),
    ):
        with pytest.raises(Declined) as why:
            read(program, Inputs(image), EXCHANGE, Silent())
        assert why.value.code == code


def test_a_file_that_does_not_tell_its_kind_is_ct_only_with_air_in_it(play, program):
    note = play(LABELS + SAVE)
    with pytest.raises(Declined) as why:
        read(program, Inputs(volume_of(ball(), modality="", unit="1")), EXCHANGE, Silent())
    assert why.value.code == "kind_unsaid"
    assert not note.exists()
    aired = ball()
    aired[0, 0, 0] = -1000
    reading = read(program, Inputs(volume_of(aired, modality="", unit="1")), EXCHANGE, Silent())
    assert "kind_unsaid" in {one.code for one in reading.notices}
    assert json.loads(note.read_text())["words"][-1] == "total"


def test_a_request_signs_it_with_its_series_and_time(play, lit, tmp_path):
    play(LABELS + SAVE)
    request = Request(
        "totalsegmentator", Inputs(lit), tmp_path / "own", ("1.2.3",), exchange=EXCHANGE
    )
    told = dict(ask(request, Silent()).segmentations[0].author.parameters)
    assert told["model"] == "totalsegmentator"
    assert told["input_1"] == "1.2.3"
    assert told["program"] == "TotalSegmentator"


def test_a_relative_entry_of_the_path_is_no_place_to_find_programs(play, monkeypatch, tmp_path):
    play("pass")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "bin")
    assert program_of("totalsegmentator").path is None


@pytest.mark.data
def test_what_totalsegmentator_really_wrote_lies_on_its_image(play, program, data):
    folder = data / "ct_organs_totalsegmentator"
    play(
        f"import shutil\nshutil.copy({str(folder / 'example_seg_fast_force_split.nii.gz')!r}, out)"
    )
    ((_, series),) = scan([folder / "example_ct.nii.gz"], Silent()).all_series()
    image = load(series, Silent())
    reading = read(program, Inputs(image), EXCHANGE, Silent())
    (group,) = reading.segmentations
    names = {one.label: one for one in group.segments}
    assert (names[5].name, names[5].type.value) == ("Liver", "10200004")
    assert names[8].name == "adrenal gland right"
    real = image.voxels[group.labels == 5].astype(float) * image.slope + image.intercept
    assert 40 < np.median(real) < 180
    assert "unnamed" not in {one.code for one in reading.notices}


def test_what_a_killed_run_left_is_swept_by_the_next(play, program, lit):
    left = cache_folder() / "external" / "run-999999999-x"
    left.mkdir(parents=True)
    (left / "image.nii.gz").write_bytes(b"x")
    play(LABELS + SAVE)
    read(program, Inputs(lit), EXCHANGE, Silent())
    assert not Path(left).exists()
