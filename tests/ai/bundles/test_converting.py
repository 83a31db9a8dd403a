from __future__ import annotations

import os
import pickle
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from safetensors.numpy import save_file
from typer.testing import CliRunner

from tests.ai.bundles.bundle_phantom import (
    SMALL,
    bundle,
    metadata,
    settings,
    weights_of,
)
from tests.ai.network_phantom import ball, volume_of
from viewer.ai.bundles.architectures import asked, unet_of
from viewer.ai.bundles.converting import Wishes, convert
from viewer.ai.bundles.onnx_unet import axes_of
from viewer.ai.bundles.preprocessing import Asked
from viewer.ai.card import read_card
from viewer.ai.guest import read
from viewer.ai.readers import Inputs
from viewer.ai.registry import Registry
from viewer.cli import app
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Silent

PLAIN = Wishes()


def converted(source, target, wishes=PLAIN):
    return convert(source, target, wishes, Silent())


def refused(tmp_path, wishes=PLAIN, **parts: object):
    with pytest.raises((Declined, Unreadable)) as why:
        converted(bundle(tmp_path / "it", **parts), tmp_path / "out", wishes)
    assert str(why.value).endswith(".")
    assert not (tmp_path / "out").exists()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["it"]
    return why.value


def transforms(*changed: object):
    kept = settings()["preprocessing"]["transforms"]
    return {"_target_": "Compose", "transforms": [*kept[:4], *changed]}


def test_a_bundle_becomes_a_model_folder_that_says_what_is_known(tmp_path):
    trial = converted(bundle(tmp_path / "Spleen-CT"), tmp_path / "out")
    assert trial.passed, trial.in_words
    card = read_card(tmp_path / "out")
    assert (card.id, card.version, card.title) == ("spleen_ct", "0.2.0", "Spleen segmentation")
    assert card.preparation.spacing_mm == (2.0, 1.5, 1.5)
    assert card.preparation.tile_voxels == (32, 24, 16)
    assert card.preparation.overlap == 0.5
    (channel,) = card.preparation.channels
    assert (channel.modality, channel.low, channel.high) == ("CT", -57.0, 164.0)
    assert [one.meaning for one in card.labels] == ["Spleen"]
    assert card.labels[0].value == "78961009"
    assert card.performance == ()
    assert card.experimental
    assert card.non_commercial
    assert card.licence == "Apache-2.0"


def test_what_it_reads_is_what_its_own_steps_give(tmp_path):
    converted(bundle(tmp_path / "b"), tmp_path / "out")
    rng = np.random.default_rng(3)
    voxels = rng.integers(-200, 300, (32, 24, 16)).astype(np.int16)
    volume = volume_of(voxels, (2.0, 1.5, 1.5))
    reading = read(tmp_path / "out", Inputs(volume), Silent())
    theirs = volume.voxels[:, ::-1, ::-1].transpose(2, 1, 0).astype(np.float32)  # right, front
    spread = ((theirs + 57) / 221).clip(0, 1)[None, None]
    answer = asked(unet_of(SMALL, weights_of(SMALL)), spread)[0]
    wanted = (answer[1] > answer[0]).transpose(2, 1, 0)[:, ::-1, ::-1]
    found = reading.segmentations[0].labels > 0
    unsure = np.abs(answer[1] - answer[0]).transpose(2, 1, 0)[:, ::-1, ::-1] < 0.05
    assert 0.05 < wanted.mean() < 0.95
    assert np.array_equal(found[~unsure], wanted[~unsure])


def test_a_zip_with_safetensors_converts_and_is_added(tmp_path):
    source = bundle(tmp_path / "b")
    (source / "models" / "model.pt").unlink()
    save_file(weights_of(SMALL), source / "models" / "model.safetensors")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        for path in sorted(source.rglob("*")):
            archive.write(path, f"b/{path.relative_to(source)}")
    converted(tmp_path / "b.zip", tmp_path / "out")
    registry = Registry(tmp_path / "own")
    assert registry.add(tmp_path / "out", Silent()).passed
    assert read(registry.entry("b").folder, Inputs(volume_of(ball())), Silent()).segmentations


