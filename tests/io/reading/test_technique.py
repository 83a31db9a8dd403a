"""How a picture was taken, read from headers of all kinds."""

from __future__ import annotations

import pytest
from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

from viewer.core.errors import Unreadable
from viewer.core.progress import Silent
from viewer.io.technique import technique_of


@pytest.fixture
def written(tmp_path):
    """Write a header with these elements; return its technique."""

    def read(frame=0, **elements: object):
        dataset = Dataset()
        dataset.file_meta = FileMetaDataset()
        dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        dataset.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
        dataset.file_meta.MediaStorageSOPInstanceUID = generate_uid()
        dataset.SOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
        dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID
        dataset.Modality = "CT"
        for name, value in elements.items():
            setattr(dataset, name, value)
        path = tmp_path / "one.dcm"
        dataset.save_as(path, enforce_file_format=True)
        return technique_of(path, frame, Silent())

    return read


def item(**elements: object):
    made = Dataset()
    for name, value in elements.items():
        setattr(made, name, value)
    return made


def test_ct_says_voltage_exposure_dose_and_kernel(written):
    said = written(KVP="120", Exposure="210", CTDIvol=7.5, ConvolutionKernel="B30f")
    assert (said.kilovolts, said.exposure_mas, said.ctdi_mgy, said.kernel) == (
        120,
        210,
        7.5,
        "B30f",
    )


def test_exposure_comes_from_microampere_seconds_or_from_current_and_time(written):
    assert written(ExposureInuAs=4200).exposure_mas == 4.2
    assert written(XRayTubeCurrent=200, ExposureTime=500).exposure_mas == 100


def test_mr_says_times_angle_and_field(written):
    said = written(
        RepetitionTime="500", EchoTime="12.5", FlipAngle="90", MagneticFieldStrength="1.5"
    )
    assert (said.repetition_ms, said.echo_ms, said.flip_degrees, said.field_tesla) == (
        500, 12.5, 90, 1.5,
    )  # fmt: skip


def test_gauss_is_told_in_tesla(written):
    assert written(MagneticFieldStrength="15000").field_tesla == 1.5


def test_an_injected_activity_is_told_in_mbq_whatever_the_file_counts_in(written):
    for dose in (370e6, 370):
        tracer = item(RadionuclideTotalDose=dose, Radiopharmaceutical="FDG")
        said = written(RadiopharmaceuticalInformationSequence=[tracer])
        assert said.activity_mbq == pytest.approx(370)
        assert said.tracer == "FDG"


def test_a_frame_of_an_enhanced_object_has_its_own_values_and_the_shared_ones(written):
    frames = [item(CTExposureSequence=[item(ExposureInmAs=float(mas))]) for mas in (10, 20, 30)]
    shared = item(CTXRayDetailsSequence=[item(KVP="100")])
    said = written(
        frame=1,
        NumberOfFrames=3,
        SharedFunctionalGroupsSequence=[shared],
        PerFrameFunctionalGroupsSequence=frames,
    )
    assert (said.kilovolts, said.exposure_mas) == (100, 20)


def test_the_technique_of_another_image_that_is_referred_to_is_not_taken(written):
    assert written(SourceImageSequence=[item(KVP="80")]).kilovolts is None


def test_what_is_no_number_is_not_said(written):
    assert written(ConvolutionKernel="B30f").kilovolts is None


def test_a_file_that_is_no_dicom_is_refused_with_a_sentence(tmp_path):
    path = tmp_path / "a.dcm"
    path.write_bytes(b"nothing of the kind" * 40)
    with pytest.raises(Unreadable):
        technique_of(path, 0, Silent())
