"""Findings of networks that answer voxel by voxel: what is explained, and where the map lies."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from tests.ai.network_phantom import LEGEND, OTHER, network_folder, onnx_folder, volume_of
from viewer.ai.asking import Request, read
from viewer.ai.explaining.asked import OneAgainstRest, Target, score_of
from viewer.ai.explaining.explained import explain
from viewer.ai.explaining.methods import Method
from viewer.ai.explaining.subject import subject_of
from viewer.ai.networks.shape import NetworkShape
from viewer.ai.networks.torch_net import Net, weights_of
from viewer.ai.networks.training import Course, trained
from viewer.ai.readers import Inputs
from viewer.core.errors import Declined
from viewer.core.progress import Silent

SIDE = 32


def disc(random):
    """A noisy slice with a bright disc, and where the disc is."""
    y, x = np.indices((SIDE, SIDE))
    row, column = random.integers(8, SIDE - 8, 2)
    inside = (y - row) ** 2 + (x - column) ** 2 <= 16
    return (random.normal(0.3, 0.08, (SIDE, SIDE)) + 0.4 * inside).astype(np.float32), inside


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A folder of added models with one that has learned to outline discs, slice by slice."""

    def draw(random):
        pairs = [disc(random) for _ in range(12)]
        return {
            "input": np.stack([one for one, _ in pairs])[:, None],
            "truth": np.stack([one for _, one in pairs])[:, None].astype(np.float32),
        }

    def loss(answers, batch):
        return binary_cross_entropy_with_logits(answers[0], batch["truth"])

    shape = NetworkShape(dimensions=2, inputs=1, widths=(6, 8, 12), outputs=1)
    run = tmp_path_factory.mktemp("run")
    net = trained(shape, draw, loss, Course(seed=1, steps=60, fastest=1e-2), run, lambda _: None)
    folder = tmp_path_factory.mktemp("models")
    preparation = {
        "patch_voxels": 0, "steps_mm": [], "low_hu": 0.0, "high_hu": 1.0,
        "spacing_mm": [2.0, 1.0, 1.0], "tile_voxels": [SIDE, SIDE], "overlap": 0.25,
        "channels": [{"modality": "CT", "low": 0.0, "high": 100.0}],
    }  # fmt: skip
    network_folder(
        folder / "discs", shape, weights_of(net), id="discs", preparation=preparation,
        accepts={"modalities": ["CT"], "unit": "HU", "dimensions": 2},
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def seen(own):
    """A volume of three slices with a disc on the middle one, and what the model found."""
    random = np.random.default_rng(4)
    flat = random.normal(30, 8, (3, SIDE, SIDE))
    y, x = np.indices((SIDE, SIDE))
    inside = (y - 12) ** 2 + (x - 19) ** 2 <= 16
    flat[1] += 40 * inside
    volume = volume_of(flat.clip(0, 100).astype(np.int16), (2.0, 1.0, 1.0))
    reading = read(Request("discs", Inputs(volume), own), Silent())
    return volume, inside, max(reading.findings, key=lambda one: one.volume_mm3)


@pytest.mark.parametrize("method", [Method.OCCLUSION, Method.GRADIENTS])
def test_the_map_of_an_added_network_lies_where_its_finding_is(own, seen, method):
    volume, inside, finding = seen

    found = explain("discs", Inputs(volume), finding, method, Silent(), 4, own)

    assert found.sanity.passed
    assert "not show where disease is" in found.sentence
    assert found.map.about == finding.id
    assert found.map.geometry == volume.geometry
    assert dict(found.map.author.parameters)["explained_by"] == method.value
    place = np.unravel_index(found.map.voxels.argmax(), volume.geometry.shape)
    assert place[0] == 1
    assert np.hypot(*(np.argwhere(inside) - place[1:]).T).min() <= 3
    assert found.log_odds > 0


def test_grad_cam_of_an_outline_says_what_it_cannot_see(own, seen):
    volume, _, finding = seen
    found = explain("discs", Inputs(volume), finding, Method.GRAD_CAM, Silent(), 0, own)
    assert ("past its deepest level" in found.sentence) == (found.map is not None)


def test_the_score_is_that_of_the_outline_of_the_finding(own, seen):
    volume, _, finding = seen
    subject = subject_of("discs", Inputs(volume), finding, Silent(), own)
    outlined = np.argwhere(subject.target.region)
    assert subject.picture.shape == (1, SIDE, SIDE)
    voxels = finding.mask.voxels
    assert len(outlined) == voxels.sum()
    assert score_of(subject.net, subject.picture, subject.target) > 0
    assert score_of(subject.net, subject.picture * 0 + 0.3, subject.target) < 0


def test_only_findings_of_models_whose_weights_can_be_shuffled_are_explained(own, seen, tmp_path):
    volume, _, finding = seen
    inputs = Inputs(volume)
    with pytest.raises(Declined, match="not here any more"):
        explain("discs", inputs, finding, Method.GRADIENTS, Silent())
    with pytest.raises(Declined, match="no model"):
        explain("others", inputs, finding, Method.GRADIENTS, Silent(), 0, own)
    models = tmp_path / "models"
    shutil.copytree(own, models)
    torch.manual_seed(0)
    shape = NetworkShape(dimensions=2, inputs=1, widths=(4,), outputs=1)
    onnx_folder(models / "finished", shape, weights_of(Net(shape)), id="finished")
    with pytest.raises(Declined, match="cannot be shuffled"):
        explain("finished", inputs, finding, Method.GRADIENTS, Silent(), 0, models)
    with pytest.raises(Declined, match="reasons as numbers"):
        explain("ms_change", inputs, finding, Method.GRADIENTS, Silent(), 0, own)


def test_classes_that_exclude_one_another_are_explained_against_the_rest():
    torch.manual_seed(0)
    net = Net(NetworkShape(dimensions=2, inputs=1, widths=(4, 6), outputs=3)).eval()
    picture = np.random.default_rng(0).normal(size=(1, 8, 8)).astype(np.float32)
    region = np.zeros((8, 8), np.bool_)
    region[3, 4] = True

    odds = [score_of(OneAgainstRest(net), picture, Target(k, region)) for k in range(3)]

    with torch.inference_mode():
        likely = net(torch.from_numpy(picture[None]))[0].softmax(dim=1)[0, :, 3, 4].numpy()
    assert odds == pytest.approx(np.log(likely / (1 - likely)), abs=1e-4)
    assert [name for name, _ in OneAgainstRest(net).named_children()] == [
        name for name, _ in net.named_children()
    ]


def test_in_space_only_what_is_near_a_finding_is_looked_at(tmp_path):
    torch.manual_seed(0)
    shape = NetworkShape(dimensions=3, inputs=1, widths=(2, 4), outputs=3)
    weights = weights_of(Net(shape))
    preparation = {
        "patch_voxels": 0, "steps_mm": [], "low_hu": 0.0, "high_hu": 1.0,
        "spacing_mm": [2.0, 2.0, 2.0], "tile_voxels": [48, 48, 48], "overlap": 0.25,
        "channels": [{"modality": "CT", "low": 0.0, "high": 100.0}],
    }  # fmt: skip
    network_folder(tmp_path / "space", shape, weights, id="space", preparation=preparation,
                   labels=[LEGEND, OTHER])  # fmt: skip
    volume = volume_of(np.zeros((48, 96, 96), np.int16), (2.0, 1.0, 1.0))
    finding = _ball(volume)

    subject = subject_of("space", Inputs(volume), finding, Silent(), tmp_path)

    assert max(subject.picture.shape[1:]) < 40
    assert subject.target.output == 2
    assert isinstance(subject.net, OneAgainstRest)
    assert subject.patch == -(-max(subject.picture.shape[1:]) // 4)
    middle = subject.back(subject.target.region.astype(np.uint8) * 255)
    centre = volume.geometry.nearest(finding.position)
    assert middle[centre] > 200
    assert middle.shape == volume.geometry.shape


def _ball(volume):
    from viewer.core.author import Author
    from viewer.core.code import Code
    from viewer.core.finding import Finding

    kind = Code(OTHER["value"], OTHER["scheme"], OTHER["meaning"])
    return Finding(
        "2.25.3", kind, None, (10.0, 5.0, 4.0), (4.0, -1.0, -2.0), (16.0, 11.0, 10.0), 12.0,
        900.0, volume.series_key, Author("Space", is_model=True, version="1"), 0.9,
    )  # fmt: skip
