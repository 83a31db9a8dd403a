"""Weights that were trained further here: a file in the user's data folder, known by its hash.

It is used only if it is the very file that was judged, and has what the model has: the same
names, shapes and kinds of numbers. What somebody else put in its place is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from viewer.ai.card import ModelFolder
from viewer.ai.engine.places import written
from viewer.core.errors import Declined, Unreadable

FOLDER = "learned"
_MORE_BYTES = 100_000
"""So many bytes may be in a file beside the numbers of the model."""
Weights = Mapping[str, NDArray[np.float32]]


def folder_beside(own: Path) -> Path:
    """Return where weights are kept: beside the folder of the reader's own models."""
    return own.parent / FOLDER


def packed_weights(weights: Weights, base_sha256: str) -> bytes:
    """Return a file with weights that were trained from those with another hash."""
    arrays = {name: np.ascontiguousarray(value) for name, value in weights.items()}
    return save(arrays, {"trained_from": base_sha256})


def keep_weights(own: Path, content: bytes) -> Path:
    """Write a file of weights under its hash, readable for this user alone.

    Raises:
        Declined: if it cannot be written.
    """
    path = _place(own, sha256(content).hexdigest())
    if not written(path, content):
        raise Declined(f"The weights could not be written to {path}.", code="write_failed")
    return path


def forget_weights(own: Path) -> None:
    """Delete all weights that were trained further here.

    Raises:
        Declined: if one cannot be deleted.
    """
    folder = folder_beside(own)
    try:
        for file in folder.iterdir() if folder.is_dir() else ():
            file.unlink()
    except OSError as why:
        raise Declined(
            f"The weights in {folder} could not be deleted: {why.strerror or why}.",
            code="write_failed",
        ) from why


def read_weights(own: Path, tuned_sha256: str, model: ModelFolder) -> Weights:
    """Return weights that were trained further, if they are those that were judged.

    Raises:
        Unreadable: if the file is missing, damaged, or of another model.
    """
    path = _place(own, tuned_sha256)
    most = sum(value.nbytes for value in model.weights.values()) + _MORE_BYTES
    try:
        if path.is_symlink() or path.stat().st_size > most:
            raise _refused(model, "the file is a link, or too large")
        content = path.read_bytes()
    except OSError as why:
        raise _refused(model, "the file cannot be read") from why
    if sha256(content).hexdigest() != tuned_sha256:
        raise _refused(model, "the file is another one than was judged")
    try:
        found = load(content)
    except (SafetensorError, ValueError, KeyError, OverflowError) as why:
        raise _refused(model, "the file is damaged") from why
    if not _alike(found, model.weights):
        raise _refused(model, "the weights are those of another network")
    return found


def _alike(one: Weights, other: Weights) -> bool:
    return set(one) == set(other) and all(
        one[name].shape == other[name].shape
        and one[name].dtype == other[name].dtype
        and bool(np.isfinite(one[name]).all())
        for name in one
    )


def _refused(model: ModelFolder, why: str) -> Unreadable:
    return Unreadable(
        f"What {model.card.title} learned here was not used, {why}; it scored as it came.",
        code="bad_tuned_weights",
    )


def _place(own: Path, hash_: str) -> Path:
    return folder_beside(own) / f"{hash_}.safetensors"
