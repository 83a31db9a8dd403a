"""What an evaluation says, in files: JSON, tables (CSV), plots (SVG), and one page with all of it.

All files appear together or not at all. Nothing on the page comes from outside it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from string import Template

from viewer import __version__
from viewer.core.errors import Declined
from viewer.core.resources import resource_folder
from viewer.imaging.evaluation.result import Cell, Evaluation, Figure, Plot, Table
from viewer.io.atomic import Staging
from viewer.io.plot_svg import plot_svg
from viewer.io.table import plain

METRICS, PAGE = "metrics.json", "evaluation.html"
_RESEARCH_USE = "Research use; not a medical device."
_MOST_ROWS = 500
_MANY = 11
"""Columns from which on a table is written small."""


def write_evaluation(result: Evaluation, folder: Path, *, force: bool = False) -> tuple[Path, ...]:
    """Write everything into a folder.

    Raises:
        Declined: if an evaluation is there that may not be replaced, or the disk refuses.
    """
    files = {METRICS: as_json(result), PAGE: evaluation_page(result)}
    files |= {f"{table.name}.csv": as_csv(table) for table in result.tables}
    files |= {f"{plot.name}.svg": plot_svg(plot) for plot in result.plots}
    there = sorted(name for name in files if (folder / name).exists())
    if there and not force:
        raise Declined(f"{there[0]} is there already; ask to replace it.", code="exists")
    with Staging(folder) as staging:
        for name, text in files.items():
            staging.write(name, text.encode())
        return staging.commit()


def as_json(result: Evaluation) -> str:
    """Return figures with intervals, rules, counts and notices as JSON text."""
    told = asdict(result)
    for name in ("tables", "plots"):
        told[name] = [f"{one['name']}.{'csv' if name == 'tables' else 'svg'}" for one in told[name]]
    told |= {"program": "Skiagram", "version": __version__, "made_at": _now()}
    return json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False)


def as_csv(table: Table) -> str:
    """Return a table as CSV (RFC 4180), header first; what is undefined is empty."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(table.head)
    for row in table.rows:
        writer.writerow([plain(cell) if isinstance(cell, str) else _exact(cell) for cell in row])
    return file.getvalue()


def _exact(cell: float | None) -> str:
    if cell is None:
        return ""
    return str(cell) if isinstance(cell, int) else f"{cell:.9g}"


def _sections(plots: Sequence[Plot]) -> str:
    return "\n".join(_section(one.title, f"<figure>{plot_svg(one)}</figure>") for one in plots)


def evaluation_page(
    result: Evaluation,
    *,
    draw: Callable[[Sequence[Plot]], str] = _sections,
    style: str | None = None,
) -> str:
    """Return the page as HTML in one piece: style and plots inside, no scripts.

    `draw` returns what stands for the plots, and `style` is the style sheet, if not the usual one.
    """
    folder = resource_folder() / "report"
    template = Template((folder / "report.html").read_text(encoding="utf-8"))
    notices = "".join(f"<li>{escape(one)}</li>" for one in result.notices)
    rules = "".join(f"<li>{escape(one)}</li>" for one in result.rules)
    sections = (
        _section("Please note", f"<ul>{notices}</ul>") if notices else "",
        _section("Figures", _figures(result.figures)),
        draw(result.plots),
        *(_section(table.title, _table(table)) for table in result.tables),
        _section("How it was judged", f"<ul>{rules}</ul><p>{escape(_drawn(result))}</p>"),
    )
    return template.substitute(
        language="en",
        title=escape(f"Evaluation: {result.task}"),
        subtitle=f"{result.cases} cases of {result.patients} patients",
        style=(folder / "report.css").read_text(encoding="utf-8") if style is None else style,
        marks="",
        body="\n".join(one for one in sections if one),
        footer=f"<p>{_RESEARCH_USE} Made {_now()} by Skiagram {__version__}.</p>",
    )


def _drawn(result: Evaluation) -> str:
    return (
        f"95 % intervals: percentiles of {result.samples} draws of patients with replacement, "
        f"each with all that is theirs (seed {result.seed}). An empty cell is undefined."
    )


def _figures(figures: Sequence[Figure]) -> str:
    units = any(one.unit for one in figures)
    rows = tuple(
        (
            one.name, one.value, one.low, one.high, *((one.unit,) if units else ()),
            f"{one.count} {one.of}" if one.of else "",
        )
        for one in figures
    )  # fmt: skip
    head = ("figure", "value", "95 % from", "95 % to", *(("unit",) if units else ()), "of")
    return _table(Table("figures", "Figures", head, rows))


def _table(table: Table) -> str:
    rows = table.rows[:_MOST_ROWS]
    top = "".join(
        f'<th class="number">{escape(name)}</th>'
        if _of_numbers(rows, n)
        else f"<th>{escape(name)}</th>"
        for n, name in enumerate(table.head)
    )
    lines = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    left = len(table.rows) - _MOST_ROWS
    more = f"<p>{left} further lines are in {table.name}.csv.</p>" if left > 0 else ""
    kind = ' class="wide"' if len(table.head) > _MANY else ""
    made = f"<table{kind}><thead><tr>{top}</tr></thead>\n<tbody>{lines}</tbody></table>"
    return f'<div class="scroll">{made}</div>{more}'


def _of_numbers(rows: Sequence[Sequence[Cell]], column: int) -> bool:
    """Tell whether what is known in a column are numbers."""
    known = [row[column] for row in rows if row[column] is not None]
    return bool(known) and not any(isinstance(one, str) for one in known)


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"<td>{escape(cell)}</td>"
    return f'<td class="number">{in_short(cell)}</td>'


def in_short(cell: Cell) -> str:
    """Return what stands in a cell with as many digits as are read."""
    if cell is None:
        return ""
    if isinstance(cell, str | int):
        return str(cell)
    return f"{cell:.4g}" if abs(cell) >= 1 else f"{cell:.3f}"


def _section(title: str, content: str) -> str:
    return f"<section><h2>{escape(title)}</h2>\n{content}\n</section>"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
