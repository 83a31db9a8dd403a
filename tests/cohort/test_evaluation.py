"""Evaluation from files to figures: known answers, and what is refused."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import nibabel as nib
import numpy as np
import pytest
from sklearn import metrics

from viewer.cohort.evaluation import evaluate, guessed
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Cancelled, Silent
from viewer.imaging.evaluation.wish import Repeats, Rule, Task, Wish
from viewer.io.evaluation_page import write_evaluation
from viewer.io.table import COLUMNS


def table(path: Path, head, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head.split(","))
        writer.writerows(rows)
    return path


def judge(predictions, truth, **more):  # noqa: ANN003
    wish = Wish(predictions=predictions, truth=truth, samples=100, **more)
    return evaluate(wish, Silent())


def rows_of(result, name):
    found = next(one for one in result.tables if one.name == name)
    return [dict(zip(found.head, row, strict=True)) for row in found.rows]


def refused(predictions, truth, **more):  # noqa: ANN003
    with pytest.raises((Declined, Unreadable)) as why:
        judge(predictions, truth, **more)
    return why.value


@pytest.fixture
def scored(tmp_path):
    chance = np.random.default_rng(0)
    labels = chance.random(60) < 0.5
    scores = np.clip(chance.normal(0.35 + 0.3 * labels, 0.2), 0, 1).round(3)
    predictions = table(
        tmp_path / "p.csv", "case,score", [(f"c{n}", s) for n, s in enumerate(scores)]
    )
    truth = table(
        tmp_path / "t.csv", "case,label", [(f"c{n}", int(label)) for n, label in enumerate(labels)]
    )
    return predictions, truth, labels, scores


HEAD = "case,patient,score,x_mm,y_mm,z_mm,diameter_mm"


@pytest.fixture
def spotted(tmp_path):
    """Three scans of two patients; lesions of 8 and 20 mm; hits at 0.9 and 0.5, three false."""
    truth = table(
        tmp_path / "lesions.csv",
        HEAD.replace("score,", ""),
        [
            ("a", "p", 0, 0, 0, 8),
            ("a", "p", 50, 0, 0, 20),
            ("b", "p", 0, 0, 0, 20),
            ("c", "q", "", "", "", ""),
        ],
    )
    predictions = table(
        tmp_path / "found.csv",
        HEAD,
        [
            ("a", "p", 0.9, 0, 3.9, 0, 6),
            ("a", "p", 0.8, 50, 30, 0, 6),
            ("a", "p", 0.7, 0, 0, 1, 6),
            ("b", "p", 0.5, 9.9, 0, 0, 6),
            ("c", "q", 0.2, 0, 0, 0, 6),
        ],
    )
    return predictions, truth


# -- classification ------------------------------------------------------------------------


def test_scores_of_a_table_give_the_figures_of_scikit_learn(scored):
    predictions, truth, labels, scores = scored
    result = judge(predictions, truth)
    assert result.task == Task.CLASSIFICATION
    for name, want in (
        ("ROC AUC", metrics.roc_auc_score(labels, scores)),
        ("Average precision", metrics.average_precision_score(labels, scores)),
        ("Brier score", metrics.brier_score_loss(labels, scores)),
        ("F1", metrics.f1_score(labels, scores >= 0.5)),
        ("Specificity", metrics.recall_score(~labels, scores < 0.5)),
    ):
        figure = result.figure(name)
        assert figure.value == pytest.approx(want, abs=1e-6)
        assert figure.low <= figure.value <= figure.high


def test_a_delong_interval_is_given_only_if_each_patient_has_one_case(scored, tmp_path):
    predictions, truth, *_ = scored
    assert judge(predictions, truth).figure("ROC AUC (DeLong interval)").low is not None
    pairs = [(f"c{n}", f"p{n // 2}") for n in range(60)]
    result = judge(predictions, truth, groups=table(tmp_path / "g.csv", "case,patient", pairs))
    assert result.patients == 30
    with pytest.raises(KeyError):
        result.figure("ROC AUC (DeLong interval)")


def test_a_better_model_is_told_from_a_worse_one(scored, tmp_path):
    predictions, truth, *_ = scored
    chance = np.random.default_rng(5).random(60)
    other = table(tmp_path / "o.csv", "case,score", [(f"c{n}", s) for n, s in enumerate(chance)])
    first = rows_of(judge(predictions, truth, other=other), "comparison")
    assert first[0]["difference"] > 0.15
    assert first[0]["p"] < 0.05
    assert first[1]["p"] < 0.05
    same = rows_of(judge(predictions, truth, other=predictions), "comparison")
    assert [one["p"] for one in same] == [1.0, 1.0, 1.0]


def test_scores_that_are_no_probabilities_are_not_calibrated(scored, tmp_path):
    _, truth, _, scores = scored
    logits = [(f"c{n}", s * 10 - 3) for n, s in enumerate(scores)]
    result = judge(table(tmp_path / "l.csv", "case,score", logits), truth)
    assert [one.name for one in result.plots] == ["roc", "pr"]
    assert any("no probabilities" in one for one in result.notices)


def test_groups_are_judged_one_by_one(scored, tmp_path):
    predictions, truth, labels, scores = scored
    groups = table(tmp_path / "g.csv", "case,sex", [(f"c{n}", "mf"[n % 2]) for n in range(60)])
    found = rows_of(judge(predictions, truth, groups=groups), "groups")
    assert [(one["value"], one["cases"]) for one in found] == [("f", 30), ("m", 30)]
    want = metrics.roc_auc_score(labels[1::2], scores[1::2])
    assert found[0]["ROC AUC"] == pytest.approx(want, abs=1e-9)


# -- what is refused -------------------------------------------------------------------------


def test_cases_on_one_side_only_are_named(scored, tmp_path):
    truth = scored[1]
    short = table(tmp_path / "s.csv", "case,score", [("c0", 0.5), ("other", 0.5)])
    why = refused(short, truth)
    assert why.code == "missing_cases"
    assert "no predictions of c1, c10, c11" in str(why)
    assert "no truth of other" in str(why)


def test_a_case_twice_or_a_label_that_is_none_is_refused(scored, tmp_path):
    predictions, truth, *_ = scored
    twice = table(tmp_path / "s.csv", "case,score", [("c0", 0.5), ("c0", 0.6)])
    assert refused(twice, truth).code == "duplicate_cases"
    odd = table(tmp_path / "o.csv", "case,label", [("c0", 1), ("c1", 2)])
    why = refused(predictions, odd)
    assert why.code == "no_label"
    assert "o.csv, line 3" in str(why)


@pytest.mark.parametrize("value", ["nan", "inf", "1e300", "much", ""])
def test_a_score_that_is_no_number_is_refused(scored, tmp_path, value):
    odd = table(tmp_path / "s.csv", "case,score", [("c0", value)])
    assert refused(odd, scored[1]).code == "no_number"


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", b"\xff\xfe\x00"), ("a.json", b"[" * 100_000), ("a.json", b"3"), ("a.csv", b"")],
)
def test_a_file_that_is_no_table_is_refused(scored, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert refused(tmp_path / name, scored[1]).code in ("no_table", "empty")


def test_a_patient_in_two_folds_or_on_both_sides_of_a_split_is_refused(scored, tmp_path):
    predictions, truth, *_ = scored
    for column, sides in (("fold", "01"), ("split", ("train", "test"))):
        rows = [(f"c{n}", f"p{n // 2}", sides[n % 2]) for n in range(60)]
        groups = table(tmp_path / f"{column}.csv", f"case,patient,{column}", rows)
        why = refused(predictions, truth, groups=groups)
        assert why.code == "shared_patients"
        assert "p0" in str(why)


def test_only_who_was_held_out_is_judged(scored, tmp_path):
    predictions, truth, *_ = scored
    rows = [(f"c{n}", f"p{n}", "test" if n < 20 else "train") for n in range(60)]
    result = judge(predictions, truth, groups=table(tmp_path / "g.csv", "case,patient,split", rows))
    assert result.cases == 20
    assert any("held out" in one for one in result.notices)


def test_a_case_of_another_patient_on_the_other_side_is_refused(tmp_path):
    ours = table(tmp_path / "p.csv", "case,patient,score", [("a", "x", 0.1), ("b", "y", 0.2)])
    truth = table(tmp_path / "t.csv", "case,patient,label", [("a", "x", 0), ("b", "z", 1)])
    assert refused(ours, truth).code == "other_patient"


# -- detection -----------------------------------------------------------------------------


def test_findings_of_a_table_give_the_figures_by_hand(spotted):
    result = judge(*spotted, threshold=0.5)
    assert (result.cases, result.patients) == (3, 2)
    assert result.figure("Sensitivity").value == pytest.approx(2 / 3)
    assert result.figure("Precision").value == pytest.approx(2 / 4)
    assert result.figure("F1").value == pytest.approx(4 / 7)
    assert result.figure("False positives per scan").value == pytest.approx(2 / 3)
    assert result.figure("CPM").value == pytest.approx((3 * 1 / 3 + 4 * 2 / 3) / 7)
    sizes = {one["diameter"]: (one["number"], one["mean"]) for one in rows_of(result, "sizes")}
    assert sizes == {"6 to 10 mm": (1, 1.0), "20 to 40 mm": (2, 0.5)}


def test_the_rule_decides_what_is_a_hit(spotted):
    at = {
        rule: judge(*spotted, threshold=0.0, rule=rule, limit=limit).figure("Sensitivity").value
        for rule, limit in ((Rule.DISTANCE, 4), (Rule.DISTANCE, 40), (Rule.IOU, 0.2))
    }
    assert at[Rule.DISTANCE] == pytest.approx(1.0)
    assert at[Rule.IOU] == pytest.approx(1 / 3)
    near = judge(*spotted, threshold=0.0, rule=Rule.DISTANCE, limit=4)
    assert near.figure("Sensitivity").value == pytest.approx(1 / 3)


def test_a_further_finding_on_a_found_lesion_counts_as_is_said(spotted):
    for repeats, false in ((Repeats.FALSE, 3), (Repeats.IGNORED, 2)):
        found = rows_of(judge(*spotted, threshold=0.0, repeats=repeats), "cases")
        assert sum(one["false"] for one in found) == false


def test_findings_without_scores_are_one_operating_point(spotted, tmp_path):
    rows = [("a", 0, 0, 0, 5), ("b", "", "", "", ""), ("c", 9, 9, 9, 5)]
    ours = table(tmp_path / "n.csv", "case,x_mm,y_mm,z_mm,diameter_mm", rows)
    result = judge(ours, spotted[1])
    assert any("no scores" in one for one in result.notices)
    assert result.figure("Sensitivity").value == pytest.approx(1 / 3)


def test_lesions_without_extent_are_matched_by_distance_or_not_at_all(spotted, tmp_path):
    rows = [("a", 0, 0, 0), ("b", "", "", ""), ("c", "", "", "")]
    truth = table(tmp_path / "n.csv", "case,x_mm,y_mm,z_mm", rows)
    for rule in (Rule.CENTRE, Rule.IOU):
        assert refused(spotted[0], truth, rule=rule).code == "no_extent"
    assert judge(spotted[0], truth, rule=Rule.DISTANCE).figure("CPM").value > 0


def save(path, labels, affine):
    path.parent.mkdir(parents=True, exist_ok=True)
    nib.save(nib.Nifti1Image(labels.T, affine), path)


def test_a_review_is_judged_by_masks_at_the_threshold_of_its_model(tmp_path):
    """Lesions are pieces of masks; NIfTI's x and y run the other way than ours."""
    labels = np.zeros((20, 30, 40), np.uint8)
    labels[5:9, 10:15, 20:25] = 1
    labels[15:18, 20:24, 5:9] = 1
    save(tmp_path / "truth/k1.nii.gz", labels, np.diag([-1, -1, 2, 1]).astype(float))
    place = (22, 12, 13)
    line = dict.fromkeys(COLUMNS, "") | {"score": 0.7, "x_mm": place[0], "y_mm": place[1]}
    wrong = line | {"score": 0.3, "x_mm": 1.0}
    rows = [list((one | {"z_mm": place[2]}).values()) for one in (line, wrong)]
    table(tmp_path / "out/findings.csv", ",".join(COLUMNS), rows)
    series = {
        "fate": "read", "folder": ".", "inputs": ["k1/1.dcm"], "models": [{"threshold": 0.6}]
    }  # fmt: skip
    account = {"inputs": ["all"], "series": [series]}
    (tmp_path / "out/review.json").write_text(json.dumps(account))
    result = judge(tmp_path / "out", tmp_path / "truth")
    assert result.figure("Threshold").value == 0.6
    assert result.figure("Sensitivity").value == pytest.approx(1 / 2)
    assert result.figure("Precision").value == 1.0
    large = judge(tmp_path / "out", tmp_path / "truth", smallest_mm=6.0)
    assert large.figure("Sensitivity").value == 1.0
    series["folder"] = "../../elsewhere"
    (tmp_path / "out/review.json").write_text(json.dumps(account))
    assert refused(tmp_path / "out", tmp_path / "truth").code == "outside"


