"""Value maps of files: which values are shown, in which unit, and which others can be chosen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pydicom.data import get_testdata_file
from pydicom.dataset import Dataset
from pydicom.uid import ImplicitVRLittleEndian, MRImageStorage

from viewer.cohort.listing import listing
from viewer.core.errors import Declined
from viewer.core.progress import Silent
from viewer.core.rescaled import given_as
from viewer.core.volume import Volume
from viewer.core.window import Curve, Window
from viewer.io.load import load, open_series
from viewer.io.pixels import frame_of


def item(**values: object) -> Dataset:
    made = Dataset()
    for name, value in values.items():
        setattr(made, name, value)
    return made


def value_map(
    label: str = "T1",
    unit: str = "ms",
    scale: tuple[float, float] | None = (2.0, -10.0),
    first: int = -32768,
    last: int = 32767,
    **more: object,
) -> Dataset:
    code = item(CodeValue=unit, CodingSchemeDesignator="UCUM", CodeMeaning=unit)
    code = item(**{**dict(code_pairs(code)), **more.pop("code", {})})
    made = item(LUTLabel=label, LUTExplanation=label, MeasurementUnitsCodeSequence=[code], **more)
    made.add_new("RealWorldValueFirstValueMapped", "SS", first)
    made.add_new("RealWorldValueLastValueMapped", "SS", last)
    if scale is not None:
        made.RealWorldValueSlope, made.RealWorldValueIntercept = scale
    return made


def code_pairs(code: Dataset):
    return ((element.keyword, element.value) for element in code)


MR = {
    "SOPClassUID": MRImageStorage, "Modality": "MR", "RescaleType": None, "RescaleSlope": None,
    "RescaleIntercept": None,
}  # fmt: skip


def loaded(write, series, *maps: Dataset, count: int = 3, **changes: object):
    for number in range(1, count + 1):
        write(number, **{**MR, "RealWorldValueMappingSequence": list(maps), **changes})
    (one,) = series()
    loading = open_series(one)
    image = loading.run(Silent(), lambda _: None)
    assert isinstance(image, Volume)
    return image, {notice.code for notice in loading.notices}, loading.notices


def stored(number: int = 1) -> np.ndarray:
    return (np.arange(48).reshape(8, 6) + 100 * number).astype(np.int16)


def test_one_map_gives_values_and_unit_where_the_rescale_has_none(write, series, tmp_path):
    image, codes, notices = loaded(write, series, value_map())
    assert image.unit == "ms"
    assert np.array_equal(image.values()[0], stored() * 2.0 - 10)
    assert image.voxels.dtype == np.int16
    assert codes == {"value_map", "value_maps"}
    assert "value map T1 of the file (ms)" in " ".join(one.sentence for one in notices)
    (listed,) = listing([tmp_path], Silent()).series
    assert listed.unit == "ms"
    assert np.array_equal(frame_of(tmp_path / "0001", 0, stored=False), stored() * 2.0 - 10)
    assert np.array_equal(frame_of(tmp_path / "0001", 0, stored=True), stored())


def test_the_rescaled_values_can_be_chosen_back(write, series, tmp_path):
    image, _, _ = loaded(
        write, series, value_map(), RescaleSlope=0.5, RescaleIntercept=3, RescaleType="US"
    )
    assert np.array_equal(image.values()[0], stored() * 2.0 - 10)
    rescaled = given_as(image, "Rescaled values")
    assert rescaled.unit == "1"
    assert np.allclose(rescaled.values()[0], stored() * 0.5 + 3)
    found = frame_of(tmp_path / "0001", 0, stored=False, unit="rescaled values")
    assert np.allclose(found, stored() * 0.5 + 3)


def test_windows_of_the_file_show_the_same_after_mapping(write, series):
    image, _, _ = loaded(
        write, series, value_map(), RescaleSlope=0.5, RescaleIntercept=3, RescaleType="US",
        WindowCenter=103, WindowWidth=50, VOILUTFunction="LINEAR_EXACT",
    )  # fmt: skip
    # rescaled 78 to 128 is stored 150 to 250, and that is 290 to 490 ms
    assert image.windows[0][1] == Window(390, 200, Curve.EXACT)


def test_a_map_that_gives_the_rescaled_values_only_adds_the_unit(write, series):
    image, codes, _ = loaded(
        write, series, value_map("ADC", "um2/s", (0.5, 3.0), first=0, last=4095),
        RescaleSlope=0.5, RescaleIntercept=3, RescaleType="US",
    )  # fmt: skip
    assert (image.unit, image.ways.known, codes) == ("um2/s", (), set())
    assert np.array_equal(image.values()[0], stored() * 0.5 + 3)


def test_a_map_for_some_stored_values_only_is_offered_but_not_shown(write, series):
    image, codes, _ = loaded(write, series, value_map(first=0, last=4095))
    assert (image.unit, codes) == ("1", {"value_maps"})
    assert np.array_equal(image.values()[0], stored())
    assert np.array_equal(given_as(image, "T1").values()[0], stored() * 2.0 - 10)


def test_several_maps_are_offered_by_their_labels_and_the_rescale_is_shown(write, series):
    image, codes, notices = loaded(
        write, series, value_map("T1", "ms"), value_map("R1", "/s", (0.25, 1.0)),
        value_map("T1", "s", (0.002, -0.01)),
    )  # fmt: skip
    assert (image.unit, codes) == ("1", {"value_maps"})
    assert [way.name for way in image.ways.known] == ["Rescaled values", "T1", "R1", "T1 2"]
    assert notices[0].sentence == (
        "Values are first given as Rescaled values (no unit); there is also: T1, R1, T1 2."
    )
    assert np.array_equal(given_as(image, "R1").values()[0], stored() * 0.25 + 1)
    assert given_as(image, "R1").unit == "/s"
    back = given_as(given_as(given_as(image, "R1"), "T1 2"), "Rescaled values")
    assert np.allclose(back.values(), image.values())


def test_hounsfield_units_of_a_rescale_are_kept_and_a_map_in_another_unit_is_offered(write, series):
    image, codes, _ = loaded(
        write, series, value_map("RCBF", "ml/100ml/s"), **ct(RescaleSlope=1, RescaleIntercept=-1024)
    )
    assert (image.unit, codes) == ("[hnsf'U]", {"value_maps"})
    assert np.array_equal(image.values()[0], stored() - 1024.0)
    assert given_as(image, "RCBF").unit == "ml/100ml/s"


def ct(**changes: object) -> dict[str, object]:
    from pydicom.uid import CTImageStorage

    return {"SOPClassUID": CTImageStorage, "Modality": "CT", "RescaleType": "HU", **changes}


def test_a_map_that_contradicts_the_rescale_in_its_own_unit_is_named(write, series):
    image, codes, notices = loaded(
        write, series, value_map("HU", "[hnsf'U]", (1.0, -1000.0)),
        **ct(RescaleSlope=1, RescaleIntercept=-1024),
    )  # fmt: skip
    assert np.array_equal(image.values()[0], stored() - 1024.0)
    assert codes == {"value_map", "value_maps"}
    assert any("HU of the file contradicts its rescale" in one.sentence for one in notices)


def test_a_map_that_agrees_with_the_rescale_is_not_worth_a_word(write, series):
    image, codes, _ = loaded(
        write, series, value_map("HU", "[hnsf'U]", (1.0, -1024.0)),
        **ct(RescaleSlope=1, RescaleIntercept=-1024),
    )  # fmt: skip
    assert (codes, image.ways.known) == (set(), ())


def table_map(data: list[float], **more: object) -> Dataset:
    made = value_map(scale=None, **more)
    made.RealWorldValueLUTData = data
    return made


def test_a_table_that_follows_a_line_is_taken_for_it(write, series):
    table = table_map([0.25 * number - 100 for number in range(1024)], first=0, last=1023)
    image, _, _ = loaded(write, series, table, BitsStored=10, HighBit=9, PixelRepresentation=0)
    assert np.array_equal(image.values()[0], 0.25 * stored() - 100)
    assert image.unit == "ms"


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (table_map([1.0, 4.0, 9.0, 16.0], first=0, last=3), "no straight line"),
        (table_map([1.0, 2.0], first=0, last=3), "no straight line"),
        (value_map(scale=(-1.0, 0.0)), "not a line that rises"),
        (value_map(scale=(0.0, 5.0)), "not a line that rises"),
        (value_map(scale=(float("nan"), 5.0)), "not a line that rises"),
    ],
)
def test_a_map_that_cannot_be_followed_says_why_and_is_not_shown(write, series, one, why):
    image, _, _ = loaded(write, series, one)
    assert image.unit == "1"
    assert np.array_equal(image.values()[0], stored())
    with pytest.raises(Declined, match=why):
        given_as(image, "T1")


def test_units_of_another_scheme_are_notes_and_missing_ones_none(write, series):
    odd = value_map(code={"CodingSchemeDesignator": "99X", "CodeMeaning": "odd units"})
    image, _, _ = loaded(write, series, odd)
    assert image.unit == "{odd units}"


def test_a_map_is_read_from_files_that_do_not_name_kinds_of_elements(write, series):
    image, _, _ = loaded(write, series, value_map(), syntax=ImplicitVRLittleEndian)
    assert image.unit == "ms"


def test_a_map_with_a_slope_of_its_own_in_each_slice_gives_each_its_values(write, series):
    for number in (1, 2, 3):
        scale = (number + 1.0, 0.0)
        write(number, **MR, RealWorldValueMappingSequence=[value_map(scale=scale)])
    (one,) = series()
    image = load(one, Silent())
    assert isinstance(image, Volume)
    assert image.unit == "ms"
    for number in (1, 2, 3):
        assert np.allclose(image.values()[number - 1], stored(number) * (number + 1))
    with pytest.raises(Declined, match="differs from picture to picture"):
        given_as(image, "Rescaled values")


def test_maps_of_frames_lead_to_their_own_values(write, series):
    pixels = np.full((3, 8, 6), 10, np.int16)
    frames = [
        item(
            PlanePositionSequence=[item(ImagePositionPatient=[0, 0, 2.0 * number])],
            RealWorldValueMappingSequence=[value_map(scale=(slope, number))],
        )
        for number, slope in enumerate((1.0, 2.0, 0.5))
    ]
    shared = item(
        PlaneOrientationSequence=[item(ImageOrientationPatient=[1, 0, 0, 0, 1, 0])],
        PixelMeasuresSequence=[item(PixelSpacing=[1, 1])],
    )
    write(
        1, **MR, NumberOfFrames=3, PixelData=pixels.tobytes(), ImagePositionPatient=None,
        ImageOrientationPatient=None, PixelSpacing=None, SharedFunctionalGroupsSequence=[shared],
        PerFrameFunctionalGroupsSequence=frames,
    )  # fmt: skip
    (one,) = series()
    volume = load(one, Silent())
    assert isinstance(volume, Volume)
    assert volume.values()[:, 0, 0].tolist() == [10.0, 21.0, 7.0]
    assert volume.unit == "ms"


def test_a_public_perfusion_map_has_the_unit_of_its_value_map():
    path = get_testdata_file("eCT_Supplemental.dcm")
    if path is None:
        pytest.skip("eCT_Supplemental.dcm is not installed")
    (listed,) = listing([Path(path)], Silent()).series
    assert listed.unit == "ml/100ml/s"
    assert frame_of(Path(path), 0, stored=False)[0, 0] == (
        frame_of(Path(path), 0, stored=True)[0, 0] - 1024.0
    )
