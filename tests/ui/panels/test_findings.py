from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSlider, QTableView

from viewer.commands.findings import resize
from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.code import NODULE
from viewer.core.finding import Reason, Status
from viewer.session.finding_list import Listing, Order
from viewer.session.operating import Expected, Operating
from viewer.session.record import Record
from viewer.session.worked_list import choose_model, take_point
from viewer.ui.panels import findings_table
from viewer.ui.panels.findings import FindingsPanel, explained

pytestmark = pytest.mark.window
MARKUP = '<b>bold</b> & "quoted"'


@pytest.fixture
def three(finding):
    """Three proposals, best first: the ball, a smaller and brighter one, a doubtful one."""
    low, high = (tuple(p + d for p in finding.position) for d in (-3, 3))
    small = replace(
        finding, id="2", score=0.7, low=low, high=high, diameter_mm=6.0, volume_mm3=113.1
    )
    return finding, small, replace(finding, id="3", score=0.2, diameter_mm=30.0)


@pytest.fixture
def panel(qtbot, desk, commands, opened, three):
    desk.session.show(opened)
    made = FindingsPanel(desk, commands)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    desk.session.do("Second reader", Record(three))
    return made


def view(panel):
    return panel.findChild(QTableView)


def rows(panel):
    model = view(panel).model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def chosen(panel):
    return [index.row() for index in view(panel).selectionModel().selectedRows()]


def click_row(qtbot, panel, row):
    place = view(panel).visualRect(view(panel).model().index(row, 2)).center()
    qtbot.mouseClick(view(panel).viewport(), Qt.MouseButton.LeftButton, pos=place)