# -- segmentation --------------------------------------------------------------------------


@pytest.fixture
def masks(tmp_path):
    """Two cases on grids of 1 x 1 x 3 mm; the second is missed, and has nothing of label 2."""
    affine = np.diag([-1, -1, 3, 1]).astype(float)
    labels = np.zeros((12, 20, 20), np.uint8)
    labels[3:8, 5:10, 5:10] = 1
    save(tmp_path / "truth/a.nii.gz", labels, affine)
    save(tmp_path / "truth/b.nii.gz", labels, affine)
    moved = np.roll(labels, 1, axis=0)
    moved[10:12, 15:18, 15:18] = 2
    save(tmp_path / "found/a.nii.gz", moved, affine)
    save(tmp_path / "found/b.nii.gz", np.zeros_like(labels), affine)
    return tmp_path / "found", tmp_path / "truth"


def test_masks_are_judged_in_mm_and_what_is_missed_counts(masks):
    found = {(one["case"], one["structure"]): one for one in rows_of(judge(*masks), "cases")}
    own = found["a", "label 1"]
    assert own["dice"] == pytest.approx(0.8)
    assert own["hausdorff_mm"] == pytest.approx(3.0)
    assert found["b", "label 1"]["dice"] == 0.0
    assert found["b", "label 1"]["hausdorff95_mm"] is None
    assert found["a", "label 2"]["truth_ml"] == 0.0
    assert found["a", "label 2"]["dice"] == 0.0


