"""The panel of evaluation: chosen by clicks, run apart, read, stopped, exported."""

from __future__ import annotations

import json

import numpy as np
import pytest
from PySide6.QtCore import Qt

from viewer.commands.evaluating import Side
from viewer.imaging.evaluation.wish import Learner
from viewer.settings import Theme
from viewer.ui.names import spoken_name
from viewer.ui.panels.evaluation import EvaluationPanel
from viewer.ui.theme import colour, dress

pytestmark = pytest.mark.window


class Answers:
    """Answers each question with the next place, and keeps what was asked."""

    def __init__(self, places):
        self.places, self.asked = list(places), []

    def choose_files(self, title, start, then):
        self.asked.append(title)
        then([self.places.pop(0)])

    def choose_folder(self, title, start, then):
        self.asked.append(title)
        then(self.places.pop(0))


@pytest.fixture
def tables(tmp_path):
    """Ten cases, the ill ones above the healthy but for one."""
    scores = [0.1, 0.2, 0.3, 0.4, 0.75, 0.6, 0.7, 0.8, 0.9, 0.95]
    predictions, truth = tmp_path / "predictions.csv", tmp_path / "truth.csv"
    predictions.write_text("case,score\n" + "".join(f"c{n},{s}\n" for n, s in enumerate(scores)))
    truth.write_text("case,label\n" + "".join(f"c{n},{int(n > 4)}\n" for n in range(10)))
    return predictions, truth


@pytest.fixture
def panel(qtbot, desk):
    made = EvaluationPanel(desk)
    qtbot.addWidget(made)
    made.resize(520, 760)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.plot.widget.getPlotItem().close()


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def run(qtbot, desk, panel, tables, settle):
    desk.asker = Answers(tables)
    for side in (Side.PREDICTIONS, Side.TRUTH):
        click(qtbot, panel.buttons[side, "file"])
    click(qtbot, panel.start)
    settle()


def shown(panel, row, column):
    return panel.proxy.index(row, column).data()


def test_nothing_can_be_started_before_both_sides_are_chosen(panel, desk, qtbot, tables):
    assert not panel.start.isEnabled()
    assert not panel.export.isEnabled()
    desk.asker = Answers(tables[:1])
    click(qtbot, panel.buttons[Side.PREDICTIONS, "file"])
    assert panel.places[Side.PREDICTIONS].text() == "predictions.csv"
    assert not panel.start.isEnabled()


def test_clicks_and_keys_lead_from_files_to_figures_and_curves(panel, desk, qtbot, tables, settle):
    run(qtbot, desk, panel, tables, settle)
    assert shown(panel, 0, 0) == "ROC AUC"
    assert float(shown(panel, 0, 1)) == pytest.approx(23 / 25, abs=1e-3)
    assert "10 cases of 10 patients" in panel.heading.text()
    assert "each case counts as a patient" in panel.notes.toPlainText()
    titles = [panel.curve.itemText(n) for n in range(panel.curve.count())]
    assert titles == ["ROC", "Precision and recall", "Calibration"]
    panel.tabs.setCurrentIndex(2)
    for number in range(3):
        panel.curve.setCurrentIndex(number)
        lines = panel.plot.widget.getPlotItem().listDataItems()
        assert lines
        assert all(len(line.getData()[0]) for line in lines)
    panel.tabs.setCurrentIndex(1)
    panel.which.setFocus()
    qtbot.keyClick(panel.which, Qt.Key.Key_Down)
    assert panel.table.table.name == "confusion"
    assert [shown(panel, n, 1) for n in range(2)] == ["5", "0"]


def test_what_cannot_be_evaluated_is_said_in_a_sentence(panel, desk, qtbot, tables, settle):
    tables[0].write_text("case,score\nc0,0.5\n")
    said = []
    desk.session.say = lambda text, serious=False: said.append((text, serious))
    run(qtbot, desk, panel, tables, settle)
    assert said[0][0].startswith("There are no predictions of c1, c2")
    assert said[0][1]
    assert panel.start.isEnabled()
    assert not panel.export.isEnabled()


