"""A lesion at a point, outlined and saved without a window."""

from __future__ import annotations

import json

import pytest

from viewer.cohort.clicking import Wish, click, point_of
from viewer.core.errors import Declined
from viewer.core.progress import Silent

NODULE = (-57.2, 131.3, -520.3)
AIR = (-160.0, 79.0, -520.3)


def test_a_point_is_three_numbers():
    assert point_of("1.5,-2, 3") == (1.5, -2.0, 3.0)
    for text in ("1,2", "a,b,c", "1,2,nan", "1,2,inf"):
        with pytest.raises(Declined):
            point_of(text)


def test_the_nodule_is_outlined_and_air_is_not(data, tmp_path):
    folder = data / "ct_chest_lidc0314" / "dicom"
    done = click([folder], Wish((NODULE,), (), tmp_path), Silent())
    assert 12 < done.diameter_mm < 25
    assert 1000 < done.volume_mm3 < 3500
    assert all((tmp_path / name).exists() for name in done.files)
    told = json.loads((tmp_path / done.files[-1]).read_text())
    assert told["volume_mm3"] == pytest.approx(done.volume_mm3)
    with pytest.raises(Declined, match="air"):
        click([folder], Wish((AIR,), (), tmp_path, force=True), Silent())
