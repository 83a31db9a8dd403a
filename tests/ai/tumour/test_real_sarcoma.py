"""A real patient in DICOM. The weights have seen this patient: these tests say that the way from
files to an outline holds, not how good the model is (its card says that).
"""

import numpy as np
import pytest

from viewer.ai.engine.sampling import sampled
from viewer.ai.readers import Inputs
from viewer.ai.tumour.patients import read_patient
from viewer.ai.tumour.reader import read_inputs
from viewer.core.progress import Silent
from viewer.core.study import SeriesKind
from viewer.core.volume import Volume
from viewer.io.load import load
from viewer.io.scan import scan

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def images():
    import os
    from pathlib import Path

    folder = Path(os.environ.get("SKIAGRAM_DATA", "../shared/data")) / "petctmr_sarcoma_dicom"
    if not folder.is_dir():
        pytest.skip("no real images")
    series = [
        one
        for study in scan([folder.resolve()], Silent()).studies
        for one in study.series
        if one.kind is SeriesKind.VOLUME
    ]
    return {one.modality: load(one, Silent()) for one in series}


@pytest.fixture(scope="module")
def reading(images):
    return read_inputs(Inputs(images["PT"], (images["CT"], images["MR"])), Silent())


def truth_of(data):
    """Return the outline for the PET that comes with the NIfTI files of the same patient."""
    return read_patient(data / "petctmr_sarcoma" / "STS_022")


def test_the_outline_lies_on_the_tumour_in_the_patient(reading, data):
    patient = truth_of(data)
    outline = reading.segmentations[0]
    voxels = (outline.labels == 1).astype(np.float32)
    found, known = np.zeros(patient.truth.shape, np.float32), np.zeros(patient.truth.shape, bool)
    drawn = Volume(voxels, outline.geometry, "1", "PT", "outline")
    sampled(drawn, patient.pet.geometry, 0.0, found, known, Silent())
    inside = found > 0.5
    shared = 2 * (inside & patient.truth).sum() / (inside.sum() + patient.truth.sum())
    assert shared > 0.6


def test_dicom_and_nifti_of_one_patient_give_one_outline(reading, data):
    patient = truth_of(data)
    volume = float((reading.segmentations[0].labels == 1).sum())
    volume *= reading.segmentations[0].geometry.voxel_volume_mm3
    alone = read_inputs(Inputs(patient.pet), Silent())
    other = (
        float((alone.segmentations[0].labels == 1).sum()) * patient.pet.geometry.voxel_volume_mm3
    )
    assert volume == pytest.approx(other, rel=0.6)


def test_uptake_is_that_of_the_file(reading, images):
    told = {line.name: line.value for line in reading.findings[0].explanation}
    assert told["SUVmax"] <= images["PT"].values().max() + 1e-3
    assert told["SUVmax"] > told["SUVmean"] > 0


def test_the_ct_in_front_gets_an_outline_of_the_same_size(reading, images):
    found = read_inputs(Inputs(images["CT"], (images["PT"], images["MR"])), Silent())
    sizes = [
        (one.segmentations[0].labels == 1).sum() * one.segmentations[0].geometry.voxel_volume_mm3
        for one in (reading, found)
    ]
    assert sizes[1] == pytest.approx(sizes[0], rel=0.15)
