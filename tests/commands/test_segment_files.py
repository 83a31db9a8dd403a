"""Segments saved in every format from the window, and those of other programs laid over images."""

from dataclasses import replace

import nibabel
import numpy as np
import pytest

from viewer.commands import segment_edits
from viewer.commands.files import open_paths, open_series
from viewer.commands.segment_files import open_as_segments, save_as
from viewer.core.code import LUNG
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.study import SeriesKind
from viewer.io.nifti import to_ras
from viewer.io.segment_files import SegmentForm, read_segments, write_segments


def group(desk, opened, status="accepted", shift=0):
    labels = np.zeros(opened.geometry.shape, np.uint8)
    labels[1:3, 2 + shift : 6 + shift, 2:6] = 1
    labels[1:3, 3 + shift, 3] = 0
    return Segmentation(
        f"1.2.3.{shift + 1}", "Lungs", labels, opened.geometry, (Segment(1, "Lung", LUNG),),
        desk.session.reader, opened.key, status,
    )  # fmt: skip


def say(desk, *groups: Segmentation) -> None:
    desk.session.record.set(replace(desk.session.record.value, segmentations=groups))


def said(desk):
    return desk.session.message.value.sentence


@pytest.fixture
def real(desk, data):
    """The PET of a real study, hung."""
    open_paths(desk, [data / "petctmr_sarcoma_dicom" / "STS_022" / "PET"])
    desk.settle()
    series = next(
        s for _, s in desk.session.catalogue.value.all_series() if s.kind is SeriesKind.VOLUME
    )
    open_series(desk, series.key)
    desk.settle()
    return desk.session.images.value.get(series.key)


@pytest.mark.parametrize("form", ["seg-labelmap", "rtstruct", "nifti", "nrrd", "csv"])
def test_what_is_accepted_is_saved_in_every_format(desk, real, tmp_path, form):
    form = SegmentForm(form)
    meant, proposed = group(desk, real), group(desk, real, "proposed", shift=5)
    say(desk, meant, proposed)
    desk.asker.text, desk.asker.yes = form.words, True
    desk.asker.path = tmp_path / f"out{form.ending}"
    save_as(desk)
    desk.settle()
    assert "1 segment saved as out" in said(desk)
    assert form.losses in said(desk)
    assert any(form.words in asked for asked in desk.asker.asked)
    if form is not SegmentForm.CSV:
        (back,) = read_segments(desk.asker.path, real.geometry).segmentations
        assert np.array_equal(back.labels > 0, meant.labels > 0)


def test_what_a_format_loses_is_asked_about_first(desk, hung):
    say(desk, group(desk, hung))
    desk.asker.text, desk.asker.yes = SegmentForm.NIFTI.words, False
    save_as(desk)
    assert "names neither patient nor images" in desk.asker.asked[-1]
    assert not desk.runner.jobs


def test_nothing_is_saved_that_nobody_stands_behind(desk, hung):
    say(desk, group(desk, hung, "proposed"))
    with pytest.raises(Declined, match="Accept or draw"):
        save_as(desk)


def test_the_name_says_what_the_file_is(desk, hung, tmp_path):
    say(desk, group(desk, hung))
    desk.asker.text, desk.asker.yes = SegmentForm.NRRD.words, True
    desk.asker.path = tmp_path / "lungs"
    save_as(desk)
    desk.settle()
    assert (tmp_path / "lungs.seg.nrrd").is_file()


def test_a_label_map_on_the_same_voxels_is_laid_over_the_image(desk, hung, tmp_path):
    meant = group(desk, hung)
    labels = nibabel.Nifti1Image(meant.labels.T.copy(), to_ras(hung.geometry.affine))
    labels.to_filename(tmp_path / "mask.nii.gz")
    desk.asker.path = tmp_path / "mask.nii.gz"
    open_as_segments(desk)
    desk.settle()
    (laid,) = desk.session.record.value.segmentations
    assert (laid.series_key, laid.status) == (hung.key, "imported")
    assert [one.name for one in laid.segments] == ["mask"]
    assert np.array_equal(laid.labels, meant.labels)
    assert "laid over" in said(desk)


def test_opened_again_a_file_says_that_it_takes_the_place_of_what_was_changed(desk, hung, tmp_path):
    meant = group(desk, hung)
    labels = nibabel.Nifti1Image(meant.labels.T.copy(), to_ras(hung.geometry.affine))
    labels.to_filename(tmp_path / "mask.nii.gz")
    desk.asker.path = tmp_path / "mask.nii.gz"
    open_as_segments(desk)
    desk.settle()
    (laid,) = desk.session.record.value.segmentations
    stroke = np.ones((1, 1, 1), np.uint8)
    changed = replace(laid, label_map=laid.label_map.with_box((0, 0, 0), stroke))
    segment_edits.keep(desk, "Paint", changed)
    open_as_segments(desk)
    desk.settle()
    (again,) = desk.session.record.value.segmentations
    assert np.array_equal(again.labels, meant.labels)
    assert "replaces" in said(desk)
    desk.session.undo()
    assert desk.session.record.value.segmentations[0].labels[0, 0, 0] == 1


def test_a_label_map_on_other_voxels_is_resampled_only_if_the_reader_says_so(desk, hung, tmp_path):
    fine = Geometry.from_axes((10, 16, 16), (0, 0, 0), np.eye(3)[::-1], (1, 0.5, 0.5))
    labels = np.ones(fine.shape, np.uint8)
    nibabel.Nifti1Image(labels.T, to_ras(fine.affine)).to_filename(tmp_path / "fine.nii")
    desk.asker.path = tmp_path / "fine.nii"
    open_as_segments(desk)
    desk.settle()
    assert "Resample it onto them?" in desk.asker.asked[-1]
    assert not desk.session.record.value.segmentations
    desk.asker.yes = True
    open_as_segments(desk)
    desk.settle()
    (laid,) = desk.session.record.value.segmentations
    assert laid.geometry == hung.geometry
    assert "resampled onto" in said(desk)


def test_a_file_that_says_it_is_a_segmentation_is_laid_over_what_is_shown(desk, hung, tmp_path):
    path = tmp_path / "a.seg.nrrd"
    meant = group(desk, hung)
    write_segments([meant], None, path, SegmentForm.NRRD)
    listed = len(desk.session.catalogue.value.studies)
    open_paths(desk, [path])
    desk.settle()
    (laid,) = desk.session.record.value.segmentations
    assert laid.segments == meant.segments
    assert len(desk.session.catalogue.value.studies) == listed


def test_a_volume_in_nifti_is_opened_as_before(desk, hung, tmp_path):
    values = np.arange(320, dtype=np.int16).reshape(8, 8, 5)
    nibabel.Nifti1Image(values, to_ras(hung.geometry.affine)).to_filename(tmp_path / "v.nii")
    listed = len(desk.session.catalogue.value.studies)
    open_paths(desk, [tmp_path / "v.nii"])
    desk.settle()
    assert len(desk.session.catalogue.value.studies) == listed + 1
    assert not desk.session.record.value.segmentations


def test_segments_of_another_patient_are_declined(desk, hung, data):
    folder = data / "seg_sr_rt_objects" / "dcmqi_segmentations"
    desk.asker.path = folder / "liver.dcm"
    open_as_segments(desk)
    desk.settle()
    assert "another patient" in said(desk)
    assert not desk.session.record.value.segmentations