def test_a_structure_on_one_side_only_is_told(masks):
    told = judge(*masks).notices
    assert any("label 2 of a is predicted but not in the truth" in one for one in told)
    assert any("label 1 of b is not predicted" in one for one in told)


def test_a_mask_on_other_voxels_is_refused(masks):
    labels = np.zeros((12, 20, 20), np.uint8)
    labels[3, 3, 3] = 1
    save(masks[0] / "a.nii.gz", labels, np.diag([-1, -1, 2, 1]).astype(float))
    why = refused(*masks)
    assert why.code == "other_grid"
    assert str(why).startswith("a:")


def test_a_smaller_grid_is_put_on_the_larger_one(masks):
    labels = np.zeros((6, 20, 20), np.uint8)
    labels[1:6, 5:10, 5:10] = 1
    affine = np.diag([-1, -1, 3, 1]).astype(float)
    affine[2, 3] = 6
    save(masks[1] / "a.nii.gz", labels, affine)
    found = rows_of(judge(*masks), "cases")
    assert found[0]["dice"] == pytest.approx(0.8)


def test_work_that_is_no_longer_wanted_stops(masks):
    class Enough:
        def report(self, done, doing=""):
            if doing == "b":
                raise Cancelled

    with pytest.raises(Cancelled):
        evaluate(Wish(predictions=masks[0], truth=masks[1]), Enough())


