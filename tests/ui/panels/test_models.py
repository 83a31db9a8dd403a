import json
import zipfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.ai.onnx_phantom import model_files, written
from viewer.ai.card import CARD
from viewer.settings import data_folder
from viewer.ui import words
from viewer.ui.panels.models import ModelsPanel

pytestmark = pytest.mark.window
FIGURES = "95 % intervals"


@pytest.fixture
def said(desk):
    sentences = []
    desk.session.message.changed.connect(lambda new, _: sentences.append(new.sentence))
    return sentences


@pytest.fixture
def panel(qtbot, desk, commands, settle):
    made = ModelsPanel(desk, commands)
    qtbot.addWidget(made)
    made.resize(420, 700)
    with qtbot.waitExposed(made):
        made.show()
    settle()
    return made


def names(panel):
    return [
        panel.list.topLevelItem(row).data(0, Qt.ItemDataRole.UserRole)
        for row in range(panel.list.topLevelItemCount())
    ]


def click(qtbot, panel, name):
    row = panel.list.topLevelItem(names(panel).index(name))
    panel.list.scrollToItem(row)
    place = panel.list.visualItemRect(row).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def press(qtbot, panel, id_):
    button = panel.findChild(QPushButton, id_)
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


class Answers:
    def __init__(self, path=None):
        self.path, self.asked = path, []

    def choose_folder(self, title, start, then):
        then(self.path)

    def choose_files(self, title, start, then):
        then([self.path])

    def ask_yes(self, title, question, then):
        self.asked.append(question)
        then()


def state(panel, name):
    return panel.list.topLevelItem(names(panel).index(name)).text(2)


def test_the_models_of_the_program_are_listed_with_their_cards(panel, qtbot):
    assert {"lung_nodules", "one_click"} <= set(names(panel))
    click(qtbot, panel, "lung_nodules")
    card = panel.card.text()
    for word in ("Not for", "screening decisions", FIGURES, "n = 6", "0.708 to 0.851", "Apache"):
        assert word in card
    assert "experimental" in card
    click(qtbot, panel, "one_click")
    assert "n = 23" in panel.card.text()
    assert "experimental" not in panel.card.text()


def test_what_a_model_accepts_and_the_counts_of_its_figures_are_said_in_german(
    panel, qtbot, monkeypatch
):
    monkeypatch.setattr(words, "spoken", lambda: "de")
    click(qtbot, panel, "ms_change")
    card = panel.card.text()
    assert "Schichten bis 5.5 mm Abstand; Pixel bis 1.6 mm; mindestens 16 Schichten" in card
    assert "13 Läsionen)" in card


def test_a_card_leads_with_few_figures_and_shows_all_on_a_click(panel, qtbot):
    click(qtbot, panel, "unlike_head_ct")
    short = panel.card.text()
    panel.card.linkActivated.emit("figures")
    whole = panel.card.text()
    assert short.count("<li>") < whole.count("<li>")
    assert "Mahalanobis distance of patches" in whole
    panel.card.linkActivated.emit("figures")
    assert panel.card.text() == short


def test_a_model_of_the_program_cannot_be_removed(panel, qtbot):
    click(qtbot, panel, "one_click")
    assert not panel.findChild(QPushButton, "models.remove").isEnabled()


@pytest.mark.parametrize("name", ["one_click", "unlike_head_ct", "totalsegmentator"])
def test_improving_is_off_with_the_reason_where_a_model_gives_no_scores(panel, qtbot, name):
    click(qtbot, panel, name)
    for id_ in ("models.improve", "models.go_back"):
        button = panel.findChild(QPushButton, id_)
        assert not button.isEnabled()
        assert "no findings with scores" in button.toolTip()


def test_going_back_is_on_once_something_was_learned(panel, qtbot, desk):
    click(qtbot, panel, "lung_nodules")
    improve, back = (panel.findChild(QPushButton, f"models.{n}") for n in ("improve", "go_back"))
    assert improve.isEnabled()
    assert not back.isEnabled()
    assert "nothing to go back to" in back.toolTip()
    model = desk.models.value.current
    desk.learned.set((f'{{"weights_sha256": "{model.weights_sha256}"}}',))
    assert back.isEnabled()
    assert "nothing to go back to" not in back.toolTip()


def test_the_card_tells_what_a_model_learned_here(panel, qtbot, desk):
    click(qtbot, panel, "lung_nodules")
    assert "Improved here" not in panel.card.text()
    told = {"verdicts": 40, "patients": 20, "tuned_sha256": "ab" * 32}
    weights = desk.models.value.current.weights_sha256
    desk.learned.set((json.dumps({**told, "weights_sha256": weights}), "damaged"))
    assert "40 verdicts of 20 patients" in panel.card.text()
    assert "weights abababababab" in panel.card.text()
    desk.learned.set((json.dumps({**told, "weights_sha256": "cd" * 32}),))
    assert "Improved here" not in panel.card.text()


def test_the_test_runs_apart_and_its_outcome_is_shown(panel, qtbot, settle):
    click(qtbot, panel, "one_click")
    press(qtbot, panel, "models.test")
    assert state(panel, "one_click") == "being tested"
    assert not panel.findChild(QPushButton, "models.test").isEnabled()
    settle()
    assert state(panel, "one_click") == "test passed"
    assert "comes out right" in panel.card.text()


@pytest.mark.parametrize("packed", [False, True])
def test_a_model_is_added_and_removed_with_the_mouse(panel, qtbot, desk, settle, tmp_path, packed):
    source = written(tmp_path / "it", model_files())
    if packed:
        with zipfile.ZipFile(tmp_path / "it.zip", "w") as archive:
            for path in source.iterdir():
                archive.write(path, path.name)
        source = tmp_path / "it.zip"
    desk.asker = Answers(source)
    press(qtbot, panel, "models.add_zip" if packed else "models.add_folder")
    settle(lambda: "plus_one" in names(panel))
    assert panel.list.currentItem().data(0, Qt.ItemDataRole.UserRole) == "plus_one"
    assert "non-commercial use only" in panel.card.text()
    assert "nothing is known" in panel.card.text()
    press(qtbot, panel, "models.remove")
    assert "plus_one" in desk.asker.asked[0]
    settle(lambda: "plus_one" not in names(panel))
    assert list((data_folder() / "models").iterdir()) == []


def test_what_is_refused_is_told_and_nothing_is_added(panel, qtbot, desk, settle, said, tmp_path):
    source = written(tmp_path / "it", {**model_files(), "weights.pt": b""})
    desk.asker = Answers(source)
    press(qtbot, panel, "models.add_folder")
    settle()
    assert "pickle" in said[-1]
    assert "it" not in names(panel)


def test_a_damaged_model_is_listed_with_the_reason(qtbot, desk, commands, settle):
    written(data_folder() / "models" / "broken", {CARD: b"{"})
    made = ModelsPanel(desk, commands)
    qtbot.addWidget(made)
    made.show()
    settle(lambda: "broken" in names(made))
    click(qtbot, made, "broken")
    assert state(made, "broken") == "damaged"
    assert "the model card is damaged" in made.card.text()
