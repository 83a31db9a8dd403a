"""Which listed images a segmentation or report is laid over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from viewer.commands import objects
from viewer.core.errors import Declined
from viewer.core.progress import Silent
from viewer.core.study import Catalogue, Instance, Patient, Series, SeriesKind, Study
from viewer.io import referring
from viewer.io.seg_read import References

PATIENT = Patient("P")


def part(key: str, *uids: str) -> Series:
    pictures = tuple(Instance(Path("a"), uid, "", "", 1) for uid in uids)
    return Series(key, "1.2", "1.1", "MR", SeriesKind.VOLUME, pictures)


def source(monkeypatch, listed: tuple[Series, ...], named: tuple[str, ...], whose=PATIENT) -> str:
    references = References("P", "1.1", "1.2", "1.9", named)
    monkeypatch.setattr(referring, "read_references", lambda path: references)
    study = Study("1.1", PATIENT, ())
    catalogue = Catalogue((Study("1.1", whose, listed),))
    return objects._source(Path("seg.dcm"), "SEG", study, catalogue, Silent()).key


def test_it_is_laid_over_the_part_of_a_series_that_it_names(monkeypatch):
    echoes = part("first echo", "1", "2", "3"), part("second echo", "4", "5")
    assert source(monkeypatch, echoes, ("4", "5")) == "second echo"
    assert source(monkeypatch, echoes, ("2",)) == "first echo"


def test_it_is_not_laid_over_other_images_under_the_same_series_uid(monkeypatch):
    with pytest.raises(Declined, match="other images"):
        source(monkeypatch, (part("a", "1", "2"),), ("8", "9"))


def test_it_is_not_laid_over_the_images_of_another_patient(monkeypatch):
    with pytest.raises(Declined, match="not among those listed"):
        source(monkeypatch, (part("a", "1"),), ("1",), replace(PATIENT, name="Other"))
