from __future__ import annotations

from viewer.commands.models import list_models
from viewer.core.progress import Silent


def test_programs_of_others_are_listed_with_how_to_get_them(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    listed = {one.id: one for one in list_models(tmp_path, Silent())}
    found = listed["totalsegmentator"]
    assert found.state == "not installed"
    assert "pip install TotalSegmentator" in found.problem
    program = tmp_path / "TotalSegmentator"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    (tmp_path / "weights" / "x").mkdir(parents=True)
    monkeypatch.setenv("TOTALSEG_WEIGHTS_PATH", str(tmp_path / "weights"))
    found = {one.id: one for one in list_models(tmp_path, Silent())}["totalsegmentator"]
    assert (found.state, found.problem) == ("installed", "")
    assert listed["lung_nodules"].state == ""
