from __future__ import annotations

import os
import time

import imagecodecs
import numpy as np
import pydicom
import pytest
from pydicom.encaps import encapsulate
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian

from viewer.core.errors import Unreadable
from viewer.core.progress import Silent
from viewer.core.volume import Fidelity
from viewer.io import decoders as decoders_module
from viewer.io.decoder_process import Job
from viewer.io.decoders import Decoders
from viewer.io.load import load, open_series

ROWS, COLUMNS = 64, 48


def scene(number: int, *, signed: bool = False, bits: int = 12) -> np.ndarray:
    generator = np.random.default_rng(number)
    waves = np.cumsum(generator.integers(-9, 10, (ROWS, COLUMNS)), axis=1) + 500 + number
    kind = np.uint8 if bits == 8 else np.int16 if signed else np.uint16
    return (waves - 800 if signed else waves.clip(0, (1 << bits) - 1)).astype(kind)


def rle(image: np.ndarray) -> bytes:
    planes = [image.view(np.uint8)[:, 1::2], image.view(np.uint8)[:, 0::2]]
    segments = []
    for plane in planes:
        packed = b"".join(
            bytes([127]) + row[:128].tobytes()
            if len(row) == 128
            else bytes([len(row) - 1]) + row.tobytes()
            for row in plane
        )
        segments.append(packed + b"\0" * (len(packed) % 2))
    starts = [64, 64 + len(segments[0])]
    head = np.zeros(16, "<u4")
    head[:3] = [2, *starts]
    return head.tobytes() + b"".join(segments)


LOSSLESS = {
    "1.2.840.10008.1.2.4.80": imagecodecs.jpegls_encode,
    "1.2.840.10008.1.2.4.90": lambda image: imagecodecs.jpeg2k_encode(
        image, reversible=True, codecformat="j2k"
    ),
    "1.2.840.10008.1.2.4.70": lambda image: imagecodecs.ljpeg_encode(image, bitspersample=16),
    "1.2.840.10008.1.2.5": rle,
}


def write_compressed(write, number: int, syntax: str, frame: bytes, **changes: object) -> None:
    plain = {"BitsStored": 12, "HighBit": 11, "PixelRepresentation": 0, "RescaleIntercept": 0}
    path = write(number, Rows=ROWS, Columns=COLUMNS, **(plain | changes))
    dataset = pydicom.dcmread(path)
    dataset.file_meta.TransferSyntaxUID = syntax
    dataset.PixelData = encapsulate([frame])
    dataset["PixelData"].VR = "OB"
    dataset["PixelData"].is_undefined_length = True
    dataset.save_as(path, enforce_file_format=True)


@pytest.mark.parametrize("syntax", LOSSLESS)
def test_every_lossless_codec_gives_back_each_value(write, series, syntax):
    for number in (1, 2, 3, 4):
        write_compressed(write, number, syntax, bytes(LOSSLESS[syntax](scene(number))))
    (only,) = series()
    volume = load(only, Silent())
    assert volume.voxels.dtype == np.uint16
    for number, plane in enumerate(volume.voxels, start=1):
        assert np.array_equal(plane, scene(number))


def test_negative_values_come_back_from_jpeg_ls(write, series):
    for number in (1, 2):
        stored = scene(number, signed=True).view(np.uint16) & 0x0FFF
        frame = bytes(imagecodecs.jpegls_encode(stored))
        write_compressed(write, number, "1.2.840.10008.1.2.4.80", frame, PixelRepresentation=1)
    (only,) = series()
    volume = load(only, Silent())
    assert volume.voxels.dtype == np.int16
    assert np.array_equal(volume.voxels[1], scene(2, signed=True))


@pytest.mark.parametrize("syntax", ["1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.90"])
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.95])
def test_a_stream_that_ends_early_is_damaged_never_half_shown(write, series, syntax, kept):
    for number in (1, 2, 3):
        frame = bytes(LOSSLESS[syntax](scene(number)))
        write_compressed(
            write, number, syntax, frame[: int(len(frame) * kept)] if number == 3 else frame
        )
    (only,) = series()
    loading = open_series(only)
    loading.run(Silent(), lambda _: None)
    assert list(loading.fidelity.quality) == [2, 2, Fidelity.DAMAGED]
    assert "pixel data is" in loading.notices[0].sentence


