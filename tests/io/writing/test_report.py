"""The page is readable by itself, and says what nobody has reviewed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from viewer.core.study import Notice, Patient
from viewer.io.report import RESEARCH_USE, KeyPicture, Report, report_page

PNG = b"\x89PNG\r\n\x1a\nrest"


class _Page(HTMLParser):
    """Collects tags and words; fails on unbalanced tags."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "img", "br", "link"):
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        self.words += data


@pytest.fixture
def report(case) -> Report:
    """A page of one proposal and one accepted finding."""
    findings = (case.finding(1), case.accepted(2))
    return Report(
        case.study,
        case.series,
        findings,
        (case.segmentation(),),
        (KeyPicture(findings[0].id, PNG, "axial"),),
        (Notice("gap", "One slice is missing."),),
        None,
        datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC),
    )


def test_the_page_holds_what_a_reader_needs(report):
    page = _Page(report_page(report))
    for words in (
        "Dœ Jäne",
        "P-1",
        "2024-05-06",
        report.study.uid,
        report.series.uid,
        "Nodule",
        "Diameter (mm)",
        "6.1",
        "AI proposal, not reviewed",
        "accepted",
        "by Dr. Zoë Müller, 2026-05-06T07:08:09+00:00",
        "-123.5 HU",
        "Right lung",
        "Nodule ranker",
        "ab" * 32,
        "One slice is missing.",
        RESEARCH_USE,
        "2026-05-06 07:08:09 UTC",
    ):
        assert words in page.words
    assert ("html", {"lang": "en"}) in page.tags


def test_the_page_needs_nothing_outside_it(report):
    page = _Page(report_page(report))
    assert not [tag for tag, _ in page.tags if tag in ("script", "link", "iframe")]
    sources = [attributes.get("src") for _, attributes in page.tags if attributes.get("src")]
    assert all(source.startswith("data:image/png;base64,") for source in sources)
    assert len(sources) == 1


def test_proposals_are_marked_at_the_top(report):
    mark = "Contains unreviewed AI proposals"
    assert mark in report_page(report)
    assert mark not in report_page(replace(report, findings=report.findings[1:]))


def test_synthetic_images_are_marked(report):
    made = replace(report, series=replace(report.series, synthetic=True))
    assert "SYNTHETIC" in report_page(made)
    assert "SYNTHETIC" not in report_page(report)


def test_no_text_becomes_a_tag(report):
    nasty = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> $title ${x} &amp;"
    finding = replace(
        report.findings[1],
        note=nasty,
        kind=replace(report.findings[1].kind, meaning=nasty),
        author=replace(report.findings[1].author, name=nasty, parameters=((nasty, nasty),)),
    )
    page = replace(
        report,
        study=replace(
            report.study,
            patient=Patient(id=nasty, name=nasty, issuer=nasty, birth_date=nasty, sex=nasty),
            description=nasty,
            accession_number=nasty,
            date=nasty,
        ),
        series=replace(report.series, description=nasty, notices=(Notice("x", nasty),)),
        findings=(finding,),
        pictures=(KeyPicture(finding.id, PNG, nasty),),
        language='en"><script>',
    )
    tags = [tag for tag, _ in _Page(report_page(page)).tags]
    assert "script" not in tags
    assert tags.count("img") == 1


def test_a_key_picture_is_a_png():
    with pytest.raises(ValueError, match="PNG"):
        KeyPicture("", b"GIF89a")
