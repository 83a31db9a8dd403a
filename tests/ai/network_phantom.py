"""Networks whose answer is known beforehand, and images to ask them about."""

from __future__ import annotations

import hashlib
import json
from itertools import permutations, product
from types import SimpleNamespace

import numpy as np
import torch
from safetensors.numpy import save

from viewer.ai.card import CARD, ONNX, TEST_VECTOR, Channel, Preparation, load_folder, parse_card
from viewer.ai.engine.network import by_torch
from viewer.ai.engine.onnx_writing import onnx_of
from viewer.ai.networks.shape import NetworkShape
from viewer.ai.networks.torch_net import Net, weights_of
from viewer.ai.writing import write_folder
from viewer.core.geometry import Geometry
from viewer.core.volume import Volume

LEGEND = {"value": "52988006", "scheme": "SCT", "meaning": "Lesion"}
OTHER = {"value": "27925004", "scheme": "SCT", "meaning": "Nodule"}
FRAME = "1.2.3"


def threshold_weights(dimensions, *, level=0.5, steep=60.0, outputs=1, wholes=0):
    """Return shape and weights of a network that says `steep * (x - level)` of each voxel."""
    shape = NetworkShape(
        dimensions=dimensions, inputs=1, widths=(1,), outputs=outputs, wholes=wholes
    )
    middle = np.zeros((1, 1, *(3,) * dimensions), np.float32)
    middle[(0, 0, *(1,) * dimensions)] = 1
    weights = {}
    for convolution, norm in ((0, 1), (3, 4)):
        weights[f"down.0.{convolution}.weight"] = middle
        plain = {"weight": 1.0, "bias": 0.0, "running_mean": 0.0, "running_var": 1 - 1e-5}
        for name, value in plain.items():
            weights[f"down.0.{norm}.{name}"] = np.full(1, value, np.float32)
    if outputs:
        weights["dense.weight"] = np.full((outputs, 1, *(1,) * dimensions), steep, np.float32)
        weights["dense.bias"] = np.full(outputs, -steep * level, np.float32)
    if wholes:
        weights["whole.weight"] = np.tile(np.float32([0, steep]), (wholes, 1))
        weights["whole.bias"] = np.full(wholes, -steep * level, np.float32)
    return shape, weights


def random_weights(shape, seed=0):
    """Return weights of a network with every number drawn, those of its normalisation too."""
    torch.manual_seed(seed)
    net = Net(shape)
    for part in net.modules():
        if hasattr(part, "running_mean"):
            part.running_mean.normal_(0, 0.3)
            part.running_var.uniform_(0.5, 2)
            part.weight.data.uniform_(0.5, 1.5)
            part.bias.data.normal_(0, 0.3)
    return weights_of(net)


def card_words(files, *, architecture, dimensions, shape=None, **changed: object):
    words = {
        "id": "bright",
        "version": "1",
        "title": "Bright parts",
        "architecture": architecture,
        "intended_use": "Tests.",
        "not_for": "Patients.",
        "accepts": {"modalities": ["CT"], "unit": "HU", "dimensions": dimensions},
        "licence": "CC0",
        "non_commercial": False,
        "experimental": True,
        "trained_on": "Nothing.",
        "preparation": {
            "patch_voxels": 0,
            "steps_mm": [],
            "low_hu": 0.0,
            "high_hu": 1.0,
            "spacing_mm": [2.0, 2.0, 2.0],
            "tile_voxels": [16] * dimensions,
            "overlap": 0.25,
            "channels": [{"modality": "CT", "low": 0.0, "high": 100.0}],
        },
        "features": [],
        "labels": [LEGEND],
        "operating_on": "",
        "operating": [],
        "default_threshold": 0.5,
        "performance": [],
        "tolerance": 0.001,
        "sha256": [
            {"file": name, "hash": hashlib.sha256(content).hexdigest()}
            for name, content in files.items()
        ],
        "lesions": True,
    }
    if shape is not None:
        words["network"] = {
            "dimensions": shape.dimensions,
            "inputs": shape.inputs,
            "widths": list(shape.widths),
            "outputs": shape.outputs,
            "wholes": shape.wholes,
        }
    return {**words, **changed}


