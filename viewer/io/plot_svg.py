"""A plot as SVG that stands alone: axes, bands, lines, points and a legend."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from viewer.imaging.evaluation.result import Line, Plot

_WIDE, _HIGH = 640, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 34, 84
_COLOURS = (
    "#1f6feb", "#b45309", "#15803d", "#6d28d9", "#be185d", "#0e7490", "#4d4d4d", "#7f1d1d",
)  # fmt: skip
_DASHES = ("", "7 4", "2 3", "9 3 2 3")
_MOST_TICKS = 30
_LONG = 16
_COLUMNS, _ROW = 3, 18
"""Of the legend below the picture."""
_FEW = 12
"""Lines of so few points, all of them measured, show where these are."""


class _Axes:
    """Where values lie on the picture."""

    def __init__(self, plot: Plot) -> None:
        self._log = plot.logarithmic
        across = [self._x(v) for line in plot.lines for v in line.x]
        up = [v for line in plot.lines for v in (*line.y, *line.high)]
        unit = plot.diagonal or (not plot.ticks and max(across, default=1) <= 1)
        self.low, self.high = (
            (0.0, 1.0) if unit else (min(across, default=0), max(across, default=1))
        )
        if plot.ticks and not self._log:
            self.low, self.high = self.low - 0.5, self.high + 0.5
        if self.high <= self.low:
            self.high = self.low + 1
        self.top = plot.top if plot.top is not None else max(up, default=1.0) * 1.05 or 1.0

    def _x(self, value: float) -> float:
        return math.log2(value) if self._log else value

    def x(self, value: float) -> float:
        part = (self._x(value) - self.low) / (self.high - self.low)
        return _LEFT + part * (_WIDE - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        return _HIGH - _BOTTOM - value / self.top * (_HIGH - _TOP - _BOTTOM)


def plot_svg(plot: Plot) -> str:
    """Return the plot as SVG text; lines differ by colour and by their dashes."""
    axes = _Axes(plot)
    high = _HIGH + _ROW * _legend_rows(plot.lines)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {high}" role="img" '
        f'aria-label="{escape(plot.title)}" font-family="sans-serif" font-size="12">'
    )
    parts = [
        head,
        f'<rect width="{_WIDE}" height="{high}" fill="#ffffff"/>',
        _text(_LEFT, 20, plot.title, size=14, weight="600"),
        *_grid(plot, axes),
        *(_diagonal(axes) if plot.diagonal else ()),
        *(part for n, line in enumerate(plot.lines) for part in _line(line, axes, n)),
        *_legend(plot.lines),
        "</svg>",
    ]
    return "\n".join(parts)


def _grid(plot: Plot, axes: _Axes) -> list[str]:
    bottom, right = _HIGH - _BOTTOM, _WIDE - _RIGHT
    parts = []
    for step in range(6):
        value = axes.top * step / 5
        y = axes.y(value)
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{right}" stroke="#e3e8ee" fill="none"/>')
        parts.append(_text(_LEFT - 6, y + 4, f"{value:.3g}", anchor="end"))
    places = plot.ticks or tuple((n / 5, f"{n / 5:g}") for n in range(6))
    turned = any(len(name) > 5 for _, name in places)
    for value, name in places[:_MOST_TICKS]:
        x = axes.x(value)
        parts.append(f'<path d="M{x:.1f} {bottom}v5" stroke="#1d2530" fill="none"/>')
        short = name if len(name) <= _LONG else f"{name[: _LONG - 1]}…"
        parts.append(_tick(x, bottom + 18, short, turned=turned))
    frame = f"M{_LEFT} {_TOP}V{bottom}H{right}"
    parts.append(f'<path d="{frame}" stroke="#1d2530" fill="none"/>')
    middle = (_TOP + bottom) / 2
    below = bottom + (62 if turned else 42)
    parts.append(_text((_LEFT + right) / 2, below, plot.across, anchor="middle"))
    turn = f'transform="rotate(-90 16 {middle:.1f})"'
    parts.append(_text(16, middle, plot.up, anchor="middle", more=turn))
    return parts


def _tick(x: float, y: float, name: str, *, turned: bool) -> str:
    if not turned:
        return _text(x, y, name, anchor="middle")
    return _text(
        x, y - 4, name, anchor="end", size=10, more=f'transform="rotate(-30 {x:.1f} {y:.1f})"'
    )


def _diagonal(axes: _Axes) -> list[str]:
    ends = f"M{axes.x(0):.1f} {axes.y(0):.1f}L{axes.x(1):.1f} {axes.y(1):.1f}"
    return [f'<path d="{ends}" stroke="#8a94a3" stroke-dasharray="3 4" fill="none"/>']


def _line(line: Line, axes: _Axes, number: int) -> list[str]:
    colour = _COLOURS[number % len(_COLOURS)]
    points = [(axes.x(x), axes.y(y)) for x, y in zip(line.x, line.y, strict=True)]
    if not line.joined:
        return [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}" fill-opacity="0.55"/>'
            for x, y in points
        ]
    parts = []
    if line.low and line.high:
        upper = [(axes.x(x), axes.y(y)) for x, y in zip(line.x, line.high, strict=True)]
        lower = [(axes.x(x), axes.y(y)) for x, y in zip(line.x, line.low, strict=True)]
        band = _path([*upper, *reversed(lower)])
        parts.append(f'<path d="{band}Z" fill="{colour}" fill-opacity="0.15"/>')
    drawn = _path(_stepped(points) if line.steps else points)
    parts.append(f'<path d="{drawn}" {_pen(number)}/>')
    if len(points) <= _FEW and not line.steps:
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in points]
    return parts


def _stepped(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    found = list(points[:1])
    for x, y in points[1:]:
        found += [(found[-1][0], y), (x, y)]
    return found


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) if points else ""


def _legend_rows(lines: Sequence[Line]) -> int:
    return -(-len(lines) // _COLUMNS) if len(lines) > 1 else 0


def _legend(lines: Sequence[Line]) -> list[str]:
    if len(lines) < 2:
        return []
    parts = []
    wide = (_WIDE - _LEFT - _RIGHT) / _COLUMNS
    for number, line in enumerate(lines):
        x = _LEFT + wide * (number % _COLUMNS)
        y = _HIGH - 4 + _ROW * (number // _COLUMNS)
        drawn = _pen(number)
        name = line.name if len(line.name) <= 24 else f"{line.name[:23]}…"
        parts.append(f'<path d="M{x:.1f} {y}h26" {drawn}/>')
        parts.append(_text(x + 32, y + 4, name))
    return parts


def _pen(number: int) -> str:
    dash = f' stroke-dasharray="{_DASHES[number % 4]}"' if number % 4 else ""
    return f'stroke="{_COLOURS[number % len(_COLOURS)]}" stroke-width="2" fill="none"{dash}'


def _text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "start",
    size: int = 12,
    weight: str = "400",
    more: str = "",
) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
    return f'<text {place} font-weight="{weight}" fill="#1d2530" {more}>{escape(words)}</text>'
