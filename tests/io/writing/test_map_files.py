"""Maps of scores go into DICOM and NIfTI and come back value by value."""

from __future__ import annotations

from dataclasses import replace

import highdicom as hd
import numpy as np
import pytest
from pydicom import dcmread, dcmwrite
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian

from viewer.core.author import Author
from viewer.core.errors import Declined, Unreadable
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.score_map import ScoreMap
from viewer.io.map_files import _number, read_maps, save_map
from viewer.io.map_forms import MapForm
from viewer.io.parametric import write_parametric_map
from viewer.io.seg import SegKind, write_segmentation

MODEL = Author(
    "Uptake", is_model=True, version="2", weights_sha256="ab" * 32,
    parameters=(("input_1", "1.2.3"), ("engine", "torch")),
)  # fmt: skip
DIRECTIONS = {
    "axial": ((0, 0, 1), (0, 1, 0), (1, 0, 0)),
    "feet first": ((0, 0, -1), (0, 1, 0), (1, 0, 0)),
    "coronal, turned": ((0, -1, 0), (0, 0, -1), (-1, 0, 0)),
    "oblique": ((0, 0.6, 0.8), (0, 0.8, -0.6), (1, 0, 0)),
}


def drawn(case, *, low=0.0, high=1.0, slices=slice(2, 5), about="", author=MODEL):
    """A map of a case that is empty outside some slices."""
    voxels = np.zeros(case.geometry.shape, np.uint8)
    inside = voxels[slices]
    inside[...] = np.random.default_rng(7).integers(0, 256, inside.shape)
    return ScoreMap(
        "2.25.77", "Tumour: probability", "What it shows.\nAnd what not.", voxels,
        case.geometry, "one", author, low, high, about=about,
    )  # fmt: skip


def written(case, tmp_path, made, form=MapForm.DICOM):
    path = tmp_path / f"map{form.ending}"
    (file,) = save_map(path, made, case.series, form, Silent())
    assert file == path
    return path


@pytest.mark.parametrize("form", [MapForm.DICOM, MapForm.NIFTI])
@pytest.mark.parametrize("bounds", [(0.0, 1.0), (-8.0, 8.0), (0.0, 3.71)])
def test_a_map_comes_back_byte_by_byte_with_its_bounds_and_model(case, tmp_path, form, bounds):
    made = drawn(case, low=bounds[0], high=bounds[1], about="2.25.5")
    path = written(case, tmp_path, made, form)

    read = read_maps(path, case.geometry, "one")

    (back,) = read.maps
    assert np.array_equal(back.voxels, made.voxels)
    assert np.array_equal(back.values(), made.values())
    assert (back.low, back.high, back.unit, back.about) == (*bounds, "1", "2.25.5")
    assert (back.title, back.meaning.split()) == (made.title, made.meaning.split())
    assert back.author == MODEL
    assert read.notices == ()


@pytest.mark.parametrize("name", DIRECTIONS)
def test_values_lie_at_the_same_places_for_another_reader(make_case, make_grid, tmp_path, name):
    case = make_case(tmp_path / "ct", make_grid(directions=DIRECTIONS[name]))
    made = drawn(case)
    path = written(case, tmp_path, made)

    volume = hd.pm.ParametricMap.from_dataset(dcmread(path)).get_volume()

    index = np.argwhere(made.voxels == 255)
    assert len(index)
    there = np.rint(volume.map_reference_to_indices(case.geometry.to_patient(index))).astype(int)
    assert np.allclose(volume.array[tuple(there.T)], 1.0)
    assert np.allclose(volume.array.sum(), made.values().sum(), rtol=1e-5)


def test_the_written_object_is_free_of_errors(case, tmp_path, dicom_errors):
    assert dicom_errors(written(case, tmp_path, drawn(case))) == []
    other = tmp_path / "signed"
    other.mkdir()
    assert dicom_errors(written(case, other, drawn(case, low=-8.0, high=8.0))) == []
    assert dicom_errors(written(case, other, drawn(case, high=0.0025))) == []


def test_it_names_patient_study_images_quantity_and_model(case, tmp_path):
    told = dcmread(written(case, tmp_path, drawn(case)))

    assert (told.PatientID, told.StudyInstanceUID) == ("P-1", case.study_uid)
    assert told.NumberOfFrames == 3
    (series,) = told.ReferencedSeriesSequence
    assert series.SeriesInstanceUID == case.series_uid
    mapping = told.SharedFunctionalGroupsSequence[0].RealWorldValueMappingSequence[0]
    quantity = mapping.QuantityDefinitionSequence[0].ConceptCodeSequence[0]
    assert (quantity.CodeValue, quantity.CodingSchemeDesignator) == ("122157", "DCM")
    assert mapping.MeasurementUnitsCodeSequence[0].CodeValue == "1"
    equipment = told.ContributingEquipmentSequence[-1]
    assert (equipment.ManufacturerModelName, equipment.SoftwareVersions) == ("Uptake", "2")
    assert f"weights_sha256={'ab' * 32}" in equipment.ContributionDescription
    assert told.ContentQualification == "RESEARCH"
    for frame in told.PerFrameFunctionalGroupsSequence:
        at = frame.PlanePositionSequence[0].ImagePositionPatient
        number = case.geometry.nearest([float(x) for x in at])[0]
        source = frame.DerivationImageSequence[0].SourceImageSequence[0]
        assert source.ReferencedSOPInstanceUID == case.series.instances[number].sop_instance_uid


