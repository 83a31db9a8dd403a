"""Images that are not all there, in every syntax: what is missing is said, never shown as whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pydicom.encaps import encapsulate, generate_frames

from tests.io.reading.test_matrix import LOSSLESS, LOSSY, NATIVE, PLAIN, save
from viewer.core.progress import Silent
from viewer.core.volume import Fidelity
from viewer.io.load import open_series
from viewer.io.scan import scan

CODECS = {name: (syntax, encode, kinds) for name, (syntax, encode, kinds) in LOSSLESS.items()} | {
    name: (syntax, encode, kinds) for name, (syntax, encode, _, kinds) in LOSSY.items()
}
COMPRESSED = [
    (name, kind)
    for name, (*_, kinds) in CODECS.items()
    for kind in ("u12", "u8", "rgb", "ybr_full_422", "ybr_rct", "ybr_ict")
    if kind in kinds
]
END = b"\xfe\xff\xdd\xe0\0\0\0\0"
NATIVE_TOO = [(name, "u12") for name in NATIVE] + COMPRESSED


def outcome(folder: Path) -> tuple[list[int], list[str], np.ndarray | None]:
    """The quality of each frame, the codes of what is said, and the first frame."""
    catalogue = scan([folder], Silent())
    codes = [refusal.code for refusal in catalogue.refused]
    quality: list[int] = []
    first = None
    for _, series in catalogue.all_series():
        loading = open_series(series)
        image = loading.run(Silent(), lambda _: None)
        codes += [notice.code for notice in (*series.notices, *loading.notices)]
        quality += [0] * (2 - len(series.instances)) + list(map(int, loading.fidelity.quality))
        first = image.frames[0].pixels
    return quality, codes, first


def assert_told(folder: Path) -> list[int]:
    quality, codes, _ = outcome(folder)
    assert quality != [Fidelity.ORIGINAL] * 2, "shown as whole"
    assert {"truncated", "damaged", "no_pixels", "damaged_header"} & set(codes)
    return quality


def write(folder: Path, codec: str, kind: str) -> Path:
    if codec in NATIVE:
        save(folder, PLAIN[kind](), NATIVE[codec])
    else:
        syntax, encode, kinds = CODECS[codec]
        made = kinds[kind]()
        save(folder, made, syntax, [bytes(encode(made, frame)) for frame in made.stored])
    return folder / "file.dcm"


@pytest.mark.parametrize(("codec", "kind"), NATIVE_TOO)
@pytest.mark.parametrize("missing", [0.02, 0.5])
def test_a_file_that_ends_too_early_is_not_shown_as_whole(tmp_path, codec, kind, missing):
    path = write(tmp_path, codec, kind)
    assert outcome(tmp_path)[0] == [Fidelity.ORIGINAL] * 2
    whole = path.read_bytes()
    held = len(whole) - pixels_at(whole) - 12 if codec != "deflated" else len(whole) // 3
    path.write_bytes(whole[: len(whole) - max(9, int(held * missing))])
    assert_told(tmp_path)


@pytest.mark.parametrize(("codec", "kind"), NATIVE_TOO)
def test_a_file_that_ends_with_its_head_is_not_shown(tmp_path, codec, kind):
    path = write(tmp_path, codec, kind)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 3 if codec == "deflated" else pixels_at(whole)])
    quality, codes, _ = outcome(tmp_path)
    assert quality == []
    assert codes[0] in ("no_pixels", "truncated", "damaged_header")


def pixels_at(whole: bytes) -> int:
    """Where the element of the pixels begins."""
    return max(whole.rfind(b"\xe0\x7f\x10\x00"), whole.rfind(b"\x7f\xe0\x00\x10"))


def change(path: Path, how: Callable[[list[bytes]], list[bytes]], *, table: bool) -> None:
    """Write the frames of a compressed file anew."""
    whole = path.read_bytes()
    start = pixels_at(whole) + 12
    frames = list(generate_frames(whole[start:], number_of_frames=2))
    path.write_bytes(whole[:start] + encapsulate(how(frames), has_bot=table) + END)


@pytest.mark.parametrize(("codec", "kind"), COMPRESSED)
@pytest.mark.parametrize("table", [True, False])
def test_a_frame_that_is_not_there_is_named_and_the_other_right(tmp_path, codec, kind, table):
    path = write(tmp_path, codec, kind)
    first = outcome(tmp_path)[2]
    change(path, lambda frames: frames[:1], table=table)
    quality, codes, left = outcome(tmp_path)
    assert quality == [Fidelity.ORIGINAL, Fidelity.DAMAGED]
    assert "damaged" in codes
    assert np.array_equal(left, first)


@pytest.mark.parametrize(("codec", "kind"), COMPRESSED)
@pytest.mark.parametrize("part", [0.1, 0.9])
def test_a_frame_that_is_cut_short_is_named_and_the_other_is_right(tmp_path, codec, kind, part):
    path = write(tmp_path, codec, kind)
    first = outcome(tmp_path)[2]
    change(path, lambda frames: [frames[0], frames[1][: int(len(frames[1]) * part)]], table=True)
    quality, codes, left = outcome(tmp_path)
    assert quality == [Fidelity.ORIGINAL, Fidelity.DAMAGED]
    assert "damaged" in codes
    assert np.array_equal(left, first)
