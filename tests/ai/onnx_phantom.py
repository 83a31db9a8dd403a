"""A model folder with a tiny ONNX network (y = x + 1), written byte by byte, for tests."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save

from viewer.ai.card import CARD, ONNX, TEST_VECTOR


def varint(value):
    parts = []
    while True:
        parts.append((value & 0x7F) | (0x80 if value > 0x7F else 0))
        value >>= 7
        if not value:
            return bytes(parts)


def number(field, value):
    return varint(field << 3) + varint(value)


def block(field, content):
    content = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(content)) + content


def value_info(name):
    shape = block(1, number(1, 3))
    return block(1, name) + block(2, block(1, number(1, 1) + block(2, shape)))


def tensor(name="one", *, location=None):
    parts = number(1, 1) + number(2, 1) + block(8, name)
    if location is None:
        return parts + block(9, np.ones(1, np.float32).tobytes())
    return parts + block(13, block(1, "location") + block(2, location)) + number(14, 1)


def onnx(*, location=None, domain="", inside=False):
    """Return the bytes of an ONNX model: one addition."""
    weights = tensor(location=location)
    node = block(1, "x") + block(1, "one") + block(2, "y") + block(4, "Add") + block(7, domain)
    if inside:
        node += block(5, block(1, "value") + block(5, tensor("t", location="/etc/passwd")))
    graph = block(1, node) + block(2, "g") + block(5, weights)
    graph += block(11, value_info("x")) + block(12, value_info("y"))
    return number(1, 8) + block(7, graph) + block(8, number(2, 13))


def card_of(files, changed=None):
    """Return the card of a small model as a JSON object."""
    return {
        "id": "plus_one",
        "version": "1",
        "title": "Plus one",
        "architecture": "onnx",
        "intended_use": "Tests.",
        "not_for": "Patients.",
        "accepts": {"modalities": ["CT"], "unit": "HU"},
        "licence": "CC0",
        "non_commercial": True,
        "experimental": True,
        "trained_on": "Nothing.",
        "preparation": {"patch_voxels": 3, "steps_mm": [1.0], "low_hu": 0.0, "high_hu": 1.0},
        "features": [],
        "labels": [],
        "operating_on": "",
        "operating": [],
        "default_threshold": 0.5,
        "performance": [],
        "tolerance": 0.001,
        "sha256": [
            {"file": name, "hash": hashlib.sha256(content).hexdigest()}
            for name, content in files.items()
        ],
        "format": 1,
        **(changed or {}),
    }


def model_files(*, network=None, answer=1.0, **changed: object):
    """Return the files of a model by name; it answers x + 1, and says x + `answer`."""
    x = np.arange(3, dtype=np.float32)
    files = {
        ONNX: onnx() if network is None else network,
        TEST_VECTOR: save({"input.x": x, "output.y": x + np.float32(answer)}),
    }
    return {**files, CARD: json.dumps(card_of(files, changed)).encode()}


def written(folder: Path, files):
    """Write files into a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder
