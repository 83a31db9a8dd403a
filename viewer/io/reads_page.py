"""How a study was read before and after models were seen: as a page, and as a part of the report.

Titles and words of the field go through `say`; names that people gave do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import TypeAlias

from viewer.core.assessment import Assessment
from viewer.core.finding import Finding
from viewer.core.outline import Outline
from viewer.core.read import Change, Read, ReadKind, changes
from viewer.io.reads_table import first_of, volume_mm3

_NAMES = {
    ReadKind.SEALED: "second reader hidden",
    ReadKind.FIRST: "first read",
    ReadKind.SHOWN_EARLY: "second reader shown early",
    ReadKind.PICTURE: "marks of a program shown early",
    ReadKind.SECOND: "second read",
}
_NOW = "as it is now"
_HASH_LETTERS = 12
_MM3_IN_ML = 1000
Say: TypeAlias = Callable[[str], str]


def reads_page(reads: Sequence[Read], now: Read, say: Say = str) -> str:
    """Return reads, and what is otherwise now, as a small page."""
    first = first_of(reads, now.by.name)
    parts = [_title("Reads of this study", say), _reads(reads, say)]
    if first is not None:
        parts += [_title("Changes since the first read", say), _changes(changes(first, now), say)]
    stored = [(read, say(_NAMES[read.kind])) for read in reads if read.is_a_read]
    return "\n".join([*parts, *_outlines([*stored, (now, say(_NOW))], say)])


def reads_part(reads: Sequence[Read]) -> str:
    """Return reads and what changed from the first to the last as HTML for the report."""
    last = next((one for one in reversed(reads) if one.is_a_read), None)
    first = None if last is None else first_of(reads, last.by.name)
    parts = [_reads(reads, str)]
    if first is not None and last is not None and last is not first:
        parts += [_title("Changes after the second reader was seen", str)]
        parts += [_changes(changes(first, last), str)]
    named = [(read, _NAMES[read.kind]) for read in reads if read.is_a_read]
    return "\n".join([*parts, *_outlines(named, str)])


def _title(words: str, say: Say) -> str:
    return f"<h3>{escape(say(words))}</h3>"


def _reads(reads: Sequence[Read], say: Say) -> str:
    head = ("Step", "By", "Begun (UTC)", "Stored (UTC)", "Findings", "Outlines", "Models", "Why")
    rows = (
        (
            say(_NAMES[read.kind]),
            read.by.name,
            _moment(read.begun_at),
            _moment(read.at),
            _counted(read) if read.is_a_read else "",
            str(len(read.outlines)) if read.is_a_read else "",
            ", ".join(read.models),
            say(read.reason) if read.kind is ReadKind.SEALED else read.reason,
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
    head = (
        *("Change", "Kind", "Centre x, y, z (mm, LPS)", "Diameter (mm)", "Volume (ml)"),
        *("Overlap (Dice)", "Source", "Reason"),
    )
    rows = (
        (
            say(change.kind.value),
            _kind(change.item, say),
            _place(change.item),
            _from_to(_diameter(change.before), _diameter(change.item), 1),
            _from_to(_volume_ml(change.before), _volume_ml(change.item), 2),
            "" if change.dice is None else f"{change.dice:.2f}",
            str(change.item.author),
            change.reason,
        )
        for change in found
    )
    return _table(head, rows, say)


def _outlines(reads: Sequence[tuple[Read, str]], say: Say) -> list[str]:
    """Return all outlines of some reads with the names of these, if there are any."""
    head = (
        *("Outline", "Step", "Volume (ml)", "Voxels", "Centre x, y, z (mm, LPS)"),
        *("Box from, to (mm, LPS)", "Source", "Hash"),
    )
    rows = [
        (
            _kind(one, say),
            name,
            f"{one.volume_ml:.2f}",
            str(one.voxels),
            _mm(one.centre),
            f"{_mm(one.low)} – {_mm(one.high)}",
            str(one.author),
            one.sha256[:_HASH_LETTERS],
        )
        for read, name in reads
        for one in read.outlines
    ]
    return [_title("Outlines", say), _table(head, rows, say)] if rows else []


def _kind(item: Finding | Assessment | Outline, say: Say) -> str:
    """Return what a finding is; an outline goes by its own name, too, where that says more."""
    kind = say(item.kind.meaning)
    if isinstance(item, Outline) and item.name not in (kind, item.kind.meaning):
        return f"{item.name} ({kind})"
    return kind


def _place(item: Finding | Assessment | Outline) -> str:
    if isinstance(item, Assessment):
        return ""
    return _mm(item.centre if isinstance(item, Outline) else item.position)


def _mm(place: Sequence[float]) -> str:
    return ", ".join(f"{part:.1f}" for part in place)


def _diameter(item: Finding | Assessment | Outline | None) -> float | None:
    return item.diameter_mm if isinstance(item, Finding) else None


def _volume_ml(item: Finding | Assessment | Outline | None) -> float | None:
    volume = volume_mm3(item)
    return None if volume is None else volume / _MM3_IN_ML


def _from_to(before: float | None, now: float | None, digits: int) -> str:
    """Return a number, and what it was where it was another."""
    new = "" if now is None else f"{now:.{digits}f}"
    old = "" if before is None else f"{before:.{digits}f}"
    return f"{old} → {new}" if old and old != new else new


def _moment(at: str) -> str:
    return f"{at[:10]} {at[11:19]}" if len(at) > 18 else at


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], say: Say) -> str:
    """Return a table without the columns in which nothing stands."""
    filled = list(rows)
    used = [n for n in range(len(head)) if any(row[n] for row in filled)]
    top = "".join(f'<th align="left">{escape(say(head[n]))}</th>' for n in used)
    lines = ("".join(f"<td>{escape(row[n])}</td>" for n in used) for row in filled)
    body = "\n".join(f"<tr>{line}</tr>" for line in lines)
    return f'<table cellpadding="4"><thead><tr>{top}</tr></thead>\n<tbody>{body}</tbody></table>'
