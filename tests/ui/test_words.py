"""Nothing that can be said in the reader's language is left in English."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from viewer.imaging.click import engine, hover
from viewer.ui import words
from viewer.ui.figures import caption_in_words
from viewer.ui.words import in_words, languages, pattern_of, speak

ROOT = Path(__file__).resolve().parents[2]
PLACES = re.compile(r"\{[\w:.]*\}")


@pytest.fixture(scope="module")
def translate():
    spec = importlib.util.spec_from_file_location("translate", ROOT / "installer/translate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def german(monkeypatch):
    monkeypatch.setattr(words, "spoken", lambda: "de")


def test_everything_has_german_words(translate):
    lost = [f"{context}: {source}" for context, source in translate.missing("de")]
    assert not lost, "run installer/translate.py and fill in skiagram_de.ts: " + "; ".join(lost)


def test_german_words_have_the_same_places_for_values():
    for _, source, said in words._messages("de"):
        assert set(PLACES.findall(source)) >= set(PLACES.findall(said)), source


def test_the_compiled_words_are_those_of_the_source(qapp):
    from PySide6.QtCore import QTranslator

    translator = QTranslator()
    assert translator.load("skiagram_de", str(words.translations_folder()))
    for context, source, said in words._messages("de"):
        assert translator.translate(context, source) == said


def test_values_inside_a_sentence_are_kept(german):
    said = in_words("a.dcm cannot be read: the disk is slow.")
    assert said == "a.dcm ist nicht lesbar: the disk is slow."
    assert in_words("Slice 12/60") == "Schicht 12/60"


def test_several_sentences_are_said_one_by_one_or_not_at_all(german):
    said = in_words("60 % sure. There is no metal. It is cut off at the top of the images.")
    assert (
        said
        == "Zu 60 % sicher. Es ist kein Metall da. Es wird von den Bildern abgeschnitten (oben)."
    )
    half = "There is no metal. Nobody has ever heard of this."
    assert in_words(half) == half


def test_all_that_rules_of_anatomy_and_clicks_give_as_reasons_has_german_words(translate, german):
    """Reasons are arguments of these methods; `{0}` stands for their values."""
    saying, asked = {"says", "checked", "missing", "nothing"}, []
    for file in sorted((ROOT / "viewer/imaging/anatomy").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and translate._called(node) in saying:
                asked += [text for value in node.args for text in translate._texts(value)]
    asked += [hover.AIR, hover.LUNG, hover.BONE, hover.NOTHING, hover.BODY, hover.UPTAKE]
    asked += [hover.FLAT, hover.KINDS, hover.NO_HU, engine._doubt(0.1, 0), engine._doubt(0.9, 1)]
    sentences = [text for text in asked if " " in text]
    assert len(sentences) > 80
    known = {source for _, source, _ in words._messages("de")}
    assert not [text for text in sentences if text not in known and f"{text}." not in known]


def test_values_under_the_pointer_are_said_part_by_part(german):
    from viewer.ui.status import _value_in_words

    said = _value_in_words("104 (no unit)  Unlike the rest (not a diagnosis) 0.54")
    assert said == "104 (ohne Einheit)  Anders als die übrigen (keine Diagnose) 0.54"
    assert _value_in_words("-12.0 HU") == "-12.0 HU"
    assert _value_in_words("") == ""


def test_what_is_known_inside_a_sentence_is_said_too(german):
    assert in_words("Undone: delete length.") == "Rückgängig: Länge löschen."


def test_what_nobody_knows_stays_as_it_is(german):
    assert in_words("Doe, Jane") == "Doe, Jane"


def test_every_pattern_gives_back_its_values(german):
    for context, source, said in words._messages("de"):
        pattern = pattern_of(source, said) if context == "Sentences" and "{" in source else None
        if pattern is None or "}{" in source:
            continue  # where two values touch nobody can tell where one ends
        filled = re.sub(r"\{(\d+)\}", lambda place: f"<{place[1]}>", source)
        found = pattern.fits.fullmatch(filled)
        assert found is not None, source
        assert found.groups() == tuple(f"<{number}>" for number in pattern.order)


def test_names_of_patients_in_the_corners_are_never_translated(german):
    from viewer.render.scene import Corner
    from viewer.ui.marks import _said

    assert _said(Corner.TOP_LEFT, "Length") == "Length"
    assert _said(Corner.BOTTOM_LEFT, "Slice 1/2") == "Schicht 1/2"


@pytest.mark.window
def test_a_language_that_is_not_there_leaves_english(qapp):
    assert isinstance(qapp, QApplication)
    speak(qapp, "xx")
    assert words.spoken() == ""
    assert "de" in languages()


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("Mean 40.2  SD 3.10 HU", "Mittelwert 40.2  SD 3.10 HU"),
        ("Area 78.5 mm²", "Fläche 78.5 mm²"),
        ("True length 25.0 mm", "Wahre Länge 25.0 mm"),
        ("12.3 mm", "12.3 mm"),
        ("Area 51", "Area 51"),
        ("Mean of the mass", "Mean of the mass"),
    ],
)
def test_captions_are_said_in_german_and_own_words_stay(german, english, said):
    assert caption_in_words(english) == said
