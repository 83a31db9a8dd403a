from __future__ import annotations

import os

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
