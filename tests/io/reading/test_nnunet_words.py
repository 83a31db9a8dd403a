from __future__ import annotations

import json

import nibabel as nib
import numpy as np
import pytest

from viewer.core.geometry import Geometry
from viewer.io.nnunet_words import AUTHOR, nnunet_words
from viewer.io.segment_files import read_segments, says_segments

NAMES = {"background": 0, "spleen": 1, "left kidney": 2}


def predicted(folder, labels, *, plans=True, **more: object):
    """Write a label map with what nnU-Net writes beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    voxels = np.zeros((6, 5, 4), np.uint8)
    voxels[1, 2, 3], voxels[2:4, 1, 1] = 1, 2
    path = folder / "case_001.nii.gz"
    nib.save(nib.Nifti1Image(voxels, np.diag([-2.0, -2.0, 3.0, 1.0])), path)
    (folder / "dataset.json").write_text(json.dumps({"labels": labels, **more}))
    if plans:
        words = {"dataset_name": "Dataset009", "plans_name": "nnUNetPlans", "configurations": {}}
        (folder / "plans.json").write_text(json.dumps(words))
    return path


def named(path):
    (group,) = read_segments(path).segmentations
    return {one.label: one.name for one in group.segments}


def test_results_come_with_names_and_as_proposed_by_nnunet(tmp_path):
    path = predicted(tmp_path / "out", NAMES)
    (group,) = read_segments(path, series_key="k").segmentations
    assert {one.label: one.name for one in group.segments} == {1: "spleen", 2: "left kidney"}
    assert (group.author.name, group.author.is_model, group.author.version) == (AUTHOR, True, "2")
    assert dict(group.author.parameters) == {
        "dataset_name": "Dataset009", "plans_name": "nnUNetPlans",
    }  # fmt: skip
    assert group.status == "proposed"
    assert len({one.colour for one in group.segments}) == 2
    assert group.label_map.counts()[1:3].tolist() == [1, 2]


def test_they_lie_on_the_voxels_of_the_images(tmp_path):
    path = predicted(tmp_path / "out", NAMES)
    (group,) = read_segments(path).segmentations
    grid = Geometry(group.geometry.shape, group.geometry.affine, "1.2.3")
    (placed,) = read_segments(path, grid).segmentations
    assert np.argwhere(placed.labels == 1).tolist() == [[3, 2, 1]]


def test_the_old_way_of_values_and_names_is_read(tmp_path):
    path = predicted(tmp_path / "out", {"0": "background", "1": "spleen", "2": "liver"})
    assert named(path) == {1: "spleen", 2: "liver"}


def test_plans_without_configurations_are_of_the_first_version(tmp_path):
    path = predicted(tmp_path / "out", {"0": "background", "1": "spleen"}, plans=False)
    (path.parent / "plans.json").write_text("{}")
    assert read_segments(path).segmentations[0].author.version == "1"


def test_a_region_whose_parts_are_drawn_over_it_is_called_a_remainder(tmp_path):
    labels = {"background": 0, "whole tumour": [1, 2], "core": [2]}
    path = predicted(tmp_path / "out", labels, regions_class_order=[1, 2])
    assert named(path) == {1: "whole tumour, remainder", 2: "core"}


def test_labels_of_a_training_folder_are_nobody_s_proposal(tmp_path):
    path = predicted(tmp_path / "Task" / "labelsTr", NAMES, plans=False)
    (tmp_path / "Task" / "labelsTr" / "dataset.json").rename(tmp_path / "Task" / "dataset.json")
    (group,) = read_segments(path).segmentations
    assert [one.name for one in group.segments] == ["spleen", "left kidney"]
    assert not group.author.is_model
    assert group.status == "imported"


def test_a_label_without_a_name_has_its_number(tmp_path):
    assert named(predicted(tmp_path / "out", {"spleen": 1})) == {1: "spleen", 2: "Label 2"}


def test_an_image_beside_such_a_file_is_not_called_segments(tmp_path):
    assert not says_segments(predicted(tmp_path / "out", NAMES))


@pytest.mark.parametrize(
    "text",
    [
        "", "[", "[]", "{}", '{"labels": 3}', '{"labels": {"a": "$evil"}}', '{"labels": {"a": -1}}',
        '{"labels": {"a": true}}', '{"labels": {"a": 99999999}}', "[" * 100_000,
        '{"labels": {"a": [1]}, "regions_class_order": ["x"]}',
    ],
)  # fmt: skip
def test_damaged_tables_are_no_names(tmp_path, text):
    path = predicted(tmp_path / "out", NAMES)
    (path.parent / "dataset.json").write_text(text)
    assert nnunet_words(path) is None
    assert named(path) == {1: "Label 1", 2: "Label 2"}


def test_a_table_without_end_is_not_read(tmp_path):
    path = predicted(tmp_path / "out", NAMES)
    (path.parent / "dataset.json").write_bytes(b" " * (5 << 20))
    assert nnunet_words(path) is None


@pytest.mark.parametrize("kind", [0, 30])
def test_a_label_table_in_the_header_is_read_whatever_its_kind(tmp_path, kind):
    path = predicted(tmp_path / "out", NAMES)
    image = nib.load(path)
    table = '<LabelTable><Label Key="1" Red="1" Green="0" Blue="0">liver</Label></LabelTable>'
    image.header.extensions.append(nib.nifti1.Nifti1Extension(kind, table.encode()))
    nib.save(nib.Nifti1Image(np.asarray(image.dataobj), None, image.header), tmp_path / "a.nii.gz")
    assert named(tmp_path / "a.nii.gz") == {1: "liver", 2: "Label 2"}
