"""Recipes from the command line: new files beside the untouched originals."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import nibabel
import numpy as np
import pytest
from scipy import ndimage

from viewer.cohort.enhancing import (
    Finer,
    Training,
    Wish,
    enhance,
    like,
    recipe_of,
    slices_of_words,
)
from viewer.core.errors import Declined, Unreadable
from viewer.core.geometry import Geometry
from viewer.core.kernel import Kernel
from viewer.core.progress import Silent
from viewer.core.recipe import Recipe
from viewer.core.volume import Volume
from viewer.imaging.enhance.derive import enhanced_volume
from viewer.io.forms import Form
from viewer.io.sample import sample_study
from viewer.io.scan import scan

AFFINE = np.diag([-0.8, -0.9, 2.5, 1.0])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    values = np.random.default_rng(1).normal(100, 20, (30, 28, 9)).astype(np.float32)
    nibabel.save(nibabel.Nifti1Image(values, AFFINE), folder / "head.nii.gz")
    return folder


def test_a_recipe_makes_a_new_file_on_the_same_grid(place: Path, tmp_path: Path) -> None:
    original = (place / "head.nii.gz").read_bytes()
    recipe = recipe_of(["gaussian:sigma_mm=1.6", "median"], None)
    done = enhance([place], Wish(recipe, tmp_path / "out"), "", Silent())
    (made,) = done.made
    written = nibabel.load(tmp_path / "out" / made.files[0])
    source = nibabel.load(place / "head.nii.gz").get_fdata()
    sigmas = (1.6 / 0.8, 1.6 / 0.9, 1.6 / 2.5)
    soft = ndimage.gaussian_filter(source, sigmas, mode="mirror")
    truth = ndimage.median_filter(soft, (3, 3, 1), mode="nearest")
    assert written.get_fdata() == pytest.approx(truth, abs=0.02)
    assert written.affine == pytest.approx(AFFINE)
    assert "Derived" in str(written.header["descrip"])
    assert (place / "head.nii.gz").read_bytes() == original
    kept = json.loads((tmp_path / "out" / made.files[1]).read_text())
    assert [step["filter"] for step in kept["steps"]] == ["gaussian", "median"]
    again = recipe_of([], tmp_path / "out" / made.files[1])
    assert again == recipe


def test_what_is_there_is_not_replaced_unless_asked(place: Path, tmp_path: Path) -> None:
    recipe = recipe_of(["median"], None)
    wish = Wish(recipe, tmp_path / "out", Form.NRRD)
    assert enhance([place], wish, "", Silent()).made
    second = enhance([place], wish, "", Silent())
    assert [one.code for one in second.series] == ["exists"]
    assert enhance([place], Wish(recipe, tmp_path / "out", Form.NRRD, True), "", Silent()).made


@pytest.mark.parametrize("words", [["gauss"], ["gaussian:sigma_mm=wide"], ["gaussian:x=1"], []])
def test_a_step_that_cannot_be_taken_is_declined_before_anything_is_read(words: list[str]) -> None:
    with pytest.raises(Declined, match=r"\.$"):
        recipe_of(words, None)


def test_a_recipe_file_that_is_none_is_refused(tmp_path: Path) -> None:
    for content in (b"\xff\xfe", b"{}", b""):
        (tmp_path / "recipe.json").write_bytes(content)
        with pytest.raises(Unreadable):
            recipe_of([], tmp_path / "recipe.json")
    with pytest.raises(Unreadable):
        recipe_of([], tmp_path / "nowhere.json")


def test_other_forms_and_pictures_are_declined_by_name(place: Path, tmp_path: Path) -> None:
    wish = Wish(recipe_of(["median"], None), tmp_path / "out", Form.PNG)
    assert enhance([place], wish, "", Silent()).series[0].code == "unsupported_form"
    with pytest.raises(Declined, match="no series"):
        enhance([place], wish, "nothing", Silent())


def test_only_the_slices_that_are_asked_for_are_changed(place: Path, tmp_path: Path) -> None:
    recipe = recipe_of(["median"], None)
    wish = Wish(recipe, tmp_path / "out", slices=slices_of_words("3-5"))
    (made,) = enhance([place], wish, "", Silent()).made
    written = nibabel.load(tmp_path / "out" / made.files[0]).get_fdata()
    source = nibabel.load(place / "head.nii.gz").get_fdata()
    changed = (np.abs(written - source) > 0.01).any(axis=(0, 1))
    assert np.flatnonzero(changed).tolist() == [2, 3, 4]
    assert any("slices 3 to 5 only" in line for line in made.done)
    beyond = Wish(recipe, tmp_path / "two", slices=(3, 90))
    assert enhance([place], beyond, "", Silent()).series[0].code == "no_slices"


@pytest.mark.parametrize("words", ["", "x", "5-3", "0-2", "1-"])
def test_words_that_name_no_slices_are_declined(words: str) -> None:
    if words == "1-":
        assert slices_of_words(words) == (1, 1)
        return
    with pytest.raises(Declined, match=r"\.$"):
        slices_of_words(words)


def test_the_histogram_of_another_file_is_matched(place: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    values = np.random.default_rng(5).normal(900, 50, (30, 28, 9)).astype(np.float32)
    nibabel.save(nibabel.Nifti1Image(values, AFFINE), other / "brighter.nii.gz")
    step = like(other, "", Silent())
    assert "brighter" in step.note
    wish = Wish(Recipe("matched", (step,)), tmp_path / "out")
    (made,) = enhance([place], wish, "", Silent()).made
    written = nibabel.load(tmp_path / "out" / made.files[0]).get_fdata()
    assert (written.mean(), written.std()) == pytest.approx((900, 50), rel=0.03)
    assert any("brighter" in line for line in made.done)
    with pytest.raises(Declined, match="0 volumes"):
        like(other, "nothing", Silent())


def test_a_volume_is_denoised_and_made_finer_into_files_that_say_so(tmp_path: Path) -> None:
    folder = tmp_path / "place"
    folder.mkdir()
    values = np.random.default_rng(1).normal(100, 20, (40, 36, 4)).astype(np.float32)
    nibabel.save(nibabel.Nifti1Image(values, AFFINE), folder / "head.nii.gz")
    wish = Wish(Recipe("denoised"), tmp_path / "one", training=Training(2, 10))
    (made,) = enhance([folder], wish, "", Silent()).made
    assert made.files[0].endswith("_denoised.nii.gz")
    told = (tmp_path / "one" / made.files[1]).read_text()
    assert "seed 2" in told
    written = nibabel.load(tmp_path / "one" / made.files[0])
    assert written.get_fdata().std() < values.std()
    assert written.affine == pytest.approx(AFFINE)
    wish = Wish(Recipe("interpolated"), tmp_path / "two", finer=Finer(0.0, Kernel.LANCZOS))
    (made,) = enhance([folder], wish, "", Silent()).made
    finer = nibabel.load(tmp_path / "two" / made.files[0])
    assert finer.header.get_zooms() == pytest.approx((0.8, 0.8, 0.8), rel=0.05)
    assert "interpolated" in str(finer.header["descrip"])


def test_an_enhanced_volume_says_what_was_done_and_keeps_scale_unit_and_padding() -> None:
    voxels = np.random.default_rng(2).integers(0, 200, (6, 20, 20)).astype(np.int16)
    voxels[:, :3] = -2000
    grid = Geometry.from_axes(voxels.shape, (0, 0, 0), np.eye(3)[::-1], (2, 1, 1), "1.2")
    volume = Volume(
        voxels, grid, "[hnsf'U]", "CT", "series", slope=2.0, intercept=-100.0,
        padding=(-2000.0, -2000.0), provenance=("read from 6 DICOM images",),
    )  # fmt: skip
    done = enhanced_volume(volume, recipe_of(["gaussian:sigma_mm=1"], None), Silent())
    assert (done.unit, done.slope, done.intercept) == ("[hnsf'U]", 1.0, 0.0)
    assert done.geometry == grid
    assert done.provenance[0] == "read from 6 DICOM images"
    assert done.provenance[-1] == "Gaussian: standard deviation 1 mm"
    assert any(line.startswith("Derived:") for line in done.provenance)
    assert done.padding == (-4100.0, -4100.0)
    assert (done.voxels[:, :3] == -4100).all()
    assert done.voxels[:, 3:].min() >= -100
    edges = enhanced_volume(volume, recipe_of(["sobel"], None), Silent())
    assert edges.unit == "1"


def test_a_series_is_enhanced_into_a_series_of_its_study(tmp_path: Path) -> None:
    chest = sample_study(tmp_path / "chest", Silent(), shape=(6, 32, 32))
    wish = Wish(recipe_of(["gaussian:sigma_mm=2"], None), tmp_path / "out", Form.DICOM)
    (made,) = enhance([chest], wish, "", Silent()).made
    assert len(made.files) == 6
    ((study, series),) = scan([tmp_path / "out"], Silent()).all_series()
    ((source, _),) = scan([chest], Silent()).all_series()
    assert study.identity == source.identity
    assert "standard deviation 2 mm" in series.notices[0].sentence
    (again,) = enhance([chest], wish, "", Silent()).series
    assert again.code == "exists"
    assert enhance([chest], replace(wish, force=True), "", Silent()).made


def test_what_names_no_patient_cannot_become_dicom(place: Path, tmp_path: Path) -> None:
    wish = Wish(recipe_of(["median"], None), tmp_path / "out", Form.DICOM)
    (done,) = enhance([place], wish, "", Silent()).series
    assert done.code == "not_dicom"
    assert "names no patient" in done.sentence
    assert not (tmp_path / "out").exists()
