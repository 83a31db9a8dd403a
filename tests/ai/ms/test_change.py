"""Change of lesions on a head whose lesions are known, from images to findings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.ai.ms.flair_phantom import (
    BALLS,
    GONE,
    GROWN,
    NEW,
    SHRUNK,
    grid,
    head,
    stored_as,
    turned,
    volume,
)
from viewer.ai.card import load_folder
from viewer.ai.ms import pair as pairs
from viewer.ai.ms import reader
from viewer.ai.ms.card import THRESHOLD
from viewer.ai.ms.change import Change, Kind
from viewer.ai.ms.features import seen_of
from viewer.ai.ms.figures import held_of
from viewer.ai.ms.flair import admit_contrast, depth_correlation
from viewer.ai.ms.lesions import lesions_of
from viewer.ai.ms.pair import Head, half_way, together, upright_of
from viewer.ai.ms.saying import what_it_is_worth
from viewer.ai.ms.smallest import LEAST_MM3, is_lesion
from viewer.ai.ms.words import CHANGED, KINDS, LABELS
from viewer.ai.readers import Inputs
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.technique import Technique
from viewer.imaging.rigid import Motion, half_of

ENDS = ("lower", "upper")
MOVED = turned(3.0, (3.0, -4.0, 2.0))
EXPECTED = ((NEW, Kind.NEW), (GROWN, Kind.GROWN), (SHRUNK, Kind.SHRUNK), (GONE, Kind.VANISHED))


@pytest.fixture(scope="module")
def known_brain():
    """The brain of the phantom is known, so that only one test has to look for it."""

    def head_of(image, _progress):
        upright = upright_of(image)
        _, brain = head("after")
        inside = upright_of(replace(brain_volume(brain), geometry=brain_grid(image)))
        return Head(upright.values, upright.turn, inside.values > 0, 0.9)

    def brain_volume(brain):
        return replace(volume("after"), voxels=brain.astype(np.float32))

    def brain_grid(_image):
        return grid()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "head_of", head_of)
        yield


def inputs(front, other, dates=("20200301", "20190301"), names=("FLAIR", "FLAIR")):
    return Inputs(front, (other,), dates=dates, names=names)


@pytest.fixture(scope="module")
def compared(known_brain):
    front, other = volume("after", frame="1.2"), volume("before", MOVED, frame="1.3")
    beside = replace(front, series_key="beside")
    dates = ("20200301", "20200301", "20190301")
    given = Inputs(front, (beside, other), dates=dates, names=("FLAIR",) * 3)
    return reader.read_inputs(given, Silent())


def nearest(reading, ball):
    return min(
        reading.shown, key=lambda one: np.linalg.norm(np.subtract(one.position, ball.centre))
    )


@pytest.mark.parametrize(("ball", "kind"), EXPECTED)
def test_each_planted_change_is_found_on_its_side_with_its_volumes(compared, ball, kind):
    found = nearest(compared, ball)
    assert np.linalg.norm(np.subtract(found.position, ball.centre)) < 5
    told = {reason.name: reason.value for reason in found.explanation if reason.unit == "mm3"}
    truth = ball.volume(ball.after) - ball.volume(ball.before)
    low, high = (told[f"Change of the volume, {end} end of its 95 % interval"] for end in ENDS)
    assert low <= truth <= high
    assert 0.5 < told["Change of the volume"] / truth < 2.2
    assert told["Volume before"] >= 0
    assert told["Volume after"] >= 0
    gone_or_new = {Kind.NEW, Kind.GROWN} if kind in (Kind.NEW, Kind.GROWN) else {
        Kind.SHRUNK, Kind.VANISHED,
    }  # fmt: skip
    assert found.kind in {KINDS[one] for one in gone_or_new}
    if ball in (NEW, GONE):
        assert found.kind == KINDS[kind]


def test_the_label_map_of_change_lies_on_the_stored_grid(compared):
    drawn = compared.segmentations[0]
    assert drawn.geometry == grid("1.2")
    place = drawn.geometry.nearest(NEW.centre)
    assert drawn.labels[place] == LABELS[Kind.NEW]
    assert drawn.labels[drawn.geometry.nearest(GONE.centre)] == LABELS[Kind.VANISHED]
    mirrored = tuple(np.multiply(NEW.centre, (-1, 1, 1)))
    assert drawn.labels[drawn.geometry.nearest(mirrored)] != LABELS[Kind.NEW]


def test_the_map_is_bright_where_it_became_brighter_and_grey_outside(compared):
    shown = compared.maps[0]
    values = shown.values()
    assert values[shown.geometry.nearest(NEW.centre)] > 4
    assert values[shown.geometry.nearest(GONE.centre)] < -4
    assert abs(values[0, 0, 0]) < 0.1


def test_two_notices_tell_order_alignment_and_that_it_is_a_trial(compared):
    told = {notice.code: notice.sentence for notice in compared.notices}
    assert list(told) == ["compared", "experimental"]
    assert "2019-03-01 (before) and 2020-03-01 (after)" in told["compared"]
    assert "look at both dates yourself" in told["experimental"]
    turn = float(told["compared"].split(" degrees")[0].rsplit(" ", 1)[1])
    assert turn == pytest.approx(3.0, abs=1.0)


def test_all_doubts_are_told_in_the_notice_of_what_it_is_worth():
    doubts = ("The outline of the brain is unsure (60 %): look at its edges.",)
    noise, sure = change_of(least_mm3=-1.0), change_of(least_mm3=1.0)
    told = what_it_is_worth((noise, sure), doubts)
    assert "1 of 2 marks may be no change, by their intervals. The outline of" in told.sentence
    assert "may be" not in what_it_is_worth((sure,), ()).sentence


def test_the_volume_of_a_change_is_that_of_its_mask_in_list_sentence_and_segment(compared):
    drawn = compared.segmentations[0]
    voxel = drawn.geometry.voxel_volume_mm3
    total = 0.0
    for one in compared.shown:
        told = {reason.name: reason.value for reason in one.explanation if reason.unit == "mm3"}
        assert one.volume_mm3 == one.mask.volume_mm3
        assert abs(told["Change of the volume"]) == pytest.approx(one.volume_mm3, abs=0.1)
        difference = told["Volume after"] - told["Volume before"]
        assert difference == pytest.approx(told["Change of the volume"], abs=0.15)
        assert f"a change of {round(told['Change of the volume']):+d} mm3" in one.note
        total += one.volume_mm3
    assert np.count_nonzero(drawn.labels) * voxel == pytest.approx(total)


def test_both_series_that_were_compared_are_inputs_and_no_third(compared):
    assert compared.used == ("after", "before")


def change_of(**what: object) -> Change:
    known = {
        "kind": Kind.NEW, "score": 0.9, "box": (slice(0, 1),) * 3,
        "changed": np.ones((1, 1, 1), bool), "changed_mm3": 50.0, "steady_mm3": 0.0,
        "least_mm3": 40.0, "most_mm3": 70.0, "height": 5.0,
    }  # fmt: skip
    return Change(**{**known, **what})


def test_a_lesion_that_was_there_keeps_its_steady_part_at_both_dates():
    grown = change_of(kind=Kind.GROWN, steady_mm3=100.0)
    assert (grown.before_mm3, grown.after_mm3, grown.per_cent) == (100.0, 150.0, 50.0)
    shrunk = change_of(kind=Kind.SHRUNK, steady_mm3=100.0)
    assert (shrunk.before_mm3, shrunk.after_mm3) == (150.0, 100.0)
    assert (shrunk.difference_mm3, shrunk.interval_mm3) == (-50.0, (-70.0, -40.0))
    assert not shrunk.is_noise
    assert change_of(least_mm3=0.0).is_noise


@pytest.mark.parametrize("mm3", [20.0, 50.0, 90.0])
def test_the_interval_holds_the_volume_that_is_told_whatever_the_grid(mm3):
    one = change_of(kind=Kind.SHRUNK).of_volume(mm3)
    low, high = one.interval_mm3
    assert one.difference_mm3 == -mm3
    assert low <= -mm3 <= high
    assert low <= -70.0
    assert high >= -40.0


@pytest.mark.parametrize(
    ("size", "large"),
    [((1, 1, 1), False), ((1, 2, 1), False), ((4, 1, 1), False), ((1, 5, 1), False),
     ((1, 4, 4), True), ((3, 5, 2), True)],
)  # fmt: skip
def test_a_lesion_is_at_least_3_mm_across_a_slice_and_a_ball_of_3_mm(size, large):
    steps = Geometry.from_axes((8, 8, 8), (0, 0, 0), np.eye(3)[::-1], (3.0, 0.8, 0.8))
    inside = np.zeros((8, 8, 8), bool)
    inside[tuple(slice(0, n) for n in size)] = True
    assert is_lesion(inside, steps) is large


def test_the_smallest_lesion_holds_for_all_that_is_proposed(compared, known_brain):
    alone = reader.read_inputs(Inputs(volume("after"), names=("FLAIR",)), Silent())
    assert all(one.volume_mm3 > 0.8 * LEAST_MM3 for one in compared.findings)
    assert all(one.volume_mm3 >= LEAST_MM3 and one.diameter_mm >= 3 for one in alone.findings)


def test_an_interval_holds_the_truth_or_not():
    _, brain = head("after")
    front = upright_of(volume("after"))
    pair = half_way(Head(front.values, front.turn, brain, 1.0), front, np.eye(4), front_first=True)
    truth = np.zeros(pair.brain.shape, bool)
    truth[10, 10:14, 10:14] = True
    voxel = pair.geometry.voxel_volume_mm3
    box = (slice(10, 11), slice(10, 14), slice(10, 14))
    marked = {"box": box, "changed": np.ones((1, 4, 4), bool), "least_mm3": 10 * voxel}
    wide, narrow = (change_of(**marked, most_mm3=n * voxel) for n in (17, 15))
    assert held_of((wide, narrow), truth, pair, 0.5) == (1, 2)
    assert held_of((wide,), ~truth & False, pair, 0.5) == (0, 0)


def test_the_order_of_dates_turns_new_into_gone(known_brain):
    front, other = volume("after", frame="1.2"), volume("before", MOVED, frame="1.3")
    turned_round = inputs(front, other, dates=("20190301", "20200301"))
    found = nearest(reader.read_inputs(turned_round, Silent()), NEW)
    assert found.kind == KINDS[Kind.VANISHED]


def test_without_dates_nothing_is_called_new_or_grown(known_brain):
    front, other = volume("after", frame="1.2"), volume("before", MOVED, frame="1.3")
    found = reader.read_inputs(inputs(front, other, dates=()), Silent())
    assert {one.kind for one in found.findings} == {CHANGED}
    assert "order_unknown" in {notice.code for notice in found.notices}
    assert not any(word in one.note for one in found.findings for word in ("New", "Grown"))
    names = [segment.name for segment in found.segmentations[0].segments]
    assert names[0] == "Only on the second image"


@pytest.mark.parametrize(
    ("axes", "flips"),
    [((2, 0, 1), (True, False, True))],
)
def test_another_stored_order_gives_the_same_findings(compared, known_brain, axes, flips):
    front = stored_as(volume("after", frame="1.2"), axes, flips)
    other = stored_as(volume("before", MOVED, frame="1.3"), axes[::-1], flips[::-1])
    found = reader.read_inputs(inputs(front, other), Silent())
    assert len(found.findings) == len(compared.findings)
    for one, same in zip(found.findings[:4], compared.findings[:4], strict=True):
        assert np.allclose(one.position, same.position, atol=0.01)
        assert one.volume_mm3 == pytest.approx(same.volume_mm3)
        assert one.kind == same.kind


def test_both_dates_are_interpolated_alike():
    image, brain = head("after")
    front = upright_of(volume("after"))
    whole = Head(front.values, front.turn, brain, 1.0)
    motion = turned(4.0, (1.0, 2.0, -3.0))
    assert np.allclose(half_of(motion) @ half_of(motion), motion)
    pair = half_way(whole, front, np.eye(4), front_first=True)
    assert np.allclose(pair.first, pair.second)
    assert image.shape == brain.shape


def test_two_images_that_do_not_fit_are_not_compared(monkeypatch):
    _, brain = head("after")
    front = upright_of(volume("after"))
    monkeypatch.setattr(pairs, "aligned", lambda *_: Motion(np.eye(4), 0.41))
    with pytest.raises(Declined, match=r"correlation 0\.41"):
        together(Head(front.values, front.turn, brain, 1.0), front, Silent())


def test_noise_alone_is_hardly_called_change():
    _, brain = head("after")
    first, second = (upright_of(volume(date, balls=())) for date in ("before", "after"))
    pair = half_way(Head(first.values, first.turn, brain, 1.0), second, np.eye(4), front_first=True)
    seen = seen_of(pair)
    inside = seen.change[pair.brain]
    assert 1.4826 * np.median(np.abs(inside)) == pytest.approx(1.0, abs=0.1)


def test_figures_and_weights_of_the_comparison_are_not_claimed_for_one_date(known_brain):
    found = reader.read_inputs(Inputs(volume("after"), names=("FLAIR",)), Silent())
    assert not any(card.operating for card in found.models)
    assert {one.author.weights_sha256 for one in found.findings} == {""}


def test_an_image_with_a_date_is_compared_before_one_without(known_brain):
    front = volume("after", frame="1.2")
    others = tuple(replace(volume("before", frame=f), series_key=f) for f in ("1.3", "1.4"))
    dates = ("20200301", "", "20210301")
    chosen, _ = reader.other_of(Inputs(front, others, dates=dates, names=("FLAIR",) * 3))
    assert chosen.date == "20210301"


def test_one_date_proposes_what_is_bright_and_says_it_is_a_trial(known_brain):
    found = reader.read_inputs(Inputs(volume("after"), names=("FLAIR",)), Silent())
    assert "one_date" in {notice.code for notice in found.notices}
    places = [one.position for one in found.findings]
    bright = [ball for ball in BALLS if ball.after > 5]
    for ball in bright:
        assert min(np.linalg.norm(np.subtract(p, ball.centre)) for p in places) < 4
    assert len(places) < 3 * len(bright)


def test_a_dark_head_without_lesions_has_none():
    _, brain = head("after")
    upright = upright_of(volume("after", balls=()))
    assert not lesions_of(Head(upright.values, upright.turn, brain, 1.0))


def test_t1_is_told_from_flair_by_its_contrast():
    _, brain = head("after")
    flair, t1 = (upright_of(volume("after", t1=one)) for one in (False, True))
    assert depth_correlation(flair.values, brain, flair.geometry) < -0.3
    assert admit_contrast(flair.values, brain, flair.geometry, "It").certain
    with pytest.raises(Declined, match="as on T1"):
        admit_contrast(t1.values, brain, t1.geometry, "The image in front")


@pytest.mark.parametrize("name", ["T1 MPRAGE", "t2_tse_tra", "ax SWI", "T1W", "Ax T1 FLAIR"])
def test_a_series_of_another_name_is_refused_at_once(name):
    with pytest.raises(Declined, match="no FLAIR"):
        reader.admit(Inputs(volume("after"), names=(name,)))


def test_a_technique_says_what_an_image_is():
    flair = Technique(inversion_ms=2800.0, echo_ms=125.0)
    reader.admit(Inputs(volume("after"), techniques=(flair,)))
    mprage = Technique(inversion_ms=900.0, echo_ms=3.0)
    with pytest.raises(Declined, match="inversion time 900 ms"):
        reader.admit(Inputs(volume("after"), techniques=(mprage,)))


def test_a_ct_is_refused():
    with pytest.raises(Declined, match="FLAIR of the brain"):
        reader.admit(Inputs(replace(volume("after"), modality="CT")))


def test_images_that_are_no_flair_are_counted_where_none_was_left_to_compare(known_brain):
    front = volume("after", frame="1.2")
    others = tuple(replace(volume("before", frame=f), series_key=f) for f in ("1.3", "1.4"))
    given = Inputs(front, others, dates=("20200301", "20190301", "20190301"),
                   names=("FLAIR", "T1 MPRAGE", "t2_tse"))  # fmt: skip
    chosen, skipped = reader.other_of(given)
    assert (chosen, skipped) == (None, 2)
    (told,) = reader.read_inputs(given, Silent()).notices
    assert told.sentence.endswith("2 images of other dates were not compared: they are no FLAIR.")


def test_the_nearest_earlier_date_is_compared():
    images = [volume("before", frame=f"1.{n}") for n in range(3, 6)]
    images = [replace(one, series_key=str(n)) for n, one in enumerate(images)]
    asked = Inputs(
        volume("after"), tuple(images),
        dates=("20200101", "20180101", "20190101", "20210101"), names=("FLAIR",) * 4,
    )  # fmt: skip
    other, _ = reader.other_of(asked)
    assert other.volume.series_key == "1"


def test_images_of_the_same_study_are_no_other_date():
    beside = replace(volume("before", frame="1.2"), series_key="beside")
    other, _ = reader.other_of(Inputs(volume("after", frame="1.2"), (beside,)))
    assert other is None


def test_the_card_calls_it_a_trial_and_tells_what_it_was_judged_on():
    card = load_folder(reader.resource_folder() / "models" / reader.MODEL).card
    assert card.experimental
    assert [part.n for part in card.performance] == [1, 1]
    assert all(metric.low is None for part in card.performance for metric in part.metrics)


def test_the_card_says_that_its_threshold_was_chosen_with_the_figures_seen():
    model = load_folder(reader.resource_folder() / "models" / reader.MODEL)
    assert model.card.default_threshold == THRESHOLD
    assert all("flatters" in row.data for row in model.card.performance)
    assert "alignment that come with the data" in model.card.operating_on
