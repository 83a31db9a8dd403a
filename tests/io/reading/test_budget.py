"""Series that do not fit into memory: kept on disk, told of, and right."""

from __future__ import annotations

import gc
import json
import os
import pickle
import stat
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest

from viewer.core.errors import Declined
from viewer.core.plane import Plane
from viewer.core.progress import Silent
from viewer.imaging.reslice import reslice
from viewer.io.budget import Budget
from viewer.io.load import load, open_series
from viewer.io.paging import Page

GB = 10**9
ROOT = Path(__file__).resolve().parents[3]


def budget(memory: int, disk: int = 100 * GB) -> Budget:
    return Budget(lambda: memory, lambda _: disk)


def test_what_fits_into_memory_lies_there_and_nothing_is_said():
    room = budget(10 * GB).room(7 * GB)
    assert room.page is None
    assert room.notices == ()


def test_what_does_not_fit_is_kept_on_disk_and_told_in_numbers():
    room = budget(1_000_000).room(2_000_000)
    assert room.page is not None
    assert room.notices[0].code == "on_disk"
    assert room.notices[0].sentence.startswith(
        "2 MB of voxels are kept on disk, as only 1 MB of memory is free"
    )


def test_what_neither_memory_nor_disk_hold_is_declined_in_numbers():
    with pytest.raises(Declined) as refusal:
        budget(GB, 3 * GB).room(20 * GB)
    assert refusal.value.code == "too_large"
    said = str(refusal.value)
    assert "needs 20.0 GB" in said
    assert "only 1.0 GB is free" in said
    assert "has only 3.0 GB left" in said


def test_a_cache_that_cannot_be_written_is_a_reason_to_decline(home):
    (home / "cache").write_text("no folder")
    with pytest.raises(Declined, match="nor could it be kept") as refusal:
        budget(0).room(1000)
    assert refusal.value.code == "too_large"


def test_what_the_system_does_not_grant_after_all_is_declined(monkeypatch):
    def none(*_: object) -> None:
        raise MemoryError

    room = budget(10 * GB).room(2 * GB)
    monkeypatch.setattr(np, "zeros", none)
    with pytest.raises(Declined, match="of memory, which the system") as refusal:
        room.array((1000, 1000, 1000), np.dtype(np.int16))
    assert refusal.value.code == "too_large"


def test_what_was_granted_counts_until_it_is_filled_in_or_let_go():
    shared = budget(1_000_000)
    first = shared.room(700_000)
    assert shared.room(700_000).page is not None
    first.filled()
    second = shared.room(700_000)
    assert second.page is None
    del second
    gc.collect()
    assert shared.room(700_000).page is None


def test_arrays_of_a_page_do_not_touch_each_other_and_outlive_it(tmp_path):
    page = Page(tmp_path, 3 * 1001, arrays=3)
    arrays = [page.array((7, 143), np.dtype(np.uint8)) for _ in range(3)]
    for number, array in enumerate(arrays):
        array[...] = number + 1
        page.drop(array)
    del page
    gc.collect()
    assert [set(array.ravel().tolist()) for array in arrays] == [{1}, {2}, {3}]


def test_a_page_is_dropped_from_memory_and_comes_back_as_it_was(tmp_path):
    page = Page(tmp_path, 40 * 100_000 * 2)
    block = page.array((40, 100_000), np.dtype(np.int16))
    values = np.random.default_rng(3).integers(-999, 999, block.shape, np.int16)
    for number in range(40):
        block[number] = values[number]
        page.drop(block[number])
    assert np.array_equal(block, values)


def test_nothing_of_a_page_is_found_in_its_folder(tmp_path):
    page = Page(tmp_path, 5000)
    page.array((5000,), np.dtype(np.uint8))[...] = 7
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="descriptors are not listed there")
def test_the_folder_of_pages_is_for_this_user_alone(home):
    budget(0).room(1000)
    assert stat.S_IMODE((home / "cache" / "voxels").stat().st_mode) == 0o700


def test_a_stack_beyond_memory_is_right_too(write, series, monkeypatch):
    monkeypatch.setenv("SKIAGRAM_MEMORY_MB", "1")
    for number, place in enumerate((0.0, 1.0, 5.0, 6.0, 17.0), start=1):
        write(number, ImagePositionPatient=[0, 0, place])
    (only,) = series()
    loading = open_series(only)
    stack = loading.run(Silent(), lambda _: None)
    assert "on_disk" in [notice.code for notice in loading.notices]
    first = [int(frame.pixels[0, 0]) for frame in stack.frames]
    assert first == [100, 200, 300, 400, 500]
    assert not any(frame.pixels.flags.writeable for frame in stack.frames)


def test_a_volume_on_disk_travels_to_another_process_and_is_cut_like_any_other(
    write, series, monkeypatch
):
    for number in (1, 2, 3):
        write(number)
    (only,) = series()
    plain = load(only, Silent())
    monkeypatch.setenv("SKIAGRAM_MEMORY_MB", "1")
    mapped = load(only, Silent())
    arrays: list[pickle.PickleBuffer] = []
    body = pickle.dumps(mapped, protocol=5, buffer_callback=arrays.append)
    there = pickle.loads(body, buffers=[bytes(one.raw()) for one in arrays])
    assert np.array_equal(there.voxels, plain.voxels)
    assert np.array_equal(mapped.values(), plain.values())
    plane = Plane((-10.0, -20.0, 1.5), (1, 0, 0), (0, 0.8, 0.6), (0.7, 0.7))
    cut = [reslice(one.voxels, one.geometry, plane, (6, 5)) for one in (plain, mapped)]
    assert np.array_equal(*cut, equal_nan=True)
    assert np.isfinite(cut[1]).any()
    assert not mapped.voxels.flags.writeable


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="peaks are not told there")
def test_a_series_three_times_the_memory_granted_is_read_right_within_it(write, tmp_path):
    side, slices = 256, 360
    scene = np.random.default_rng(5).integers(-1000, 3000, (side, side), np.int16)
    shown = [np.roll(scene, number, axis=0) for number in range(slices)]
    for number, pixels in enumerate(shown, start=1):
        write(number, Rows=side, Columns=side, PixelData=pixels.tobytes())
    script = Path(__file__).with_name("large_series.py")
    answer = subprocess.run(
        [sys.executable, str(script), str(tmp_path), "15"],
        check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    told = json.loads(answer.stdout)
    assert told["voxels"] == side * side * 2 * slices
    assert told["rise"] < told["voxels"] / 2
    assert told["notices"][0][0] == "on_disk"
    assert told["sums"] == [zlib.crc32(pixels.tobytes()) for pixels in shown]
