"""`skiagram reads` prints stored reads with their outlines and what changed."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest
from typer.testing import CliRunner

from tests.store.things import finding, segmentation
from viewer.cli import app
from viewer.core.author import Author
from viewer.core.read import Read, ReadKind
from viewer.imaging.outlines import outlines_of
from viewer.settings import data_folder
from viewer.store.shelf import Shelf

ROE, POE = Author("Dr. Roe"), Author("Dr. Poe")


def drawn(rows, author=ROE):
    labels = np.zeros((4, 20, 20), np.uint8)
    labels[1:3, :rows, 5:9] = 1
    return outlines_of([replace(segmentation(labels), author=author)])


@pytest.fixture
def stored(home):
    """Two readers, each with a first and a second read of one study."""
    shelf = Shelf.open(data_folder())
    for reader, rows in ((ROE, 10), (POE, 4)):
        first = Read("1.2", ReadKind.FIRST, reader, "2026-01-01T10", outlines=drawn(rows, reader))
        shelf.reads.add(first)
    for reader, rows in ((ROE, 12), (POE, 4)):
        second = Read("1.2", ReadKind.SECOND, reader, "2026-01-01T11", findings=(finding(1),))
        shelf.reads.add(replace(second, outlines=drawn(rows, reader)))
    shelf.close()


def output(*words: str):
    result = CliRunner().invoke(app, ["reads", *words])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_json_holds_each_outline_and_how_it_was_redrawn_by_its_own_reader(stored):
    reads = json.loads(output("1.2", "--json"))
    assert [one["by"] for one in reads] == ["Dr. Roe", "Dr. Poe", "Dr. Roe", "Dr. Poe"]
    (outline,) = reads[0]["outlines"]
    assert outline["name"] == "Lunge links"
    assert outline["voxels"] == 80
    assert outline["volume_ml"] == pytest.approx(80 * 1.25 * 0.7 * 0.7 / 1000)
    assert outline["code"] == {"value": "44029006", "scheme": "SCT"}
    assert len(outline["mask_sha256"]) == 64
    assert len(outline["box_mm_lps"]) == 2
    by_roe, by_poe = reads[2]["changes"], reads[3]["changes"]
    assert [one["what"] for one in by_roe] == ["taken from the model", "redrawn"]
    assert by_roe[1]["dice"] == pytest.approx(2 * 80 / (80 + 96))
    assert by_roe[1]["volume_ml_before"] < by_roe[1]["volume_ml"]
    assert [one["what"] for one in by_poe] == ["taken from the model"]


def test_the_table_has_a_line_for_each_outline_and_each_change(stored):
    lines = list(csv.DictReader(io.StringIO(output("1.2"))))
    assert None not in lines[0]
    kinds = [(one["by"], one["line"]) for one in lines]
    assert kinds.count(("Dr. Roe", "outline")) == 2
    assert kinds.count(("Dr. Roe", "redrawn")) == 1
    assert kinds.count(("Dr. Poe", "redrawn")) == 0
    changed = next(one for one in lines if one["line"] == "redrawn")
    assert float(changed["dice"]) == pytest.approx(160 / 176, abs=1e-4)
    assert float(changed["volume_mm3"]) > float(changed["volume_mm3_before"])
    assert changed["status"] == "proposed"
    assert changed["name"] == "Lunge links"


def test_a_study_without_reads_is_said(stored):
    result = CliRunner().invoke(app, ["reads", "9.9"])
    assert result.exit_code != 0
    assert "No read of the study 9.9 is stored." in result.output
