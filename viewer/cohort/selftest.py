"""Proof that what matters works on this computer, each in a process of its own.

A proof is a function that returns a sentence, or raises. In its own process
even a crash of a driver or a decoder is only a cross in the list.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.ai.second_reader import read
from viewer.cohort.apart import apart
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Part, Progress, Silent
from viewer.core.study import Catalogue, SeriesKind
from viewer.core.volume import Volume
from viewer.io.load import load
from viewer.io.results import Results, save_results
from viewer.io.scan import scan
from viewer.jobs.failing import WorkFailed

Work: TypeAlias = Callable[[Progress], str]

_SAME_PICTURE = {
    "uncompressed": "MR_small.dcm",
    "big endian": "MR_small_bigendian.dcm",
    "RLE": "MR_small_RLE.dcm",
    "JPEG-LS": "MR_small_jpeg_ls_lossless.dcm",
    "JPEG 2000": "MR_small_jp2klossless.dcm",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """Something that must work, and the picklable function that shows it."""

    name: str
    work: Work


@dataclass(frozen=True, slots=True)
class Shown:
    """Whether it worked, in a sentence, and how long it took."""

    good: bool
    sentence: str
    seconds: float


class Wrong(Exception):
    """A proof that came out otherwise than it must."""


def proofs(picture_in_3d: Work, sample: Callable[[Path, Progress], Path]) -> tuple[Proof, ...]:
    """Return all proofs; the drawing in 3D and the maker of the sample study are given."""
    return (
        Proof("decode", same_picture_in_every_encoding),
        Proof("3D", picture_in_3d),
        Proof("model and save", partial(read_and_save, sample)),
    )


def tried(proof: Proof) -> Shown:
    """Try one proof in a process of its own; never raises but for an interruption."""
    began_s = time.monotonic()
    good = False
    try:
        sentence = apart(proof.name, proof.work, Silent())
        good = True
    except Declined as error:
        sentence = str(error)
    except WorkFailed as error:
        last = error.failure.traceback.strip().rpartition("\n")[2]
        sentence = last or error.failure.sentence
    return Shown(good, sentence, time.monotonic() - began_s)
