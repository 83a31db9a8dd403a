"""When the moments of a series were, and how fast a clip is to be played."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pydicom import dcmread

from tests.moments import STEP_MS, write_moments
from viewer.core.progress import Silent
from viewer.core.study import Series, SeriesKind
from viewer.io.pace import axis_of
from viewer.io.scan import scan

COUNT = 4


def only(folder):
    ((_, series),) = scan([folder], Silent()).all_series()
    return series


@pytest.fixture(scope="module")
def heart(tmp_path_factory):
    return write_moments(tmp_path_factory.mktemp("pace") / "heart", COUNT)


def changed(folder, target, change):
    """Copy a series, each file changed by its moment."""
    target.mkdir()
    for file in sorted(folder.glob("*.dcm")):
        dataset = dcmread(file)
        change(dataset, int(file.name[:3]))
        dataset.save_as(target / file.name)
    return target


def test_trigger_times_are_the_axis_of_heart_phases(heart):
    axis = axis_of(only(heart), Silent())
    assert axis.at == tuple(STEP_MS * moment for moment in range(COUNT))
    assert axis.unit == "ms"
    assert axis.per_second == pytest.approx(1000 / STEP_MS)


def test_times_of_day_count_from_the_first(heart, tmp_path):
    def dynamic(dataset, moment):
        del dataset.TriggerTime
        dataset.AcquisitionTime = f"1159{20 * moment:02d}.5" if moment < 3 else "120000.5"
        dataset.AcquisitionNumber = moment + 1

    axis = axis_of(only(changed(heart, tmp_path / "dynamic", dynamic)), Silent())
    assert (axis.at, axis.unit) == ((0.0, 20.0, 40.0, 60.0), "s")
    assert axis.per_second is None


def test_a_speed_that_the_file_recommends_comes_first(heart, tmp_path):
    def recommended(dataset, moment):
        dataset.RecommendedDisplayFrameRate = 12

    series = only(changed(heart, tmp_path / "recommended", recommended))
    assert axis_of(series, Silent()).per_second == 12


@pytest.mark.parametrize("frame_ms", ["0", "-5", "1e-9", "1e9"])
def test_a_frame_time_that_cannot_be_is_not_believed(heart, tmp_path, frame_ms):
    def odd(dataset, moment):
        dataset.FrameTime = frame_ms
        dataset.TriggerTime = moment * 5000.0

    axis = axis_of(only(changed(heart, tmp_path / "odd", odd)), Silent())
    assert axis.per_second is None


def labelled(labels):
    parts = tuple(
        Series(f"k{n}", "1.2", "1.1", "MR", SeriesKind.VOLUME, (), split=label)
        for n, label in enumerate(labels)
    )
    return Series("k", "1.2", "1.1", "MR", SeriesKind.FOUR_D, (), parts=parts)


@pytest.mark.parametrize(
    ("labels", "at", "unit"),
    [
        (("b-value 0", "b-value 1000"), (0.0, 1000.0), "s/mm²"),
        (("b-value 0", "b-value 50, direction 1"), (0.0, 50.0), "s/mm²"),
        (("echo time 4.6", "echo time 9.2"), (4.6, 9.2), "ms"),
        (("time 1 of 2, 0 s", "time 2 of 2, 2.5 s"), (0.0, 2.5), "s"),
        (("no b-value", "b-value 1000"), (), ""),
        (("time 1 of 2", "time 2 of 2"), (), ""),
    ],
)
def test_numbers_in_the_names_of_moments_are_their_axis(labels, at, unit):
    axis = axis_of(replace(labelled(labels), format="NIfTI"), Silent())
    assert (axis.at, axis.unit) == (at, unit)


def test_files_that_are_gone_leave_the_axis_unknown(heart, tmp_path):
    series = only(changed(heart, tmp_path / "gone", lambda dataset, moment: None))
    for file in (tmp_path / "gone").glob("*.dcm"):
        file.unlink()
    assert axis_of(series, Silent()).at == ()


def test_a_clip_of_frames_has_the_times_of_its_frame_time(tmp_path):
    from pydicom.data import get_testdata_file

    dataset = dcmread(get_testdata_file("color3d_jpeg_baseline.dcm"))
    frames = int(dataset.NumberOfFrames)
    dataset.save_as(tmp_path / "clip.dcm")
    series = only(tmp_path)
    axis = axis_of(series, Silent())
    assert len(axis.at) == frames
    assert axis.unit == "ms"
    assert np.isclose(axis.per_second, _rate(dataset), atol=0.01)


def _rate(dataset):
    for name in ("RecommendedDisplayFrameRate", "CineRate"):
        if name in dataset:
            return float(dataset[name].value)
    return 1000 / float(dataset.FrameTime)


def test_the_cine_of_a_real_heart_runs_at_the_pace_of_its_trigger_times(data: Path):
    found = scan([data / "mr_cardiac_cine_p09"], Silent())
    longest = max((one for _, one in found.all_series()), key=lambda one: len(one.instances))
    axis = axis_of(longest, Silent())
    assert len(axis.at) == len(longest.instances) == 20
    assert (axis.at[1], axis.unit) == (48.75, "ms")
    assert axis.per_second == pytest.approx(1000 / 48.75, rel=0.02)