def test_an_explanation_is_called_saliency(case, tmp_path):
    author = replace(MODEL, parameters=(("explained_by", "occlusion"),))
    told = dcmread(written(case, tmp_path, drawn(case, high=2.5, author=author)))
    mapping = told.SharedFunctionalGroupsSequence[0].RealWorldValueMappingSequence[0]
    assert mapping.QuantityDefinitionSequence[0].ConceptCodeSequence[0].CodeValue == "130404"


def test_an_empty_map_is_written_as_one_slice_of_nothing(case, tmp_path):
    made = drawn(case, slices=slice(0, 0))
    path = written(case, tmp_path, made)
    assert dcmread(path).NumberOfFrames == 1
    assert not read_maps(path, case.geometry, "one").maps[0].voxels.any()


def test_a_fractional_segmentation_shows_the_values_that_were_written(case, tmp_path):
    path = tmp_path / "seg.dcm"
    steps = np.random.default_rng(3).integers(0, 256, case.geometry.shape)
    meant = case.segmentation()
    fractions = {10: steps / 255, 20: 1 - steps / 255, 7: np.zeros(steps.shape)}
    write_segmentation(path, meant, case.series, kind=SegKind.FRACTIONAL, fractions=fractions)

    maps = read_maps(path, case.geometry, "one").maps

    assert [one.title for one in maps] == [
        "Right lung: probability", "Left lung: probability", "Airways: probability",
    ]  # fmt: skip
    assert np.array_equal(maps[0].voxels, steps)
    assert np.array_equal(maps[1].voxels, 255 - steps)
    assert not maps[2].voxels.any()
    assert all(one.is_probability for one in maps)


def test_outlines_are_no_map(case, tmp_path):
    path = tmp_path / "seg.dcm"
    write_segmentation(path, case.segmentation(), case.series)
    with pytest.raises(Unreadable, match="open it as segments"):
        read_maps(path, case.geometry, "one")


def test_a_map_on_other_voxels_is_resampled_and_that_is_said(case, tmp_path):
    voxels = np.zeros(case.geometry.shape, np.uint8)
    voxels[:, :, :5] = 200
    path = written(case, tmp_path, replace(drawn(case), voxels=voxels))
    own = case.geometry
    finer = Geometry.from_axes(
        (6, 18, 20), own.to_patient((0, -0.25, -0.25)), own.directions,
        (2.5, 0.35, 0.45), own.frame_of_reference_uid,
    )  # fmt: skip

    read = read_maps(path, finer, "one")

    assert read.notices[0].code == "resampled"
    (back,) = read.maps
    assert (back.voxels[:, :, :9] == 200).all()
    assert not back.voxels[:, :, 11:].any()


def test_a_map_of_another_patient_space_or_place_is_refused(case, tmp_path):
    path = written(case, tmp_path, drawn(case))
    own = case.geometry
    elsewhere = Geometry.from_axes(
        own.shape, (900, 0, 0), own.directions, own.spacing_mm, own.frame_of_reference_uid
    )
    with pytest.raises(Declined, match="elsewhere"):
        read_maps(path, elsewhere, "one")
    other = replace(own, frame_of_reference_uid="1.2.3.4")
    with pytest.raises(Declined, match="another patient space"):
        read_maps(path, other, "one")


def test_whole_numbers_of_others_are_scaled_as_their_file_says(case, tmp_path):
    path = tmp_path / "a.dcm"
    write_parametric_map(path, drawn(case), case.series)
    told = dcmread(path)
    count = int(told.NumberOfFrames)
    stored = np.random.default_rng(1).integers(0, 4000, (count, *case.geometry.shape[1:]))
    del told.FloatPixelData
    told.add_new("PixelData", "OW", stored.astype("<u2").tobytes())
    told.BitsAllocated = told.BitsStored = 16
    told.HighBit, told.PixelRepresentation = 15, 0
    mapping = told.SharedFunctionalGroupsSequence[0].RealWorldValueMappingSequence[0]
    mapping.RealWorldValueSlope, mapping.RealWorldValueIntercept = 0.01, -5.0
    del mapping.DoubleFloatRealWorldValueFirstValueMapped
    del mapping.DoubleFloatRealWorldValueLastValueMapped
    told.save_as(path)

    read = read_maps(path, case.geometry, "one")

    (back,) = read.maps
    places = [one.PlanePositionSequence[0].ImagePositionPatient
              for one in told.PerFrameFunctionalGroupsSequence]  # fmt: skip
    numbers = [case.geometry.nearest([float(x) for x in at])[0] for at in places]
    assert sorted(numbers) == [2, 3, 4]
    assert (
        np.abs(back.values()[numbers] - (stored * 0.01 - 5)).max() <= (back.high - back.low) / 509
    )
    assert [one.code for one in read.notices] == ["steps"]


