"""Uptakes of every kind from what a PET file says, against values worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.uid import PositronEmissionTomographyImageStorage

from viewer.core.errors import Declined
from viewer.core.progress import Silent
from viewer.core.rescaled import given_as
from viewer.core.stack import Stack
from viewer.core.units import Ways, in_words, spelled_now
from viewer.io.body import Body, Kind, NoUptake
from viewer.io.load import load, open_series
from viewer.io.pixels import frame_of
from viewer.io.suv import Tracer, ways_of
from viewer.io.tracer import tracer_of


def at(day: int, hour: int, minute: int) -> datetime:
    """A moment as the clock on the wall shows it."""
    return datetime.fromisoformat(f"2026-02-{day:02}T{hour:02}:{minute:02}")


TRACER = Tracer(
    units="BQML",
    corrections=frozenset({"ATTN", "DECY"}),
    decay_correction="START",
    body=Body(70.0, 1.75, "M"),
    dose_bq=4e8,
    half_life_s=6600.0,
    injected=time(9, 0),
    series=at(3, 10, 50),
    acquired=at(3, 10, 55),
)
"""Injected one half-life (6,600 s) before the scan: 2e8 Bq are left."""


def factor(tracer: Tracer, kind: str = "SUVbw") -> float:
    way = ways_of(tracer).of(kind)
    assert way is not None
    assert way.why_not == ""
    return way.slope


def reason(tracer: Tracer, kind: str = "SUVbw") -> str:
    way = ways_of(tracer).of(kind)
    assert way is not None
    return way.why_not


def test_values_corrected_to_the_start_of_the_scan_take_the_dose_left_then():
    ways = ways_of(TRACER)
    assert ways.shown == "SUVbw"
    assert ways.now is not None
    assert ways.now.unit == "g/ml{SUVbw}"
    assert math.isclose(ways.now.slope, 70_000 / 2e8)


def test_values_corrected_to_the_injection_take_the_whole_dose():
    assert math.isclose(factor(replace(TRACER, decay_correction="ADMIN")), 70_000 / 4e8)


# 70 kg and 175 cm: (70 / 175)^2 = 0.16; 70 / 1.75^2 = 22.857143 kg/m2
@pytest.mark.parametrize(
    ("kind", "sex", "size"),
    [
        ("SUVbw", "M", 70_000.0),
        ("SUVlbm", "M", (77.0 - 120 * 0.16) * 1000),  # 57.8 kg
        ("SUVlbm", "F", (74.9 - 148 * 0.16) * 1000),  # 51.22 kg
        ("SUVlbm(James128)", "M", (77.0 - 128 * 0.16) * 1000),  # 56.52 kg
        ("SUVlbm(James128)", "F", 51_220.0),
        ("SUVlbm(Janma)", "M", 648_900 / (6680 + 216 * 22.857142857) * 1000),  # 55.854 kg
        ("SUVlbm(Janma)", "F", 648_900 / (8780 + 244 * 22.857142857) * 1000),  # 45.198 kg
        ("SUVbsa", "M", 18_481.0),  # 1.8481 m2 from the table of DuBois
        ("SUVibw", "M", (48 + 1.06 * 23) * 1000),  # 72.38 kg
        ("SUVibw", "F", (45.5 + 0.91 * 23) * 1000),  # 66.43 kg
    ],
)
def test_each_kind_of_uptake_has_its_own_size_of_the_body(kind, sex, size):
    found = factor(replace(TRACER, body=Body(70.0, 1.75, sex)), kind)
    assert math.isclose(found, size / 2e8, rel_tol=2e-4)


def test_the_kinds_have_the_units_of_the_standard():
    assert [kind.unit for kind in Kind] == [
        "g/ml{SUVbw}", "g/ml{SUVlbm}", "g/ml{SUVlbm(James128)}", "g/ml{SUVlbm(Janma)}",
        "cm2/ml{SUVbsa}", "g/ml{SUVibw}",
    ]  # fmt: skip
    assert [in_words(kind.unit) for kind in Kind] == [kind.value for kind in Kind]


def test_the_older_spelling_of_a_unit_is_understood():
    assert spelled_now("{SUVbw}g/ml") == "g/ml{SUVbw}"
    assert in_words("{SUVbsa}cm2/ml") == "SUVbsa"
    assert (spelled_now("Bq/ml"), in_words("[hnsf'U]"), in_words("1")) == ("Bq/ml", "HU", "")


@pytest.mark.parametrize(
    ("kind", "body", "why"),
    [
        ("SUVbw", Body(None, 1.75, "M"), "weight is missing"),
        ("SUVbw", Body(0.0, 1.75, "M"), "weight is missing"),
        ("SUVbw", Body(70_000.0, 1.75, "M"), "weight of 70000 kg cannot be true"),
        ("SUVlbm", Body(70.0, None, "M"), "height is missing"),
        ("SUVlbm", Body(70.0, 175.0, "M"), "height of 175 m cannot be true"),
        ("SUVlbm", Body(70.0, 1.75, ""), "sex, which it takes, is missing"),
        ("SUVlbm(Janma)", Body(70.0, 1.75, "O"), "neither M nor F"),
        ("SUVlbm", Body(220.0, 1.5, "M"), "lean body mass does not hold"),
        ("SUVbsa", Body(70.0, None, "M"), "height is missing"),
        ("SUVbsa", Body(None, 1.75, "M"), "weight is missing"),
        ("SUVibw", Body(70.0, None, "M"), "height is missing"),
        ("SUVibw", Body(70.0, 1.0, "F"), "ideal body weight does not hold"),
    ],
)
def test_a_body_that_is_not_known_gives_no_uptake_of_that_kind_and_the_reason(kind, body, why):
    assert why in reason(replace(TRACER, body=body), kind)


def test_uptake_by_the_surface_needs_no_sex_and_the_ideal_weight_no_weight():
    assert factor(replace(TRACER, body=Body(70.0, 1.75)), "SUVbsa") > 0
    assert factor(replace(TRACER, body=Body(None, 1.75, "F")), "SUVibw") > 0


def test_values_stay_in_becquerel_where_the_weight_is_missing():
    ways = ways_of(replace(TRACER, body=Body(None, 1.75, "F")))
    assert ways.shown == "Bq/ml"


def test_an_injection_with_its_date_counts_before_its_time_alone():
    dated = replace(TRACER, injected_at=at(3, 7, 10))
    assert math.isclose(factor(dated), 70_000 / (4e8 * 2 ** (-13_200 / 6600)))


def test_a_date_that_was_shifted_leaves_the_time_of_day():
    assert factor(replace(TRACER, injected_at=at(4, 9, 0))) == factor(TRACER)


def test_a_scan_past_midnight_is_one_day_after_its_injection():
    late = replace(TRACER, injected=time(23, 0), series=at(4, 0, 50), acquired=at(4, 0, 50))
    assert math.isclose(factor(late), 70_000 / 2e8)


def test_a_dated_injection_before_midnight_is_counted_over_it():
    late = replace(
        TRACER, injected=None, injected_at=at(3, 23, 0), series=at(4, 0, 50), acquired=at(4, 0, 50)
    )
    assert math.isclose(factor(late), 70_000 / 2e8)


def test_a_series_made_later_goes_back_from_the_reference_time_of_its_frame():
    decay = math.log(2) / 6600
    average_s = math.log(decay * 180 / (1 - math.exp(-decay * 180))) / decay
    made_later = replace(
        TRACER, series=at(3, 15, 0), acquired=at(3, 10, 55),
        frame_s=180.0, frame_reference_s=300 + average_s,
    )  # fmt: skip
    assert math.isclose(factor(made_later), 70_000 / 2e8)
    assert 89.5 < average_s < 90


def test_ge_keeps_the_start_of_the_scan_for_series_made_later():
    made_later = replace(TRACER, series=at(3, 15, 0), ge_scan=at(3, 10, 50))
    assert math.isclose(factor(made_later), 70_000 / 2e8)


# other units than Bq/ml


@pytest.mark.parametrize(
    ("units", "suv_type", "name"),
    [
        ("GML", "", "SUVbw"),
        ("GML", "BW", "SUVbw"),
        ("GML", "LBM", "SUVlbm"),
        ("GML", "LBMJAMES128", "SUVlbm(James128)"),
        ("GML", "LBMJANMA", "SUVlbm(Janma)"),
        ("GML", "IBW", "SUVibw"),
        ("CM2ML", "BSA", "SUVbsa"),
        ("CM2ML", "", "SUVbsa"),
    ],
)
def test_values_that_are_uptakes_already_are_taken_as_they_are(units, suv_type, name):
    ways = ways_of(Tracer(units, suv_type))
    assert ways.shown == name
    assert factor(Tracer(units, suv_type), name) == 1.0


def test_uptakes_by_weight_become_those_by_lean_mass_and_activity_again():
    given = replace(TRACER, units="GML", suv_type="BW")
    assert math.isclose(factor(given, "SUVlbm"), 57.8 / 70)
    assert math.isclose(factor(given, "Bq/ml"), 2e8 / 70_000)
    assert "height is missing" in reason(replace(given, body=Body(70.0)), "SUVlbm")


def test_counts_of_philips_lead_to_uptake_by_one_factor_and_to_activity_by_the_other():
    both = replace(TRACER, units="CNTS", philips_factor=0.000375, philips_activity=1.5)
    assert ways_of(both).shown == "SUVbw"
    assert factor(both) == 0.000375
    assert math.isclose(factor(both, "SUVlbm"), 0.000375 * 57.8 / 70)
    assert factor(both, "Bq/ml") == 1.5
    assert factor(both, "counts") == 1.0


def test_counts_with_the_factor_to_activity_alone_go_by_the_dose():
    activity = replace(TRACER, units="CNTS", philips_activity=1.5)
    assert math.isclose(factor(activity), 1.5 * 70_000 / 2e8)


@pytest.mark.parametrize("factors", [{"philips_factor": 0.000375}, {"philips_activity": 1.5}])
@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"corrections": frozenset({"DECY", "SCAT"})}, "not corrected for attenuation"),
        ({"corrections": frozenset({"ATTN"})}, "not corrected for decay"),
        ({"corrections": frozenset({"NORM"})}, "not corrected for attenuation and decay"),
        ({"corrections": frozenset()}, "does not say that it is corrected for attenuation"),
        ({"decay_correction": "NONE"}, "that it was not"),
    ],
)
def test_counts_of_an_image_that_was_not_corrected_stay_counts_whatever_the_factors(
    factors, said, why
):
    raw = replace(TRACER, units="CNTS", **factors, **said)
    assert ways_of(raw).shown == "counts"
    kinds = (*(kind.value for kind in Kind), "Bq/ml")
    assert all(why in reason(raw, kind) for kind in kinds)


@pytest.mark.parametrize(("units", "kind"), [("GML", "BW"), ("CM2ML", "BSA")])
def test_uptakes_of_an_image_that_was_not_corrected_for_attenuation_are_none(units, kind):
    with pytest.raises(NoUptake, match="not corrected for attenuation"):
        ways_of(replace(TRACER, units=units, suv_type=kind, corrections=frozenset({"DECY"})))


def test_counts_without_a_factor_stay_counts():
    ways = ways_of(replace(TRACER, units="CNTS", philips_factor=0.0))
    assert ways.shown == "counts"
    assert "no factor" in reason(replace(TRACER, units="CNTS"))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"dose_bq": None}, "dose is missing"),
        ({"dose_bq": 400.0}, "dose of 400 Bq cannot be true"),
        ({"half_life_s": None}, "half-life"),
        ({"injected": None}, "injection is missing"),
        ({"series": None}, "scan is missing"),
        ({"acquired": None}, "scan is missing"),
        ({"injected": time(11, 0)}, "contradicts"),
        ({"injected": None, "injected_at": at(5, 0, 0)}, "contradicts"),
        ({"half_life_s": 45_720.0}, "day of the injection"),
        ({"series": at(3, 15, 0)}, "made after the scan"),
        ({"corrections": frozenset({"ATTN"})}, "not corrected for decay"),
        ({"decay_correction": "NONE"}, "that it was not"),
        ({"decay_correction": ""}, "to which moment"),
    ],
)
def test_what_is_missing_or_contradicts_itself_gives_no_suv_and_the_reason(change, why):
    broken = replace(TRACER, **change)
    assert why in reason(broken)
    assert ways_of(broken).shown == "Bq/ml"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"units": "GML", "suv_type": "BSA"}, "kind of SUV"),
        ({"units": "CM2ML", "suv_type": "BW"}, "contradicts its unit"),
        ({"units": "PROPCNTS"}, "PROPCNTS"),
        ({"units": ""}, "unknown unit"),
    ],
)
def test_a_unit_that_leads_nowhere_gives_no_way_at_all(change, why):
    with pytest.raises(NoUptake, match=why):
        ways_of(replace(TRACER, **change))


def test_an_image_without_ways_has_none_to_show():
    assert Ways().now is None
    assert Ways().of("SUVbw") is None


# from files


def item(**values: object) -> Dataset:
    made = Dataset()
    for name, value in values.items():
        setattr(made, name, value)
    return made


def pet(write, **changes: object) -> Path:
    """Write one PET slice of TRACER's scan."""
    injection = item(
        RadiopharmaceuticalStartTime="090000", RadionuclideTotalDose=4e8, RadionuclideHalfLife=6600
    )
    said = {
        "SOPClassUID": PositronEmissionTomographyImageStorage, "Modality": "PT", "Units": "BQML",
        "CorrectedImage": ["ATTN", "DECY"], "DecayCorrection": "START", "PatientWeight": 70,
        "PatientSize": 1.75, "PatientSex": "M", "SeriesDate": "20260203", "SeriesTime": "105000",
        "AcquisitionDate": "20260203", "AcquisitionTime": "105500", "RescaleIntercept": 0,
        "RescaleSlope": 2, "RescaleType": None,
        "RadiopharmaceuticalInformationSequence": [injection],
    }  # fmt: skip
    return write(1, **(said | changes))


