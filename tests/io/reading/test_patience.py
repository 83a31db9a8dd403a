"""What is tried, and when it is given up: damaged frames without end, and files that are gone."""

from __future__ import annotations

import random
import struct
from time import process_time

import pytest

from tests.io.reading.test_bombs import encapsulated
from viewer.core.errors import Unreadable
from viewer.core.progress import Silent
from viewer.core.volume import Fidelity
from viewer.io.load import open_series
from viewer.io.patience import Patience
from viewer.io.scan import scan

DAMAGED = struct.pack("<16L", 1, 64, *[0] * 14) + random.Random(1).randbytes(8)
GOOD = struct.pack("<16L", 2, 64, 114, *[0] * 13) + (b"\x2f" + bytes(48) + b"\0") * 2


def opened(tmp_path, frames: list[bytes]):
    content = encapsulated(b"", frames, NumberOfFrames=len(frames), PixelRepresentation=0)
    (tmp_path / "cine").write_bytes(content)
    ((_, series),) = scan([tmp_path], Silent()).all_series()
    loading = open_series(series)
    loading.run(Silent(), lambda _: None)
    return loading


def test_frames_that_are_all_damaged_are_given_up_and_that_is_told(tmp_path):
    began_s = process_time()
    loading = opened(tmp_path, [DAMAGED] * 50_000)
    assert process_time() - began_s < 10
    assert (loading.fidelity.quality == Fidelity.DAMAGED).all()
    codes = [notice.code for notice in loading.notices]
    assert codes.count("given_up") == 1
    assert 100 < codes.count("damaged") < 200
    assert all(frame.damage for frame in loading.image.frames)


def test_one_good_frame_far_away_is_reason_to_try_them_all(tmp_path):
    loading = opened(tmp_path, [GOOD] * 60 + [DAMAGED] * 2_000)
    quality = loading.fidelity.quality
    assert (quality[:60] == Fidelity.ORIGINAL).all()
    assert (quality[60:] == Fidelity.DAMAGED).all()
    assert "given_up" not in [notice.code for notice in loading.notices]


def test_a_series_of_few_slices_is_tried_to_its_end():
    patience = Patience(500)
    for _ in range(500):
        patience.note(damaged=True)
    assert not patience.out
    assert patience.far() is None


@pytest.mark.parametrize("count", [1, 5])
def test_a_series_whose_files_are_all_gone_is_not_opened(write, series, count):
    paths = [write(number) for number in range(1, count + 1)]
    (listed,) = series()
    for path in paths:
        path.unlink()
    with pytest.raises(Unreadable, match="gone") as error:
        open_series(listed)
    assert error.value.code == "missing_file"
    assert str(error.value).endswith("taken away.")


@pytest.mark.parametrize("syntax", ["1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2"])
def test_a_series_that_lost_a_file_is_opened_with_a_gap_that_names_it(write, series, syntax):
    paths = [write(number, syntax=syntax) for number in range(1, 6)]
    (listed,) = series()
    paths[2].unlink()
    loading = open_series(listed)
    loading.run(Silent(), lambda _: None)
    assert list(loading.fidelity.quality) == [2, 2, 3, 2, 2]
    (notice,) = (notice for notice in loading.notices if notice.code == "damaged")
    assert "0003" in notice.sentence
    assert "its file is gone" in notice.sentence


@pytest.mark.parametrize("syntax", ["1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2"])
def test_a_file_that_has_changed_since_it_was_listed_is_not_shown(write, series, syntax):
    paths = [write(number, syntax=syntax) for number in range(1, 6)]
    (listed,) = series()
    paths[1].write_bytes(paths[1].read_bytes() + bytes(2))
    loading = open_series(listed)
    loading.run(Silent(), lambda _: None)
    assert list(loading.fidelity.quality) == [2, 3, 2, 2, 2]
    assert "has changed" in loading.notices[-1].sentence
