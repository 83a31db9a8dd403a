"""An ONNX model of somebody else as a network that reads images."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from viewer.ai import engines
from viewer.ai.card import ONNX, Card, vouched
from viewer.ai.engine.meaning import Guest
from viewer.ai.engine.network import Network, by_onnx
from viewer.ai.onnx_file import check_onnx
from viewer.core.errors import Declined

_FLOATS_PER_VOXEL = 256.0
"""What a network that nobody knows may hold for each voxel; a common U-Net of 32 channels."""


def onnx_network(folder: Path, card: Card) -> Network:
    """Return the ONNX model of a folder, computed by the engine that is best here.

    Raises:
        Unreadable: if a file is damaged, or arrays are not such as the card says.
        Declined: if no engine gives the numbers of its test vector.
    """
    content = vouched(folder, ONNX, card)
    check_onnx(content, f"{folder.name}/{ONNX}")
    guest = Guest.of(folder, card)
    names = guest.meaning.names
    makers = {engine: partial(by_onnx, engine, content, names) for engine in engines.installed()}
    if not makers:
        raise Declined(
            "Neither OpenVINO nor ONNX Runtime is installed; ONNX models need one of them.",
            code="no_engine",
        )
    return guest.network(makers, _FLOATS_PER_VOXEL)