def sort_by(qtbot, panel, column):
    header = view(panel).horizontalHeader()
    middle = header.sectionViewportPosition(column) + header.sectionSize(column) // 2
    place = QPoint(middle, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def says(panel, words):
    return any(words in label.text() for label in panel.findChildren(QLabel))


def test_a_row_tells_number_score_kind_size_status_site_and_source(panel):
    assert rows(panel) == [
        ["1", "0.90", "Nodule", "20.0", "4189", "proposed", "Lung", "Model 1"],
        ["2", "0.70", "Nodule", "6.0", "113", "proposed", "Lung", "Model 1"],
    ]


def test_the_text_above_tells_threshold_and_how_many_are_shown(panel, desk):
    assert says(panel, "Threshold 0.50: 2 of 3 findings shown")
    desk.session.threshold.set(0.15)
    assert says(panel, "Threshold 0.15: 3 of 3 findings shown")


def test_the_slider_follows_the_threshold_and_leads_it(panel, desk):
    slider = panel.findChild(QSlider)
    assert slider.value() == 50
    slider.setValue(95)
    assert desk.session.threshold.value == 0.95
    assert rows(panel) == []
    desk.session.threshold.set(0.1)
    assert slider.value() == 10
    assert len(rows(panel)) == 3


def test_a_threshold_between_two_notches_is_not_rounded_by_the_slider(panel, desk):
    desk.session.threshold.set(0.356)
    assert desk.session.threshold.value == 0.356


def test_a_click_on_a_row_brings_the_views_there(panel, desk, three, qtbot):
    click_row(qtbot, panel, 1)
    assert desk.session.selected.value == "2"
    assert desk.session.place.value.position == three[1].position


def test_what_is_chosen_elsewhere_is_marked_in_the_table(panel, desk):
    desk.session.selected.set("2")
    assert chosen(panel) == [1]
    desk.session.selected.set("2.25.1")
    assert chosen(panel) == [0]
    desk.session.selected.set("")
    assert chosen(panel) == []


def test_sorting_by_a_column_keeps_the_choice_and_its_number(panel, desk, qtbot):
    desk.session.threshold.set(0.0)
    desk.session.selected.set("3")
    sort_by(qtbot, panel, 3)
    sizes = [row[3] for row in rows(panel)]
    assert sizes in (["6.0", "20.0", "30.0"], ["30.0", "20.0", "6.0"])
    assert [rows(panel)[row][0] for row in chosen(panel)] == ["3"]
    assert desk.session.selected.value == "3"


def test_sizes_are_sorted_as_numbers(panel, desk, qtbot):
    desk.session.threshold.set(0.0)
    sort_by(qtbot, panel, 3)
    sort_by(qtbot, panel, 3)
    sizes = [float(row[3]) for row in rows(panel)]
    assert sizes in (sorted(sizes), sorted(sizes, reverse=True))


def test_a_click_in_a_sorted_table_chooses_the_row_under_the_mouse(panel, desk, qtbot):
    desk.session.threshold.set(0.0)
    sort_by(qtbot, panel, 3)
    number = rows(panel)[2][0]
    click_row(qtbot, panel, 2)
    assert desk.session.selected.value == {"1": "2.25.1", "2": "2", "3": "3"}[number]


def test_the_choice_stays_while_the_threshold_moves(panel, desk):
    desk.session.selected.set("2")
    desk.session.threshold.set(0.0)
    assert chosen(panel) == [1]
    desk.session.threshold.set(0.6)
    assert chosen(panel) == [1]


def test_a_chosen_one_that_is_hidden_is_marked_nowhere(panel, desk):
    desk.session.selected.set("2")
    desk.session.threshold.set(0.8)
    assert chosen(panel) == []
    assert len(rows(panel)) == 1


@pytest.mark.parametrize(
    ("button", "status"),
    [("findings.accept", Status.ACCEPTED), ("findings.reject", Status.REJECTED)],
)
def test_a_button_judges_the_chosen_one(panel, desk, qtbot, button, status):
    desk.session.selected.set("2")
    qtbot.mouseClick(panel.findChild(QPushButton, button), Qt.MouseButton.LeftButton)
    assert desk.session.record.value.finding("2").status is status
    assert rows(panel)[1][5] == status.value
    assert chosen(panel) == [1]


def test_a_button_that_may_not_be_pressed_does_nothing(panel, desk, qtbot):
    before = desk.session.record.value
    qtbot.mouseClick(panel.findChild(QPushButton, "findings.accept"), Qt.MouseButton.LeftButton)
    assert desk.session.record.value is before


def test_next_and_previous_go_through_the_rows(panel, desk, qtbot):
    for button, row in (("next", 0), ("next", 1), ("previous", 0)):
        wanted = panel.findChild(QPushButton, f"findings.{button}")
        qtbot.mouseClick(wanted, Qt.MouseButton.LeftButton)
        assert chosen(panel) == [row]


def test_what_was_judged_says_by_whom(panel, desk, qtbot):
    desk.session.selected.set("2")
    qtbot.mouseClick(panel.findChild(QPushButton, "findings.accept"), Qt.MouseButton.LeftButton)
    assert says(panel, f"accepted by {desk.session.reader.name}")
    desk.session.undo()
    assert not says(panel, "accepted by")
    assert rows(panel)[1][5] == "proposed"


def test_the_page_of_a_finding_gives_place_author_and_reasons(finding):
    told = explained(
        replace(finding, explanation=(Reason("mean", -12.5, "HU", 0.31), Reason("edge", 2.0, "1")))
    )
    assert "20.0 mm, 4189 mm³" in told
    assert "R 20.0 · P 10.0 · H 30.0 mm" in told
    assert "Proposed by Model 1" in told
    assert "mean: -12.5 HU (+0.31)" in told
    assert "edge: 2<br>" in f"{told}<br>"


def test_words_of_others_are_shown_as_they_are_and_not_as_markup(panel, desk, three):
    marked = replace(three[0], note=MARKUP, author=Author(MARKUP, is_model=True, version="1"))
    desk.session.record.set(desk.session.record.value.with_finding(marked))
    desk.session.selected.set(marked.id)
    assert rows(panel)[0][2] == MARKUP
    assert "<b>bold" not in explained(marked).removeprefix("<b>")


def test_an_empty_record_empties_the_panel(panel, desk):
    desk.session.selected.set("2")
    desk.session.record.set(Record())
    assert rows(panel) == []
    assert says(panel, "0 of 0 findings shown")


def test_the_card_of_the_model_tells_what_the_threshold_means(panel, desk):
    rows = (Expected(0.3, 0.8, 0.83), Expected(0.5, 0.789, 0.5))
    desk.session.operating.set(Operating("synthetic: 123 nodules in 6 scans", rows))
    desk.session.threshold.set(0.5)
    assert says(panel, "From 0.50: sensitivity 0.79 at 0.50 false marks per scan, synthetic cases")
    assert says(panel, "(123 nodules in 6 scans)")


def test_between_two_measured_thresholds_no_more_is_promised_than_holds(panel, desk):
    rows = (Expected(0.3, 0.8, 0.831), Expected(0.5, 0.789, 0.5))
    desk.session.operating.set(Operating("synthetic: 123 nodules in 6 scans", rows))
    desk.session.threshold.set(0.36)
    assert says(panel, "Between 0.30 and 0.50: sensitivity at least 0.78, at most 0.84 false marks")
    rows = (Expected(0.3, 0.8, 1.1), Expected(0.5, 0.7, 0.5))
    desk.session.operating.set(Operating("synthetic: 123 nodules in 6 scans", rows))
    assert says(panel, "sensitivity at least 0.70, at most 1.10 false marks per scan, synthetic")


@pytest.mark.parametrize("threshold", [0.2, 0.6])
def test_beyond_the_measured_thresholds_nothing_is_promised(panel, desk, threshold):
    rows = (Expected(0.3, 0.8, 0.83), Expected(0.5, 0.789, 0.5))
    desk.session.operating.set(Operating("synthetic: 123 nodules in 6 scans", rows))
    desk.session.threshold.set(threshold)
    assert not says(panel, "sensitivity")
    assert says(panel, "Measured from 0.30 to 0.50 only: nothing is known here")


def test_nothing_is_promised_without_a_model_that_was_measured(panel):
    assert not says(panel, "sensitivity")


def test_only_buttons_that_would_do_something_can_be_pressed(qtbot, panel):
    buttons = {button.objectName(): button for button in panel.findChildren(QPushButton)}
    assert buttons["findings.next"].isEnabled()
    assert not buttons["findings.accept"].isEnabled()
    click_row(qtbot, panel, 0)
    assert buttons["findings.accept"].isEnabled()


def test_of_a_thousand_rows_only_those_on_screen_are_put_in_words(panel, desk, three, monkeypatch):
    many = tuple(replace(three[0], id=f"2.25.{n}", score=0.5 + n / 2500) for n in range(1000))
    desk.session.record.set(Record(many))
    asked = []
    told = findings_table._text
    monkeypatch.setattr(findings_table, "_text", lambda *of: asked.append(of) or told(*of))
    desk.session.threshold.set(0.55)
    view(panel).viewport().repaint()
    assert len(rows_shown(panel)) < 1000
    assert 0 < len(asked) < 1000


def rows_shown(panel):
    return panel.findChild(QTableView).model().rows


def test_each_model_keeps_its_own_threshold(panel, desk, three):
    second = Author("Model", is_model=True, version="2")
    other = replace(three[0], id="9", author=second, score=0.4)
    desk.session.record.set(Record((*three, other)))
    take_point(desk.session, "Model 1", 0.8, Operating())
    take_point(desk.session, "Model 2", 0.3, Operating())
    assert [one.id for one in desk.session.visible_findings()] == ["2.25.1", "9"]
    desk.session.threshold.set(0.5)
    assert [one.id for one in desk.session.visible_findings()] == ["2.25.1"]
    choose_model(desk.session, "Model 1")
    assert desk.session.threshold.value == 0.8
    desk.session.threshold.set(0.1)
    assert [one.id for one in desk.session.visible_findings()] == ["2.25.1", "2", "3"]


def test_filters_and_order_are_those_of_the_keys_too(panel, desk, three, qtbot):
    desk.session.threshold.set(0.0)
    desk.session.listing.set(Listing(Order.SIZE, falling=True))
    assert [row[0] for row in rows(panel)] == ["3", "1", "2"]
    desk.session.selected.set("3")
    qtbot.mouseClick(panel.findChild(QPushButton, "findings.next"), Qt.MouseButton.LeftButton)
    assert desk.session.selected.value == "2.25.1"
    desk.session.listing.set(Listing(status=Status.ACCEPTED))
    assert rows(panel) == []


def test_what_a_model_had_given_is_shown_on_demand(panel, desk, three):
    wider = replace(three[0], high=tuple(part + 5 for part in three[0].high), diameter_mm=25.0)
    resize(desk, wider)
    assert desk.session.visible_findings()[0].diameter_mm == 25.0
    desk.session.selected.set(three[0].id)
    assert says(panel, "As the model had it: 20.0 mm")
    desk.session.listing.update(as_model=True)
    assert desk.session.visible_findings()[0].diameter_mm == 20.0
    assert desk.session.record.value.finding(three[0].id).diameter_mm == 25.0


def test_no_gap_is_left_where_a_column_is_hidden(panel):
    header = view(panel).horizontalHeader()
    shown = [n for n in range(header.count()) if not header.isSectionHidden(n)]
    ends = [header.sectionPosition(n) + header.sectionSize(n) for n in shown]
    assert [header.sectionPosition(n) for n in shown[1:]] == ends[:-1]


def test_a_statement_below_its_threshold_is_not_listed_as_a_finding(panel, desk, opened):
    said = Assessment("9", NODULE, opened.key, Author("M", True, "1"), "Unlike one.", 0.1, 0.6)
    desk.session.do("Second reader", Record(assessments=(said,)))
    assert rows(panel)[0][2] == "Nodule (below threshold)"
    assert says(panel, "Statements about whole images: 1")
    assert not panel.findChild(QSlider).isEnabled()
    assert view(panel).isColumnHidden(3)