def test_a_baseline_jpeg_that_ends_early_is_damaged_never_filled_with_grey():
    image = scene(1, bits=8)
    frame = bytes(imagecodecs.jpeg8_encode(image, level=95))
    target = np.zeros((ROWS, COLUMNS), np.uint8)
    pool = Decoders(1)
    try:
        pool.decode(job("jpeg", "|u1"), frame, target.reshape(-1).data)
        assert target.any()
        with pytest.raises(Unreadable, match="cut off"):
            pool.decode(job("jpeg", "|u1"), frame[: len(frame) // 2], target.reshape(-1).data)
    finally:
        pool.close()


def test_a_file_cut_off_in_its_fragments_is_damaged(write, series):
    syntax = "1.2.840.10008.1.2.4.80"
    for number in (1, 2, 3):
        write_compressed(write, number, syntax, bytes(LOSSLESS[syntax](scene(number))))
    path = series()[0].instances[2].path
    path.write_bytes(path.read_bytes()[:-300])
    (only,) = series()
    loading = open_series(only)
    loading.run(Silent(), lambda _: None)
    assert list(loading.fidelity.quality) == [2, 2, Fidelity.DAMAGED]


def job(codec: str, dtype: str = "<u2", path: str = "") -> Job:
    return Job(
        codec=codec, rows=ROWS, columns=COLUMNS, dtype=dtype, bits=12, colour=False, path=path,
        frame=0, table=False,
    )  # fmt: skip


def buffer() -> tuple[np.ndarray, memoryview]:
    target = np.zeros((ROWS, COLUMNS), np.uint16)
    return target, target.reshape(-1).view(np.uint8).data


def good_frame() -> bytes:
    return bytes(imagecodecs.jpegls_encode(scene(1)))


@pytest.mark.skipif(not hasattr(os, "kill"), reason="processes are killed another way there")
def test_a_decoder_that_dies_costs_one_frame_and_the_next_one_works():
    pool = Decoders(1)
    target, into = buffer()
    try:
        pool.decode(job("jpegls"), good_frame(), into)
        (process,) = pool._idle
        process._process.kill()
        process._process.wait()
        with pytest.raises(Unreadable) as refusal:
            pool.decode(job("jpegls"), good_frame(), into)
        assert refusal.value.code == "decoder_died"
        target[:] = 0
        pool.decode(job("jpegls"), good_frame(), into)
        assert np.array_equal(target, scene(1))
    finally:
        pool.close()


def test_a_decoder_that_hangs_is_ended_in_time(tmp_path):
    endless = tmp_path / "endless"
    os.mkfifo(endless)
    pool = Decoders(1, patience_s=0.5)
    _, into = buffer()
    try:
        start = time.monotonic()
        with pytest.raises(Unreadable) as refusal:
            pool.decode(job("", path=str(endless)), b"", into)
        assert refusal.value.code == "decoder_died"
        assert time.monotonic() - start < 30
    finally:
        pool.close()


def test_a_frame_of_another_size_than_promised_is_damaged():
    pool = Decoders(1)
    _, into = buffer()
    try:
        with pytest.raises(Unreadable, match="damaged"):
            pool.decode(job("jpegls"), bytes(imagecodecs.jpegls_encode(scene(1)[:32])), into)
    finally:
        pool.close()


def test_closing_ends_every_process():
    pool = Decoders(2)
    pool.warm_up()
    processes = [one._process for one in pool._idle]
    pool.close()
    assert all(process.poll() is not None for process in processes)


def test_a_series_survives_decoders_that_die(write, series, monkeypatch):
    syntax = "1.2.840.10008.1.2.4.80"
    for number in range(1, 9):
        write_compressed(write, number, syntax, bytes(LOSSLESS[syntax](scene(number))))
    (only,) = series()
    pool = Decoders(2)
    honest = decoders_module._Process.decode
    monkeypatch.setattr("viewer.io.decode.shared_decoders", lambda: pool)

    victim = bytes(LOSSLESS[syntax](scene(3)))

    def mortal(self, wanted, payload, into, patience_s):
        if payload.startswith(victim):
            self._process.kill()
        return honest(self, wanted, payload, into, patience_s)

    monkeypatch.setattr(decoders_module._Process, "decode", mortal)
    loading = open_series(only)
    volume = loading.run(Silent(), lambda _: None)
    pool.close()
    assert list(loading.fidelity.quality) == [2, 2, 3, 2, 2, 2, 2, 2]
    assert "decoder stopped" in loading.notices[0].sentence
    assert np.array_equal(volume.voxels[7], scene(8))


@pytest.mark.parametrize("syntax", [ExplicitVRBigEndian, DeflatedExplicitVRLittleEndian])
def test_big_endian_and_deflated_files_are_read_by_pydicom(write, series, syntax):
    expected = np.arange(48, dtype=np.int16).reshape(8, 6) - 7
    stored = expected.byteswap() if syntax == ExplicitVRBigEndian else expected
    for number in (1, 2):
        write(number, syntax=syntax, PixelData=stored.tobytes())
    (only,) = series()
    volume = load(only, Silent())
    assert np.array_equal(volume.voxels[1], expected)
