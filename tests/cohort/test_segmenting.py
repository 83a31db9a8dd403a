"""Segments by recipes from the command line, in every form, read back by others."""

from __future__ import annotations

import json
from pathlib import Path

import nibabel
import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813 - its own documentation calls it so
from typer.testing import CliRunner

from viewer.cli import app
from viewer.cohort.segment_forms import SegmentForm
from viewer.cohort.segmenting import ALL, Wish, recipe_of, segment
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Silent
from viewer.core.recipe import Step

AFFINE = np.diag([-0.8, -0.9, 2.5, 1.0])
BODY = "otsu; islands keep_largest"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    x, y, z = np.indices((40, 36, 9))
    ball = (0.8 * (x - 20)) ** 2 + (0.9 * (y - 18)) ** 2 + (2.5 * (z - 4)) ** 2 < 81
    values = 200 * ball + np.random.default_rng(1).normal(0, 15, ball.shape)
    values[2:4, 2:4, 1] = 220
    nibabel.save(nibabel.Nifti1Image(values.astype(np.float32), AFFINE), folder / "head.nii.gz")
    return folder


def ball_of(place: Path) -> np.ndarray:
    values = nibabel.load(place / "head.nii.gz").get_fdata() > 100
    values[:6, :6] = False
    return values


def test_words_become_steps_with_settings_choices_switches_and_bare_numbers() -> None:
    recipe = recipe_of(
        "range -500 200 how=add; islands remove_small least_ml=2; fill_holes by_slice", None
    )
    assert recipe.steps == (
        Step("range", (("low", -500.0), ("high", 200.0), ("how", "add"))),
        Step("islands", (("what", "remove_small"), ("least_ml", 2.0))),
        Step("fill_holes", (("by_slice", True),)),
    )


@pytest.mark.parametrize(
    "words",
    ["", " ; ", "otso", "margin mm=wide", "margin thick=3", "margin 1 2 3", "hollow upside",
     "range low=1e12", "otsu segment=0"],
)  # fmt: skip
def test_words_that_say_nothing_are_declined_before_anything_is_read(words: str) -> None:
    with pytest.raises(Declined, match=r"\.$"):
        recipe_of(words, None)


def test_segments_lie_on_the_voxels_of_the_image_as_nifti(place: Path, tmp_path: Path) -> None:
    done = segment([place], Wish(recipe_of(BODY, None), tmp_path / "out"), "", Silent())
    (made,) = done.made
    written = nibabel.load(tmp_path / "out" / made.files[0])
    found = np.asarray(written.dataobj)
    assert (found == ball_of(place)).all()
    assert written.affine == pytest.approx(AFFINE)
    (one,) = made.segments
    assert one.volume_ml == pytest.approx(found.sum() * 0.8 * 0.9 * 2.5 / 1000)
    kept = tmp_path / "out" / made.files[1]
    assert recipe_of("", kept).steps == recipe_of(BODY, None).steps


def test_nrrd_carries_the_fields_of_slicer(place: Path, tmp_path: Path) -> None:
    wish = Wish(recipe_of("multi_otsu 3", None), tmp_path / "out", SegmentForm.NRRD)
    (made,) = segment([place], wish, "", Silent()).made
    image = sitk.ReadImage(tmp_path / "out" / made.files[0])
    assert image.GetSpacing() == pytest.approx((0.8, 0.9, 2.5))
    assert image.GetDirection() == pytest.approx((1, 0, 0, 0, 1, 0, 0, 0, 1))
    labels = sitk.GetArrayFromImage(image)
    assert image.GetMetaData("Segment2_LabelValue") == "3"
    assert "85756007" in image.GetMetaData("Segment0_Tags")
    first, last = (int(image.GetMetaData("Segment2_Extent").split()[n]) for n in (0, 1))
    used = np.flatnonzero((labels == 3).any(axis=(0, 1)))
    assert (first, last) == (used[0], used[-1])


