"""The real studies, against what is known of them and against SimpleITK and pydicom."""

from __future__ import annotations

from pathlib import Path

import nibabel
import numpy as np
import pydicom
import pytest
import SimpleITK

from viewer.core.errors import Declined
from viewer.core.plane import side_letters
from viewer.core.progress import Silent
from viewer.core.study import Series, SeriesKind
from viewer.core.volume import Volume
from viewer.io.load import load, open_series
from viewer.io.scan import scan
from viewer.io.thumbnail import thumbnail

pytestmark = pytest.mark.data


def all_series(folder: Path) -> list[Series]:
    return [series for _, series in scan([folder], Silent()).all_series()]


def largest(folder: Path) -> Series:
    return max(all_series(folder), key=lambda series: len(series.instances))


def stored_by_pydicom(series: Series) -> np.ndarray:
    return np.stack([pydicom.dcmread(one.path).pixel_array for one in series.instances])


def test_the_chest_ct_is_one_volume_in_hounsfield_units(data):
    (series,) = all_series(data / "ct_chest_lidc0314" / "dicom")
    volume = load(series, Silent())
    assert isinstance(volume, Volume)
    assert (series.kind, volume.geometry.shape) == (SeriesKind.VOLUME, (275, 512, 512))
    assert np.allclose(volume.geometry.spacing_mm, (1.0, 0.78125, 0.78125), atol=1e-6)
    assert volume.unit == "[hnsf'U]"
    assert side_letters(volume.geometry.directions[0]) == "H"
    some = series.instances[100]
    assert np.array_equal(volume.voxels[100], pydicom.dcmread(some.path).pixel_array)
    assert -1100 < volume.values()[100].min() < -900


