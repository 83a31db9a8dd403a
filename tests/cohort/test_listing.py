"""What `skiagram info` tells of series of several volumes."""

from __future__ import annotations

import json

import numpy as np
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

from tests.io.reading.conftest import picture
from viewer.cohort.listing import listing
from viewer.core.progress import Silent


def write_moments(folder, count: int) -> None:
    for number in range(3 * count):
        moment, z = divmod(number, 3)
        slice_ = picture(
            number + 1,
            ImagePositionPatient=[-10, -20, 2.5 * z],
            TemporalPositionIdentifier=moment + 1,
            TemporalResolution=500,
        )
        slice_.file_meta = FileMetaDataset()
        slice_.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        slice_.save_as(folder / f"{number:04d}", enforce_file_format=True)


def test_moments_are_one_entry_with_the_shape_of_one_volume(tmp_path):
    write_moments(tmp_path, 4)
    (told,) = json.loads(listing([tmp_path], Silent()).as_json())["series"]
    assert (told["kind"], told["shape"], told["images"]) == ("4d", [3, 8, 6], 12)
    assert (told["moments"], told["split_by"], told["time_step_s"]) == (4, "time", 0.5)
    assert told["moment_labels"] == [f"time {n} of 4" for n in (1, 2, 3, 4)]
    assert told["spacing_mm"] == [2.5, 0.5, 0.75]
    assert np.allclose(np.array(told["affine"]) @ [1, 2, 3, 1], [-7.75, -19, 2.5, 1])
    assert told["unit"] == "[hnsf'U]"


def test_a_single_volume_has_one_moment_and_no_labels(tmp_path):
    write_moments(tmp_path, 1)
    (told,) = listing([tmp_path], Silent()).series
    assert (told.kind, told.moments, told.split_by, told.moment_labels) == ("volume", 1, "", ())
    assert told.time_step_s is None


def test_the_key_of_a_moment_is_told(tmp_path):
    write_moments(tmp_path, 2)
    (told,) = listing([tmp_path], Silent()).series
    assert len({told.key, *told.moment_keys}) == 3
