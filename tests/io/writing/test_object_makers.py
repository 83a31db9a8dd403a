"""Whether a person stands behind an object, told by the object alone."""

import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.uid import generate_uid

from tests.io.writing.test_standard_objects import _marks, state
from tests.io.writing.test_structures import drawn
from viewer.core.code import Code
from viewer.io.gsps import write_presentation
from viewer.io.key_objects import write_key_objects
from viewer.io.object_makers import made_by_program
from viewer.io.sr import write_findings
from viewer.io.structures_write import write_structures


@pytest.fixture
def path(tmp_path):
    return tmp_path / "object.dcm"


def test_a_report_that_names_nobody_is_of_a_program(case, path, person):
    write_findings(path, [case.finding(1)], case.series)
    assert made_by_program(path, "SR")
    write_findings(path, [case.accepted(1)], case.series, reader=person)
    assert not made_by_program(path, "SR")


def test_a_report_that_somebody_verified_is_of_a_person(case, path):
    write_findings(path, [case.finding(1)], case.series)
    report = dcmread(path)
    verifier = Dataset()
    verifier.VerifyingObserverName = "Poe^Edgar"
    report.VerifyingObserverSequence = [verifier]
    report.save_as(path)
    assert not made_by_program(path, "SR")


def test_a_report_of_dose_holds_no_findings(case, path):
    write_findings(path, [case.finding(1)], case.series)
    report = dcmread(path)
    report.SOPClassUID = "1.2.840.10008.5.1.4.1.1.88.67"
    report.save_as(path)
    assert not made_by_program(path, "SR")


def test_key_images_that_nobody_chose_are_of_a_program(case, path, person):
    title = Code("113000", "DCM", "Of Interest")
    write_key_objects(path, _marks(case), case.series, title, reader=person)
    assert not made_by_program(path, "KO")
    selection = dcmread(path)
    selection.ContentSequence = [
        one for one in selection.ContentSequence if "PersonName" not in one
    ]
    selection.save_as(path)
    assert made_by_program(path, "KO")


def test_a_presentation_state_is_of_a_program_if_it_draws_and_names_no_creator(case, path):
    for creator, drawings, expected in (
        ("Dr. Roe", None, False),
        ("", None, True),
        ("", {}, False),
    ):
        given = {} if drawings is None else {"drawings": drawings}
        write_presentation(path, state(case, creator=creator, **given), case.series)
        assert made_by_program(path, "PR") is expected


def test_structures_that_were_made_automatically_are_of_a_program(case, path, person, model):
    write_structures(path, drawn(case.geometry, person), case.series)
    assert not made_by_program(path, "RTSTRUCT")
    write_structures(path, drawn(case.geometry, model), case.series)
    assert made_by_program(path, "RTSTRUCT")


def test_segments_name_their_makers_themselves(path):
    assert not made_by_program(path.with_name(f"{generate_uid()}.dcm"), "SEG")
