"""Every file of the real images: what it is, or why not; and the same as a second reader says.

Volume files are held against nibabel or SimpleITK, DICOM against pydicom, pictures against Pillow.
"""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import nibabel
import numpy as np
import pydicom
import pytest
import SimpleITK
from PIL import Image

from viewer.core.progress import Silent
from viewer.core.stack import Stack
from viewer.core.study import Series, SeriesKind
from viewer.core.volume import Volume
from viewer.io.load import load
from viewer.io.scan import scan

pytestmark = pytest.mark.data

FOLDERS = (
    "cr_chest_pneumonia", "ct_chest_lidc0314", "ct_head_hemorrhage_phe",
    "ct_organs_totalsegmentator", "ibsi", "lesion_crops", "mr_brain_sag_anon",
    "mr_cardiac_cine_p09", "mr_enhanced_nema", "mr_ms_longitudinal", "mr_spine_sct",
    "pet_headneck_qin01", "petctmr_sarcoma", "petctmr_sarcoma_dicom", "seg_sr_rt_objects",
)  # fmt: skip

EXPECTED = (
    # pattern of the path, and the kind as which it is listed or the code of its refusal
    ("cr_chest_pneumonia/*.jpeg", "stack"), ("ct_head_hemorrhage_phe/images/*.png", "stack"),
    ("ct_head_hemorrhage_phe/masks/*.png", "stack"), ("*.xml", "not_an_image"),
    ("*/screenshots/*", "stack"), ("*.nii.gz", "volume"), ("*.nrrd", "volume"),
    ("*.mha", "volume"), ("*.md", "not_an_image"), ("*.txt", "not_an_image"),
    ("*.json", "not_an_image"), ("*.js", "not_an_image"), ("*.mask", "not_an_image"),
    ("*/LICENSE", "not_an_image"),
    ("ct_chest_lidc0314/dicom/*", "volume"), ("mr_brain_sag_anon/*.dcm", "volume"),
    ("mr_cardiac_cine_p09/P09dicom/*", "cine"), ("pet_headneck_qin01/PET/*", "volume"),
    ("pet_headneck_qin01/*.dcm", "object"),
    ("petctmr_sarcoma_dicom/*/image/*", "volume"), ("petctmr_sarcoma_dicom/*/mask/*", "object"),
    ("mr_enhanced_nema/*/BRFSMPRS", "stack"), ("mr_enhanced_nema/*/BRMULTI", "volume"),
    ("mr_enhanced_nema/*/BRTUM00?", "volume"), ("mr_enhanced_nema/*/BR*", "object"),
    ("seg_sr_rt_objects/highdicom/ct_image.dcm", "stack"),
    ("seg_sr_rt_objects/highdicom/dx_image.dcm", "stack"),
    ("seg_sr_rt_objects/highdicom/sm_image*.dcm", "whole_slide"),
    ("seg_sr_rt_objects/highdicom/frame_rgb*.jpeg", "stack"),
    ("seg_sr_rt_objects/highdicom/*", "object"), ("*/annotation/squares.dcm", "stack"),
    ("*/annotation/*.dcm", "object"), ("*/example_data/ct.0.dcm", "stack"),
    ("*/example_data/*", "object"), ("*x3/image/*", "volume"), ("*/multiframe/*", "volume"),
    ("*/ct-3slice/*", "volume"), ("*.seg", "object"),
    ("*/dcmqi_segmentations/*.dcm", "object"), ("*/pm-example-slice.dcm", "copy"),
)  # fmt: skip
NOT_LOOKED_AT = ("*/DICOMDIR", "*.zip", "*.raw")
"""What names or holds others, and the voxels that a head beside them names."""