def test_what_runs_can_be_stopped(panel, desk, qtbot, tables, settle):
    desk.asker = Answers(tables)
    for side in (Side.PREDICTIONS, Side.TRUTH):
        click(qtbot, panel.buttons[side, "file"])
    click(qtbot, panel.start)
    assert panel.stop.isEnabled()
    assert not panel.start.isEnabled()
    click(qtbot, panel.stop)
    settle()
    assert panel.evaluating.result.value is None
    assert panel.start.isEnabled()


def test_the_evaluation_is_exported_as_a_page_with_its_figures(
    panel, desk, qtbot, tables, settle, tmp_path
):
    run(qtbot, desk, panel, tables, settle)
    out = tmp_path / "out"
    desk.asker = Answers([out])
    click(qtbot, panel.export)
    settle()
    told = json.loads((out / "metrics.json").read_text())
    assert told["figures"][0]["name"] == "ROC AUC"
    assert (out / "evaluation.html").read_text().count("<svg") == 3
    assert (out / "evaluation.pdf").read_bytes().startswith(b"%PDF-")


def test_a_model_is_learned_from_features_by_keys_and_judged(
    panel, desk, qtbot, tables, settle, tmp_path
):
    chance = np.random.default_rng(3)
    features = tmp_path / "features.csv"
    rows = [f"c{n},p{n // 2},{(n // 2 % 2) + chance.normal(0, 0.3):.3f}" for n in range(40)]
    features.write_text("case,patient,volume\n" + "\n".join(rows))
    tables[1].write_text("case,label\n" + "\n".join(f"c{n},{n // 2 % 2}" for n in range(40)))
    assert not panel.folds.isEnabled()
    panel.learner.setFocus()
    qtbot.keyClick(panel.learner, Qt.Key.Key_Down)
    assert panel.evaluating.asked.value.learner is Learner.LOGISTIC
    assert panel.folds.isEnabled()
    assert not panel.rule.isEnabled()
    panel.folds.setFocus()
    panel.folds.selectAll()
    qtbot.keyClicks(panel.folds, "2")
    run(qtbot, desk, panel, (features, tables[1]), settle)
    assert "40 cases of 20 patients" in panel.heading.text()
    assert float(shown(panel, 0, 1)) > 0.8
    titles = [panel.which.itemText(n) for n in range(panel.which.count())]
    assert "What was learned from, and judged by" in titles


def test_curves_of_several_classes_can_be_told_apart_in_both_themes(
    panel, desk, qtbot, tables, settle, qapp
):
    rows = [f"c{n},{'abcde'[n % 5]}" for n in range(40)]
    tables[1].write_text("case,label\n" + "\n".join(rows))
    scores = np.random.default_rng(1).dirichlet(np.ones(5), 40)
    told = [f"c{n}," + ",".join(f"{one:.4f}" for one in row) for n, row in enumerate(scores)]
    tables[0].write_text("case,a,b,c,d,e\n" + "\n".join(told))
    run(qtbot, desk, panel, tables, settle)
    panel.tabs.setCurrentIndex(2)
    try:
        for theme in (Theme.DARK, Theme.LIGHT):
            dress(qapp, theme)
            pens = [line.opts["pen"] for line in panel.plot.widget.getPlotItem().listDataItems()]
            ways = {(pen.color().name(), pen.style()) for pen in pens}
            assert len(ways) == len(pens) >= 5
            ground = panel.plot.widget.backgroundBrush().color()
            assert ground == colour("panel")
            apart = [abs(pen.color().lightness() - ground.lightness()) for pen in pens]
            assert min(apart) > 40
    finally:
        dress(qapp, Theme.DARK)


def test_what_is_compared_can_be_taken_back(panel, desk, qtbot, tables):
    desk.asker = Answers(tables[:1])
    click(qtbot, panel.buttons[Side.OTHER, "file"])
    assert panel.places[Side.OTHER].text() == "predictions.csv"
    click(qtbot, panel.buttons[Side.OTHER, "clear"])
    assert panel.evaluating.asked.value.other is None


def test_every_control_has_a_name_and_a_tip(panel):
    controls = [panel.task, panel.rule, panel.tolerance, panel.start, panel.stop, panel.export]
    controls += [panel.which, panel.curve, panel.learner, panel.folds, *panel.buttons.values()]
    assert all(spoken_name(one) and one.toolTip() for one in controls)
