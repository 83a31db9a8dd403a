"""A TorchScript program that the reader trusts, as a network that reads images.

Only in a worker process: loading it may already run what it brings. torch 2.13 calls the format
deprecated and still loads it.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from viewer.ai.card import TORCHSCRIPT, Card, vouched
from viewer.ai.engine.choosing import EngineTrial, tried
from viewer.ai.engine.meaning import Guest, Meaning
from viewer.ai.engine.network import Answers, Compute, Floats, Network
from viewer.ai.trust import require_worker
from viewer.core.errors import Unreadable

ENGINE = "torchscript"
_FLOATS_PER_VOXEL = 384.0
"""What a network that nobody knows may hold for each voxel in torch."""


def torchscript_network(folder: Path, card: Card) -> Network:
    """Return the program of a folder as a network; trust in it was asked before.

    Raises:
        Declined: if this is no worker process, or it does not give its test vector.
        Unreadable: if a file is damaged, or it answers otherwise than the card says.
    """
    guest, makers = _ready(folder, card)
    return guest.network(makers, _FLOATS_PER_VOXEL)


def torchscript_trial(folder: Path, card: Card) -> EngineTrial:
    """Run the test vector of the program of a folder; trust in it was asked before.

    Raises:
        Declined: if this is no worker process.
        Unreadable: if a file is damaged.
    """
    guest, makers = _ready(folder, card)
    which = guest.candidates(makers)
    return tried(which.makers[ENGINE], ENGINE, which.input, which.wanted)[1]


def _ready(folder: Path, card: Card) -> tuple[Guest, Mapping[str, Callable[[], Compute]]]:
    require_worker()
    content = vouched(folder, TORCHSCRIPT, card)
    guest = Guest.of(folder, card)
    return guest, {ENGINE: partial(_loaded, content, guest.meaning)}


def _loaded(content: bytes, meaning: Meaning) -> Compute:
    """Return a program ready to be asked.

    Raises:
        Unreadable: if torch cannot load it.
    """
    import torch

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            load = cast("Callable[..., Callable[[torch.Tensor], object]]", torch.jit.load)
            program = load(io.BytesIO(content), map_location="cpu")
    except (RuntimeError, ValueError, TypeError) as why:
        raise Unreadable(
            "torch cannot load the TorchScript program.", code="damaged_model"
        ) from why

    def compute(batch: Floats) -> Answers:
        with torch.inference_mode():
            return _answers(program(torch.from_numpy(batch)), meaning)

    return compute


def _answers(found: object, meaning: Meaning) -> Answers:
    """Return what a program answers: an array, several in order, or a table of them by name."""
    names = meaning.names
    wanted = [name for name in (names.dense, names.whole) if name]
    if isinstance(found, Mapping):
        arrays = {str(name): value for name, value in found.items()}
    else:
        several = found if isinstance(found, (tuple, list)) else (found,)
        arrays = dict(zip(wanted, several, strict=False))
    return _array(arrays.get(names.dense)), _array(arrays.get(names.whole))


def _array(value: object) -> NDArray[np.float32] | None:
    import torch

    if not isinstance(value, torch.Tensor):
        return None
    return np.asarray(value.detach().cpu().numpy(), dtype=np.float32)
