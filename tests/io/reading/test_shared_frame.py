"""Memory shared with a decoder: one frame at a time, whatever its size."""

from __future__ import annotations

import os

import numpy as np
import psutil
import pytest

from viewer.io.shared_frame import SharedFrame

MB = 1 << 20


@pytest.fixture
def frame():
    frame = SharedFrame()
    yield frame
    frame.close()


def decoded_into(frame: SharedFrame, payload: bytes, voxels: np.ndarray) -> np.ndarray:
    """Put a payload in, write voxels as a decoder would, and take them out."""
    start = frame.put(payload, voxels.nbytes)
    assert os.pread(frame.handle, len(payload), 0) == payload
    os.pwrite(frame.handle, voxels.tobytes(), start)
    into = np.zeros_like(voxels)
    frame.take(start, into.reshape(-1).view(np.uint8).data)
    return into


@pytest.mark.parametrize("sides", [[(8, 6), (3000, 2000), (5, 5)], [(2048, 2048), (1, 1)]])
def test_frames_of_any_size_come_out_as_they_were_written(frame, sides):
    for number, shape in enumerate(sides):
        voxels = np.random.default_rng(number).integers(0, 60_000, shape, np.uint16)
        assert np.array_equal(decoded_into(frame, bytes([number]) * 77, voxels), voxels)


def test_a_payload_never_reaches_into_the_room_for_voxels(frame):
    payload = bytes(range(256)) * 33
    assert frame.put(payload, 100) >= len(payload)


@pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="files cannot be sealed there")
def test_a_decoder_gone_wild_cannot_pull_the_memory_away(frame):
    frame.put(b"1234", 5000)
    with pytest.raises(PermissionError):
        os.ftruncate(frame.handle, 0)


@pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="memory is not given back there")
def test_the_memory_of_a_large_frame_is_given_back(frame):
    def shared() -> int:
        return psutil.Process().memory_info().shared

    before = shared()
    large = np.ones(64 * MB, np.uint8)
    decoded_into(frame, b"x", large)
    assert shared() - before < 16 * MB
    small = np.arange(12, dtype=np.uint8)
    assert np.array_equal(decoded_into(frame, b"y", small), small)


def test_closing_lets_the_file_go():
    frame = SharedFrame()
    handle = frame.handle
    frame.put(b"1", 10)
    frame.close()
    frame.close()
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(handle)
