"""Benchmarks ask for what there is: nothing else runs them while the program changes."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

FILES = sorted((Path(__file__).resolve().parents[1] / "benchmarks").glob("*.py"))


def asked_for(path: Path) -> list[tuple[str, str]]:
    """Return module and name of everything that a file takes from the program."""
    tree = ast.parse(path.read_text("utf-8"))
    froms = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return [
        (one.module, alias.name)
        for one in froms
        if one.module and one.module.partition(".")[0] in ("viewer", "tests")
        for alias in one.names
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_a_benchmark_asks_for_is_there(path):
    for module, name in asked_for(path):
        if not hasattr(import_module(module), name):
            import_module(f"{module}.{name}")
