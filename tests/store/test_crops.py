from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import text

from tests.store.test_corrections import ONE
from viewer.core.crop import LARGEST_BYTES, Crop
from viewer.store.crops import Crops
from viewer.store.shelf import FILE_NAME, Shelf

MODEL = ONE.weights_sha256
OTHER = replace(ONE, finding_id="1.2.4", study_uid="7.2", at="2026-01-02")


def crop(id_: str, seed: int = 0) -> Crop:
    random = np.random.default_rng(seed)
    return Crop(id_, random.integers(0, 256, (2, 6, 5, 4), dtype=np.uint8))


@pytest.fixture
def shelf(tmp_path):
    shelf = Shelf.open(tmp_path)
    shelf.corrections.keep([ONE, OTHER])
    shelf.crops.keep([ONE, OTHER], {one.finding_id: crop(one.finding_id) for one in (ONE, OTHER)})
    yield shelf
    shelf.close()


def kept(shelf) -> list[str]:
    return [one.finding_id for one in shelf.crops.of(MODEL)]


def test_crops_come_back_as_they_were_and_newer_ones_replace_older(shelf):
    first, second = shelf.crops.of(MODEL)
    assert (first.finding_id, second.finding_id) == ("1.2.3", "1.2.4")
    np.testing.assert_array_equal(first.voxels, crop("1.2.3").voxels)
    shelf.crops.keep([ONE], {"1.2.3": crop("1.2.3", 9)})
    np.testing.assert_array_equal(shelf.crops.of(MODEL)[0].voxels, crop("", 9).voxels)
    assert shelf.crops.counts() == {MODEL: 2}


def test_a_crop_goes_with_its_verdict(shelf):
    shelf.corrections.withdraw(["1.2.3"])
    assert kept(shelf) == ["1.2.4"]
    assert shelf.crops.counts() == {MODEL: 1}


def test_crops_of_an_erased_study_are_gone(shelf):
    shelf.corrections.forget("7.2")
    assert kept(shelf) == ["1.2.3"]


def test_nothing_of_a_forgotten_crop_is_left_in_the_file(shelf, tmp_path):
    plain = Crop("1.2.3", np.frombuffer(np.random.default_rng(3).bytes(4000), np.uint8)[
        None, None, None
    ])  # fmt: skip
    shelf.crops.keep([ONE], {"1.2.3": plain})
    packed = plain.voxels.tobytes()[:40]
    files = (FILE_NAME, f"{FILE_NAME}-wal")
    assert any(packed in (tmp_path / name).read_bytes() for name in files)
    shelf.forget_verdicts()
    assert kept(shelf) == []
    assert not any(packed in (tmp_path / name).read_bytes() for name in files)


def test_the_oldest_crops_go_where_there_are_too_many_bytes(shelf):
    tight = Crops(shelf.crops._database, most_bytes=400)
    latest = replace(ONE, finding_id="1.2.5", at="2026-02-01")
    shelf.corrections.keep([latest])
    tight.keep([latest], {"1.2.5": crop("1.2.5")})
    assert kept(shelf) == ["1.2.5"]


@pytest.mark.parametrize(
    ("column", "value"),
    [("sides", "2,6,5"), ("sides", "-1,6,5,4"), ("sides", "2,6,5,9"), ("content", b"x")],
)
def test_a_row_that_somebody_else_wrote_is_left_out(shelf, column, value):
    with shelf.crops._database.writing() as connection:
        wish = text(f"UPDATE crop SET {column} = :value WHERE finding_id = '1.2.3'")
        connection.execute(wish, {"value": value})
    assert kept(shelf) == ["1.2.4"]


def test_a_crop_is_small_and_bytes():
    for wrong in (np.zeros((1, 2, 2, 2)), np.zeros((4, 4), np.uint8)):
        with pytest.raises(ValueError, match="bytes"):
            Crop("a", wrong)
    with pytest.raises(ValueError, match="between"):
        Crop("a", np.zeros((1, 1, 1, LARGEST_BYTES + 1), np.uint8))
