"""Similar nodules and what their readers said, as a small table instead of long lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from viewer.core.finding import Reason
from viewer.ui.words import in_words

_LINE = re.compile(
    r"Malignancy: similar case, LIDC-IDRI-(?P<patient>\d+) nodule (?P<number>\d+),"
    r" (?P<mm>[\d.]+) mm, malignancy by its readers (?P<opinions>[\d ]+) of 5,"
    r" lobulation (?P<lobes>[\d.]+), spiculation (?P<spikes>[\d.]+), texture (?P<texture>[\d.]+);"
    r" distance in shape"
)
"""As `viewer.ai.similar.lines` says it; that room is too heavy to be loaded with the window."""
HEADS = ("Nodule", "mm", "Malignancy", "Lob.", "Spic.", "Text.", "Distance")


def parted(lines: Iterable[Reason]) -> tuple[list[Reason], list[Reason]]:
    """Return lines of an explanation that are no similar nodules, and those that are."""
    others: list[Reason] = []
    similar: list[Reason] = []
    for line in lines:
        (similar if _LINE.fullmatch(line.name) else others).append(line)
    return others, similar


def table_of(similar: Sequence[Reason]) -> str:
    """Return similar nodules as a table in HTML, nearest first; empty without any."""
    if not similar:
        return ""
    title = escape(in_words("Nodules of LIDC-IDRI of like shape"))
    note = escape(
        in_words("Opinions and ratings (1 to 5) of the readers of those nodules, not of this one.")
    )
    heads = "".join(f"<th align='right'>&nbsp;{escape(in_words(one))}</th>" for one in HEADS)
    rows = "".join(map(_row, similar))
    return (
        f"<b>{title}</b><table cellspacing='2'><tr>{heads}</tr>{rows}</table><small>{note}</small>"
    )


def _row(line: Reason) -> str:
    found = _LINE.fullmatch(line.name)
    if found is None:
        return ""
    cells = (
        f"{found['patient']}·{found['number']}",
        found["mm"],
        found["opinions"],
        found["lobes"],
        found["spikes"],
        found["texture"],
        f"{line.value:.2f}",
    )
    return (
        "<tr>" + "".join(f"<td align='right'>&nbsp;{escape(one)}</td>" for one in cells) + "</tr>"
    )
