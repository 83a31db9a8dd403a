from __future__ import annotations

import numpy as np
import pytest
import SimpleITK
from pydicom.dataset import Dataset

from viewer.core.errors import Declined, Unreadable
from viewer.io.thumbnail import thumbnail


def large(value: int) -> dict[str, object]:
    half = np.zeros((300, 400), np.int16)
    half[:, 200:] = value
    return {"Rows": 300, "Columns": 400, "PixelData": half.tobytes()}


def test_a_thumbnail_is_small_and_keeps_its_proportions(write, series):
    for number in (1, 2, 3):
        write(number, **large(2000))
    picture = thumbnail(series()[0], 96)
    assert picture.dtype == np.uint8
    assert max(picture.shape) <= 96
    assert picture.shape[1] / picture.shape[0] == pytest.approx(4 / 3, rel=0.05)
    assert (picture[:, :30].max(), picture[:, -30:].min()) == (0, 255)


def test_a_thumbnail_reads_one_picture_only(write, series):
    for number in (1, 2, 3):
        write(number, **large(2000))
    (only,) = series()
    only.instances[0].path.unlink()
    only.instances[2].path.unlink()
    assert thumbnail(only).any()


def test_a_thumbnail_uses_the_window_of_the_file(write, series):
    write(1, **large(2000), WindowCenter=976, WindowWidth=4000)
    assert set(np.unique(thumbnail(series()[0]))) == {0, 128}


def test_an_inverted_picture_is_shown_inverted(write, series):
    write(1, **large(2000), PhotometricInterpretation="MONOCHROME1")
    assert thumbnail(series()[0])[0, 0] == 255


def test_a_volume_in_another_format_has_one_too(tmp_path, series):
    voxels = np.arange(20 * 30 * 40, dtype=np.int16).reshape(20, 30, 40)
    SimpleITK.WriteImage(SimpleITK.GetImageFromArray(voxels), str(tmp_path / "case.nrrd"))
    assert thumbnail(series()[0], 16).shape == (10, 13)


def test_what_has_no_picture_is_declined(write, series):
    write(1, SOPClassUID="1.2.840.10008.5.1.4.1.1.88.11", Modality="SR", PixelData=None)
    with pytest.raises(Declined):
        thumbnail(series()[0])


def test_a_damaged_middle_is_unreadable(write, series):
    for number in (1, 2, 3):
        write(number)
    (only,) = series()
    only.instances[1].path.unlink()
    with pytest.raises(Unreadable):
        thumbnail(only)


def test_a_thumbnail_is_drawn_by_the_table_of_the_file(write, series):
    lut = Dataset()
    lut.LUTDescriptor, lut.LUTData = [1001, 0, 8], [255] + [0] * 999 + [100]
    lut["LUTDescriptor"].VR = lut["LUTData"].VR = "US"
    write(1, **large(2000), RescaleIntercept=0, VOILUTSequence=[lut])
    assert set(np.unique(thumbnail(series()[0]))) == {100, 255}


@pytest.mark.parametrize("inverted", [False, True])
def test_padding_is_black_in_a_thumbnail_and_tinges_nothing(write, series, inverted):
    pixels = np.full((300, 400), 100, np.int16)
    pixels[:, :203] = 4095
    pixels[0, 300] = 200
    write(
        1, Rows=300, Columns=400, PixelData=pixels.tobytes(), PixelPaddingValue=4095,
        PhotometricInterpretation=f"MONOCHROME{1 if inverted else 2}",
        RescaleIntercept=0, WindowCenter=100, WindowWidth=100, VOILUTFunction="LINEAR_EXACT",
    )  # fmt: skip
    picture = thumbnail(series()[0])
    assert not picture[:, :40].any()
    assert set(np.unique(picture[1:, 41:])) == {128}