def test_a_file_says_what_the_tracer_needs(write):
    assert tracer_of(pet(write)) == TRACER


def test_factors_and_moments_in_elements_of_the_makers_are_found(write):
    path = pet(write, Units="CNTS")
    file = pydicom.dcmread(path)
    philips = file.private_block(0x7053, "Philips PET Private Group", create=True)
    philips.add_new(0x00, "DS", "0.000375")
    philips.add_new(0x09, "DS", "1.5")
    ge = file.private_block(0x0009, "GEMS_PETD_01", create=True)
    ge.add_new(0x0D, "DT", "20260203105000.00")
    file.save_as(path)
    found = tracer_of(path)
    assert (found.philips_factor, found.philips_activity) == (0.000375, 1.5)
    assert found.ge_scan == at(3, 10, 50)


def philips(write, **changes: object) -> Path:
    """Write one PET slice of Philips, in counts with a factor that leads to SUV."""
    path = pet(write, Units="CNTS", **changes)
    file = pydicom.dcmread(path)
    block = file.private_block(0x7053, "Philips PET Private Group", create=True)
    block.add_new(0x00, "DS", "0.000375")
    file.save_as(path)
    return path


def test_an_uncorrected_image_of_philips_opens_in_counts_and_tells_why(write, series):
    philips(write, CorrectedImage=["DECY"])
    (only,) = series()
    image = load(only, Silent())
    assert image.unit == "{counts}"
    opened = open_series(only)
    assert [one.sentence for one in opened.notices if one.code == "no_suv"] == [
        "No SUV: it is not corrected for attenuation."
    ]


