"""Tables of predictions and truth as they come from files: CSV or JSON, not to be trusted."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from viewer.core.errors import Declined, Unreadable

_MOST_BYTES = 64_000_000
_MOST_ROWS = 500_000
_LARGEST = 1e7
_TOLD = 10
_OTHER_NAMES = {
    "seriesuid": "case",
    "coordx": "x_mm",
    "coordy": "y_mm",
    "coordz": "z_mm",
    "probability": "score",
    "patient_id": "patient",
    "patientid": "patient",
    "class": "label",
}
"""Names of others (LUNA16 among them) for the columns we know."""
TRUE = frozenset(("1", "1.0", "true", "yes", "positive"))
FALSE = frozenset(("0", "0.0", "false", "no", "negative"))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; `where` names file and line in a sentence."""

    cells: Mapping[str, str]
    where: str

    def text(self, name: str) -> str:
        """Return what stands in a column, empty if nothing."""
        return self.cells.get(name, "")

    def number(self, name: str) -> float | None:
        """Return the number in a column; None if it is empty.

        Raises:
            Unreadable: if it is no number, or one without bounds.
        """
        text = self.text(name)
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or abs(value) > _LARGEST:
            raise Unreadable(f"{self.where}: {name} is no number ({text[:40]!r})", code="no_number")
        return value

    def yes(self, name: str) -> bool:
        """Return whether a column says 1 or 0.

        Raises:
            Unreadable: if it says something else.
        """
        text = self.text(name).lower()
        if text not in TRUE | FALSE:
            raise Unreadable(
                f"{self.where}: {text[:40]!r} is no label; labels are 1 (ill) and 0 (healthy)",
                code="no_label",
            )
        return text in TRUE


def read_rows(path: Path) -> tuple[Row, ...]:
    """Read the lines of a CSV (comma, semicolon or tab), or the objects of a JSON file.

    Raises:
        Unreadable: if it is neither, or larger than any table of cases.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Unreadable(f"{path.name} is larger than any table of cases", code="too_large")
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(f"{path.name} is no text in UTF-8", code="no_table") from None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Unreadable(f"{path.name} cannot be read ({why})") from error
    found = _json_rows(path, text) if path.suffix.lower() == ".json" else _csv_rows(path, text)
    if len(found) > _MOST_ROWS:
        raise Unreadable(f"{path.name} has more than {_MOST_ROWS} lines", code="too_large")
    return found


def _csv_rows(path: Path, text: str) -> tuple[Row, ...]:
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        names = [_named(cell) for cell in next(reader, [])]
        if len(set(names)) != len(names) or not any(names):
            raise Unreadable(
                f"{path.name} does not begin with the names of its columns", code="no_table"
            )
        return tuple(
            Row(_cells(names, cells), f"{path.name}, line {reader.line_num}")
            for cells in reader
            if any(cell.strip() for cell in cells)
        )
    except csv.Error as error:
        raise Unreadable(f"{path.name} is no table ({error})", code="no_table") from None


def _cells(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    return {name: cell.strip().removeprefix("'") for name, cell in zip(names, cells, strict=False)}


def _json_rows(path: Path, text: str) -> tuple[Row, ...]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable(f"{path.name} is no JSON", code="no_table") from None
    listed = told.get("findings") if isinstance(told, dict) else told
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise Unreadable(f"{path.name} holds no list of findings or cases", code="no_table")
    return tuple(
        Row({_named(name): _said(value) for name, value in one.items()}, f"{path.name}, {n}")
        for n, one in enumerate(listed, start=1)
    )


def _said(value: object) -> str:
    return "" if value is None else str(value).strip()


def _named(name: object) -> str:
    text = str(name).strip().lower()
    return _OTHER_NAMES.get(text, text)


def require_columns(path: Path, rows: Sequence[Row], names: Sequence[str]) -> None:
    """Decline a table in which columns are missing, by name."""
    if not rows:
        raise Declined(f"{path.name} is empty.", code="empty")
    missing = [name for name in names if name not in rows[0].cells]
    if missing:
        raise Declined(f"{path.name} has no column {', '.join(missing)}.", code="no_column")


def listed(names: Sequence[str]) -> str:
    """Return the first of many names for a sentence, and how many more there are."""
    more = f" and {len(names) - _TOLD} more" if len(names) > _TOLD else ""
    return ", ".join(names[:_TOLD]) + more
