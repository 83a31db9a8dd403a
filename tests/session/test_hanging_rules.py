"""Which protocol a study is hung by, and what hangs where."""

from dataclasses import replace

import pytest

from tests.session.hangings import (
    JANE,
    SAGITTAL,
    mammogram,
    projection,
    study,
    volume,
)
from viewer.core.author import Author
from viewer.core.study import Catalogue, Patient, SeriesKind, Study
from viewer.session.arrange import places_of
from viewer.session.fusion_look import Fusion
from viewer.session.hanging_example import by_example
from viewer.session.hanging_files import understood, written
from viewer.session.hanging_rules import Protocol, Slot, ask, best, fit, priors_of
from viewer.session.hanging_shipped import CT, MAMMOGRAPHY, MR, PET_CT, RADIOGRAPH, SHIPPED
from viewer.session.hanging_traits import Candidate, Condition, Trait, candidates_of
from viewer.session.look import Hanging, Layout, Look, Viewing
from viewer.session.session import Session


def keys(found):
    return [one.series.key if one else "" for one in found.hung]


def chosen(of, *priors: Study):
    return next(iter(best(SHIPPED, of, priors)), None)


def test_a_ct_is_hung_in_three_planes_and_3d():
    found = chosen(study(volume("scout", "CT", count=1), volume("ct", "CT", count=9)))
    assert found.protocol == CT
    assert keys(found) == ["ct"] * 4
    assert found.protocol.looks_as_before


def test_sequences_of_mr_hang_side_by_side():
    found = chosen(
        study(
            volume("loc", "MR", "localizer"),
            volume("dwi", "MR", "ep2d_DIFF_trace"),
            volume("flair", "MR", "T2 FLAIR ax"),
            volume("t2", "MR", "AX T2 TSE"),
            volume("t1", "MR", "ax_t1w_se"),
        )
    )
    assert found.protocol == MR
    assert keys(found) == ["t1", "t2", "flair", "dwi"]
    assert found.left_out == "Not hung: localizer."


def test_a_single_mr_sequence_is_hung_as_before():
    assert chosen(study(volume("t1", "MR", "T1"))) is None


def test_a_radiograph_hangs_beside_the_one_before():
    now, before = study(projection("a")), study(projection("b"), uid="before", date="20240102")
    assert keys(chosen(now, before)) == ["a", "b"]
    assert chosen(now) is None


def test_mammograms_find_their_places_in_one_series_or_in_four():
    views = [("L", "MLO"), ("R", "CC"), ("R", "MLO"), ("L", "CC")]
    together = study(projection("all", "MG", *(mammogram(*view) for view in views)))
    found = chosen(together)
    assert found.protocol == MAMMOGRAPHY
    assert [one.frame for one in found.hung] == [1, 3, 2, 0]
    apart = study(*(projection("".join(view), "MG", mammogram(*view)) for view in views))
    assert keys(chosen(apart)) == ["RCC", "LCC", "RMLO", "LMLO"]


def test_pet_hangs_beside_the_ct_of_its_own_space():
    of = study(
        volume("diagnostic", "CT", count=99, space="1.1"),
        volume("low dose", "CT", count=9, space="1.2"),
        volume("pet", "PT", count=9, space="1.2"),
    )
    found = chosen(of)
    assert found.protocol == PET_CT
    assert keys(found) == ["low dose", "pet", "low dose"]
    places = places_of(found, found.protocol.layout)
    assert [place.look.fusion for place in places] == [None, None, Fusion("pet")]


def test_pet_of_another_space_is_not_hung_beside():
    of = study(volume("ct", "CT", space="1.1"), volume("pet", "PT", space="1.2"))
    assert chosen(of).protocol == CT


def test_the_readers_own_protocol_comes_before_a_shipped_one():
    own = Protocol("own", "Mine", (Slot((ask(Trait.MODALITY, "CT"),)), Slot()), layout=Layout.TWO)
    of = study(volume("ct", "CT"))
    assert next(one.protocol.id for one in best((*SHIPPED, own), of)) == "own"
    assert best((replace(own, enabled=False),), of) == ()


def test_of_equal_ones_the_higher_in_the_list_is_taken():
    one = Protocol("one", "One", (Slot((ask(Trait.MODALITY, "CT"),)),), layout=Layout.ONE)
    other = replace(one, id="other")
    of = study(volume("ct", "CT"))
    assert [found.protocol.id for found in best((other, one), of)] == ["other", "one"]


def test_hints_decide_between_series_that_fit():
    slot = Slot((ask(Trait.MODALITY, "CT"), ask(Trait.WORDS, "lung", asked=False)))
    protocol = Protocol("p", "P", (slot,), layout=Layout.ONE)
    of = study(volume("soft", "CT", "B30f", count=50), volume("lung", "CT", "Lung B70f", count=5))
    assert keys(fit(protocol, of)) == ["lung"]


@pytest.mark.parametrize(
    ("trait", "word", "fits"),
    [
        (Trait.MODALITY, "mr, ct", True),
        (Trait.MODALITY, "PT", False),
        (Trait.BODY_PART, "chest", True),
        (Trait.WORDS, "t1", True),
        (Trait.WORDS, "1w", False),
        (Trait.WITHOUT, "flair", True),
        (Trait.KIND, "volume", True),
        (Trait.ORIENTATION, "sagittal", True),
        (Trait.CONTRAST, "no", True),
        (Trait.SIDE, "R", False),
    ],
)
def test_what_is_asked_is_compared_word_by_word(trait, word, fits):
    of = study(volume("a", "MR", "sag_T1w", plane=SAGITTAL), description="Chest MR")
    assert candidates_of(of)[0].fits(Condition(trait, word)) is fits