def test_marks_begin_and_what_lies_outside_can_be_blanked(place: Path, tmp_path: Path) -> None:
    marks = np.zeros((40, 36, 9), np.uint8)
    marks[18:22, 16:20, 4] = 1
    marks[2, 6:30, 2:7] = 2
    nibabel.save(nibabel.Nifti1Image(marks, AFFINE), tmp_path / "marks.nii.gz")
    wish = Wish(
        recipe_of("graph_cut; clear segment=2", None), tmp_path / "out",
        marks=tmp_path / "marks.nii.gz", outside=-7.0,
    )  # fmt: skip
    (made,) = segment([place], wish, "", Silent()).made
    found = np.asarray(nibabel.load(tmp_path / "out" / made.files[0]).dataobj)
    inside = found == 1
    ball = ball_of(place)
    assert 2 * (inside & ball).sum() / (inside.sum() + ball.sum()) > 0.97
    blanked = nibabel.load(tmp_path / "out" / made.files[2]).get_fdata()
    assert (blanked[~inside] == -7).all()
    source = nibabel.load(place / "head.nii.gz").get_fdata()
    assert blanked[inside] == pytest.approx(source[inside], abs=1e-4)


def test_marks_that_do_not_fit_or_are_none_are_refused(place: Path, tmp_path: Path) -> None:
    moved = AFFINE.copy()
    moved[0, 3] = 5
    wrong = {
        "moved": (np.zeros((40, 36, 9), np.uint8), moved),
        "shape": (np.zeros((40, 36, 8), np.uint8), AFFINE),
        "flat": (np.zeros((40, 36), np.uint8), AFFINE),
        "soft": (np.full((40, 36, 9), 0.5, np.float32), AFFINE),
    }
    for name, (labels, affine) in wrong.items():
        nibabel.save(nibabel.Nifti1Image(labels, affine), tmp_path / f"{name}.nii.gz")
    (tmp_path / "none.nii.gz").write_bytes(b"nothing")
    for name in (*wrong, "none", "absent"):
        wish = Wish(recipe_of("otsu", None), tmp_path / "out", marks=tmp_path / f"{name}.nii.gz")
        (one,) = segment([place], wish, "", Silent()).series
        assert one.code in ("other_grid", "bad_marks")
        assert one.sentence.endswith(".")
    assert not (tmp_path / "out").exists()


def test_what_finds_nothing_is_said_and_what_is_there_stays(place: Path, tmp_path: Path) -> None:
    empty = Wish(recipe_of("range 5000 6000", None), tmp_path / "out")
    assert segment([place], empty, "", Silent()).series[0].code == "nothing_found"
    wish = Wish(recipe_of(BODY, None), tmp_path / "out")
    assert segment([place], wish, "", Silent()).made
    assert segment([place], wish, "", Silent()).series[0].code == "exists"
    dicom = Wish(recipe_of(BODY, None), tmp_path / "other", SegmentForm.SEG)
    assert "DICOM" in segment([place], dicom, "", Silent()).series[0].sentence
    with pytest.raises(Declined, match="no series"):
        segment([place], wish, "nothing", Silent())
    with pytest.raises(Unreadable):
        recipe_of("", tmp_path / "nowhere.json")


def test_the_command_segments_and_lists_what_it_can(place: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    out = tmp_path / "out"
    result = runner.invoke(app, ["segment", str(place), "--do", BODY, "--out", str(out), "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["series"][0]["segments"][0]["label"] == 1
    told = runner.invoke(app, ["segment", str(place), "--do", BODY, "--out", str(tmp_path / "two")])
    assert "Segment 1: 2." in told.stdout or "Segment 1: 3." in told.stdout
    assert (
        runner.invoke(app, ["segment", str(place), "--do", "otso", "--out", str(out)]).exit_code
        == 4
    )
    nowhere = ["segment", str(tmp_path / "x"), "--do", BODY, "--out", str(out)]
    assert runner.invoke(app, nowhere).exit_code == 3
    listed = runner.invoke(app, ["segmenters"]).stdout
    assert all(one.id in listed for one in ALL)


@pytest.mark.data
@pytest.mark.parametrize("form", [SegmentForm.SEG, SegmentForm.RTSTRUCT])
def test_real_images_get_objects_that_refer_to_them(
    form: SegmentForm, data: Path, tmp_path: Path
) -> None:
    place = data / "petctmr_sarcoma_dicom"
    series = smallest_series(place)
    wish = Wish(recipe_of("otsu; islands keep_largest; fill_holes", None), tmp_path / "out", form)
    (made,) = segment([place], wish, series, Silent()).made
    assert made.files[0].endswith(".dcm")
    assert made.segments[0].volume_ml > 100


def smallest_series(place: Path) -> str:
    from viewer.core.study import SeriesKind
    from viewer.io.scan import scan

    volumes = [
        one for _, one in scan([place], Silent()).all_series() if one.kind is SeriesKind.VOLUME
    ]
    return min(volumes, key=lambda one: one.rows * one.columns).key