# -- all of it -------------------------------------------------------------------------------


def test_the_files_tell_the_task(scored, spotted, masks):
    for pair, task in (
        (scored[:2], Task.CLASSIFICATION),
        (spotted, Task.DETECTION),
        (masks, Task.SEGMENTATION),
        ((spotted[0], masks[1]), Task.DETECTION),
    ):
        assert guessed(Wish(predictions=pair[0], truth=pair[1])) is task


def test_the_page_stands_alone_and_names_are_escaped(spotted, tmp_path):
    lines = [path.read_text().replace("a,p", "<script>,p") for path in spotted]
    for path, text in zip(spotted, lines, strict=True):
        path.write_text(text)
    files = write_evaluation(judge(*spotted), tmp_path / "out")
    page = (tmp_path / "out/evaluation.html").read_text()
    assert {path.name for path in files} >= {"metrics.json", "froc.csv", "froc.svg", "cases.csv"}
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")


def test_an_evaluation_that_is_there_is_not_replaced_unasked(spotted, tmp_path):
    result = judge(*spotted)
    write_evaluation(result, tmp_path / "out")
    with pytest.raises(Declined) as why:
        write_evaluation(result, tmp_path / "out")
    assert why.value.code == "exists"
    write_evaluation(result, tmp_path / "out", force=True)


def test_precision_and_calibration_of_findings_are_those_counted_by_hand(spotted):
    predictions, truth = spotted
    result = judge(predictions, truth)
    hits = np.array([True, False, False, True, False])  # by falling score; one of three is missed
    scores = np.array([0.9, 0.8, 0.7, 0.5, 0.2])
    found = metrics.average_precision_score(hits, scores) * 2 / 3
    for name, want in (
        ("Average precision", found),
        ("Brier score", metrics.brier_score_loss(hits, scores)),
        ("Expected calibration error", (0.1 + 0.8 + 0.7 + 0.5 + 0.2) / 5),
    ):
        figure = result.figure(name)
        assert figure.value == pytest.approx(want, abs=1e-6)
        assert figure.low <= figure.value <= figure.high
    assert [one.name for one in result.plots] == ["froc", "pr", "reliability"]
    (line,) = result.plots[1].lines
    assert line.x == pytest.approx((1 / 3, 1 / 3, 1 / 3, 2 / 3, 2 / 3))
    assert line.y == pytest.approx((1, 1 / 2, 1 / 3, 2 / 4, 2 / 5))
