"""Bundles of MONAI with tiny networks, and networks whose weights follow from their names."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import torch

from viewer.ai.bundles.architectures import UNet
from viewer.ai.bundles.unet import UNetShape

SMALL = UNetShape(1, 2, (2, 3), ((2, 2, 2),), residuals=1, norm="batch")


def settled(state):
    """Return weights of known values for names and shapes: a sine, positive for variances."""
    found = {}
    for name, value in state.items():
        if name.endswith("_tracked"):
            found[name] = value
            continue
        numbers = np.sin(np.arange(1, value.numel() + 1) * 0.7 + len(name)).astype(np.float32)
        if name.endswith(("running_var", "N.weight")):
            numbers = 1 + 0.5 * numbers
        found[name] = torch.from_numpy(numbers.reshape(tuple(value.shape)) * np.float32(0.5))
    return found


def weights_of(shape):
    state = settled(UNet(shape).state_dict())
    return {name: value.numpy() for name, value in state.items() if "_tracked" not in name}


def picture_of(shape, sides):
    count = int(np.prod(sides)) * shape.inputs
    return np.cos(np.arange(count) * 0.37).astype(np.float32).reshape(1, shape.inputs, *sides)


def settings(**changed: object):
    """Return the settings of a bundle that outlines a spleen on CT."""
    words = {
        "imports": ["$import os"],
        "device": "$torch.device('cpu')",
        "labels_here": [1.5, 1.5, 2.0],
        "network_def": {
            "_target_": "UNet", "spatial_dims": 3, "in_channels": 1, "out_channels": 2,
            "channels": [2, 3], "strides": [2], "num_res_units": 1, "norm": "batch",
        },
        "network": "$@network_def.to(@device)",
        "preprocessing": {
            "_target_": "Compose",
            "transforms": [
                {"_target_": "LoadImaged", "keys": "image"},
                {"_target_": "EnsureChannelFirstd", "keys": "image"},
                {"_target_": "Orientationd", "keys": "image", "axcodes": "RAS"},
                {"_target_": "Spacingd", "keys": "image", "pixdim": "@labels_here"},
                {"_target_": "monai.transforms.ScaleIntensityRanged", "keys": "image",
                 "a_min": -57, "a_max": 164, "b_min": 0, "b_max": 1, "clip": True},
                {"_target_": "EnsureTyped", "keys": "image"},
            ],
        },
        "inferer": {"_target_": "SlidingWindowInferer", "roi_size": [16, 24, 32], "overlap": 0.5},
        "postprocessing": {
            "_target_": "Compose",
            "transforms": [
                {"_target_": "Activationsd", "keys": "pred", "softmax": True},
                {"_target_": "Invertd", "keys": "pred", "transform": "@preprocessing"},
                {"_target_": "AsDiscreted", "keys": "pred", "argmax": True},
            ],
        },
    }  # fmt: skip
    return {**words, **changed}


def metadata(**changed: object):
    image = {"modality": "CT", "num_channels": 1, "channel_def": {"0": "image"}}
    pred = {"num_channels": 2, "channel_def": {"0": "background", "1": "spleen"}}
    return {
        "version": "0.2.0",
        "monai_version": "0.9.0",
        "task": "Spleen segmentation",
        "intended_use": "This is an example.",
        "authors": "Somebody",
        "license": "Apache-2.0",
        "eval_metrics": {"mean_dice": 0.96},
        "network_data_format": {"inputs": {"image": image}, "outputs": {"pred": pred}},
        **changed,
    }


def bundle(folder: Path, *, inference=None, meta=None, weights=None):
    """Write a bundle into a folder; `weights` are the bytes of its models/model.pt."""
    (folder / "configs").mkdir(parents=True)
    (folder / "models").mkdir()
    (folder / "configs" / "inference.json").write_text(json.dumps(inference or settings()))
    (folder / "configs" / "metadata.json").write_text(json.dumps(meta or metadata()))
    if weights is None:
        file = io.BytesIO()
        torch.save(settled(UNet(SMALL).state_dict()), file)
        weights = file.getvalue()
    (folder / "models" / "model.pt").write_bytes(weights)
    return folder