def test_a_corrected_image_of_philips_opens_in_suv(write, series):
    philips(write)
    (only,) = series()
    assert load(only, Silent()).unit == "g/ml{SUVbw}"


def test_pixels_of_an_uncorrected_image_are_not_given_as_suv(write):
    path = philips(write, CorrectedImage="DECY")
    with pytest.raises(Declined, match=r"not corrected for attenuation.* There is: counts"):
        frame_of(path, 0, stored=False, unit="suvbw")


def test_a_value_map_to_suv_of_an_uncorrected_image_is_doubted(write, series):
    unit = item(CodeValue="{SUVbw}g/ml", CodingSchemeDesignator="UCUM", CodeMeaning="SUVbw")
    mapping = item(
        RealWorldValueSlope=0.01, RealWorldValueIntercept=0, LUTLabel="SUV",
        MeasurementUnitsCodeSequence=[unit],
    )  # fmt: skip
    mapping.add_new("RealWorldValueFirstValueMapped", "US", 0)
    mapping.add_new("RealWorldValueLastValueMapped", "US", 4095)
    pet(write, CorrectedImage=["DECY"], RealWorldValueMappingSequence=[mapping])
    (only,) = series()
    told = [one.sentence for one in open_series(only).notices if one.code == "suv_in_doubt"]
    assert "not corrected for attenuation: they are no true SUV" in " ".join(told)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("", 70_000 / 2e8), ("suvbw", 70_000 / 2e8), ("SUVlbm", 57_800 / 2e8),
        ("suvlbm(james128)", 56_520 / 2e8), ("suvibw", 72_380 / 2e8), ("Bq/ml", 1.0),
    ],
)  # fmt: skip
def test_saved_pixels_and_the_open_image_agree_in_every_unit(write, series, unit, expected):
    path = pet(write)
    found = frame_of(path, 0, stored=False, unit=unit)
    stored = frame_of(path, 0, stored=True)
    assert np.allclose(found, stored * 2 * expected, rtol=1e-6)
    (only,) = series()
    image = load(only, Silent())
    name = next((way.name for way in image.ways.known if way.name.lower() == unit.lower()), "SUVbw")
    given = given_as(image, name)
    shown = given.frames[0] if isinstance(given, Stack) else given
    voxels = shown.pixels if isinstance(given, Stack) else shown.voxels[0]
    assert np.allclose(voxels * shown.slope + shown.intercept, found, rtol=1e-6)


def test_a_unit_that_cannot_be_had_is_declined_with_the_reason(write):
    path = pet(write, PatientSize="")
    with pytest.raises(Declined, match=r"height is missing.* There is: SUVbw, Bq/ml"):
        frame_of(path, 0, stored=False, unit="suvlbm")
