"""Findings as a table: one line each, in the order of their scores.

Spreadsheets run a cell that begins like a formula, so such a text gets an
apostrophe before it. Positions are LPS millimetres.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from viewer.core.finding import Finding

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
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def ranked(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings by falling score; those of people, who give none, come first."""
    return tuple(sorted(findings, key=lambda f: -2.0 if f.score is None else -f.score))


def findings_table(findings: Sequence[Finding]) -> str:
    """Return the table as CSV (RFC 4180), header first."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for rank, finding in enumerate(ranked(findings), start=1):
        writer.writerow(_row(rank, finding))
    return file.getvalue()


def _row(rank: int, finding: Finding) -> list[str]:
    return [
        str(rank),
        plain(finding.kind.meaning),
        "" if finding.score is None else f"{finding.score:.4f}",
        *(f"{part:.3f}" for part in finding.position),
        f"{finding.diameter_mm:.3f}",
        f"{finding.volume_mm3:.3f}",
        plain(finding.status.value),
        plain(str(finding.author)),
    ]


def plain(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    text = "".join(" " if ord(letter) < 32 else letter for letter in text).strip()
    return f"'{text}" if text.startswith(_FORMULA) else text
