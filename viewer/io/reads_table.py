"""How a study was read before and after models were seen: as a table, and as a part of a page."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from html import escape

from viewer.core.assessment import Assessment
from viewer.core.finding import Finding
from viewer.core.read import Change, Read, ReadKind, changes
from viewer.io.table import plain

COLUMNS = (
    "study_uid",
    "read",
    "by",
    "begun_at",
    "stored_at",
    "why",
    "models",
    "line",
    "finding_id",
    "kind",
    "site",
    "x_mm",
    "y_mm",
    "z_mm",
    "diameter_mm",
    "volume_mm3",
    "score",
    "status",
    "source",
    "reason",
)
_NAMES = {
    ReadKind.SEALED: "second reader hidden",
    ReadKind.FIRST: "first read, without the second reader",
    ReadKind.SHOWN_EARLY: "second reader shown before the first read",
    ReadKind.SECOND: "read after the second reader was seen",
}
Say = Callable[[str], str]


def reads_table(reads: Sequence[Read]) -> str:
    """Return reads as CSV (RFC 4180): each with its findings, then what changed since the first."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for read in reads:
        head = _head(read)
        writer.writerow([*head, "read", *[""] * (len(COLUMNS) - len(head) - 1)])
        for item in read.items:
            writer.writerow([*head, "finding", *_cells(item, _why(item))])
        for change in _since_first(reads, read):
            writer.writerow([*head, change.kind.value, *_cells(change.item, change.reason)])
    return file.getvalue()


def reads_page(reads: Sequence[Read], now: Read, say: Say = str) -> str:
    """Return reads, and what is otherwise now, as a small page."""
    first = _first(reads)
    parts = [f"<h3>{escape(say('Reads of this study'))}</h3>", _reads(reads, say)]
    if first is not None:
        parts.append(f"<h3>{escape(say('Changes since the first read'))}</h3>")
        parts.append(_changes(changes(first, now), say))
    return "\n".join(parts)


def reads_part(reads: Sequence[Read]) -> str:
    """Return reads and what changed from the first to the last as HTML for the report."""
    first, last = _first(reads), next((one for one in reversed(reads) if one.is_a_read), None)
    parts = [_reads(reads, str)]
    if first is not None and last is not None and last is not first:
        parts += ["<h3>Changes after the second reader was seen</h3>"]
        parts += [_changes(changes(first, last), str)]
    return "\n".join(parts)


def _first(reads: Sequence[Read]) -> Read | None:
    return next((read for read in reads if read.kind is ReadKind.FIRST), None)


def _since_first(reads: Sequence[Read], read: Read) -> tuple[Change, ...]:
    first = _first(reads)
    later = first is not None and read.is_a_read and read is not first
    return changes(first, read) if first is not None and later else ()


def _head(read: Read) -> list[str]:
    models = "; ".join(read.models)
    told = (read.study_uid, read.kind.value, read.by.name, read.begun_at, read.at)
    return [*map(plain, told), plain(read.reason), plain(models)]


def _why(item: Finding | Assessment) -> str:
    return item.history[-1].reason if item.history else ""


def _cells(item: Finding | Assessment, reason: str) -> list[str]:
    numbers = [""] * 5
    if isinstance(item, Finding):
        numbers = [f"{part:.3f}" for part in item.position]
        numbers += [f"{item.diameter_mm:.3f}", f"{item.volume_mm3:.3f}"]
    return [
        item.id,
        plain(item.kind.meaning),
        plain(_site(item)),
        *numbers,
        "" if item.score is None else f"{item.score:.4f}",
        item.status.value,
        plain(str(item.author)),
        plain(reason),
    ]


def _site(item: Finding | Assessment) -> str:
    return item.site.meaning if isinstance(item, Finding) and item.site else ""


def _reads(reads: Sequence[Read], say: Say) -> str:
    head = ("Read", "By", "Begun", "Stored", "Findings", "Models", "Why")
    rows = (
        (
            say(_NAMES[read.kind]),
            read.by.name,
            _moment(read.begun_at),
            _moment(read.at),
            _counted(read) if read.is_a_read else "",
            ", ".join(read.models),
            read.reason,
        )
        for read in reads
    )
    return _table(head, rows, say)


def _counted(read: Read) -> str:
    own = sum(item.stands or not item.author.is_model for item in read.items)
    return str(own)


def _changes(found: Sequence[Change], say: Say) -> str:
    if not found:
        return f"<p>{escape(say('Nothing was changed.'))}</p>"
    head = ("Change", "Kind", "Centre x, y, z (mm, LPS)", "Diameter (mm)", "Source", "Reason")
    rows = (
        (
            say(change.kind.value),
            say(change.item.kind.meaning),
            *_place(change.item),
            str(change.item.author),
            change.reason,
        )
        for change in found
    )
    return _table(head, rows, say)


def _place(item: Finding | Assessment) -> tuple[str, str]:
    if not isinstance(item, Finding):
        return "", ""
    return ", ".join(f"{part:.1f}" for part in item.position), f"{item.diameter_mm:.1f}"


def _moment(at: str) -> str:
    return f"{at[:10]} {at[11:19]} UTC" if len(at) > 18 else at


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], say: Say) -> str:
    top = "".join(f"<th>{escape(say(title))}</th>" for title in head)
    lines = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    body = "\n".join(f"<tr>{line}</tr>" for line in lines)
    return f"<table><thead><tr>{top}</tr></thead>\n<tbody>{body}</tbody></table>"
