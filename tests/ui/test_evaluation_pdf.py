"""The page of an evaluation as PDF."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from viewer.core.errors import Declined
from viewer.imaging.evaluation.result import Evaluation, Figure, Line, Plot, Table
from viewer.ui.evaluation_pdf import pdf_of, write_pdf

pytestmark = pytest.mark.window

PLOT = Plot("roc", "ROC", "1 - specificity", "Sensitivity", (Line("A", (0, 0.2, 1), (0, 1, 1)),))


def evaluation(rows=3, columns=4):
    head = tuple(f"column {n}" for n in range(columns))
    table = Table("cases", "Each case", head, tuple((0.5,) * columns for _ in range(rows)))
    figure = Figure("ROC AUC", 0.9, 0.8, 1.0, 12, "cases")
    return Evaluation("classification", (figure,), (table,), (PLOT,), ("A rule.",), cases=12)


def pages(content):
    return len(re.findall(rb"/Type\s*/Page\b", content))


def boxes(content):
    return [
        tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox \[([^\]]*)\]", content)
    ]


def test_a_short_evaluation_is_one_upright_page_and_a_long_one_several(qapp):
    short, long_ = pdf_of(evaluation()), pdf_of(evaluation(rows=200))
    assert short.startswith(b"%PDF-")
    assert pages(short) == 1
    assert pages(long_) > 2
    ((_, _, wide, high),) = boxes(short)
    assert wide < high


def test_wide_tables_lie_on_their_side(qapp):
    (_, _, wide, high), *_ = boxes(pdf_of(evaluation(columns=16)))
    assert wide > high


def test_plots_are_drawn(qapp):
    with_, without = evaluation(), replace(evaluation(), plots=())
    assert len(pdf_of(with_)) > len(pdf_of(without)) + 300


def test_it_is_written_beside_the_page_or_a_sentence_says_why_not(qapp, tmp_path):
    assert write_pdf(evaluation(), tmp_path / "out").read_bytes().startswith(b"%PDF-")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Declined):
        write_pdf(evaluation(), tmp_path / "file" / "out")
