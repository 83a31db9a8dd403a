from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.ai.network_phantom import (
    LEGEND,
    OTHER,
    ball,
    card_words,
    network_folder,
    onnx_folder,
    random_weights,
    stored_otherwise,
    threshold_weights,
    volume_of,
)
from viewer.ai.card import parse_card, read_card
from viewer.ai.guest import admit, read, reads_images
from viewer.ai.networks.shape import NetworkShape
from viewer.ai.readers import Inputs
from viewer.ai.registry import Registry
from viewer.core.errors import Declined, Unreadable
from viewer.core.finding import Status
from viewer.core.progress import Silent

WRITERS = {"network": network_folder, "onnx": onnx_folder}


def preparing(**changed: object):
    return {**card_words({}, architecture="onnx", dimensions=3)["preparation"], **changed}


def accepting(**changed: object):
    return {"modalities": ["CT"], "unit": "HU", "dimensions": 3, **changed}


@pytest.fixture(params=["network", "onnx"])
def bright(request, tmp_path):
    return WRITERS[request.param](tmp_path / "bright", *threshold_weights(3))


def test_a_guest_outlines_maps_and_lists_lesions_all_only_proposed(bright):
    volume = volume_of(ball())
    reading = read(bright, Inputs(volume), Silent())
    (segmentation,), (found,), (shown,) = reading.segmentations, reading.findings, reading.maps
    truth = volume.voxels > 0
    labels = segmentation.labels > 0
    assert 2 * (labels & truth).sum() / (labels.sum() + truth.sum()) > 0.9
    assert segmentation.segments[0].type.meaning == "Lesion"
    assert np.linalg.norm(found.position - volume.geometry.to_patient((9, 14, 27))) < 0.5
    assert found.status is Status.PROPOSED
    assert found.author.is_model
    assert dict(found.author.parameters)["engine"]
    assert np.array_equal(shown.voxels >= 128, labels)
    assert reading.assessments == ()
    assert reading.notices[0].code == "guest"


def test_reading_again_gives_the_very_same(bright):
    volume = volume_of(ball())
    first, again = (read(bright, Inputs(volume), Silent()) for _ in range(2))
    assert first.segmentations[0].labels.tobytes() == again.segmentations[0].labels.tobytes()
    assert first.maps[0].voxels.tobytes() == again.maps[0].voxels.tobytes()
    assert first.findings == again.findings
    assert first.segmentations[0].id == again.segmentations[0].id


def test_an_added_model_reads_a_scan_stored_in_another_order(tmp_path):
    folder = onnx_folder(tmp_path / "bright", *threshold_weights(3))
    registry = Registry(tmp_path / "own")
    registry.add(folder, Silent())
    entry = registry.entry("bright")
    volume = volume_of(ball())
    wanted = volume.geometry.to_patient((9, 14, 27))
    for stored in list(stored_otherwise(volume))[5::20]:
        (found,) = read(entry.folder, Inputs(stored), Silent()).findings
        assert np.linalg.norm(found.position - wanted) < 0.5


def test_structures_are_no_findings(tmp_path):
    folder = network_folder(tmp_path / "m", *threshold_weights(3), lesions=False)
    reading = read(folder, Inputs(volume_of(ball())), Silent())
    assert reading.findings == ()
    assert reading.segmentations[0].labels.any()


@pytest.mark.parametrize("writer", WRITERS.values())
def test_a_guest_of_two_dimensions_states_and_outlines(tmp_path, writer):
    shape, weights = threshold_weights(2, wholes=1)
    folder = writer(tmp_path / "m", shape, weights, labels=[LEGEND, OTHER])
    reading = read(folder, Inputs(volume_of(ball())), Silent())
    assert len(reading.findings) == 1
    (said,) = reading.assessments
    assert said.kind.meaning == "Nodule"
    assert said.score > 0.99
    assert said.sentence == "Nodule: 100 %, says Bright parts."


def test_a_guest_that_only_states_gives_one_statement_for_each_label(tmp_path):
    shape, weights = threshold_weights(3, outputs=0, wholes=2)
    folder = onnx_folder(tmp_path / "m", shape, weights, labels=[LEGEND, OTHER])
    dark = volume_of(np.zeros((20, 30, 30), np.int16))
    reading = read(folder, Inputs(dark), Silent())
    assert [one.kind.meaning for one in reading.assessments] == ["Lesion", "Nodule"]
    assert all(one.score < 0.01 for one in reading.assessments)
    assert reading.segmentations == ()
    assert len({one.id for one in reading.assessments}) == 2


