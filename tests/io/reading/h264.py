"""An H.264 stream without any compression: every macroblock holds its samples as they are.

ITU-T H.264: Baseline profile, one slice a picture, all of type I with I_PCM macroblocks (7.3.5),
no deblocking. What comes out of a decoder are the very samples that went in.
"""

from __future__ import annotations

import numpy as np


class _Bits:
    def __init__(self) -> None:
        self._text: list[str] = []

    def number(self, value: int, width: int) -> None:
        self._text.append(f"{value:0{width}b}")

    def golomb(self, value: int) -> None:
        """ue(v), 9.1."""
        width = (value + 1).bit_length()
        self._text.append("0" * (width - 1) + f"{value + 1:b}")

    def align(self, fill: str = "0") -> None:
        self._text.append(fill * (-len("".join(self._text)) % 8))

    def octets(self, values: np.ndarray) -> None:
        self._text.append("".join(f"{value:08b}" for value in values.reshape(-1).tolist()))

    def unit(self, head: int) -> bytes:
        """Return a NAL unit (7.3.1, B.1), with the bytes that keep start codes out of it."""
        text = "".join(self._text) + "1"
        text += "0" * (-len(text) % 8)
        body = int(text, 2).to_bytes(len(text) // 8, "big")
        escaped = bytearray()
        zeros = 0
        for octet in body:
            if zeros >= 2 and octet <= 3:
                escaped.append(3)
                zeros = 0
            escaped.append(octet)
            zeros = zeros + 1 if octet == 0 else 0
        return b"\0\0\0\1" + bytes([head]) + bytes(escaped)


def stream(frames: np.ndarray, told: tuple[int, int] | None = None) -> bytes:
    """Return grey frames (frame, row, column) with sides of whole 16s as an Annex B stream.

    `told` is how many macroblocks they claim to be high and wide, if not what they are.
    """
    _, rows, columns = frames.shape
    parts = [_sequence(*(told or (rows // 16, columns // 16))), _picture()]
    for number, frame in enumerate(frames):
        parts.append(_slice(frame, number))
    return b"".join(parts)


def _sequence(rows: int, columns: int) -> bytes:
    bits = _Bits()
    for value in (66, 0, 30):  # profile, constraints, level
        bits.number(value, 8)
    bits.golomb(0)  # seq_parameter_set_id
    bits.golomb(4)  # log2_max_frame_num_minus4
    bits.golomb(2)  # pic_order_cnt_type: as they come
    bits.golomb(0)  # max_num_ref_frames
    bits.number(0, 1)
    bits.golomb(columns - 1)
    bits.golomb(rows - 1)
    bits.number(0b1100, 4)  # frames only, direct 8x8, no cropping, no VUI
    return bits.unit(0x67)


def _picture() -> bytes:
    bits = _Bits()
    bits.golomb(0)
    bits.golomb(0)
    bits.number(0, 2)  # CAVLC
    for _ in range(3):
        bits.golomb(0)
    bits.number(0, 3)
    for _ in range(3):
        bits.golomb(0)
    bits.number(0b100, 3)  # deblocking is told in each slice
    return bits.unit(0x68)


def _slice(frame: np.ndarray, number: int) -> bytes:
    bits = _Bits()
    bits.golomb(0)  # first_mb_in_slice
    bits.golomb(7)  # I
    bits.golomb(0)
    bits.number(0, 8)  # frame_num: every picture is an IDR
    bits.golomb(number % 2)  # idr_pic_id
    bits.number(0, 2)  # dec_ref_pic_marking
    bits.golomb(0)  # slice_qp_delta
    bits.golomb(1)  # no deblocking
    chroma = np.full(128, 128, np.uint8)
    rows, columns = frame.shape
    for row in range(0, rows, 16):
        for column in range(0, columns, 16):
            bits.golomb(25)  # I_PCM
            bits.align()
            bits.octets(frame[row : row + 16, column : column + 16])
            bits.octets(chroma)
    return bits.unit(0x65)
