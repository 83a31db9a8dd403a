"""Answers of networks, kept in the user's cache: the same question is computed only once.

An answer is kept under the SHA-256 of all that went in: the prepared voxels and where they lie,
the weights, how tiles lie, flips, the engine and its version. What was written is known by its own
hash; a file that is damaged is deleted, and the answer computed anew. The files used longest ago
go when all together are larger than `MOST_BYTES`. They hold probabilities of a patient's voxels:
the folder is readable for its user alone, and can be deleted at any time.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from viewer.ai import engines
from viewer.ai.card import Card
from viewer.ai.engine.network import Network
from viewer.ai.engine.places import cache_folder, written
from viewer.ai.engine.preparing import Prepared
from viewer.ai.engine.running import PLAIN, Answer, Asking, answered
from viewer.core.progress import Progress

MOST_BYTES = 2 << 30
_FORMAT = "1"
_HASH_BYTES = 32
_DENSE, _WHOLES, _PLACES = "dense", "wholes", "places"


def answered_once(
    network: Network,
    card: Card,
    prepared: Prepared,
    progress: Progress,
    asking: Asking = PLAIN,
) -> Answer:
    """Return what a network says, from the cache if the very same was asked before.

    Arguments, result and what is raised are those of `running.answered`.
    """
    path = folder() / f"{key_of(network, card, prepared, asking)}.answer"
    found = _read(path, network, prepared)
    if found is None:
        found = answered(network, card, prepared, progress, asking)
        _write(path, found)
    progress.report(1.0, card.title)
    return found


def folder() -> Path:
    """Return where answers are kept."""
    return cache_folder() / "answers"


def key_of(network: Network, card: Card, prepared: Prepared, asking: Asking) -> str:
    """Return what tells a question from all others."""
    told = sha256()
    words = (
        _FORMAT,
        card.weights_sha256,
        repr(card.preparation),
        repr((network.outputs, network.wholes, network.answers, network.whole_tiles)),
        repr(asking),
        f"{network.engine} {engines.version(network.engine)}",
        repr(prepared.geometry.shape),
        repr(prepared.present),
    )
    told.update("\n".join(words).encode())
    told.update(prepared.geometry.affine.tobytes())
    told.update(prepared.geometry.frame_of_reference_uid.encode())
    told.update(np.ascontiguousarray(prepared.channels).data)
    return told.hexdigest()


def _read(path: Path, network: Network, prepared: Prepared) -> Answer | None:
    """Return what is kept, None if there is nothing or it is not what was written."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return None
        content = path.read_bytes()
    except OSError:
        return None
    found = _unpacked(content, network, prepared)
    with suppress(OSError):
        if found is None:
            path.unlink()
        else:
            os.utime(path)
    return found


def _unpacked(content: bytes, network: Network, prepared: Prepared) -> Answer | None:
    if sha256(content[_HASH_BYTES:]).digest() != content[:_HASH_BYTES]:
        return None
    try:
        arrays = load(content[_HASH_BYTES:])
        dense, wholes, places = arrays.get(_DENSE), arrays[_WHOLES], arrays[_PLACES]
    except (SafetensorError, ValueError, KeyError, OverflowError):
        return None
    wanted = (network.outputs, *prepared.geometry.shape) if network.outputs else None
    if (None if dense is None else dense.shape) != wanted:
        return None
    return Answer(dense, wholes, places, network.engine)


def _write(path: Path, answer: Answer) -> None:
    """Keep an answer; without effect where nothing can be written."""
    arrays: dict[str, NDArray[np.generic]] = {_WHOLES: answer.wholes, _PLACES: answer.places}
    if answer.dense is not None:
        arrays[_DENSE] = np.ascontiguousarray(answer.dense)
    content = save(arrays)
    if len(content) > MOST_BYTES // 4:
        return
    make_room(path.parent, MOST_BYTES - len(content))
    written(path, sha256(content).digest() + content)


def make_room(place: Path, most_bytes: int) -> None:
    """Delete what was used longest ago until no more than so many bytes are left."""
    with suppress(OSError):
        files = sorted(place.iterdir(), key=_used, reverse=True)
        total = 0
        for file in files:
            total += file.stat().st_size
            if total > most_bytes:
                file.unlink(missing_ok=True)


def _used(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0
