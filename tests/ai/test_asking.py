"""Who reads what, with the reason of everybody else, and how what was read is signed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.ai.network_phantom import ball, network_folder, threshold_weights, volume_of
from viewer.ai.asking import Request, offers, read, signed
from viewer.ai.readers import READERS, Inputs, Reader
from viewer.ai.reading import Reading
from viewer.core.author import Author
from viewer.core.errors import Declined
from viewer.core.progress import Silent
from viewer.core.stack import Frame, Stack
from viewer.core.volume import Origin

UNIT = "[hnsf'U]"


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A folder of added models with one that marks what is brighter than 50 HU."""
    folder = tmp_path_factory.mktemp("own")
    network_folder(folder / "bright", *threshold_weights(3))
    return folder


@pytest.fixture(scope="module")
def lit():
    return volume_of(ball(), unit=UNIT)


def offer(inputs, own, id_, **more: object):
    return next(one for one in offers(inputs, own, **more) if one.id == id_)


def test_an_added_model_takes_what_its_card_accepts_and_tells_why_it_takes_nothing_else(own, lit):
    taken = offer(Inputs(lit), own, "bright")
    assert taken.taken
    assert taken.experimental
    assert not taken.built_in
    assert not taken.by_itself
    other = offer(Inputs(volume_of(ball(), modality="MR", unit="1")), own, "bright")
    assert not other.taken
    assert other.reason.endswith(".")


def test_every_model_of_the_program_answers_about_every_kind_of_image(own, lit):
    frame = Frame(np.zeros((64, 64), np.uint8), None, None, Origin("1.2.3", "1.2.4"))
    images = [
        lit,
        volume_of(ball(), modality="PT", unit="{SUVbw}g/ml"),
        volume_of(ball(), unit="1"),
    ]
    images.append(Stack((frame,), "1", "CR", "s"))
    for image in images:
        said = offers(Inputs(image), own)
        assert [one.id for one in said[: len(READERS)]] == [one.id for one in READERS]
        for one in said:
            assert one.taken or (one.reason.endswith(".") and one.code)


def test_a_model_for_pictures_is_not_asked_about_volumes(own, lit):
    reader = Reader("lung_nodules", "Flat", "Help.", "nowhere.at.all", ("CT",), kind="stack")
    said = offer(Inputs(lit), own, "lung_nodules", readers=(reader,))
    assert said.code == "no_stack"


def test_only_what_is_proven_or_named_so_runs_by_itself(own, lit):
    nodules = offer(Inputs(lit), own, "lung_nodules")
    assert replace(nodules, reason="").by_itself
    assert not replace(nodules, reason="", unasked=False, experimental=True).by_itself
    assert replace(nodules, reason="", unasked=False, experimental=False).by_itself


def test_what_was_read_says_on_which_series_when_and_by_what(own, lit):
    request = Request("bright", Inputs(lit), own, ("1.2.3", "1.2.4"))
    reading = read(request, Silent())
    assert len(reading.findings) == 1
    authors = {
        reading.author,
        *(one.author for one in (*reading.findings, *reading.segmentations, *reading.maps)),
    }
    (author,) = authors
    told = dict(author.parameters)
    assert (told["input_1"], told["input_2"]) == ("1.2.3", "1.2.4")
    assert told["model"] == "bright"
    assert told["device"].startswith("CPU")
    assert told["read_at"].endswith("+00:00")
    assert told["engine"] != "Skiagram"
    assert author.weights_sha256


def test_series_that_the_model_left_out_are_no_inputs_of_what_it_made(own, lit):
    beside = replace(lit, series_key="beside")
    request = Request("bright", Inputs(lit, (beside,)), own, ("1.2.3", "1.2.4"))
    told = dict(read(request, Silent()).author.parameters)
    assert [uid for name, uid in told.items() if name.startswith("input_")] == ["1.2.3"]


def test_of_the_series_given_those_used_are_numbered_without_a_gap(own, lit):
    others = tuple(replace(lit, series_key=key) for key in ("a", "b"))
    request = Request("bright", Inputs(lit, others), own, ("1.1", "1.2", "1.3"))
    author = Author("Model", True, "1", "ab" * 32)
    reading = Reading((), (), 0.5, (), author, (), used=(lit.series_key, "b"))
    told = dict(signed(reading, request).author.parameters)
    assert (told["input_1"], told["input_2"]) == ("1.1", "1.3")
    assert "input_3" not in told


def test_what_a_graphics_card_computed_is_not_said_to_come_from_the_processor(own, lit):
    request = Request("bright", Inputs(lit), own)
    for engine, device in (("torch_cuda", "GPU"), ("openvino", "CPU")):
        author = Author("Model", True, "1", "ab" * 32, (("engine", engine),))
        reading = signed(Reading((), (), 0.5, (), author, ()), request)
        assert dict(reading.author.parameters)["device"].startswith(device)
        plain = replace(author, parameters=())
        reading = signed(Reading((), (), 0.5, (), plain, (), engine=engine), request)
        told = dict(reading.author.parameters)
        assert told["engine"] == engine
        assert told["device"].startswith(device)


def test_reading_again_gives_the_same_outline(own, lit):
    request = Request("bright", Inputs(lit), own)
    one, two = (read(request, Silent()) for _ in range(2))
    assert one.findings[0].id == two.findings[0].id
    assert (one.findings[0].mask.voxels == two.findings[0].mask.voxels).all()
    assert (one.maps[0].voxels == two.maps[0].voxels).all()


def test_an_unknown_model_is_declined_by_name(own, lit):
    with pytest.raises(Declined, match="no_such_thing"):
        read(Request("no_such_thing", Inputs(lit), own), Silent())