@pytest.mark.parametrize("cut", [300, 2000, 4000])
def test_a_file_that_was_cut_off_is_refused(case, tmp_path, cut):
    path = written(case, tmp_path, drawn(case))
    path.write_bytes(path.read_bytes()[:-cut] if cut < 1000 else path.read_bytes()[:cut])
    with pytest.raises(Unreadable):
        read_maps(path, case.geometry, "one")


def test_a_map_of_values_that_are_no_numbers_is_refused(case, tmp_path):
    path = written(case, tmp_path, drawn(case))
    told = dcmread(path)
    told.FloatPixelData = np.full(3 * 90, np.nan, "<f4").tobytes()
    told.save_as(path)
    with pytest.raises(Unreadable, match="no numbers"):
        read_maps(path, case.geometry, "one")


def test_a_map_whose_values_stand_in_a_table_is_refused(case, tmp_path):
    path = written(case, tmp_path, drawn(case))
    told = dcmread(path)
    mapping = told.SharedFunctionalGroupsSequence[0].RealWorldValueMappingSequence[0]
    del mapping.RealWorldValueSlope, mapping.RealWorldValueIntercept
    mapping.RealWorldValueLUTData = [0.0, 10.0]
    told.save_as(path)
    with pytest.raises(Unreadable, match="table"):
        read_maps(path, case.geometry, "one")


def test_values_are_read_in_the_order_of_bytes_of_the_file(case, tmp_path):
    made = drawn(case)
    path = written(case, tmp_path, made)
    told = dcmread(path)
    told.FloatPixelData = np.frombuffer(told.FloatPixelData, "<f4").astype(">f4").tobytes()
    told.file_meta.TransferSyntaxUID = ExplicitVRBigEndian
    told.walk(lambda *_: None)  # what was not looked at would be written as it was read
    dcmwrite(path, told, implicit_vr=False, little_endian=False)
    (back,) = read_maps(path, case.geometry, "one").maps
    assert np.array_equal(back.voxels, made.voxels)


def test_maps_larger_than_memory_are_refused_before_their_voxels_are_read(
    case, tmp_path, monkeypatch
):
    dicom = written(case, tmp_path, drawn(case))
    nifti = written(case, tmp_path, drawn(case), MapForm.NIFTI)
    fractional = tmp_path / "seg.dcm"
    fractions = {number: np.ones(case.geometry.shape) for number in (10, 20, 7)}
    kind = SegKind.FRACTIONAL
    write_segmentation(fractional, case.segmentation(), case.series, kind=kind, fractions=fractions)
    monkeypatch.setattr("viewer.io.parametric_read.available_bytes", lambda: 1000)
    for path in (dicom, nifti, fractional):
        with pytest.raises(Declined, match="memory"):
            read_maps(path, case.geometry, "one")


def test_files_that_are_called_alike_hold_maps_of_their_own(case, tmp_path):
    names = []
    for number in (1, 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = written(case, folder, drawn(case), MapForm.NIFTI)
        names.append(read_maps(path, case.geometry, "one").maps[0].id)
    assert len(set(names)) == 2
    assert not any(str(tmp_path) in name for name in names)


def test_a_number_of_the_wrong_length_and_a_spoilt_deflate_are_damage(case, tmp_path):
    path = written(case, tmp_path, drawn(case))
    slope = b"\x40\x00\x25\x92FD\x08\x00"
    assert path.read_bytes().count(slope) == 1
    whole = path.read_bytes()
    path.write_bytes(whole.replace(slope, slope[:6] + b"\x02\x00"))
    with pytest.raises(Unreadable):
        read_maps(path, case.geometry, "one")
    path.write_bytes(whole)
    told = dcmread(path)
    told.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    dcmwrite(path, told)
    spoilt = bytearray(path.read_bytes())
    spoilt[-2000:-1000] = b"\xff" * 1000
    path.write_bytes(spoilt)
    with pytest.raises(Unreadable):
        read_maps(path, case.geometry, "one")


def test_a_bound_beyond_all_numbers_is_none():
    assert np.isnan(_number(10**400))


def test_a_map_of_single_pictures_becomes_pictures(case, tmp_path):
    made = replace(drawn(case), geometry=None)
    files = save_map(tmp_path / "out" / "x.dcm", made, case.series, MapForm.DICOM, Silent())
    assert {file.suffix for file in files} == {".png", ".json"}