def vector_of(shape, weights, side=8):
    x = np.random.default_rng(1).random((1, shape.inputs, *(side,) * shape.dimensions))
    x = x.astype(np.float32)
    dense, whole = by_torch(shape, weights)(x)
    told = {"dense": dense, "whole": whole}
    return {"input": x, **{name: value for name, value in told.items() if value is not None}}


def network_folder(folder, shape, weights, **changed: object):
    """Write a model of the architecture "network"; return its folder."""
    words = card_words({}, architecture="network", dimensions=shape.dimensions, shape=shape)
    words.update(changed)
    card = parse_card(json.dumps(words).encode(), "here")
    write_folder(folder, card, weights, vector_of(shape, weights))
    return folder


def onnx_folder(folder, shape, weights, **changed: object):
    """Write the same as ONNX."""
    vector = vector_of(shape, weights, 16)
    named = {("input." if name == "input" else "output.") + name: v for name, v in vector.items()}
    files = {ONNX: onnx_of(shape, weights), TEST_VECTOR: save(named)}
    words = card_words(files, architecture="onnx", dimensions=shape.dimensions, **changed)
    folder.mkdir(parents=True)
    for name, content in {**files, CARD: json.dumps(words).encode()}.items():
        (folder / name).write_bytes(content)
    return folder


def model(folder, shape, weights, **changed: object):
    return load_folder(network_folder(folder, shape, weights, **changed))


def preparation(*channels: object, **changed: object):
    words = {"patch_voxels": 0, "steps_mm": (), "low_hu": 0.0, "high_hu": 1.0, **changed}
    return Preparation(channels=channels or (Channel("CT", 0.0, 100.0),), **words)


def card(tile, overlap=0.0):
    """Return what running asks of a card."""
    how = preparation(tile_voxels=tile, overlap=overlap)
    return SimpleNamespace(title="Test", preparation=how)


UPRIGHT = ((0, 0, 1), (0, 1, 0), (1, 0, 0))


def volume_of(
    values, spacing=(2.0, 1.0, 1.0), *, modality="CT", unit="HU", frame=FRAME, **more: object
):
    """Return upright values as an image whose middle is at the origin."""
    grid = Geometry.from_axes(values.shape, (0, 0, 0), UPRIGHT, spacing, frame)
    affine = grid.affine.copy()
    affine[:3, 3] = -np.array(grid.centre)
    grid = Geometry(values.shape, affine, frame)
    return Volume(values, grid, unit, modality, f"series {modality}", **more)


def ball(shape=(24, 40, 44), at=(9.0, 14.0, 27.0), radius=6.0, inside=100.0, spacing=(2, 1, 1)):
    """Return values with a bright ball in them; sizes in mm, the place in voxels."""
    steps = np.array(spacing).reshape(3, 1, 1, 1)
    away = (np.indices(shape) - np.array(at).reshape(3, 1, 1, 1)) * steps
    return np.where((away**2).sum(axis=0) <= radius**2, inside, 0).astype(np.int16)


def stored_otherwise(volume):
    """Go through the 48 ways to store one image, and the places of its voxels with them."""
    for axes in permutations(range(3)):
        for flips in product((False, True), repeat=3):
            voxels = volume.voxels.transpose(axes)
            affine = volume.geometry.affine.copy()
            affine[:, :3] = affine[:, list(axes)]
            for axis, flipped in enumerate(flips):
                if flipped:
                    voxels = np.flip(voxels, axis)
                    affine[:3, 3] += affine[:3, axis] * (voxels.shape[axis] - 1)
                    affine[:3, axis] *= -1
            grid = Geometry(voxels.shape, affine, volume.geometry.frame_of_reference_uid)
            yield Volume(
                np.ascontiguousarray(voxels), grid, volume.unit, volume.modality, volume.series_key
            )
