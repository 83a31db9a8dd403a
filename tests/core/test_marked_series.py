"""Which series may show what another program found, told by their headers."""

from pathlib import Path

import pytest

from viewer.core.marked_series import marked_series
from viewer.core.study import Instance, Patient, Series, SeriesKind, Study

CT, CAPTURE = "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.7"
CHEST_CAD = "1.2.840.10008.5.1.4.1.1.88.65"


def series(key, sop_class=CT, modality="CT", **more: object):
    picture = Instance(Path(f"{key}.dcm"), f"1.{key}", sop_class, "", 1)
    kind = more.pop("kind", SeriesKind.STACK)
    return Series(key, f"1.9.{key}", "1.8", modality, kind, (picture,), **more)


def marked(*others: Series, images=True):
    own = (series("ct", frame_of_reference_uid="frame"),) if images else ()
    return set(marked_series(Study("1.8", Patient(), (*own, *others))))


@pytest.mark.parametrize("sop_class", [CAPTURE, f"{CAPTURE}.4"])
def test_a_capture_with_the_modality_of_the_images_is_one(sop_class):
    assert marked(series("a", sop_class, "CT")) == {"a"}


def test_a_capture_in_the_space_of_the_images_is_one():
    assert marked(series("a", CAPTURE, "OT", frame_of_reference_uid="frame")) == {"a"}
    assert marked(series("a", CAPTURE, "OT", frame_of_reference_uid="other")) == set()


def test_a_capture_that_says_it_is_derived_is_one():
    assert marked(series("a", CAPTURE, "OT", image_type=("DERIVED", "SECONDARY"))) == {"a"}


@pytest.mark.parametrize("conversion", ["SD", "SI", "DF"])
def test_what_was_scanned_is_none(conversion):
    derived = ("DERIVED", "SECONDARY")
    paper = series("a", CAPTURE, "CT", conversion=conversion, image_type=derived)
    assert marked(paper) == set()
    assert marked(series("a", CAPTURE, "CT", conversion="WSD", image_type=derived)) == {"a"}


@pytest.mark.parametrize("modality", ["XC", "DOC", "ES"])
def test_a_photograph_is_none(modality):
    assert marked(series("a", CAPTURE, modality, image_type=("DERIVED", "SECONDARY"))) == set()


def test_a_picture_of_something_else_is_none():
    assert marked(series("a", CAPTURE, "OT", image_type=("ORIGINAL", "SECONDARY"))) == set()


def test_a_study_of_captures_alone_is_read_as_it_is():
    assert marked(series("a", CAPTURE, "CT"), series("b", CAPTURE, "CT"), images=False) == set()


def test_derived_images_are_ones_only_where_they_are_named_cad():
    derived = ("DERIVED", "PRIMARY", "AXIAL")
    assert marked(series("a", image_type=derived, description="Thick MIP")) == set()
    assert marked(series("a", image_type=derived, description="Cadaver, arCADe")) == set()
    assert marked(series("a", image_type=derived, description="Lung CAD 2.1")) == {"a"}
    assert marked(series("a", image_type=("DERIVED", "SECONDARY", "CAD"))) == {"a"}
    assert marked(series("a", image_type=("ORIGINAL",), description="Lung CAD")) == set()


def test_a_report_that_only_cad_writes_is_one():
    report = series("a", CHEST_CAD, "SR", kind=SeriesKind.OBJECT)
    assert marked(report) == {"a"}
    assert marked(series("a", "1.2.840.10008.5.1.4.1.1.88.33", "SR", kind=SeriesKind.OBJECT)) == (
        set()
    )


def test_each_says_why_in_a_whole_sentence():
    study = Study("1.8", Patient(), (series("ct"), series("a", CAPTURE, "CT")))
    (why,) = marked_series(study).values()
    assert why == "Secondary capture, CT like the images."