def test_each_label_has_its_own_map_and_segment(tmp_path):
    shape, weights = threshold_weights(3, outputs=2)
    weights["dense.bias"][1] = -60 * 0.9
    folder = network_folder(tmp_path / "m", shape, weights, labels=[LEGEND, OTHER])
    reading = read(folder, Inputs(volume_of(ball(inside=70))), Silent())
    assert len({one.id for one in reading.maps}) == 2
    assert set(np.unique(reading.segmentations[0].labels)) == {0, 1}


def test_two_images_go_into_two_channels(tmp_path):
    shape = NetworkShape(dimensions=3, inputs=2, widths=(2,), outputs=1)
    channels = [
        {"modality": "CT", "low": 0.0, "high": 100.0},
        {"modality": "PT", "low": 0.0, "high": 10.0},
    ]
    folder = onnx_folder(
        tmp_path / "m", shape, random_weights(shape), preparation=preparing(channels=channels)
    )
    ct = volume_of(ball())
    pet = volume_of(ball().astype(np.float32), modality="PT", unit="g/ml{SUVbw}")
    with pytest.raises(Declined) as why:
        admit(read_card(folder), Inputs(ct))
    assert why.value.code == "missing_image"
    assert read(folder, Inputs(ct, (pet,)), Silent()).maps[0].voxels.any()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"preparation": preparing(channels=[])}, "reads_no_images"),
        ({"labels": []}, "reads_no_images"),
        ({"preparation": preparing(tile_voxels=[])}, "reads_no_images"),
        ({"preparation": preparing(spacing_mm=[1.0])}, "reads_no_images"),
        ({"accepts": accepting(thickest_mm=1.5)}, "too_thick"),
        ({"accepts": accepting(orientation="coronal")}, "wrong_orientation"),
        ({"accepts": accepting(shortest_mm=200.0)}, "too_few_slices"),
        (
            {
                "accepts": accepting(
                    regions=[{"value": "12738006", "scheme": "SCT", "meaning": "Brain"}]
                )
            },
            "wrong_region",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(tmp_path, changed, code):
    folder = onnx_folder(tmp_path / "m", *threshold_weights(3), **changed)
    with pytest.raises(Declined) as why:
        read(folder, Inputs(volume_of(ball()), body_part="CHEST"), Silent())
    assert why.value.code == code
    assert str(why.value).endswith(".")


def test_another_modality_is_refused(bright):
    card = read_card(bright)
    assert reads_images(card)
    with pytest.raises(Declined, match="was made for CT; this is a magnetic") as why:
        admit(card, Inputs(volume_of(ball(), modality="MR", unit="1")))
    assert why.value.code == "not_ct"


def test_a_model_of_another_architecture_reads_no_images(bright):
    assert not reads_images(replace(read_card(bright), architecture="outline_forest"))


@pytest.mark.parametrize("labels", [[LEGEND, OTHER], [LEGEND] * 5])
def test_a_model_that_answers_for_other_labels_is_refused(tmp_path, labels):
    for name, writer in WRITERS.items():
        folder = writer(tmp_path / name, *threshold_weights(3), labels=labels)
        with pytest.raises(Unreadable, match=f"for the {len(labels)} labels of its card") as why:
            read(folder, Inputs(volume_of(ball())), Silent())
        assert why.value.code == "wrong_outputs"


@pytest.mark.parametrize("writer", WRITERS.values())
def test_a_model_that_takes_other_channels_is_refused(tmp_path, writer):
    shape = NetworkShape(dimensions=3, inputs=2, widths=(2,), outputs=1)
    folder = writer(tmp_path / "m", shape, random_weights(shape))
    with pytest.raises(Unreadable, match="does not take the 1 channels of its card"):
        read(folder, Inputs(volume_of(ball())), Silent())


@pytest.mark.parametrize("tile", [[16], [16, 16]])
def test_tiles_of_other_sides_are_refused(tmp_path, tile):
    for name, writer in WRITERS.items():
        how = preparing(tile_voxels=tile)
        folder = writer(tmp_path / name, *threshold_weights(3), preparation=how)
        with pytest.raises(Declined, match="each side of its tiles"):
            admit(read_card(folder), Inputs(volume_of(ball())))


def test_probabilities_are_taken_as_they_are(tmp_path):
    shape, weights = threshold_weights(3, steep=1.0, level=0.0)
    folder = onnx_folder(tmp_path / "m", shape, weights, answers="probabilities")
    reading = read(folder, Inputs(volume_of(ball(inside=80), (2.0, 2.0, 2.0))), Silent())
    assert reading.maps[0].voxels.max() == round(0.8 * 255)


def test_the_card_of_the_documentation_is_one_that_reads_images():
    page = (Path(__file__).parents[2] / "docs" / "models.md").read_text("utf-8")
    card = page.split("```json")[1].split("```")[0]
    assert reads_images(parse_card(card.encode(), "docs"))
