"""Results of two reviews never lie mixed in one folder."""

from __future__ import annotations

import json

from viewer.cohort.leftovers import earlier_results, sweep


def account(out, results):
    out.mkdir(exist_ok=True)
    for name in results:
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("earlier")
    (out / "review.json").write_text(json.dumps({"series": [{"results": results}]}))


def test_results_that_were_not_replaced_go_and_what_is_not_ours_stays(tmp_path):
    out = tmp_path / "out"
    account(out, ["report.html", "key_01.png", "study-002/report.html"])
    (out / "notes.txt").write_text("mine")
    (out / "study-002" / "mine.txt").write_text("mine")
    sweep(out, earlier_results(out), [out / "report.html"])
    left = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    assert left == ["notes.txt", "report.html", "review.json", "study-002/mine.txt"]


def test_a_folder_that_is_empty_then_goes_too(tmp_path):
    out = tmp_path / "out"
    account(out, ["study-001/series-002/report.html"])
    sweep(out, earlier_results(out), [])
    assert [path.name for path in out.iterdir()] == ["review.json"]


def test_an_account_that_names_files_elsewhere_is_not_believed(tmp_path):
    out, precious = tmp_path / "out", tmp_path / "precious.txt"
    precious.write_text("mine")
    account(out, [])
    names = ["../precious.txt", str(precious), "link.txt", 7]
    (out / "review.json").write_text(json.dumps({"series": [{"results": names}]}))
    (out / "link.txt").symlink_to(precious)
    assert earlier_results(out) == frozenset()


def test_a_folder_without_an_account_or_with_a_damaged_one_holds_nothing_of_ours(tmp_path):
    assert earlier_results(tmp_path / "nowhere") == frozenset()
    for text in ("", "[]", '{"series": 3}', '{"series": [{"results": null}]}'):
        (tmp_path / "review.json").write_text(text)
        assert earlier_results(tmp_path) == frozenset()
