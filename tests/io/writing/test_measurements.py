"""Measurements go into the report of a series and come back as they were drawn."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace

import highdicom as hd
import numpy as np
import pytest
from pydicom import dcmread

from viewer.core import code
from viewer.core.author import Author
from viewer.core.errors import Unreadable
from viewer.core.geometry import position_of
from viewer.core.identity import new_uid
from viewer.core.measurement import Anchor, Measurement, MeasurementKind, Quantity
from viewer.core.progress import Silent
from viewer.io import compare_figures
from viewer.io.concepts import quiet
from viewer.io.results import Results, save_results
from viewer.io.sr import write_findings
from viewer.io.sr_foreign import Ground
from viewer.io.sr_measurements import Pictures
from viewer.io.sr_read import read_report

PERSON = Author("Dr. Zoë Müller")
SHAPES = {
    MeasurementKind.ELLIPSE: [(3, 2), (3, 6), (1, 4), (5, 4)],
    MeasurementKind.RECTANGLE: [(3, 2), (3, 6), (5, 6), (5, 2)],
    MeasurementKind.POLYGON: [(1, 1), (1, 6), (5, 5), (6, 2)],
    MeasurementKind.BIDIRECTIONAL: [(1, 1), (6, 6), (4, 2), (2, 4)],
}
NUMBERS = (
    Quantity(code.LENGTH, 12.25, code.MILLIMETRE, "at the detector"),
    Quantity(code.MEAN, -3.5, code.HOUNSFIELD),
    Quantity(code.VALUE, 7.0, code.HOUNSFIELD),
    Quantity(code.PERCENTILE_95, 1.5, code.NO_UNIT),
    Quantity(code.PATH_LENGTH, 3.0, code.PIXEL),
)


def figure(case, kind: MeasurementKind, *, pictured: bool = True, slice_: int = 2) -> Measurement:
    """Return a figure of any kind on one slice, or in space alone."""
    pictured = pictured and not kind.solid
    fewest, most = kind.counts
    count = fewest if fewest == most else fewest + 2
    rows_columns = SHAPES.get(kind) or [(1 + n % 5, 1.25 + 1.5 * n % 6) for n in range(count)]
    index = [(slice_, row, column) for row, column in rows_columns]
    points = case.geometry.to_patient(np.array(index, float))
    if kind is MeasurementKind.BOX:
        points = points[0] + np.array([[0, 0, 0], [1, 0, 0], [0, 2, 0], [0, 0, 3.0]])
    source = case.series.instances[slice_]
    words = kind in (MeasurementKind.TEXT, MeasurementKind.ARROW)
    return Measurement(
        id=new_uid(),
        kind=kind,
        points=tuple(position_of(point) for point in points),
        anchor=Anchor(
            "one",
            case.geometry.frame_of_reference_uid,
            None if kind.solid else source.plane.normal,
            source.sop_instance_uid if pictured else "",
            source.sop_class_uid if pictured else "",
        ),
        author=PERSON,
        quantities=() if words else NUMBERS,
        label=f"die {kind.value} Größe",
        colour=(1, 2, 3) if pictured else None,
        finding=code.NODULE,
        site=code.LUNG if pictured else None,
        tracking_uid="" if pictured else new_uid(),
        made_at="2026-05-06T07:08:09+00:00",
        caption_at=position_of(points[0]) if pictured else None,
        locked=not pictured,
    )


@pytest.fixture(scope="module")
def written(make_case, make_grid, tmp_path_factory):
    """A report of one finding and of every kind of figure, on a slice and in space."""
    folder = tmp_path_factory.mktemp("figures")
    case = make_case(folder / "ct", make_grid())
    figures = [figure(case, kind, pictured=on) for kind in MeasurementKind for on in (True, False)]
    path = folder / "sr.dcm"
    write_findings(path, [case.accepted()], case.series, measurements=figures)
    return case, figures, path


def _ground(case) -> Ground:
    space = case.geometry.frame_of_reference_uid
    return Ground("one", Pictures.of(case.series), space)


def test_every_kind_comes_back_as_it_was_drawn(written):
    case, figures, path = written
    read = read_report(path, _ground(case))
    assert [one.id for one in read.findings] == ["2.25.991"]
    for back, meant in zip(read.measurements, figures, strict=True):
        assert np.abs(np.subtract(back.points, meant.points)).max() < 1e-4
        assert np.allclose(back.anchor.normal or 0, meant.anchor.normal or 0, atol=1e-12)
        placed = replace(
            back, points=meant.points, anchor=meant.anchor, caption_at=meant.caption_at
        )
        assert placed == meant
        assert replace(back.anchor, normal=None) == replace(meant.anchor, normal=None)
    assert compare_figures.figure_difference(path, figures, _ground(case)) == ""


def test_a_report_of_figures_is_free_of_errors(written, dicom_errors):
    assert dicom_errors(written[2]) == []


def test_highdicom_reads_regions_on_the_pixels_they_were_drawn_on(written):
    case, figures, path = written
    with quiet():
        content = hd.sr.srread(path).content
        groups = content.get_planar_roi_measurement_groups()
        assert len(content.get_volumetric_roi_measurement_groups()) == 5
        assert len(content.get_image_measurement_groups()) == 18
    rectangle = next(one for one in figures if one.kind is MeasurementKind.RECTANGLE)
    group = next(one for one in groups if one.tracking_uid == rectangle.id)
    drawn = group.roi.value  # column and row, the centre of the first pixel being 0.5, 0.5
    wanted = [(column + 0.5, row + 0.5) for row, column in SHAPES[MeasurementKind.RECTANGLE]]
    assert np.allclose(drawn, [*wanted, wanted[0]], atol=1e-5)
    (picture,) = {
        str(item.ReferencedSOPSequence[0].ReferencedSOPInstanceUID)
        for item in group.roi.ContentSequence
    }
    assert picture == case.series.instances[2].sop_instance_uid
    means = [one for one in group.get_measurements() if one.derivation is not None]
    assert (means[0].name.meaning, means[0].value) == ("Attenuation Coefficient", -3.5)
    assert means[0].unit.value == "[hnsf'U]"


def test_a_length_gives_the_line_it_was_inferred_from_and_what_limits_it(written):
    _, figures, path = written
    length = next(one for one in figures if one.kind is MeasurementKind.LENGTH)
    with quiet():
        groups = hd.sr.srread(path).content.get_image_measurement_groups()
    group = next(one for one in groups if one.tracking_uid == length.id)
    number = group.get_measurements()[0]
    items = {item.ValueType: item for item in number[0].ContentSequence}
    assert items["SCOORD"].GraphicType == "POLYLINE"
    assert items["TEXT"].TextValue == "at the detector"


@pytest.mark.skipif(shutil.which("dsrdump") is None, reason="dcmtk is not installed")
def test_dcmtk_reads_the_report_without_an_error(written):
    said = subprocess.run(["dsrdump", str(written[2])], capture_output=True, text=True, check=True)
    assert "E: " not in said.stderr
    assert said.stdout.count('"Measurement Group"') == 35


def test_figures_on_a_radiograph_are_in_its_pixels_and_are_saved_without_a_place(
    make_case, make_grid, tmp_path, dicom_errors
):
    case = make_case(tmp_path / "cr", make_grid(shape=(1, 9, 10)))
    anchor = Anchor("one", sop_instance_uid=case.series.instances[0].sop_instance_uid)
    anchor = replace(anchor, sop_class_uid=case.series.instances[0].sop_class_uid)
    made = figure(case, MeasurementKind.LENGTH, slice_=0)
    flat = replace(made, points=((1.5, 2.0, 0.0), (7.25, 3.0, 0.0)), anchor=anchor)
    flat = replace(flat, caption_at=None)
    path = tmp_path / "sr.dcm"
    write_findings(path, [], case.series, measurements=[flat])
    assert dicom_errors(path) == []
    (back,) = read_report(path, Ground("one", Pictures.of(case.series))).measurements
    assert (back.points, back.anchor) == (flat.points, flat.anchor)


def test_a_save_holds_findings_and_measurements_in_one_report_and_a_table(case, tmp_path):
    figures = (figure(case, MeasurementKind.LENGTH), figure(case, MeasurementKind.SPHERE))
    meant = Results(
        case.study, case.series, case.volume, (case.accepted(),), (), figures, reader=PERSON
    )
    save_results(tmp_path / "out", meant, Silent())
    read = read_report(tmp_path / "out" / "sr_findings.dcm", _ground(case))
    assert (len(read.findings), len(read.measurements)) == (1, 2)
    table = (tmp_path / "out" / "measurements.csv").read_text(encoding="utf-8")
    assert "at the detector" in table
    assert "12.25" in table
    assert "Length: 12.25 mm, at the detector" in (tmp_path / "out" / "report.html").read_text()
    assert dcmread(tmp_path / "out" / "sr_findings.dcm").SeriesDescription.startswith("Findings")


def test_a_long_outline_comes_back_with_all_its_points(case, tmp_path, dicom_errors):
    turn = np.linspace(0, 2 * np.pi, 12_001, endpoint=False)
    index = np.column_stack([np.full(12_001, 2.0), 4 + 2 * np.sin(turn), 4 + 2 * np.cos(turn)])
    points = tuple(position_of(point) for point in case.geometry.to_patient(index))
    long = replace(figure(case, MeasurementKind.FREEHAND), points=points)
    path = tmp_path / "sr.dcm"
    write_findings(path, [], case.series, measurements=[long])
    assert dicom_errors(path) == []
    (back,) = read_report(path, _ground(case)).measurements
    assert len(back.points) == 12_001


def test_a_number_that_came_back_otherwise_is_noticed(written):
    case, figures, path = written
    changed = [replace(figures[0], quantities=(replace(NUMBERS[0], value=12.26),)), *figures[1:]]
    assert compare_figures.figure_difference(path, changed, _ground(case)) == "a number"
    ends = figures[0].points
    moved = [replace(figures[0], points=ends[::-1]), *figures[1:]]
    assert compare_figures.figure_difference(path, moved, _ground(case)) == "the points"


def test_a_damaged_figure_of_ours_is_unreadable(written, tmp_path):
    report = dcmread(written[2])
    groups = report.ContentSequence[-1].ContentSequence
    figure_group = next(one for one in groups if _own(one, "points"))
    _own(figure_group, "points").GraphicData = [1.0, 2.0]
    report.save_as(tmp_path / "bad.dcm")
    with pytest.raises(Unreadable, match="triples"):
        read_report(tmp_path / "bad.dcm")


def _own(group, value):
    named = (i for i in group.ContentSequence if i.ConceptNameCodeSequence[0].CodeValue == value)
    return next(named, None)