def test_what_is_asked_is_said_in_sentences():
    assert ask(Trait.MODALITY, "CR, DX").sentence == "The modality is CR or DX."
    assert all(Condition(trait, "x").sentence.endswith(".") for trait in Trait)


@pytest.mark.parametrize("word", ["", "   ", ",,", "a" * 200, "line\nbreak"])
def test_a_condition_asks_for_a_word(word):
    with pytest.raises(ValueError, match="asks for a word"):
        Condition(Trait.WORDS, word)


def test_the_same_id_of_another_issuer_is_another_patient():
    now = study(projection("a"))
    before = study(projection("b"), uid="b", date="20200101")
    other = replace(before, uid="c", patient=replace(JANE, issuer="There"))
    later = replace(before, uid="d", date="20270101")
    nameless = replace(before, uid="e", patient=Patient("", "", "Doe^Jane"))
    assert priors_of(now, (now, other, later, nameless, before)) == (before,)
    assert priors_of(replace(now, patient=nameless.patient), (nameless,)) == ()


# -- by example -----------------------------------------------------------------------


def session_with(of, *looks: Look, layout=Layout.FOUR):
    session = Session(Author("Reader"))
    session.catalogue.set(Catalogue(of if isinstance(of, tuple) else (of,)))
    session.hanging.set(Hanging().filled(looks, layout))
    return session


def test_an_example_hangs_the_like_of_it_in_the_same_way():
    series = (
        volume("t1", "MR", "T1 se ax"), volume("t2", "MR", "T2 tse ax"),
        volume("sag", "MR", "T2 tse sag", plane=SAGITTAL),
    )  # fmt: skip
    looks = (Look("sag"), Look("t1", Viewing.CORONAL), Look("t2"))
    protocol = by_example(session_with(study(*series), *looks), "Spine")
    turned = study(*reversed([replace(one, key=f"new {one.key}") for one in series]), uid="new")
    found = fit(protocol, turned)
    assert keys(found) == ["new sag", "new t1", "new t2", ""]
    assert [slot.viewing for slot in protocol.slots][:2] == [Viewing.AXIAL, Viewing.CORONAL]


def test_an_example_is_not_for_studies_of_another_modality():
    protocol = by_example(session_with(study(volume("ct", "CT")), Look("ct")), "CT")
    assert fit(protocol, study(volume("mr", "MR"))) is None


def test_an_example_with_the_study_before_asks_for_the_study_before():
    now, before = study(projection("a")), study(projection("b"), uid="old", date="20200101")
    session = session_with((now, before), Look("a"), Look("b"), layout=Layout.TWO)
    protocol = by_example(session, "Pair")
    assert [slot.earlier for slot in protocol.slots] == [False, True]
    assert keys(fit(protocol, now, (before,))) == ["a", "b"]
    assert keys(fit(protocol, now)) == ["a", ""]


def test_an_example_of_pet_and_ct_pairs_them_by_their_space():
    of = study(volume("ct", "CT"), volume("pet", "PT"))
    protocol = by_example(session_with(of, Look("ct"), Look("pet"), layout=Layout.TWO), "PET")
    assert [slot.with_slot for slot in protocol.slots] == [None, 0]


def test_an_example_of_a_fused_view_lays_the_same_over_it():
    of = study(volume("ct", "CT"), volume("pet", "PT"))
    fused = Look("ct", fusion=Fusion("pet"))
    session = session_with(of, Look("pet"), fused, layout=Layout.TWO)
    protocol = understood(written(by_example(session, "Fused")))
    assert [slot.under_slot for slot in protocol.slots] == [None, 0]
    places = places_of(fit(protocol, of), Layout.TWO)
    assert [place.look.fusion for place in places] == [None, Fusion("pet")]


def test_views_without_an_image_stay_empty():
    protocol = by_example(session_with(study(volume("ct", "CT")), Look("ct")), "CT")
    assert [bool(slot.conditions) for slot in protocol.slots] == [True, False, False, False]
    assert by_example(Session(Author("Reader")), "Nothing") is None


def test_words_of_a_hostile_description_make_no_protocol_fail():
    series = volume("a", "CT", "a,b\x1b[0m " + "long" * 200, body_part="\x00,")
    other = volume("b", "CT", "other")
    session = session_with(study(series, other), Look("a"))
    protocol = by_example(session, "Odd")
    assert keys(fit(protocol, study(series, other)))[0] == "a"


def test_objects_are_never_hung():
    of = study(replace(volume("sr", "CT"), kind=SeriesKind.OBJECT))
    assert candidates_of(of) == ()
    assert chosen(of) is None


def test_every_shipped_protocol_says_why_in_a_sentence():
    now, before = study(projection("a", "CR")), study(projection("b"), uid="b", date="20200101")
    found = fit(RADIOGRAPH, now, (before,))
    assert found.why == "the modality is CR or DX; 2 of 2 views are filled."
    assert isinstance(found.hung[0], Candidate)