SERIES = (
    # its files, kind, slices x rows x columns, mm between slices (of volumes), rows and columns
    ("ct_chest_lidc0314/dicom/*", "volume", (275, 512, 512), (1.0, 0.78125, 0.78125)),
    ("mr_brain_sag_anon/*.dcm", "volume", (192, 256, 256), (0.9, 0.859375, 0.859375)),
    ("mr_cardiac_cine_p09/P09dicom/P09-00[01]?.dcm", "cine", (20, 256, 216), (0.701403, 0.701403)),
    ("mr_enhanced_nema/*/BRTUM001", "volume", (15, 256, 256), (6.0, 0.820312, 0.820312)),
    ("mr_enhanced_nema/*/BRTUM008", "volume", (24, 256, 256), (6.0, 0.820312, 0.820312)),
    ("mr_enhanced_nema/*/BRMULTI", "volume", (3, 256, 256), (7.5, 0.78125, 0.78125)),
    ("mr_enhanced_nema/*/BRFSMPRS", "stack", (1, 183, 256), (1.01562, 1.01562)),
    ("pet_headneck_qin01/PET/*", "volume", (299, 128, 128), (3.375, 3.537818, 3.537818)),
    ("petctmr_*_dicom/*/CT/image/*", "volume", (54, 232, 219), (3.27, 0.976562, 0.976562)),
    ("petctmr_*_dicom/*/MR_T1/image/*", "volume", (54, 192, 174), (3.26995, 0.976562, 0.976562)),
    ("petctmr_*_dicom/*/PET/image/*", "volume", (54, 43, 40), (3.27, 5.46875, 5.46875)),
    ("*/23x38x3/image/*", "volume", (3, 38, 23), (2.5, 0.7, 0.7)),
    ("*/23x38x3/multiframe/*", "volume", (3, 38, 23), (2.5, 0.7, 0.7)),
    ("*/24x38x3/image/*", "volume", (3, 38, 24), (2.5, 0.7, 0.7)),
    ("*/24x38x3/multiframe/*", "volume", (3, 38, 24), (2.5, 0.7, 0.7)),
    ("*/ct-3slice/*", "volume", (3, 512, 512), (1.0, 0.810547, 0.810547)),
    ("*/example_data/ct.0.dcm", "stack", (1, 512, 512), (1.074219, 1.074219)),
    ("*/annotation/squares.dcm", "stack", (1, 24, 24), (1.0, 1.0)),
    ("*/highdicom/ct_image.dcm", "stack", (1, 128, 128), (0.661468, 0.661468)),
)  # fmt: skip


@pytest.fixture(scope="module")
def files(data) -> dict[str, Path]:
    """Every file by its path from the folder of real images."""
    found = (path for path in sorted(data.rglob("*")) if path.is_file())
    return {path.relative_to(data).as_posix(): path for path in found}


def among(files: dict[str, Path], pattern: str) -> list[Path]:
    return [path for name, path in files.items() if fnmatch(name, pattern)]


def listed(paths: list[Path]) -> list[Series]:
    return [series for _, series in scan(paths, Silent()).all_series()]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_listed_as_what_it_is_or_refused_by_its_code(data, files, folder):
    catalogue = scan([data / folder], Silent())
    found: dict[Path, set[str]] = {}
    for _, series in catalogue.all_series():
        for one in series.instances:
            found.setdefault(one.path, set()).add(series.kind.value)
    for refusal in catalogue.refused:
        found.setdefault(refusal.path, set()).add(refusal.code)
    for name, path in files.items():
        if name.startswith(f"{folder}/") and not any(fnmatch(name, p) for p in NOT_LOOKED_AT):
            kinds = [kind for pattern, kind in EXPECTED if fnmatch(name, pattern)]
            assert kinds, f"nothing is expected of {name}"
            assert found.get(path) == {kinds[0]}, name


def test_of_each_shared_folder_something_is_expected(data):
    assert {path.name for path in data.iterdir() if path.is_dir()} == set(FOLDERS)


def real(image: Volume | Stack, index: int) -> np.ndarray:
    part = image if isinstance(image, Volume) else image.frames[index]
    pixels = image.voxels[index] if isinstance(image, Volume) else part.pixels
    return pixels * np.float64(part.slope) + part.intercept


def by_pydicom(path: Path, frame: int) -> np.ndarray:
    """The rescaled values of one picture; PET in its own unit."""
    head = pydicom.dcmread(path)
    pixels = head.pixel_array
    pixels = pixels[frame] if pixels.ndim == 3 else pixels
    said = head
    for groups in (
        *head.get("SharedFunctionalGroupsSequence", []),
        *head.get("PerFrameFunctionalGroupsSequence", [])[frame : frame + 1],
    ):
        said = groups.get("PixelValueTransformationSequence", [said])[0]
    return pixels * float(said.get("RescaleSlope", 1)) + float(said.get("RescaleIntercept", 0))


