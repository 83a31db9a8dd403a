"""Findings as a table: one line each, in the order of their scores.

Spreadsheets run a cell that begins like a formula, so such a text gets an
apostrophe before it. Positions are LPS millimetres.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.finding import Finding, Judgement, Original

COLUMNS = (
    "rank",
    "kind",
    "score",
    "x_mm",
    "y_mm",
    "z_mm",
    "diameter_mm",
    "volume_mm3",
    "status",
    "model",
    "site",
    "source",
    "risk",
    "note",
    "history",
    "original_x_mm",
    "original_y_mm",
    "original_z_mm",
    "original_diameter_mm",
    "original_volume_mm3",
)
"""The first ten as ever; `source` is "person" or "model"; the original is what a model gave before
a person changed it."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def ranked(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings by falling score; those of people, who give none, come first."""
    return tuple(sorted(findings, key=lambda f: -2.0 if f.score is None else -f.score))


def findings_table(findings: Sequence[Finding], assessments: Sequence[Assessment] = ()) -> str:
    """Return the table as CSV (RFC 4180), header first; statements have no place and no size."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for rank, finding in enumerate(ranked(findings), start=1):
        writer.writerow(_row(rank, finding))
    for one in assessments:
        writer.writerow(_statement(one))
    return file.getvalue()


def _row(rank: int, finding: Finding) -> list[str]:
    risk = finding.risk
    return [
        str(rank),
        plain(finding.kind.meaning),
        "" if finding.score is None else f"{finding.score:.4f}",
        *(f"{part:.3f}" for part in finding.position),
        f"{finding.diameter_mm:.3f}",
        f"{finding.volume_mm3:.3f}",
        plain(finding.status.value),
        plain(str(finding.author)),
        plain(finding.site.meaning if finding.site else ""),
        _source(finding.author),
        "" if risk is None else f"{risk:.4f}",
        plain(finding.note),
        plain(told_history(finding.history)),
        *_original(finding.original),
    ]


def _statement(one: Assessment) -> list[str]:
    which = f" (picture {one.picture})" if one.picture else ""
    return [
        "",
        plain(f"{one.kind.meaning}{which}{'' if one.speaks_for else ' (below threshold)'}"),
        "" if one.score is None else f"{one.score:.4f}",
        *[""] * 5,
        plain(one.status.value),
        plain(str(one.author)),
        "",
        _source(one.author),
        "",
        plain(one.note),
        plain(told_history(one.history)),
        *_original(None),
    ]


def _source(author: Author) -> str:
    return "model" if author.is_model else "person"


def _original(original: Original | None) -> list[str]:
    if original is None:
        return [""] * 5
    numbers = (*original.position, original.diameter_mm, original.volume_mm3)
    return [f"{part:.3f}" for part in numbers]


def told_history(history: Sequence[Judgement]) -> str:
    """Return who said what, when and why, in order: "accepted by Roe 2026-01-01T00:00:00+00:00"."""
    return "; ".join(
        f"{one.status.value} by {one.by.name} {one.at}" + (f" ({one.reason})" if one.reason else "")
        for one in history
    )


def plain(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    text = "".join(" " if ord(letter) < 32 else letter for letter in text).strip()
    return f"'{text}" if text.startswith(_FORMULA) else text