def test_the_chest_ct_lies_where_its_nodule_mask_does(data):
    folder = data / "ct_chest_lidc0314"
    volume = load(largest(folder / "dicom"), Silent())
    (mask_series,) = all_series(folder / "nodule_consensus_2of4.nii.gz")
    assert mask_series.format == "NIfTI"
    mask = load(mask_series, Silent())
    inside = np.argwhere(mask.voxels > 0)
    places = mask.geometry.to_patient(inside)
    values = [volume.value_at(tuple(place)) for place in places[:: max(1, len(places) // 200)]]
    assert np.mean(values) > -200  # a solid nodule, not lung


@pytest.mark.parametrize("kind", ["CT", "PET", "MR_T1"])
def test_pet_ct_and_mr_lie_where_simpleitk_puts_them(data, kind):
    folder = data / "petctmr_sarcoma_dicom" / "STS_022" / kind / "image"
    (series,) = all_series(folder)
    ours = load(series, Silent())
    reader = SimpleITK.ImageSeriesReader()
    reader.SetFileNames(reader.GetGDCMSeriesFileNames(str(folder)))
    theirs = reader.Execute()
    assert ours.geometry.shape == theirs.GetSize()[::-1]
    for index in ((0, 0, 0), (53, 10, 20), (25, 40, 5)):
        place = theirs.TransformIndexToPhysicalPoint((index[2], index[1], index[0]))
        assert np.abs(ours.geometry.to_patient(index) - place).max() < 1e-2
    assert np.allclose(ours.values(), SimpleITK.GetArrayFromImage(theirs), rtol=1e-5, atol=1e-3)


def test_contours_of_radiotherapy_are_listed_and_declined(data):
    objects = [
        series
        for series in all_series(data / "petctmr_sarcoma_dicom")
        if series.kind is SeriesKind.OBJECT
    ]
    assert {series.modality for series in objects} == {"RTSTRUCT"}
    with pytest.raises(Declined):
        open_series(objects[0])


def test_the_sagittal_brain_is_a_volume_from_one_side_to_the_other(data):
    volume = load(largest(data / "mr_brain_sag_anon"), Silent())
    assert volume.geometry.shape == (192, 256, 256)
    assert side_letters(volume.geometry.directions[0])[0] in "LR"
    assert volume.geometry.spacing_mm[0] == pytest.approx(0.9, abs=1e-3)


def test_the_pet_is_a_volume_of_uptake_values(data):
    series = next(one for one in all_series(data / "pet_headneck_qin01" / "PET") if one.rows)
    volume = load(series, Silent())
    assert (volume.geometry.shape, volume.unit) == ((299, 128, 128), "g/ml{SUVbw}")
    some = series.instances[150]
    head = pydicom.dcmread(some.path)
    dose_left_bq = 381_470_000 * 2 ** (-5024.678 / 6586.2)  # from 11:39:00 to 13:02:44.678
    truth = head.pixel_array * (float(head.RescaleSlope) * 66_200 / dose_left_bq)
    ours = volume.voxels[150] * volume.slope + volume.intercept
    assert np.allclose(ours, truth, rtol=1e-5)


def test_segmentations_and_reports_beside_the_pet_are_objects(data):
    kinds = {series.modality: series.kind for series in all_series(data / "pet_headneck_qin01")}
    assert kinds["SEG"] is kinds["SR"] is kinds["RWV"] is SeriesKind.OBJECT
    assert kinds["PT"] is SeriesKind.VOLUME


def test_the_heart_beats_in_a_clip_of_twenty_phases(data):
    series = largest(data / "mr_cardiac_cine_p09")
    assert (series.kind, len(series.instances)) == (SeriesKind.CINE, 20)
    clip = load(series, Silent())
    assert len({frame.plane for frame in clip.frames}) == 1


def test_enhanced_frames_become_volumes_by_orientation_and_contrast(data):
    listed = all_series(data / "mr_enhanced_nema")
    mixed = [one for one in listed if one.description.startswith("Various contrasts")]
    assert [(one.kind, len(one.instances)) for one in mixed] == [(SeriesKind.VOLUME, 3)] * 4
    splits = {one.split for one in mixed}
    assert {"coronal", "axial, kind T1", "axial, kind T2"} < splits
    locator = next(one for one in listed if "SAG LOC" in one.description)
    volume = load(locator, Silent())
    path = locator.instances[0].path
    frames = pydicom.dcmread(path).pixel_array
    order = [one.frame for one in locator.instances]
    assert np.array_equal(volume.voxels, frames[order])


def test_spectra_and_metabolite_maps_are_declined_politely(data):
    objects = [
        one for one in all_series(data / "mr_enhanced_nema") if one.kind is SeriesKind.OBJECT
    ]
    sentences = {one.notices[0].sentence for one in objects}
    assert any("spectroscopy" in sentence for sentence in sentences)
    assert any("metabolite maps" in sentence for sentence in sentences)


def test_what_the_dicomdir_names_in_vain_is_listed(data):
    folder = data / "mr_enhanced_nema"
    refused = scan([folder], Silent()).refused
    assert {refusal.code for refusal in refused} == {"missing_file"}


def test_every_volume_file_lies_where_nibabel_puts_it(data):
    paths = sorted((data / "ct_organs_totalsegmentator").glob("*.nii.gz"))
    assert paths
    for path in paths[:2]:
        (series,) = all_series(path)
        ours = load(series, Silent())
        theirs = nibabel.load(path)
        ras = theirs.affine @ [3, 4, 5, 1]
        assert np.allclose(ours.geometry.to_patient((5, 4, 3)) * [-1, -1, 1], ras[:3], atol=1e-4)
        assert np.allclose(ours.values()[5, 4, 3], np.asarray(theirs.dataobj)[3, 4, 5], atol=1e-3)


def test_everything_there_is_listed_or_refused_and_nothing_breaks(data):
    folders = ("seg_sr_rt_objects", "lesion_crops", "mr_spine_sct", "ibsi")
    paths = [data / folder for folder in folders]
    catalogue = scan(paths, Silent())
    listed = {one.path for _, series in catalogue.all_series() for one in series.instances}
    refused = {refusal.path for refusal in catalogue.refused}
    for folder in paths:
        for path in folder.rglob("*"):
            if path.is_file() and path.suffix not in (".zip", ".raw"):
                assert path in listed or path in refused, path
    assert all(refusal.sentence for refusal in catalogue.refused)


@pytest.mark.parametrize(
    "folder", ["mr_brain_sag_anon", "mr_cardiac_cine_p09", "ct_chest_lidc0314/dicom"]
)
def test_thumbnails_of_real_series_show_something(data, folder):
    picture = thumbnail(largest(data / folder))
    assert max(picture.shape) <= 96
    assert picture.std() > 20
