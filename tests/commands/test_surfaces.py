"""Surfaces and numbers of the segments on the desk, as files."""

from __future__ import annotations

import csv
from dataclasses import replace

import numpy as np
import pytest

from viewer.commands.segment_statistics import export
from viewer.commands.surfaces import CHOICES, error_in, export_surfaces
from viewer.core.code import NODULE
from viewer.core.errors import Declined
from viewer.core.segmentation import Segment, Segmentation
from viewer.session.record import Record


@pytest.fixture
def drawn(desk, hung):
    labels = np.zeros(hung.geometry.shape, np.uint8)
    labels[1:4, 2:6, 2:6] = 1
    one = Segmentation(
        "1.2.3", "Lesions", labels, hung.geometry, (Segment(1, "=Lesion", NODULE),),
        desk.session.reader, hung.key, "accepted",
    )  # fmt: skip
    desk.session.record.set(Record(segmentations=(one,)))
    return one


def test_only_what_somebody_stands_behind_is_exported(desk, drawn):
    desk.session.record.set(Record(segmentations=(replace(drawn, status="proposed"),)))
    with pytest.raises(Declined, match="Accept"):
        export_surfaces(desk)


@pytest.mark.parametrize("number", range(len(CHOICES)))
def test_surfaces_are_written_as_chosen(desk, drawn, tmp_path, number):
    class Asked(type(desk.asker)):
        def ask_text(self, title, question, text, then):
            then("0.05")

    desk.asker = Asked()
    desk.asker.text, desk.asker.path = CHOICES[number][0], tmp_path / "out"
    export_surfaces(desk)
    desk.settle()
    (made,) = (tmp_path / "out").iterdir()
    assert made.suffix == f".{CHOICES[number][1].value}"
    assert "at most 0.0" in desk.session.message.value.sentence


@pytest.mark.parametrize("text", ["-1", "a", "11", ""])
def test_an_error_that_is_none_is_declined(text):
    with pytest.raises(Declined, match="from 0 to 10 mm"):
        error_in(text)


def test_an_error_may_be_written_with_a_comma():
    assert error_in("0,25") == 0.25


def test_numbers_are_exported_and_no_name_becomes_a_formula(desk, drawn, hung, tmp_path):
    desk.asker.path = tmp_path / "numbers.csv"
    export(desk)
    desk.settle()
    (row,) = csv.DictReader((tmp_path / "numbers.csv").read_text("utf-8-sig").splitlines())
    assert row["segment"] == "'=Lesion"
    assert row["status"] == "accepted"
    inside = hung.image.values()[drawn.labels == 1]
    (mean,) = (name for name in row if name.endswith("mean [HU]"))
    assert float(row[mean]) == pytest.approx(inside.mean(), rel=1e-5)
    assert len((tmp_path / "numbers_slices.csv").read_text("utf-8-sig").splitlines()) == 4


def test_without_segments_there_is_nothing_to_export(desk, hung):
    with pytest.raises(Declined, match="no segments"):
        export(desk)
