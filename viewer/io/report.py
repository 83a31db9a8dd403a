"""The results as one page that any browser shows and prints, with nothing outside it.

Every text that comes from a file or a person is escaped. What nobody has
reviewed is called a proposal wherever it stands.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from string import Template

from viewer import __version__
from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.finding import RATED, Finding, Status
from viewer.core.measurement import Measurement, Quantity
from viewer.core.read import Read
from viewer.core.resources import resource_folder
from viewer.core.segmentation import Segmentation
from viewer.core.study import Notice, Series, Study
from viewer.core.units import in_words
from viewer.io.reads_page import reads_part
from viewer.io.table import ranked

RESEARCH_USE = "Research use; not a medical device."
_STATUS = {
    Status.PROPOSED: "AI proposal, not reviewed",
    Status.ACCEPTED: "accepted",
    Status.EDITED: "edited",
    Status.REJECTED: "rejected",
}
_REASONS = 4


@dataclass(frozen=True, slots=True)
class KeyPicture:
    """A picture that shows a finding, or the whole where `finding_id` is empty; PNG bytes."""

    finding_id: str
    png: bytes = field(repr=False)
    title: str = ""

    def __post_init__(self) -> None:
        if not self.png.startswith(b"\x89PNG\r\n\x1a\n"):
            raise ValueError("a key picture is a PNG")


@dataclass(frozen=True, slots=True)
class Report:
    """All that is on the page."""

    study: Study
    series: Series
    findings: tuple[Finding, ...]
    segmentations: tuple[Segmentation, ...]
    pictures: tuple[KeyPicture, ...]
    notices: tuple[Notice, ...]
    reader: Author | None
    made_at: datetime
    language: str = "en"
    measurements: tuple[Measurement, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    reads: tuple[Read, ...] = ()


def report_page(report: Report) -> str:
    """Return the page as HTML in one piece: style and pictures inside, no scripts."""
    folder = resource_folder() / "report"
    template = Template((folder / "report.html").read_text(encoding="utf-8"))
    sections = (
        _about(report),
        _findings(report.findings),
        _statements(report.assessments),
        _measurements(report.measurements),
        _pictures(report),
        _segments(report.segmentations),
        _section("How it was read", reads_part(report.reads)) if report.reads else "",
        _authors(report),
        _notices((*report.series.notices, *report.notices)),
    )
    return template.substitute(
        language=escape(report.language),
        title=escape(f"Findings: {report.series.title}"),
        subtitle=escape(_subtitle(report)),
        style=(folder / "report.css").read_text(encoding="utf-8"),
        marks=_marks(report),
        body="\n".join(section for section in sections if section),
        footer=_footer(report),
    )


def _subtitle(report: Report) -> str:
    patient = report.study.patient
    parts = (patient.name.replace("^", " ").strip(), patient.id, _date(report.study.date))
    return " · ".join(part for part in parts if part)


def _marks(report: Report) -> str:
    marks = []
    if report.series.synthetic:
        text = "SYNTHETIC: these images were made by a program and show no patient."
        marks.append(f'<p class="mark synthetic">{text}</p>')
    said: tuple[Finding | Assessment, ...] = (*report.findings, *report.assessments)
    if any(not one.stands for one in said):
        text = "Contains unreviewed AI proposals: no person has confirmed the findings marked so."
        marks.append(f'<p class="mark">{text}</p>')
    return "\n".join(marks)


def _about(report: Report) -> str:
    patient, study, series = report.study.patient, report.study, report.series
    facts = (
        ("Patient", patient.name.replace("^", " ").strip()),
        ("Patient ID", " / ".join(part for part in (patient.id, patient.issuer) if part)),
        ("Born", _date(patient.birth_date)),
        ("Sex", patient.sex),
        ("Study", study.description),
        ("Study date", " ".join(part for part in (_date(study.date), _time(study.time)) if part)),
        ("Accession number", study.accession_number),
        ("Study UID", study.uid),
        ("Series", f"{series.title} ({series.modality}, {len(series.instances)} images)"),
        ("Series UID", series.uid),
        ("Read by", report.reader.name if report.reader else "no person"),
    )
    return _section("Patient and study", _facts(facts))


def _findings(findings: Sequence[Finding]) -> str:
    if not findings:
        return _section("Findings", "<p>None.</p>")
    head = (
        ("Rank", True),
        ("Kind", False),
        ("Site", False),
        ("Score (0 to 1)", True),
        ("Centre x, y, z (mm, LPS)", True),
        ("Diameter (mm)", True),
        ("Volume (mm³)", True),
        ("Mean", True),
        ("Status", False),
    )
    rows = [_finding(rank, finding) for rank, finding in enumerate(ranked(findings), start=1)]
    return _section("Findings", _table(head, rows))


def _finding(rank: int, finding: Finding) -> tuple[str, ...]:
    unit = in_words(finding.unit)
    mean = "" if finding.mean_value is None else f"{finding.mean_value:.1f} {unit}".strip()
    return (
        str(rank),
        _lines([finding.kind.meaning, finding.note]),
        escape(finding.site.meaning if finding.site else ""),
        "" if finding.score is None else f"{finding.score:.2f}",
        ", ".join(f"{part:.1f}" for part in finding.position),
        f"{finding.diameter_mm:.1f}",
        f"{finding.volume_mm3:.0f}",
        escape(mean),
        _verdict(finding),
    )


def _verdict(item: Finding | Assessment) -> str:
    """Return the status, who gave it when and why, and what a model had given before an edit."""
    said = [_STATUS[item.status]]
    said += [f"by {judgement.by.name}, {judgement.at}" for judgement in item.history[-1:]]
    said += [judgement.reason for judgement in item.history[-1:] if judgement.reason]
    original = item.original if isinstance(item, Finding) else None
    if original is not None:
        centre = ", ".join(f"{part:.1f}" for part in original.position)
        said.append(
            f"semi-automatic; the model gave: {original.diameter_mm:.1f} mm, "
            f"{original.volume_mm3:.0f} mm³ at {centre}"
        )
    return f'<span class="{item.status.value}">{_lines(said)}</span>'


def _statements(assessments: Sequence[Assessment]) -> str:
    if not assessments:
        return ""
    head = (("Statement", False), ("Score (0 to 1)", True), ("Source", False), ("Status", False))
    rows = [
        (
            _lines([_kind(one), one.sentence, one.note]),
            "" if one.score is None else f"{one.score:.2f}",
            escape(str(one.author)),
            _verdict(one),
        )
        for one in assessments
    ]
    return _section("Whole image", _table(head, rows))


def _kind(one: Assessment) -> str:
    """Return what a statement is about, on which picture, and that it speaks against it if so."""
    which = f" (picture {one.picture})" if one.picture else ""
    return f"{one.kind.meaning}{which}{'' if one.speaks_for else ': below the threshold'}"


def _measurements(measurements: Sequence[Measurement]) -> str:
    if not measurements:
        return ""
    head = (("Number", True), ("Kind", False), ("Words", False), ("Measured", False), ("By", False))
    rows = [
        (
            str(number),
            escape(one.kind.value),
            _lines([one.label, *(code.meaning for code in (one.finding, one.site) if code)]),
            _lines(_amount(quantity) for quantity in one.quantities),
            escape(str(one.author)),
        )
        for number, one in enumerate(measurements, start=1)
    ]
    return _section("Measurements", _table(head, rows))


def _amount(quantity: Quantity) -> str:
    remark = f", {quantity.remark}" if quantity.remark else ""
    return f"{quantity.name.meaning}: {quantity.value:.4g} {quantity.unit.meaning}{remark}"


def _reasons(finding: Finding) -> str:
    """Return who proposed a finding, and the strongest of what speaks for it, as a sentence."""
    own = [reason for reason in finding.explanation if not reason.name.startswith(RATED)]
    strongest = sorted(own, key=lambda r: -abs(r.contribution or 0.0))[:_REASONS]
    reasons = [f"{r.name.lower()} {r.value:.4g} {in_words(r.unit)}" for r in strongest]
    because = f": {'; '.join(reason.strip() for reason in reasons)}" if reasons else ""
    verb = "Proposed by" if finding.author.is_model else "Drawn by"
    return f"{verb} {finding.author}{because}.{_rated(finding)}"


def _rated(finding: Finding) -> str:
    """Return how readers would rate it, if that was asked; the pushes stand in the SR."""
    told = [reason.value for reason in finding.explanation if reason.name.startswith(RATED)]
    if len(told) < 3:
        return ""
    risk, low, high = (min(max(each, 1.0), 99.0) for each in told[:3])
    return (
        f" By its shape, readers would call it suspicious with {risk:.0f} % ({low:.0f} to"
        f" {high:.0f} %); this is an opinion, not pathology."
    )


def _lines(words: Iterable[str]) -> str:
    return "<br>".join(escape(word) for word in words if word)


def _pictures(report: Report) -> str:
    if not report.pictures:
        return ""
    ranks = {f.id: rank for rank, f in enumerate(ranked(report.findings), start=1)}
    kinds = {f.id: f for f in report.findings}
    figures = []
    for picture in report.pictures:
        finding = kinds.get(picture.finding_id)
        words = [picture.title]
        if finding is not None:
            words.insert(0, f"{ranks[finding.id]}. {finding.kind.meaning}")
            words.append(f"{finding.diameter_mm:.1f} mm")
            words.append(_STATUS[finding.status])
        caption = " · ".join(word for word in words if word)
        why = "" if finding is None else f"<p>{escape(_reasons(finding))}</p>"
        data = base64.b64encode(picture.png).decode("ascii")
        figures.append(
            f'<figure><img alt="{escape(caption)}" src="data:image/png;base64,{data}">'
            f"<figcaption><strong>{escape(caption)}</strong>{why}</figcaption></figure>"
        )
    return _section("Key images", f'<div class="pictures">{"".join(figures)}</div>')


def _segments(segmentations: Sequence[Segmentation]) -> str:
    head = (("Segment", False), ("Volume (ml)", True), ("Status", False), ("Author", False))
    rows = [row for segmentation in segmentations for row in _segment_rows(segmentation)]
    return _section("Segments", _table(head, rows)) if rows else ""


def _segment_rows(segmentation: Segmentation) -> Iterator[tuple[str, ...]]:
    volumes = segmentation.volumes_mm3()
    for segment in segmentation.segments:
        red, green, blue = segment.colour
        swatch = f'<span class="swatch" style="background: rgb({red}, {green}, {blue})"></span>'
        yield (
            swatch + escape(segment.name),
            f"{volumes[segment.label] / 1000:.1f}",
            escape(_segmentation_status(segmentation)),
            escape(str(segmentation.author)),
        )


def _segmentation_status(segmentation: Segmentation) -> str:
    proposed = segmentation.status == Status.PROPOSED and segmentation.author.is_model
    return _STATUS[Status.PROPOSED] if proposed else segmentation.status


def _authors(report: Report) -> str:
    authors = dict.fromkeys(
        [one.author for one in report.findings]
        + [one.author for one in report.segmentations]
        + [one.author for one in report.assessments]
    )
    parts = []
    for author in authors:
        facts = [("Name", author.name), ("Version", author.version)]
        facts.append(("Weights (SHA-256)", author.weights_sha256))
        facts += [(f"Parameter {name}", value) for name, value in author.parameters]
        if not author.is_model:
            facts = [("Person", author.name)]
        parts.append(_facts(facts))
    return _section("Who made these results", "<br>".join(parts)) if parts else ""


def _notices(notices: Iterable[Notice]) -> str:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in _sentences(notices))
    return _section("Please note", f"<ul>{items}</ul>") if items else ""


def _sentences(notices: Iterable[Notice]) -> list[str]:
    return list(dict.fromkeys(notice.sentence for notice in notices))


def _footer(report: Report) -> str:
    moment = report.made_at.strftime("%Y-%m-%d %H:%M:%S %Z").strip()
    words = f"{RESEARCH_USE} Made {moment} by Skiagram {__version__}."
    return f"<p>{escape(words)}</p>"


def _section(title: str, content: str) -> str:
    return f"<section><h2>{escape(title)}</h2>\n{content}\n</section>"


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    items = (f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in facts if v.strip())
    return f"<dl>{''.join(items)}</dl>"


def _table(head: Sequence[tuple[str, bool]], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are escaped already; `head` says which are numbers."""
    kinds = ['class="number"' if number else "" for _, number in head]
    top = "".join(f"<th {kind}>{escape(t)}</th>" for kind, (t, _) in zip(kinds, head, strict=True))
    lines = (
        "".join(f"<td {kind}>{cell}</td>" for kind, cell in zip(kinds, row, strict=True))
        for row in rows
    )
    body = "\n".join(f"<tr>{line}</tr>" for line in lines)
    return f"<table><thead><tr>{top}</tr></thead>\n<tbody>{body}</tbody></table>"


def _date(text: str) -> str:
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdecimal() else text


def _time(text: str) -> str:
    return f"{text[:2]}:{text[2:4]}" if text[:4].isdecimal() and len(text) >= 4 else ""
