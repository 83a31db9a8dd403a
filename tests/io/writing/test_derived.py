"""Volumes made from DICOM series, as new series of the same study."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import numpy as np
import pydicom
import pytest
import SimpleITK as sitk  # noqa: N813 - the name everybody knows
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.kernel import Kernel
from viewer.core.progress import Cancelled, Silent
from viewer.core.recipe import Recipe, Step
from viewer.core.volume import padded
from viewer.imaging.derivation import DERIVED
from viewer.imaging.enhance.derive import enhanced_volume
from viewer.imaging.enhance.resampling import resampled
from viewer.io import derived_write
from viewer.io.derived_write import save_derived_series
from viewer.io.load import open_series
from viewer.io.scan import scan
from viewer.io.stored_scale import scale_for, spread_of

SOFT = Recipe("soft", (Step("gaussian", (("sigma_mm", 1.5),)),))
TURNED = Rotation.from_euler("xyz", (20, -35, 10), degrees=True).as_matrix()[::-1]
LEFT_HANDED = np.diag([-1.0, 1.0, 1.0]) @ TURNED


def saved(case, tmp_path, volume):
    folder = tmp_path / "made"
    return save_derived_series(folder, volume, case.series, "P-1", Silent())


def opened_again(folder):
    ((study, series),) = scan([folder], Silent()).all_series()
    return study, series, open_series(series).run(Silent(), lambda _: None)


def by_simpleitk(files):
    """Return values (slice, row, column) and the first voxel, steps and axes as SimpleITK reads."""
    image = sitk.ReadImage([str(file) for file in files])
    return sitk.GetArrayFromImage(image), image


def noise(shape, scale=200.0, dtype=np.float32):
    return np.random.default_rng(4).normal(30.0, scale, shape).astype(dtype)


@pytest.fixture(params=[np.eye(3)[::-1], TURNED, LEFT_HANDED], ids=["axial", "oblique", "left"])
def turned(request, make_case, make_grid, tmp_path):
    return make_case(tmp_path / "ct", make_grid(directions=request.param))


def test_values_and_places_come_back_by_other_readers(turned, tmp_path, dicom_errors):
    volume = replace(turned.volume, voxels=noise(turned.geometry.shape))
    written = saved(turned, tmp_path, volume)
    assert 0 < written.largest_error <= written.step / 2
    values, image = by_simpleitk(written.files)
    assert values == pytest.approx(volume.voxels, abs=written.step / 2 + 1e-3)
    grid = turned.geometry
    for index in ((0, 0, 0), (5, 8, 9), (2, 0, 7)):
        place = image.TransformIndexToPhysicalPoint(index[::-1])
        if np.linalg.det(grid.directions[::-1]) > 0:  # SimpleITK knows no left-handed grids
            assert place == pytest.approx(grid.to_patient(index), abs=1e-3)
    for number, path in enumerate(written.files):
        head = pydicom.dcmread(path)
        place = grid.to_patient((number, 0, 0))
        assert np.asarray(head.ImagePositionPatient, float) == pytest.approx(place, abs=1e-6)
        stored = pydicom.pixels.apply_rescale(head.pixel_array, head)
        assert stored == pytest.approx(volume.voxels[number], abs=written.step / 2 + 1e-3)
        assert head.FrameOfReferenceUID == grid.frame_of_reference_uid
    assert dicom_errors(written.files[3]) == []


def test_a_new_grid_of_an_oblique_series_lies_where_it_did(make_case, make_grid, tmp_path):
    case = make_case(tmp_path / "ct", make_grid((8, 12, 11), directions=TURNED))
    volume = replace(case.volume, voxels=noise(case.geometry.shape))
    made = resampled(volume, (1.1, 0.8, 0.6), Kernel.LINEAR, Silent())
    written = saved(case, tmp_path, made)
    _, series, back = opened_again(tmp_path / "made")
    assert back.geometry.affine == pytest.approx(made.geometry.affine, abs=1e-6)
    assert back.values() == pytest.approx(made.values(), abs=written.step / 2 + 1e-3)
    assert series.notices[0].code == DERIVED
    head = pydicom.dcmread(written.files[4])
    assert float(head.SliceThickness) == pytest.approx(made.geometry.spacing_mm[0])
    codes = [item.CodeValue for item in head.DerivationCodeSequence]
    assert codes == ["113085"]
    named = {item.ReferencedSOPInstanceUID for item in head.SourceImageSequence}
    assert named < {one.sop_instance_uid for one in case.series.instances}


def test_what_was_done_is_said_in_standard_attributes_and_the_recipe_is_kept(case, tmp_path):
    volume = replace(case.volume, voxels=noise(case.geometry.shape))
    written = saved(case, tmp_path, enhanced_volume(volume, SOFT, Silent()))
    head = pydicom.dcmread(written.files[2])
    source = pydicom.dcmread(case.series.instances[2].path)
    assert list(head.ImageType[:3]) == ["DERIVED", "SECONDARY", "AXIAL"]
    assert head.SeriesDescription == "Chest: gaussian"
    told = "Derived: enhanced by soft. Gaussian: standard deviation 1.5 mm."
    assert head.DerivationDescription == told
    assert head.DerivationCodeSequence[0].CodeValue == "113088"
    (origin,) = head.SourceImageSequence
    assert origin.ReferencedSOPInstanceUID == source.SOPInstanceUID
    assert origin.PurposeOfReferenceCodeSequence[0].CodeValue == "121322"
    (equipment,) = head.ContributingEquipmentSequence
    assert equipment.PurposeOfReferenceCodeSequence[0].CodeValue == "109102"
    assert (head.Manufacturer, equipment.ManufacturerModelName) == ("Maker", "Skiagram")
    block = head.private_block(0x0099, "SKIAGRAM")
    (recipe,) = json.loads(block[0x01].value)
    assert recipe["steps"][0]["settings"] == {"sigma_mm": 1.5}
    for keyword in ("PatientName", "PatientID", "StudyInstanceUID", "StudyDate", "KVP"):
        assert head.get(keyword) == source.get(keyword)
    assert head.SeriesInstanceUID not in ("", source.SeriesInstanceUID)
    uids = {str(pydicom.dcmread(file).SOPInstanceUID) for file in written.files}
    assert len(uids) == 6
    assert not uids & {one.sop_instance_uid for one in case.series.instances}


def test_opened_again_it_is_listed_beside_its_source_with_what_was_done(case, tmp_path):
    volume = replace(case.volume, voxels=noise(case.geometry.shape))
    saved(case, tmp_path, enhanced_volume(volume, SOFT, Silent()))
    (study,) = scan([tmp_path / "ct", tmp_path / "made"], Silent()).studies
    source, derived = study.series
    assert source.frame_of_reference_uid == derived.frame_of_reference_uid
    assert [one.code for one in source.notices] == []
    assert "Gaussian: standard deviation 1.5 mm" in derived.notices[0].sentence
    back = open_series(derived).run(Silent(), lambda _: None)
    assert any(line.startswith("Derived:") for line in back.provenance)


def test_values_on_the_grid_of_the_source_keep_its_scale(make_case, make_grid, tmp_path):
    case = make_case(tmp_path / "ct", make_grid(), RescaleSlope="0.5", RescaleIntercept="-1000")
    steps = np.random.default_rng(1).integers(-300, 3000, case.geometry.shape)
    volume = replace(case.volume, voxels=(steps * 0.5 - 1000).astype(np.float32))
    written = saved(case, tmp_path, volume)
    head = pydicom.dcmread(written.files[0])
    assert (float(head.RescaleSlope), float(head.RescaleIntercept)) == (0.5, -1000.0)
    assert written.largest_error == 0
    assert np.array_equal(opened_again(tmp_path / "made")[2].values(), volume.voxels)


def test_what_stands_for_nothing_comes_back_as_padding(case, tmp_path, dicom_errors):
    voxels = noise(case.geometry.shape)
    voxels[1, 2, 3], voxels[2, 0, 0] = np.nan, -5000.0
    volume = replace(case.volume, voxels=voxels, padding=(-5000.0, -4999.0))
    written = saved(case, tmp_path, volume)
    _, _, back = opened_again(tmp_path / "made")
    nothing = padded(back.voxels, back.padding)
    assert np.argwhere(nothing).tolist() == [[1, 2, 3], [2, 0, 0]]
    assert dicom_errors(written.files[1]) == []


def test_a_unit_that_changed_is_said(case, tmp_path, dicom_errors):
    volume = replace(case.volume, voxels=noise(case.geometry.shape, 0.1), unit="1")
    written = saved(case, tmp_path, volume)
    head = pydicom.dcmread(written.files[0])
    assert head.RescaleType == "US"
    assert opened_again(tmp_path / "made")[2].unit == "1"
    assert dicom_errors(written.files[0]) == []


def test_loss_and_burned_in_names_of_the_source_are_said_again(make_case, make_grid, tmp_path):
    told = {
        "LossyImageCompression": "01",
        "LossyImageCompressionRatio": "12.5",
        "LossyImageCompressionMethod": "ISO_10918_1",
        "BurnedInAnnotation": "YES",
    }
    case = make_case(tmp_path / "ct", make_grid(), **told)
    head = pydicom.dcmread(saved(case, tmp_path, case.volume).files[0])
    assert {keyword: str(head[keyword].value) for keyword in told} == told


def test_words_too_long_for_their_place_are_whole_in_the_comments(case, tmp_path, dicom_errors):
    steps = " ".join(f"step {number} of many." for number in range(200))
    volume = replace(case.volume, provenance=(f"Derived: {steps}",))
    written = saved(case, tmp_path, volume)
    head = pydicom.dcmread(written.files[0])
    assert "step 199 of many" in head.ImageComments
    assert len(head.DerivationDescription.encode()) <= 1024
    assert dicom_errors(written.files[0]) == []


def test_a_file_that_comes_back_otherwise_is_not_saved(case, tmp_path, monkeypatch):
    write = derived_write.write_object

    def damaging(path, made):
        if path.name == "IM00004.dcm":
            made.PixelData = b"\x01" * len(made.PixelData)
        return write(path, made)

    monkeypatch.setattr(derived_write, "write_object", damaging)
    with pytest.raises(Declined, match="slice 4 has other values"):
        saved(case, tmp_path, replace(case.volume, voxels=noise(case.geometry.shape)))
    assert not (tmp_path / "made").exists()


def test_a_place_that_moved_is_not_saved(case, tmp_path, monkeypatch):
    write = derived_write.write_object

    def moving(path, made):
        x, y, z = (float(number) for number in made.ImagePositionPatient)
        made.ImagePositionPatient = [x, y, z + 0.01]
        return write(path, made)

    monkeypatch.setattr(derived_write, "write_object", moving)
    with pytest.raises(Declined, match="lies elsewhere"):
        saved(case, tmp_path, case.volume)


def test_given_up_half_way_nothing_is_left(case, tmp_path):
    class Impatient:
        def report(self, done, note=""):
            if done > 0.5:
                raise Cancelled

    with pytest.raises(Cancelled):
        save_derived_series(tmp_path / "made", case.volume, case.series, "P-1", Impatient())
    assert not (tmp_path / "made").exists()


def test_another_patient_than_meant_is_declined(case, tmp_path):
    with pytest.raises(Declined, match="another patient"):
        save_derived_series(tmp_path / "made", case.volume, case.series, "P-2", Silent())


def test_a_defect_in_a_head_is_left_out(case, tmp_path, dicom_errors):
    for one in case.series.instances:
        right, wrong = b"\x18\x00\x60\x00DS\x04\x00120 ", b"\x18\x00\x60\x00DS\x04\x001x0 "
        content = one.path.read_bytes()
        assert right in content
        one.path.write_bytes(content.replace(right, wrong))
    written = saved(case, tmp_path, case.volume)
    assert pydicom.dcmread(written.files[0]).KVP is None
    assert dicom_errors(written.files[0]) == []


def test_a_source_that_is_no_dicom_is_declined_by_name(case, tmp_path):
    nifti = replace(case.series, format="NIfTI")
    with pytest.raises(Declined, match="read from NIfTI, which names no patient"):
        save_derived_series(tmp_path / "made", case.volume, nifti, "P-1", Silent())


def test_a_class_that_cannot_be_written_is_declined_by_name(make_case, make_grid, tmp_path):
    nuclear = "1.2.840.10008.5.1.4.1.1.20"
    case = make_case(tmp_path / "nm", make_grid(), SOPClassUID=nuclear, Modality="NM")
    with pytest.raises(Declined, match="Nuclear Medicine Image Storage"):
        saved(case, tmp_path, case.volume)


@cache
def crop(folder, first, count):
    """Return the volume series of a folder cut down to some slices, its study, and its values."""
    for study, series in scan([folder], Silent()).all_series():
        if len(series.instances) > count:
            cut = replace(series, instances=series.instances[first : first + count])
            return study, cut, open_series(cut).run(Silent(), lambda _: None)
    raise AssertionError("no series")


REAL = [
    ("mr_brain_sag_anon", 90),
    ("ct_chest_lidc0314/dicom", 120),
    ("petctmr_sarcoma_dicom/STS_022/PET/image", 20),
    ("petctmr_sarcoma_dicom/STS_022/MR_T1/image", 20),
    ("pet_headneck_qin01/PET", 150),
]


@pytest.mark.parametrize(("place", "first"), REAL)
@pytest.mark.parametrize("finer", [False, True], ids=["same grid", "other grid"])
def test_real_series_come_back(place, first, finer, data, tmp_path, dicom_errors):
    study, series, volume = crop(data / place, first, 4)
    if finer:
        made = resampled(volume, (2.1, 2.0, 2.2), Kernel.LINEAR, Silent())
    else:
        made = enhanced_volume(volume, SOFT, Silent())
    folder = tmp_path / "made"
    written = save_derived_series(folder, made, series, study.patient.id, Silent())
    again, listed, back = opened_again(folder)
    assert again.identity == study.identity
    assert (back.unit, listed.modality) == (made.unit, series.modality)
    assert back.geometry.affine == pytest.approx(made.geometry.affine, abs=1e-4)
    factor = back.slope / written.step if back.voxels.dtype.kind in "iu" else 1.0
    rounding = 1e-6 * float(np.abs(made.voxels).max())
    assert back.values() == pytest.approx(made.voxels, abs=written.step * factor / 2 + rounding)
    values, image = by_simpleitk(written.files)
    stored = made.values() / factor
    rounding = 2e-6 * float(np.abs(stored).max())
    assert values == pytest.approx(stored, abs=written.step / 2 + rounding)
    assert image.GetOrigin() == pytest.approx(made.geometry.origin, abs=1e-3)
    assert [line for file in written.files for line in dicom_errors(file)] == []


def test_a_frame_of_an_enhanced_object_becomes_plain_slices(data, tmp_path, dicom_errors):
    path = data / "mr_enhanced_nema/DISCIMG/IMAGES/BRTUM008"
    study, series, volume = crop(path, 4, 6)
    made = enhanced_volume(volume, SOFT, Silent())
    written = save_derived_series(tmp_path / "made", made, series, study.patient.id, Silent())
    head = pydicom.dcmread(written.files[1])
    assert head.SOPClassUID.name == "MR Image Storage"
    assert (float(head.EchoTime), float(head.RepetitionTime)) == pytest.approx((20, 450), rel=1e-6)
    assert head.SourceImageSequence[0].ReferencedFrameNumber == series.instances[1].frame + 1
    assert dicom_errors(written.files[1]) == []


@given(
    low=st.floats(-1e6, 1e6),
    span=st.floats(0, 1e6),
    gaps=st.booleans(),
    through_zero=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_no_value_is_off_by_more_than_half_a_step(low, span, gaps, through_zero):
    values = np.linspace(low, low + span, 101)
    nothing = np.zeros(101, np.bool_)
    nothing[50] = gaps
    scale = scale_for(
        spread_of([(values, nothing)], (1.0, 0.0)), (1.0, 0.0), through_zero=through_zero
    )
    stored = scale.stored(values, nothing)
    apart = np.abs(scale.values(stored) - values)[~nothing]
    assert apart.max() <= scale.slope / 2 * (1 + 1e-6) + 1e-9 * max(abs(low), abs(low + span))
    assert not through_zero or scale.intercept == 0
    if gaps:
        assert ((stored == scale.padding) == nothing).all()
    greatest = max(abs(low), abs(low + span)) if through_zero else span
    finest = 1e-8 * max(abs(low), abs(low + span))
    assert scale.slope <= max(1.0, 5 * greatest / 32_000, finest)


def test_a_volume_of_one_value_has_a_scale():
    values, nothing = np.full((4, 4), 712.25), np.zeros((4, 4), np.bool_)
    scale = scale_for(spread_of([(values, nothing)], None), None)
    assert scale.values(scale.stored(values, nothing)) == pytest.approx(values, abs=scale.slope / 2)


def test_single_slices_can_be_saved(make_case, make_grid, tmp_path):
    case = make_case(tmp_path / "ct", make_grid((1, 9, 10)))
    written = saved(case, tmp_path, replace(case.volume, voxels=noise(case.geometry.shape)))
    assert len(written.files) == 1
    assert isinstance(case.geometry, Geometry)
