"""Similar nodules stand in a table: what the model's room says is what the window reads."""

from viewer.ai.similar import SimilarCase, lines
from viewer.core.finding import Reason
from viewer.ui import words
from viewer.ui.panels.similar_table import parted, table_of

CASES = (
    SimilarCase("LIDC-IDRI-0229", 1, 0.3, 15.2, (3, 4, 5, 5), (2.2, 2.0, 4.5)),
    SimilarCase("LIDC-IDRI-0003", 12, 0.334, 14.0, (2, 3), (1.0, 1.0, 5.0)),
)
OTHER = Reason("Surface on the pleura", 0.0, "%", 0.05)


def test_lines_of_similar_nodules_are_told_from_other_lines():
    others, similar = parted((OTHER, *lines(CASES)))
    assert others == [OTHER]
    assert len(similar) == 2


def test_each_nodule_is_one_row_with_its_readers_opinions():
    page = table_of(lines(CASES))
    assert page.count("<tr>") == 3
    for cell in ("0229·1", "15.2", "3 4 5 5", "2.2", "4.5", "0.30", "0003·12", "0.33"):
        assert f"&nbsp;{cell}</td>" in page
    assert "not of this one" in page


def test_without_similar_nodules_there_is_no_table():
    assert table_of([]) == ""


def test_the_table_is_said_in_german(monkeypatch):
    monkeypatch.setattr(words, "spoken", lambda: "de")
    page = table_of(lines(CASES))
    assert "LIDC-IDRI von ähnlicher Form" in page
    assert "Malignität" in page
