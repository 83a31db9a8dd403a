"""The table of measurements for spreadsheets."""

from __future__ import annotations

import csv
import io

from viewer.core import code
from viewer.core.author import Author
from viewer.core.code import LUNG, NODULE, Code
from viewer.core.measurement import Anchor, Measurement, MeasurementKind, Quantity
from viewer.io.measure_table import Line, measurements_table

HU = Code("[hnsf'U]", "UCUM", "Hounsfield unit")
SUV = Code("g/ml{SUVbw}", "UCUM", "SUVbw")


def line(kind: MeasurementKind, *quantities: Quantity, **more: object) -> Measurement:
    points = more.pop("points", ((1.0, -2.0, 3.5), (4.0, 5.0, 6.0)))
    anchor = more.pop("anchor", Anchor("series", "1.2.3", (0, 0, 1)))
    return Measurement("1.9", kind, points, anchor, Author("Reader"), quantities, **more)


def rows(*measurements: Measurement, **more: str) -> list[dict[str, str]]:
    lines = [Line(n, one, **more) for n, one in enumerate(measurements, start=1)]
    return list(csv.DictReader(io.StringIO(measurements_table(lines), newline="")))


def test_each_quantity_has_a_column_for_each_unit_that_it_was_measured_in() -> None:
    length = line(MeasurementKind.LENGTH, Quantity(code.LENGTH, 12.34, code.MILLIMETRE))
    pixels = line(MeasurementKind.LENGTH, Quantity(code.LENGTH, 50.0, code.PIXEL))
    ct = line(MeasurementKind.LENGTH, Quantity(code.MEAN, 41.5, HU))
    pet = line(MeasurementKind.LENGTH, Quantity(code.MEAN, 2.5, SUV))
    there = rows(length, pixels, ct, pet)
    assert there[0]["Length [mm]"] == "12.34"
    assert (there[1]["Length [mm]"], there[1]["Length [px]"]) == ("", "50")
    assert (there[2]["Mean [HU]"], there[2]["Mean [SUVbw]"]) == ("41.5", "")
    assert there[3]["Mean [SUVbw]"] == "2.5"


def test_no_cell_is_a_formula() -> None:
    bad = line(MeasurementKind.LENGTH, label='=HYPERLINK("http://x")')
    table = rows(bad, patient_name="+1", patient_id="@a", series="-cmd")
    for cell in table[0].values():
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert table[0]["label"] == '\'=HYPERLINK("http://x")'


def test_points_are_lps_mm_in_a_patient_and_columns_and_rows_elsewhere() -> None:
    placed = line(MeasurementKind.LENGTH)
    flat = line(
        MeasurementKind.LENGTH, points=((3.0, 4.0, 0.0), (5.0, 6.0, 0.0)), anchor=Anchor("series")
    )
    first, second = rows(placed, flat)
    assert first["points LPS [mm]"] == "1.000 -2.000 3.500; 4.000 5.000 6.000"
    assert first["points column row [px]"] == ""
    assert second["points LPS [mm]"] == ""
    assert second["points column row [px]"] == "3.000 4.000; 5.000 6.000"


def test_codes_remarks_and_whose_picture_it_is_are_said() -> None:
    remark = Quantity(code.LENGTH, 5.0, code.MILLIMETRE, "at the detector")
    one = line(MeasurementKind.LENGTH, remark, finding=NODULE, site=LUNG)
    (row,) = rows(one, patient_id="P1", study_date="20260102", series="3: Chest")
    assert (row["finding"], row["finding code"]) == ("Nodule", "SCT 27925004")
    assert (row["site"], row["remark"]) == ("Lung", "at the detector")
    assert (row["patient ID"], row["study date"], row["series"]) == ("P1", "20260102", "3: Chest")
