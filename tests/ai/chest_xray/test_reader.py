"""Reading a chest radiograph: what is let in, what is said, and where the map lies."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.ai.chest_xray.test_picture import chest
from viewer.ai.card import load_folder
from viewer.ai.chest_xray.admitting import notices_of
from viewer.ai.chest_xray.reader import admit, admit_chest, chest_of, grey_of, read_inputs
from viewer.ai.readers import Inputs, reader_of
from viewer.core.errors import Declined
from viewer.core.progress import Silent
from viewer.core.resources import resource_folder
from viewer.core.stack import Frame, Stack
from viewer.core.technique import Technique
from viewer.core.volume import Origin
from viewer.io.load import load
from viewer.io.scan import scan

MODEL = resource_folder() / "models" / "chest_pneumonia"


def frame(pixels, **more: object):
    return Frame(pixels, None, None, Origin("1.2.3", 0), **more)


def inputs(*frames: Frame, modality="CR", **more: object):
    return Inputs(Stack(tuple(frames), "1", modality, "key"), **more)


@pytest.fixture(scope="module")
def picture():
    return (chest() * 4095).astype(np.uint16)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"modality": "US"}, "not_cr_dx"),
        ({"body_part": "KNEE"}, "wrong_region"),
        ({"techniques": (Technique(view="LL"),)}, "not_frontal"),
        ({"names": ("Thorax lateral",)}, "not_frontal"),
    ],
)
def test_other_pictures_are_declined_with_the_reason(picture, change, code):
    with pytest.raises(Declined) as why:
        admit(inputs(frame(picture), **change))
    assert why.value.code == code
    assert str(why.value).endswith(".")


def test_several_small_long_and_damaged_pictures_are_declined(picture):
    bad = {
        "several_pictures": (frame(picture), frame(picture)),
        "wrong_size": (frame(picture[:100]),),
        "wrong_shape": (frame(np.zeros((1200, 300), np.uint8)),),
        "damaged_picture": (frame(picture, damage="It ends early."),),
    }
    for code, frames in bad.items():
        with pytest.raises(Declined) as why:
            admit(inputs(*frames))
        assert why.value.code == code


def test_a_frontal_chest_is_let_in(picture):
    for view in ("AP", "PA", ""):
        admit(inputs(frame(picture), body_part="CHEST", techniques=(Technique(view=view),)))


def test_adults_and_unknown_ages_are_told(picture):
    one = inputs(frame(picture))
    assert [each.code for each in notices_of(replace(one, years=40.0))] == ["adult"]
    assert [each.code for each in notices_of(one)] == ["age_unknown"]
    assert not notices_of(replace(one, years=3.0))


def test_nothing_and_no_chest_are_declined():
    with pytest.raises(Declined) as why:
        chest_of(frame(np.full((400, 400), 9, np.uint16)))
    assert why.value.code == "empty"
    model = load_folder(MODEL)
    noise = np.random.default_rng(0).integers(0, 255, (400, 400)).astype(np.uint8)
    with pytest.raises(Declined) as why:
        admit_chest(chest_of(frame(noise))[0], model)
    assert why.value.code == "no_chest"


def test_monochrome1_is_seen_like_monochrome2(picture):
    usual, box = chest_of(frame(picture))
    turned, same = chest_of(frame(np.uint16(4095) - picture, inverted=True))
    assert same == box
    assert np.corrcoef(usual.ravel(), turned.ravel())[0, 1] > 0.999


def test_padding_is_as_dark_as_can_be(picture):
    padded = picture.astype(np.int32)
    padded[:50] = 60000
    grey = grey_of(frame(padded, padding=(60000.0, 60000.0)))
    assert grey[:50].max() == picture[50:].min()


def test_the_reader_is_listed_for_single_pictures():
    reader = reader_of("chest_pneumonia")
    assert reader.kind == "stack"
    assert load_folder(MODEL).card.experimental


def test_a_child_with_pneumonia_is_read_with_a_map_that_was_tried(data):
    place = data / "cr_chest_pneumonia" / "PNEUMONIA" / "person101_bacteria_483.jpeg"
    series = scan([place], Silent()).studies[0].series[0]
    image = load(series, Silent())

    reading = read_inputs(Inputs(image, names=(series.description,)), Silent())

    (said,) = reading.assessments
    assert said.kind.value == "233604007"
    assert said.score > said.threshold
    assert "one hospital" in said.sentence
    (shown,) = reading.maps
    assert shown.geometry is None
    assert shown.voxels.shape == (1, *image.frames[0].pixels.shape)
    assert "shuffled weights" in shown.meaning
    assert "does not show" in shown.meaning
    assert {one.code for one in reading.notices} == {"age_unknown", "taken_as_chest"}