@pytest.mark.parametrize(("pattern", "kind", "shape", "spacing"), SERIES)
def test_a_series_has_its_shape_its_spacing_and_the_values_that_pydicom_reads(
    files, pattern, kind, shape, spacing
):
    paths = among(files, pattern)
    assert paths
    for series in listed(paths):
        assert series.kind is SeriesKind(kind)
        assert (len(series.instances), series.rows, series.columns) == shape
        image = load(series, Silent())
        between = (
            image.geometry.spacing_mm if isinstance(image, Volume) else image.frames[0].spacing_mm
        )
        assert between == pytest.approx(spacing, abs=1e-5)
        middle = shape[0] // 2
        one, values = series.instances[middle], real(image, middle)
        theirs = by_pydicom(one.path, one.frame)
        if "SUV" in image.unit:
            theirs = theirs * (values.max() / theirs.max())
        np.testing.assert_allclose(values, theirs, rtol=1e-5, atol=1e-3)


def test_a_radiograph_without_patient_spacing_has_none_in_the_patient(files):
    (series,) = listed(among(files, "*/highdicom/dx_image.dcm"))
    stack = load(series, Silent())
    assert (series.rows, series.columns) == (169, 211)
    assert stack.frames[0].spacing_mm is None
    np.testing.assert_allclose(real(stack, 0), by_pydicom(series.instances[0].path, 0))


VOLUMES = (
    ("ct_*/*.nii.gz", 1), ("ibsi/*.nii.gz", 1), ("mr_*/*.nii.gz", 2),
    ("petctmr_sarcoma/*.nii.gz", 9), ("*.nrrd", 1), ("*.mha", 1),
)  # fmt: skip


@pytest.mark.parametrize(("pattern", "step"), VOLUMES)
def test_a_volume_file_lies_and_measures_as_another_reader_says(files, pattern, step):
    paths = among(files, pattern)[::step]
    assert paths
    for path in paths:
        (series,) = listed([path])
        volume = load(series, Silent())
        middle = len(volume.voxels) // 2
        places, theirs = by_another(path, middle)
        ours = [volume.geometry.to_patient(index) for index in ((0, 0, 0), (1, 2, 3))]
        np.testing.assert_allclose(ours, places, atol=1e-3, err_msg=path.name)
        np.testing.assert_allclose(real(volume, middle), theirs, rtol=1e-5, atol=1e-3)


def by_another(path: Path, middle: int) -> tuple[np.ndarray, np.ndarray]:
    """Two places in mm (LPS) and a slice, by nibabel or SimpleITK."""
    if path.name.endswith(".nii.gz"):
        image = nibabel.load(path)
        places = [image.affine @ (*index, 1) for index in ((0, 0, 0), (3, 2, 1))]
        values = np.asarray(image.dataobj[:, :, middle], np.float64).T
        return np.array(places)[:, :3] * (-1, -1, 1), values
    image = SimpleITK.ReadImage(str(path))
    places = [image.TransformIndexToPhysicalPoint(index) for index in ((0, 0, 0), (3, 2, 1))]
    return np.array(places), SimpleITK.GetArrayFromImage(image[:, :, middle]).astype(np.float64)


@pytest.mark.parametrize(
    "pattern",
    ["cr_chest_pneumonia/*.jpeg", "ct_head_hemorrhage_phe/images/*", "*/screenshots/*"],
)
def test_a_picture_has_the_pixels_that_pillow_reads_and_no_calibration(files, pattern):
    for path in among(files, pattern)[::97]:
        (series,) = listed([path])
        assert "no_calibration" in {notice.code for notice in series.notices}
        (frame,) = load(series, Silent()).frames
        assert frame.spacing_mm is None
        with Image.open(path) as picture:
            theirs = np.asarray(picture.convert("RGB" if frame.pixels.ndim == 3 else "L"))
        assert np.abs(frame.pixels.astype(int) - theirs).max() <= 2
