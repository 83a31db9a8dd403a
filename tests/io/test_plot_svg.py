"""Plots as SVG: every line can be told from the others, and all of it lies on the picture."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from viewer.imaging.evaluation.result import Line, Plot
from viewer.io.plot_svg import plot_svg

_NS = "{http://www.w3.org/2000/svg}"


def drawn(names, *, points=20):
    x = tuple(n / (points - 1) for n in range(points))
    lines = tuple(
        Line(name, x, tuple(one * (k + 1) / 10 for one in x)) for k, name in enumerate(names)
    )
    return ET.fromstring(plot_svg(Plot("roc", "ROC", "across", "up", lines)))


def test_eight_lines_have_eight_looks_and_eight_names_on_the_picture():
    names = [f"Class <{n}> & more" for n in range(8)]
    root = drawn(names)
    texts = {one.text: one for one in root.iter(f"{_NS}text")}
    assert set(names) <= set(texts)
    looks = {(one.get("stroke"), one.get("stroke-dasharray"))
             for one in root.iter(f"{_NS}path") if one.get("stroke-width") == "2"}  # fmt: skip
    assert len(looks) == 8
    _, _, wide, high = map(float, root.get("viewBox").split())
    for one in texts.values():
        assert 0 <= float(one.get("x")) <= wide
        assert 0 <= float(one.get("y")) <= high
    places = {(texts[name].get("x"), texts[name].get("y")) for name in names}
    assert len(places) == 8
    top = float(texts["across"].get("y"))
    assert all(float(texts[name].get("y")) > top for name in names)


def test_a_single_line_needs_no_legend_and_few_points_are_marked():
    root = drawn(["Only"], points=5)
    assert "Only" not in [one.text for one in root.iter(f"{_NS}text")]
    assert len(list(root.iter(f"{_NS}circle"))) == 5
    assert not list(drawn(["Only"]).iter(f"{_NS}circle"))


def test_long_names_are_cut():
    root = drawn(["A" * 60, "B"])
    (name,) = [one.text for one in root.iter(f"{_NS}text") if one.text.startswith("AAA")]
    assert re.fullmatch(r"A{23}…", name)