def test_the_command_line_converts_in_a_process_of_its_own(tmp_path):
    source = bundle(tmp_path / "b", meta=metadata(license=""))
    words = ["models", "convert", str(source), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(app, words)
    assert done.exit_code != 0
    assert "--licence" in done.output
    done = CliRunner().invoke(app, [*words, "--licence", "CC0", "--id", "mine"])
    assert done.exit_code == 0, done.output
    assert read_card(tmp_path / "out").id == "mine"


@pytest.mark.parametrize(
    ("place", "value", "named"),
    [
        ("network_def", {**settings()["network_def"], "channels": "$[2] + [3]"}, "channels"),
        ("network_def", "$UNet()", "network_def"),
        ("inferer", {"_target_": "SlidingWindowInferer", "roi_size": "$[96]*3"}, "--tile"),
        ("preprocessing", "$make()", "--orientation"),
        ("preprocessing", transforms("$make()"), "--orientation"),
        ("labels_here", "$[1, 1, 1]", "--spacing"),
        ("labels_here", "@labels_here", "circle"),
        ("network_def", {**settings()["network_def"], "_target_": "os.system"}, "os.system"),
        ("network_def", {**settings()["network_def"], "_target_": "evil.UNet"}, "evil.UNet"),
        ("network_def", {**settings()["network_def"], "hook": 1}, "hook"),
        ("network_def", {**settings()["network_def"], "norm": "group"}, "group"),
        ("network_def", {**settings()["network_def"], "spatial_dims": 2}, "three dimensions"),
        ("network_def", {**settings()["network_def"], "in_channels": 4}, "4 images"),
        ("preprocessing", transforms({"_target_": "RandFlipd"}), "RandFlipd"),
        ("preprocessing", transforms({"_target_": "builtins.exec"}), "builtins.exec"),
        ("preprocessing", transforms(), "--range"),
        ("inferer", {"_target_": "SimpleInferer"}, "--tile"),
        ("postprocessing", {"transforms": [{"_target_": "Activationsd", "sigmoid": "$x"}]}, "$x"),
    ],
)
def test_what_is_not_literal_or_not_known_is_refused_by_name(tmp_path, place, value, named):
    assert named in str(refused(tmp_path, inference=settings(**{place: value})))


def test_steps_that_are_all_given_need_not_be_in_the_bundle(tmp_path):
    asked_for = Asked("LPS", (1.0, 1.0, 1.0), range=(0.0, 200.0))
    source = bundle(tmp_path / "it", inference=settings(preprocessing="$make()"))
    converted(source, tmp_path / "out", replace(PLAIN, asked=asked_for))
    (channel,) = read_card(tmp_path / "out").preparation.channels
    assert (channel.low, channel.high) == (0.0, 200.0)


def test_what_is_given_replaces_an_expression(tmp_path):
    words = settings(
        labels_here="$[1, 1, 1]", inferer={"_target_": "SlidingWindowInferer", "roi_size": "$x"}
    )
    asked_for = Asked(spacing_mm=(1.0, 2.0, 3.0), tile=(16, 16, 32))
    source = bundle(tmp_path / "it", inference=words)
    converted(source, tmp_path / "out", replace(PLAIN, asked=asked_for))
    preparation = read_card(tmp_path / "out").preparation
    assert preparation.spacing_mm == (3.0, 2.0, 1.0)
    assert preparation.tile_voxels == (32, 16, 16)


@pytest.mark.parametrize(
    ("changed", "option"),
    [
        ({"license": ""}, "--licence"),
        ({"network_data_format": {"inputs": {"image": {"modality": "CT"}}}}, "--labels"),
        ({"network_data_format": {"outputs": metadata()["network_data_format"]["outputs"]}},
         "--modality"),
    ],
)  # fmt: skip
def test_what_nobody_says_is_asked(tmp_path, changed, option):
    assert option in str(refused(tmp_path, meta=metadata(**changed)))


def test_normalising_before_resampling_is_refused(tmp_path):
    words = settings()
    steps = words["preprocessing"]["transforms"]
    steps.insert(3, {"_target_": "NormalizeIntensityd"})
    assert "other voxels" in str(refused(tmp_path, inference=words))


def test_steps_that_are_left_out_are_told(tmp_path):
    words = settings()
    words["preprocessing"]["transforms"].append({"_target_": "CropForegroundd"})
    words["postprocessing"]["transforms"].append({"_target_": "KeepLargestConnectedComponentd"})
    converted(bundle(tmp_path / "it", inference=words), tmp_path / "out")
    told = read_card(tmp_path / "out").intended_use
    assert "CropForegroundd, KeepLargestConnectedComponentd" in told


@pytest.mark.parametrize("nonzero", [True, False])
def test_an_image_is_normalised_over_the_voxels_that_the_bundle_names(tmp_path, nonzero):
    step = {"_target_": "NormalizeIntensityd", "nonzero": nonzero, "channel_wise": True}
    words = settings(preprocessing=transforms(step))
    meta = metadata()
    meta["network_data_format"]["inputs"]["image"]["modality"] = "MRI"
    converted(bundle(tmp_path / "it", inference=words, meta=meta), tmp_path / "out")
    (channel,) = read_card(tmp_path / "out").preparation.channels
    assert (channel.modality, channel.standardised) == ("MR", True)
    assert channel.over == ("nonzero" if nonzero else "all")


def test_yaml_links_and_missing_parts_are_refused(tmp_path):
    source = bundle(tmp_path / "a")
    (source / "configs" / "inference.json").rename(source / "configs" / "inference.yaml")
    with pytest.raises(Declined, match="YAML"):
        converted(source, tmp_path / "out")
    source = bundle(tmp_path / "b")
    (source / "models" / "model.pt").rename(tmp_path / "model.pt")
    (source / "models" / "model.pt").symlink_to(tmp_path / "model.pt")
    with pytest.raises(Declined, match="link"):
        converted(source, tmp_path / "out")
    (source / "models" / "model.pt").unlink()
    with pytest.raises(Declined, match="no weights"):
        converted(source, tmp_path / "out")
    (tmp_path / "empty").mkdir()
    with pytest.raises(Unreadable, match="no bundle"):
        converted(tmp_path / "empty", tmp_path / "out")


class Runs:
    def __init__(self, words):
        self.words = words

    def __reduce__(self):
        return os.system, (self.words,)


def test_weights_that_would_run_something_are_refused(tmp_path):
    for number, pickled in enumerate((Runs(f"touch {tmp_path}/ran"), {"w": Runs("true")})):
        place = tmp_path / str(number)
        place.mkdir()
        path = place / "x.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a/data.pkl", pickle.dumps(pickled, 2))
        content = path.read_bytes()
        path.unlink()
        assert refused(place, weights=content).code == "pickle"
    assert not (tmp_path / "ran").exists()


def test_a_folder_that_is_there_is_not_written_over(tmp_path):
    (tmp_path / "out").mkdir()
    with pytest.raises(Declined, match="already"):
        converted(bundle(tmp_path / "b"), tmp_path / "out")


def test_the_axes_of_the_test_picture_are_those_of_the_card():
    assert axes_of("RAS").ours((1, 2, 4)) == (4, 2, 1)
