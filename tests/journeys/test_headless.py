"""From files to report without a window, as a script or a hospital's night job walks it."""

from __future__ import annotations

import csv
import json
import math
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.bright import bright_model
from tests.patience import PATIENCE_S, spent_by_children
from viewer.core.finding import Finding, Status
from viewer.core.progress import Silent
from viewer.io.sample import sample_study
from viewer.io.seg import read_segmentation
from viewer.io.sr import read_findings
from viewer.settings import data_folder

COLUMNS = (
    "rank,kind,score,x_mm,y_mm,z_mm,diameter_mm,volume_mm3,status,model,site,source,risk,note,history,"
    "original_x_mm,original_y_mm,original_z_mm,original_diameter_mm,original_volume_mm3"
)
LIDC_NODULE = (-57.2, 131.3, -520.3)
"""The middle of what two of four readers outlined."""


def skiagram(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line without any screen."""
    headless = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = [sys.executable, "-m", "viewer", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=headless, timeout=3 * PATIENCE_S
    )


def table(folder: Path) -> list[dict[str, str]]:
    with (folder / "findings.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def places(rows: list[dict[str, str]]) -> list[tuple[float, ...]]:
    return [tuple(float(row[f"{axis}_mm"]) for axis in "xyz") for row in rows]


class Reviewed:
    """One review of the synthetic chest, shared by the tests of this walk."""

    def __init__(self, folder: Path) -> None:
        self.images = sample_study(folder / "images", Silent(), seed=3, shape=(60, 192, 192))
        self.out = folder / "out"
        self.done = skiagram("review", self.images, "--out", self.out)
        self.truth = json.loads((self.images.parent / "truth.json").read_text())

    @property
    def account(self) -> dict[str, object]:
        found = json.loads((self.out / "review.json").read_text())
        return {**found, **found["series"][0]}

    @property
    def reported(self) -> tuple[Finding, ...]:
        return read_findings(self.out / "sr_findings.dcm")


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory) -> Reviewed:
    return Reviewed(tmp_path_factory.mktemp("headless"))


def test_a_review_succeeds_and_names_every_file_it_wrote(reviewed):
    assert reviewed.done.returncode == 0, reviewed.done.stderr
    assert "Traceback" not in reviewed.done.stderr
    for file in reviewed.out.iterdir():
        assert str(file) in reviewed.done.stdout


def test_the_table_has_the_promised_columns_and_falls_by_score(reviewed):
    text = (reviewed.out / "findings.csv").read_text()
    rows = table(reviewed.out)
    scores = [float(row["score"]) for row in rows]
    assert text.splitlines()[0] == COLUMNS
    assert scores == sorted(scores, reverse=True)
    assert [int(row["rank"]) for row in rows] == list(range(1, len(rows) + 1))
    assert {row["status"] for row in rows} == {"proposed"}


def test_the_largest_nodule_is_among_the_first_three(reviewed):
    nodule = max(reviewed.truth["nodules"], key=lambda nodule: nodule["diameter_mm"])
    first = places(table(reviewed.out)[:3])
    assert min(math.dist(place, nodule["position_mm"]) for place in first) < 5


def test_nobodys_judgement_is_claimed(reviewed):
    assert {finding.status for finding in reviewed.reported} == {Status.PROPOSED}
    assert all(finding.history == () for finding in reviewed.reported)
    assert all(finding.author.is_model for finding in reviewed.reported)


def test_the_report_object_holds_what_reaches_the_threshold(reviewed):
    account = reviewed.account
    (model,) = account["models"]
    rows = [row for row in table(reviewed.out) if float(row["score"]) >= model["threshold"]]
    assert len(reviewed.reported) == account["findings"] == len(rows)
    for finding, place in zip(reviewed.reported, places(rows), strict=True):
        assert math.dist(finding.position, place) < 0.01


def test_the_segments_come_back_with_the_volume_of_the_lungs(reviewed):
    found = read_segmentation(reviewed.out / "seg_lungs_and_airways.dcm")
    volumes = found.volumes_mm3()
    litres = {segment.name: volumes[segment.label] / 1e6 for segment in found.segments}
    truth = reviewed.truth["lungs_litres"]
    assert litres["Left lung"] == pytest.approx(truth["left"], rel=0.15)
    assert litres["Right lung"] == pytest.approx(truth["right"], rel=0.15)


def test_the_account_names_inputs_model_and_timings_but_no_place_of_this_computer(reviewed):
    account = reviewed.account
    text = (reviewed.out / "review.json").read_text()
    (model,) = account["models"]
    assert len(account["inputs"]) == 60
    assert len(model["weights_sha256"]) == 64
    assert {"load", "read", "pictures", "save"} <= set(account["timings_s"])
    assert account["synthetic"] is True
    assert str(reviewed.out) not in text
    assert str(reviewed.images) not in text


def test_the_page_says_synthetic_and_unreviewed_and_holds_its_pictures(reviewed):
    page = (reviewed.out / "report.html").read_text()
    assert "SYNTHETIC" in page
    assert "AI proposal, not reviewed" in page
    assert page.count("data:image/png;base64,") >= min(10, len(reviewed.reported))


def test_the_objects_are_free_of_errors(reviewed):
    program = shutil.which("dciodvfy", path=Path(sys.executable).parent) or shutil.which("dciodvfy")
    if program is None:
        pytest.skip("dciodvfy is not installed")
    for file in reviewed.out.glob("*.dcm"):
        done = subprocess.run([program, file], capture_output=True, text=True, check=False)
        errors = [line for line in done.stderr.splitlines() if line.startswith("Error")]
        assert errors == [], file.name


def test_several_studies_have_a_folder_each(tmp_path, home):
    bright_model(data_folder() / "models" / "bright")
    for seed in (3, 4):
        sample_study(tmp_path / "images", Silent(), seed=seed, shape=(24, 64, 64))
    done = skiagram(
        "review", tmp_path / "images", "--out", tmp_path / "out", "--json", "--model", "bright"
    )
    account = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert {one["folder"] for one in account["series"]} == {"study-001", "study-002"}
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "review.json",
        "study-001",
        "study-002",
    ]
    for one in account["series"]:
        assert all((tmp_path / "out" / name).is_file() for name in one["results"])


def test_the_self_test_succeeds():
    done = skiagram("selftest")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("✓") == 4


@pytest.mark.data
def test_the_nodule_of_a_real_chest_is_among_the_first_three_within_a_minute(data, tmp_path):
    chest = data / "ct_chest_lidc0314"
    with spent_by_children() as spent:
        done = skiagram("review", chest, "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    account = json.loads((tmp_path / "review.json").read_text())
    first = places(table(tmp_path)[:3])
    assert min(math.dist(place, LIDC_NODULE) for place in first) < 10
    (read,) = [series for series in account["series"] if series["fate"] == "read"]
    assert read["timings_s"]["read"] > 0
    assert spent() < 2 * 60, "a minute of two cores"
    assert [one["path"] for one in account["refused"]] == ["lidc0314_annotations.json"]


@pytest.mark.data
def test_what_is_no_chest_ct_is_declined_with_a_sentence(data, tmp_path):
    done = skiagram("review", data / "mr_brain_sag_anon", "--out", tmp_path)
    account = json.loads((tmp_path / "review.json").read_text())
    assert done.returncode == 4
    assert {series["fate"] for series in account["series"]} <= {"declined", "not tried"}
    assert "of the limbs" in done.stdout
