"""Nothing of a patient, a reader or a place is in a report."""

from __future__ import annotations

import pytest

from viewer.store.crash_report import harmless_lines, report

SECRETS = ("Müller", "Mueller^Hanna", "PAT-00817", "1.2.840.113619.2.55", "19610214", "hmueller")
LOG = """2026-11-21 09:00:01,120 ERROR viewer.app: an unexpected error Mueller^Hanna
Traceback (most recent call last):
  File "/home/hmueller/skiagram/viewer/ui/view.py", line 12, in wheelEvent
    open("/mnt/PAT-00817/19610214.dcm")
  File "/home/hmueller/.venv/lib/python3.11/site-packages/numpy/core/x.py", line 9, in f
  File "C:\\Users\\hmueller\\viewer\\io\\load.py", line 3, in <lambda>
  File "/home/hmueller/PAT-00817.py", line 4, in run
ValueError: Müller PAT-00817 has 1.2.840.113619.2.55
viewer.core.errors.Unreadable: Mueller^Hanna.dcm ends
2026-11-21 09:00:02,000 WARNING viewer.io.scan: /mnt/hmueller/PAT-00817 is gone
Hanna Müller, born 19610214
Fatal Python error: Segmentation fault

Current thread 0x00007f1 (most recent call first):
  File "/home/hmueller/viewer/ui/space_view.py", line 77 in paintEvent
"""
SETTINGS = {
    "reader": {"name": "Hanna Müller", "id": ""},
    "paths": {"sample": "/home/hmueller/x", "results": None},
    "viewing": {"preset": "Mueller^Hanna", "smooth": True, "layout": "2x2", "slab_mm": 10.0},
    "appearance": {"theme": "dark", "language": "/home/hmueller"},
    "window": {"last_folder": "/mnt/PAT-00817", "geometry": "00ff"},
    "keys": {"look.invert": "Ctrl+I"},
}


@pytest.fixture
def text():
    return report({"Skiagram": "1.0"}, SETTINGS, LOG)


@pytest.mark.parametrize("secret", [*SECRETS, "Hanna", "/home", "/mnt", ".dcm", "Users"])
def test_no_name_number_or_path_is_in_a_report(text, secret):
    assert secret not in text


def test_a_report_says_where_and_what_kind_of_error_it_was(text):
    assert "viewer/ui/view.py, line 12, in wheelEvent" in text
    assert "site-packages/numpy/core/x.py, line 9, in f" in text
    assert "viewer/io/load.py, line 3, in <lambda>" in text
    assert "elsewhere, line 4, in run" in text
    assert "\nValueError\n" in text
    assert "Fatal Python error: Segmentation fault" in text
    assert "2026-11-21 09:00:02 WARNING viewer.io.scan\n" in text


def test_a_report_says_versions_and_switches_only(text):
    assert "Skiagram: 1.0" in text
    assert "viewing.smooth: True" in text
    assert "viewing.slab_mm: 10.0" in text
    assert "appearance.theme: dark" in text
    assert "appearance.language: set" in text
    assert "reader.name: set" in text
    assert "reader.id: not set" in text


def test_free_text_that_looks_like_a_frame_is_not_let_through():
    hostile = ['  File "Müller/viewer/Hanna Müller.py", line 3, in Hanna Müller', "Müller: no"]
    assert not any("ller" in line for line in harmless_lines(hostile))
