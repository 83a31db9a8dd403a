from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from viewer.imaging import compiled


def total(values) -> float:
    result = 0.0
    for value in values:
        result += value
    return result


def test_a_loop_is_compiled_without_changing_what_it_says():
    values = np.arange(10.0)
    assert compiled.compiled(total)(values) == total(values) == 45


def test_code_goes_to_the_users_cache_where_the_package_is_read_only(monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")
    monkeypatch.setattr(os, "access", lambda *_: False)
    compiled._choose_cache_folder()
    assert "skiagram" in os.environ["NUMBA_CACHE_DIR"]


def test_a_chosen_cache_folder_is_respected(monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/chosen")
    monkeypatch.setattr(os, "access", lambda *_: False)
    compiled._choose_cache_folder()
    assert os.environ["NUMBA_CACHE_DIR"] == "/chosen"


ROOT = Path(__file__).resolve().parents[2]
_CALLED = """
from viewer.imaging.compiled import compiled

FACTOR = {factor}

@compiled
def inner(value):
    return value + {added}
"""
_BETWEEN = """
from viewer.imaging.compiled import compiled
from called import inner

@compiled
def middle(value):
    return inner(value) * 2
"""
_CALLING = """
from viewer.imaging.compiled import compiled
from between import middle
from called import FACTOR

@compiled
def outer(value):
    return middle(value) + 1

@compiled
def scaled(value):
    return value * FACTOR

print(outer(1), scaled(1))
"""


def said(folder: Path, *, added: int, factor: int) -> tuple[int, ...]:
    """Return what the loops say, called in a process of their own, and whether code was kept."""
    (folder / "called.py").write_text(_CALLED.format(added=added, factor=factor))
    path = os.pathsep.join((str(folder), str(ROOT)))
    environment = {**os.environ, "PYTHONPATH": path, "NUMBA_CACHE_DIR": str(folder / "kept")}
    done = subprocess.run(
        [sys.executable, folder / "calling.py"],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return tuple(map(int, done.stdout.split()))


def test_a_loop_is_compiled_anew_when_what_it_takes_from_another_file_has_changed(tmp_path):
    (tmp_path / "between.py").write_text(_BETWEEN)
    (tmp_path / "calling.py").write_text(_CALLING)
    assert said(tmp_path, added=1, factor=3) == (5, 3)
    assert list((tmp_path / "kept").rglob("*.nbi"))
    assert said(tmp_path, added=10, factor=30) == (23, 30)
